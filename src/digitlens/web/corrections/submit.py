"""Submit: a picture that was read and what it should have been become what the store keeps."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from digitlens.corrections import NONE, Glyph, Submission
from digitlens.corrections.pictures import MOST
from digitlens.errors import InvalidInput
from digitlens.reading.prepare import cut_out
from digitlens.web.corrections.claim import Claim, ClaimedDigit, digest
from digitlens.web.corrections.labels import label_of
from digitlens.web.corrections.schemas import CorrectionBody
from digitlens.web.pngs import shrink
from digitlens.web.problems import INVALID, Problem, refusal
from digitlens.web.service import Service
from digitlens.web.submitted import Submitted


def submission(
    serving: Service, claim: Claim, said: CorrectionBody, submitted: Submitted
) -> Submission:
    """What is to be kept: the glyphs of the picture, cut out once more.

    Args:
        serving: What prepares the picture, when it has its turn.
        claim: What was read in it.
        said: What the person says.
        submitted: The picture, or what is said to be it.

    Raises:
        Problem: The picture is another one, or has more or fewer digits than were said.
    """
    count = len(claim.digits)
    if len(said.should) != count:
        expected = f"a character for each of the {count} that were found"
        raise refusal(INVALID, "should", expected, f"{len(said.should)}")
    labels = tuple(map(label_of, said.should))
    glyphs = _cut(serving, claim, submitted, labels)
    return Submission(
        reading=claim.name,
        client=said.client,
        model=claim.model,
        version=claim.version,
        strokes=_strokes(said),
        glyphs=glyphs,
        verdict=verdict(claim, labels),
    )


def verdict(claim: Claim, labels: tuple[int, ...]) -> Literal["right", "wrong"]:
    """Whether every digit is what it was read as."""
    return "right" if tuple(map(_read_as, claim.digits)) == labels else "wrong"


def _read_as(digit: ClaimedDigit) -> int:
    return NONE if digit.status == "not_a_digit" else digit.digit


def _strokes(said: CorrectionBody) -> list[Any] | None:
    return said.drawn if said.strokes is None else said.strokes


def _cut(
    serving: Service, claim: Claim, submitted: Submitted, labels: tuple[int, ...]
) -> tuple[Glyph, ...]:
    limits = serving.reader.limits
    try:
        with serving.turn:
            prepared, cuts = cut_out(submitted.picture, limits)
            seen = tuple(prepared.glyphs[:, :, :, 0])
            if digest(seen) != claim.digest:
                expected = "the picture that was read under this id"
                raise refusal(INVALID, submitted.argument, expected, "another one")
    except InvalidInput as error:
        raise Problem.of(error, submitted.argument) from error
    return tuple(
        Glyph(
            ink=np.ascontiguousarray(shrink(cut, MOST)),
            seen=np.rint(levels * 255).astype(np.uint8),
            read=digit.digit,
            confidence=digit.confidence,
            status=digit.status,
            should=label,
            box=(box.x, box.y, box.width, box.height),
        )
        for cut, levels, digit, label, box in zip(
            cuts, seen, claim.digits, labels, prepared.boxes, strict=True
        )
    )
