"""Documents, their passages, and the full-text and vector search over them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# The search's words come stemmed and folded; its tokenizer has nothing left to do.
_SQLITE = (
    """
    CREATE VIRTUAL TABLE passages_search USING fts5(
        stems, content='passages', content_rowid='number', tokenize="unicode61 remove_diacritics 0"
    )
    """,
    """
    CREATE TRIGGER passages_are_searched AFTER INSERT ON passages
    BEGIN INSERT INTO passages_search (rowid, stems) VALUES (new.number, new.stems); END
    """,
    """
    CREATE TRIGGER passages_are_forgotten AFTER DELETE ON passages
    BEGIN
        INSERT INTO passages_search (passages_search, rowid, stems)
        VALUES ('delete', old.number, old.stems);
    END
    """,
)

_POSTGRES_SEARCH = """
CREATE TABLE passages_search (
    passage bigint PRIMARY KEY REFERENCES passages (number) ON DELETE CASCADE,
    terms tsvector NOT NULL{vector}
)
"""
_POSTGRES_INDEX = "CREATE INDEX passages_search_terms ON passages_search USING gin (terms)"


def upgrade() -> None:
    _documents()
    _passages()
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)
    else:
        vector = ",\n    vector vector" if _has_pgvector(op.get_bind()) else ""
        op.execute(_POSTGRES_SEARCH.format(vector=vector))
        op.execute(_POSTGRES_INDEX)


def _has_pgvector(connection: sa.Connection) -> bool:
    """Whether the extension is there or can be made; without it vectors are compared by the program."""
    offered = "SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'"
    if not connection.execute(sa.text(offered)).scalar():
        return False
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS vector"))
    except sa.exc.DBAPIError:
        return False
    return True


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("interview", _NUMBER, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.Column("passages", sa.Integer(), nullable=False),
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("dimensions", sa.Integer(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="documents_pk"),
        sa.ForeignKeyConstraint(
            ["interview"], ["interviews.number"], name="documents_interview", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("interview", "id", name="documents_id"),
        sa.CheckConstraint("kind IN ('cv', 'job', 'company')", name="documents_kind"),
    )


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("document", _NUMBER, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("last_page", sa.Integer(), nullable=False),
        sa.Column("last_line", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="passages_pk"),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.number"], name="passages_document", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("document", "ordinal", name="passages_ordinal"),
    )
