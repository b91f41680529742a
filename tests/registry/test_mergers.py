"""Mergers and closures of schools: one chain, whole or not at all, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.registry.merging import BEGUN, DAY, PLACE, Town, school_row
from tests.registry.test_service import statements_of
from xuequ import Actor, County, District, Holding, Post
from xuequ.core.access import Post as PostKind
from xuequ.core.context import Context
from xuequ.core.errors import ActionNotPermitted, Problems, XuequError
from xuequ.core.facts import Fact
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.flows import Flow, Flows
from xuequ.registry.errors.classes import ClassDissolved
from xuequ.registry.errors.mergers import (
    BeginsLater,
    LegalPersonStands,
    MergerAhead,
    MergerIntoItself,
    PremisesLeft,
    PupilsBeyondStage,
    PupilsLeft,
    StaffLeft,
    TransfersOpen,
    VillagesLeft,
)
from xuequ.registry.errors.places import SchoolNotOpen, SchoolUnknown, StageNotTaught
from xuequ.registry.facts.places import SchoolClosed, SchoolMerged
from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, HeadTeacher, SchoolClass
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.schemas.places import (
    MergerPlan,
    SchoolClosing,
    SchoolMerger,
    SchoolOpening,
    TownshipRegistration,
    VillageRegistration,
    VillageServing,
)
from xuequ.registry.schemas.premises import LandRegistration, PremisesRegistration, RoomRegistration
from xuequ.registry.schemas.set_up import PupilRow
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.states.premises import PremisesState, RoomUse, Structure
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason
from xuequ.registry.states.staff import Entry, Exit, PlacementKind
from xuequ.registry.states.teaching import TeachingChange, TeachingOrigin
from xuequ.registry.states.transfers import Direction, Side, TransferState
from xuequ.testing import make_county, make_district, reading_of
from xuequ.testing.factories import MAKER, SETTINGS, invented_rows

YESTERDAY = DAY - timedelta(days=1)


@pytest.fixture
def town(session: Session) -> Town:
    return Town.make(session)


def merger(town: Town, into: str = "s2", **more: Any) -> SchoolMerger:
    values: dict[str, Any] = {"on": DAY, "authority": "县政府批复1号"} | more
    return SchoolMerger(school_id=town.schools["s1"], into_id=town.schools[into], **values)


def closing(town: Town, **more: Any) -> SchoolClosing:
    return SchoolClosing(school_id=town.schools["s1"], on=DAY, authority="县政府批复2号", **more)


def merge(town: Town, **more: Any) -> MergerPlan:
    return town.door.registry.mergers.merge_school(merger(town, **more))


def errors(caught: pytest.ExceptionInfo[Problems]) -> list[Any]:
    return [type(problem.error) for problem in caught.value.problems]


def refused(act: Callable[[], object], kind: type[Problems | XuequError] = Problems) -> Any:
    with pytest.raises(kind) as caught:
        act()
    return caught


def every(session: Session, model: type[Any], *conditions: Any) -> list[Any]:
    session.expire_all()
    return list(session.scalars(select(model).where(*conditions).order_by(model.id)))


def hang_everything_on(town: Town) -> None:
    """Give school s1 something of everything."""
    town.registered("P1")
    town.registered("P2", entry_year=2024)
    applicant = town.pupil("P3")
    town.status(applicant, "s1", PupilState.ADMITTED, stage="primary", entry_year=2027)
    head, teacher = town.teacher("T1"), town.teacher("T2")
    first, second = town.class_of("s1"), town.class_of("s1", 2024)
    here = town.at("s1")
    town.add(HeadTeacher, **here, class_id=first, staff_id=teacher, since=BEGUN)
    load = {"half_periods": 8, "origin": TeachingOrigin.NEW.code, "subject": "chinese"}
    town.add(Teaching, **here, class_id=first, staff_id=teacher, since=BEGUN, **load)
    group = town.add(ClassGroup, **here, kind=GroupKind.MULTI_GRADE.code, name="复式", since=BEGUN)
    for class_id in (first, second):
        town.add(ClassGroupMember, group_id=group, class_id=class_id, since=BEGUN)
    place = f"{PLACE}/s1"
    post = {"post": PostKind.SCHOOL_HEAD.code, "place": place, "seat": f"school_head@{place}"}
    held = town.add(Appointment, **here, staff_id=head, since=BEGUN, **post)
    lent = {"appointment_id": held, "place": place, "reason": "外出"}
    town.add(Delegation, **here, staff_id=teacher, since=BEGUN, **lent)
    serve(town)
    own_premises(town)


def serve(town: Town) -> None:
    county = make_county(town.session).registry.places
    county.register_townships([TownshipRegistration(code="t", name="镇")])
    rows = [
        VillageRegistration(code=code, name=code, township="t", district="qianfeng") for code in ("va", "vb")
    ]
    county.register_villages(rows)
    places = town.door.registry.places
    places.assign_villages(VillageServing(school_id=town.schools["s1"], villages=("va", "vb"), since=BEGUN))
    places.assign_villages(VillageServing(school_id=town.schools["s2"], villages=("vb",), since=BEGUN))


def own_premises(town: Town) -> None:
    premises = town.door.registry.premises
    own: dict[str, Any] = {"school_id": town.schools["s1"], "since": BEGUN}
    (land_id,) = premises.register_land([LandRegistration(name="校园", area=Decimal(900), **own)])
    (built,) = premises.register_premises(
        [PremisesRegistration(name="楼", area=Decimal(300), structure=Structure.FRAME, **own)]
    )
    room: dict[str, Any] = {"since": BEGUN, "area": Decimal("50.5")}
    premises.register_rooms(
        [
            RoomRegistration(number="1", use=RoomUse.CLASSROOM, premises_id=built, **room),
            RoomRegistration(number="操场", use=RoomUse.FIELD, land_id=land_id, **room),
        ]
    )


# a merger


def test_a_merger_rehomes_everything_and_leaves_the_days_before_as_they_were(town: Town) -> None:
    hang_everything_on(town)
    before = town.lines()
    merge(town)
    after, moved = town.lines(), {town.schools["s1"]: town.schools["s2"]}
    for day in town.days():
        expected = before[day]
        if day >= DAY:
            expected = {
                who: sorted(((s[0], moved.get(s[1], s[1]), *s[2:]) for s in spans), key=repr)
                for who, spans in before[day].items()
            }
        assert after[day] == expected, day
    school = school_row(town.session, town.schools["s1"])
    assert (school.closed_on, school.merged_into_id) == (DAY, town.schools["s2"])
    assert school.closing_authority == "县政府批复1号"
    results = run_data_checks(town.session, PLACE)
    assert all(not result.findings for result in results)


def test_questions_as_of_a_day_before_still_give_the_old_school(town: Town) -> None:
    hang_everything_on(town)
    merge(town)
    registry = town.door.registry
    assert [school.code for school in registry.schools(YESTERDAY)] == ["s1", "s2", "s3"]
    assert [school.code for school in registry.schools()] == ["s2", "s3"]
    numbers = {
        day: {row.code: (row.classes, row.pupils, row.staff) for row in registry.places.overview(day)}
        for day in (YESTERDAY, DAY)
    }
    assert numbers[YESTERDAY] == {"s1": (2, 2, 2), "s2": (1, 0, 0), "s3": (1, 0, 0)}
    assert numbers[DAY] == {"s2": (2, 2, 2), "s3": (1, 0, 0)}
    assert [s.code for s in registry.district_at_a_glance(YESTERDAY).schools] == ["s1", "s2", "s3"]
    assert registry.district_at_a_glance().pupil_count == 2
    assert [pupil.pupil_no for pupil in registry.pupils_of("s2")] == ["P1", "P2"]
    assert registry.pupils_of("s1") == []


def test_how_a_pupil_left_and_came_can_be_counted(town: Town) -> None:
    pupil_id = town.registered("P1", entry_year=2025)
    merge(town)
    old, new = every(town.session, Enrolment, Enrolment.pupil_id == pupil_id)
    assert (old.left_as, old.until, new.entered_as, new.since) == (
        Left.REHOMED.code,
        DAY,
        Entered.REHOMED.code,
        DAY,
    )
    first, second = every(town.session, PupilStatus, PupilStatus.pupil_id == pupil_id)
    assert (first.until, second.since, second.reason) == (DAY, DAY, Reason.MERGER.code)
    assert second.authority == "县政府批复1号"


def test_a_class_joins_its_cohort_or_is_carried_over_where_there_is_none(town: Town) -> None:
    town.registered("P1")
    town.registered("P2", entry_year=2023)
    town.registered("P3", entry_year=2023, number=2)
    dissolved = town.class_of("s2", 2023)
    town.session.get_one(SchoolClass, (town.county_id, dissolved)).dissolved_on = BEGUN
    plan = merge(town)
    assert [(move.name, move.into, move.formed, move.pupils) for move in plan.classes] == [
        ("四（1）班", "四（2）班", True, 1),
        ("四（2）班", "四（3）班", True, 1),
        ("一（1）班", "一（1）班", False, 1),
    ]
    into = {row.id: row for row in every(town.session, SchoolClass)}
    gone = [row for row in into.values() if row.school_id == town.schools["s1"]]
    assert {row.dissolved_on for row in gone} == {DAY}
    successors = [into[row.successor_id] for row in gone if row.successor_id is not None]
    assert [(row.school_id, row.entry_year, row.number) for row in successors] == [
        (town.schools["s2"], 2026, 1),
        (town.schools["s2"], 2023, 2),
        (town.schools["s2"], 2023, 3),
    ]


def test_a_class_that_would_be_too_large_together_is_carried_over_whole(town: Town) -> None:
    for number in range(23):
        town.registered(f"A{number}")
        town.registered(f"B{number}", "s2")
    plan = merge(town)
    (move,) = plan.classes
    assert (move.formed, move.into, move.pupils, move.pupils_after) == (True, "一（2）班", 23, 23)
    sizes = town.door.registry.places.overview()[0]
    assert (sizes.classes, sizes.pupils) == (2, 46)


def test_a_preschool_class_is_attached_to_the_school_that_takes_it(town: Town) -> None:
    town.registered("P1", stage=Stage.PRESCHOOL)
    merge(town)
    assert school_row(town.session, town.schools["s2"]).preschool_attached
    assert Stage.PRESCHOOL in town.door.registry.places.school(town.schools["s2"]).stages


@pytest.mark.parametrize("state", [s for s in PupilState if s.on_roll])
def test_whoever_is_on_the_roll_stays_in_the_same_state(town: Town, state: PupilState) -> None:
    pupil_id = town.pupil("P1")
    town.enrol(pupil_id, "s1", town.class_of("s1"))
    town.status(pupil_id, "s1", state, planned_until=date(2027, 3, 1))
    merge(town)
    _, status = every(town.session, PupilStatus, PupilStatus.pupil_id == pupil_id)
    assert (status.status, status.school_id) == (state.code, town.schools["s2"])
    assert status.planned_until == date(2027, 3, 1)


def test_the_records_of_those_who_had_left_stay_with_the_school_that_kept_them(town: Town) -> None:
    pupil_id = town.pupil("P1")
    town.status(pupil_id, "s1", PupilState.GRADUATED)
    merge(town)
    (status,) = every(town.session, PupilStatus, PupilStatus.pupil_id == pupil_id)
    assert (status.school_id, status.until) == (town.schools["s1"], None)
    (result,) = run_data_checks(town.session, PLACE, only="registry.nobody_at_a_closed_school")
    assert result.findings == ()


def test_staff_go_along_with_employer_and_ground(town: Town) -> None:
    """Employer and school: own; lent to the target; lent by the target; lent elsewhere; lent by another."""
    own = town.teacher("T1")
    to_target, by_target, elsewhere, by_other = (town.staff(f"T{n}") for n in (2, 3, 4, 5))
    for staff_id, employer, school in (
        (to_target, "s1", "s2"),
        (by_target, "s2", "s1"),
        (elsewhere, "s1", "s3"),
        (by_other, "s3", "s1"),
    ):
        town.employ(staff_id, employer)
        town.place(staff_id, school, kind=PlacementKind.ROTATION)
    merge(town)
    for staff_id, employer, school, kind in (
        (own, "s2", "s2", PlacementKind.OWN),
        (to_target, "s2", "s2", PlacementKind.OWN),
        (by_target, "s2", "s2", PlacementKind.OWN),
        (elsewhere, "s2", "s3", PlacementKind.ROTATION),
        (by_other, "s3", "s2", PlacementKind.ROTATION),
    ):
        (employment,) = every(
            town.session, Employment, Employment.staff_id == staff_id, Employment.until.is_(None)
        )
        (placement,) = every(
            town.session, Placement, Placement.staff_id == staff_id, Placement.until.is_(None)
        )
        assert employment.school_id == town.schools[employer]
        assert (placement.school_id, placement.kind) == (town.schools[school], kind.code)
    ended, begun = every(town.session, Employment, Employment.staff_id == own)
    assert (ended.exit, begun.entry) == (Exit.REHOMED.code, Entry.REHOMED.code)


def test_posts_teaching_and_groups_at_the_school_end(town: Town) -> None:
    hang_everything_on(town)
    elsewhere = town.add(
        Appointment,
        district_id=town.district_id,
        staff_id=town.teacher("T9"),
        post=PostKind.ACADEMIC_DIRECTOR.code,
        place=PLACE,
        since=BEGUN,
    )
    plan = merge(town)
    for model in (HeadTeacher, Teaching, ClassGroup, ClassGroupMember, Delegation):
        assert {row.until for row in every(town.session, model)} == {DAY}, model
    ends = {row.id: (row.until, row.ended) for row in every(town.session, Appointment)}
    assert ends.pop(elsewhere) == (None, None)
    assert list(ends.values()) == [(DAY, AppointmentEnd.ABOLISHED.code)]
    assert [row.ended for row in every(town.session, Teaching)] == [TeachingChange.CLASS_SPLIT.code]
    ended = {line.what: line.count for line in plan.lines if line.becomes == "终止"}
    assert ended == {
        "班主任": 1,
        "任课": 1,
        "合班（复式班）": 1,
        "任职": 1,
        "授权": 1,
        "合班（复式班）成员": 2,
    }


def test_villages_are_served_by_the_other_school_without_a_gap_or_a_double(town: Town) -> None:
    serve(town)
    merge(town)
    places, s1, s2 = town.door.registry.places, town.schools["s1"], town.schools["s2"]
    assert places.school(s1, YESTERDAY).villages == ("va", "vb") and places.school(s1).villages == ()
    assert places.school(s2, YESTERDAY).villages == ("vb",) and places.school(s2).villages == ("va", "vb")


@pytest.mark.parametrize("idle", [False, True])
def test_land_and_buildings_go_to_the_other_school_or_lie_idle(town: Town, idle: bool) -> None:
    own_premises(town)
    merge(town, premises_idle=idle)
    premises = town.door.registry.premises
    assert premises.premises(YESTERDAY)[0].school == premises.land(YESTERDAY)[0].school == "s1"
    (building,), (land,) = premises.premises(), premises.land()
    holder = None if idle else "s2"
    assert (building.school, land.school) == (holder, holder)
    assert building.state is (PremisesState.IDLE if idle else PremisesState.IN_USE)
    areas = {row.code: {use.use: use.area for use in row.uses} for row in premises.areas()}
    taken: dict[RoomUse, Decimal] = {RoomUse.CLASSROOM: Decimal("50.50"), RoomUse.FIELD: Decimal("50.50")}
    assert areas == {"s2": {} if idle else taken, "s3": {}}
    assert premises.areas(YESTERDAY)[0].teaching_area == Decimal("50.50")


def test_what_was_planned_beyond_the_day_goes_along(town: Town) -> None:
    pupil_id, staff_id = town.pupil("P1"), town.staff("T1")
    class_id, later = town.class_of("s1", 2025), DAY + timedelta(days=5)
    town.enrol(pupil_id, "s1", class_id, BEGUN, later)
    town.enrol(pupil_id, "s1", town.class_of("s1"), later)
    town.status(pupil_id, "s1")
    town.employ(staff_id, "s1", later)
    town.place(staff_id, "s1", later)
    merge(town)
    spans = every(town.session, Enrolment, Enrolment.pupil_id == pupil_id)
    days = {(row.since, row.until, row.school_id == town.schools["s2"]) for row in spans}
    assert days == {(BEGUN, DAY, False), (DAY, later, True), (later, None, True)}
    for model in (Employment, Placement):
        (span,) = every(town.session, model)
        assert (span.since, span.school_id) == (later, town.schools["s2"])


# facts and flows


def test_facts_say_what_happened_and_the_merger_last(session: Session) -> None:
    heard: list[Fact] = []
    town = Town.make(session, flows={SchoolMerged: (Flow(lambda c, fact, i: heard.append(fact)),)})
    hang_everything_on(town)
    merge(town)
    names = list(session.scalars(select(FactRow.name).order_by(FactRow.id)))
    assert names[-5:] == [
        "registry.classes_formed",
        "registry.pupils_rehomed",
        "registry.pupils_rehomed",
        "registry.staff_rehomed",
        "registry.school_merged",
    ]
    s1, s2, district = town.schools["s1"], town.schools["s2"], town.district_id
    assert heard == [
        SchoolMerged(school_id=s1, district_id=district, into_id=s2, into_district_id=district, closed_on=DAY)
    ]


@pytest.mark.parametrize("closed", [False, True])
def test_a_veto_of_a_later_part_undoes_the_whole(session: Session, closed: bool) -> None:
    veto = PremisesLeft(school="预算", buildings=0, parcels=0)
    seen: list[Any] = []

    def refuse(context: Context, fact: SchoolMerged | SchoolClosed, fact_id: int) -> None:
        seen.append(context.session.scalar(select(func.count()).select_from(Enrolment)))
        raise veto

    flows: Flows = {SchoolMerged: (Flow(refuse),), SchoolClosed: (Flow(refuse),)}
    town = Town.make(session, flows=flows)
    hang_everything_on(town)
    before, facts = town.lines(), session.scalar(select(func.count()).select_from(FactRow))
    to = {f"{what}_to": town.schools["s2"] for what in ("pupils", "staff", "villages", "premises")}
    mergers = town.door.registry.mergers
    caught = refused(
        lambda: mergers.close_school(closing(town, **to)) if closed else merge(town), PremisesLeft
    )
    assert caught.value is veto and seen == [4]  # the flow sees what its cause has written
    assert town.lines() == before
    assert school_row(session, town.schools["s1"]).closed_on is None
    assert session.scalar(select(func.count()).select_from(FactRow)) == facts
    assert {row.until for row in every(session, Appointment)} == {None}
    assert len(town.door.registry.schools()) == 3
    quiet = District(session, PLACE, actor=MAKER, settings=town.door.context.settings)
    quiet.registry.mergers.merge_school(merger(town))  # and without the veto it can be done
    assert len(quiet.registry.schools()) == 2


# plans


def test_a_plan_shows_what_would_be_done_and_writes_nothing(town: Town) -> None:
    hang_everything_on(town)
    before, facts = town.lines(), town.session.scalar(select(func.count()).select_from(FactRow))
    plan = town.door.registry.mergers.plan_merger(merger(town))
    assert {line.what: (line.count, line.becomes) for line in plan.lines if line.becomes != "终止"} == {
        "在册学生": (2, "转到s2完小"),
        "报名、录取学生": (1, "转到s2完小"),
        "在校任教人员": (2, "转到s2完小"),
        "编制在校人员": (2, "转到s2完小"),
        "校舍": (1, "转到s2完小"),
        "地块": (1, "转到s2完小"),
        "服务村": (2, "转到s2完小"),
    }
    assert plan.problems == () and len(plan.classes) == 2
    assert town.lines() == before
    assert town.session.scalar(select(func.count()).select_from(FactRow)) == facts
    assert merge(town) == plan


def test_one_may_plan_for_a_day_ahead_but_merge_only_when_it_has_come(town: Town) -> None:
    ahead = merger(town, on=DAY + timedelta(days=1))
    assert town.door.registry.mergers.plan_merger(ahead).problems == ()
    refused(lambda: town.door.registry.mergers.merge_school(ahead), MergerAhead)


# what stands in the way


def test_a_closure_is_refused_with_the_whole_list_of_what_is_left(town: Town) -> None:
    hang_everything_on(town)
    mergers = town.door.registry.mergers
    before = town.lines()
    caught = refused(lambda: mergers.close_school(closing(town)))
    assert errors(caught) == [PupilsLeft, StaffLeft, PremisesLeft, VillagesLeft]
    texts = [str(problem.error) for problem in caught.value.problems]
    assert "在册学生 2 人、已报名或已录取 1 人" in texts[0] and "编制在校 2 人" in texts[1]
    assert "校舍 1 栋、地块 1 宗" in texts[2] and "va、vb" in texts[3]
    plan = mergers.plan_closing(closing(town))
    assert len(plan.problems) == 4 and {line.becomes for line in plan.lines} == {"没有去处", "终止"}
    assert town.lines() == before
    named = {"pupils_to": town.schools["s2"], "staff_to": town.schools["s3"], "premises_idle": True}
    refused(lambda: mergers.close_school(closing(town, **named)), VillagesLeft)
    mergers.close_school(closing(town, **named, villages_to=town.schools["s3"]))
    row = school_row(town.session, town.schools["s1"])
    assert (row.closed_on, row.merged_into_id) == (DAY, None)
    numbers = {row.code: (row.pupils, row.staff) for row in town.door.registry.places.overview()}
    assert numbers == {"s2": (2, 0), "s3": (0, 2)}


def test_an_empty_school_is_closed_without_more_ado(town: Town) -> None:
    town.door.registry.mergers.close_school(closing(town))
    (one,) = every(town.session, SchoolClass, SchoolClass.school_id == town.schools["s1"])
    assert (one.dissolved_on, one.successor_id) == (DAY, None)
    name = town.session.scalars(select(FactRow.name).order_by(FactRow.id.desc())).first()
    assert name == "registry.school_closed"


def test_what_cannot_be_is_refused_all_at_once(town: Town) -> None:
    mergers = town.door.registry.mergers
    caught = refused(lambda: mergers.merge_school(merger(town, "s1", on=DAY + timedelta(days=1))))
    assert errors(caught) == [MergerAhead, MergerIntoItself]
    refused(lambda: mergers.merge_school(merger(town).model_copy(update={"into_id": 1})), SchoolUnknown)
    mergers.merge_school(merger(town, "s3"))
    refused(lambda: mergers.merge_school(merger(town)), SchoolNotOpen)
    back = merger(town).model_copy(update={"school_id": town.schools["s2"], "into_id": town.schools["s1"]})
    refused(lambda: mergers.merge_school(back), SchoolNotOpen)


def test_open_transfers_are_named_and_must_be_decided_first(town: Town) -> None:
    pupil_id = town.registered("P7", "s3")
    town.add(
        Transfer,
        pupil_id=pupil_id,
        direction=Direction.WITHIN.code,
        from_school_id=town.schools["s3"],
        to_school_id=town.schools["s1"],
        state=TransferState.REQUESTED.code,
        requested_by=Side.SENDING.code,
        guardian_applied=True,
        reason=Reason.FAMILY_MOVED.code,
        requested_on=BEGUN,
    )
    refused(lambda: merge(town), TransfersOpen)
    assert "P7" in str(refused(lambda: merge(town), TransfersOpen).value)


def test_pupils_past_their_stage_graduate_at_their_own_school_first(town: Town) -> None:
    town.registered("P1", entry_year=2020)
    caught = refused(lambda: merge(town), PupilsBeyondStage)
    assert "2020级小学（1）班" in str(caught.value)


def test_a_stage_that_the_other_school_does_not_teach_stands_in_the_way(town: Town) -> None:
    opening = SchoolOpening(code="nine", name="九年一贯", kind=SchoolKind.NINE_YEAR, opened_on=BEGUN)
    nine = town.door.registry.places.open_school(opening)
    town.schools["nine"] = nine.id
    town.registered("P1", "nine", stage=Stage.JUNIOR)
    command = merger(town).model_copy(update={"school_id": nine.id})
    refused(lambda: town.door.registry.mergers.merge_school(command), StageNotTaught)


def test_the_legal_person_goes_last(town: Town) -> None:
    places = town.door.registry.places
    places.designate_central(town.schools["s1"])
    refused(lambda: merge(town), LegalPersonStands)
    places.designate_central(town.schools["s2"])
    merge(town)
    rest = merger(town).model_copy(update={"school_id": town.schools["s3"], "into_id": town.schools["s2"]})
    town.door.registry.mergers.merge_school(rest)
    last = closing(town).model_copy(update={"school_id": town.schools["s2"]})
    town.door.registry.mergers.close_school(last)
    assert town.door.registry.schools() == []


def test_what_begins_later_and_cannot_be_rehomed_is_listed(town: Town) -> None:
    staff_id = town.teacher("T1")
    here = town.at("s1")
    town.add(HeadTeacher, **here, class_id=town.class_of("s1"), staff_id=staff_id, since=DAY)
    later = {"post": PostKind.SCHOOL_HEAD.code, "place": f"{PLACE}/s1", "since": DAY}
    town.add(Appointment, **here, staff_id=staff_id, **later)
    caught = refused(lambda: merge(town))
    assert errors(caught) == [BeginsLater, BeginsLater]
    assert ["班主任" in str(p.error) or "任职" in str(p.error) for p in caught.value.problems] == [True] * 2


# places


def test_a_school_is_merged_across_districts_at_the_countys_door_only(town: Town) -> None:
    session = town.session
    make_district(session, "530921/dasi", schools=1, pupils=0, staff=0)
    other = District(session, "530921/dasi", actor=MAKER, settings=SETTINGS)
    target = other.registry.schools()[0].id
    hang_everything_on(town)
    graduate = town.pupil("P9")
    town.status(graduate, "s1", PupilState.GRADUATED)
    command = merger(town).model_copy(update={"into_id": target})
    refused(lambda: town.door.registry.mergers.merge_school(command), SchoolUnknown)
    county = County(session, "530921", actor=MAKER, settings=town.door.context.settings)
    county.registry.mergers.merge_school(command)
    district_id = other.context.scope.district_id
    moved = {row.pupil_no: row.district_id for row in every(session, Pupil)}
    assert moved == {"P1": district_id, "P2": district_id, "P3": district_id, "P9": town.district_id}
    assert {row.district_id for row in every(session, Staff)} == {district_id}
    for place in ("530921", PLACE, "530921/dasi"):
        assert all(not result.findings for result in run_data_checks(session, place)), place
    later = District(session, "530921/dasi", actor=MAKER, settings=town.door.context.settings)
    assert [pupil.pupil_no for pupil in later.registry.pupils_of("s1")] == ["P1", "P2"]


def test_a_school_is_merged_into_one_outside_any_district(town: Town) -> None:
    hang_everything_on(town)
    county = County(town.session, "530921", actor=MAKER, settings=town.door.context.settings)
    opening = SchoolOpening(code="lab", name="实验小学", kind=SchoolKind.COMPLETE, opened_on=BEGUN)
    lab = county.registry.places.open_school(opening)
    county.registry.mergers.merge_school(merger(town).model_copy(update={"into_id": lab.id}))
    row = next(row for row in county.registry.places.overview() if row.id == lab.id)
    assert (row.district, row.classes, row.pupils, row.staff, row.rooms_area) == (
        None,
        2,
        2,
        2,
        Decimal("50.50"),
    )
    assert {pupil.district_id for pupil in every(town.session, Pupil)} == {None}
    assert all(not result.findings for result in run_data_checks(town.session, "530921"))


def test_another_county_is_out_of_reach(town: Town) -> None:
    make_district(town.session, "530922/qianfeng", schools=1)
    far = make_county(town.session, "530922")
    both = refused(lambda: far.registry.mergers.merge_school(merger(town)))
    assert errors(both) == [SchoolUnknown, SchoolUnknown]
    into = merger(town).model_copy(update={"into_id": far.registry.schools()[0].id})
    county = make_county(town.session)
    refused(lambda: county.registry.mergers.merge_school(into), SchoolUnknown)


def test_a_principal_plans_and_only_the_bureau_merges(town: Town) -> None:
    principal = Actor("T1", (Holding(Post.PRINCIPAL, PLACE),))
    own = District(town.session, PLACE, actor=principal, settings=town.door.context.settings)
    assert own.registry.mergers.plan_merger(merger(town)).problems == ()
    refused(lambda: own.registry.mergers.merge_school(merger(town)), ActionNotPermitted)
    officer = Actor("B1", (Holding(Post.BUREAU_OFFICER, "530921"),))
    bureau = District(town.session, PLACE, actor=officer, settings=town.door.context.settings)
    bureau.registry.mergers.merge_school(merger(town))


def test_a_workbook_brings_nobody_to_a_closed_school(town: Town) -> None:
    merge(town)
    rows = invented_rows(PLACE, schools=3, pupils=0, staff=0)
    pupil = PupilRow(
        pupil_no="new",
        name="生",
        sex=Sex.MALE,
        school="s1",
        stage=Stage.PRIMARY,
        entry_year=2026,
        number=1,
        since=BEGUN,
    )
    registry = town.door.registry
    assert registry.plan_set_up(reading_of(rows)).problems == ()
    plan = registry.plan_set_up(reading_of({**rows, "pupils": [pupil]}))
    assert {type(problem.error) for problem in plan.problems} == {SchoolNotOpen, ClassDissolved}


# how much it costs, and who comes first


def test_a_merger_takes_the_same_number_of_statements_whatever_the_number_of_people(
    session: Session,
) -> None:
    counts: list[int] = []
    for code, people in (("a", 2), ("b", 40)):
        town = Town.make(session, f"530921/{code}")
        for number in range(people):
            town.registered(f"{code}P{number}", entry_year=2021 + number % 2)
            town.teacher(f"{code}T{number}")
        counts.append(statements_of(session, lambda t=town: merge(t)))  # type: ignore[misc]
    assert counts[0] == counts[1] <= 55


def race(engine: Engine, acts: list[Callable[[District], object]]) -> list[type[Exception] | None]:
    """Let each act run in a thread and Session of its own at once; return what each raised."""
    together = Barrier(len(acts))

    def run(act: Callable[[District], object]) -> type[Exception] | None:
        with Session(engine) as session:
            door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
            together.wait()
            try:
                act(door)
            except XuequError as error:
                session.rollback()
                return type(error)
            session.commit()
            return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def merging(command: SchoolMerger) -> Callable[[District], object]:
    return lambda door: door.registry.mergers.merge_school(command)


def test_of_two_who_merge_a_school_at_once_one_does_and_one_is_told(engine: Engine) -> None:
    with Session(engine) as session:
        town = Town.make(session)
        pupil_id = town.registered("P1")
        session.commit()
    commands = [merger(town, into, on=BEGUN) for into in ("s2", "s3")]
    acts = [merging(command) for command in commands]
    assert sorted(map(str, race(engine, acts))) == sorted(map(str, [None, SchoolNotOpen]))
    with Session(engine) as session:
        (span,) = every(session, Enrolment, Enrolment.pupil_id == pupil_id, Enrolment.until.is_(None))
        into = school_row(session, town.schools["s1"]).merged_into_id
        assert span.school_id == into


def test_two_schools_that_swallow_each_other_at_once_are_not_both_gone(engine: Engine) -> None:
    with Session(engine) as session:
        town = Town.make(session)
        session.commit()
    one = merger(town, on=BEGUN)
    other = one.model_copy(update={"school_id": one.into_id, "into_id": one.school_id})
    acts = [merging(command) for command in (one, other)]
    assert sorted(map(str, race(engine, acts))) == sorted(map(str, [None, SchoolNotOpen]))


def test_whoever_is_enrolled_while_a_merger_waits_goes_along(engine: Engine) -> None:
    with Session(engine) as session:
        town = Town.make(session)
        session.commit()
        pupil_id = town.registered("late")  # not yet committed: the merger must wait for it
        with ThreadPoolExecutor(1) as pool:
            command = merger(town, on=BEGUN)
            waiting = pool.submit(race, engine, [merging(command)])
            with pytest.raises(TimeoutError):
                waiting.result(timeout=0.5)
            session.commit()
            assert waiting.result(timeout=30) == [None]
        (span,) = every(session, Enrolment, Enrolment.pupil_id == pupil_id)
        assert span.school_id == town.schools["s2"]
