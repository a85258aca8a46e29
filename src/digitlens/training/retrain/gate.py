"""Gate: whether a new model is admitted, by what it reads that neither model was trained on.

It must read the corrections that were held out better than the old one, and nothing else worse. One
that is better or worse by no more than chance would make it is neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from digitlens.training.retrain.paired import Paired

RARE = 0.05  # probability under which a difference is more than chance
LEAST = 5  # corrections held out, under which not even all of them would be more than chance
# Points that a frozen set may lose, whatever chance would say: more is too dear a price.
MOST_LOST = {"mnist_test": 0.05, "pen_strokes": 0.3}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says.

    Attributes:
        admitted: Whether the new model may answer in place of the old one.
        forgot: Whether it reads a frozen set worse, and more of the corrections that were held out.
        reasons: A sentence for each thing that was asked of it, and how it stands.
        corrections: How it reads the corrections that were held out.
        frozen: How it reads each of the frozen sets, by their names.
    """

    admitted: bool
    forgot: bool
    reasons: tuple[str, ...]
    corrections: Paired
    frozen: dict[str, Paired]

    def as_dict(self) -> dict[str, Any]:
        """As entries of JSON."""
        return {
            "admitted": self.admitted,
            "forgot": self.forgot,
            "reasons": list(self.reasons),
            "corrections": _figures(self.corrections),
            "frozen": {name: _figures(paired) for name, paired in self.frozen.items()},
        }


def decide(corrections: Paired, frozen: dict[str, Paired]) -> Verdict:
    """Decide whether a new model is admitted.

    Args:
        corrections: Both models on the corrections that were held out.
        frozen: Both on the test sets that stay the same; those of MNIST and of the pen strokes.
    """
    found = [_is_better(corrections)]
    found += [_is_not_worse(name, paired) for name, paired in frozen.items()]
    admitted = all(holds for holds, _ in found)
    forgot = corrections.after > corrections.before and not all(holds for holds, _ in found[1:])
    return Verdict(admitted, forgot, tuple(reason for _, reason in found), corrections, frozen)


def _is_better(paired: Paired) -> tuple[bool, str]:
    gained, lost = len(paired.gained), len(paired.lost)
    figures = f"{gained} gained, {lost} lost, p = {paired.better_by_chance:.2g}"
    of = f"of {paired.count} corrections held out {paired.before} were read right, now"
    if paired.count < LEAST:
        return False, f"{of} {paired.after}: too few to tell from chance, at least {LEAST} are"
    if paired.better_by_chance < RARE:
        return True, f"{of} {paired.after}: better ({figures})"
    return False, f"{of} {paired.after}: no more than chance would make it ({figures})"


def _is_not_worse(name: str, paired: Paired) -> tuple[bool, str]:
    low, high = paired.interval
    what = (
        f"{name}: {paired.points:+.2f} points (95 % interval {low:+.2f} to {high:+.2f}, "
        f"{len(paired.gained)} gained, {len(paired.lost)} lost of {paired.count:,})"
    )
    if paired.worse_by_chance < RARE:
        return False, f"{what}: worse, by more than chance"
    most = MOST_LOST[name]
    if round(-paired.points, 9) > most:
        return False, f"{what}: worse, by more than {most:g} points"
    return True, f"{what}: not worse"


def _figures(paired: Paired) -> dict[str, Any]:
    return {
        "count": paired.count,
        "before": paired.before,
        "after": paired.after,
        "gained": len(paired.gained),
        "lost": len(paired.lost),
        "points": round(paired.points, 4),
        "interval": [round(end, 4) for end in paired.interval],
        "better_by_chance": paired.better_by_chance,
        "worse_by_chance": paired.worse_by_chance,
    }
