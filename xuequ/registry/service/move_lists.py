"""A school office's list of moves 学生异动: every problem with its row, and whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from xuequ.core.errors import Place, Problem, refuse_if
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.pupils import MoveIncomplete, NotOfSchool, PupilUnknown
from xuequ.registry.repository.records import RecordRows
from xuequ.registry.rules.classes import class_name
from xuequ.registry.rules.seats import Klass
from xuequ.registry.schemas.pupils import Departure, MoveRow, Suspension
from xuequ.registry.service.moving import Moving, placed
from xuequ.registry.service.open_schools import keep_all_open
from xuequ.registry.service.records import Record, klass_of, read_records
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import MoveKind, Reason

Problems = list[Problem]
ClassKey = tuple[Stage, int, int]

NEEDED: Mapping[MoveKind, tuple[str, ...]] = {
    MoveKind.CHANGE_CLASS: ("number",),
    MoveKind.SUSPEND: ("planned_until",),
    MoveKind.SUSPECT: ("absent_since",),
    MoveKind.LEAVE_COUNTY: ("outside",),
}
"""Kind → the fields without which it says too little."""

LABELS = {
    "number": "班号",
    "planned_until": "拟复学日期",
    "absent_since": "缺课起始日",
    "outside": "去向",
}


def record_list(moving: Moving, school: str, rows: Sequence[MoveRow]) -> dict[int, Record]:
    """Take every row's step in the order of the list, and write all of them; return the pupils' records.

    A pupil may stand in several rows. After a row that is refused the pupil's later rows are passed over,
    since they would be judged by a state that they do not follow.

    Raises:
        Problems: every problem with its row, counted from 1.
    """
    ids = moving.rows.ids_of({row.pupil_no for row in rows})
    classes = _hold_classes(moving.rows, school, ids.values())
    records = read_records(moving.rows, ids.values())
    listing = _Listing(moving, school, classes)
    problems: Problems = []
    refused: set[str] = set()
    for number, row in enumerate(rows, 1):
        if row.pupil_no in refused:
            continue
        record = records.get(ids.get(row.pupil_no, 0))
        found = listing.take(record, row)
        if found:
            refused.add(row.pupil_no)
        problems += placed(found, Place(row=number))
    refuse_if(problems)
    moving.finish()
    return records


def _hold_classes(rows: RecordRows, school: str, pupil_ids: Collection[int]) -> dict[ClassKey, Klass]:
    """Hold the schools concerned and then the school's classes, before any pupil is locked."""
    there = {row.id: row.school_id for row in rows.classes_of(school)}
    keep_all_open(rows, (), beside=rows.schools_of(pupil_ids).union(there.values()))
    return {_key(klass): klass for klass in map(klass_of, rows.hold_classes(there))}


def _key(klass: Klass) -> ClassKey:
    return klass.stage, klass.entry_year, klass.number


class _Listing:
    """One list being taken: the school's classes, and what each kind of move does."""

    def __init__(self, moving: Moving, school: str, classes: Mapping[ClassKey, Klass]) -> None:
        self.moving = moving
        self.school = school
        self.classes = classes
        self.takers: dict[MoveKind, Callable[[Record, MoveRow], Problems]] = {
            MoveKind.CHANGE_CLASS: self._change_class,
            MoveKind.SUSPEND: self._suspend,
            MoveKind.RESUME: self._resume,
            MoveKind.SUSPECT: self._suspect,
            MoveKind.DROP: lambda record, row: moving.drop(record, row.on, row.remark),
            MoveKind.RETURN: lambda record, row: moving.come_back(record, row.on, row.remark),
            MoveKind.LEAVE_COUNTY: self._leave_county,
        }

    def take(self, record: Record | None, row: MoveRow) -> Problems:
        """Take one row's step, or return what is wrong with it."""
        if record is None:
            return [Problem(PupilUnknown(pupil=row.pupil_no))]
        if record.school != self.school:
            return [Problem(NotOfSchool(pupil=row.pupil_no, school=self.school))]
        missing = [name for name in NEEDED.get(row.kind, ()) if getattr(row, name) in (None, "")]
        if missing:
            return [Problem(MoveIncomplete(kind=row.kind.label, field=LABELS[name])) for name in missing]
        taker = self.takers.get(row.kind)
        if taker is not None:
            return taker(record, row)
        assert row.kind.step is not None, "what takes no step changes the class"
        return self.moving.leave(record, row.kind.step, row.on, row.remark, row.reason)

    def _class(self, record: Record, row: MoveRow) -> Klass | Problem | None:
        """Return the class that a row names; None where it names none."""
        if record.seat is None or (row.number is None and row.entry_year is None):
            return None
        own = record.seat.klass
        key = (own.stage, row.entry_year or own.entry_year, row.number or own.number)
        if key not in self.classes:
            name = class_name(*key, row.on, self.moving.schooling(row.on))
            return Problem(ClassUnknown(name=f"{self.school} {key[1]}级 {name}"))
        return self.classes[key]

    def _change_class(self, record: Record, row: MoveRow) -> Problems:
        klass = self._class(record, row)
        if isinstance(klass, Problem):
            return [klass]
        target: Any = klass  # without a seat there is no class either, and the step itself refuses it
        return self.moving.change_class(record, target, row.on)

    def _suspend(self, record: Record, row: MoveRow) -> Problems:
        assert row.planned_until is not None, "a row without it is refused above"
        reason = row.reason or Reason.ILLNESS
        asked = Suspension(planned_until=row.planned_until, reason=reason, authority=row.remark)
        return self.moving.suspend(record, row.on, asked)

    def _resume(self, record: Record, row: MoveRow) -> Problems:
        klass = self._class(record, row)
        if isinstance(klass, Problem):
            return [klass]
        return self.moving.resume(record, row.on, klass, row.remark)

    def _suspect(self, record: Record, row: MoveRow) -> Problems:
        assert row.absent_since is not None, "a row without it is refused above"
        return self.moving.suspect(record, row.on, row.absent_since, row.remark)

    def _leave_county(self, record: Record, row: MoveRow) -> Problems:
        asked = Departure(
            outside=row.outside,
            reason=row.reason or Reason.FAMILY_MOVED,
            guardian_applied=row.guardian_applied,
            authority=row.remark,
        )
        return self.moving.leave_county(record, row.on, asked)
