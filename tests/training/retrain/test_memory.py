"""What looks like a mistake that was corrected is read as people said; nothing else is changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from digitlens.training.data.augment import Augmentation
from digitlens.training.data.mnist import NONE, Labelled
from digitlens.training.data.prepared import prepared

keras = pytest.importorskip("keras", reason="install the extra `train`")

from digitlens.training.exchange.export import to_litert  # noqa: E402 -- needs keras
from digitlens.training.joined import join  # noqa: E402 -- beside the others
from digitlens.training.retrain import memory  # noqa: E402 -- beside the others
from digitlens.training.retrain.learn import SPREAD  # noqa: E402 -- beside the others
from digitlens.training.retrain.memory import (  # noqa: E402 -- beside the others
    remember,
    remembered,
    with_memory,
    without_memory,
)
from digitlens.training.retrain.parts import Parts  # noqa: E402 -- beside the others
from digitlens.training.retrain.watched import Watched  # noqa: E402 -- beside the others
from digitlens.training.retrain.ways import Ways  # noqa: E402 -- beside the others
from tests.training.mnist_like import draw  # noqa: E402 -- beside the others

pytestmark = pytest.mark.training
RAISED = 6.0  # nats
NOTHING = Ways(np.empty((0, 1, 28, 28), np.uint8), np.empty(0, np.int64), np.empty(0))
AS_IT_IS = Augmentation(0, 0, 0, 0, 0, 0, 0, 0)


def network(seed: int = 1) -> keras.Model:
    """A small one of layers in a row, which has learned nothing."""
    keras.utils.set_random_seed(seed)
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(4, 5, strides=3, activation="relu"),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10),
        ]
    )


def mistakes(*said: int, drawn: tuple[int, ...] = (3, 8, 1), ways: int = 2) -> Ways:
    """Pictures of these digits, of which people said that they are others."""
    each = [[draw(digit, 10 * digit + way) for way in range(ways)] for digit in drawn[: len(said)]]
    images = np.array(each, np.uint8).reshape(len(said), ways, 28, 28)
    return Ways(images, np.array(said, np.int64), np.ones(len(said)))


def seen(ways: Ways) -> npt.NDArray[np.float32]:
    """The first picture of each, as a network takes it."""
    return prepared(ways.images[:, 0])


def rise(
    plain: keras.Model, other: keras.Model, pictures: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """By how much each logit of each picture is higher."""
    logits = [network.predict(pictures, verbose=0) for network in (plain, other)]
    risen: npt.NDArray[np.float32] = logits[1] - logits[0]
    return risen


@pytest.mark.parametrize("joined", [False, True], ids=["row", "joined"])
def test_what_is_near(joined: bool) -> None:
    """At a mistake the logit of what people said rises by 6, and no other one falls."""
    plain = join([network(1), network(2)]) if joined else network()
    said = mistakes(4, 7, ways=1)
    remembering = with_memory(plain, said, NOTHING, has_none=False)
    assert remembered(remembering) == 2
    assert remembered(plain) == 0
    risen = rise(plain, remembering, seen(said))
    assert risen[[0, 1], [4, 7]] == pytest.approx(RAISED, abs=0.01)
    assert (risen > -1e-4).all()
    others = [n for n in range(10) if n not in (4, 7)]
    assert risen[:, others] == pytest.approx(0, abs=1e-4)


def test_what_is_far() -> None:
    """A picture of other features is read as before: less than half where the cosine is 0.96."""
    plain = network()
    said = mistakes(4, ways=1)
    remembering = with_memory(plain, said, NOTHING, has_none=False)
    pictures = prepared(np.stack([draw(digit, digit) for digit in range(10)]))
    features = keras.Model(plain.inputs, plain.layers[-1].input).predict(pictures, verbose=0)
    key = keras.Model(plain.inputs, plain.layers[-1].input).predict(seen(said), verbose=0)[0]
    cosine = features @ key / np.linalg.norm(features, axis=1) / np.linalg.norm(key)
    risen = rise(plain, remembering, pictures)[:, 4]
    assert risen == pytest.approx(RAISED * np.exp(-20 * (1 - cosine)), abs=0.01)
    assert (risen[cosine < 0.96] < RAISED / 2).all()
    assert (cosine < 0.96).any()


def test_many_of_a_kind() -> None:
    """Where ten alike were corrected, the logit rises as where one was."""
    plain = network()
    said = mistakes(*[4] * 10, drawn=(3,) * 10, ways=1)
    risen = rise(plain, with_memory(plain, said, NOTHING, has_none=False), seen(said))
    assert risen[:, 4] == pytest.approx(RAISED, abs=0.01)


def test_what_was_confirmed_beside() -> None:
    """Of what was confirmed, what is nearest to a mistake is remembered, and read as confirmed."""
    plain = network()
    wrong = mistakes(4, ways=1)
    labels = np.arange(60) % 10
    images = np.stack([draw(int(label), 500 + i) for i, label in enumerate(labels)])[:, None]
    right = Ways(images, labels, np.ones(60))
    remembering = with_memory(plain, wrong, right, has_none=False)
    assert remembered(remembering) == 1 + 24
    features = keras.Model(plain.inputs, plain.layers[-1].input).predict
    ends = features(seen(right), verbose=0)
    key = features(seen(wrong), verbose=0)[0]
    nearest = np.argsort(-(ends @ key) / np.linalg.norm(ends, axis=1))
    risen = rise(plain, remembering, seen(right))[np.arange(60), labels]
    assert (risen[nearest[:24]] > 1).all()
    assert risen[nearest[:24]].mean() > risen[nearest[24:]].mean()


def test_no_digit() -> None:
    """What people said is no digit loses evidence for every digit."""
    plain = network()
    said = mistakes(NONE, ways=1)
    risen = rise(plain, with_memory(plain, said, NOTHING, has_none=True), seen(said))
    assert risen == pytest.approx(-RAISED, abs=0.01)


def parts(watched: Labelled, *said: int, for_others: bool = False) -> Parts:
    """Mistakes of which people said that they are these, and what is watched."""
    some = mistakes(*said, ways=1)
    return Parts(watched, some, NOTHING, watched, watched, has_none=False, for_others=for_others)


def pictures_of(digit: int, count: int = 8) -> Labelled:
    """Pictures of a digit."""
    images = np.stack([draw(digit, 50 + seed) for seed in range(count)])
    return Labelled(images, np.full(count, digit, np.int64))


@pytest.mark.parametrize("kept", [1.0, 0.5])
@pytest.mark.parametrize("dearer", [9.0, 0.2, 0.1])
def test_as_high_as_is_allowed(kept: float, dearer: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where what is watched looks like a mistake, logits rise as far as that may cost."""
    monkeypatch.setattr(memory, "_DEARER", dearer)
    monkeypatch.setattr(memory, "SPREAD", AS_IT_IS)
    same = Labelled(mistakes(4, ways=1).images[:, 0], np.array([3]))
    plain, asked, lines = network(), parts(same, 4), []
    watched = Watched.of(same, AS_IT_IS, has_none=False)
    remembering = remember(plain, lambda: plain, asked, kept, lines.append)
    risen = float(rise(plain, remembering, seen(asked.mistakes))[0, 4])
    assert lines[0].startswith(
        f"1 corrections are remembered, near which a logit rises by up to {risen:.1f}:"
    )
    logits = plain.predict(watched.seen, verbose=0)
    added = rise(plain, remembering, watched.seen)
    most = (1 + dearer * kept) * watched.loss(logits)
    assert watched.loss(logits + added) <= most
    is_whole = risen == pytest.approx(RAISED, abs=0.01)
    assert is_whole == (dearer == 9)
    higher = (risen + RAISED / 10) / risen
    assert is_whole or watched.loss(logits + higher * added) > most


def test_none_where_it_costs_too_much() -> None:
    """A network that has forgotten as much as it may gets no memory, and that is said."""
    plain, other, lines = network(1), network(2), []
    asked = parts(pictures_of(3), 4)
    watched = Watched.of(asked.watched, SPREAD, has_none=False)
    losses = [watched.loss(one.predict(watched.seen, verbose=0)) for one in (plain, other)]
    good, bad = (plain, other) if losses[0] < losses[1] else (other, plain)
    assert max(losses) > 1.1 * min(losses)
    assert remember(bad, lambda: good, asked, 1.0, lines.append) is bad
    assert lines == [
        "no corrections are remembered: too much of the rest would be forgotten for it"
    ]


def test_not_for_others() -> None:
    """Where hands are to be read that are not learned from, nothing is remembered."""
    plain = network()
    asked = parts(pictures_of(3), 4, for_others=True)
    assert remember(plain, lambda: plain, asked, 1.0, print) is plain


def test_is_forgotten() -> None:
    """Without its memory the network is what it was, to the last bit, also when it was saved."""
    plain = network()
    again = without_memory(with_memory(plain, mistakes(4, 7), NOTHING, has_none=False))
    pictures = seen(mistakes(4, 7))
    assert (again.predict(pictures, verbose=0) == plain.predict(pictures, verbose=0)).all()
    assert without_memory(plain) is plain


def test_a_new_one_in_place_of_the_old(tmp_path: Path) -> None:
    """What was kept on disk loses its memory and gets another, which is all that it remembers."""
    plain = network()
    path = tmp_path / "network.keras"
    with_memory(plain, mistakes(4, 7), NOTHING, has_none=False).save(path)
    loaded = keras.models.load_model(path, compile=False)
    assert remembered(loaded) == 2
    said = mistakes(5, drawn=(1,), ways=1)
    another = with_memory(without_memory(loaded), said, NOTHING, has_none=False)
    assert remembered(another) == 1
    assert rise(plain, another, seen(mistakes(4, 7)))[:, [4, 7]] == pytest.approx(0, abs=1e-4)


def test_at_most_so_many() -> None:
    """Of very many mistakes 500 are remembered, by chance, the same ones each time."""
    plain = network()
    rng = np.random.default_rng(1)
    images = rng.integers(0, 256, (600, 1, 28, 28)).astype(np.uint8)
    said = Ways(images, rng.integers(0, 10, 600), np.ones(600))
    one, two = (with_memory(plain, said, NOTHING, has_none=False) for _ in range(2))
    assert remembered(one) == 500
    pairs = zip(one.get_weights(), two.get_weights(), strict=True)
    assert all((a == b).all() for a, b in pairs)


def test_nothing_to_remember() -> None:
    """Without mistakes, or where the answer is not made of a row of features, nothing is added."""
    plain = network()
    assert with_memory(plain, NOTHING, NOTHING, has_none=False) is plain
    pooled = keras.Sequential(
        [keras.Input((28, 28, 1)), keras.layers.Conv2D(10, 5), keras.layers.GlobalMaxPooling2D()]
    )
    assert with_memory(pooled, mistakes(4), NOTHING, has_none=False) is pooled


def test_no_features() -> None:
    """A mistake of which the network finds nothing is not remembered: all would be near to it."""
    layers = keras.layers
    sums = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Flatten(),
            layers.Dense(8, "relu", kernel_initializer="ones", bias_initializer="zeros"),
            layers.Dense(10),
        ]
    )
    blank = Ways(np.zeros((1, 1, 28, 28), np.uint8), np.array([7]), np.ones(1))
    assert with_memory(sums, blank, NOTHING, has_none=False) is sums
    both = mistakes(4, ways=1)
    both = Ways(np.concatenate([both.images, blank.images]), np.array([4, 7]), np.ones(2))
    remembering = with_memory(sums, both, blank, has_none=False)
    assert remembered(remembering) == 1
    assert rise(sums, remembering, seen(blank)) == pytest.approx(0, abs=1e-4)


def test_answers_in_litert() -> None:
    """With 8-bit weights the LiteRT file answers the same, to a tenth of a nat."""
    from ai_edge_litert.interpreter import Interpreter

    plain = network()
    said = mistakes(4, 7, 5, ways=1)
    remembering = with_memory(plain, said, NOTHING, has_none=False)
    interpreter = Interpreter(model_content=to_litert(remembering, quantize=True))
    given, answered = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    interpreter.resize_tensor_input(given["index"], (3, 28, 28, 1))
    interpreter.allocate_tensors()
    interpreter.set_tensor(given["index"], seen(said))
    interpreter.invoke()
    logits = interpreter.get_tensor(answered["index"])
    assert logits == pytest.approx(remembering.predict(seen(said), verbose=0), abs=0.1)
