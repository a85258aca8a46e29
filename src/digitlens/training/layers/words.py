"""Words: what a layer does where it stands, in one sentence with its own numbers.

Nothing here knows Keras: the same words are for the layers of a network and the operations of a
LiteRT file. Shapes are without the batch: (height, width, maps) or (numbers,).
"""

from __future__ import annotations

import math

from digitlens.training.layers.description import Shape, Words

# What an activation does to each number, as the end of a sentence.
_THEN = {
    "relu": "; what is negative becomes 0",
    "relu6": "; what is negative becomes 0 and what is above 6 becomes 6",
    "leaky_relu": "; what is negative becomes much smaller",
    "elu": "; what is negative is bent towards -1",
    "selu": "; what is negative is bent towards a limit",
    "gelu": "; what is negative is bent towards 0",
    "silu": "; what is negative is bent towards 0",
    "swish": "; what is negative is bent towards 0",
    "tanh": "; each result is squeezed between -1 and 1",
    "sigmoid": "; each result is squeezed between 0 and 1",
    "exponential": "; each result becomes e to its power: 1 for 0, less for what is negative",
    "softmax": "; the softmax makes probabilities of the sums, which add up to 1",
}
_CALLED = {"relu": "ReLU", "relu6": "ReLU6", "elu": "ELU", "selu": "SELU", "gelu": "GELU"}


def times(shape: Shape) -> str:
    """A shape as one says it: 26×26×32."""
    return "×".join(map(str, shape))


def called(activation: str) -> str:
    """The name of an activation as the literature writes it."""
    return _CALLED.get(activation, activation)


def convolution(
    size: Shape, before: Shape, after: Shape, then: str = "linear", step: int = 0
) -> Words:
    """A convolution.

    Args:
        size: Height and width of a filter.
        before: Of what it looks at.
        after: Of what it gives.
        then: The activation at its end.
        step: How many places a filter moves at a time; 0 if that is not known.
    """
    filters = f"{after[-1]} filters of {times(size)}"
    label = f"conv {times(size)}" + _short(then)
    if size == (1, 1):
        does = f"{filters} mix the {before[-1]} maps, place by place"
    elif size == before[:2]:
        does = f"{filters} each cover the whole of {_maps(before)} and give one number"
    else:
        does = f"{filters} look at every place of {_maps(before)}; {_given(before, after, step)}"
    return Words("convolution", label, does + after_that(then) + ".")


def depthwise(
    size: Shape, before: Shape, after: Shape, then: str = "linear", step: int = 0
) -> Words:
    """A convolution in which each map has filters of its own."""
    label = f"depthwise {times(size)}" + _short(then)
    many = after[-1] // before[-1]
    own = "a filter of its own" if many == 1 else f"{many} filters of its own"
    if size == (1, 1) and many == 1:
        does = f"Each of the {before[-1]} maps is multiplied by one weight, and one bias is added"
    elif size == before[:2]:
        does = f"Each of the {before[-1]} maps has {own}, which covers it and gives one number"
    else:
        does = f"Each of the {before[-1]} maps has {own}, of {times(size)}; "
        does += _given(before, after, step)
    return Words("convolution", label, does + after_that(then) + ".")


def pooling(kept: str, size: Shape, before: Shape, after: Shape) -> Words:
    """Max or average pooling: `kept` is "largest" or "mean"."""
    what = "the largest number is kept" if kept == "largest" else "the mean is taken"
    change = f"maps of {times(before[:2])} become {times(after[:2])}"
    sentence = f"Of every {times(size)} places {what}: {change}"
    effect = ", and where exactly a stroke lies matters less." if kept == "largest" else "."
    return Words(
        "pooling", f"{'max' if kept == 'largest' else 'mean'} {times(size)}", sentence + effect
    )


def pooling_all(kept: str, before: Shape) -> Words:
    """Pooling over whole maps."""
    what = "largest number" if kept == "largest" else "mean"
    maps = f"each of the {before[-1]} maps of {times(before[:-1])}"
    return Words("pooling", f"{kept} of map", f"Keeps only the {what} of {maps}.")


def dense(before: Shape, after: Shape, then: str = "linear") -> Words:
    """A layer in which every unit sees everything."""
    units = f"{after[-1]} units" + (", one for each digit," if after == (10,) else "")
    one = f"Each of the {units} adds up all {before[-1]:,} numbers, each times a weight of its own"
    return Words("dense", "dense" + _short(then), one + after_that(then) + ".")


def normalization(over: str, shape: Shape) -> Words:
    """Batch, layer or group normalization: `over` says what mean and variance are of."""
    what = f"each of the {shape[-1]:,} " + ("maps" if len(shape) == 3 else "numbers")
    sentence = (
        f"Brings {what} to mean 0 and variance 1 over {over}, then to a mean and size it learns."
    )
    return Words("normalization", f"{over.split()[-1]} norm", sentence)


def direction(shape: Shape) -> Words:
    """Unit normalization."""
    sentence = (
        f"Scales the {shape[-1]:,} numbers so that their squares add up to 1: it counts which of "
        "them are large beside the others."
    )
    return Words("normalization", "length 1", sentence)


def activation(then: str, shape: Shape) -> Words:
    """An activation on its own."""
    what = _THEN.get(then, f"; {called(then)} is applied")[2:]
    numbers = f"{math.prod(shape):,} numbers"
    if then == "softmax":
        return Words(
            "activation", "softmax", f"Makes probabilities of the {numbers}, which add up to 1."
        )
    return Words("activation", called(then), f"Of the {numbers}, {what}.")


def dropout(share: float, shape: Shape, whole_maps: bool = False) -> Words:
    """Dropout: `share` is what is left out, 0 to 1."""
    what = f"{shape[-1]} maps" if whole_maps else f"{math.prod(shape):,} numbers"
    sentence = (
        f"While it learns, {share:.0%} of the {what} are set to 0 by chance; when it reads, none."
    )
    return Words("dropout", f"drop {share:.0%}", sentence)


def only_in_training(what: str, label: str) -> Words:
    """Noise, or a random change of the picture."""
    return Words("dropout", label, f"While it learns, {what}; when it reads, it does nothing.")


def flat(before: Shape, after: Shape) -> Words:
    """A flattening or another new shape for the same numbers."""
    if len(after) == 1:
        rows = f"the {before[-1]} maps of {times(before[:-1])}" if len(before) > 1 else "all"
        return Words("shape", "flatten", f"Lays {rows} out as one row of {after[0]:,} numbers.")
    return Words("shape", "reshape", f"Lays the same numbers out anew, as {times(after)}.")


def border(before: Shape, after: Shape) -> Words:
    """A padding with zeros."""
    sentence = (
        f"Puts a border of zeros around: maps of {times(before[:2])} become {times(after[:2])}."
    )
    return Words("shape", "border", sentence)


def merge(how: str, before: list[Shape], after: Shape) -> Words:
    """Several results become one: `how` is a verb, as "Adds up"."""
    parts = " and ".join(times(shape) for shape in before[:4]) + (" …" if len(before) > 4 else "")
    return Words(
        "merge", how.split()[0].lower(), f"{how} {len(before)} results ({parts}) to {times(after)}."
    )


def scaled(after: Shape) -> Words:
    """Every number times the same one."""
    count = math.prod(after)
    return Words("other", "scale", f"Multiplies each of the {count:,} numbers by the same one.")


def other(kind: str, before: Shape, after: Shape) -> Words:
    """What no other sentence is for."""
    same = before == after
    does = f"changes {times(after)} numbers" if same else f"makes {times(after)} of {times(before)}"
    return Words("other", kind.lower(), f"{kind} {does}; its own documentation says how.")


def after_that(then: str) -> str:
    """What an activation does, as the end of a sentence."""
    if then == "linear":
        return ""
    return _THEN.get(then, f"; {called(then)} is applied to each result")


def _short(then: str) -> str:
    return "" if then == "linear" else f" {called(then)}"


def _maps(before: Shape) -> str:
    return "the picture" if before[-1] == 1 else f"all {before[-1]} maps at once"


def _given(before: Shape, after: Shape, step: int) -> str:
    """The maps that filters give, and why they have the size that they have."""
    gives = f"each gives a map of {times(after[:2])}"
    if step > 1:
        return f"{gives}, as it moves {step} places at a time"
    return f"{gives}, as large as before" if after[:2] == before[:2] else gives
