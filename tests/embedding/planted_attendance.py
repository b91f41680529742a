"""Defects of attendance and headcounts, planted past their services and past the guards of the tables."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import text
from sqlalchemy.orm import Session

from xuequ import District
from xuequ.core.halfdays import Half
from xuequ.registry.schemas.attendance import RollCall
from xuequ.registry.schemas.headcounts import HeadcountDrawing
from xuequ.registry.states.headcounts import CountPurpose
from xuequ.testing import DAY
from xuequ.testing.factories import MAKER, SETTINGS


def _door(session: Session) -> District:
    return District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS)


def _disarm(session: Session, table: str) -> None:
    """Drop what makes a table append-only, as its owner can."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        return
    for verb in ("update", "delete"):
        session.execute(text(f"DROP TRIGGER {table}_no_{verb}"))


def roll_out_of_balance(session: Session) -> None:
    attendance = _door(session).registry.attendance
    class_id = attendance.present("s1").classes[0].class_id
    attendance.call_roll(RollCall(class_id=class_id, day=DAY, half=Half.AM))
    _disarm(session, "xq_registry_roll")
    session.execute(text("UPDATE xq_registry_roll SET present = present - 1"))


def _freeze(session: Session) -> None:
    counts = _door(session).registry.headcounts
    drawing = HeadcountDrawing(count_date=DAY, purpose=CountPurpose.FUNDS)
    counts.freeze(counts.draft_snapshot(drawing).id, "上报期限已到")


def headcount_with_another_sum(session: Session) -> None:
    _freeze(session)
    _disarm(session, "xq_registry_headcount_freeze")
    session.execute(text("UPDATE xq_registry_headcount_freeze SET staff = staff + 1"))


def headcount_of_another_class(session: Session) -> None:
    _freeze(session)
    _disarm(session, "xq_registry_headcount_pupils")
    session.execute(text("UPDATE xq_registry_headcount_pupils SET grade = grade + 1"))


PLANTED: dict[str, Callable[[Session], None]] = {
    "registry.rolls_add_up": roll_out_of_balance,
    "registry.frozen_headcounts_add_up": headcount_with_another_sum,
    "registry.frozen_headcounts_are_unchanged": headcount_of_another_class,
}
