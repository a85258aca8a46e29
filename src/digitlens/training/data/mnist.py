"""MNIST: 70,000 handwritten digits, from the data folder or downloaded, checked, and cached.

LeCun, Cortes, Burges, "The MNIST database of handwritten digits", CC BY-SA 3.0.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from digitlens.errors import DataError
from digitlens.training.data.download import Watch, download, unwatched

ADDRESSES = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)
# MD5 of the unpacked files: gzip packs the same bytes in many ways.
FILES = {
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}
NONE = 10  # label of what is no digit
_LARGEST = 64_000_000  # bytes that any of the files may have, unpacked


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pictures with what they show.

    Attributes:
        images: uint8 (n, 28, 28), 255 is ink.
        labels: int64 (n,), 0 to 9, or `NONE`.
        counts: How many come from each source, one after another; of one source, nothing.
    """

    images: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.int64]
    counts: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, rows: npt.NDArray[np.int64]) -> Labelled:
        """Some of them, by their index."""
        return Labelled(self.images[rows], self.labels[rows])


def load_mnist(data_dir: Path | None, part: str = "train") -> Labelled:
    """Load MNIST's training (60,000) or test set (10,000).

    Args:
        data_dir: Folder that has `mnist/` with the four gzipped IDX files. Without it they are
            downloaded once to the user's cache.
        part: `train` or `t10k`.

    Raises:
        DataError: A file is missing or damaged, or cannot be downloaded.
    """
    folder = folder_of(data_dir)
    images = _load(folder, f"{part}-images-idx3-ubyte", fetch=data_dir is None)
    labels = _load(folder, f"{part}-labels-idx1-ubyte", fetch=data_dir is None)
    return Labelled(
        np.frombuffer(images, np.uint8, offset=16).reshape(-1, 28, 28),
        np.frombuffer(labels, np.uint8, offset=8).astype(np.int64),
    )


def fetch_mnist(data_dir: Path | None, watch: Watch = unwatched) -> Path:
    """Download what is missing of MNIST, and check all of it.

    Args:
        data_dir: Folder in which `mnist/` shall have it; without it, the user's cache.
        watch: Is told how far each download is.

    Returns:
        The folder with the four files.

    Raises:
        DataError: A file is damaged, or cannot be downloaded.
    """
    folder = folder_of(data_dir)
    for name in FILES:
        _load(folder, name, fetch=True, watch=watch)
    return folder


def split(data: Labelled, held_out: int, seed: int) -> tuple[Labelled, Labelled]:
    """Hold out some pictures, as many of each digit as its share (within one), by a seed.

    Args:
        data: At least as many as are held out.
        held_out: How many.
        seed: The same one holds out the same ones.

    Returns:
        The rest, and those held out.
    """
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(data))
    # Sorted by label, every n-th is a stratified sample; the sort keeps the shuffled order in each.
    by_label = order[np.argsort(data.labels[order], kind="stable")]
    every = len(data) / max(held_out, 1)
    picked = by_label[((np.arange(held_out) + 0.5) * every).astype(np.int64)]
    rest = np.setdiff1d(order, picked)
    return data.take(rest), data.take(picked)


def folder_of(data_dir: Path | None) -> Path:
    """The folder that has the four files."""
    return cache_dir() if data_dir is None else data_dir / "mnist"


def cache_dir() -> Path:
    """Where downloaded files are kept: `digitlens/mnist` in the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "digitlens" / "mnist"


def _load(folder: Path, name: str, fetch: bool, watch: Watch = unwatched) -> bytes:
    path = folder / f"{name}.gz"
    if not path.exists():
        if not fetch:
            raise DataError(
                "DIGITLENS_DATA_DIR",
                f"a folder with mnist/{path.name}",
                f"no such file in {folder}",
            )
        download(ADDRESSES, path, watch)
    data = _unpack(path)
    found = hashlib.md5(data, usedforsecurity=False).hexdigest()
    if found != FILES[name]:
        raise DataError(str(path), f"MD5 {FILES[name]} of the unpacked file", f"{found}; delete it")
    return data


def _unpack(path: Path) -> bytes:
    try:
        with gzip.open(path) as packed:
            return packed.read(_LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(str(path), "a gzip file", f"a damaged one ({error})") from error
