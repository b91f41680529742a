"""The roll-over of school years: previewed, applied once, undone exactly, refused with every reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.registry.office import (
    COUNTY,
    Office,
    door_of,
    enrolments,
    found,
    snapshot,
    spans,
    statuses,
)
from tests.registry.test_classes import appointing, refused, statements, teach
from xuequ.core.errors import Problems, Stale
from xuequ.core.journal import FactRow
from xuequ.core.settings import CHINA
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.rollover import (
    ClassOverdue,
    EntryAskedTwice,
    JoinedTooLate,
    NobodyToFollow,
    RecordedLater,
    RolloverOutOfOrder,
    RolloverStoodUpon,
    RolloverTooEarly,
    RolloverUndone,
    RolloverUnknown,
    StatusContradicts,
    StatusMissing,
    StillInClass,
    TransferHoldsUp,
)
from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, HeadTeacher, SchoolClass
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.models.rollover import Rollover, RolloverLine
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.rollover_lines import RolloverLineRows
from xuequ.registry.schemas.classes import ClassForming, ClassMerger, GroupForming
from xuequ.registry.schemas.rollover import (
    EntryAsked,
    OnwardCounts,
    RolloverAsked,
    RolloverPlan,
)
from xuequ.registry.service.rollover import RolloverService
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.states.pupils import PupilState

BEGUN, SUMMER, DAY, OCTOBER = date(2025, 9, 1), date(2026, 7, 10), date(2026, 9, 1), date(2026, 10, 8)
PRIMARY, PRESCHOOL, JUNIOR = Stage.PRIMARY, Stage.PRESCHOOL, Stage.JUNIOR


@pytest.fixture
def office(session: Session) -> Office:
    found(session)
    return Office(session)


@pytest.fixture
def rollover(office: Office) -> RolloverService:
    return door_of(office.session, SUMMER).registry.rollover


class Small:
    """A school with preschool, every grade, and one pupil in each class."""

    def __init__(self, office: Office, code: str = "s1") -> None:
        self.school = office.school(code)
        self.preschool = office.form(self.school, PRESCHOOL, 2025)
        self.classes = {year: office.form(self.school, PRIMARY, year) for year in range(2020, 2026)}
        self.child = office.pupil(self.preschool, BEGUN)
        self.pupils = {year: office.pupil(class_id, BEGUN) for year, class_id in self.classes.items()}
        self.top, self.sixth = self.classes[2020], self.pupils[2020]


@pytest.fixture
def small(office: Office) -> Small:
    return Small(office)


def roll(service: RolloverService, year: int = 2026, **asked: Any) -> Any:
    return service.apply_rollover(service.plan_rollover(year, RolloverAsked(**asked)))


def count(session: Session, model: type[Any]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def conserved(plan: RolloverPlan) -> None:
    """Nobody is lost or doubled, at any school and in all."""
    for counts, classes in [
        (plan.counts, [rolled for school in plan.schools for rolled in school.classes]),
        *((school.counts, list(school.classes)) for school in plan.schools),
    ]:
        assert counts.after == sum(rolled.pupils_after for rolled in classes)
        assert counts.before == sum(rolled.counts.before for rolled in classes)
        assert counts.promoted + counts.held_over + counts.enters == sum(one.arriving for one in classes)


# what it does


def test_a_plan_writes_nothing_and_says_what_becomes_of_everybody(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    before = snapshot(office.session)
    plan = rollover.plan_rollover(2026)
    assert snapshot(office.session) == before and count(office.session, Rollover) == 0
    assert (plan.on, plan.problems, plan.applied) == (DAY, (), None)
    assert plan.counts == OnwardCounts(stays=5, graduates=1, promoted=1)
    conserved(plan)
    shown = [(one.name_before, one.name_after, one.ends, one.pupils_after) for one in plan.schools[0].classes]
    assert shown[0] == ("学前（1）班", "2025级学前（1）班", True, 0)
    assert shown[1] == ("六（1）班", "2020级小学（1）班", True, 0)
    assert shown[2] == ("五（1）班", "六（1）班", False, 1)
    assert shown[-1] == ("2026级小学（1）班", "一（1）班", False, 1)
    assert plan.schools[0].classes[-1].id is None
    assert RolloverPlan.model_validate_json(plan.model_dump_json()) == plan


def test_the_top_grade_graduates_and_the_others_only_grow_older(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    done = roll(rollover)
    session = office.session
    assert not done.already and done.counts.graduates == 1
    assert enrolments(session, small.sixth) == [(small.top, BEGUN, DAY, "set_up", "graduated")]
    assert statuses(session, small.sixth) == [
        ("registered", BEGUN, DAY, "set_up"),
        ("graduated", DAY, None, "graduation"),
    ]
    fifth = small.pupils[2021]
    assert enrolments(session, fifth) == [(small.classes[2021], BEGUN, None, "set_up", None)]
    assert statuses(session, fifth) == [("registered", BEGUN, None, "set_up")]
    door = door_of(session, DAY)
    seen = [(view.name, view.pupils) for view in door.registry.classes.class_list(DAY)]
    assert seen == [(f"{grade}（1）班", 1) for grade in "一二三四五六"]
    ended = [row.id for row in session.execute(select(SchoolClass.id).where(SchoolClass.dissolved_on == DAY))]
    assert sorted(ended) == sorted([small.top, small.preschool])


def test_preschool_pupils_enter_grade_1_of_their_school_and_keep_their_status(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    roll(rollover)
    session = office.session
    new = session.scalars(select(SchoolClass.id).where(SchoolClass.entry_year == 2026)).one()
    assert enrolments(session, small.child) == [
        (small.preschool, BEGUN, DAY, "set_up", "promoted"),
        (new, DAY, None, "promoted", None),
    ]
    assert statuses(session, small.child) == [("registered", BEGUN, None, "set_up")]


def test_preschool_pupils_leave_where_it_is_asked_or_where_there_is_no_primary_stage(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    only_preschool = office.school("s2")
    infant = office.pupil(office.form(only_preschool, PRESCHOOL, 2025), BEGUN)
    plan = rollover.plan_rollover(2026, RolloverAsked(preschool_leaves=(small.school,)))
    conserved(plan)
    assert plan.counts.leaves_preschool == 2 and plan.counts.promoted == 0
    rollover.apply_rollover(plan)
    for child in (small.child, infant):
        assert enrolments(office.session, child)[0][2:] == (DAY, "set_up", "left_preschool")
        assert statuses(office.session, child)[-1] == ("left_preschool", DAY, None, "roll_over")
    assert count(office.session, SchoolClass) == 8


@pytest.mark.parametrize("status", [PupilState.SUSPENDED, PupilState.SUSPECTED, PupilState.DROPPED])
def test_who_is_away_stays_with_the_next_cohort_and_keeps_the_status(
    rollover: RolloverService, office: Office, small: Small, status: PupilState
) -> None:
    away = office.pupil(small.top, BEGUN)
    office.status(away, status, date(2026, 3, 2))
    plan = rollover.plan_rollover(2026)
    conserved(plan)
    assert plan.counts.held_over == 1
    rollover.apply_rollover(plan)
    assert enrolments(office.session, away) == [
        (small.top, BEGUN, DAY, "set_up", "held_over"),
        (small.classes[2021], DAY, None, "held_over", None),
    ]
    assert [row[0] for row in statuses(office.session, away)] == ["registered", status.code]


def test_who_was_admitted_enters_a_class_of_the_size_that_was_asked_for(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    new = [office.applicant(small.school, PRIMARY, 2026, SUMMER) for _ in range(5)]
    later = office.applicant(small.school, PRIMARY, 2027, SUMMER)
    entry = EntryAsked(school_id=small.school, stage=PRIMARY, expected=5, largest=4)
    plan = rollover.plan_rollover(2026, RolloverAsked(entries=(entry,)))
    conserved(plan)
    formed = [one for one in plan.schools[0].classes if one.id is None]
    assert [(one.number, one.pupils_after) for one in formed] == [(1, 2), (2, 2), (3, 2)]
    rollover.apply_rollover(plan)
    for pupil_id in new:
        assert [row[1:] for row in enrolments(office.session, pupil_id)] == [(DAY, None, "new", None)]
        assert statuses(office.session, pupil_id) == [
            ("admitted", SUMMER, DAY, "set_up"),
            ("registered", DAY, None, "new"),
        ]
    assert enrolments(office.session, later) == []


def test_entrants_fill_the_classes_that_are_there_and_new_ones_take_free_numbers(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    there = office.form(small.school, PRIMARY, 2026, 2)
    office.form(small.school, PRIMARY, 2026, 1, dissolved_on=SUMMER)
    office.pupil(there, DAY)
    entry = EntryAsked(school_id=small.school, stage=PRIMARY, expected=44)
    plan = rollover.plan_rollover(2026, RolloverAsked(entries=(entry,)))
    first_graders = [one for one in plan.schools[0].classes if one.entry_year == 2026]
    assert [(one.number, one.id, one.pupils_after) for one in first_graders] == [(2, there, 1), (3, None, 1)]
    conserved(plan)
    rollover.apply_rollover(plan)
    assert count(office.session, SchoolClass) == 10


def test_what_belongs_to_a_leaving_class_ends_and_a_group_that_is_none_any_more(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    session, classes = office.session, door_of(office.session, BEGUN).registry.classes
    teacher = office.teacher(small.school, BEGUN)
    fifth, fourth = small.classes[2021], small.classes[2022]
    classes.appoint_head_teachers([appointing(small.top, teacher), appointing(fifth, teacher)])
    teach(office, small.top, teacher)
    planned = teach(office, small.preschool, teacher)
    session.execute(update(Teaching).where(Teaching.id == planned).values(until=OCTOBER, ended="retirement"))
    kind = GroupKind.MULTI_GRADE
    ends = classes.form_group(GroupForming(kind=kind, name="甲", class_ids=(small.top, fifth)))
    goes_on = classes.form_group(
        GroupForming(kind=kind, name="乙", class_ids=(small.preschool, fourth, small.classes[2023]))
    )
    before = snapshot(session)
    plan = rollover.plan_rollover(2026)
    assert plan.groups_ended == 1
    done = rollover.apply_rollover(plan)
    assert spans(session, HeadTeacher, "class_id", "until") == [(small.top, DAY), (fifth, None)]
    assert spans(session, Teaching, "until", "ended") == [(DAY, "year_end"), (DAY, "retirement")]
    groups = spans(session, ClassGroup, "id", "until")
    assert groups == [(ends.id, DAY), (goes_on.id, None)]
    assert sorted(spans(session, ClassGroupMember, "class_id", "until"), key=str) == sorted(
        [
            *((small.top, DAY), (fifth, DAY), (small.preschool, DAY)),
            *((fourth, None), (small.classes[2023], None)),
        ],
        key=str,
    )
    rollover.undo_rollover(done.id)
    assert snapshot(session) == before


def test_a_class_that_is_larger_than_the_standard_says_is_shown(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    for _ in range(44):
        office.pupil(small.classes[2021], BEGUN)
    away = office.pupil(small.top, BEGUN)
    office.status(away, PupilState.SUSPENDED, date(2026, 3, 2))
    plan = rollover.plan_rollover(2026)
    large = [one for one in plan.schools[0].classes if one.too_large is not None]
    assert [(one.name_after, one.pupils_after, one.too_large) for one in large] == [("六（1）班", 46, 45)]
    assert plan.problems == ()


def test_junior_pupils_graduate_after_three_years(rollover: RolloverService, office: Office) -> None:
    school = office.school("s9")
    leaves = office.pupil(office.form(school, JUNIOR, 2023), BEGUN)
    stays = office.pupil(office.form(school, JUNIOR, 2024), BEGUN)
    roll(rollover)
    assert statuses(office.session, leaves)[-1][0] == "graduated"
    assert len(statuses(office.session, stays)) == 1


# repeated, stale, undone


def test_applying_again_does_nothing_and_says_so(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    plan = rollover.plan_rollover(2026)
    done = rollover.apply_rollover(plan)
    after, facts = snapshot(office.session), count(office.session, FactRow)
    lines = count(office.session, RolloverLine)
    again = rollover.apply_rollover(plan)
    assert again.already and again == done.model_copy(update={"already": True})
    anew = rollover.plan_rollover(2026)
    assert anew.applied is not None and anew.applied.id == done.id
    assert anew.changes_nothing and not plan.changes_nothing
    assert rollover.apply_rollover(anew).already
    assert snapshot(office.session) == after and count(office.session, FactRow) == facts
    assert count(office.session, RolloverLine) == lines


def test_a_plan_is_stale_when_anything_that_it_shows_has_changed(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    changes: list[Callable[[], Any]] = [
        lambda: office.pupil(small.classes[2023], BEGUN),
        lambda: office.status(small.sixth, PupilState.SUSPENDED, date(2026, 6, 1)),
        lambda: office.form(small.school, PRIMARY, 2026),
        lambda: office.applicant(small.school, PRIMARY, 2026, SUMMER),
        lambda: office.school("s2"),
        lambda: door_of(office.session, BEGUN).registry.classes.appoint_head_teachers(
            [appointing(small.top, office.teacher(small.school, BEGUN))]
        ),
    ]
    for change in changes:
        plan = rollover.plan_rollover(2026)
        change()
        before = snapshot(office.session)
        with pytest.raises(Stale):
            rollover.apply_rollover(plan)
        assert snapshot(office.session) == before
    forged = rollover.plan_rollover(2026).model_copy(
        update={"asked": RolloverAsked(preschool_leaves=(small.school,))}
    )
    with pytest.raises(Stale):
        rollover.apply_rollover(forged)


def test_a_row_that_changes_in_between_undoes_the_whole(
    rollover: RolloverService, office: Office, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The locks keep others out; this is the wall behind them."""
    plan, before = rollover.plan_rollover(2026), snapshot(office.session)
    add = RolloverLineRows.add

    def add_while_somebody_writes(rows: RolloverLineRows, values: dict[str, Any]) -> None:
        add(rows, values)
        leaving = update(Enrolment).where(Enrolment.pupil_id == small.sixth)
        rows.session.execute(leaving.values(until=SUMMER))

    monkeypatch.setattr(RolloverLineRows, "add", add_while_somebody_writes)
    with pytest.raises(Stale):
        rollover.apply_rollover(plan)
    assert snapshot(office.session) == before and count(office.session, Rollover) == 0


def test_undoing_restores_every_row_and_the_year_may_be_rolled_over_anew(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    office.applicant(small.school, PRIMARY, 2026, SUMMER)
    away = office.pupil(small.top, BEGUN)
    office.status(away, PupilState.DROPPED, date(2026, 3, 2))
    before = snapshot(office.session)
    plan = rollover.plan_rollover(2026)
    first = rollover.apply_rollover(plan)
    assert snapshot(office.session) != before
    undone = rollover.undo_rollover(first.id)
    assert snapshot(office.session) == before
    assert undone.undone_by and undone.counts == plan.counts
    with pytest.raises(RolloverUndone) as again:
        rollover.undo_rollover(first.id)
    assert undone.undone_at is not None
    assert again.value.at == f"{undone.undone_at.astimezone(CHINA):%Y-%m-%d %H:%M}"  # as China reads it
    assert rollover.plan_rollover(2026) == plan
    second = rollover.apply_rollover(plan)
    assert not second.already
    assert [(one.id, one.undone_at is None) for one in rollover.rollovers()] == [
        (second.id, True),
        (first.id, False),
    ]
    with pytest.raises(RolloverUnknown):
        rollover.undo_rollover(1)


def test_a_planned_dissolution_of_a_leaving_class_comes_back(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    office.form(small.school, PRIMARY, 2020, 2, dissolved_on=OCTOBER)
    before = snapshot(office.session)
    done = roll(rollover)
    rollover.undo_rollover(done.id)
    assert snapshot(office.session) == before


def test_a_roll_over_is_not_undone_when_something_stands_on_it(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    new = office.applicant(small.school, PRIMARY, 2026, SUMMER)
    done = roll(rollover)
    session, classes = office.session, door_of(office.session, OCTOBER).registry.classes
    first = session.scalars(select(SchoolClass.id).where(SchoolClass.entry_year == 2026)).one()
    teacher = office.teacher(small.school, BEGUN)

    def stands(change: Callable[[], Any], *words: str) -> None:
        nested = session.begin_nested()
        change()
        before = snapshot(session)
        said = " ".join(
            str(error.facts()["what"])
            for error in refused(RolloverStoodUpon, rollover.undo_rollover, done.id)
        )
        assert all(word in said for word in words), said
        assert snapshot(session) == before
        nested.rollback()
        session.expire_all()

    number = "A0"
    stands(lambda: office.status(new, PupilState.SUSPENDED, OCTOBER), number, "学籍状态", str(OCTOBER))
    stands(lambda: office.status(small.child, PupilState.SUSPENDED, OCTOBER), "学籍状态")
    stands(lambda: office.status(small.sixth, PupilState.REGISTERED, OCTOBER), "学籍状态")
    stands(lambda: office.enrol(small.sixth, first, OCTOBER), "在读", "xq_registry_enrolment 1 条")
    stands(lambda: office.transfer(small.child, OCTOBER), "转学")
    stands(
        lambda: classes.appoint_head_teachers([appointing(first, teacher)]), "xq_registry_head_teacher 1 条"
    )
    stands(lambda: teach(office, first, teacher, OCTOBER), "xq_registry_teaching 1 条")
    second = office.form(small.school, PRIMARY, 2026, 2)
    merger = ClassMerger(into_id=second, class_ids=(first,))
    stands(lambda: classes.merge_classes(merger), "班级", "在读", str(OCTOBER))
    stands(
        lambda: session.execute(
            update(Enrolment).where(Enrolment.pupil_id == small.sixth).values(until=SUMMER)
        ),
        "已改为至 2026-07-10 止",
    )
    stands(
        lambda: session.execute(
            update(SchoolClass).where(SchoolClass.id == small.top).values(dissolved_on=None)
        ),
        "已改为继续",
    )
    stands(
        lambda: session.execute(
            Enrolment.__table__.delete().where(  # type: ignore[attr-defined]
                Enrolment.pupil_id == new
            )
        ),
        "已不存在",
    )
    next_year = door_of(session, date(2027, 7, 1)).registry.rollover
    stands(lambda: roll(next_year, 2027), "2027 学年的滚动")
    rollover.undo_rollover(done.id)


def test_what_was_recorded_before_it_does_not_stand_on_it(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    away = office.pupil(small.top, BEGUN)
    office.status(away, PupilState.SUSPENDED, date(2026, 3, 2))
    office.status(away, PupilState.REGISTERED, date(2026, 9, 10))
    before = snapshot(office.session)
    late = door_of(office.session, OCTOBER).registry.rollover
    done = roll(late)
    assert [row[0] for row in enrolments(office.session, away)] == [small.top, small.classes[2021]]
    late.undo_rollover(done.id)
    assert snapshot(office.session) == before


# what stands against it


def problems_of(service: RolloverService, year: int = 2026, **asked: Any) -> list[str]:
    """Return the codes of the problems of a plan, which is then refused with the very same."""
    plan = service.plan_rollover(year, RolloverAsked(**asked))
    with pytest.raises(Exception) as caught:
        service.apply_rollover(plan)
    error: Any = caught.value
    raised = [one.error for one in error.problems] if isinstance(error, Problems) else [error]
    assert [one.code for one in raised] == [one.code for one in plan.problems]
    assert all(one.message and one.remedy for one in plan.problems)
    return [one.code for one in plan.problems]


def test_every_pupil_who_cannot_leave_is_named(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    top, fifth = small.top, small.classes[2021]
    transferring = office.pupil(top, BEGUN)
    office.status(transferring, PupilState.TRANSFERRING, SUMMER)
    applied = office.pupil(top, BEGUN)
    office.transfer(applied, SUMMER)
    office.pupil(top, DAY)
    office.pupil(top, BEGUN, status=None)
    gone = office.pupil(top, BEGUN)
    office.status(gone, PupilState.GRADUATED, SUMMER)
    moves = office.pupil(top, BEGUN, until=OCTOBER)
    office.enrol(moves, fifth, OCTOBER)
    suspends = office.pupil(top, BEGUN)
    office.status(suspends, PupilState.SUSPENDED, OCTOBER)
    ceases = office.pupil(top, BEGUN)
    office.session.execute(update(PupilStatus).where(PupilStatus.pupil_id == ceases).values(until=OCTOBER))
    assert problems_of(rollover) == [
        TransferHoldsUp.code,
        TransferHoldsUp.code,
        JoinedTooLate.code,
        StatusMissing.code,
        StatusContradicts.code,
        RecordedLater.code,
        RecordedLater.code,
        RecordedLater.code,
    ]


def test_who_is_away_and_has_no_next_cohort_is_named(rollover: RolloverService, office: Office) -> None:
    top = office.form(office.school("s1"), PRIMARY, 2020)
    away = office.pupil(top, BEGUN)
    office.status(away, PupilState.SUSPENDED, date(2026, 3, 2))
    assert problems_of(rollover) == [NobodyToFollow.code]
    plan = rollover.plan_rollover(2026)
    assert "休学" in plan.problems[0].message and "六（1）班" in plan.problems[0].message


def test_an_applicant_who_is_in_a_class_is_named(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    new = office.applicant(small.school, PRIMARY, 2026, SUMMER)
    office.enrol(new, office.form(small.school, PRIMARY, 2026), DAY)
    assert problems_of(rollover) == [StillInClass.code]


def test_years_are_rolled_over_in_their_order(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    assert problems_of(rollover, 2027) == [RolloverTooEarly.code, ClassOverdue.code, ClassOverdue.code]
    next_year = door_of(office.session, date(2027, 7, 1)).registry.rollover
    overdue = next_year.plan_rollover(2027).problems
    assert [one.code for one in overdue] == [ClassOverdue.code, ClassOverdue.code]
    assert all("2026" in one.message for one in overdue)
    roll(rollover)
    roll(next_year, 2027)
    assert next_year.rollovers()[0].year == 2027
    assert problems_of(next_year, 2025) == [RolloverOutOfOrder.code]


def test_an_overdue_class_that_nobody_is_in_only_ends(rollover: RolloverService, office: Office) -> None:
    old = office.form(office.school("s1"), PRIMARY, 2018)
    done = roll(rollover)
    assert done.counts == OnwardCounts()
    assert office.session.scalar(select(SchoolClass.dissolved_on).where(SchoolClass.id == old)) == DAY


def test_what_is_asked_for_is_of_a_school_of_the_scope_and_asked_once(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    entry = EntryAsked(school_id=small.school, stage=PRIMARY, expected=1)
    stranger = EntryAsked(school_id=1, stage=PRIMARY, expected=1)
    assert problems_of(rollover, entries=(entry, stranger, entry), preschool_leaves=(2,)) == [
        SchoolUnknown.code,
        SchoolUnknown.code,
        EntryAskedTwice.code,
    ]


def test_what_is_to_belong_to_a_leaving_class_later_is_named(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    teach(office, small.top, office.teacher(small.school, BEGUN), DAY)
    plan = rollover.plan_rollover(2026)
    assert problems_of(rollover) == [RecordedLater.code]
    assert "任课" in plan.problems[0].message and "六（1）班" in plan.problems[0].message


# scopes and figures


def test_districts_counties_and_the_countys_own_schools_do_not_mix(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    session = office.session
    places = {"530921/dasi": "530921/dasi", "530922/qianfeng": "530922/qianfeng"}
    others: dict[str, Small] = {}
    for place in places:
        found(session, place)
        others[place] = Small(Office(session, place))
    outside = Small(Office(session, COUNTY), "n1")
    county = door_of(session, SUMMER, COUNTY).registry.rollover
    plan = county.plan_rollover(2026)
    assert [school.code for school in plan.schools] == ["n1"]
    done = county.apply_rollover(plan)
    assert statuses(session, outside.sixth)[-1][0] == "graduated"
    for one in (small, *others.values()):
        assert len(statuses(session, one.sixth)) == 1
    assert rollover.rollovers() == []
    with pytest.raises(RolloverUnknown):
        rollover.undo_rollover(done.id)
    mine = roll(rollover)
    assert not mine.already
    assert all(len(statuses(session, one.sixth)) == 1 for one in others.values())
    county.undo_rollover(done.id)
    assert len(statuses(session, outside.sixth)) == 1
    assert statuses(session, small.sixth)[-1][0] == "graduated"


def test_the_number_of_statements_does_not_grow_with_the_schools(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    session = office.session

    def rolled() -> tuple[int, int]:
        nested = session.begin_nested()
        plan = rollover.plan_rollover(2026)
        counted = (
            statements(session, lambda: rollover.plan_rollover(2026)),
            applied_and_undone(rollover, plan),
        )
        nested.rollback()
        return counted

    few = rolled()
    for number in range(2, 7):
        one = Small(office, f"s{number}")
        for _ in range(10):
            office.pupil(one.top, BEGUN)
    assert rolled() == few
    assert few[0] <= 12


def applied_and_undone(rollover: RolloverService, plan: RolloverPlan) -> int:
    def act() -> None:
        rollover.undo_rollover(rollover.apply_rollover(plan).id)

    return statements(rollover.context.session, act)


def test_what_happened_is_journalled_by_class_and_way(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    done = roll(rollover)
    rollover.undo_rollover(done.id)
    names = select(FactRow.name, func.count()).group_by(FactRow.name)
    said = {name.removeprefix("registry."): times for name, times in office.session.execute(names)}
    assert {name: said[name] for name in said if name not in ("county_registered", "district_founded")} == {
        "classes_formed": 1,
        "pupils_went_on": 2,
        "pupils_enrolled": 1,
        "classes_dissolved": 1,
        "year_rolled_over": 1,
        "year_rolled_back": 1,
    }


def test_classes_formed_beforehand_are_entered(
    rollover: RolloverService, office: Office, small: Small
) -> None:
    classes = door_of(office.session, SUMMER).registry.classes
    made = classes.form_classes([ClassForming(school_id=small.school, stage=PRIMARY, entry_year=2026)])[0]
    roll(rollover)
    assert enrolments(office.session, small.child)[-1][0] == made.id
    assert count(office.session, SchoolClass) == 8
