"""Pupils' records in memory: what many steps make of them, written in a handful of statements at the end.

On the roll and in a class are two tables of spans that must agree on every day; here is the only place
that begins and ends them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from xuequ.core.access import Action
from xuequ.core.context import Context
from xuequ.core.ids import new_id
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.records import SEAT_COLUMNS, STATUS_COLUMNS, RecordRows
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.pupils import Standing
from xuequ.registry.rules.seats import Klass
from xuequ.registry.schemas.pupils import RecordView
from xuequ.registry.service.open_schools import keep_all_open, keep_open
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason


@dataclass(slots=True)
class StatusSpan:
    """A status as it stands or is to be written; `stored` says whether the database has it."""

    id: int
    state: PupilState
    since: date
    district_id: int | None
    school_id: int | None
    stored: bool = False
    until: date | None = None
    reason: Reason = Reason.OTHER
    authority: str = ""
    planned_until: date | None = None
    extended_on: date | None = None
    absent_since: date | None = None
    stage: Stage | None = None
    entry_year: int | None = None


@dataclass(slots=True)
class Seat:
    """A place in a class as it stands or is to be written."""

    id: int
    klass: Klass
    district_id: int
    since: date
    entered: Entered | None
    stored: bool = False
    until: date | None = None
    left: Left | None = None


@dataclass(slots=True)
class Record:
    """One pupil with the open status and the open place in a class.

    `school` is the code of the school that keeps the record, or that was applied to.
    """

    pupil_id: int
    pupil_no: str
    person_id: int
    district_id: int
    school: str
    status: StatusSpan | None
    seat: Seat | None

    @property
    def standing(self) -> Standing:
        """What rules take of it."""
        status, seat = self.status, self.seat
        return Standing(
            status.state if status else None,
            status.since if status else None,
            seat.since if seat else None,
        )

    @property
    def school_id(self) -> int:
        """The school that keeps the record or was applied to; only for one that has a status."""
        assert self.status is not None and self.status.school_id is not None, "a record with a status"
        return self.status.school_id


def klass_of(row: AnyRow) -> Klass:
    """Return a class as rules take it."""
    cohort = (Stage(row.stage), row.entry_year, row.number)
    return Klass(row.id, row.school_id, *cohort, row.dissolved_on, row.formed_on)


def record_of(row: AnyRow) -> Record:
    """Return a pupil's record from a row with open spans."""
    status = seat = None
    if row.status_id is not None:
        status = StatusSpan(
            row.status_id,
            PupilState(row.status),
            row.since,
            row.status_district_id,
            row.school_id,
            stored=True,
            planned_until=row.planned_until,
            extended_on=row.extended_on,
            absent_since=row.absent_since,
            stage=Stage(row.applied_stage) if row.applied_stage else None,
            entry_year=row.applied_year,
        )
    if row.seat_id is not None:
        at = (row.class_id, row.class_school_id, Stage(row.stage), row.entry_year, row.number)
        entered = Entered(row.entered_as) if row.entered_as else None
        klass = Klass(*at, row.dissolved_on, row.formed_on)
        seat = Seat(row.seat_id, klass, row.status_district_id, row.seat_since, entered, stored=True)
    return Record(row.id, row.pupil_no, row.person_id, row.district_id, row.school or "", status, seat)


def view_of(record: Record, schooling: Schooling) -> RecordView:
    """Return where a pupil stands after a step."""
    status, seat = record.status, record.seat
    assert status is not None, "every step leads to a status"
    return RecordView(
        id=record.pupil_id,
        pupil_no=record.pupil_no,
        status=status.state,
        since=status.since,
        planned_until=status.planned_until,
        school=record.school or None,
        class_id=seat.klass.id if seat else None,
        class_name=seat.klass.name(max(status.since, seat.since), schooling) if seat else None,
    )


@dataclass(slots=True)
class Draft:
    """What is to become of records: spans begun, ended and replaced, all in memory until `write`."""

    rows: RecordRows
    _statuses: list[tuple[int, StatusSpan]] = field(default_factory=list[tuple[int, StatusSpan]])
    _seats: list[tuple[int, Seat]] = field(default_factory=list[tuple[int, Seat]])

    def stand(self, record: Record, state: PupilState, on: date, **said: Any) -> StatusSpan:
        """Begin a status, and end the one before; one that began on that very day gives way to it.

        The school stays what it was unless `said` names another.
        """
        old = record.status
        if old is not None:
            old.until = on
            self._statuses.append((record.pupil_id, old))
        kept: dict[str, Any] = {
            "district_id": old.district_id if old else None,
            "school_id": old.school_id if old else None,
        }
        record.status = StatusSpan(new_id(), state, on, **{**kept, **said})
        self._statuses.append((record.pupil_id, record.status))
        return record.status

    def restate(self, record: Record, **said: Any) -> None:
        """Say more of the open status without beginning another."""
        assert record.status is not None, "a record with a status"
        for name, value in said.items():
            setattr(record.status, name, value)
        self._statuses.append((record.pupil_id, record.status))

    def sit(
        self,
        record: Record,
        klass: Klass,
        district_id: int,
        on: date,
        entered: Entered,
        left: Left = Left.CLASS_CHANGE,
    ) -> None:
        """Put a pupil into a class, out of the one before; how they came stays said on the same day."""
        old = record.seat
        if old is not None:
            entered = old.entered or entered if old.since == on else entered
            self.leave(record, on, left)
        record.seat = Seat(new_id(), klass, district_id, on, entered)
        self._seats.append((record.pupil_id, record.seat))

    def leave(self, record: Record, on: date, left: Left) -> None:
        """End the place in a class."""
        seat = record.seat
        assert seat is not None, "a record on the roll has a seat"
        seat.until, seat.left = on, left
        if seat.stored:
            self._seats.append((record.pupil_id, seat))
        record.seat = None

    def write(self) -> None:
        """Write everything: what gives way, what ends, what begins; never a statement a pupil."""
        self._write_statuses()
        self._write_seats()

    def _write_statuses(self) -> None:
        spans = {span.id: (pupil_id, span) for pupil_id, span in self._statuses}.values()
        stored = [span for _, span in spans if span.stored]
        self.rows.erase(PupilStatus, [span.id for span in stored if span.until == span.since])
        changed = [
            (span.id, span.until, span.planned_until, span.extended_on)
            for span in stored
            if span.until != span.since
        ]
        self.rows.change_many(PupilStatus, ("until", "planned_until", "extended_on"), changed)
        county_id = self.rows.scope.county_id
        begun = [(p, span) for p, span in spans if not span.stored and span.until != span.since]
        self.rows.load(PupilStatus, STATUS_COLUMNS, (_status_row(county_id, p, s) for p, s in begun))

    def _write_seats(self) -> None:
        spans = {seat.id: (pupil_id, seat) for pupil_id, seat in self._seats}.values()
        stored = [seat for _, seat in spans if seat.stored]
        self.rows.erase(Enrolment, [seat.id for seat in stored if seat.until == seat.since])
        changed = [
            (seat.id, seat.until, seat.left.code if seat.left else None)
            for seat in stored
            if seat.until != seat.since
        ]
        self.rows.change_many(Enrolment, ("until", "left_as"), changed)
        county_id = self.rows.scope.county_id
        begun = [(p, seat) for p, seat in spans if not seat.stored and seat.until != seat.since]
        self.rows.load(Enrolment, SEAT_COLUMNS, (_seat_row(county_id, p, s) for p, s in begun))


def _status_row(county_id: int, pupil_id: int, span: StatusSpan) -> tuple[Any, ...]:
    return (
        *(county_id, span.id, span.district_id, span.school_id, pupil_id, span.state.code),
        *(span.since, span.until, span.reason.code, span.authority, span.planned_until),
        *(span.extended_on, span.absent_since, span.stage.code if span.stage else None, span.entry_year),
    )


def _seat_row(county_id: int, pupil_id: int, seat: Seat) -> tuple[Any, ...]:
    return (
        *(county_id, seat.id, seat.district_id, seat.klass.school_id, seat.klass.id, pupil_id),
        *(seat.since, seat.until, seat.entered.code if seat.entered else None),
        seat.left.code if seat.left else None,
    )


def take_class(rows: RecordRows, class_id: int, pupil_ids: Collection[int], on: date) -> Klass:
    """Return a class that pupils are to be put into, before any of them is locked.

    Until the transaction ends nobody dissolves it, nor closes its school.

    Raises:
        ClassUnknown: when this scope has none of that id.
        SchoolNotOpen: when its school is not open on the day, or is closed since.
    """
    found = rows.classes([class_id]).get(class_id)
    if found is None:
        raise ClassUnknown(name=str(class_id))
    keep_open(rows, [found.school_id], on, beside=rows.schools_of(pupil_ids))
    return klass_of(rows.hold_classes([class_id])[0])


def read_records(rows: RecordRows, ids: Collection[int]) -> dict[int, Record]:
    """Lock pupils and return their records by id; the schools that keep them are held first."""
    keep_all_open(rows, (), beside=rows.schools_of(ids))
    rows.lock_pupils(ids)
    return {row.id: record_of(row) for row in rows.records(ids)}


def take_records(
    context: Context, rows: RecordRows, pupil_ids: Sequence[int], action: Action
) -> list[Record]:
    """Lock pupils for a step that must be permitted at each one's school; in the order asked for.

    Raises:
        PupilUnknown: when this scope has none of an id.
        ActionNotPermitted: when one is of a school where the actor may not.
    """
    records = read_records(rows, pupil_ids)
    for pupil_id in pupil_ids:
        if pupil_id not in records:
            raise PupilUnknown(pupil=str(pupil_id))
    for school in sorted({record.school for record in records.values()}) or [""]:
        context.permit(action, school=school)
    return [records[pupil_id] for pupil_id in dict.fromkeys(pupil_ids)]
