"""The id of a reading says what was read, and is no other reading's."""

from __future__ import annotations

from string import ascii_letters, digits

import pytest

from digitlens import Reader
from digitlens.web.corrections import claim

KEY = bytes(range(32))
READING = Reader().read([[[60, 60], [190, 60], [110, 230]]])


def test_says_what_was_read() -> None:
    """What is signed comes back: the glyphs' digest, the digit and its confidence, the model."""
    found = claim.verify(claim.sign(READING, KEY), KEY)
    assert found is not None
    assert found.digest == claim.digest(READING.seen)
    (digit,) = found.digits
    assert (digit.digit, digit.status) == (7, READING.digits[0].status)
    assert digit.confidence == pytest.approx(READING.digits[0].confidence, abs=1e-9)
    assert (found.model, found.version) == tuple(READING.model)


def test_another_one_at_the_same_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same picture, read by two workers at the same tick of the clock, has two ids."""
    monkeypatch.setattr(claim, "time_ns", lambda: 1)
    found = [claim.verify(claim.sign(READING, KEY), KEY) for _ in range(2)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].name != found[1].name


def test_not_signed_here() -> None:
    """Another key's id, a changed one and no id at all are none."""
    text = claim.sign(READING, KEY)
    changed = text[:20] + ("A" if text[20] != "A" else "B") + text[21:]
    assert claim.verify(text, bytes(32)) is None
    assert [claim.verify(one, KEY) for one in (changed, text[:-4], "", "ä")] == [None] * 4


def test_written_otherwise() -> None:
    """An id is valid as it was given out; other letters for the same bytes are no id."""
    text = claim.sign(READING, KEY)
    others = [text[:-1] + letter for letter in ascii_letters + digits + "-_"]
    others += [text + "=", text[:20] + "!" + text[20:], f" {text}"]
    assert [one for one in others if claim.verify(one, KEY)] == [text]
