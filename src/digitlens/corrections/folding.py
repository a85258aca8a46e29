"""Folding: the same picture, said to be the same by the same client, counts once.

Every row is kept, so that each receipt takes back what it stands for, but of those alike only one
is seen by reviews, counts and trainings; the others are folded. Clients without an id cannot be
told apart, and count as one.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, exists, select, update

from digitlens.corrections.tables import glyph

_DECIDED = ("should", "status", "decided")  # what is handed over
_other = glyph.alias()
_alike = and_(
    _other.c.client == bindparam("alike_client"),
    _other.c.look == bindparam("alike_look"),
    _other.c.given == bindparam("alike_given"),
)
# Whether there is one like it that is not folded; takes `alike` as parameters.
is_there = exists(_other.c.id).where(_alike, ~_other.c.folded)
_head = select(_other.c.id).where(_alike, ~_other.c.folded).with_for_update(read=True)
_heir = select(_other.c.id).where(_alike, _other.c.folded).order_by(_other.c.id).limit(1)


def alike(client: str, look: bytes, given: int) -> dict[str, Any]:
    """The parameters of `is_there`: what rows that are alike have in common."""
    return {"alike_client": client, "alike_look": look, "alike_given": given}


def hold_head(connection: Connection, parameters: dict[str, Any]) -> None:
    """Keep the row that stands for one that was just folded from going away meanwhile.

    Args:
        connection: In a transaction that writes.
        parameters: As `alike` makes them.

    Raises:
        NoResultFound: It is gone already: the transaction has to begin anew.
    """
    connection.execute(_head, parameters).scalar_one()


def hand_over(connection: Connection, gone: Row[Any]) -> None:
    """Let the oldest duplicate of a row that is no longer like it stand for the others.

    What a review had decided on the row holds for that one, too: it is the same picture with the
    same word for it.

    Args:
        connection: In a transaction that writes.
        gone: The row as it was; of the glyph table.
    """
    if gone.folded:
        return
    decided = {name: getattr(gone, name) for name in _DECIDED}
    is_done = False
    while not is_done:  # until it is one that nobody else has just taken back
        heir = connection.execute(_heir, alike(gone.client, gone.look, gone.given)).scalar()
        if heir is None:
            return
        stand = update(glyph).where(glyph.c.id == heir)
        is_done = connection.execute(stand, {"folded": False, **decided}).rowcount > 0
