"""`digitlens export`: write a network as LiteRT, ONNX, SavedModel, .keras or .h5."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from digitlens.errors import InvalidInput, MissingExtra
from digitlens.quiet import quiet
from digitlens.settings import Settings

_FORMS = ("litert", "litert-int8", "onnx", "savedmodel", "keras", "h5")
_ALL = "all"


@click.command()
@click.argument("network", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "forms",
    multiple=True,
    required=True,
    type=click.Choice([*_FORMS, _ALL]),
    help="May be given several times.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the files.  […/exports]")
@click.option("--data-dir", type=click.Path(path_type=Path), help="As DIGITLENS_DATA_DIR.")
@click.option("--force", is_flag=True, help="Replace files that are there.")
def command(
    network: Path, forms: tuple[str, ...], out: Path | None, data_dir: Path | None, force: bool
) -> None:
    """Write NETWORK, the folder of a run or a .keras or .h5 file, in other forms.

    Each file is asked for real digits and compared with the original before it is kept: with whole
    weights no answer may differ by more than 0.0001, with 8-bit weights ("litert-int8") at most
    0.05 points of accuracy may be lost.
    """
    if find_spec("tensorflow") is None or ("onnx" in forms and find_spec("tf2onnx") is None):
        raise MissingExtra("digitlens export", "train")
    path = _file(network)
    with quiet():  # TensorFlow says a lot about GPUs that it does not find
        from digitlens.training.exchange.exports import export

    chosen = _FORMS if _ALL in forms else tuple(dict.fromkeys(forms))
    data_dir = data_dir or Settings.from_environment().data_dir
    written = export(path, chosen, out or path.parent / "exports", data_dir, click.echo, force)
    for each in written:
        click.echo(
            f"{each.format:12} {each.bytes:12,} bytes  differs by {each.difference:.1e}"
            f"  reads {each.accuracy:.2%} of {each.count:,}, the original {each.original:.2%}"
            f"  {each.path}"
        )


def _file(network: Path) -> Path:
    """The file of a network: itself, or that of a run."""
    from digitlens.training.run import NETWORK

    if (network / NETWORK).exists():
        return network / NETWORK
    if network.is_file():
        return network
    received = f"a folder without {NETWORK}" if network.is_dir() else "no such file"
    raise InvalidInput(str(network), "a run, a .keras or a .h5 file", received)
