"""Land, buildings and rooms, through the service, on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.registry.test_service import statements_of
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems
from xuequ.core.ids import new_id
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.registry.errors.places import SchoolNotOpen, SchoolUnknown
from xuequ.registry.errors.premises import (
    AssessedAlready,
    CertificateKnown,
    FieldIndoors,
    LandUnknown,
    PremisesGone,
    PremisesSchoolMissing,
    PremisesUnknown,
    RoomKnown,
    RoomsTooLarge,
    RoomUnknown,
    RoomWithoutPlace,
    SpanNotLater,
)
from xuequ.registry.models.premises import Premises, RoomSpan
from xuequ.registry.schemas.premises import (
    DangerFinding,
    LandRegistration,
    PremisesChange,
    PremisesRegistration,
    RoomChange,
    RoomRegistration,
)
from xuequ.registry.schemas.set_up import SchoolRow
from xuequ.registry.service.premises import PremisesService
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.premises import AreaSource, DangerLevel, PremisesState, RoomUse, Structure
from xuequ.testing import DAY, make_county, make_district, reading_of
from xuequ.testing.factories import MAKER, SETTINGS, invented_rows

PLACE = "530921/qianfeng"
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def door(session: Session) -> District:
    return make_district(session, PLACE, schools=2, pupils=1, staff=1)


@pytest.fixture
def premises(door: District) -> PremisesService:
    return door.registry.premises


def school_id(door: District, code: str = "s1") -> int:
    return next(school.id for school in door.registry.schools() if school.code == code)


def land(door: District, area: str = "2400.50", **more: Any) -> int:
    values: dict[str, Any] = {"school_id": school_id(door), "name": "校园", "since": DAY} | more
    (land_id,) = door.registry.premises.register_land([LandRegistration(area=Decimal(area), **values)])
    return land_id


def building(door: District, area: str = "600", **more: Any) -> int:
    values: dict[str, Any] = {"school_id": school_id(door), "name": "教学楼", "since": DAY} | more
    command = PremisesRegistration(area=Decimal(area), structure=Structure.BRICK_CONCRETE, **values)
    (premises_id,) = door.registry.premises.register_premises([command])
    return premises_id


def room(number: str, area: str = "50", use: RoomUse = RoomUse.CLASSROOM, **more: Any) -> RoomRegistration:
    values: dict[str, Any] = {"area": Decimal(area), "since": DAY} | more
    return RoomRegistration(number=number, use=use, **values)


def change(room_id: int, since: date = OCTOBER, area: str = "50", **more: Any) -> RoomChange:
    values: dict[str, Any] = {"use": RoomUse.CLASSROOM, "area": Decimal(area)} | more
    return RoomChange(room_id=room_id, since=since, **values)


def errors(caught: pytest.ExceptionInfo[Problems]) -> list[Any]:
    return [type(problem.error) for problem in caught.value.problems]


# rooms by date


def test_use_and_area_of_a_room_are_those_of_the_day(door: District, premises: PremisesService) -> None:
    at = building(door)
    (room_id,) = premises.register_rooms([room("101", "54.20", premises_id=at, capacity=45)])
    premises.change_rooms([change(room_id, use=RoomUse.COMPUTER, area="53.80", networked=True)])
    s1 = school_id(door)
    seen = {
        day: [(r.use, r.area, r.networked) for r in premises.rooms_of(s1, day)]
        for day in (date(2026, 8, 31), DAY, date(2026, 9, 30), OCTOBER)
    }
    assert seen == {
        date(2026, 8, 31): [],
        DAY: [(RoomUse.CLASSROOM, Decimal("54.20"), False)],
        date(2026, 9, 30): [(RoomUse.CLASSROOM, Decimal("54.20"), False)],
        OCTOBER: [(RoomUse.COMPUTER, Decimal("53.80"), True)],
    }
    premises.close_rooms([room_id], NOVEMBER)
    assert premises.rooms_of(s1, NOVEMBER) == [] and len(premises.rooms_of(s1, date(2026, 10, 31))) == 1
    with pytest.raises(RoomUnknown):
        premises.close_rooms([room_id], date(2026, 12, 1))  # it is no more


def test_sums_by_school_and_use_are_exact(door: District, premises: PremisesService) -> None:
    at, field = building(door, "1000.10"), land(door)
    premises.register_rooms(
        [
            *(room(str(n), "33.33", premises_id=at, capacity=40, networked=n < 3) for n in range(1, 4)),
            room("lab", "60.01", RoomUse.LABORATORY, premises_id=at),
            room("gym", "200", RoomUse.INDOOR_PE, premises_id=at),
            room("操场", "1200.05", RoomUse.FIELD, land_id=field),
        ]
    )
    first, second = premises.areas()
    sums = {use.use: (use.rooms, use.area, use.capacity, use.networked) for use in first.uses}
    assert sums == {
        RoomUse.CLASSROOM: (3, Decimal("99.99"), 120, 2),
        RoomUse.LABORATORY: (1, Decimal("60.01"), 0, 0),
        RoomUse.INDOOR_PE: (1, Decimal("200.00"), 0, 0),
        RoomUse.FIELD: (1, Decimal("1200.05"), 0, 0),
    }
    assert [use.use for use in first.uses] == sorted(sums, key=list(RoomUse).index)
    assert (first.teaching_area, first.sports_area) == (Decimal("360.00"), Decimal("1400.05"))
    assert (first.building.value, first.land.value) == (Decimal("1000.10"), Decimal("2400.50"))
    assert (second.uses, second.building.value, second.land.source) == ((), None, AreaSource.MISSING)
    assert premises.areas(date(2026, 8, 31))[0].uses == ()


def test_rooms_larger_than_their_building_are_refused_for_the_day_on_which_they_are(
    door: District, premises: PremisesService
) -> None:
    at = building(door, "100")
    one, two = premises.register_rooms([room("1", premises_id=at), room("2", premises_id=at)])
    with pytest.raises(RoomsTooLarge, match=r"自 2026-09-01 起合计 100\.01"):
        premises.register_rooms([room("3", "0.01", premises_id=at)])
    premises.change_rooms([change(one, area="30")])
    with pytest.raises(RoomsTooLarge, match=r"自 2026-09-01 起合计 120"):
        premises.register_rooms([room("3", "20", premises_id=at)])
    premises.register_rooms([room("3", "20", premises_id=at, since=OCTOBER)])
    with pytest.raises(RoomsTooLarge, match=r"自 2026-11-01 起合计 100\.5 "):
        premises.change_rooms([change(two, NOVEMBER, "50.5")])
    premises.change_rooms([change(one, NOVEMBER, "29.5"), change(two, NOVEMBER, "50.5")])  # together they fit
    assert door.context.session.scalar(select(func.sum(RoomSpan.area)).where(RoomSpan.until.is_(None))) == 100


def test_rooms_that_cannot_be_are_refused_all_at_once(door: District, premises: PremisesService) -> None:
    at, field = building(door), land(door)
    premises.register_rooms([room("1", premises_id=at)])
    with pytest.raises(Problems) as caught:
        premises.register_rooms(
            [
                room("1", premises_id=at),
                room("2", premises_id=at),
                room("2", premises_id=at),
                room("3"),
                room("4", premises_id=at, land_id=field),
                room("5", premises_id=at, use=RoomUse.FIELD),
                room("6", land_id=field),
                room("7", premises_id=1),
                room("8", land_id=1, use=RoomUse.FIELD),
                room("9", premises_id=at, since=date(2026, 8, 31)),
            ]
        )
    assert errors(caught) == [
        *(RoomKnown, RoomKnown, RoomWithoutPlace, RoomWithoutPlace, FieldIndoors, FieldIndoors),
        *(PremisesUnknown, LandUnknown, PremisesGone),
    ]
    (room_id,) = [view.id for view in premises.rooms_of(school_id(door))]
    with pytest.raises(Problems) as caught:
        premises.change_rooms([change(room_id, DAY, use=RoomUse.FIELD)])
    assert errors(caught) == [FieldIndoors, SpanNotLater]
    with pytest.raises(RoomUnknown):
        premises.change_rooms([change(1)])


# buildings by date


def test_a_demolished_building_is_used_no_more(door: District, premises: PremisesService) -> None:
    at = building(door)
    (room_id,) = premises.register_rooms([room("1", premises_id=at)])
    gone = PremisesChange(premises_id=at, state=PremisesState.DEMOLISHED, since=OCTOBER, authority="鉴定书")
    premises.change_premises(gone)
    s1 = school_id(door)
    assert len(premises.rooms_of(s1, date(2026, 9, 30))) == 1 and premises.rooms_of(s1, OCTOBER) == []
    assert premises.areas(OCTOBER)[0].building.value is None
    with pytest.raises(PremisesGone):
        premises.register_rooms([room("2", premises_id=at, since=OCTOBER)])
    with pytest.raises(PremisesGone):
        premises.change_rooms([change(room_id)])
    back = PremisesChange(premises_id=at, state=PremisesState.IN_USE, school_id=s1, since=NOVEMBER)
    with pytest.raises(IllegalTransition, match="已拆除"):
        premises.change_premises(back)
    with pytest.raises(PremisesGone):
        premises.assess_danger(
            DangerFinding(premises_id=at, level=DangerLevel.A, assessed_on=NOVEMBER, authority="x")
        )


def test_a_building_lies_idle_with_the_district_and_goes_to_another_school(
    door: District, premises: PremisesService
) -> None:
    at = building(door)
    premises.change_premises(PremisesChange(premises_id=at, state=PremisesState.IDLE, since=OCTOBER))
    to = PremisesChange(
        premises_id=at, state=PremisesState.IN_USE, school_id=school_id(door, "s2"), since=NOVEMBER
    )
    premises.change_premises(to)
    states = {day: premises.premises(day)[0] for day in (DAY, OCTOBER, NOVEMBER)}
    assert [(view.state, view.school) for view in states.values()] == [
        (PremisesState.IN_USE, "s1"),
        (PremisesState.IDLE, None),
        (PremisesState.IN_USE, "s2"),
    ]
    with pytest.raises(SpanNotLater):
        premises.change_premises(to)
    later = to.model_copy(update={"since": date(2026, 12, 1), "school_id": None})
    with pytest.raises(PremisesSchoolMissing):
        premises.change_premises(later)
    with pytest.raises(PremisesUnknown):
        premises.change_premises(later.model_copy(update={"premises_id": 1}))


def test_the_newest_assessment_up_to_a_day_holds(door: District, premises: PremisesService) -> None:
    at = building(door)
    finding = DangerFinding(premises_id=at, level=DangerLevel.B, assessed_on=DAY, authority="鉴定书1号")
    premises.assess_danger(finding)
    premises.assess_danger(finding)
    premises.assess_danger(finding.model_copy(update={"level": DangerLevel.D, "assessed_on": OCTOBER}))
    with pytest.raises(AssessedAlready, match="B级"):
        premises.assess_danger(finding.model_copy(update={"level": DangerLevel.A}))
    levels = [premises.premises(day)[0].danger for day in (DAY, date(2026, 9, 30), OCTOBER)]
    assert levels == [DangerLevel.B, DangerLevel.B, DangerLevel.D]
    facts = select(func.count()).select_from(FactRow).where(FactRow.name == "registry.danger_assessed")
    assert door.context.session.scalar(facts) == 2


def test_land_is_registered_once_for_its_certificate(door: District, premises: PremisesService) -> None:
    land(door, certificate="云(2020)1号")
    with pytest.raises(CertificateKnown):
        land(door, certificate="云(2020)1号")
    values: dict[str, Any] = {"school_id": school_id(door), "area": Decimal(1), "since": DAY}
    twice = LandRegistration(name="a", certificate="2号", **values)
    with pytest.raises(CertificateKnown):
        premises.register_land([twice, twice])
    with pytest.raises(Problems) as caught:
        premises.register_land([twice.model_copy(update={"school_id": 1}), twice])
    kinds: list[Any] = [SchoolUnknown, CertificateKnown]
    assert errors(caught) == kinds
    assert [(view.school, view.certificate) for view in premises.land()] == [("s1", "云(2020)1号")]
    with pytest.raises(LandUnknown):
        building(door, land_id=1)


def test_nothing_is_registered_with_a_school_that_is_closed(door: District) -> None:
    door.context.session.execute(text("UPDATE xq_registry_school SET closed_on = '2026-10-01'"))
    with pytest.raises(SchoolNotOpen):
        building(door)


# registered and measured areas


def test_registered_and_measured_areas_stand_side_by_side_and_never_mix(
    door: District, premises: PremisesService
) -> None:
    rows = invented_rows(PLACE, schools=2, pupils=1, staff=1)
    schools = [
        SchoolRow(
            code=code,
            name=f"{code}完小",
            kind=SchoolKind.COMPLETE,
            land_area=Decimal(3000),
            building_area=Decimal(700),
        )
        for code in ("s1", "s2")
    ]
    door.registry.set_up(door.registry.plan_set_up(reading_of({**rows, "schools": schools})))
    building(door, "650.25")
    first, second = premises.areas()
    assert (first.building.registered, first.building.measured) == (Decimal("650.25"), Decimal(700))
    assert (first.building.source, first.building.value) == (AreaSource.REGISTERED, Decimal("650.25"))
    assert (first.land.source, first.land.value, first.land.registered) == (
        AreaSource.MEASURED,
        Decimal(3000),
        None,
    )
    assert (second.building.source, second.building.value) == (AreaSource.MEASURED, Decimal(700))
    assert first.building.measured_as_of == DAY
    assert premises.areas(date(2026, 8, 31))[0].land.source is AreaSource.MISSING


def test_areas_take_the_same_number_of_statements_whatever_the_number_of_schools(session: Session) -> None:
    counts: list[int] = []
    for code, schools in (("a", 1), ("b", 30)):
        door = make_district(session, f"530921/{code}", schools=schools, pupils=0, staff=0)
        for school in door.registry.schools():
            at = building(door, school_id=school.id)
            door.registry.premises.register_rooms([room("1", premises_id=at)])
        counts.append(statements_of(session, door.registry.premises.areas))
    assert counts == [5, 5]


def test_many_rooms_are_registered_in_a_fixed_number_of_statements(door: District) -> None:
    def register(number: int) -> int:
        at = building(door, "100000")
        rooms = [room(str(n), premises_id=at) for n in range(number)]
        return statements_of(door.context.session, lambda: door.registry.premises.register_rooms(rooms))

    assert register(1) == register(200)


# scopes


def test_two_districts_do_not_see_each_others_premises(door: District) -> None:
    session = door.context.session
    make_district(session, "530921/dasi", schools=1)
    elsewhere = District(session, "530921/dasi", actor=MAKER, settings=SETTINGS)
    at, field = building(door), land(door)
    (room_id,) = door.registry.premises.register_rooms([room("1", premises_id=at)])
    other = elsewhere.registry.premises
    assert other.premises() == [] and other.land() == []
    for act in (
        lambda: other.rooms_of(school_id(door)),
        lambda: building(elsewhere, school_id=school_id(door)),
    ):
        with pytest.raises(SchoolUnknown):
            act()
    with pytest.raises(RoomUnknown):
        other.change_rooms([change(room_id)])
    with pytest.raises(Problems):
        other.register_rooms([room("2", premises_id=at), room("3", land_id=field, use=RoomUse.FIELD)])
    with pytest.raises(PremisesUnknown):
        other.change_premises(PremisesChange(premises_id=at, state=PremisesState.IDLE, since=OCTOBER))
    county = make_county(session).registry.premises
    assert [view.school for view in county.premises()] == ["s1"] and len(county.land()) == 1
    assert make_county(session, "530922").registry.premises.premises() == []


def test_a_district_that_has_given_a_building_away_has_no_say_in_it(door: District) -> None:
    session, premises = door.context.session, door.registry.premises
    there = make_district(session, "530921/dasi", schools=1)
    at = building(door)
    (room_id,) = premises.register_rooms([room("1", premises_id=at)])
    given = PremisesChange(
        premises_id=at, state=PremisesState.IN_USE, since=OCTOBER, school_id=school_id(there)
    )
    county = make_county(session).registry.premises
    county.change_premises(PremisesChange(premises_id=at, state=PremisesState.IDLE, since=date(2026, 9, 15)))
    county.change_premises(given)
    gone = PremisesChange(premises_id=at, state=PremisesState.DEMOLISHED, since=NOVEMBER)
    finding = DangerFinding(premises_id=at, level=DangerLevel.D, assessed_on=NOVEMBER, authority="鉴定报告")
    with pytest.raises(PremisesUnknown):
        premises.change_premises(gone)
    with pytest.raises(PremisesUnknown):
        premises.assess_danger(finding)
    with pytest.raises(RoomUnknown):
        premises.close_rooms([room_id], NOVEMBER)
    there.registry.premises.change_premises(gone)


def test_the_head_of_a_school_sees_its_rooms_only(door: District) -> None:
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    own = District(door.context.session, PLACE, actor=head, settings=SETTINGS).registry.premises
    assert own.rooms_of(school_id(door)) == []
    with pytest.raises(ActionNotPermitted):
        own.rooms_of(school_id(door, "s2"))
    with pytest.raises(ActionNotPermitted):
        own.areas()


# walls behind the rules


def test_the_database_itself_refuses_what_cannot_be(door: District) -> None:
    at = building(door)
    (room_id,) = door.registry.premises.register_rooms([room("1", premises_id=at)])
    session, county_id = door.context.session, door.context.scope.county_id
    span = {"county_id": county_id, "room_id": room_id, "use": "office", "area": Decimal(1), "since": OCTOBER}
    with pytest.raises(DBAPIError), session.begin_nested():  # two uses on one day
        session.execute(insert(RoomSpan).values(**span, networked=False, id=new_id()))
    with pytest.raises(DBAPIError), session.begin_nested():
        row = {"county_id": county_id, "name": "x", "area": Decimal(0), "structure": "frame"}
        session.execute(insert(Premises).values(**row, id=new_id()))


def test_the_data_check_finds_rooms_too_large_for_their_building(door: District) -> None:
    at = building(door, "100")
    door.registry.premises.register_rooms([room("1", premises_id=at), room("2", "40", premises_id=at)])
    session = door.context.session
    (result,) = run_data_checks(session, PLACE, only="registry.rooms_fit_their_building")
    assert result.findings == ()
    session.execute(text("UPDATE xq_registry_premises SET area = 8999"))  # 89.99 m²
    (result,) = run_data_checks(session, PLACE, only="registry.rooms_fit_their_building")
    assert [finding.row_id for finding in result.findings or ()] == [at]
