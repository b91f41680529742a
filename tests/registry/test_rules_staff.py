"""The pure rules of timelines, staff, certificates and teaching: examples beside properties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standards
from xuequ.registry.rules import staff as rules
from xuequ.registry.rules import staff_teaching
from xuequ.registry.rules.certificates import (
    Certificate,
    check_issue,
    check_renewal,
    first_term,
    qualified,
    renewal,
    term,
)
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.staff import Employed, Placed, Record, Site, Taught
from xuequ.registry.rules.staff_corrections import correct_employment
from xuequ.registry.rules.teaching import Holding, Taken, Teacher, Wish, check_end, check_taken, check_wish
from xuequ.registry.rules.timeline import (
    Stretch,
    at,
    cut,
    differences,
    earliest,
    lay,
    room,
    shift,
    uncovered,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.staff import Entry, Exit, PlacementKind
from xuequ.registry.states.teaching import TeachingChange
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind
from xuequ.standards.national import national

FIRST = date(2026, 9, 1)
LAST = 40
A, B, C = (Site(n, 1, name) for n, name in enumerate("ABC"))
STANDARDS = national()
SCHOOLING = Schooling((9, 1), 1, 6, 3)


def day(number: int) -> date:
    return FIRST + timedelta(number)


# timelines


@st.composite
def timelines(draw: st.DrawFn) -> tuple[Stretch[str], ...]:
    """Some stretches with gaps or none between them, the last of which may go on."""
    cuts = sorted(draw(st.sets(st.integers(0, LAST), min_size=2, max_size=7)))
    made: list[Stretch[str]] = []
    for number, (since, until) in enumerate(pairwise(cuts)):
        if draw(st.booleans()):
            made.append(Stretch(draw(st.sampled_from("abc")), day(since), day(until), number + 1))
    if draw(st.booleans()):
        made.append(Stretch("z", day(cuts[-1]), None, 99))
    return tuple(made)


def shown(timeline: Sequence[Stretch[str]]) -> list[str | None]:
    """Return what holds on every day."""
    found = (at(timeline, day(n)) for n in range(LAST + 9))
    return [one.what if one else None for one in found]


def apart(timeline: Sequence[Stretch[str]]) -> bool:
    return not any(
        one.span.overlaps(other.span) for n, one in enumerate(timeline) for other in timeline[n + 1 :]
    )


@given(timelines(), st.integers(0, LAST), st.none() | st.integers(1, 9))
def test_laying_something_over_changes_those_days_and_no_others(
    timeline: tuple[Stretch[str], ...], since: int, length: int | None
) -> None:
    end = earliest(None if length is None else day(since + length), room(timeline, day(since)))
    laid = lay(timeline, "new", day(since), None if length is None else day(since + length))
    within = DaySpan(day(since), end)
    expected = ["new" if day(n) in within else what for n, what in enumerate(shown(timeline))]
    assert shown(laid) == expected
    assert apart(laid)
    assert not any(
        one.until == other.since and one.what == other.what == "new" for one in laid for other in laid
    )


@given(timelines(), st.integers(0, LAST))
def test_cutting_leaves_the_days_before_and_none_after(timeline: tuple[Stretch[str], ...], on: int) -> None:
    assert shown(cut(timeline, day(on))) == [w if n < on else None for n, w in enumerate(shown(timeline))]


@given(timelines(), st.integers(0, LAST), st.none() | st.integers(1, 9), st.booleans())
def test_differences_come_to_the_other_timeline_and_no_step_of_writing_them_overlaps(
    before: tuple[Stretch[str], ...], since: int, length: int | None, cutting: bool
) -> None:
    until = None if length is None else day(since + length)
    after = cut(before, day(since)) if cutting else lay(before, "abc"[since % 3], day(since), until)
    found = differences(before, after)
    rows = {one.row_id: one for one in before if one.row_id not in found.removed}
    for one in found.changed:
        rows[one.row_id] = one
        assert apart(list(rows.values()))
    written = [*rows.values(), *found.begun]
    assert apart(written) and shown(written) == shown(after)


@given(timelines(), st.data())
def test_a_shifted_beginning_takes_the_end_before_it_along(
    timeline: tuple[Stretch[str], ...], data: st.DataObject
) -> None:
    if not timeline:
        return
    one = data.draw(st.sampled_from(timeline))
    since = day(data.draw(st.integers(0, LAST)))
    moved = shift(timeline, one, since)
    if moved is None:
        return
    assert apart(moved) and len(moved) == len(timeline)
    assert next(each for each in moved if each.row_id == one.row_id).since == since
    met = [each.row_id for each in timeline if each.until == one.since]
    assert all(each.until == since for each in moved if each.row_id in met)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10))), st.integers(0, 30), st.integers(1, 12))
def test_the_first_uncovered_day_is_the_first_that_no_span_holds(
    covers: list[tuple[int, int]], since: int, length: int
) -> None:
    spans = [DaySpan(day(start), day(start + size)) for start, size in covers]
    expected = next((n for n in range(since, since + length) if not any(day(n) in s for s in spans)), None)
    found = uncovered(DaySpan(day(since), day(since + length)), spans)
    assert found == (None if expected is None else day(expected))


def test_a_span_that_goes_on_needs_one_that_does() -> None:
    assert uncovered(DaySpan(FIRST), [DaySpan(FIRST, day(9)), DaySpan(day(9))]) is None
    assert uncovered(DaySpan(FIRST), [DaySpan(FIRST, day(9))]) == day(9)
    assert uncovered(DaySpan(FIRST), []) == FIRST


# coming, going, working


def employed(by: Site | None = A, since: date = FIRST, until: date | None = None, **more: object) -> Record:
    placed = () if by is None else (Stretch(Placed(by), since, until, 11),)
    what = Employed(by, Entry.RECORDED, **more)  # type: ignore[arg-type]
    return Record(1, "T1", (Stretch(what, since, until, 1),), placed)


def named(problems: list[Problem]) -> list[str]:
    return [problem.error.code.removeprefix("registry.") for problem in problems]


@pytest.mark.parametrize(
    ("exit_", "entry", "refused"),
    [
        (Exit.RETIRED, Entry.REHIRED, []),
        (Exit.RETIRED, Entry.RECRUITED, ["return_refused"]),
        (Exit.DIED, Entry.REHIRED, ["return_refused"]),
        (Exit.RESIGNED, Entry.RECRUITED, []),
        (Exit.RESIGNED, Entry.REHIRED, []),
    ],
)
def test_how_somebody_left_says_how_they_may_come_back(exit_: Exit, entry: Entry, refused: list[str]) -> None:
    gone = rules.leave(employed(), exit_, day(5), "")
    assert named(rules.check_entry(gone, entry, day(5))) == refused
    assert named(rules.check_entry(gone, entry, day(4))) == ["employed_already"]
    assert rules.check_entry(Record(1, "T1"), entry, FIRST) == []


def test_an_employment_that_is_to_end_may_end_earlier_and_not_later() -> None:
    contract = employed(until=day(20), exit=Exit.EXPIRED)
    assert named(rules.check_exit(contract, day(20))) == ["not_employed"]
    assert named(rules.check_exit(contract, FIRST)) == ["not_employed"]
    assert rules.check_exit(contract, day(10)) == []
    (one,) = rules.leave(contract, Exit.DIED, day(10), "文").employments
    assert (one.until, one.what.exit, one.row_id) == (day(10), Exit.DIED, 1)


def test_a_transfer_of_a_contract_keeps_its_end() -> None:
    contract = employed(until=day(20), exit=Exit.EXPIRED)
    after = rules.transfer(contract, Employed(B, Entry.TRANSFERRED_IN), day(5), stays=False)
    assert [(one.what.by, one.until, one.what.exit) for one in after.employments] == [
        (A, day(5), Exit.TRANSFERRED_OUT),
        (B, day(20), Exit.EXPIRED),
    ]
    assert [(one.what.at, one.until) for one in after.placements] == [(A, day(5)), (B, day(20))]


def test_a_transfer_to_the_bureau_ends_the_work_at_a_school_unless_somebody_stays() -> None:
    bureau = Employed(None, Entry.TRANSFERRED_IN)
    assert rules.transfer(employed(), bureau, day(5), stays=False).placements[0].until == day(5)
    stays = rules.transfer(employed(), bureau, day(5), stays=True)
    assert [one.what.kind for one in stays.placements] == [PlacementKind.OWN, PlacementKind.ASSIGNED]


def test_a_transfer_of_who_works_nowhere_brings_them_to_the_new_school() -> None:
    nowhere = replace(employed(), placements=())
    after = rules.transfer(nowhere, Employed(B, Entry.TRANSFERRED_IN), day(5), stays=True)
    assert [(one.what.at, one.since) for one in after.placements] == [(B, day(5))]


def test_a_placement_without_an_end_ends_with_the_employment() -> None:
    lent = replace(employed(None, until=day(20)), placements=())
    assert rules.check_placement(lent, Placed(C, PlacementKind.BORROWED), day(5), None) == []
    (one,) = rules.place(lent, Placed(C, PlacementKind.BORROWED), day(5), None).placements
    assert one.until == day(20)
    late = rules.check_placement(lent, Placed(C, PlacementKind.BORROWED), day(5), day(21))
    assert named(late) == ["not_employed"]
    assert named(rules.check_placement(lent, Placed(C), day(5), None)) == ["placement_kind_unfit"]


KINDS = st.sampled_from([kind for kind in PlacementKind if kind.away])
ACTS = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from([A, B, C]),
        KINDS,
        st.integers(0, LAST),
        st.none() | st.integers(1, 9),
    ),
    max_size=8,
)


@given(ACTS)
def test_whatever_is_permitted_work_lies_within_the_employment_and_never_overlaps(
    acts: list[tuple[int, Site, PlacementKind, int, int | None]],
) -> None:
    record = employed()
    for act, site, kind, number, length in acts:
        on, until = day(number), None if length is None else day(number + length)
        if act == 0 and not rules.check_placement(record, Placed(site, kind), on, until):
            record = rules.place(record, Placed(site, kind), on, until)
            assert at(record.placements, on).what.at == site  # type: ignore[union-attr]
        elif act == 1 and not rules.check_return(record, on):
            record = rules.come_back(record, on)
        elif act == 2 and not rules.check_transfer(record, site, on):
            record = rules.transfer(record, Employed(site, rules.BY_TRANSFER), on, stays=length is None)
        elif act == 3 and number > 30 and not rules.check_exit(record, on):
            record = rules.leave(record, Exit.RESIGNED, on, "")
        for timeline in (record.employments, record.placements):
            assert apart(timeline)  # type: ignore[arg-type]
        assert rules.check_inside(record) == [] and rules.check_kinds(record) == []


def test_what_is_taught_ends_where_the_teacher_is_gone_and_stays_where_not() -> None:
    own, guest = Taught("一（1）班语文", A.id), Taught("二（1）班体育", B.id, itinerant=True)
    teachings = (Stretch(own, FIRST, None, 21), Stretch(guest, FIRST, None, 22))
    later = Stretch(own, day(30), None, 23)
    before = replace(employed(), teachings=(replace(teachings[0], until=day(30)), teachings[1], later))
    away = rules.place(before, Placed(C, PlacementKind.ROTATION), day(9), None)
    assert [problem.error.facts()["on"] for problem in staff_teaching.check_teaching(away, before)] == [
        str(day(9)),
        str(day(30)),
    ]
    settled = staff_teaching.end_teaching(away, before, TeachingChange.ROTATION)
    assert [(one.row_id, one.until, one.what.ended) for one in settled.teachings] == [
        (21, day(9), TeachingChange.ROTATION),
        (22, None, None),
    ]
    assert staff_teaching.check_teaching(settled, before) == []


def test_what_was_stray_before_is_not_the_acts_doing() -> None:
    stray = replace(employed(), teachings=(Stretch(Taught("三（1）班音乐", C.id), FIRST, None, 21),))
    away = rules.place(stray, Placed(B, PlacementKind.SUPPORT), day(9), None)
    assert staff_teaching.check_teaching(away, stray) == []


def test_a_corrected_employer_is_where_somebody_worked_all_along() -> None:
    record = rules.place(employed(), Placed(C, PlacementKind.ROTATION), day(9), day(20))
    one = record.employments[0]
    after = correct_employment(record, one, replace(one.what, by=B), FIRST)
    assert isinstance(after, Record)
    assert [each.what.at for each in after.placements] == [B, C, B]
    wrong = correct_employment(record, one, replace(one.what, by=C), FIRST)
    assert isinstance(wrong, list) and named(wrong) == ["placement_kind_unfit"]


# certificates


def certificate(kind: CertificateKind, subject: Subject | None = None) -> Certificate:
    return Certificate(kind, subject, "1", FIRST, (DaySpan(FIRST, day(30)),))


@pytest.mark.parametrize(
    ("kind", "stages"),
    [
        (CertificateKind.KINDERGARTEN, {Stage.PRESCHOOL}),
        (CertificateKind.PRIMARY, {Stage.PRESCHOOL, Stage.PRIMARY}),
        (CertificateKind.JUNIOR, set(Stage)),
        (CertificateKind.SENIOR, set(Stage)),
        (CertificateKind.VOCATIONAL, set(Stage)),
        (CertificateKind.VOCATIONAL_INSTRUCTOR, set[Stage]()),
        (CertificateKind.HIGHER, set(Stage)),
    ],
)
def test_a_certificate_is_good_for_its_stage_and_those_below(
    kind: CertificateKind, stages: set[Stage]
) -> None:
    held = [certificate(kind)]
    assert {s for s in Stage if qualified(held, s, Subject.MATHS, FIRST, STANDARDS)} == stages


def test_a_certificate_is_for_its_subject_and_what_has_no_certificate_of_its_own() -> None:
    held = [certificate(CertificateKind.PRIMARY, Subject.MATHS)]
    fit = {s for s in Subject if qualified(held, Stage.PRIMARY, s, FIRST, STANDARDS)}
    assert fit == {
        *(Subject.MATHS, Subject.CLASS_MEETING, Subject.PRACTICE),
        *(Subject.LOCAL, Subject.SCHOOL_BASED, Subject.READING),
    }
    assert not qualified([], Stage.PRIMARY, Subject.CLASS_MEETING, FIRST, STANDARDS)


@given(st.sampled_from(list(Stage)), st.sampled_from(list(Subject)), st.integers(0, LAST))
def test_another_certificate_never_takes_a_qualification_away(
    stage: Stage, subject: Subject, on: int
) -> None:
    one, other = certificate(CertificateKind.PRIMARY, Subject.PE), certificate(CertificateKind.JUNIOR)
    alone = qualified([one], stage, subject, day(on), STANDARDS)
    assert qualified([one, other], stage, subject, day(on), STANDARDS) >= alone


@given(st.lists(st.integers(0, 4000), max_size=5))
def test_renewals_never_overlap_and_each_holds_its_day(waits: list[int]) -> None:
    terms = [term(FIRST, STANDARDS)]
    on = FIRST
    for wait in waits:
        on += timedelta(wait)
        held = Certificate(CertificateKind.PRIMARY, None, "1", FIRST, tuple(terms))
        if not check_renewal(held, on):
            terms.append(renewal(terms, on, STANDARDS))
            assert any(on in one for one in terms)
    assert all(one.until is not None and one.until <= other.since for one, other in pairwise(terms))


def test_a_certificate_is_not_registered_before_it_is_issued_nor_before_there_was_registration() -> None:
    assert named(check_issue("1", day(1), FIRST)) == ["registered_before_issue"]
    assert check_issue("1", FIRST, FIRST) == []
    assert first_term(date(2010, 1, 1), None, STANDARDS) is None
    assert first_term(date(2010, 1, 1), FIRST, STANDARDS) == DaySpan(FIRST, date(2031, 9, 1))
    assert first_term(date(2024, 2, 29), None, STANDARDS) == DaySpan(date(2024, 2, 29), date(2029, 2, 28))


# teaching


TAKEN = Taken(1, A.id, Stage.PRIMARY, 2024, 1)
GOOD = Teacher(employed(), (certificate(CertificateKind.PRIMARY),))


def wish(**more: object) -> Wish:
    values = {"taken": TAKEN, "subject": Subject.MATHS, "teacher": GOOD, "span": DaySpan(FIRST, day(30))}
    return Wish(**{**values, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({}, []),
        ({"taken": replace(TAKEN, school_id=B.id)}, ["teacher_elsewhere"]),
        ({"taken": replace(TAKEN, school_id=B.id), "itinerant": True}, []),
        ({"taken": replace(TAKEN, entry_year=2020)}, ["grade_beyond_stage"]),
        ({"taken": replace(TAKEN, dissolved_on=day(20))}, ["class_dissolved"]),
        ({"taken": replace(TAKEN, dissolved_on=day(30))}, []),
        ({"span": DaySpan(FIRST), "taken": replace(TAKEN, dissolved_on=day(30))}, ["class_dissolved"]),
        ({"taken": replace(TAKEN, stage=Stage.JUNIOR)}, ["teacher_not_qualified"]),
        ({"taken": replace(TAKEN, stage=Stage.JUNIOR), "exception": "缺编"}, []),
        (
            {"taken": replace(TAKEN, stage=Stage.JUNIOR, school_pupils=100), "exception": "缺编"},
            ["exception_outside_small_school"],
        ),
        (
            {"teacher": Teacher(Record(1, "T1")), "taken": replace(TAKEN, entry_year=2020)},
            ["grade_beyond_stage", "teacher_elsewhere", "teacher_not_qualified"],
        ),
    ],
)
def test_everything_that_is_wrong_with_a_wish_is_said_at_once(
    more: dict[str, object], refused: list[str]
) -> None:
    assert named(check_wish(wish(**more), SCHOOLING, STANDARDS)) == refused


@given(st.lists(st.tuples(st.integers(1, 2), st.integers(0, 20), st.none() | st.integers(1, 9)), max_size=6))
def test_what_passes_has_one_teacher_for_a_class_on_any_day(
    wanted: list[tuple[int, int, int | None]],
) -> None:
    holdings = [
        Holding(c, Subject.PE, DaySpan(day(n), None if size is None else day(n + size)), "x", "T")
        for c, n, size in wanted
    ]
    doubled = any(
        sum(one.class_id == c and day(n) in one.span for one in holdings) > 1
        for c in (1, 2)
        for n in range(40)
    )
    assert bool(check_taken(holdings, [])) == doubled
    assert bool(check_taken(holdings[1:], holdings[:1])) == doubled


def test_a_teaching_ends_after_it_began_and_before_it_ended() -> None:
    span = DaySpan(FIRST, day(9))
    assert named(check_end("x", span, FIRST)) == ["ends_before_it_begins"]
    assert named(check_end("x", span, day(9))) == ["teaching_ended_already"]
    assert check_end("x", span, day(8)) == [] and check_end("x", DaySpan(FIRST), day(99)) == []


def test_the_standards_are_asked_and_not_the_code() -> None:
    own = [one for one in STANDARDS if one.key != "resources.small_school_pupils"]
    stricter = [replace(one, value=10) for one in STANDARDS.of("resources.small_school_pupils")]
    taken = replace(TAKEN, stage=Stage.JUNIOR, school_pupils=10)
    found = check_wish(wish(taken=taken, exception="缺编"), SCHOOLING, Standards([*own, *stricter]))
    assert named(found) == ["exception_outside_small_school"]
