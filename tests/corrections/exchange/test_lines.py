"""JSON lines have everything: from SQLite to PostgreSQL and back, nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from digitlens.corrections import NONE, Store, StoreError
from digitlens.corrections.address import of_file
from digitlens.corrections.exchange.forms import Taken
from digitlens.corrections.exchange.lines import read_lines, write_lines
from digitlens.errors import DataError, InvalidInput
from tests.corrections.said import glyph, said


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """A store in SQLite with all that there can be."""
    store = Store(of_file(tmp_path / "full.db"))
    fill(store)
    yield store
    store.close()


def fill(store: Store) -> None:
    """Drawings and pictures, one and many glyphs, duplicates, decisions, some of them undone."""
    for number in range(9):
        strokes = [[[0.1, 2], [3, 1 / 3]]] if number % 2 else None
        several = [glyph(10 * number + each, confidence=1 / 3) for each in range(1 + number % 3)]
        store.add(said(f"r{number}", *several, client=f"c{number % 4}", strokes=strokes))
    for number in range(3):
        store.add(said(f"again{number}", glyph(500, should=NONE)))
    ids = sorted(row.id for row in store.page().rows)
    store.decide(ids[:6], "accept")
    store.decide(ids[4:8], "relabel", 7)
    store.undo(store.decide(ids[5:7], "reject").id)
    store.decide(ids[:1], "reopen")


def everything(store: Store) -> list[Any]:
    """All that a store holds."""
    found: list[Any] = []
    store.dump(found.append)
    return found


def test_nothing_is_lost(full: Store, store: Store, tmp_path: Path) -> None:
    """What comes into another database is the same: pictures, decisions, and what was when."""
    written = write_lines(full, tmp_path / "all.jsonl")
    taken = read_lines(store, tmp_path / "all.jsonl")
    assert (written.count, taken) == (12, Taken(12, 0))
    assert everything(store) == everything(full)
    assert store.counts() == full.counts()
    for ours, theirs in zip(store.page().rows, full.page().rows, strict=True):
        np.testing.assert_array_equal(ours.ink, theirs.ink)
        np.testing.assert_array_equal(ours.seen, theirs.seen)


def test_receipts_and_decisions_hold(full: Store, store: Store, tmp_path: Path) -> None:
    """After the move, receipts still take back, readings are known, decisions can be undone."""
    decision = full.decide([row.id for row in full.page().rows], "reject")
    write_lines(full, tmp_path / "all.jsonl")
    read_lines(store, tmp_path / "all.jsonl")
    assert store.undo(decision.id) == full.undo(decision.id) == decision.changed
    assert everything(store) == everything(full)
    again = store.add(said("r0", glyph(0, confidence=1 / 3), client="c0"))
    assert not again.created
    assert store.withdraw(again.secret) == 1


def test_twice_is_once(full: Store, store: Store, tmp_path: Path) -> None:
    """Taken in again, nothing changes, also where it was decided otherwise since."""
    write_lines(full, tmp_path / "all.jsonl")
    read_lines(store, tmp_path / "all.jsonl")
    store.decide([row.id for row in store.page().rows], "reject")
    before = everything(store)
    assert read_lines(store, tmp_path / "all.jsonl") == Taken(0, 12)
    assert everything(store) == before


def test_two_become_one(full: Store, store: Store, tmp_path: Path) -> None:
    """Corrections of two databases come together; what is the same in both counts once."""
    store.add(said("here", glyph(500, should=NONE)))
    write_lines(full, tmp_path / "all.jsonl")
    total = full.counts().total
    read_lines(store, tmp_path / "all.jsonl")
    assert store.counts().total == total
    assert store.counts().folded == full.counts().folded + 1


def test_a_file_that_was_cut(full: Store, store: Store, tmp_path: Path) -> None:
    """Where the one that stands for duplicates is not in the file, one of these does."""
    write_lines(full, tmp_path / "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "cut.jsonl").write_bytes(b"".join([lines[0], *lines[-2:]]))
    read_lines(store, tmp_path / "cut.jsonl")
    assert (store.counts().total, store.counts().folded) == (1, 1)


def test_gzip(full: Store, store: Store, tmp_path: Path) -> None:
    """A name that ends with .gz is packed, and unpacked."""
    write_lines(full, tmp_path / "all.jsonl.gz")
    assert (tmp_path / "all.jsonl.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert read_lines(store, tmp_path / "all.jsonl.gz").added == 12


def test_a_file_is_not_replaced(full: Store, tmp_path: Path) -> None:
    """A file that is there stays, unless it is to be replaced; no half file is left behind."""
    path = tmp_path / "out" / "all.jsonl"
    write_lines(full, path)
    with pytest.raises(InvalidInput, match="--force"):
        write_lines(full, path)
    write_lines(full, path, force=True)
    assert [each.name for each in path.parent.iterdir()] == ["all.jsonl"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"reading": "x"}, "line 2, reading"),
        ({"verdict": "maybe"}, "verdict"),
        ({"receipt": None}, "receipt"),
        ({"glyphs": []}, "glyphs"),
        ({"glyphs": 3}, "entry"),
        ({"client": "\0"}, "client"),
        ({"given": 11}, "should"),
        ({"given": 3.0}, "given"),
        ({"should": -1}, "should"),
        ({"status": "eaten"}, "status"),
        ({"seen": "!"}, "seen"),
        ({"seen": "aGVsbG8="}, "seen"),
        ({"ink": ""}, "ink"),
        ({"created": "yesterday"}, "created"),
        ({"confidence": 2}, "confidence"),
        ({"position": 1}, "glyphs"),
        ({"box": [1, 2, 3]}, "box"),
        ({"box": [1, 2, 3, 2**40]}, "box"),
        ({"changes": [{}]}, "decision"),
    ],
)
def test_a_wrong_line(store: Store, tmp_path: Path, change: dict[str, Any], word: str) -> None:
    """A line that is wrong is named, with what is wrong with it, and not taken in."""
    other = Store(of_file(tmp_path / "other.db"))
    other.add(said("r"))
    entry = everything(other)[0]
    inside = set(change) & set(entry["glyphs"][0])
    (entry["glyphs"][0] if inside else entry).update(change)
    path = tmp_path / "wrong.jsonl"
    head = {"digitlens": "corrections", "format": 1}
    path.write_text(json.dumps(head) + "\n" + json.dumps(entry))
    with pytest.raises(DataError, match=word):
        read_lines(store, path)
    assert store.counts().total == 0


@pytest.mark.parametrize("text", ["", "{}", '{"digitlens": "corrections", "format": 2}', "label,1"])
def test_another_file(store: Store, tmp_path: Path, text: str) -> None:
    """A file of another form, or of a format to come, is refused."""
    (tmp_path / "other.jsonl").write_text(text)
    with pytest.raises(DataError, match="line 1"):
        read_lines(store, tmp_path / "other.jsonl")


def test_a_receipt_of_another(full: Store, store: Store, tmp_path: Path) -> None:
    """A file that somebody edited, so that two readings have one receipt, is refused as a whole."""
    write_lines(full, tmp_path / "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_text().splitlines()
    first, second = json.loads(lines[1]), json.loads(lines[2])
    second["receipt"] = first["receipt"]
    (tmp_path / "all.jsonl").write_text("\n".join([*lines[:2], json.dumps(second)]))
    with pytest.raises(StoreError, match="does not go with"):
        read_lines(store, tmp_path / "all.jsonl")
    assert store.counts().total == 0
