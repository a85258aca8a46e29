"""Library: the versions of a model in a folder, and which of them is active.

    MODELS/
      active.json     which version is active, and which were before it
      lock            held while that, or the versions, are changed
      NAME/           a version: its bundle, and what belongs to it

The version that comes with digitlens is always among them, as `shipped`. It is the active one until
another is promoted. A version is copied in beside the others and then renamed, and which one is
active is a single file that is replaced: whoever reads sees the old or the new, never half of one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from digitlens.errors import BundleError, InvalidInput
from digitlens.lock import hold
from digitlens.models.bundle import CARD_FILE, DEFAULT, MODEL_FILE, load
from digitlens.models.card import Card
from digitlens.models.pointer import SHIPPED, Pointer, sync
from digitlens.settings import Settings

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_POINTER = "active.json"
_PATIENCE = 10.0  # seconds to wait for another process that changes something


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the model.

    Attributes:
        name: In the library; its card's version, or `shipped`.
        folder: Its bundle.
        card: What it says about itself.
        size: Bytes of its LiteRT file.
        is_active: Whether it is the one that answers.
    """

    name: str
    folder: Path
    card: Card
    size: int
    is_active: bool


def chosen(settings: Settings) -> Path:
    """The folder of the model that the settings name, or else of the active version.

    Raises:
        InvalidInput: That version is not there.
        BundleError: Which one it is cannot be read.
    """
    library = Library(settings.models_dir)
    return settings.model or library.place(library.active_name())


class Library:
    """The versions in a folder; nothing is written there before something is changed.

    Args:
        folder: That folder, which machines may share.
        shipped: The bundle of the version `shipped`.
    """

    def __init__(self, folder: Path, shipped: Path = DEFAULT) -> None:
        self.folder = folder
        self.pointer_file = folder / _POINTER
        self._shipped = shipped

    def versions(self) -> list[Version]:
        """All versions, the shipped one first, the others by time; damaged ones are left out."""
        places = sorted(self.folder.glob(f"*/{CARD_FILE}"), key=lambda p: p.stat().st_mtime_ns)
        names = [place.parent.name for place in places if NAME.fullmatch(place.parent.name)]
        found = []
        for name in (SHIPPED, *names):
            try:
                found.append(self.find(name))
            except BundleError:
                continue
        return found

    def find(self, name: str) -> Version:
        """One version.

        Raises:
            InvalidInput: There is none of this name.
            BundleError: Its card is of no use.
        """
        folder = self.place(name)
        card = Card.read(folder / CARD_FILE)
        model = folder / MODEL_FILE
        size = model.stat().st_size if model.exists() else 0
        return Version(name, folder, card, size, name == self.active_name())

    def place(self, name: str) -> Path:
        """The folder of a version.

        Raises:
            InvalidInput: There is none of this name.
        """
        if name == SHIPPED:
            return self._shipped
        if not NAME.fullmatch(name) or not (self.folder / name / CARD_FILE).exists():
            expected = f"a version in {self.folder}; `digitlens models list` shows them"
            raise InvalidInput("version", expected, ascii(name[:80]))
        return self.folder / name

    def active(self) -> Version:
        """The version that answers.

        Raises:
            InvalidInput: It is not there.
            BundleError: Which one it is cannot be read, or its card cannot.
        """
        return self.find(self.active_name())

    def active_name(self) -> str:
        """The name of the version that answers.

        Raises:
            BundleError: It cannot be read.
        """
        return self._read().active

    def next_name(self) -> str:
        """A name for a new version: `r` and a number that no version ever had."""
        with self._changing() as pointer:
            replace(pointer, number=pointer.number + 1).write(self.pointer_file)
            return f"r{pointer.number + 1}"

    def add(self, bundle: Path) -> Version:
        """Copy a bundle in, under the version that its card has.

        Args:
            bundle: A folder with `model.tflite` and `card.json`, and what else belongs to it.

        Raises:
            BundleError: It cannot be used.
            InvalidInput: Its version is no name for a folder, or there is one of this name.
        """
        name = load(bundle).card.version
        with self._changing():
            taken = {SHIPPED, Card.read(self._shipped / CARD_FILE).version}
            if not NAME.fullmatch(name) or name in taken or (self.folder / name).exists():
                expected = "one that is new here, of letters, digits, dots and dashes"
                raise InvalidInput("version", expected, ascii(name[:80]))
            part = self.folder / f".{name}.part"
            shutil.rmtree(part, ignore_errors=True)  # of one that was interrupted
            shutil.copytree(bundle, part)
            for path in (*part.rglob("*"), part):
                sync(path)
            part.rename(self.folder / name)
            sync(self.folder)
        return self.find(name)

    def promote(self, name: str, instead_of: str | None = None) -> Version:
        """Make a version the active one. The one before it stays.

        Args:
            name: Of the version.
            instead_of: Which one must be active now, where that matters.

        Raises:
            InvalidInput: There is none of this name, or another one is active by now.
            BundleError: It cannot be used: its checksum is not that of its card.
        """
        with self._changing() as pointer:
            load(self.place(name))
            if instead_of is not None and pointer.active != instead_of:
                expected = f"{instead_of}, which {name} was compared with"
                raise InvalidInput("active version", expected, pointer.active)
            if pointer.active != name:
                before = (*pointer.before, pointer.active)
                replace(pointer, active=name, before=before).write(self.pointer_file)
        return self.find(name)

    def rollback(self) -> Version:
        """Make the version active that was so before; those that were removed are passed over.

        Raises:
            InvalidInput: There was none before.
            BundleError: It cannot be used.
        """
        with self._changing() as pointer:
            before = [name for name in pointer.before if self._is_there(name)]
            if not before:
                raise InvalidInput("rollback", "a version that was active before", "none")
            load(self.place(before[-1]))
            replace(pointer, active=before[-1], before=tuple(before[:-1])).write(self.pointer_file)
        return self.find(before[-1])

    def remove(self, name: str) -> None:
        """Remove a version.

        Raises:
            InvalidInput: There is none of this name, it is the active one, or the shipped one.
        """
        with self._changing() as pointer:
            place = self.place(name)
            if name in (pointer.active, SHIPPED):
                what = "the shipped one" if name == SHIPPED else "the active one"
                raise InvalidInput("version", "neither the active nor the shipped one", what)
            part = self.folder / f".{name}.removed"
            place.rename(part)
            shutil.rmtree(part)

    def _is_there(self, name: str) -> bool:
        try:
            self.place(name)
        except InvalidInput:
            return False
        return True

    def _read(self) -> Pointer:
        try:
            return Pointer.read(self.pointer_file)
        except (OSError, ValueError) as error:
            raise BundleError(f"{self.pointer_file}: it cannot be read: {error}") from error

    @contextmanager
    def _changing(self) -> Iterator[Pointer]:
        """Change the library while nobody else does."""
        with hold(self.folder / "lock", _PATIENCE) as lock:
            if lock is None:
                raise BundleError(f"{self.folder}: another process is changing the versions")
            yield self._read()
