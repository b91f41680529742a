"""Pupils' records: from application to exit, with no day without a class and none with two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from tests.registry.roster import (
    DASI,
    FIRST,
    QIANFENG,
    agree,
    class_id,
    county_on,
    door_on,
    make_county_of_two,
    pupil_ids,
    set_up,
)
from tests.registry.test_service import counted
from xuequ import Actor, Holding, Post
from xuequ.core.checks import Ground, run_checks
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems, SpanBackwards
from xuequ.core.journal import FactRow
from xuequ.district import District
from xuequ.registry.checks.pupils import CHECKS
from xuequ.registry.errors.classes import ClassNotBegun, ClassUnknown, GradeBeyondStage
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.pupils import (
    AbsenceTooShort,
    AbsentLater,
    CohortDiffers,
    DecisionMissing,
    ExtensionSpent,
    ExtensionTooShort,
    NotInSchool,
    NotLastGrade,
    NotYetHappened,
    OtherSchool,
    PersonDiffers,
    PersuasionMissing,
    PupilKnown,
    PupilUnknown,
    ResumptionUnfit,
    SameClass,
    StageUnfit,
    StandingBackwards,
    SuspensionTooLong,
)
from xuequ.registry.errors.transfers import TransferForced
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.schemas.pupils import Departure, MoveRow, NewPupil, PupilApplication, Suspension
from xuequ.registry.schemas.set_up import PupilRow, SchoolRow
from xuequ.registry.schemas.transfers import TransferArrival
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.pupils import Entered, Left, MoveKind, PupilState, Reason

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 12), date(2026, 11, 9), date(2026, 12, 7)
A_YEAR = date(2027, 10, 12)
AWAY = Departure(outside="昆明市某小学", guardian_applied=True)
NEW = NewPupil(pupil_no="N1", name="新生", sex=Sex.FEMALE, birth_date=date(2020, 3, 1))
S = PupilState


@pytest.fixture
def door(session: Session) -> District:
    make_county_of_two(session)
    return door_on(session, DECEMBER)


@pytest.fixture
def pupil(door: District) -> int:
    return pupil_ids(door)[0]


def states(door: District, pupil_id: int) -> list[PupilState]:
    return [span.status for span in door.registry.pupils.history(pupil_id).statuses]


def facts(session: Session) -> list[str]:
    return list(session.scalars(select(FactRow.name).order_by(FactRow.id)))


def application(school: str = "s1", entry_year: int = 2026, pupil: NewPupil = NEW) -> PupilApplication:
    return PupilApplication(pupil=pupil, school=school, stage=Stage.PRIMARY, entry_year=entry_year)


# coming in


def test_an_applicant_is_admitted_and_registered_in_a_class_of_the_cohort(door: District) -> None:
    pupils, session = door.registry.pupils, door.context.session
    applied = pupils.apply(application(), date(2026, 6, 1))
    assert (applied.status, applied.school, applied.class_id) == (S.APPLIED, "s1", None)
    admitted = pupils.admit([applied.id], date(2026, 7, 1), authority="县招生〔2026〕3号")
    assert [view.status for view in admitted] == [S.ADMITTED]
    seat = class_id(session, "s1", number=2)
    registered = pupils.register([applied.id], seat, FIRST)[0]
    assert (registered.status, registered.class_id, registered.class_name) == (
        S.REGISTERED,
        seat,
        "一（2）班",
    )
    history = pupils.history(applied.id)
    assert [(span.status, span.since, span.until) for span in history.statuses] == [
        (S.APPLIED, date(2026, 6, 1), date(2026, 7, 1)),
        (S.ADMITTED, date(2026, 7, 1), FIRST),
        (S.REGISTERED, FIRST, None),
    ]
    assert [(span.entered_as, span.since) for span in history.classes] == [(Entered.NEW, FIRST)]
    assert facts(session)[-3:] == [
        "registry.pupil_applied",
        "registry.pupil_admitted",
        "registry.pupils_enrolled",
    ]
    assert agree(session)


def test_who_is_turned_away_is_in_no_class_and_may_apply_again(door: District) -> None:
    pupils = door.registry.pupils
    first = pupils.apply(application(), OCTOBER)
    pupils.turn_away([first.id], NOVEMBER)
    again = pupils.apply(application("s2"), DECEMBER)
    assert again.id == first.id and again.school == "s2"
    assert states(door, first.id) == [S.APPLIED, S.NOT_ADMITTED, S.APPLIED]
    with pytest.raises(PupilKnown):
        pupils.apply(application(), DECEMBER)


def test_a_class_of_another_school_or_cohort_is_not_what_was_applied_for(door: District) -> None:
    pupils, session = door.registry.pupils, door.context.session
    pupil_id = pupils.apply(application(), OCTOBER).id
    with pytest.raises(Problems) as caught:
        pupils.register([pupil_id], class_id(session, "s1"), NOVEMBER)
    assert isinstance(caught.value.problems[0].error, IllegalTransition)
    pupils.admit([pupil_id], OCTOBER)
    for seat, error in (
        (class_id(session, "s2"), CohortDiffers),
        (class_id(session, "s1", 2021), CohortDiffers),
        (class_id(session, "s1", 2027), ClassNotBegun),
    ):
        with pytest.raises(Problems) as caught:
            pupils.register([pupil_id], seat, NOVEMBER)
        assert error in {type(problem.error) for problem in caught.value.problems}
    with pytest.raises(ClassUnknown):
        pupils.register([pupil_id], 1, NOVEMBER)
    assert agree(session)


def test_one_number_is_one_person(door: District, pupil: int) -> None:
    pupils = door.registry.pupils
    number = pupils.history(pupil).pupil_no
    taken = NEW.model_copy(update={"pupil_no": number})
    with pytest.raises(PupilKnown):
        pupils.apply(application(pupil=taken), OCTOBER)
    pupils.leave_county(pupil, AWAY, OCTOBER)
    with pytest.raises(PersonDiffers):
        pupils.apply(application(pupil=taken), NOVEMBER)
    with pytest.raises(SchoolUnknown):
        pupils.apply(application("s9"))


def test_a_former_pupil_applies_in_another_district_and_keeps_the_number(session: Session) -> None:
    door = make_county_of_two(session)
    pupil = pupil_ids(door)[0]
    door.registry.pupils.leave_county(pupil, AWAY, OCTOBER)
    known = door.registry.pupils.history(pupil)
    same = NewPupil(pupil_no=known.pupil_no, name="生1", sex=Sex.MALE)
    other = door_on(session, DECEMBER, DASI)
    assert other.registry.pupils.apply(application(pupil=same), NOVEMBER).id == pupil
    assert other.registry.pupils.history(pupil).statuses[0].status is S.REGISTERED
    assert states(door, pupil) == [S.REGISTERED, S.TRANSFERRED]
    with pytest.raises(PupilUnknown):
        door.registry.pupils.pupil_as_of(pupil, NOVEMBER)


def test_every_problem_of_several_pupils_names_its_pupil(door: District) -> None:
    pupils = door.registry.pupils
    assert pupils.admit([]) == [] == pupils.register([], class_id(door.context.session, "s1"))
    with pytest.raises(Problems) as caught:
        pupils.admit(pupil_ids(door), OCTOBER)
    found = [(str(problem.place), type(problem.error)) for problem in caught.value.problems]
    assert found == [
        ("“学号”栏（qianfeng-s1-P1）", IllegalTransition),
        ("“学号”栏（qianfeng-s1-P2）", IllegalTransition),
    ]


# within the school


def test_a_change_of_class_leaves_no_day_without_a_class(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    view = pupils.change_class(pupil, class_id(session, "s1", number=2), OCTOBER)
    assert view.class_name == "一（2）班"
    first, second = pupils.history(pupil).classes
    assert (first.until, first.left_as) == (OCTOBER, Left.CLASS_CHANGE)
    assert (second.since, second.entered_as) == (OCTOBER, Entered.CLASS_CHANGE)
    assert agree(session)


def test_a_class_corrected_on_the_day_of_entry_keeps_how_the_pupil_came(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    pupils.change_class(pupil, class_id(session, "s1", number=2), FIRST)
    spans = pupils.history(pupil).classes
    assert [(span.number, span.entered_as) for span in spans] == [(2, Entered.SET_UP)]
    assert agree(session)


def test_a_change_of_class_stays_in_school_and_cohort(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    refused: list[tuple[type[Exception], dict[str, Any], date]] = [
        (SameClass, {"school": "s1"}, OCTOBER),
        (OtherSchool, {"school": "s2"}, OCTOBER),
        (CohortDiffers, {"school": "s1", "entry_year": 2021}, OCTOBER),
        (StandingBackwards, {"school": "s1", "number": 2}, date(2026, 8, 31)),
    ]
    for error, at, on in refused:
        with pytest.raises((error, Problems)) as caught:
            pupils.change_class(pupil, class_id(session, **at), on)
        if isinstance(caught.value, Problems):
            assert error in {type(problem.error) for problem in caught.value.problems}
    applicant = pupils.apply(application(), OCTOBER).id
    with pytest.raises(NotInSchool):
        pupils.change_class(applicant, class_id(session, "s1"), OCTOBER)


def test_a_suspended_pupil_keeps_record_and_class(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    view = pupils.suspend(pupil, Suspension(planned_until=A_YEAR, authority="县医院诊断"), OCTOBER)
    assert (view.status, view.planned_until, view.class_name) == (S.SUSPENDED, A_YEAR, "一（1）班")
    seen = pupils.pupil_as_of(pupil, NOVEMBER)
    assert (seen.status, seen.school, seen.class_name) == (S.SUSPENDED, "s1", "一（1）班")
    roll = pupils.school_roll("s1", NOVEMBER)
    assert (roll.pupils, roll.in_school) == (2, 1)
    assert agree(session)


def test_a_suspension_lasts_a_year_and_is_extended_once(door: District, pupil: int) -> None:
    pupils = door.registry.pupils
    with pytest.raises(SuspensionTooLong):
        pupils.suspend(pupil, Suspension(planned_until=A_YEAR + timedelta(days=1)), OCTOBER)
    pupils.suspend(pupil, Suspension(planned_until=A_YEAR), OCTOBER)
    later = date(2028, 10, 12)
    with pytest.raises(ExtensionTooShort):
        pupils.extend_suspension(pupil, A_YEAR)
    with pytest.raises(SuspensionTooLong):
        pupils.extend_suspension(pupil, later + timedelta(days=1))
    assert pupils.extend_suspension(pupil, later).planned_until == later
    with pytest.raises(ExtensionSpent):
        pupils.extend_suspension(pupil, later)
    assert states(door, pupil) == [S.REGISTERED, S.SUSPENDED]


def test_who_is_not_suspended_has_nothing_to_extend_or_resume(door: District, pupil: int) -> None:
    acts: list[Callable[[], object]] = [
        lambda: door.registry.pupils.extend_suspension(pupil, A_YEAR),
        lambda: door.registry.pupils.resume(pupil),
    ]
    for act in acts:
        with pytest.raises(IllegalTransition):
            act()


def test_a_pupil_comes_back_into_the_own_class(door: District, pupil: int) -> None:
    pupils = door.registry.pupils
    pupils.suspend(pupil, Suspension(planned_until=A_YEAR), OCTOBER)
    assert pupils.resume(pupil, NOVEMBER).status is S.REGISTERED
    assert states(door, pupil) == [S.REGISTERED, S.SUSPENDED, S.REGISTERED]
    assert len(pupils.history(pupil).classes) == 1


def test_a_lower_class_needs_a_recorded_decision(session: Session) -> None:
    pupil = pupil_ids(make_county_of_two(session))[0]
    pupils = door_on(session, A_YEAR).registry.pupils
    pupils.suspend(pupil, Suspension(planned_until=A_YEAR), OCTOBER)
    lower = class_id(session, "s1", 2027)
    with pytest.raises(DecisionMissing):
        pupils.resume(pupil, A_YEAR, class_id=lower)
    for unfit in (
        class_id(session, "s1", 2021),
        class_id(session, "s1", 2028),
        class_id(session, "s2", 2026),
        class_id(session, "s1", 2026, stage=Stage.PRESCHOOL),
    ):
        with pytest.raises(ResumptionUnfit):
            pupils.resume(pupil, A_YEAR, class_id=unfit, decision="校务会")
    assert pupils.resume(pupil, A_YEAR, class_id=lower, decision="2027年9月校务会纪要").class_id == lower
    before, after = pupils.history(pupil).classes
    assert (before.left_as, after.entered_as, after.entry_year) == (Left.HELD_OVER, Entered.HELD_OVER, 2027)
    assert pupils.history(pupil).statuses[-1].authority == "2027年9月校务会纪要"
    assert agree(session)


def test_another_class_of_the_same_grade_is_a_change_of_class(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    pupils.suspend(pupil, Suspension(planned_until=A_YEAR), OCTOBER)
    pupils.resume(pupil, NOVEMBER, class_id=class_id(session, "s1", number=2))
    assert pupils.history(pupil).classes[-1].entered_as is Entered.CLASS_CHANGE


def test_nobody_comes_back_into_a_class_that_has_left(session: Session) -> None:
    door = make_county_of_two(session)
    row = PupilRow(
        pupil_no="P6",
        name="六",
        sex=Sex.FEMALE,
        school="s1",
        stage=Stage.PRIMARY,
        entry_year=2021,
        number=1,
        since=FIRST,
    )
    school = SchoolRow(code="s1", name="s1完小", kind=SchoolKind.COMPLETE)
    set_up(door, schools=[school], pupils=[row])
    pupil = pupil_ids(door)[0]
    pupils = door_on(session, A_YEAR).registry.pupils
    pupils.suspend(pupil, Suspension(planned_until=A_YEAR), OCTOBER)
    with pytest.raises(GradeBeyondStage):
        pupils.resume(pupil, A_YEAR)


# dropping out


def test_a_dropout_is_confirmed_after_four_weeks_and_failed_persuasion(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    with pytest.raises(AbsentLater):
        pupils.suspect_dropout(pupil, NOVEMBER, OCTOBER)
    pupils.suspect_dropout(pupil, OCTOBER, OCTOBER + timedelta(days=3))
    with pytest.raises(Problems) as caught:
        pupils.confirm_dropout(pupil, " ", NOVEMBER - timedelta(days=1))
    assert {type(p.error) for p in caught.value.problems} == {AbsenceTooShort, PersuasionMissing}
    view = pupils.confirm_dropout(pupil, "10月20日班主任家访，未果", NOVEMBER)
    assert (view.status, view.class_name) == (S.DROPPED, "一（1）班")
    assert facts(session)[-2:] == ["registry.dropout_suspected", "registry.dropout_confirmed"]
    roll = pupils.school_roll("s1", NOVEMBER)
    assert (roll.pupils, roll.in_school, roll.statuses[S.DROPPED]) == (2, 1, 1)
    assert pupils.bring_back(pupil, DECEMBER).status is S.REGISTERED
    assert agree(session)


def test_what_befalls_is_not_recorded_before_it_happens(door: District, pupil: int) -> None:
    pupils, tomorrow = door.registry.pupils, DECEMBER + timedelta(days=1)
    acts: list[Callable[[], object]] = [
        lambda: pupils.suspect_dropout(pupil, DECEMBER, tomorrow),
        lambda: pupils.record_death(pupil, tomorrow),
    ]
    for act in acts:
        with pytest.raises(NotYetHappened):
            act()


# leaving


@pytest.mark.parametrize(
    ("leave", "more", "state", "left"),
    [
        ("leave_abroad", (), S.ABROAD, Left.ABROAD),
        ("record_death", (), S.DECEASED, Left.DECEASED),
        ("leave_county", (AWAY,), S.TRANSFERRED, Left.TRANSFER_OUT),
    ],
)
def test_who_leaves_is_in_no_class_from_that_day(
    door: District, pupil: int, leave: str, more: tuple[Any, ...], state: PupilState, left: Left
) -> None:
    pupils = door.registry.pupils
    view = getattr(pupils, leave)(pupil, *more, OCTOBER)
    assert (view.status, view.class_id) == (state, None)
    last_day = pupils.pupil_as_of(pupil, OCTOBER - timedelta(days=1))
    assert (last_day.status, last_day.class_name) == (S.REGISTERED, "一（1）班")
    gone = pupils.pupil_as_of(pupil, OCTOBER)
    assert (gone.status, gone.class_name, gone.grade) == (state, None, None)
    assert pupils.history(pupil).classes[-1].left_as is left
    assert agree(door.context.session)


def test_nobody_leaves_the_county_unless_a_guardian_asked(door: District, pupil: int) -> None:
    forced = Departure(outside="昆明", guardian_applied=False)
    with pytest.raises(TransferForced):
        door.registry.pupils.leave_county(pupil, forced)
    door.registry.pupils.leave_county(pupil, AWAY)
    view = door.registry.transfers.transfers_of(pupil)[0]
    assert (view.outside, view.effective_on, view.from_school) == ("昆明市某小学", DECEMBER, "s1")


def test_who_entered_today_cannot_have_left_today(door: District, pupil: int) -> None:
    with pytest.raises(StandingBackwards):
        door.registry.pupils.leave_county(pupil, AWAY, FIRST)


def test_only_the_last_grade_graduates_and_only_preschool_is_left(door: District, pupil: int) -> None:
    pupils = door.registry.pupils
    for act, error in ((pupils.graduate, NotLastGrade), (pupils.leave_preschool, StageUnfit)):
        with pytest.raises(Problems) as caught:
            act([pupil])
        assert [type(p.error) for p in caught.value.problems] == [error]
    assert states(door, pupil) == [S.REGISTERED]
    later = door_on(door.context.session, date(2032, 7, 10))
    both = pupil_ids(door)
    assert [v.status for v in later.registry.pupils.graduate(both)] == [S.GRADUATED] * 2
    assert later.registry.pupils.school_roll("s1").pupils == 0
    assert agree(door.context.session)


def test_steps_that_the_table_does_not_have_are_refused_and_leave_nothing(door: District, pupil: int) -> None:
    pupils = door.registry.pupils
    pupils.record_death(pupil, OCTOBER)
    before = facts(door.context.session)
    acts: list[Callable[[], object]] = [
        lambda: pupils.suspend(pupil, Suspension(planned_until=A_YEAR)),
        lambda: pupils.resume(pupil),
        lambda: pupils.suspect_dropout(pupil, NOVEMBER),
        lambda: pupils.confirm_dropout(pupil, "家访"),
        lambda: pupils.bring_back(pupil),
        lambda: pupils.leave_abroad(pupil),
        lambda: pupils.leave_county(pupil, AWAY),
        lambda: pupils.record_death(pupil),
    ]
    for act in acts:
        with pytest.raises(IllegalTransition):
            act()
    assert facts(door.context.session) == before
    assert states(door, pupil) == [S.REGISTERED, S.DECEASED]


# a list of many


def moves(door: District, *rows: MoveRow, school: str = "s1") -> Any:
    return door.registry.pupils.record_moves(school, rows)


def test_a_list_takes_the_steps_in_its_order(door: District) -> None:
    one, two = ("qianfeng-s1-P1", "qianfeng-s1-P2")
    views = moves(
        door,
        MoveRow(pupil_no=one, kind=MoveKind.SUSPEND, on=OCTOBER, planned_until=A_YEAR, reason=Reason.INJURY),
        MoveRow(pupil_no=two, kind=MoveKind.CHANGE_CLASS, on=OCTOBER, number=2),
        MoveRow(pupil_no=one, kind=MoveKind.RESUME, on=NOVEMBER, number=2),
        MoveRow(pupil_no=two, kind=MoveKind.SUSPECT, on=OCTOBER, absent_since=OCTOBER),
        MoveRow(pupil_no=two, kind=MoveKind.DROP, on=NOVEMBER, remark="家访未果"),
        MoveRow(pupil_no=two, kind=MoveKind.RETURN, on=DECEMBER),
        MoveRow(
            pupil_no=one,
            kind=MoveKind.LEAVE_COUNTY,
            on=DECEMBER,
            outside="昆明",
            guardian_applied=True,
        ),
    )
    assert [(view.status, view.class_name) for view in views] == [
        (S.TRANSFERRED, None),
        (S.REGISTERED, "一（2）班"),
    ]
    pupil_id = views[0].id
    spans = door.registry.pupils.history(pupil_id)
    assert [s.reason for s in spans.statuses][1:3] == [Reason.INJURY, Reason.RETURN]
    assert [(s.number, s.since, s.until) for s in spans.classes] == [
        (1, FIRST, NOVEMBER),
        (2, NOVEMBER, DECEMBER),
    ]
    assert agree(door.context.session)


def test_a_list_says_everything_that_is_wrong_with_its_row_and_writes_nothing(door: District) -> None:
    one, two = ("qianfeng-s1-P1", "qianfeng-s1-P2")
    add = NEW.model_copy(update={"pupil_no": "qianfeng-s1-P3"})
    seat = class_id(door.context.session, "s1")
    arrival = TransferArrival(pupil=add, outside="昆明", class_id=seat, guardian_applied=True)
    door.registry.transfers.take_in(arrival, FIRST)
    before = facts(door.context.session)
    with pytest.raises(Problems) as caught:
        moves(
            door,
            MoveRow(pupil_no=one, kind=MoveKind.SUSPEND, on=OCTOBER, planned_until=NOVEMBER),
            MoveRow(pupil_no=two, kind=MoveKind.SUSPEND, on=OCTOBER),
            MoveRow(pupil_no="nobody", kind=MoveKind.RETURN, on=OCTOBER),
            MoveRow(pupil_no="qianfeng-s2-P1", kind=MoveKind.DEATH, on=OCTOBER),
            MoveRow(pupil_no=one, kind=MoveKind.CHANGE_CLASS, on=OCTOBER, number=7),
            MoveRow(pupil_no=one, kind=MoveKind.RESUME, on=NOVEMBER),
            MoveRow(pupil_no="dasi-s1-P1", kind=MoveKind.DEATH, on=OCTOBER),
            MoveRow(pupil_no="qianfeng-s1-P3", kind=MoveKind.RESUME, on=OCTOBER, number=7),
        )
    found = [
        (problem.place.row, problem.error.code)
        for problem in caught.value.problems
        if problem.place is not None
    ]
    assert found == [
        (2, "registry.move_incomplete"),
        (3, "registry.pupil_unknown"),
        (4, "registry.not_of_school"),
        (5, "registry.class_unknown"),
        (7, "registry.pupil_unknown"),
        (8, "registry.class_unknown"),
    ]
    assert facts(door.context.session) == before
    assert states(door, pupil_ids(door)[0]) == [S.REGISTERED]


@pytest.mark.parametrize("kind", list(MoveKind))
def test_a_list_knows_every_kind_of_move(session: Session, kind: MoveKind) -> None:
    door = make_county_of_two(session)
    now = door_on(session, date(2032, 7, 10))
    pupils, pupil = now.registry.pupils, pupil_ids(door)[0]
    row = MoveRow(
        pupil_no="qianfeng-s1-P1",
        kind=kind,
        on=date(2032, 3, 1),
        number=2 if kind is MoveKind.CHANGE_CLASS else None,
        planned_until=date(2032, 9, 1),
        absent_since=date(2032, 2, 20),
        outside="昆明",
        guardian_applied=True,
        remark="依据",
    )
    if kind is MoveKind.RESUME:
        pupils.suspend(pupil, Suspension(planned_until=date(2032, 9, 1)), date(2032, 1, 5))
    elif kind in (MoveKind.DROP, MoveKind.RETURN):
        pupils.suspect_dropout(pupil, date(2032, 1, 5), date(2032, 1, 8))
    if kind is MoveKind.LEAVE_PRESCHOOL:
        with pytest.raises(Problems) as caught:
            moves(now, row)
        assert isinstance(caught.value.problems[0].error, StageUnfit)
        return
    view = moves(now, row)[0]
    assert view.status is (kind.step.to if kind.step else S.REGISTERED)
    assert agree(session)


def test_a_list_takes_as_many_statements_for_many_rows_as_for_few(session: Session) -> None:
    make_county_of_two(session, pupils=300)
    door = door_on(session, DECEMBER)
    moves(door, MoveRow(pupil_no="qianfeng-s2-P1", kind=MoveKind.DEATH, on=OCTOBER), school="s2")
    sent: list[int] = []
    for numbers in (range(1, 3), range(3, 301)):
        rows = [
            MoveRow(
                pupil_no=f"qianfeng-s1-P{n}",
                kind=MoveKind.SUSPEND if n % 2 else MoveKind.CHANGE_CLASS,
                on=OCTOBER,
                number=None if n % 2 else 2,
                planned_until=A_YEAR,
            )
            for n in numbers
        ]
        with counted(session) as statements:
            moves(door, *rows)
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 16
    assert door.registry.pupils.school_roll("s1").statuses == {S.REGISTERED: 150, S.SUSPENDED: 150}
    assert agree(session)


# views


def test_a_roll_counts_class_sex_status_and_is_the_sum_of_its_classes(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    pupils.change_class(pupil, class_id(session, "s1", number=2), OCTOBER)
    roll = pupils.school_roll("s1", OCTOBER)
    assert roll.sexes == {Sex.MALE: 2} and roll.statuses == {S.REGISTERED: 2}
    assert [(c.class_name, c.grade, c.pupils) for c in roll.classes] == [
        ("一（1）班", 1, 1),
        ("一（2）班", 1, 1),
    ]
    assert pupils.school_roll("s1", FIRST).classes[0].pupils == 2
    assert pupils.school_roll("s1", date(2026, 8, 31)).pupils == 0
    assert [r.pupils for r in pupils.rolls(OCTOBER)] == [2, 2]
    county = county_on(session, DECEMBER)
    assert sum(r.pupils for r in county.registry.pupils.rolls()) == 6
    with pytest.raises(DistrictNeeded):
        county.registry.pupils.school_roll("s1")
    with pytest.raises(SchoolUnknown):
        pupils.school_roll("s9")


def test_rolls_of_all_schools_take_three_statements(session: Session) -> None:
    make_county_of_two(session)
    pupils = county_on(session, DECEMBER).registry.pupils
    pupils.rolls()
    with counted(session) as statements:
        assert len(pupils.rolls()) == 3
    assert len(statements) == 3


def test_a_class_list_is_of_a_day(door: District, pupil: int) -> None:
    pupils, session = door.registry.pupils, door.context.session
    own = class_id(session, "s1")
    pupils.suspend(pupil, Suspension(planned_until=A_YEAR), OCTOBER)
    pupils.leave_abroad(pupil, NOVEMBER)
    listed = [[(m.pupil_no, m.status) for m in pupils.class_list(own, on)] for on in (OCTOBER, NOVEMBER)]
    assert listed == [
        [("qianfeng-s1-P1", S.SUSPENDED), ("qianfeng-s1-P2", S.REGISTERED)],
        [("qianfeng-s1-P2", S.REGISTERED)],
    ]
    with pytest.raises(ClassUnknown):
        pupils.class_list(class_id(session, "s1", place=DASI))


def test_gains_and_losses_explain_the_difference_and_moves_within_do_not_count(
    door: District, pupil: int
) -> None:
    pupils, session = door.registry.pupils, door.context.session
    pupils.change_class(pupil, class_id(session, "s1", number=2), OCTOBER)
    new = pupils.apply(application(), OCTOBER).id
    pupils.admit([new], OCTOBER)
    pupils.register([new], class_id(session, "s1"), OCTOBER)
    pupils.leave_abroad(pupil, NOVEMBER)
    changes = pupils.roll_changes("s1", FIRST, DECEMBER)
    assert (changes.before, changes.after) == (2, 2)
    assert [(g.entered_as, g.pupils) for g in changes.gains] == [(Entered.NEW, 1)]
    assert [(loss.left_as, loss.pupils) for loss in changes.losses] == [(Left.ABROAD, 1)]
    with pytest.raises(SpanBackwards):
        pupils.roll_changes("s1", DECEMBER, FIRST)


def test_a_pupil_who_never_was_is_unknown(door: District) -> None:
    pupils = door.registry.pupils
    acts: list[Callable[[], object]] = [
        lambda: pupils.pupil_as_of(1),
        lambda: pupils.history(1),
        lambda: pupils.resume(1),
        lambda: pupils.pupil_as_of(pupil_ids(door_on(door.context.session, FIRST, DASI))[0]),
    ]
    for act in acts:
        with pytest.raises(PupilUnknown):
            act()


def test_before_a_pupil_came_the_registry_knows_only_who_it_is(door: District, pupil: int) -> None:
    seen = door.registry.pupils.pupil_as_of(pupil, date(2026, 8, 31))
    assert (seen.name, seen.status, seen.school, seen.class_name) == ("生1", None, None, None)


def test_a_school_head_acts_at_the_own_school_only(door: District, pupil: int) -> None:
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{QIANFENG}/s2"),))
    session = door.context.session
    other = door_on(session, DECEMBER, actor=head).registry.pupils
    acts: list[Callable[[], object]] = [
        lambda: other.suspend(pupil, Suspension(planned_until=A_YEAR)),
        lambda: other.admit([pupil]),
        lambda: other.pupil_as_of(pupil),
        lambda: other.history(pupil),
        lambda: other.class_list(class_id(session, "s1")),
        lambda: other.school_roll("s1"),
        lambda: other.rolls(),
        lambda: other.record_moves("s1", []),
    ]
    for act in acts:
        with pytest.raises(ActionNotPermitted):
            act()
    assert other.record_moves("s2", []) == []
    assert other.school_roll("s2").pupils == 2


# set-up and the roll agree


def test_a_workbook_that_moves_a_pupil_moves_the_record_too(session: Session) -> None:
    door = make_county_of_two(session)
    pupil = pupil_ids(door)[0]
    row: dict[str, Any] = {
        "pupil_no": "qianfeng-s1-P1",
        "name": "生1",
        "sex": Sex.MALE,
        "stage": Stage.PRIMARY,
    }
    schools = [SchoolRow(code=f"s{n}", name=f"s{n}完小", kind=SchoolKind.COMPLETE) for n in (1, 2)]

    def file(school: str, since: date) -> None:
        moved = PupilRow(**row, school=school, entry_year=2026, number=1, since=since)
        set_up(door, schools=schools, pupils=[moved])

    file("s2", OCTOBER)
    assert agree(session)
    file("s1", OCTOBER)
    assert agree(session)
    file("s1", OCTOBER + timedelta(days=9))
    assert agree(session)
    pupils = door_on(session, DECEMBER).registry.pupils
    pupils.suspend(pupil, Suspension(planned_until=A_YEAR), NOVEMBER)
    pupils.resume(pupil, DECEMBER)
    for school, since in (("s2", OCTOBER + timedelta(days=9)), ("s2", NOVEMBER)):
        with pytest.raises(Problems) as caught:
            file(school, since)
        assert StandingBackwards in {type(problem.error) for problem in caught.value.problems}
    assert agree(session)


def test_a_pupil_on_the_roll_without_a_class_is_found_by_the_data_checks(door: District, pupil: int) -> None:
    session, context = door.context.session, door.context

    def found() -> list[str]:
        ground = Ground(session, context.scope, context.place)
        return [finding.what for result in run_checks(CHECKS, ground) for finding in result.findings or ()]

    assert found() == []
    session.execute(update(Enrolment).where(Enrolment.pupil_id == pupil).values(until=OCTOBER))
    assert found() == ["学生 qianfeng-s1-P1 在 2026-10-12 的学籍状态与在读班级不符"]
    moved = update(Enrolment).where(Enrolment.pupil_id == pupil)
    session.execute(moved.values(until=None, class_id=class_id(session, "s2")))
    assert found() == ["学生 qianfeng-s1-P1 在 2026-09-01 的学籍状态与在读班级不符"]
