"""Staff through the service: coming and going, the school of work, and corrections."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.registry.staffing import (
    DEC,
    ELSEWHERE,
    JUL,
    NOV,
    OCT,
    PLACE,
    SEP,
    assignment,
    certify,
    class_of,
    counted,
    county,
    door,
    ending,
    placing,
    school,
    staff,
    taking_on,
    transfer,
)
from xuequ.core.errors import Problems, UnknownCode
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.registry.errors.people import BornAfter
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import (
    EmployedAlready,
    EmployedThere,
    EmployerNeeded,
    EmploymentUnknown,
    NotAway,
    NotEmployed,
    NothingToCorrect,
    PlacedAlready,
    PlacedThatDay,
    PlacementInTheWay,
    PlacementKindUnfit,
    PlacementUnknown,
    ReturnRefused,
    ShiftedOver,
    StaffKnown,
    StaffNamedTwice,
    StaffUnknown,
    TeachingLeft,
)
from xuequ.registry.schemas.staff import (
    EmploymentCorrection,
    EmploymentTransfer,
    Held,
    PlacementCorrection,
    Rehiring,
)
from xuequ.registry.states.staff import Entry, Exit, PlacementKind, StandingKind, Title
from xuequ.testing import make_district


@pytest.fixture
def made(session: Session) -> Session:
    make_district(session, PLACE, schools=3, staff=2)
    return session


def codes(caught: Any) -> list[str]:
    error = caught.value
    return sorted(p.error.code for p in error.problems) if isinstance(error, Problems) else [error.code]


def said(session: Session, name: str) -> list[Any]:
    query = select(FactRow.payload).where(FactRow.name == f"registry.{name}").order_by(FactRow.id)
    return [json.loads(payload) for payload in session.scalars(query)]


def school_on(session: Session, who: int, on: date) -> str | None:
    place = door(session).registry.staff.works_at(who, on)
    return place.school if place else None


# coming


def test_somebody_new_works_at_the_employing_school_and_holds_what_is_said(made: Session) -> None:
    held = (Held(kind=StandingKind.TITLE, code="二级"), Held(kind=StandingKind.CATEGORY, code="专任教师"))
    view = door(made).registry.staff.take_on(taking_on(made, authority="县人社〔2026〕8号", holds=held))
    assert (view.staff_no, view.name, view.employer, view.school) == ("N1", "新𠮷老师", "s1", "s1")
    assert (view.title, view.kind, view.entry) == (Title.SECOND, PlacementKind.OWN, Entry.RECRUITED)
    before = door(made).registry.staff.staff_as_of(view.id, OCT - timedelta(1))
    assert (before.employer, before.school, before.title) == (None, None, None)
    history = door(made).registry.staff.history(view.id)
    assert history.employments[0].authority == "县人社〔2026〕8号"
    assert [fact["staff_id"] for fact in said(made, "staff_taken_on")] == [str(view.id)]
    assert "新𠮷老师" not in " ".join(made.scalars(select(FactRow.payload)))


def test_somebody_may_be_taken_on_to_work_elsewhere_from_the_first_day(made: Session) -> None:
    view = door(made).registry.staff.take_on(taking_on(made, works_at=school(made, "s2")))
    assert (view.employer, view.school, view.kind) == ("s1", "s2", PlacementKind.ASSIGNED)


def test_the_bureau_employs_its_own_people_at_the_countys_door(made: Session) -> None:
    with pytest.raises(EmployerNeeded):
        door(made).registry.staff.take_on(taking_on(made, school_id=None))
    view = county(made).registry.staff.take_on(taking_on(made, school_id=None))
    assert (view.employer, view.school, view.employed_since) == (None, None, OCT)
    lent = placing(made, view.id, "s1", NOV, kind=PlacementKind.BORROWED)
    assert county(made).registry.staff.place_staff(lent).school == "s1"
    assert county(made).registry.staff.come_back(view.id, DEC).school is None
    with pytest.raises(StaffUnknown):
        door(made).registry.staff.history(view.id)


def test_a_new_person_is_refused_for_number_school_birthday_and_code(made: Session) -> None:
    service = door(made).registry.staff
    for error, more in (
        (StaffKnown, {"staff_no": "qianfeng-s1-T1"}),
        (SchoolUnknown, {"school_id": 1}),
        (BornAfter, {"birth_date": OCT}),
        (UnknownCode, {"holds": (Held(kind=StandingKind.TITLE, code="本科"),)}),
    ):
        with pytest.raises(error):
            service.take_on(taking_on(made, **more))
    with pytest.raises(StaffUnknown):
        service.staff_as_of("N1")


# transfers


def test_a_transfer_leaves_no_day_without_an_employer_and_a_school(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    view = service.transfer_employment(transfer(made, who, "s2", NOV, authority="调令1号"))
    assert (view.employer, view.school, view.kind) == ("s2", "s2", PlacementKind.OWN)
    old, new_ = service.history(who).employments
    assert (old.until, old.exit, old.exit_authority) == (NOV, Exit.TRANSFERRED_OUT, "调令1号")
    assert (new_.since, new_.until, new_.entry) == (NOV, None, Entry.TRANSFERRED_IN)
    assert school_on(made, who, NOV - timedelta(1)) == "s1"
    (fact,) = said(made, "employment_transferred")
    assert (fact["from_school_id"], fact["since"]) == (str(school(made, "s1")), str(NOV))


def test_who_stays_goes_on_working_where_they_work(made: Session) -> None:
    service, one, two = door(made).registry.staff, staff(made), staff(made, number=2)
    view = service.transfer_employment(transfer(made, one, "s2", NOV, stays=True))
    assert (view.employer, view.school, view.kind) == ("s2", "s1", PlacementKind.ASSIGNED)
    service.place_staff(placing(made, two, "s3", OCT))
    view = service.transfer_employment(transfer(made, two, "s2", NOV, stays=True))
    assert (view.school, view.kind, view.placed_since) == ("s3", PlacementKind.ROTATION, OCT)
    view = service.transfer_employment(transfer(made, two, "s3", DEC, stays=True))
    assert (view.school, view.kind, view.placed_since) == ("s3", PlacementKind.OWN, DEC)


def test_a_transfer_is_refused_twice_on_the_first_day_and_over_what_is_planned(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    for error, to, since in (
        (EmployedThere, "s1", NOV),
        (EmployedAlready, "s2", SEP),
        (NotEmployed, "s2", SEP - timedelta(1)),
    ):
        with pytest.raises(error):
            service.transfer_employment(transfer(made, who, to, since))
    service.place_staff(placing(made, who, "s3", DEC))
    with pytest.raises(PlacementInTheWay):
        service.transfer_employment(transfer(made, who, "s2", NOV))


def test_a_transfer_between_districts_needs_the_county_and_takes_the_person_along(made: Session) -> None:
    make_district(made, ELSEWHERE, schools=1)
    who, to = staff(made), school(made, "s1", ELSEWHERE)
    command = EmploymentTransfer(staff_id=who, school_id=to, since=NOV)
    with pytest.raises(SchoolUnknown):
        door(made).registry.staff.transfer_employment(command)
    county(made).registry.staff.transfer_employment(command)
    assert door(made, ELSEWHERE).registry.staff.staff_as_of(who, NOV).employer_id == to
    with pytest.raises(StaffUnknown):
        door(made).registry.staff.staff_as_of(who, NOV)
    assert door(made).registry.staff.staff_as_of(who, OCT).employer == "s1"
    assert run_data_checks(made, "530921", only="registry.districts_agree")[0].findings == ()


# going


def test_the_end_of_an_employment_ends_the_work_and_leaves_the_title(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    service.place_staff(placing(made, who, "s2", OCT, until=DEC))
    service.end_employment(ending(who, NOV, authority="退休批文"))
    gone = service.staff_as_of(who, NOV)
    assert (gone.employer, gone.school, gone.title) == (None, None, Title.FIRST)
    history = service.history(who)
    assert [(one.since, one.until) for one in history.placements] == [(SEP, OCT), (OCT, NOV)]
    assert (history.employments[0].exit, history.employments[0].exit_authority) == (Exit.RETIRED, "退休批文")
    with pytest.raises(NotEmployed):
        service.end_employment(ending(who, NOV))


def test_who_retired_is_rehired_and_who_died_never(made: Session) -> None:
    service, one, two = door(made).registry.staff, staff(made), staff(made, number=2)
    back: dict[str, Any] = {"school_id": school(made, "s2"), "since": DEC}
    with pytest.raises(EmployedAlready):
        service.rehire(Rehiring(staff_id=one, **back))
    service.end_employment(ending(one, NOV))
    with pytest.raises(ReturnRefused):
        service.rehire(Rehiring(staff_id=one, entry=Entry.RECRUITED, **back))
    view = service.rehire(Rehiring(staff_id=one, **back))
    assert (view.employer, view.school, view.entry) == ("s2", "s2", Entry.REHIRED)
    assert service.works_at(one, NOV) is None
    with pytest.raises(EmployedAlready):
        service.rehire(Rehiring(staff_id=one, **back))
    service.end_employment(ending(two, NOV, Exit.DIED))
    with pytest.raises(ReturnRefused):
        service.rehire(Rehiring(staff_id=two, **back))


@pytest.mark.parametrize("exit_", list(Exit))
def test_an_employment_may_end_in_every_way_there_is(made: Session, exit_: Exit) -> None:
    who = staff(made)
    door(made).registry.staff.end_employment(ending(who, NOV, exit_))
    assert door(made).registry.staff.history(who).employments[-1].exit is exit_


def test_an_employment_that_another_follows_does_not_end_before_it(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    service.transfer_employment(transfer(made, who, "s2", DEC))
    with pytest.raises(Exception) as caught:
        service.end_employment(ending(who, NOV))
    assert codes(caught) == ["registry.employment_follows"]


def test_nobody_goes_and_leaves_a_class_without_its_teacher(made: Session) -> None:
    who, opened = staff(made), door(made)
    certify(opened, who)
    teaching = opened.registry.teaching.assign_teaching(assignment(made, who))
    acts = (
        lambda: opened.registry.staff.end_employment(ending(who, NOV)),
        lambda: opened.registry.staff.place_staff(placing(made, who, "s2", NOV)),
        lambda: opened.registry.staff.transfer_employment(transfer(made, who, "s2", NOV)),
    )
    for act in acts:
        with pytest.raises(TeachingLeft) as caught:
            act()
        assert caught.value.what == "一（1）班语文" and caught.value.on == str(NOV)
    opened.registry.staff.end_employment(ending(who, NOV, end_teaching=True))
    assert opened.registry.teaching.of_class(class_of(made), NOV) == []
    (ended,) = opened.registry.teaching.of_class(class_of(made), OCT)
    assert (ended.id, ended.until, ended.ended) == (teaching.id, NOV, "retirement")
    assert said(made, "teaching_ended") == [
        {"on": str(NOV), "reason": "retirement", "teaching_ids": [str(teaching.id)]}
    ]


def test_what_was_to_be_taught_later_is_taken_away_with_the_teacher(made: Session) -> None:
    who, opened = staff(made), door(made)
    certify(opened, who)
    opened.registry.teaching.assign_teaching(assignment(made, who, since=DEC))
    opened.registry.staff.end_employment(ending(who, NOV, end_teaching=True))
    assert opened.registry.teaching.of_class(class_of(made), DEC) == []
    assert [fact["on"] for fact in said(made, "teaching_ended")] == [str(DEC)]


# the school of work


def test_a_rotation_changes_where_somebody_works_and_not_who_employs(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    view = service.place_staff(placing(made, who, "s2", OCT, until=JUL, authority="轮岗名单"))
    assert (view.employer, view.school, view.kind) == ("s1", "s2", PlacementKind.ROTATION)
    assert (view.placed_since, view.placed_until) == (OCT, JUL)
    days = {SEP: "s1", OCT: "s2", JUL - timedelta(1): "s2", JUL: "s1"}
    assert {day: school_on(made, who, day) for day in days} == days
    assert said(made, "staff_placed")[-1]["until"] == str(JUL)
    assert run_data_checks(made, PLACE, only="registry.placements_do_not_overlap")[0].findings == ()


def test_who_comes_back_works_at_home_again_and_on_the_first_day_never_left(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    service.place_staff(placing(made, who, "s2", OCT, until=JUL))
    view = service.come_back(who, DEC)
    assert (view.school, view.kind, view.placed_until) == ("s1", PlacementKind.OWN, None)
    assert [(one.since, one.until) for one in service.history(who).placements] == [
        *[(SEP, OCT), (OCT, DEC), (DEC, None)]
    ]
    with pytest.raises(NotAway):
        service.come_back(who, DEC)
    service.come_back(who, OCT)
    assert [(one.since, one.until) for one in service.history(who).placements] == [(SEP, None)]
    (first, second) = said(made, "staff_came_back")
    assert (first["on"], second["on"]) == (str(DEC), str(OCT))


@pytest.mark.parametrize(
    ("error", "to", "since", "more"),
    [
        (PlacedAlready, "s2", NOV, {}),
        (PlacedThatDay, "s3", OCT, {}),
        (PlacementInTheWay, "s3", NOV, {"until": JUL + timedelta(1)}),
        (PlacementKindUnfit, "s3", NOV, {"kind": PlacementKind.OWN}),
        (PlacementKindUnfit, "s1", NOV, {"kind": PlacementKind.SUPPORT}),
        (NotEmployed, "s3", SEP - timedelta(1), {}),
        (SchoolUnknown, "", NOV, {"school_id": 1}),
    ],
)
def test_a_placement_is_refused(
    made: Session, error: type[Exception], to: str, since: date, more: dict[str, Any]
) -> None:
    who, service = staff(made), door(made).registry.staff
    service.place_staff(placing(made, who, "s2", OCT, until=JUL))
    before = service.history(who)
    command = placing(made, who, to or "s3", since, **{k: v for k, v in more.items() if k != "school_id"})
    with pytest.raises(error):
        service.place_staff(command.model_copy(update=more))
    assert service.history(who) == before


def test_a_placement_may_lie_within_another_and_ends_with_it(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    service.place_staff(placing(made, who, "s2", OCT, until=JUL))
    service.place_staff(placing(made, who, "s3", NOV, until=DEC, kind=PlacementKind.SUPPORT))
    assert [school_on(made, who, day) for day in (OCT, NOV, DEC, JUL)] == ["s2", "s3", "s2", "s1"]
    later = DEC + timedelta(1)
    service.place_staff(placing(made, who, "s3", later, kind=PlacementKind.SUPPORT))
    assert [school_on(made, who, day) for day in (DEC, later, JUL)] == ["s2", "s3", "s1"]


def test_many_are_placed_in_as_many_statements_as_two(made: Session) -> None:
    everybody = [staff(made, code, n) for code in ("s1", "s2") for n in (1, 2)]
    to_s3 = [placing(made, who, "s3", NOV) for who in everybody]
    counts: list[int] = []
    for some in (to_s3[:1], to_s3[1:]):
        with counted(made) as sent:
            door(made).registry.staff.place_many(some)
        counts.append(len(sent))
    assert counts[0] == counts[1] <= 16, "one of them asks whether any is a member of the party"
    assert len(door(made).registry.staff.staff_of("s3", NOV)) == 6
    assert [len(fact["staff_ids"]) for fact in said(made, "staff_placed")][-2:] == [1, 3]


def test_of_many_placements_one_that_is_wrong_undoes_all_and_all_wrongs_are_named(made: Session) -> None:
    one, two = staff(made), staff(made, "s2")
    commands = [placing(made, one, "s3", NOV), placing(made, two, "s2", NOV)]
    commands.append(placing(made, staff(made, number=2), "s1", NOV))
    with pytest.raises(Problems) as caught:
        door(made).registry.staff.place_many(commands)
    assert codes(caught) == ["registry.placement_kind_unfit"] * 2
    assert school_on(made, one, NOV) == "s1"
    with pytest.raises(StaffNamedTwice):
        door(made).registry.staff.place_many([commands[0], commands[0]])
    with pytest.raises(StaffUnknown):
        door(made).registry.staff.place_many([commands[0], placing(made, 1, "s3", NOV)])
    door(made).registry.staff.place_many([])


# corrections


def test_a_corrected_employment_takes_the_work_and_what_went_before_along(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    service.transfer_employment(transfer(made, who, "s2", NOV))
    old, new_ = service.history(who).employments
    fixed = EmploymentCorrection(employment_id=new_.id, since=DEC, school_id=school(made, "s3"))
    after = service.correct_employment(fixed)
    assert [(one.school, one.since, one.until) for one in after.employments] == [
        *[("s1完小", SEP, DEC), ("s3完小", DEC, None)]
    ]
    assert [(one.school, one.since, one.until) for one in after.placements] == [
        *[("s1完小", SEP, DEC), ("s3完小", DEC, None)]
    ]
    assert [one.id for one in after.employments] == [old.id, new_.id]
    (fact,) = said(made, "employment_corrected")
    assert (fact["was_since"], fact["since"]) == (str(NOV), str(DEC))
    assert (fact["was_school_id"], fact["school_id"]) == (str(school(made, "s2")), str(school(made, "s3")))


def test_the_way_out_is_corrected_once_there_is_one(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    row_id = service.history(who).employments[0].id
    with pytest.raises(NothingToCorrect):
        service.correct_employment(EmploymentCorrection(employment_id=row_id, exit=Exit.RESIGNED))
    service.end_employment(ending(who, NOV))
    fixed = EmploymentCorrection(employment_id=row_id, exit=Exit.RESIGNED, exit_authority="辞职信")
    (one,) = service.correct_employment(fixed).employments
    assert (one.exit, one.exit_authority, one.until) == (Exit.RESIGNED, "辞职信", NOV)


def test_a_corrected_placement_moves_the_end_of_the_one_before(made: Session) -> None:
    who, service = staff(made), door(made).registry.staff
    service.place_staff(placing(made, who, "s2", OCT))
    away = service.history(who).placements[1]
    fixed = PlacementCorrection(placement_id=away.id, since=NOV, school_id=school(made, "s3"))
    after = service.correct_placement(fixed.model_copy(update={"kind": PlacementKind.SUPPORT}))
    assert [(one.school, one.since, one.until, one.kind) for one in after.placements] == [
        ("s1完小", SEP, NOV, PlacementKind.OWN),
        ("s3完小", NOV, None, PlacementKind.SUPPORT),
    ]
    assert said(made, "placement_corrected")[0]["was_kind"] == "rotation"


def test_corrections_are_refused(made: Session) -> None:
    who, opened = staff(made), door(made)
    service = opened.registry.staff
    service.place_staff(placing(made, who, "s2", OCT))
    employment, (home, away) = service.history(who).employments[0].id, service.history(who).placements
    certify(opened, who)
    opened.registry.teaching.assign_teaching(assignment(made, who, until=OCT))
    for error, fixed in (
        (EmploymentUnknown, EmploymentCorrection(employment_id=1, since=NOV)),
        (PlacementUnknown, PlacementCorrection(placement_id=1, since=NOV)),
        (NothingToCorrect, PlacementCorrection(placement_id=away.id)),
        (ShiftedOver, PlacementCorrection(placement_id=away.id, since=SEP)),
        (ShiftedOver, EmploymentCorrection(employment_id=employment, since=OCT)),
        (NotEmployed, PlacementCorrection(placement_id=home.id, since=SEP - timedelta(1))),
        (PlacementKindUnfit, PlacementCorrection(placement_id=away.id, kind=PlacementKind.OWN)),
        (TeachingLeft, PlacementCorrection(placement_id=away.id, since=SEP + timedelta(9))),
        (BornAfter, EmploymentCorrection(employment_id=employment, since=date(1980, 1, 1))),
    ):
        correct = service.correct_employment
        with pytest.raises(error):
            if isinstance(fixed, PlacementCorrection):
                service.correct_placement(fixed)
            else:
                correct(fixed)
    assert service.history(who).placements == (home, away)
