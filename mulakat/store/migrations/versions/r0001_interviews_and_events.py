"""Interviews, and their events, which cannot be changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_SQLITE_TRIGGER = """
CREATE TRIGGER events_are_append_only BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""

_POSTGRES_FUNCTION = """
CREATE FUNCTION mulakat_refuse_update() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$
"""

_POSTGRES_TRIGGER = """
CREATE TRIGGER events_are_append_only BEFORE UPDATE ON events
FOR EACH STATEMENT EXECUTE FUNCTION mulakat_refuse_update()
"""


def upgrade() -> None:
    _interviews()
    _events()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE_TRIGGER)
    else:
        op.execute(_POSTGRES_FUNCTION)
        op.execute(_POSTGRES_TRIGGER)


def _interviews() -> None:
    op.create_table(
        "interviews",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("setup", sa.JSON(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("answers", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("elapsed_s", sa.Float(), nullable=False, server_default=sa.text("0")),
        sa.PrimaryKeyConstraint("number", name="interviews_pk"),
        sa.UniqueConstraint("id", name="interviews_id"),
        sa.CheckConstraint("state IN ('new', 'running', 'paused', 'ended')", name="interviews_state"),
    )
    op.create_index("ix_interviews_owner", "interviews", ["owner"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("interview", _NUMBER, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("happened", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("interview", "seq", name="events_pk"),
        sa.ForeignKeyConstraint(
            ["interview"], ["interviews.number"], name="events_interview", ondelete="CASCADE"
        ),
        sa.CheckConstraint("seq >= 1", name="events_seq"),
    )
