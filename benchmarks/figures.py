"""A figure: what was measured, what the peer needed, and what was aimed at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should be.

    Attributes:
        of: `ratio` for how many times better than the peer, `ours` for the figure itself.
        value: How much that should be.
        most: Whether `value` is the most, not the least, that it should be.
    """

    of: Literal["ratio", "ours"]
    value: float
    most: bool = False

    def is_reached(self, measured: float) -> bool:
        """Whether what was measured is good enough."""
        return measured <= self.value if self.most else measured >= self.value


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Attributes:
        name: A short name for programs.
        what: What was measured.
        unit: Of `ours` and `peer`.
        ours: What was measured of digitlens; None where it was not, and `skipped` says why.
        peer: The same of the peer; None where there is none.
        higher: Whether more is better.
        goal: What was aimed at.
        range: Least and most of our repeated measurements.
        peer_range: The same of the peer's.
        skipped: Why it was not measured.
    """

    name: str
    what: str
    unit: str
    ours: float | None = None
    peer: float | None = None
    higher: bool = False
    goal: Goal | None = None
    range: tuple[float, float] | None = None
    peer_range: tuple[float, float] | None = None
    skipped: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer it is."""
        if not self.ours or not self.peer:
            return None
        return self.ours / self.peer if self.higher else self.peer / self.ours

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached; None where that cannot be said."""
        if self.goal is None:
            return None
        measured = self.ratio if self.goal.of == "ratio" else self.ours
        return None if measured is None else self.goal.is_reached(measured)

    def entries(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return asdict(self) | {"ratio": self.ratio, "reached": self.reached}
