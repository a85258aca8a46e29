"""The tables of the first version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make all tables."""
    _submission()
    _glyph()
    _picture()
    _decision()
    _indexes()


def _submission() -> None:
    op.create_table(
        "corrections_submission",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("reading", sa.String(32), nullable=False, unique=True),
        sa.Column("receipt", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("strokes", sa.LargeBinary),
        sqlite_autoincrement=True,
    )


def _glyph() -> None:
    submission = sa.ForeignKey("corrections_submission.id", ondelete="CASCADE")
    op.create_table(
        "corrections_glyph",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("submission_id", _ID, submission, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("client", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("look", sa.LargeBinary(16), nullable=False),
        *(sa.Column(side, sa.Integer, nullable=False) for side in ("x", "y", "width", "height")),
        sa.Column("read", sa.SmallInteger, nullable=False),
        sa.Column("confidence", sa.Double, nullable=False),
        sa.Column("judged", sa.String(20), nullable=False),
        sa.Column("given", sa.SmallInteger, nullable=False),
        sa.Column("should", sa.SmallInteger, nullable=False),
        sa.Column("surprise", sa.Double, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("folded", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("created", sa.BigInteger, nullable=False),
        sa.Column("decided", sa.BigInteger),
        sa.Column("decision", sa.String(32)),
        sa.UniqueConstraint("submission_id", "position"),
        sqlite_autoincrement=True,
    )


def _picture() -> None:
    glyph = sa.ForeignKey("corrections_glyph.id", ondelete="CASCADE")
    op.create_table(
        "corrections_picture",
        sa.Column("glyph_id", _ID, glyph, primary_key=True),
        sa.Column("ink", sa.LargeBinary, nullable=False),
        sa.Column("seen", sa.LargeBinary, nullable=False),
    )


def _decision() -> None:
    op.create_table(
        "corrections_decision",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("action", sa.String(10), nullable=False),
        sa.Column("label", sa.SmallInteger),
        sa.Column("created", sa.BigInteger, nullable=False),
    )
    decision = sa.ForeignKey("corrections_decision.id", ondelete="CASCADE")
    glyph = sa.ForeignKey("corrections_glyph.id", ondelete="CASCADE")
    op.create_table(
        "corrections_change",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("decision", sa.String(32), decision, nullable=False),
        sa.Column("glyph_id", _ID, glyph, nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("should", sa.SmallInteger, nullable=False),
        sa.Column("decided", sa.BigInteger),
        sa.Column("before", sa.String(32)),
        sa.UniqueConstraint("decision", "glyph_id"),
        sqlite_autoincrement=True,
    )


def _indexes() -> None:
    table = "corrections_glyph"
    op.create_index(
        "corrections_glyph_alike",
        table,
        ["client", "look", "given"],
        unique=True,
        sqlite_where=sa.text("NOT folded"),
        postgresql_where=sa.text("NOT folded"),
    )
    op.create_index("corrections_glyph_client", table, ["client", "created"])
    op.create_index("corrections_change_glyph", "corrections_change", ["glyph_id"])
    for name, key in (("surest", "surprise"), ("uncertain", "confidence"), ("newest", "created")):
        op.create_index(f"corrections_glyph_{name}", table, [key, "id"])
        op.create_index(f"corrections_glyph_status_{name}", table, ["status", key, "id"])
