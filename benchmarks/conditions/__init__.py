"""Conditions: the ways in which a digit comes to a reader, each drawn over the same clean ink.

A condition is a function of the ink and a random generator that returns a picture as
`Reader.read` takes it. `benchmarks.preparation` measures what is left of the digit.
"""

from __future__ import annotations

from benchmarks.conditions import cuts, files, lighting, paper, scans
from benchmarks.conditions.pages import Condition

CONDITIONS: dict[str, Condition] = {
    **paper.CONDITIONS,
    **lighting.CONDITIONS,
    **scans.CONDITIONS,
    **files.CONDITIONS,
    **cuts.CONDITIONS,
}
