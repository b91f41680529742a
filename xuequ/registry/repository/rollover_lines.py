"""Writing a roll-over and taking it back: by its lines, in one statement for each kind of row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from xuequ.core.bulk import bulk_load
from xuequ.core.tables import Base
from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, HeadTeacher, SchoolClass
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.rollover import Rollover, RolloverLine
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.registry.repository.rollover import RolloverRows
from xuequ.registry.states.pupils import Left
from xuequ.registry.states.rollover import Act, Onward, Record
from xuequ.registry.states.teaching import TeachingChange

MODELS: dict[Record, type[Any]] = {
    Record.SCHOOL_CLASS: SchoolClass,
    Record.ENROLMENT: Enrolment,
    Record.STATUS: PupilStatus,
    Record.HEAD_TEACHER: HeadTeacher,
    Record.TEACHING: Teaching,
    Record.GROUP: ClassGroup,
    Record.GROUP_MEMBER: ClassGroupMember,
}
"""The table of each kind of row, in the order in which they are read and written."""

LEFT: dict[Onward, Left] = {
    Onward.GRADUATES: Left.GRADUATED,
    Onward.LEAVES_PRESCHOOL: Left.LEFT_PRESCHOOL,
    Onward.PROMOTED: Left.PROMOTED,
    Onward.HELD_OVER: Left.HELD_OVER,
}
"""How an enrolment ends with each way on."""

ADDED = (Record.ENROLMENT, Record.STATUS, Record.SCHOOL_CLASS)
"""What a roll-over adds; what points to another comes first, as it must be deleted."""


def _table(record: Record) -> Table:
    return cast("Table", MODELS[record].__table__)


def _ending(record: Record) -> Any:
    """Return the column that says from when a row is no more."""
    return _table(record).c["dissolved_on" if record is Record.SCHOOL_CLASS else "until"]


class RolloverLineRows(RolloverRows):
    """What a roll-over writes, and what stands on it."""

    def add(self, values: dict[str, Any]) -> None:
        """Insert a roll-over."""
        self.session.execute(insert(Rollover).values(values))

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows of one table."""
        return bulk_load(self.session.connection(), cast("Table", model.__table__), columns, rows)

    def mark_undone(self, rollover_id: int, at: datetime, by: str) -> None:
        """Say that a roll-over was undone."""
        here = (Rollover.county_id == self.scope.county_id, Rollover.id == rollover_id)
        self.session.execute(update(Rollover).where(*here).values(undone_at=at, undone_by=by))

    def _line(self, rollover_id: int, record: Record, act: Act) -> Any:
        return and_(
            RolloverLine.county_id == self.scope.county_id,
            RolloverLine.rollover_id == rollover_id,
            RolloverLine.record == record.value,
            RolloverLine.act == act.value,
        )

    def _of_lines(self, rollover_id: int, record: Record, act: Act) -> ColumnElement[bool]:
        """Return the condition that a row stands in the lines."""
        table, ids = _table(record), select(RolloverLine.row_id).where(self._line(rollover_id, record, act))
        return and_(table.c.county_id == self.scope.county_id, table.c.id.in_(ids))

    def _line_of(self, rollover_id: int, record: Record, column: Any) -> Any:
        """Return what the line of a row that was ended says."""
        table = _table(record)
        return (
            select(column)
            .where(self._line(rollover_id, record, Act.ENDED), RolloverLine.row_id == table.c.id)
            .correlate(table)
            .scalar_subquery()
        )

    # applying

    def end(self, rollover_id: int, record: Record, day: date) -> int:
        """End the rows that the lines name; return how many were still going on."""
        table, ends = _table(record), _ending(record)
        values: dict[str, Any] = {ends.name: day}
        if record is Record.ENROLMENT:
            onward = self._line_of(rollover_id, record, RolloverLine.onward)
            values["left_as"] = case({way.value: left.value for way, left in LEFT.items()}, value=onward)
        if record is Record.TEACHING:
            values["ended"] = case((ends.is_(None), TeachingChange.YEAR_END.value), else_=table.c.ended)
        of_lines = self._of_lines(rollover_id, record, Act.ENDED)
        going_on = or_(ends.is_(None), ends > day)
        done: Any = self.session.execute(update(table).where(of_lines, going_on).values(values))
        return int(done.rowcount)

    # undoing

    def lock_rows(self, rollover_id: int) -> None:
        """Lock the classes and then the pupils of a roll-over's lines, each in the order of their ids."""
        classes = select(SchoolClass.id).where(
            or_(*(self._of_lines(rollover_id, Record.SCHOOL_CLASS, act) for act in Act))
        )
        self.session.execute(classes.order_by(SchoolClass.id).with_for_update()).all()
        concerned = self._pupils(rollover_id)
        pupils = select(Pupil.id).where(Pupil.county_id == self.scope.county_id, Pupil.id.in_(concerned))
        self.session.execute(pupils.order_by(Pupil.id).with_for_update(key_share=True)).all()

    def _pupils(self, rollover_id: int) -> Any:
        return select(RolloverLine.pupil_id).where(
            RolloverLine.county_id == self.scope.county_id,
            RolloverLine.rollover_id == rollover_id,
            RolloverLine.pupil_id.is_not(None),
        )

    def remove_added(self, rollover_id: int, record: Record) -> None:
        """Delete the rows that a roll-over added."""
        self.session.execute(delete(_table(record)).where(self._of_lines(rollover_id, record, Act.ADDED)))

    def let_go_on(self, rollover_id: int, record: Record) -> None:
        """Let the rows that a roll-over ended say again what they said before."""
        table, was = _table(record), self._line_of(rollover_id, record, RolloverLine.was_until)
        values: dict[str, Any] = {_ending(record).name: was}
        if record is Record.ENROLMENT:
            values["left_as"] = null()
        if record is Record.TEACHING:
            values["ended"] = case((was.is_(None), null()), else_=table.c.ended)
        of_lines = self._of_lines(rollover_id, record, Act.ENDED)
        self.session.execute(update(table).where(of_lines).values(values))

    # what stands on it

    def changed_since(self, rollover_id: int, record: Record, act: Act, day: date) -> Sequence[AnyRow]:
        """Return the lines whose rows are no longer as the roll-over left them, with the pupil's number."""
        table, ends = _table(record), _ending(record)
        as_left = ends.is_(None) if act is Act.ADDED else ends.is_not_distinct_from(day)
        if record is Record.SCHOOL_CLASS:
            as_left = and_(as_left, table.c.successor_id.is_(None))
        of_line = and_(table.c.county_id == RolloverLine.county_id, table.c.id == RolloverLine.row_id)
        query = (
            select(RolloverLine.row_id, Pupil.pupil_no, ends.label("ends"), table.c.id.label("there"))
            .outerjoin(table, of_line)
            .outerjoin(Pupil, same(Pupil, RolloverLine.pupil_id, RolloverLine))
            .where(self._line(rollover_id, record, act), or_(table.c.id.is_(None), ~as_left))
        )
        return self.session.execute(query.order_by(RolloverLine.row_id)).all()

    def recorded_from(self, rollover_id: int, record: Record, day: date) -> Sequence[AnyRow]:
        """Return records of the roll-over's pupils from a day on that came after it: ids follow time."""
        model = MODELS[record]
        own = select(RolloverLine.row_id).where(self._line(rollover_id, record, Act.ADDED))
        query: AnySelect = (
            select(Pupil.pupil_no, model.since)
            .join(Pupil, same(Pupil, model.pupil_id, model))
            .where(
                model.county_id == self.scope.county_id,
                model.pupil_id.in_(self._pupils(rollover_id)),
                model.since >= day,
                model.id > rollover_id,
                model.id.not_in(own),
            )
        )
        return self.session.execute(query.order_by(Pupil.pupil_no, model.since)).all()

    def open_transfers(self, rollover_id: int) -> Sequence[AnyRow]:
        """Return open transfers of the roll-over's pupils."""
        query = (
            select(Pupil.pupil_no, Transfer.requested_on)
            .join(Pupil, same(Pupil, Transfer.pupil_id, Transfer))
            .where(
                Transfer.county_id == self.scope.county_id,
                Transfer.decided_on.is_(None),
                Transfer.pupil_id.in_(self._pupils(rollover_id)),
            )
        )
        return self.session.execute(query.order_by(Pupil.pupil_no)).all()

    def pointed_to(self, rollover_id: int) -> Iterator[tuple[str, int]]:
        """Walk the tables whose rows point to what a roll-over added: table and how many.

        Tables that later parts bring are among them; the roll-over's own rows are not counted.
        """
        tables = {_table(record): record for record in ADDED}
        for pointing in Base.metadata.sorted_tables:
            for key in pointing.foreign_key_constraints:
                record = tables.get(key.referred_table)
                if record is None:
                    continue
                column = pointing.c[key.column_keys[-1]]
                added = select(RolloverLine.row_id).where(self._line(rollover_id, record, Act.ADDED))
                query = (
                    select(func.count())
                    .select_from(pointing)
                    .where(pointing.c.county_id == self.scope.county_id, column.in_(added))
                )
                if pointing in tables:
                    own = select(RolloverLine.row_id).where(
                        self._line(rollover_id, tables[pointing], Act.ADDED)
                    )
                    query = query.where(pointing.c.id.not_in(own))
                count = self.session.execute(query).scalar_one()
                if count:
                    yield pointing.name, count
