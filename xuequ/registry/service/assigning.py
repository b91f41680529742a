"""Assigning, handing over and ending what is taught; classes are locked before teachers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.errors.teaching import SameTeacher, TeachingUnknown
from xuequ.registry.facts.teaching import TeachingAssigned, TeachingEnded, TeachingHandedOver
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.certificates import CertificateRows
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.repository.teaching import TeachingRows
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.staff import Record
from xuequ.registry.rules.teaching import Holding, Taken, Teacher, Wish, check_end, check_taken, check_wish
from xuequ.registry.schemas.teaching import Assignment, HandOver
from xuequ.registry.service.certificates import load as load_certificates
from xuequ.registry.service.open_schools import keep_all_open
from xuequ.registry.service.staff_records import StaffRecords
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange
from xuequ.standards.codes.schooling import Subject

Found = tuple[Assignment, Wish]


def assign(context: Context, commands: Sequence[Assignment]) -> list[int]:
    """Write who teaches what, all or none; return the ids in the order of the commands."""
    if not commands:
        return []
    rows = _rows(context)
    schools = rows.schools_of({command.class_id for command in commands})
    keep_all_open(rows, [(schools.get(one.class_id), one.since, None) for one in commands])
    classes = _lock_classes(rows, {command.class_id for command in commands})
    found = _wishes(context, classes, commands)
    held = rows.of_classes(classes, min(command.since for command in commands))
    refuse_if(_problems(context, found, [_held(context, row) for row in held]))
    ids = rows.write(Teaching, (), (), [_values(classes, command) for command in commands])
    groups: defaultdict[tuple[int, date], list[int]] = defaultdict(list)
    for command, teaching_id in zip(commands, ids, strict=True):
        groups[classes[command.class_id].school_id, command.since].append(teaching_id)
    for (school_id, since), teaching_ids in groups.items():
        fact = TeachingAssigned(school_id=school_id, teaching_ids=tuple(teaching_ids), since=since)
        context.announce(fact)
    return ids


def hand_over(context: Context, command: HandOver) -> int:
    """Write that a subject goes over to somebody on a day; return the id of the new teaching."""
    rows = _rows(context)
    classes, was = _lock_teachings(context, [command.teaching_id], [command.staff_id], command.on)
    row = was[command.teaching_id]
    half_periods = command.half_periods or row.half_periods
    taking = Assignment(
        class_id=row.class_id,
        subject=Subject(row.subject),
        staff_id=command.staff_id,
        half_periods=half_periods,
        since=command.on,
        until=row.until,
        origin=command.origin,
        itinerant=command.itinerant,
        exception=command.exception,
    )
    held = _held(context, row)
    if (command.staff_id, half_periods) == (row.staff_id, row.half_periods):
        raise SameTeacher(staff=row.staff_no, what=held.what)
    problems = check_end(held.what, held.span, command.on)
    refuse_if(problems or _problems(context, _wishes(context, classes, [taking]), []))
    _end(rows, [row], command.reason, command.on)
    (teaching_id,) = rows.write(Teaching, (), (), [_values(classes, taking)])
    fact = TeachingHandedOver(
        school_id=row.school_id,
        class_id=row.class_id,
        from_teaching_id=row.id,
        to_teaching_id=teaching_id,
        on=command.on,
        reason=command.reason.code,
    )
    context.announce(fact)
    return teaching_id


def end(context: Context, teaching_ids: Collection[int], reason: TeachingChange, on: date) -> None:
    """Write that teachings end on a day, all or none."""
    if not teaching_ids:
        return
    rows = _rows(context)
    _, was = _lock_teachings(context, teaching_ids)
    held = [_held(context, row) for row in was.values()]
    refuse_if([problem for one in held for problem in check_end(one.what, one.span, on)])
    _end(rows, was.values(), reason, on)
    context.announce(TeachingEnded(teaching_ids=tuple(sorted(was)), on=on, reason=reason.code))


def taken_of(row: AnyRow) -> Taken:
    """Return a row of classes as the rules take it."""
    stage = Stage(row.stage)
    return Taken(row.id, row.school_id, stage, row.entry_year, row.number, row.dissolved_on)


def _rows(context: Context) -> TeachingRows:
    return TeachingRows(context.session, context.scope, context.place)


def _lock_classes(rows: TeachingRows, class_ids: Collection[int]) -> dict[int, AnyRow]:
    locked = {row.id: row for row in rows.lock_classes(class_ids)}
    for class_id in sorted(set(class_ids) - set(locked)):
        raise ClassUnknown(name=str(class_id))
    return locked


def _lock_teachings(
    context: Context, teaching_ids: Collection[int], taking: Iterable[int] = (), since: date | None = None
) -> tuple[dict[int, AnyRow], dict[int, AnyRow]]:
    """Lock the schools and classes of some teachings, then their teachers and who is taking over.

    Where somebody is taking over from a day, the schools must be open from it on.

    Returns classes and teachings by id, as they stand under the locks.
    """
    rows, staff = _rows(context), StaffRows(context.session, context.scope, context.place)
    named = rows.by_ids(teaching_ids)
    schools = {row.school_id for row in named}
    keep_all_open(rows, [(one, since, None) for one in schools if since is not None], beside=schools)
    classes = {row.id: row for row in rows.lock_classes({row.class_id for row in named})}
    staff.lock_in_county({*taking, *(row.staff_id for row in named)})
    found = {row.id: row for row in rows.by_ids(teaching_ids)}
    for teaching_id in sorted(set(teaching_ids) - set(found)):
        raise TeachingUnknown(teaching=str(teaching_id))
    return classes, found


# judging


def _wishes(context: Context, classes: Mapping[int, AnyRow], commands: Sequence[Assignment]) -> list[Found]:
    """Lock the teachers, and return what is wanted as the rules take it."""
    teachers = _teachers(context, {command.staff_id for command in commands})
    pupils: dict[int, int] = {}
    if excused := {classes[one.class_id].school_id for one in commands if one.exception}:
        first = min(one.since for one in commands if one.exception)
        pupils = {row.school_id: row.pupils for row in _rows(context).pupils_at(excused, first)}
    taken = {
        class_id: replace(taken_of(row), school_pupils=pupils.get(row.school_id, 0))
        for class_id, row in classes.items()
    }
    return [
        (
            command,
            Wish(
                taken=taken[command.class_id],
                subject=command.subject,
                teacher=teachers[command.staff_id],
                span=DaySpan(command.since, command.until),
                itinerant=command.itinerant,
                exception=command.exception,
            ),
        )
        for command in commands
    ]


def _teachers(context: Context, staff_ids: set[int]) -> dict[int, Teacher]:
    """Lock teachers, who may belong to another district and work in this one."""
    records = StaffRecords(context)
    locked = {row.id: row for row in records.rows.lock_in_county(staff_ids)}
    loaded = records.load(list(locked.values()))
    for staff_id in sorted(staff_ids):
        if staff_id not in locked or not _belongs(context, locked[staff_id], loaded[staff_id]):
            raise StaffUnknown(staff=str(staff_id))
    held = load_certificates(CertificateRows(context.session, context.scope, context.place), staff_ids)
    return {i: Teacher(loaded[i], tuple(held[i].values())) for i in staff_ids}


def _belongs(context: Context, row: AnyRow, record: Record) -> bool:
    district_id = context.scope.district_id
    works_here = (one.what.at.district_id == district_id for one in record.placements)
    return district_id is None or row.district_id == district_id or any(works_here)


def _problems(context: Context, found: Iterable[Found], held: Iterable[Holding]) -> list[Problem]:
    standards = context.standards
    problems: list[Problem] = []
    wanted: list[Holding] = []
    for command, wish in found:
        schooling = Schooling.of(standards, command.since)
        problems += check_wish(wish, schooling, standards)
        called = wish.taken.called(command.subject, command.since, schooling)
        staff = wish.teacher.record.staff_no
        wanted.append(Holding(command.class_id, command.subject, wish.span, called, staff))
    return problems + check_taken(wanted, held)


def _held(context: Context, row: AnyRow) -> Holding:
    schooling, subject = Schooling.of(context.standards, row.since), Subject(row.subject)
    taken = Taken(row.class_id, row.school_id, Stage(row.stage), row.entry_year, row.number)
    called = taken.called(subject, row.since, schooling)
    return Holding(row.class_id, subject, DaySpan(row.since, row.until), called, row.staff_no)


# writing


def _values(classes: Mapping[int, AnyRow], command: Assignment) -> dict[str, Any]:
    taken = classes[command.class_id]
    return {
        "district_id": taken.district_id,
        "school_id": taken.school_id,
        "class_id": command.class_id,
        "staff_id": command.staff_id,
        "subject": command.subject.code,
        "half_periods": command.half_periods,
        "since": command.since,
        "until": command.until,
        "itinerant": command.itinerant,
        "origin": command.origin.code,
        "exception": command.exception,
        "ended": command.ended.code if command.ended else None,
    }


def _end(rows: TeachingRows, was: Iterable[AnyRow], reason: TeachingChange, on: date) -> None:
    rows.write(Teaching, (), [{"id": row.id, "until": on, "ended": reason.code} for row in was], [])
