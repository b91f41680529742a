"""The workbooks of schools, and of townships and villages, at both doors and on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.registry.booking import edited, exported, named, outcomes, planned, read_back, taken
from xuequ import Actor, County, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, CellRequired, ColumnFixed, ImportConflict
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome
from xuequ.exchange import apply_file, export_file, plan_file
from xuequ.exchange.writer import write_workbook
from xuequ.registry.errors.places import (
    DistrictElsewhere,
    DistrictNeeded,
    LegalPersonGiven,
    SchoolNotOpen,
    VillageKnown,
)
from xuequ.registry.models.places import VillageCount
from xuequ.registry.schemas.books.places import (
    OpenSchoolRow,
    ServedRow,
    TownshipRow,
    VillageCountRow,
    VillageRow,
)
from xuequ.registry.schemas.places import SchoolMerger, VillageCounting
from xuequ.registry.states.places import SchoolKind, VillageMeasure
from xuequ.registry.templates import SCHOOLS, VILLAGES
from xuequ.testing import DAY, make_county, make_district
from xuequ.testing.factories import SETTINGS

PLACE = "530921/qianfeng"
AUGUST, OCTOBER, NOVEMBER = date(2026, 8, 1), date(2026, 10, 1), date(2026, 11, 1)
CENTRAL, COMPLETE = SchoolKind.CENTRAL, SchoolKind.COMPLETE


@pytest.fixture
def door(session: Session) -> District:
    """A district with schools s1 and s2, on 1 September 2026."""
    return make_district(session, PLACE)


@pytest.fixture
def county(door: District) -> County:
    return make_county(door.context.session)


def as_post(door: District, post: Post, place: str = PLACE) -> District:
    """Open the same door as somebody who holds a post."""
    actor = Actor(staff_no="T1", holdings=(Holding(post, place),))
    return District(door.context.session, door.code, actor=actor, settings=SETTINGS)


def count(value: int, source: str = "村委会年报", village: str = "v1", as_of: date = DAY) -> VillageCountRow:
    return VillageCountRow(
        village=village, measure=VillageMeasure.PEOPLE, as_of=as_of, value=value, source=source
    )


def served(village: str, since: date, until: date | None = None, school: str = "s1") -> ServedRow:
    return ServedRow(school=school, village=village, since=since, until=until)


def village(code: str, district: str | None = "qianfeng") -> VillageRow:
    return VillageRow(code=code, name=f"{code}村", township="t1", district=district)


def valley() -> dict[str, list[Command]]:
    """Return a township with two villages, what is counted of them, and who serves and served them."""
    return {
        "townships": [TownshipRow(code="t1", name="前锋镇")],
        "villages": [village("v1"), village("v2")],
        "counts": [count(1200), count(1180, as_of=AUGUST), count(300, village="v2")],
        "served": [
            served("v1", AUGUST, DAY),
            served("v1", OCTOBER),
            served("v2", DAY),
            served("v1", DAY, OCTOBER, school="s2"),
        ],
    }


def people(door: District, code: str = "v1") -> int | None:
    return next(v.value(VillageMeasure.PEOPLE) for v in door.registry.places.villages() if v.code == code)


def school(code: str, kind: SchoolKind = COMPLETE, **more: Any) -> OpenSchoolRow:
    values: dict[str, Any] = {"name": f"{code}完小"} | more
    return OpenSchoolRow(code=code, kind=kind, **values)


def kinds(door: District) -> dict[str, SchoolKind]:
    return {one.code: one.kind for one in door.registry.places.schools()}


# townships and villages


def test_a_file_of_villages_goes_in_and_reads_back_without_a_change(door: District, tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", VILLAGES, valley())
    assert outcomes(apply_file(door, tmp_path / "a.xlsx", VILLAGES)) == {Outcome.ADDED: 10}
    assert outcomes(apply_file(door, tmp_path / "a.xlsx", VILLAGES)) == {Outcome.UNCHANGED: 10}
    export_file(door, tmp_path / "out.xlsx", VILLAGES)
    plan = plan_file(door, tmp_path / "out.xlsx", VILLAGES)
    assert (plan.problems, outcomes(plan)) == ((), {Outcome.UNCHANGED: 10})
    on = {day: door.registry.places.schools(day) for day in (AUGUST, DAY, OCTOBER)}
    assert [[s.villages for s in schools] for schools in on.values()] == [
        [("v1",), ()],
        [("v2",), ("v1",)],
        [("v1", "v2"), ()],
    ]


def test_an_export_of_villages_sets_up_another_county(session: Session, door: District) -> None:
    taken(door, VILLAGES, **valley())
    out = exported(door, VILLAGES)
    other = make_district(session, "530922/qianfeng")
    other.registry.books.take(out)
    again = exported(other, VILLAGES)
    assert {s: [r.command for r in rows] for s, rows in again.rows.items()} == {
        s: [r.command for r in rows] for s, rows in out.rows.items()
    }


def test_an_export_of_a_school_has_the_villages_that_it_serves_or_served(door: District) -> None:
    taken(door, VILLAGES, **valley())
    assert [len(rows) for rows in exported(door, VILLAGES, "s1").rows.values()] == [1, 2, 3, 3]
    assert [len(rows) for rows in exported(door, VILLAGES, "s2").rows.values()] == [1, 1, 2, 1]


def test_every_bad_row_of_villages_is_named(door: District) -> None:
    taken(door, VILLAGES, **valley())
    plan = planned(
        door,
        VILLAGES,
        villages=[VillageRow(code="v3", name="三村", township="t9"), village("v4")],
        counts=[count(1, village="v9"), count(1, as_of=OCTOBER), count(1, village="v4")],
        served=[served("v9", DAY), served("v1", NOVEMBER), served("v4", DAY, school="s9")],
    )
    assert named(plan) == [
        ("村", 2, "乡镇代码", "registry.township_unknown"),
        ("村情统计", 2, "村代码", "registry.village_unknown"),
        ("村情统计", 3, "统计日期", "registry.count_ahead"),
        ("服务村", 2, "村代码", "registry.village_unknown"),
        ("服务村", 3, "村代码", "registry.village_served"),
        ("服务村", 4, "学校代码", "registry.school_unknown"),
    ]


def test_townships_and_villages_are_the_countys_act_at_whichever_door(door: District) -> None:
    rows = valley()
    principal = as_post(door, Post.PRINCIPAL)
    plan = planned(principal, VILLAGES, townships=rows["townships"], villages=rows["villages"])
    assert {type(problem.error) for problem in plan.problems} == {ActionNotPermitted}
    assert "教育局" in plan.problems[0].text()
    taken(as_post(door, Post.BUREAU_OFFICER, "530921"), VILLAGES, **rows)
    more: dict[str, list[Command]] = rows | {
        "counts": [*rows["counts"], count(1201, as_of=date(2026, 8, 31))],
        "served": [*rows["served"], served("v2", AUGUST, DAY, school="s2")],
    }
    # what the county has entered stands in the principal's file, and is no act of his
    assert outcomes(taken(principal, VILLAGES, **more)) == {Outcome.UNCHANGED: 10, Outcome.ADDED: 2}


def test_at_a_districts_door_a_village_is_the_districts(session: Session, door: District) -> None:
    make_district(session, "530921/other")
    taken(door, VILLAGES, townships=valley()["townships"], villages=[village("v1", None)])
    (one,) = door.registry.places.villages()
    assert one.district == "qianfeng"
    (problem,) = planned(door, VILLAGES, villages=[village("v2", "other")]).problems
    assert isinstance(problem.error, DistrictElsewhere)
    assert problem.place is not None
    assert problem.place.column == "学区代码"


def test_two_districts_see_only_their_villages(session: Session, door: District) -> None:
    taken(door, VILLAGES, **valley())
    other = make_district(session, "530921/other")
    assert [len(rows) for rows in exported(other, VILLAGES).rows.values()] == [1, 0, 0, 0]
    plan = planned(other, VILLAGES, villages=[village("v1", "other")], counts=[count(1)])
    assert [type(p.error).__name__ for p in plan.problems] == [VillageKnown.__name__, "VillageUnknown"]


def test_the_county_enters_villages_of_all_districts_and_hands_them_over(
    session: Session, door: District, county: County
) -> None:
    make_district(session, "530921/other")
    rows = {name: some for name, some in valley().items() if name != "served"}
    taken(county, VILLAGES, **rows)
    changed = taken(county, VILLAGES, villages=[village("v1", "other"), village("v3", None)])
    assert outcomes(changed) == {Outcome.CHANGED: 1, Outcome.ADDED: 1}
    assert [v.code for v in door.registry.places.villages()] == ["v2"]
    assert outcomes(read_back(county, VILLAGES)) == {Outcome.UNCHANGED: 7}


def test_at_a_countys_door_no_code_tells_which_school_serves(door: District, county: County) -> None:
    taken(door, VILLAGES, **valley())
    plan = planned(county, VILLAGES, served=[served("v1", NOVEMBER)])
    assert [type(problem.error) for problem in plan.problems] == [DistrictNeeded]
    assert len(exported(county, VILLAGES).rows["served"]) == 0


def test_names_of_villages_are_not_changed_by_a_file(door: District) -> None:
    taken(door, VILLAGES, **valley())
    plan = planned(door, VILLAGES, Decision.FILE, townships=[TownshipRow(code="t1", name="别镇")])
    assert [type(problem.error) for problem in plan.problems] == [ColumnFixed]


def test_another_figure_of_the_same_day_is_a_later_edition(session: Session, door: District) -> None:
    taken(door, VILLAGES, **valley())
    taken(door, VILLAGES, counts=[count(1210, "更正")])
    assert people(door) == 1210
    assert session.scalar(select(func.count()).select_from(VillageCount)) == 4
    assert [c.value for c in door.registry.places.village_history("v1")] == [1210, 1200, 1180]


def by_hand(door: District, value: int) -> None:
    counting = VillageCounting(
        village="v1", measure=VillageMeasure.PEOPLE, as_of=DAY, value=value, source="入户核查"
    )
    door.registry.places.record_village_counts([counting])


def test_a_figure_corrected_by_hand_is_kept_against_the_same_file(door: District) -> None:
    taken(door, VILLAGES, **valley())
    by_hand(door, 1190)
    again = taken(door, VILLAGES, **valley())
    assert outcomes(again) == {Outcome.UNCHANGED: 9, Outcome.KEPT: 1}
    assert people(door) == 1190


@pytest.mark.parametrize(("decision", "holds"), [(Decision.FILE, 1300), (Decision.REGISTERED, 1190)])
def test_a_figure_corrected_by_hand_is_a_conflict_for_a_new_one(
    door: District, decision: Decision, holds: int
) -> None:
    taken(door, VILLAGES, **valley())
    by_hand(door, 1190)
    plan = planned(door, VILLAGES, counts=[count(1300, "新年报")])
    assert [type(problem.error) for problem in plan.problems] == [ImportConflict] * 2
    taken(door, VILLAGES, decision, counts=[count(1300, "新年报")])
    assert people(door) == holds


def test_a_school_ceases_to_serve_by_the_row_that_says_since_when_it_does(door: District) -> None:
    taken(door, VILLAGES, **valley())
    taken(door, VILLAGES, served=[served("v2", DAY, NOVEMBER)])
    assert [s.villages for s in door.registry.places.schools(NOVEMBER)] == [("v1",), ()]
    (problem,) = planned(door, VILLAGES, Decision.FILE, served=[served("v2", DAY, OCTOBER)]).problems
    assert isinstance(problem.error, ColumnFixed)


# schools


def test_schools_go_in_and_read_back_without_a_change(door: District) -> None:
    rows: list[Command] = [
        school("s1", CENTRAL, identifier="2153000001"),
        school("s2", preschool_attached=True),
        school("s3", SchoolKind.TEACHING_POINT, opened_on=DAY, identifier="2153000003"),
    ]
    done = taken(door, SCHOOLS, Decision.FILE, schools=rows)
    assert outcomes(done) == {Outcome.CHANGED: 2, Outcome.ADDED: 1}
    assert outcomes(taken(door, SCHOOLS, schools=rows)) == {Outcome.UNCHANGED: 3}
    assert outcomes(read_back(door, SCHOOLS)) == {Outcome.UNCHANGED: 3}
    first, second, third = door.registry.places.schools()
    assert (first.kind, first.legal_person, first.identifier) == (CENTRAL, True, "2153000001")
    assert [stage.label for stage in second.stages] == ["学前", "小学"]
    assert (third.opened_on, third.identifier) == (DAY, "2153000003")


def test_an_export_of_schools_sets_up_another_district(session: Session, door: District) -> None:
    new: list[Command] = [school("c1", CENTRAL, opened_on=DAY), school("c2", opened_on=DAY)]
    taken(door, SCHOOLS, schools=new)
    other = make_district(session, "530922/other", schools=0)
    out = exported(door, SCHOOLS).rows["schools"]
    made = [row.command for row in out if isinstance(row.command, OpenSchoolRow) and row.command.opened_on]
    taken(other, SCHOOLS, schools=made)
    assert [row.command for row in exported(other, SCHOOLS).rows["schools"]] == made


def test_another_central_school_takes_the_place_of_the_one_that_was(door: District) -> None:
    taken(door, SCHOOLS, Decision.FILE, schools=[school("s1", CENTRAL)])
    both: list[Command] = [school("s1", COMPLETE), school("s2", CENTRAL)]
    asked = planned(door, SCHOOLS, schools=both).problems
    assert [type(problem.error) for problem in asked] == [ImportConflict]
    assert outcomes(edited(door, SCHOOLS, schools=both)) == {Outcome.CHANGED: 2}
    taken(door, SCHOOLS, Decision.FILE, schools=both)
    assert kinds(door) == {"s1": COMPLETE, "s2": CENTRAL}
    assert outcomes(read_back(door, SCHOOLS)) == {Outcome.UNCHANGED: 2}


def test_a_file_names_one_central_school(door: District) -> None:
    taken(door, SCHOOLS, Decision.FILE, schools=[school("s1", CENTRAL)])
    for rows in ([school("s1", CENTRAL), school("s2", CENTRAL)], [school("s3", CENTRAL, opened_on=DAY)]):
        plan = edited(door, SCHOOLS, schools=list(rows))
        assert [(column, code) for _, _, column, code in named(plan)] == [
            ("学校类别", "registry.second_legal_person")
        ]


def test_what_is_wrong_with_a_row_of_schools_is_named(door: District) -> None:
    taken(door, SCHOOLS, Decision.FILE, schools=[school("s1", CENTRAL, preschool_attached=True)])
    plan = planned(
        door,
        SCHOOLS,
        Decision.FILE,
        schools=[
            school("s1", COMPLETE, preschool_attached=False),
            school("s2", identifier="9953000001", name="改名完小"),
            school("s3"),
            school("s4", opened_on=DAY, legal_person=True),
            school("s5", opened_on=DAY, identifier="2144000001"),
        ],
    )
    assert sorted(named(plan)) == sorted(
        [
            ("学校登记", 2, "学校类别", "core.column_fixed"),
            ("学校登记", 2, "是否附设学前班", "core.column_fixed"),
            ("学校登记", 3, "学校名称", "core.column_fixed"),
            ("学校登记", 4, "开办日期", CellRequired.code),
            ("学校登记", 5, "是否法人", LegalPersonGiven.code),
            ("学校登记", 6, "学校标识码", "registry.identifier_unfit"),
        ]
    )


def test_schools_are_opened_by_the_county_and_identified_by_the_district(door: District) -> None:
    principal = as_post(door, Post.PRINCIPAL)
    new: list[Command] = [school("s3", opened_on=DAY), school("s1", CENTRAL)]
    plan = edited(principal, SCHOOLS, schools=new)
    assert [type(problem.error) for problem in plan.problems] == [ActionNotPermitted] * 2
    taken(principal, SCHOOLS, schools=[school("s1", identifier="2153000001")])
    taken(as_post(door, Post.BUREAU_OFFICER, "530921"), SCHOOLS, Decision.FILE, schools=new)
    assert kinds(door)["s1"] is CENTRAL


def test_the_countys_door_holds_the_schools_outside_any_district(door: District, county: County) -> None:
    rows: list[Command] = [
        school("s1", SchoolKind.JUNIOR, name="县一中", opened_on=DAY),
        school("s2", SchoolKind.NINE_YEAR, name="县实验学校", opened_on=DAY, legal_person=False),
    ]
    assert outcomes(taken(county, SCHOOLS, schools=rows)) == {Outcome.ADDED: 2}
    assert outcomes(taken(county, SCHOOLS, schools=rows)) == {Outcome.UNCHANGED: 2}
    told = [row.command for row in exported(county, SCHOOLS).rows["schools"]]
    assert [row.legal_person for row in told if isinstance(row, OpenSchoolRow)] == [True, False]
    assert kinds(door) == {"s1": COMPLETE, "s2": COMPLETE}
    (problem,) = edited(county, SCHOOLS, schools=[school("s1", CENTRAL, name="县一中")]).problems
    assert isinstance(problem.error, DistrictNeeded)


def test_a_closed_school_stands_in_no_export_and_no_file_opens_it(door: District) -> None:
    s1, s2 = (one.id for one in door.registry.places.schools())
    door.registry.mergers.merge_school(SchoolMerger(school_id=s1, into_id=s2, on=DAY, authority="批复"))
    codes = [row.command.model_dump()["code"] for row in exported(door, SCHOOLS).rows["schools"]]
    assert codes == ["s2"]
    assert len(exported(door, SCHOOLS, "s1").rows["schools"]) == 0
    rows: list[Command] = [school("s1", preschool_attached=True)]
    (problem,) = planned(door, SCHOOLS, Decision.FILE, schools=rows).problems
    assert isinstance(problem.error, SchoolNotOpen)


def test_what_was_decided_of_a_school_by_hand_stands_against_the_same_file(door: District) -> None:
    rows: list[Command] = [school("s1", CENTRAL, identifier="2153000001"), school("s2")]
    taken(door, SCHOOLS, Decision.FILE, schools=rows)
    s1, s2 = (one.id for one in door.registry.places.schools())
    door.registry.places.designate_central(s2)
    door.registry.places.assign_identifier(s1, "2153000002")
    assert outcomes(taken(door, SCHOOLS, schools=rows)) == {Outcome.KEPT: 2}
    assert kinds(door) == {"s1": COMPLETE, "s2": CENTRAL}


@pytest.mark.parametrize(
    ("decision", "holds"), [(Decision.FILE, "2153000003"), (Decision.REGISTERED, "2153000002")]
)
def test_what_was_decided_of_a_school_by_hand_is_a_conflict_for_something_new(
    door: District, decision: Decision, holds: str
) -> None:
    taken(door, SCHOOLS, schools=[school("s1", identifier="2153000001")])
    s1 = door.registry.places.schools()[0].id
    door.registry.places.assign_identifier(s1, "2153000002")
    rows: list[Command] = [school("s1", identifier="2153000003")]
    assert [type(p.error) for p in planned(door, SCHOOLS, schools=rows).problems] == [ImportConflict]
    taken(door, SCHOOLS, decision, schools=rows)
    assert door.registry.places.school(s1).identifier == holds
