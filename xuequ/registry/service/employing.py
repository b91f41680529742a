"""Coming and going: taking on, transferring, ending, and setting right what was written wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id
from xuequ.registry.errors.staff import EmployerNeeded, EmploymentUnknown, PlacementUnknown, StaffKnown
from xuequ.registry.facts.staff import (
    EmploymentCorrected,
    EmploymentEnded,
    EmploymentTransferred,
    PlacementCorrected,
    StaffTakenOn,
)
from xuequ.registry.models.people import Person
from xuequ.registry.models.staff import Employment, Placement
from xuequ.registry.rules import staff as rules
from xuequ.registry.rules import staff_teaching
from xuequ.registry.rules.people import check_person, check_record_number
from xuequ.registry.rules.staff import Employed, Placed, Record, Site
from xuequ.registry.rules.staff_corrections import correct_employment
from xuequ.registry.rules.staff_corrections import correct_placement as placement_corrected
from xuequ.registry.rules.timeline import Stretch, at
from xuequ.registry.schemas.staff import (
    EmploymentCorrection,
    EmploymentEnding,
    EmploymentTransfer,
    PlacementCorrection,
    Rehiring,
    StandingRecord,
    TakingOn,
)
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.service.staff_records import Judged, StaffRecords
from xuequ.registry.service.standings import hold
from xuequ.registry.states.staff import PlacementKind
from xuequ.registry.states.teaching import TeachingChange

T = TypeVar("T")


def settled(before: Record, after: Record, why: TeachingChange, *, end: bool) -> Judged:
    """End what the act leaves without a teacher, if that was asked for."""
    return Judged(before, staff_teaching.end_teaching(after, before, why) if end else after)


def settle_teaching(before: Record, after: Record, why: TeachingChange, *, end: bool) -> Judged:
    """Do as `settled` does, and refuse to leave anything without a teacher."""
    judged = settled(before, after, why, end=end)
    refuse_if(staff_teaching.check_teaching(judged.after, before))
    return judged


def _employer(context: Context, records: StaffRecords, school_id: int | None) -> Site | None:
    """Return the employing school; at the county's door none means the bureau itself."""
    if school_id is not None:
        return records.site(school_id)
    if context.scope.district_id is not None:
        raise EmployerNeeded()
    return None


def _workplace(
    records: StaffRecords, employer: Site | None, works_at: int | None, authority: str
) -> Placed | None:
    at_school = employer if works_at is None else records.site(works_at)
    if at_school is None:
        return None
    if at_school == employer:
        return Placed(at_school)
    return Placed(at_school, PlacementKind.ASSIGNED, authority)


def _schools(employer: Site | None, placed: Placed | None) -> list[int]:
    """Return the schools that somebody is given to."""
    return [site.id for site in (employer, placed.at if placed else None) if site is not None]


def take_on(context: Context, command: TakingOn) -> int:
    """Write a new member of staff; return the id."""
    records = StaffRecords(context)
    employer = _employer(context, records, command.school_id)
    placed = _workplace(records, employer, command.works_at, command.authority)
    refuse_if(check_record_number("工号", command.staff_no) + check_person(command.birth_date, command.since))
    keep_open(records.rows, _schools(employer, placed), command.since)
    person_id, staff_id = new_id(), new_id()
    person = {"name": command.name, "sex": command.sex.code, "birth_date": command.birth_date}
    records.rows.add(Person, {"id": person_id, **person})
    district_id = employer.district_id if employer else None
    number: dict[str, Any] = {"staff_no": command.staff_no, "person_id": person_id}
    if not records.rows.add_staff({"id": staff_id, "district_id": district_id, **number}):
        raise StaffKnown(staff=command.staff_no)
    employed = Employed(employer, command.entry, command.authority)
    _enter(context, records, Record(staff_id, command.staff_no), employed, command, placed)
    held = [
        StandingRecord(staff_id=staff_id, since=command.since, kind=one.kind, code=one.code)
        for one in command.holds
    ]
    hold(context, held)
    return staff_id


def rehire(context: Context, command: Rehiring) -> None:
    """Write that somebody is employed again."""
    records = StaffRecords(context)
    employer = _employer(context, records, command.school_id)
    placed = _workplace(records, employer, command.works_at, command.authority)
    needs = [(school_id, command.since, None) for school_id in _schools(employer, placed)]
    before = records.lock([command.staff_id], needs)[command.staff_id]
    problems = check_person(records.rows.birth_date(command.staff_id), command.since)
    refuse_if(problems + rules.check_entry(before, command.entry, command.since))
    employed = Employed(employer, command.entry, command.authority)
    _enter(context, records, before, employed, command, placed)


def _enter(
    context: Context,
    records: StaffRecords,
    before: Record,
    employed: Employed,
    command: TakingOn | Rehiring,
    placed: Placed | None,
) -> None:
    after = rules.enter(before, employed, command.since, placed)
    records.write([Judged(before, after)])
    fact = StaffTakenOn(
        staff_id=before.staff_id,
        school_id=command.school_id,
        since=command.since,
        entry=command.entry.code,
    )
    context.announce(fact)


def transfer(context: Context, command: EmploymentTransfer) -> None:
    """Write that somebody's employment goes over to another school."""
    records = StaffRecords(context)
    to = _employer(context, records, command.school_id)
    needs = [(command.school_id, command.since, None)]
    before = records.lock([command.staff_id], needs)[command.staff_id]
    refuse_if(rules.check_transfer(before, to, command.since))
    employment = at(before.employments, command.since)
    assert employment is not None, "check_transfer has found an employment"
    employed = Employed(to, rules.BY_TRANSFER, command.authority)
    after = rules.transfer(before, employed, command.since, stays=command.stays)
    records.write([settle_teaching(before, after, TeachingChange.TRANSFER, end=command.end_teaching)])
    was = employment.what.by
    fact = EmploymentTransferred(
        staff_id=command.staff_id,
        from_school_id=was.id if was else None,
        to_school_id=command.school_id,
        since=command.since,
    )
    context.announce(fact)


def end(context: Context, command: EmploymentEnding) -> None:
    """Write that somebody's employment ends."""
    records = StaffRecords(context)
    before = records.lock([command.staff_id])[command.staff_id]
    refuse_if(rules.check_exit(before, command.on))
    after = rules.leave(before, command.exit, command.on, command.authority)
    why = staff_teaching.TEACHING_CHANGE[command.exit]
    records.write([settle_teaching(before, after, why, end=command.end_teaching)])
    by = after.employments[-1].what.by
    fact = EmploymentEnded(
        staff_id=command.staff_id,
        school_id=by.id if by else None,
        on=command.on,
        exit=command.exit.code,
    )
    context.announce(fact)


# corrections


def correct(context: Context, command: EmploymentCorrection) -> int:
    """Set an employment right; return whose it is."""
    records, row_id = StaffRecords(context), command.employment_id
    found = _find(records, Employment, row_id, lambda record: record.employments)
    if found is None:
        raise EmploymentUnknown(employment=str(row_id))
    before, one = found
    staff_id, what = before.staff_id, _corrected(records, one, command)
    since = command.since or one.since
    refuse_if(check_person(records.rows.birth_date(staff_id), since))
    _write_corrected(records, before, correct_employment(before, one, what, since))
    was, by = one.what.by, what.by
    fact = EmploymentCorrected(
        employment_id=row_id,
        staff_id=staff_id,
        was_school_id=was.id if was else None,
        was_since=one.since,
        was_entry=one.what.entry.code,
        school_id=by.id if by else None,
        since=since,
        entry=what.entry.code,
    )
    context.announce(fact)
    return staff_id


def _corrected(records: StaffRecords, one: Stretch[Employed], command: EmploymentCorrection) -> Employed:
    """Return what an employment says with the corrected fields; an exit only where it has ended."""
    was, exit_ = one.what, one.what.exit
    if one.until is not None and command.exit is not None:
        exit_ = command.exit
    return Employed(
        by=was.by if command.school_id is None else records.site(command.school_id),
        entry=command.entry or was.entry,
        authority=was.authority if command.authority is None else command.authority,
        exit=exit_,
        exit_authority=was.exit_authority if command.exit_authority is None else command.exit_authority,
    )


def correct_placement(context: Context, command: PlacementCorrection) -> int:
    """Set a placement right; return whose it is."""
    records, row_id = StaffRecords(context), command.placement_id
    found = _find(records, Placement, row_id, lambda record: record.placements)
    if found is None:
        raise PlacementUnknown(placement=str(row_id))
    before, one = found
    what = Placed(
        at=one.what.at if command.school_id is None else records.site(command.school_id),
        kind=command.kind or one.what.kind,
        authority=one.what.authority if command.authority is None else command.authority,
    )
    since = command.since or one.since
    _write_corrected(records, before, placement_corrected(before, one, what, since))
    fact = PlacementCorrected(
        placement_id=row_id,
        staff_id=before.staff_id,
        was_school_id=one.what.at.id,
        was_since=one.since,
        was_kind=one.what.kind.code,
        school_id=what.at.id,
        since=since,
        kind=what.kind.code,
    )
    context.announce(fact)
    return before.staff_id


def _find(
    records: StaffRecords,
    model: type[Employment] | type[Placement],
    row_id: int,
    timeline: Callable[[Record], Sequence[Stretch[T]]],
) -> tuple[Record, Stretch[T]] | None:
    """Find whose a row is, and return the record under the lock with the stretch of the row."""
    staff_id = records.rows.owner(model, row_id)
    if staff_id is None:
        return None
    record = records.lock([staff_id])[staff_id]
    one = next((one for one in timeline(record) if one.row_id == row_id), None)
    return None if one is None else (record, one)


def _write_corrected(records: StaffRecords, before: Record, after: Record | list[Problem]) -> None:
    wrong = after if isinstance(after, list) else staff_teaching.check_teaching(after, before)
    refuse_if(wrong)
    assert isinstance(after, Record), "whatever is wrong is refused"
    records.write([Judged(before, after)])
