"""MNIST is loaded from a folder or a download, checked by hash, or its absence is said clearly."""

from __future__ import annotations

import gzip
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitlens.errors import DataError
from digitlens.training.data import mnist
from digitlens.training.data.mnist import FILES, Labelled, cache_dir, fetch_mnist, load_mnist, split


class Quiet(SimpleHTTPRequestHandler):
    """A file server that does not log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host(small_data: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A host of MNIST on loopback in place of the public ones, and an empty cache."""
    handler = partial(Quiet, directory=str(small_data / "mnist"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    gone = "http://127.0.0.1:9/"
    monkeypatch.setattr(mnist, "ADDRESSES", (gone, f"http://127.0.0.1:{server.server_port}/"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield small_data
    server.shutdown()


def test_real_mnist(real_data: Path) -> None:
    """The real MNIST has 60,000 and 10,000 digits of 28×28."""
    for part, count in (("train", 60_000), ("t10k", 10_000)):
        data = load_mnist(real_data, part)
        assert data.images.shape == (count, 28, 28)
        assert np.bincount(data.labels, minlength=10).min() > 0.08 * count


def test_download(host: Path) -> None:
    """It is downloaded from the first address that answers, and then kept."""
    data = load_mnist(None)
    assert len(data) == 240
    shutil.rmtree(host / "mnist")
    assert np.array_equal(load_mnist(None).images, data.images)
    assert {path.suffix for path in cache_dir().iterdir()} == {".gz"}


def test_offline(host: Path) -> None:
    """Without a host the error says what to do instead."""
    shutil.rmtree(host / "mnist")
    with pytest.raises(DataError, match="DIGITLENS_DATA_DIR"):
        load_mnist(None)
    assert not list(cache_dir().iterdir())


def test_fetch(host: Path, tmp_path: Path) -> None:
    """All files are downloaded to where they are wanted, and how far it is is told."""
    told: list[tuple[str, int, int]] = []
    folder = fetch_mnist(tmp_path / "here", lambda *far: told.append(far))
    assert folder == tmp_path / "here" / "mnist"
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{name}.gz" for name in FILES)
    whole = {name for name, here, total in told if 0 < here == total}
    assert whole == {f"{name}.gz" for name in FILES}
    told.clear()
    shutil.rmtree(host / "mnist")
    fetch_mnist(tmp_path / "here", lambda *far: told.append(far))
    assert not told


@pytest.mark.usefixtures("host")
def test_fetch_finds_damage() -> None:
    """A file that is there and not what it should be is said, and left as it is."""
    folder = fetch_mnist(None)
    path = folder / "t10k-labels-idx1-ubyte.gz"
    path.write_bytes(gzip.compress(b"other"))
    with pytest.raises(DataError, match=r"MD5.*delete it"):
        fetch_mnist(None)
    assert gzip.decompress(path.read_bytes()) == b"other"


class CutShort(Quiet):
    """A file server that promises more than it sends."""

    def do_GET(self) -> None:
        """Send four bytes of a thousand."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")


def test_download_that_is_cut_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A download that ends too early is an error, and leaves nothing."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), CutShort)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(mnist, "ADDRESSES", (f"http://127.0.0.1:{server.server_port}/",))
    with pytest.raises(DataError, match="4 of 1,000 bytes"):
        fetch_mnist(tmp_path)
    server.shutdown()
    assert not list((tmp_path / "mnist").iterdir())


def test_missing_folder(tmp_path: Path) -> None:
    """A data folder without MNIST is said by the variable and the folder."""
    with pytest.raises(DataError, match=f"DIGITLENS_DATA_DIR.*{tmp_path}"):
        load_mnist(tmp_path)


def test_other_content(small_data: Path) -> None:
    """A file with other content than its checksum says is refused."""
    with gzip.open(small_data / "mnist" / "train-labels-idx1-ubyte.gz", "wb") as packed:
        packed.write(bytes(248))
    with pytest.raises(DataError, match="MD5"):
        load_mnist(small_data)


def test_damaged_file(small_data: Path) -> None:
    """A file that was cut short is refused as damaged."""
    path = small_data / "mnist" / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DataError, match="damaged"):
        load_mnist(small_data)


def test_split() -> None:
    """The split is the same for the same seed, has each digit in proportion, and no overlap."""
    labels = np.repeat(np.arange(10), [50, 90, 70, 60, 80, 50, 100, 120, 40, 140])
    images = np.arange(800, dtype=np.uint16).view(np.uint8).reshape(800, 1, 2)
    rest, held = split(Labelled(images, labels), 80, seed=3)
    assert (len(rest), len(held)) == (720, 80)
    assert np.abs(np.bincount(held.labels) - np.bincount(labels) / 10).max() <= 1
    numbers = np.concatenate([rest.images, held.images]).ravel().view(np.uint16)
    assert sorted(numbers) == list(range(800))
    again = split(Labelled(images, labels), 80, seed=3)[1]
    assert np.array_equal(again.images, held.images)
    other = split(Labelled(images, labels), 80, seed=4)[1]
    assert not np.array_equal(other.images, held.images)


@given(
    counts=st.lists(st.integers(0, 30), min_size=10, max_size=10).filter(any),
    share=st.floats(0, 1),
    seed=st.integers(0, 2**32),
)
def test_split_is_honest(counts: list[int], share: float, seed: int) -> None:
    """Whatever is split: nothing is lost or in both, and each digit has its share, within one."""
    labels = np.repeat(np.arange(10), counts)
    numbers = np.arange(len(labels), dtype=np.uint16)
    data = Labelled(numbers.view(np.uint8).reshape(-1, 1, 2), labels)
    held_out = round(share * len(labels))
    rest, held = split(data, held_out, seed)
    assert len(held) == held_out
    found = np.concatenate([rest.images, held.images]).view(np.uint16).ravel()
    assert sorted(found) == numbers.tolist()
    assert np.array_equal(labels[held.images.view(np.uint16).ravel()], held.labels)
    expected = np.array(counts) * held_out / len(labels)
    assert np.abs(np.bincount(held.labels, minlength=10) - expected).max() <= 1
    again = split(data, held_out, seed)
    assert np.array_equal(again[0].images, rest.images)
    assert np.array_equal(again[1].images, held.images)
