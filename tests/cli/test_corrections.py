"""`digitlens corrections` writes, takes in and counts, as its help says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digitlens.cli.corrections import command
from digitlens.corrections import Store
from digitlens.corrections.address import FILE, of_file
from digitlens.errors import InvalidInput, StoreUnavailable
from tests.cli.test_read import digitlens
from tests.corrections.conftest import postgres as postgres  # a fixture
from tests.corrections.said import glyph, said
from tests.postgres import Postgres


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with four corrections: two are accepted, one of those is no digit; a duplicate."""
    store = Store(of_file(tmp_path / "kept" / FILE))
    for number, should in enumerate((3, 10, 5, 5)):
        store.add(said(f"r{number}", glyph(min(number, 2), should=should)))
    ids = sorted(row.id for row in store.page().rows)
    store.decide(ids[:2], "accept")
    store.close()
    return tmp_path / "kept"


def corrections(*arguments: object, folder: Path) -> Result:
    """Run the command in this process, on the corrections of a folder."""
    line = [*map(str, arguments), "--corrections-dir", str(folder)]
    return CliRunner().invoke(command, line)


def test_counts(folder: Path) -> None:
    """There is a number for each digit and status, and JSON has the same."""
    text = corrections("counts", folder=folder).output
    assert text.splitlines()[0].split() == ["pending", "accepted", "rejected"]
    assert "      none         0         1         0" in text
    assert text.splitlines()[-2].split() == ["all", "1", "2", "0"]
    assert text.splitlines()[-1].startswith("1 duplicates")
    found = json.loads(corrections("counts", "--json", folder=folder).output)
    assert (found["total"], found["folded"], found["accepted"]) == (3, 1, 2)
    assert found["digits"]["5"] == {"pending": 1, "accepted": 0, "rejected": 0}


def test_each_form(folder: Path, tmp_path: Path) -> None:
    """The name says the form; what was left out is said; all of them come back."""
    said_of_csv = corrections("export", tmp_path / "c.csv", folder=folder).output
    assert said_of_csv.startswith("1 written to ")
    assert "1 that are not digits left out" in said_of_csv
    for name, count in (("c.jsonl", 4), ("c.jsonl.gz", 4), ("pngs", 2), ("n.csv.gz", 2)):
        options = ["--with-none"] if "csv" in name else []
        done = corrections("export", tmp_path / name, *options, folder=folder)
        assert done.output.startswith(f"{count} written to "), done.output
        back = corrections("import", tmp_path / name, folder=tmp_path / f"back-{name}")
        assert back.output.startswith(f"{count} taken in from "), back.output
        found = json.loads(corrections("counts", "--json", folder=tmp_path / f"back-{name}").output)
        assert (found["accepted"], found["total"]) == (2, 3 if "jsonl" in name else 2)


def test_pending(folder: Path, tmp_path: Path) -> None:
    """What is taken in to be reviewed waits."""
    corrections("export", tmp_path / "c.csv", "--status", "all", folder=folder)
    corrections("import", tmp_path / "c.csv", "--pending", folder=tmp_path / "back")
    found = json.loads(corrections("counts", "--json", folder=tmp_path / "back").output)
    assert (found["pending"], found["accepted"]) == (2, 0)


def test_from_sqlite_to_postgres(
    folder: Path, tmp_path: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way that the documentation shows, with the real command and the real database."""
    monkeypatch.setenv("DIGITLENS_CORRECTIONS_DIR", str(folder))
    assert digitlens("corrections", "export", tmp_path / "all.jsonl").returncode == 0
    url = postgres.new_database().replace("+psycopg", "")
    monkeypatch.setenv("DIGITLENS_DATABASE_URL", url)
    done = digitlens("corrections", "import", tmp_path / "all.jsonl")
    assert done.stdout.startswith(b"4 taken in"), done.stderr
    found = digitlens("corrections", "counts", "--json")
    assert json.loads(found.stdout)["total"] == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", "c.txt"),
        ("export", "c.jsonl", "--status", "pending"),
        ("import", "nothing.csv"),
        ("import", "nothing.jsonl", "--pending"),
    ],
)
def test_wrong_calls(folder: Path, arguments: tuple[str, ...]) -> None:
    """A name that says no form, an option that does not go with it, a missing file: it is said."""
    assert isinstance(corrections(*arguments, folder=folder).exception, InvalidInput)


def test_no_database(tmp_path: Path) -> None:
    """Where there can be no database, that is the answer."""
    (tmp_path / "file").touch()
    done = corrections("counts", folder=tmp_path / "file")
    assert isinstance(done.exception, StoreUnavailable)
