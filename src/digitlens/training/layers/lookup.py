"""Look a network up by whatever names it, and describe it.

Keras is imported only where the answer needs it: a bundle is described without it.
"""

from __future__ import annotations

from pathlib import Path

from digitlens.errors import InvalidInput
from digitlens.models.bundle import DEFAULT, MODEL_FILE, load
from digitlens.training.layers.description import Description
from digitlens.training.run import LAYERS

SAVED = (".keras", ".h5")


def needs_keras(what: str) -> bool:
    """Whether a name or path is of something that only Keras can read."""
    path = Path(what)
    return not (path.is_dir() or path.suffix == ".tflite")


def describe_any(what: str | None) -> Description:
    """Describe a network.

    Args:
        what: Name of an architecture, a learner's `.py`, a `.keras`, `.h5` or `.tflite` file, or
            the folder of a bundle or a run; the shipped bundle without it.

    Raises:
        InvalidInput: There is no such thing, or it is of no use.
        BundleError: A bundle is damaged.
    """
    path = DEFAULT if what is None else Path(what)
    if path.is_dir():
        return _folder(path)
    if path.suffix == ".tflite":
        from digitlens.training.layers.operations import describe_file

        return describe_file(path)
    return _network(str(path))


def _folder(path: Path) -> Description:
    """Of a bundle or a run: layers.json if there is one, else the operations of the LiteRT file."""
    if (path / LAYERS).exists():
        return Description.read(path / LAYERS)
    if not (path / MODEL_FILE).exists():
        raise InvalidInput(str(path), f"a folder with {LAYERS} or {MODEL_FILE}", "one with neither")
    from digitlens.training.layers.operations import describe_litert

    bundle = load(path)
    return describe_litert(bundle.model, bundle.card.name)


def _network(what: str) -> Description:
    if what.endswith(SAVED) and not Path(what).is_file():
        raise InvalidInput(what, "a network that Keras saved", "no such file")
    from digitlens.training.architectures import find
    from digitlens.training.layers.describe import describe

    if not what.endswith(SAVED):
        return describe(find(what)())
    import keras

    try:
        return describe(keras.models.load_model(what, compile=False))
    except Exception as error:  # Keras raises whatever its readers of ZIP, HDF5 and JSON raise
        words = " ".join(str(error).split()).split(". ")[0][:160]
        raise InvalidInput(what, "a network that Keras saved", words) from error
