"""The tables, as this version of the program sees them.

Does not: create them (`migrations` does; a test holds both to be the same), or hold what only one
database has: the triggers that refuse a change of an event, and `passages_search`, which is SQLite's
full-text index or PostgreSQL's table of word and meaning vectors.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

# SQLite numbers rows by itself only in a column that is called exactly INTEGER.
_Number = BigInteger().with_variant(Integer(), "sqlite")

interviews = Table(
    "interviews",
    metadata,
    # The order of creation; clocks jump and offsets change, so `created` cannot give it.
    Column("number", _Number, autoincrement=True, nullable=False),
    Column("id", Text, nullable=False),
    Column("owner", Text, nullable=False, index=True),
    Column("token_hash", Text, nullable=False),
    Column("setup", JSON, nullable=False),
    Column("created", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("ended", Text, nullable=True),
    # Kept in the transaction that adds the events: one row to lock, and a list needs no counting.
    Column("last_seq", Integer, nullable=False, server_default=text("0")),
    Column("answers", Integer, nullable=False, server_default=text("0")),
    Column("elapsed_s", Float, nullable=False, server_default=text("0")),
    PrimaryKeyConstraint("number", name="interviews_pk"),
    UniqueConstraint("id", name="interviews_id"),
    CheckConstraint("state IN ('new', 'running', 'paused', 'ended')", name="interviews_state"),
)

# JSON, not JSONB: PostgreSQL's JSONB refuses U+0000, which a candidate's text may hold.
events = Table(
    "events",
    metadata,
    Column(
        "interview",
        _Number,
        ForeignKey("interviews.number", name="events_interview", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("happened", Text, nullable=False),
    Column("data", JSON, nullable=False),
    PrimaryKeyConstraint("interview", "seq", name="events_pk"),
    CheckConstraint("seq >= 1", name="events_seq"),
)

SEARCH = "passages_search"
"""The search's own table; on SQLite further tables begin with its name."""

documents = Table(
    "documents",
    metadata,
    Column("number", _Number, autoincrement=True, nullable=False),
    Column(
        "interview",
        _Number,
        ForeignKey("interviews.number", name="documents_interview", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("added", Text, nullable=False),
    # What a list or a search shows of it; the text itself is large and read only when it is wanted.
    Column("about", JSON, nullable=False),
    Column("body", JSON, nullable=False),
    Column("facts", JSON, nullable=True),
    Column("passages", Integer, nullable=False),
    Column("embedder", Text, nullable=False),
    Column("dimensions", Integer, nullable=False),
    # All vectors of a document in one value, little-endian single precision, a row a passage: one read
    # brings them, and they are used as they lie. NULL where pgvector holds them.
    Column("vectors", LargeBinary, nullable=True),
    PrimaryKeyConstraint("number", name="documents_pk"),
    UniqueConstraint("interview", "id", name="documents_id"),
    CheckConstraint("kind IN ('cv', 'job', 'company')", name="documents_kind"),
)

passages = Table(
    "passages",
    metadata,
    Column("number", _Number, autoincrement=True, nullable=False),
    Column(
        "document",
        _Number,
        ForeignKey("documents.number", name="passages_document", ondelete="CASCADE"),
        nullable=False,
    ),
    Column("ordinal", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("last_page", Integer, nullable=False),
    Column("last_line", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stems", Text, nullable=False),
    PrimaryKeyConstraint("number", name="passages_pk"),
    UniqueConstraint("document", "ordinal", name="passages_ordinal"),
)
