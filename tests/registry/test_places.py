"""Townships, villages, districts and schools, through the service, on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.registry.test_service import counted, statements_of
from xuequ import Actor, County, District, Holding, Post, Settings
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.journal import FactRow
from xuequ.core.settings import FixedClock
from xuequ.embed import run_data_checks
from xuequ.registry.errors.places import (
    CountAhead,
    DistrictDissolved,
    DistrictNeeded,
    DistrictNotEmpty,
    DistrictUnknown,
    GovernanceBackwards,
    IdentifierTaken,
    IdentifierUnfit,
    SchoolKnown,
    SchoolNotOpen,
    SchoolUnknown,
    SecondLegalPerson,
    StageNotTaught,
    TownshipKnown,
    TownshipUnknown,
    VillageElsewhere,
    VillageKnown,
    VillageNotServed,
    VillageServed,
    VillageUnknown,
)
from xuequ.registry.models.places import School, VillageCount
from xuequ.registry.schemas.places import (
    DistrictFoundation,
    GovernanceAdoption,
    SchoolOpening,
    TownshipRegistration,
    VillageCounting,
    VillageRegistration,
    VillageServing,
)
from xuequ.registry.schemas.premises import PremisesRegistration, RoomRegistration
from xuequ.registry.schemas.set_up import ClassRow, SchoolRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import GovernanceMode, SchoolKind, VillageMeasure
from xuequ.registry.states.premises import RoomUse, Structure
from xuequ.testing import DAY, make_county, make_district, reading_of
from xuequ.testing.factories import MAKER, invented_rows

PLACE = "530921/qianfeng"
LATER = date(2026, 10, 1)


@pytest.fixture
def door(session: Session) -> District:
    """A district with schools s1 and s2, on 1 September 2026."""
    return make_district(session, PLACE, schools=2, pupils=2, staff=1)


@pytest.fixture
def county(door: District) -> County:
    return make_county(door.context.session)


def at(door: District | County, day: date) -> Any:
    """Open the same door on another day."""
    settings = Settings(clock=FixedClock.at(day))
    return type(door)(door.context.session, door.code, actor=MAKER, settings=settings)


def villages(county: County, district: str | None = "qianfeng") -> None:
    county.registry.places.register_townships([TownshipRegistration(code="fengshan", name="凤山镇")])
    county.registry.places.register_villages(
        [
            VillageRegistration(code=code, name=name, township="fengshan", district=district)
            for code, name in (("dayou", "大有村"), ("xiangtang", "象塘村"))
        ]
    )


def count(measure: VillageMeasure, value: int, as_of: date = DAY, source: str = "镇政府") -> VillageCounting:
    return VillageCounting(village="dayou", measure=measure, as_of=as_of, value=value, source=source)


def opening(code: str = "s9", **more: Any) -> SchoolOpening:
    values: dict[str, Any] = {"name": f"{code}学校", "kind": SchoolKind.COMPLETE, "opened_on": DAY} | more
    return SchoolOpening(code=code, **values)


def errors(caught: pytest.ExceptionInfo[Problems]) -> list[Any]:
    return [type(problem.error) for problem in caught.value.problems]


# villages


def test_a_village_has_the_newest_figure_of_each_measure_with_its_own_day(county: County) -> None:
    villages(county)
    places = county.registry.places
    places.record_village_counts(
        [
            count(VillageMeasure.GROUPS, 15, date(2020, 11, 1), "第七次人口普查"),
            count(VillageMeasure.PEOPLE, 2549, date(2020, 11, 1), "第七次人口普查"),
            count(VillageMeasure.PEOPLE, 2510, date(2026, 6, 30)),
        ]
    )
    dayou, xiangtang = places.villages()
    assert (dayou.township, dayou.district) == ("fengshan", "qianfeng")
    assert dayou.value(VillageMeasure.PEOPLE) == 2510 and dayou.value(VillageMeasure.GROUPS) == 15
    assert dayou.value(VillageMeasure.ILLITERATES) is None and xiangtang.counts == ()
    (before, _) = places.villages(on=date(2026, 6, 29))
    assert before.value(VillageMeasure.PEOPLE) == 2549
    assert places.villages(on=date(2020, 10, 31))[0].counts == ()


def test_a_corrected_figure_is_a_later_edition_and_nothing_is_overwritten(county: County) -> None:
    villages(county)
    places = county.registry.places
    places.record_village_counts([count(VillageMeasure.PEOPLE, 2549), count(VillageMeasure.PEOPLE, 2594)])
    places.record_village_counts([count(VillageMeasure.PEOPLE, 2495, source="村委会")])
    assert places.villages()[0].value(VillageMeasure.PEOPLE) == 2495
    said = [(row.edition, row.value, row.source) for row in places.village_history("dayou")]
    assert said == [(3, 2495, "村委会"), (2, 2594, "镇政府"), (1, 2549, "镇政府")]
    session = county.context.session
    with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
        session.execute(update(VillageCount).values(value=0))


def test_figures_that_cannot_be_are_refused_all_at_once(door: District, county: County) -> None:
    villages(county, district=None)
    ahead = count(VillageMeasure.PEOPLE, 1, LATER)
    with pytest.raises(Problems) as caught:
        door.registry.places.record_village_counts([ahead])  # the district does not serve it
    assert errors(caught) == [VillageUnknown, CountAhead]
    assert door.context.session.scalar(select(func.count()).select_from(VillageCount)) == 0
    with pytest.raises(VillageUnknown):
        door.registry.places.village_history("dayou")


def test_villages_and_townships_are_registered_once(county: County) -> None:
    villages(county)
    places = county.registry.places
    again = TownshipRegistration(code="fengshan", name="凤山镇")
    with pytest.raises(TownshipKnown):
        places.register_townships([again])
    new = TownshipRegistration(code="new", name="新镇")
    with pytest.raises(TownshipKnown):
        places.register_townships([new, new])
    with pytest.raises(Problems) as caught:
        places.register_villages(
            [VillageRegistration(code="dayou", name="x", township="nowhere", district="nowhere")]
        )
    kinds: list[Any] = [VillageKnown, TownshipUnknown, DistrictUnknown]
    assert errors(caught) == kinds
    assert [town.name for town in places.townships()] == ["凤山镇"]


def test_two_districts_and_two_counties_see_their_own_villages_only(door: District, county: County) -> None:
    villages(county)
    make_district(door.context.session, "530921/dasi", schools=1)
    elsewhere = District(door.context.session, "530921/dasi", actor=MAKER)
    assert len(door.registry.places.villages()) == 2 and elsewhere.registry.places.villages() == []
    other = make_county(door.context.session, "530922")
    villages(other, district=None)
    assert len(other.registry.places.villages()) == len(county.registry.places.villages()) == 2
    county.registry.places.hand_over_villages(["dayou"], "dasi")
    assert [village.code for village in elsewhere.registry.places.villages()] == ["dayou"]
    county.registry.places.hand_over_villages(["dayou"], None)
    assert elsewhere.registry.places.villages() == []


# villages that a school serves


def test_a_school_serves_villages_from_a_day_to_a_day(door: District, county: County) -> None:
    villages(county)
    places = door.registry.places
    school = places.schools()[0]
    serving = VillageServing(school_id=school.id, villages=("dayou", "xiangtang", "dayou"), since=DAY)
    places.assign_villages(serving)
    with pytest.raises(Problems) as caught:
        places.assign_villages(serving)
    assert errors(caught) == [VillageServed, VillageServed]
    places.release_villages(school.id, ["dayou"], LATER)
    assert places.school(school.id, on=date(2026, 9, 30)).villages == ("dayou", "xiangtang")
    assert places.school(school.id, on=LATER).villages == ("xiangtang",)
    assert places.school(school.id, on=date(2026, 8, 31)).villages == ()
    with pytest.raises(VillageNotServed):
        places.release_villages(school.id, ["dayou"], date(2026, 11, 1))
    with pytest.raises(VillageNotServed):
        places.release_villages(school.id, ["xiangtang"], DAY)  # it would have served no day
    places.assign_villages(serving.model_copy(update={"villages": ("dayou",), "since": LATER}))
    assert places.schools(on=LATER)[0].villages == ("dayou", "xiangtang")


def test_a_school_serves_no_village_of_another_district(door: District, county: County) -> None:
    villages(county)
    make_district(door.context.session, "530921/dasi", schools=1)
    elsewhere = District(door.context.session, "530921/dasi", actor=MAKER)
    school = elsewhere.registry.places.schools()[0]
    serving = VillageServing(school_id=school.id, villages=("dayou",), since=DAY)
    with pytest.raises(VillageElsewhere):
        elsewhere.registry.places.assign_villages(serving)
    with pytest.raises(SchoolUnknown):
        door.registry.places.assign_villages(serving)
    with pytest.raises(VillageUnknown):
        elsewhere.registry.places.assign_villages(serving.model_copy(update={"villages": ("nowhere",)}))


# districts


def test_a_district_has_two_superiors_and_a_governance_mode_by_date(door: District, county: County) -> None:
    villages(county)
    places = county.registry.places
    places.assign_township("qianfeng", "fengshan")
    before = places.districts()[0]
    assert (before.township, before.governance, before.legal_person) == ("fengshan", None, None)
    assert (before.schools, before.villages) == (2, 2)
    by_principal = GovernanceAdoption(
        district="qianfeng", mode=GovernanceMode.PRINCIPAL, since=date(2006, 9, 1), authority="义务教育法"
    )
    by_party = by_principal.model_copy(update={"mode": GovernanceMode.PARTY, "since": DAY})
    places.adopt_governance(by_principal)
    places.adopt_governance(by_party)
    modes = {day: door.registry.places.districts(day)[0].governance for day in (date(2006, 8, 31), LATER)}
    assert modes == {date(2006, 8, 31): None, LATER: GovernanceMode.PARTY}
    assert door.registry.places.districts(date(2026, 8, 31))[0].governance is GovernanceMode.PRINCIPAL
    with pytest.raises(GovernanceBackwards):
        places.adopt_governance(by_principal)
    with pytest.raises(TownshipUnknown):
        places.assign_township("qianfeng", "nowhere")
    with pytest.raises(DistrictUnknown):
        places.assign_township("nowhere", "fengshan")


def test_a_district_is_dissolved_when_nothing_is_left_in_it(county: County) -> None:
    villages(county)
    places = county.registry.places
    with pytest.raises(DistrictNotEmpty, match=r"s1、s2；村 dayou、xiangtang"):
        places.dissolve_district("qianfeng", LATER)
    county.registry.found_district(DistrictFoundation(code="empty", name="空学区", opened_on=DAY))
    places.dissolve_district("empty", LATER)
    empty = next(district for district in places.districts() if district.code == "empty")
    assert (empty.opened_on, empty.dissolved_on) == (DAY, LATER)
    with pytest.raises(DistrictDissolved):
        places.dissolve_district("empty", LATER)
    gone = District(county.context.session, "530921/empty", actor=MAKER)
    with pytest.raises(DistrictDissolved):
        gone.registry.places.open_school(opening())


# schools


def test_a_nine_year_school_teaches_two_stages_and_an_attached_class_adds_one(door: District) -> None:
    places = door.registry.places
    school = places.open_school(opening(kind=SchoolKind.NINE_YEAR))
    assert school.stages == (Stage.PRIMARY, Stage.JUNIOR)
    assert places.attach_preschool(school.id).stages == (Stage.PRESCHOOL, Stage.PRIMARY, Stage.JUNIOR)
    facts = select(func.count()).select_from(FactRow).where(FactRow.name == "registry.preschool_attached")
    places.attach_preschool(school.id)
    assert door.context.session.scalar(facts) == 1
    only = places.open_school(opening("kids", kind=SchoolKind.PRESCHOOL))
    assert only.stages == (Stage.PRESCHOOL,)


def test_the_central_school_is_the_only_legal_person_of_a_district(door: District) -> None:
    places = door.registry.places
    central = places.open_school(opening("zx", kind=SchoolKind.CENTRAL))
    assert central.legal_person and not any(s.legal_person for s in places.schools() if s.id != central.id)
    assert places.districts()[0].legal_person == "zx"
    with pytest.raises(SecondLegalPerson, match="zx学校"):
        places.open_school(opening("zx2", kind=SchoolKind.CENTRAL))
    second = places.open_school(opening("other", legal_person=True))
    assert not second.legal_person  # inside a district nobody may choose
    assert places.designate_central(second.id).legal_person
    kinds = {school.code: (school.kind, school.legal_person) for school in places.schools()}
    assert kinds["zx"] == (SchoolKind.COMPLETE, False)
    assert kinds["other"] == (SchoolKind.CENTRAL, True)
    assert places.designate_central(second.id).legal_person


@pytest.mark.parametrize("kind", ["complete", "central"])
def test_the_database_itself_refuses_a_second_legal_person(door: District, kind: str) -> None:
    door.registry.places.open_school(opening("zx", kind=SchoolKind.CENTRAL))
    session, scope = door.context.session, door.context.scope
    row = {"county_id": scope.county_id, "district_id": scope.district_id, "code": "b", "name": "b"}
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(insert(School).values(**row, kind=kind, legal_person=True, id=1))


def test_a_school_code_is_never_used_twice(door: District) -> None:
    with pytest.raises(SchoolKnown):
        door.registry.places.open_school(opening("s1"))


def test_an_identifier_is_of_ten_digits_of_its_kind_and_province_and_nobody_elses(door: District) -> None:
    places = door.registry.places
    school = places.open_school(opening(identifier="2153000001"))
    assert school.identifier == "2153000001"
    with pytest.raises(IdentifierTaken):
        places.open_school(opening("b", identifier="2153000001"))
    assert places.assign_identifier(school.id, "2153000001").identifier == "2153000001"
    for unfit in ("215300001", "21530000011", "215300000x", "２１53000001", "9953000001", "2144000001"):
        with pytest.raises(IdentifierUnfit):
            places.assign_identifier(school.id, unfit)
    with pytest.raises(Problems) as caught:
        places.assign_identifier(school.id, "9944000001")
    assert errors(caught) == [IdentifierUnfit, IdentifierUnfit]
    with pytest.raises(SchoolUnknown):
        places.assign_identifier(1, "2153000002")


def test_a_school_is_there_from_the_day_on_which_it_opens(door: District) -> None:
    school = door.registry.places.open_school(opening(opened_on=LATER))
    assert [s.code for s in door.registry.schools()] == ["s1", "s2"]
    assert [s.code for s in door.registry.schools(on=LATER)] == ["s1", "s2", "s9"]
    assert door.registry.places.school(school.id).opened_on == LATER
    assert len(door.registry.district_at_a_glance(LATER).schools) == 3
    with pytest.raises(SchoolNotOpen):
        door.registry.places.attach_preschool(school.id)


# schools outside any district


def test_a_school_outside_any_district_is_administered_at_the_countys_door(
    door: District, county: County
) -> None:
    places = county.registry.places
    school = places.open_school(opening("s1", kind=SchoolKind.JUNIOR))  # the district's s1 is another
    assert (school.district, school.place, school.legal_person) == (None, "530921/-/s1", True)
    with pytest.raises(SchoolKnown):
        places.open_school(opening("s1"))
    assert not places.open_school(opening("s2", legal_person=False)).legal_person
    assert len(places.schools()) == 4 and len(door.registry.places.schools()) == 2
    with pytest.raises(SchoolUnknown):
        door.registry.places.school(school.id)
    with pytest.raises(DistrictNeeded):
        places.designate_central(school.id)


def test_a_post_at_a_school_outside_any_district_reaches_that_school_only(
    door: District, county: County
) -> None:
    outside = county.registry.places.open_school(opening("yizhong", kind=SchoolKind.JUNIOR))
    second = county.registry.places.open_school(opening("erzhong", kind=SchoolKind.JUNIOR))
    head = Actor("T1", (Holding(Post.SCHOOL_HEAD, "530921/-/yizhong"),))
    own = County(door.context.session, "530921", actor=head)
    assert own.registry.school(outside.id).code == "yizhong"
    assert own.registry.places.school(outside.id) == outside
    assert own.registry.premises.rooms_of(outside.id) == []
    inside = door.registry.schools()[0]
    for other in (second.id, inside.id):
        with pytest.raises(ActionNotPermitted):
            own.registry.school(other)
        with pytest.raises(ActionNotPermitted):
            own.registry.places.school(other)
    with pytest.raises(ActionNotPermitted):
        own.registry.places.schools()
    with pytest.raises(ActionNotPermitted):
        District(door.context.session, PLACE, actor=head).registry.school(inside.id)
    with pytest.raises(ValueError, match="code"):
        District(door.context.session, "530921/-", actor=head)


def test_the_database_itself_keeps_codes_apart_outside_districts(county: County) -> None:
    county.registry.places.open_school(opening("yizhong"))
    session, county_id = county.context.session, county.context.scope.county_id
    row = {"county_id": county_id, "code": "yizhong", "name": "b", "kind": "junior", "id": 1}
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(insert(School).values(**row, legal_person=False))


# the set-up workbook


def test_a_workbook_attaches_a_preschool_where_it_forms_such_a_class(door: District) -> None:
    rows = invented_rows(PLACE, schools=2, pupils=2, staff=1)
    new = SchoolRow(code="s3", name="s3小学", kind=SchoolKind.TEACHING_POINT)
    preschools = [
        ClassRow(school=code, stage=Stage.PRESCHOOL, entry_year=2026, number=1) for code in ("s2", "s3")
    ]
    more = {"schools": [*rows["schools"], new], "classes": [*rows["classes"], *preschools]}
    book = reading_of({**rows, **more})
    door.registry.set_up(door.registry.plan_set_up(book))
    stages = {school.code: len(school.stages) for school in door.registry.places.schools()}
    assert stages == {"s1": 1, "s2": 2, "s3": 2}


def test_a_workbook_forms_no_class_of_a_stage_that_the_school_does_not_teach(door: District) -> None:
    rows = invented_rows(PLACE, schools=2, pupils=2, staff=1)
    junior = ClassRow(school="s1", stage=Stage.JUNIOR, entry_year=2026, number=1)
    plan = door.registry.plan_set_up(reading_of({**rows, "classes": [*rows["classes"], junior]}))
    assert [type(problem.error) for problem in plan.problems] == [StageNotTaught]


def test_a_workbook_makes_one_central_school_and_may_make_another_in_its_place(door: District) -> None:
    rows = invented_rows(PLACE, schools=2, pupils=2, staff=1)

    def plan(*kinds: SchoolKind, more: tuple[SchoolRow, ...] = ()) -> Any:
        schools = [
            row.model_copy(update={"kind": kind}) for row, kind in zip(rows["schools"], kinds, strict=True)
        ]
        return door.registry.plan_set_up(reading_of({**rows, "schools": [*schools, *more]}))

    central, complete = SchoolKind.CENTRAL, SchoolKind.COMPLETE
    both = plan(central, central)
    assert [type(problem.error) for problem in both.problems] == [SecondLegalPerson] * 2
    for kinds in ((central, complete), (complete, central), (central, complete)):
        door.registry.set_up(plan(*kinds))
        legal = [school.legal_person for school in door.registry.places.schools()]
        assert legal == [kind is central for kind in kinds]
    new = SchoolRow(code="s3", name="新中心校", kind=central)
    door.registry.set_up(plan(complete, complete, more=(new,)))
    assert [school.legal_person for school in door.registry.places.schools()] == [False, False, True]


# the overview


def add_room(door: District, school_id: int, area: str) -> None:
    building = PremisesRegistration(
        school_id=school_id, name="教学楼", area=Decimal(500), structure=Structure.FRAME, since=DAY
    )
    (premises_id,) = door.registry.premises.register_premises([building])
    rooms = [
        RoomRegistration(
            number=number, use=RoomUse.CLASSROOM, area=Decimal(area), premises_id=premises_id, since=DAY
        )
        for number in ("101", "102")
    ]
    door.registry.premises.register_rooms(rooms)


def test_the_overview_counts_what_the_glance_counts_and_sums_rooms_exactly(
    door: District, county: County
) -> None:
    add_room(door, door.registry.schools()[0].id, "48.35")
    outside = county.registry.places.open_school(opening("yizhong", kind=SchoolKind.JUNIOR))
    rows = door.registry.places.overview()
    assert [(row.code, row.district, row.rooms_area) for row in rows] == [
        ("s1", "qianfeng", Decimal("96.70")),
        ("s2", "qianfeng", Decimal(0)),
    ]
    for day in (DAY, date(2026, 8, 31), date(2032, 8, 31), date(2032, 9, 1)):
        glance = door.registry.district_at_a_glance(day).schools
        counts = [(school.code, school.classes, school.pupils, school.staff) for school in glance]
        seen = door.registry.places.overview(day)
        assert [(row.code, row.classes, row.pupils, row.staff) for row in seen] == counts
    whole = county.registry.places.overview()
    assert [row.code for row in whole] == ["s1", "s2", "yizhong"] and whole[:2] == rows
    assert (whole[2].id, whole[2].district, whole[2].pupils) == (outside.id, None, 0)


@pytest.mark.parametrize("number", [3, 200])
def test_the_overview_of_any_number_of_schools_takes_at_most_three_statements(
    session: Session, number: int
) -> None:
    door = make_district(session, PLACE, schools=number, pupils=1, staff=1)
    county = make_county(session)
    fresh = District(session, PLACE, actor=MAKER, settings=door.context.settings)
    with counted(session) as sent:
        rows = fresh.registry.places.overview()
    assert len(sent) <= 3 and len(rows) == number  # with those that find the door's place
    assert all((row.classes, row.pupils, row.staff) == (1, 1, 1) for row in rows)
    assert statements_of(session, door.registry.places.overview) <= 3
    assert statements_of(session, county.registry.places.overview) <= 3


def test_two_districts_do_not_mix_in_the_overview(door: District) -> None:
    session = door.context.session
    other = make_district(session, "530921/dasi", schools=1, pupils=5, staff=4)
    assert [(row.pupils, row.staff) for row in door.registry.places.overview()] == [(2, 1), (2, 1)]
    assert [(row.pupils, row.staff) for row in other.registry.places.overview()] == [(5, 4)]
    far = make_district(session, "530922/qianfeng", schools=1, pupils=7, staff=1)
    assert [row.pupils for row in make_county(session).registry.places.overview()] == [2, 2, 5]
    assert [row.pupils for row in far.registry.places.overview()] == [7]


# what the data check finds


def test_whoever_is_still_at_a_school_after_its_closing_is_found(door: District) -> None:
    session = door.context.session
    assert all(not result.findings for result in run_data_checks(session, PLACE))
    session.execute(text("UPDATE xq_registry_school SET closed_on = '2026-10-01' WHERE code = 's1'"))
    (result,) = run_data_checks(session, PLACE, only="registry.nobody_at_a_closed_school")
    found = sorted({finding.table for finding in result.findings or ()})
    assert found == [
        "xq_registry_employment",
        "xq_registry_enrolment",
        "xq_registry_placement",
        "xq_registry_pupil_status",
    ]
