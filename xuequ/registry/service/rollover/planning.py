"""Planning a roll-over: what is there, what is decided on it, and how that is shown."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.rollover import EntryAskedTwice, RecordedLater, RolloverOutOfOrder
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.class_changes import ClassChangeRows
from xuequ.registry.repository.places import school_facts
from xuequ.registry.repository.rollover_lines import RolloverLineRows
from xuequ.registry.rules.classes import Schooling, begins, class_name
from xuequ.registry.rules.places import check_open
from xuequ.registry.rules.rollover import (
    Applicant,
    ClassKey,
    ClassThere,
    Decision,
    Entry,
    Ground,
    Leaver,
    check_year,
    decide,
)
from xuequ.registry.schemas.rollover import (
    OnwardCounts,
    ProblemView,
    RolledClass,
    RolledSchool,
    RolloverAsked,
    RolloverPlan,
    RolloverView,
)
from xuequ.registry.service.classes.changing import unfit_groups
from xuequ.registry.service.classes.views import Day
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.rollover import Onward


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with what it was made of: enough to write it."""

    day: Day
    ground: Ground
    decision: Decision
    schools: Mapping[int, AnyRow]
    dissolving: Mapping[int, date]
    belongs: Mapping[str, Sequence[AnyRow]]
    grouped: Sequence[AnyRow]
    unfit: tuple[int, ...]
    problems: tuple[Problem, ...]
    plan: RolloverPlan


def first_day(context: Context, year: int) -> Day:
    """Return the first day of a school year with what the standards say of it."""
    schooling = Schooling.of(context.standards, date(year, 12, 31))  # every school year holds that day
    return Day(context, begins(year, schooling))


def make_plan(context: Context, rows: RolloverLineRows, year: int, asked: RolloverAsked) -> Made:
    """Read what is there and decide; everything that is shown or would be written is in the fingerprint."""
    day = first_day(context, year)
    schools = {row.id: row for row in rows.schools()}
    classes = rows.classes(day.on)
    problems = check_year(year, context.today, Schooling.of(context.standards, context.today))
    problems += _check_asked(asked, schools) + _check_order(rows, year)
    ground = _ground(rows, day, schools, classes, asked)
    decision = decide(ground)
    belongs = rows.what_belongs(day.on, day.cohorts)
    problems += [*decision.problems, *_begun(ground, belongs), *_check_open(day, decision, schools)]
    leaving = [one.id for one in decision.ends]
    grouped = ClassChangeRows(rows.session, rows.scope, rows.place).grouped_with(leaving, day.on)
    unfit = tuple(unfit_groups(grouped, leaving))
    seen = _schools(day, ground, decision, schools)
    plan = RolloverPlan(
        year=year,
        on=day.on,
        asked=asked,
        counts=_summed([one.counts for one in seen]),
        schools=seen,
        groups_ended=len(unfit),
        problems=tuple(map(ProblemView.of, problems)),
        fingerprint="",
        applied=applied_view(rows.standing(year)),
    )
    written = (decision.moves, decision.forms, leaving, _ids(belongs), unfit)
    plan = plan.model_copy(update={"fingerprint": _fingerprint(plan, written)})
    dissolving = {row.id: row.dissolved_on for row in classes}
    return Made(day, ground, decision, schools, dissolving, belongs, grouped, unfit, tuple(problems), plan)


def applied_view(row: AnyRow | None, *, already: bool = False) -> RolloverView | None:
    """Return the view of a roll-over, None of none."""
    return None if row is None else view_of(row, already=already)


def view_of(row: AnyRow, *, already: bool = False) -> RolloverView:
    """Return the view of a roll-over."""
    return RolloverView(
        id=row.id,
        year=row.year,
        counts=OnwardCounts.model_validate_json(row.counts),
        applied_at=row.applied_at,
        applied_by=row.applied_by,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        already=already,
    )


def _fingerprint(plan: RolloverPlan, written: object) -> str:
    """Return a hash of a plan: what it shows, and whom and what it would write."""
    shown = plan.model_dump_json(exclude={"fingerprint", "applied"})
    return hashlib.sha256(f"{shown}{written}".encode()).hexdigest()


def _ids(belongs: Mapping[str, Sequence[AnyRow]]) -> list[tuple[int, date | None]]:
    return [(row.id, row.until) for some in belongs.values() for row in some]


# what is there


def _check_asked(asked: RolloverAsked, schools: Mapping[int, AnyRow]) -> list[Problem]:
    named = {one.school_id for one in asked.entries} | set(asked.preschool_leaves)
    problems = [Problem(SchoolUnknown(school=str(one))) for one in sorted(named - set(schools))]
    times = Counter((one.school_id, one.stage) for one in asked.entries if one.school_id in schools)
    return problems + [
        Problem(EntryAskedTwice(school=schools[school_id].name, stage=stage.label))
        for (school_id, stage), count in times.items()
        if count > 1
    ]


def _check_open(day: Day, decision: Decision, schools: Mapping[int, AnyRow]) -> list[Problem]:
    """Refuse schools that are to take somebody in, or to have a class, and are not open."""
    taking = {key.school_id for key in decision.forms}
    taking |= {move.to.school_id for move in decision.moves if move.to is not None}
    return [
        problem
        for school_id in sorted(taking)
        for problem in check_open(school_facts(schools[school_id]), day.on)
    ]


def _check_order(rows: RolloverLineRows, year: int) -> list[Problem]:
    later = rows.latest()
    if later is None or later <= year:
        return []
    return [Problem(RolloverOutOfOrder(year=year, later=later))]


def _ground(
    rows: RolloverLineRows,
    day: Day,
    schools: Mapping[int, AnyRow],
    classes: Sequence[AnyRow],
    asked: RolloverAsked,
) -> Ground:
    year = day.year
    return Ground(
        on=day.on,
        schooling=day.schooling,
        schools={school_id: row.name for school_id, row in schools.items()},
        classes=tuple(ClassThere(row.id, _key(row), row.pupils) for row in classes),
        taken=tuple(map(_key, rows.numbers(year))),
        leavers=tuple(map(_leaver, rows.leavers(day.on, day.cohorts))),
        applicants=tuple(map(_applicant, rows.applicants(day.on, year))),
        limits={stage: limit.most for stage, limit in day.limits.items()},
        asked={
            (one.school_id, one.stage): Entry(one.expected, one.largest)
            for one in asked.entries
            if one.school_id in schools
        },
        leaving_preschool=frozenset(asked.preschool_leaves),
    )


def _key(row: AnyRow) -> ClassKey:
    return ClassKey(row.school_id, Stage(row.stage), row.entry_year, row.number)


def _leaver(row: AnyRow) -> Leaver:
    return Leaver(
        pupil_id=row.pupil_id,
        pupil_no=row.pupil_no,
        class_id=row.class_id,
        enrolment_id=row.enrolment_id,
        since=row.since,
        until=row.until,
        status=PupilState(row.status) if row.status else None,
        status_id=row.status_id,
        status_until=row.status_until,
        later_enrolment=row.later_enrolment,
        later_status=row.later_status,
        transfers=row.transfers,
    )


def _applicant(row: AnyRow) -> Applicant:
    return Applicant(
        row.pupil_id, row.pupil_no, row.status_id, row.school_id, Stage(row.stage), in_class=row.in_class
    )


def _begun(ground: Ground, belongs: Mapping[str, Sequence[AnyRow]]) -> list[Problem]:
    """Refuse to end a class to which something belongs that is to begin only then."""
    keys = {one.id: one.key for one in ground.classes}
    return [
        Problem(
            RecordedLater(
                who=f"班级“{ground.name(keys[row.class_id])}”",
                school=ground.schools[keys[row.class_id].school_id],
                what=what,
                since=str(row.since),
            )
        )
        for what, some in belongs.items()
        for row in some
        if row.since >= ground.on
    ]


# how it is shown


def _summed(counts: Sequence[OnwardCounts]) -> OnwardCounts:
    return OnwardCounts(
        **{name: sum(getattr(one, name) for one in counts) for name in OnwardCounts.model_fields}
    )


def _schools(
    day: Day, ground: Ground, decision: Decision, schools: Mapping[int, AnyRow]
) -> tuple[RolledSchool, ...]:
    """Return what the plan does, school by school and class by class."""
    going: Counter[tuple[int, Onward]] = Counter()
    coming: Counter[tuple[ClassKey, Onward]] = Counter()
    for move in decision.moves:
        if move.from_class is not None:
            going[move.from_class, move.onward] += 1
        if move.to is not None:
            coming[move.to, move.onward] += 1
    ends = {one.id for one in decision.ends}
    there: list[tuple[int | None, ClassKey, int]] = [(one.id, one.key, one.pupils) for one in ground.classes]
    there += [(None, key, 0) for key in decision.forms]
    by_school: defaultdict[int, list[RolledClass]] = defaultdict(list)
    for class_id, key, pupils in sorted(there, key=lambda one: _order(one[1])):
        gone = {way: going[class_id, way] for way in Onward} if class_id is not None else {}
        came = {way: coming[key, way] for way in Onward}
        by_school[key.school_id].append(_class(day, class_id, key, pupils, gone, came, class_id in ends))
    return tuple(
        RolledSchool(
            id=row.id,
            code=row.code,
            name=row.name,
            counts=_summed([one.counts for one in by_school[row.id]]),
            classes=tuple(by_school[row.id]),
        )
        for row in schools.values()
    )


def _order(key: ClassKey) -> tuple[int, int, int]:
    return (list(Stage).index(key.stage), key.entry_year, key.number)


def _class(
    day: Day,
    class_id: int | None,
    key: ClassKey,
    pupils: int,
    gone: Mapping[Onward, int],
    came: Mapping[Onward, int],
    ends: bool,
) -> RolledClass:
    after = pupils - sum(gone.values()) + sum(came.values())
    limit = day.limits[key.stage].most
    before = day.on - timedelta(days=1)
    return RolledClass(
        id=class_id,
        stage=key.stage,
        entry_year=key.entry_year,
        number=key.number,
        name_before=class_name(key.stage, key.entry_year, key.number, before, day.schooling),
        name_after=class_name(key.stage, key.entry_year, key.number, day.on, day.schooling),
        ends=ends,
        counts=OnwardCounts(
            stays=pupils - sum(gone.values()),
            enters=came[Onward.ENTERS],
            **{way.value: gone.get(way, 0) for way in Onward if way is not Onward.ENTERS},
        ),
        arriving=sum(came.values()),
        pupils_after=after,
        too_large=limit if after > limit else None,
    )
