"""Parent: the version that a retraining starts from, and what it was trained with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import keras

from digitlens.errors import BundleError
from digitlens.models.bundle import NETWORK_FILE, Bundle, load
from digitlens.models.library import Version
from digitlens.training.data.augment import Augmentation
from digitlens.training.logits import end_in_logits
from digitlens.training.recipe import Recipe
from digitlens.training.retrain.memory import without_memory
from digitlens.training.retrain.replay import less

LEARNED = "corrections.txt"  # in a version's folder: what it has learned from, a name a line
_EPOCHS = 8
_RATE = 1e-3
_RATE_FOR_OTHERS = 1e-4  # small steps: less is forgotten for what is learned of many hands


@dataclass(frozen=True, slots=True)
class Parent:
    """A version that is retrained.

    Attributes:
        version: Which.
        bundle: Its model and its card.
        learned: Names of the corrections that it, and those before it, have learned from.
    """

    version: Version
    bundle: Bundle
    learned: tuple[str, ...]

    @classmethod
    def of(cls, version: Version) -> Parent:
        """Load a version to retrain it.

        Raises:
            BundleError: It cannot be used, or has no network to start from.
        """
        if not (version.folder / NETWORK_FILE).exists():
            raise BundleError(
                f"{version.folder}: the version {version.name} has no {NETWORK_FILE} to start from;"
                " bundles that `digitlens train` writes have one, `digitlens models add RUN` and"
                " `digitlens models promote` make one of them active"
            )
        return cls(version, load(version.folder), read_learned(version.folder))

    def network(self) -> keras.Model:
        """Its network, which answers ten logits; without what it remembers of mistakes.

        These are among what is learned from anew, unless they were taken back.
        """
        path = self.version.folder / NETWORK_FILE
        try:
            return without_memory(end_in_logits(keras.models.load_model(path, compile=False)))
        except (ValueError, OSError) as error:
            raise BundleError(f"{path}: the network cannot be loaded: {error}") from error

    def recipe(self, data: Sequence[str] = (), for_others: bool = False, **changes: Any) -> Recipe:
        """How it is retrained: as it was trained, but for less long, on less, with small steps.

        Args:
            data: Sources to replay in place of those that it was trained on.
            for_others: Whether it is to read hands that it does not learn from.
            changes: Settings that are to be others.
        """
        settings = self.bundle.card.training.get("settings", {})
        known = {f.name for f in fields(Recipe)}
        # Where its own training began and who taught it, on the machine where that was.
        known -= {"start", "teachers", "taught"}
        own = {name: value for name, value in settings.items() if name in known}
        distortions = {f.name for f in fields(Augmentation)}
        spread = {k: v for k, v in settings.get("augmentation", {}).items() if k in distortions}
        own["augmentation"] = Augmentation(**spread)
        own["data"] = tuple(less(spec) for spec in (data or own.get("data", ("mnist",))))
        recipe = replace(
            Recipe(**own),
            epochs=_EPOCHS,
            rate=_RATE_FOR_OTHERS if for_others else _RATE,
            schedule="constant",  # the mean of the weights is taken, so no step need be small
            patience=0,
            precision="float32",  # as the network was kept
            devices=1,
        )
        return replace(recipe, **changes)

    def ancestry(self) -> dict[str, Any]:
        """What a card says of the version that its model was made from."""
        card = self.bundle.card
        before = card.training.get("parent", {})
        earlier = [before["version"], *before["ancestors"]] if before else []
        return {
            "name": card.name,
            "version": card.version,
            "sha256": card.sha256,
            "ancestors": earlier,
        }


def read_learned(folder: Path) -> tuple[str, ...]:
    """The names of the corrections that a version has learned from."""
    path = folder / LEARNED
    return tuple(path.read_text(encoding="utf-8").split()) if path.exists() else ()
