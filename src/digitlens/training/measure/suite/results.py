"""Results: answers become figures, as entries of JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from digitlens.training.data.corrupt import CORRUPTIONS
from digitlens.training.measure.suite.answers import Answers
from digitlens.training.measure.suite.figures import (
    Figure,
    auroc,
    bins,
    calibration,
    mean_share,
    passed_at,
    share,
)
from digitlens.training.measure.suite.ladder import STRENGTHS, name_of
from digitlens.training.measure.suite.others import ALPHABETS
from digitlens.training.measure.suite.sets import Labels, PictureSet

Entries = dict[str, Any]
Said = Mapping[str, Mapping[str, Answers]]  # by set, then by way

TOLD_FROM = "strokes"  # digits that what is none is told from: drawn with the same pens as it
DIAGRAM = ("mnist", "strokes", "damaged")  # what the reliability diagram shows
_SURE = 0.9  # confidence over which a mistake is a bad one


def digits_entry(pictures: PictureSet, said: Mapping[str, Answers]) -> Entries:
    """How well each way reads a set of digits."""
    found = _head(pictures) | {way: _digits(answers) for way, answers in said.items()}
    if pictures.people is not None:
        for way, answers in said.items():
            found[way]["by_person"] = _by_person(answers, pictures.people)
    return found


def others_entry(
    pictures: PictureSet, said: Mapping[str, Answers], digits: Mapping[str, Answers]
) -> Entries:
    """How well each way tells what is no digit from digits."""
    found = _head(pictures)
    for way, answers in said.items():
        found[way] = figures(
            auroc=auroc(digits[way].score, answers.score),
            read=share(answers.is_read),
            passed=passed_at(digits[way].score, answers.score),
            confident=share(answers.is_read & (answers.confidence > _SURE)),
        )
    return found


def ladder_entry(said: Said, way: str) -> Entries:
    """The share read right by corruption and strength, and the mean over all corruptions."""
    found: Entries = {
        name: [_figure(share(said[name_of(name, s)][way].right)) for s in STRENGTHS]
        for name in CORRUPTIONS
    }
    means = []
    for strength in STRENGTHS:
        rows = [said[name_of(name, strength)][way].right for name in CORRUPTIONS]
        means.append(_figure(mean_share(np.stack(rows))))
    return found | {"mean": means}


def diagram_entry(said: Said, way: str) -> Entries:
    """The bins of the reliability diagram: plain digits, pen strokes, and damaged ones."""
    middle = [said[name_of(name, STRENGTHS[2])][way] for name in CORRUPTIONS]
    series = dict(zip(DIAGRAM, ([said["mnist"][way]], [said["strokes"][way]], middle), strict=True))
    found = {}
    for name, parts in series.items():
        confidence, right = _given_out(parts)
        found[name] = [asdict(one) for one in bins(confidence, right)]
    return found


def alphabet_of(others: Sequence[Entries]) -> Entries:
    """The entry of the alphabets that were never trained on."""
    return next(entry for entry in others if entry["name"] == ALPHABETS)


def _digits(answers: Answers) -> Entries:
    sure_and_wrong = ~answers.right & (answers.confidence > _SURE)
    confidence, right = _given_out([answers])
    found = figures(right=share(answers.right), read=share(answers.is_read))
    found |= figures(confident_mistakes=share(sure_and_wrong))
    # Where nothing at all is given out there is no confidence that could be off.
    error = calibration(confidence, right) if len(right) else None
    return found | {"calibration_error": _figure(error) if error else None}


def _by_person(answers: Answers, people: Labels) -> list[Entries]:
    """The share read right of what each person wrote, in the order of their numbers."""
    return [_figure(share(answers.right[people == one])) for one in np.unique(people)]


def _given_out(parts: Sequence[Answers]) -> tuple[Any, Any]:
    """Confidence and truth of what was given out at all, of some sets."""
    confidence = np.concatenate([answers.confidence for answers in parts])
    right = np.concatenate([answers.right for answers in parts])
    return confidence[confidence > 0], right[confidence > 0]


def _head(pictures: PictureSet) -> Entries:
    return {
        "name": pictures.name,
        "group": pictures.group,
        "what": pictures.what,
        "count": len(pictures),
    }


def figures(**named: Figure) -> Entries:
    """Figures under their names, as entries of JSON."""
    return {name: _figure(figure) for name, figure in named.items()}


def _figure(figure: Figure) -> Entries:
    """Rounded: more digits than the interval has say nothing, and change with the machine."""
    return {
        name: round(number, 6) if isinstance(number, float) else number
        for name, number in asdict(figure).items()
    }
