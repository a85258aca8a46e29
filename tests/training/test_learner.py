"""A learner's file is taken as a network, or what is wrong with it is said in one line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitlens.errors import InvalidInput

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.architectures import find  # noqa: E402 -- needs keras
from digitlens.training.logits import end_in_logits  # noqa: E402 -- needs keras

_GLYPHS = np.random.default_rng(0).random((2, 28, 28, 1), np.float32)
_HEAD = "import keras\nfrom keras import layers\ndef build_model():\n    return "


def write(folder: Path, code: str) -> str:
    """Write a learner's file; its path."""
    (folder / "mine.py").write_text(code, encoding="utf-8")
    return str(folder / "mine.py")


@pytest.mark.parametrize(
    "made",
    [
        "keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(10)])",
        "keras.Sequential([layers.Flatten(), layers.Dense(10, activation='softmax')])",
        "keras.Sequential([keras.Input((784,)), layers.Dense(10, activation='softmax')])",
        "keras.Sequential([keras.Input((28, 28)), layers.Flatten(), layers.Dense(10)])",
        "keras.Model(x := keras.Input((28, 28, 1)), layers.Dense(10)(layers.Flatten()(x)))",
    ],
    ids=["shape", "no input", "784", "28x28", "functional"],
)
def test_good(made: str, tmp_path: Path) -> None:
    """It is built, has the file's name, and can be trained on digits."""
    build = find(write(tmp_path, _HEAD + made))
    network = build()
    assert build.__name__ == network.name == "mine"
    assert network.input_shape == (None, 28, 28, 1)
    assert end_in_logits(network)(_GLYPHS).shape == (2, 10)


def test_neighbours(tmp_path: Path) -> None:
    """A file may import another beside it, as it can where Python runs it."""
    (tmp_path / "beside_mine.py").write_text("UNITS = 10\n", encoding="utf-8")
    code = "from beside_mine import UNITS\n" + _HEAD
    made = "keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(UNITS)])"
    assert find(write(tmp_path, code + made))().output_shape == (None, 10)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("x = 1\ndef build_model(:\n", "line 2: SyntaxError: invalid syntax"),
        ("x = 1\ny = x / 0\n", "line 2: ZeroDivisionError: division by zero"),
        ("raise SystemExit(3)\n", "line 1: SystemExit: 3"),
        ("x = 1\n", r"a function build_model\(\) that returns a keras.Model. Received: none"),
        ("build_model = 3\n", "Received: build_model = 3"),
        ("def build_model():\n    return None\n", "Received: NoneType"),
        ("def build_model():\n    return [][0]\n", "line 2: IndexError"),
        ("def build_model(size):\n    return size\n", "missing 1 required positional argument"),
        (_HEAD + "keras.Sequential([keras.Input((28, 28, 1)), layers.Conv2D(3, 30)])", "line 4: "),
    ],
)
def test_code(code: str, words: str, tmp_path: Path) -> None:
    """What goes wrong in the file is said with its line."""
    with pytest.raises(InvalidInput, match=words) as caught:
        find(write(tmp_path, code))()
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400 + len(str(tmp_path))


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (
            "keras.Sequential([keras.Input((32, 32, 1)), layers.Flatten(), layers.Dense(10)])",
            r"takes \(28, 28, 1\). Received: \(32, 32, 1\)",
        ),
        (
            "keras.Sequential([keras.Input((28, 28, 1)), layers.Flatten(), layers.Dense(11)])",
            r"answers \(10,\). Received: \(11,\)",
        ),
        ("keras.Model([x := keras.Input((28, 28, 1)), y := keras.Input((1,))], x)", "several"),
        ("keras.Sequential([layers.Conv2D(8, 30)])", r"layers that take \(28, 28, 1\)"),
        (
            "keras.Model(x := keras.Input((28, 28, 1)),"
            " keras.ops.softmax(layers.Dense(10)(layers.Flatten()(x))))",
            "a softmax in the last layer, or none",
        ),
        (
            "keras.Sequential([keras.Input((28, 28, 1)), layers.Lambda(lambda x: x),"
            " layers.Flatten(), layers.Dense(10)])",
            "layers that can be saved",
        ),
        ("type('Mine', (keras.Model,), {})()", "made of layers. Received: a class derived"),
    ],
)
def test_network(made: str, words: str, tmp_path: Path) -> None:
    """A network that could not be trained, saved or shipped is refused before that."""
    with pytest.raises(InvalidInput, match=words) as caught:
        find(write(tmp_path, _HEAD + made))()
    assert "\n" not in str(caught.value)


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is said to be missing, and how to get one."""
    with pytest.raises(InvalidInput, match=r"new-model.*no such file"):
        find(str(tmp_path / "none.py"))
