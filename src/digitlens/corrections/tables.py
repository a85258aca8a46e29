"""Tables: what the database holds. Migrations bring older ones to this form.

    submission   a reading that somebody corrected or confirmed
    glyph        one of its glyphs: small rows, which pages and counts go through
    picture      that glyph's pictures, apart, so that only those shown are fetched
    decision     a decision of a review, which may be undone
    change       what a glyph was before a decision

Moments are whole microseconds since 1970, in UTC: every database keeps them alike.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

metadata = MetaData()
# With `sqlite_autoincrement` the number of a row that is gone is never given again: a page that is
# open in a browser may still name it. PostgreSQL's sequences do so anyway.
_Id = BigInteger().with_variant(Integer, "sqlite")

submission = Table(
    "corrections_submission",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("reading", String(32), nullable=False, unique=True),  # a digest of its id
    Column("receipt", LargeBinary(32), nullable=False, unique=True),  # SHA-256 of the secret
    Column("verdict", String(10), nullable=False),
    Column("strokes", LargeBinary),  # JSON, deflated
    sqlite_autoincrement=True,
)

glyph = Table(
    "corrections_glyph",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("submission_id", _Id, ForeignKey(submission.c.id, ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    # The next four are the submission's, or of the picture; they are here to be looked for.
    Column("client", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("look", LargeBinary(16), nullable=False),  # a digest of `seen`
    Column("x", Integer, nullable=False),
    Column("y", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("read", SmallInteger, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("judged", String(20), nullable=False),
    Column("given", SmallInteger, nullable=False),
    Column("should", SmallInteger, nullable=False),
    Column("surprise", Double, nullable=False),  # order of `surest`
    Column("status", String(10), nullable=False),
    Column("folded", Boolean, nullable=False, server_default=false()),  # a duplicate
    Column("created", BigInteger, nullable=False),
    Column("decided", BigInteger),
    Column("decision", String(32)),  # the last one that is not undone
    UniqueConstraint("submission_id", "position"),
    sqlite_autoincrement=True,
)

picture = Table(
    "corrections_picture",
    metadata,
    Column("glyph_id", _Id, ForeignKey(glyph.c.id, ondelete="CASCADE"), primary_key=True),
    Column("ink", LargeBinary, nullable=False),  # PNG
    Column("seen", LargeBinary, nullable=False),  # PNG
)

decision = Table(
    "corrections_decision",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("action", String(10), nullable=False),
    Column("label", SmallInteger),
    Column("created", BigInteger, nullable=False),
)

change = Table(
    "corrections_change",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("decision", String(32), ForeignKey(decision.c.id, ondelete="CASCADE"), nullable=False),
    Column("glyph_id", _Id, ForeignKey(glyph.c.id, ondelete="CASCADE"), nullable=False),
    Column("status", String(10), nullable=False),  # this and the rest: as it was before
    Column("should", SmallInteger, nullable=False),
    Column("decided", BigInteger),
    Column("before", String(32)),  # the decision before this one
    UniqueConstraint("decision", "glyph_id"),
    sqlite_autoincrement=True,
)

# One row for the same picture, said to be the same by the same client; others like it are folded.
Index(
    "corrections_glyph_alike",
    glyph.c.client,
    glyph.c.look,
    glyph.c.given,
    unique=True,
    sqlite_where=~glyph.c.folded,
    postgresql_where=~glyph.c.folded,
)
Index("corrections_glyph_client", glyph.c.client, glyph.c.created)
Index("corrections_change_glyph", change.c.glyph_id)
# A page in each order, of one status or of all.
for _name, _key in (
    ("surest", glyph.c.surprise),
    ("uncertain", glyph.c.confidence),
    ("newest", glyph.c.created),
):
    Index(f"corrections_glyph_{_name}", _key, glyph.c.id)
    Index(f"corrections_glyph_status_{_name}", glyph.c.status, _key, glyph.c.id)
