"""The workbook of land, buildings and rooms, on both databases."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.registry.booking import exported, named, outcomes, planned, read_back, taken
from tests.registry.test_mergers import race
from tests.registry.test_service import statements_of
from xuequ import Actor, District, Holding, Post, Settings
from xuequ.core.errors import ActionNotPermitted, ColumnFixed, ImportConflict, Problems
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome
from xuequ.core.settings import FixedClock
from xuequ.exchange import apply_file, export_file, plan_file
from xuequ.exchange.writer import write_workbook
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.errors.premises import NameShared, RoomClosed, RoomRowPast
from xuequ.registry.models.premises import RoomSpan
from xuequ.registry.schemas.books.premises import BuildingChangeRow, BuildingRow, DangerRow, LandRow, RoomRow
from xuequ.registry.schemas.places import SchoolMerger
from xuequ.registry.schemas.premises import LandRegistration, PremisesChange, PremisesRegistration
from xuequ.registry.states.premises import DangerLevel, PremisesState, RoomUse, Structure
from xuequ.registry.templates import PREMISES
from xuequ.testing import make_county, make_district
from xuequ.testing.factories import MAKER, SETTINGS

SINCE = date(2026, 9, 1)
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


@pytest.fixture
def full(session: Session) -> District:
    return make_district(session)


def land(
    school: str = "s1", name: str = "校园", area: str = "4715.25", certificate: str | None = None
) -> LandRow:
    return LandRow(school=school, name=name, area=Decimal(area), certificate=certificate, since=SINCE)


def building(school: str = "s1", name: str = "教学楼", **more: Any) -> BuildingRow:
    values: dict[str, Any] = {"area": Decimal(800), "structure": Structure.FRAME, "since": SINCE} | more
    return BuildingRow(school=school, name=name, **values)


def room(number: str, since: date = SINCE, **more: Any) -> RoomRow:
    values: dict[str, Any] = {"school": "s1", "use": RoomUse.CLASSROOM, "area": Decimal(54)}
    values |= {"building": "教学楼"} if "land" not in more else {}
    return RoomRow(number=number, since=since, **values | more)


def change(since: date, state: PremisesState, used_by: str | None = None, **more: Any) -> BuildingChangeRow:
    values: dict[str, Any] = {"school": "s1", "building": "教学楼"} | more
    return BuildingChangeRow(since=since, state=state, used_by=used_by, **values)


def danger(assessed_on: date, level: DangerLevel = DangerLevel.B, **more: Any) -> DangerRow:
    values: dict[str, Any] = {"school": "s1", "building": "教学楼", "authority": "鉴〔2026〕1号"} | more
    return DangerRow(assessed_on=assessed_on, level=level, **values)


def whole() -> dict[str, list[Command]]:
    """Return a campus with a history: rooms that change and end, a building that falls idle and passes on."""
    field = room("操场", land="校园", use=RoomUse.FIELD, area=Decimal(1200))
    return {
        "land": [land(certificate="C1"), land("s2")],
        "buildings": [
            building(land="校园", built_year=1998),
            building("s2", "旧楼", land="校园", land_school="s1"),
        ],
        "rooms": [
            room("101", capacity=45, networked=True),
            room("101", OCTOBER, use=RoomUse.LIBRARY, area=Decimal(60), until=DECEMBER),
            room("102", until=OCTOBER),
            field,
            room("1", school="s2", building="旧楼", use=RoomUse.OFFICE),
        ],
        "changes": [
            change(NOVEMBER, PremisesState.IDLE, authority="批复1号"),
            change(DECEMBER, PremisesState.IN_USE, "s2"),
            change(OCTOBER, PremisesState.DEMOLISHED, school="s2", building="旧楼"),
        ],
        "dangers": [danger(OCTOBER), danger(NOVEMBER, DangerLevel.C)],
    }


def book(path: Path, **rows: list[Command]) -> Path:
    write_workbook(path, PREMISES, rows)
    return path


def school_id(door: District, code: str) -> int:
    return next(school.id for school in door.registry.schools() if school.code == code)


def at(door: District, day: date) -> District:
    """Open the same door on another day."""
    settings = Settings(clock=FixedClock.at(day))
    return District(door.context.session, door.code, actor=MAKER, settings=settings)


# files


def test_a_plan_is_a_rehearsal_that_leaves_nothing(full: District, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", land=[land("s1"), land("s2")], buildings=[building(land="校园")])
    plan = plan_file(full, file, PREMISES)
    assert (plan.problems, plan.count(Outcome.ADDED)) == ((), 3)
    assert full.registry.premises.land() == []


def test_every_bad_row_is_named_and_the_good_ones_are_not(full: District, tmp_path: Path) -> None:
    rows = [land("s1", f"地块{i}", certificate=f"C{i}") for i in range(9)]
    rows[3] = land("s9", "地块3")
    rows[6] = land("s1", "地块6", certificate="C5")
    plan = plan_file(full, book(tmp_path / "a.xlsx", land=list(rows)), PREMISES)
    assert [(p.place and (p.place.row, p.place.column, p.place.value)) for p in plan.problems] == [
        (5, "学校代码", "s9"),
        (8, "权属证号", "C5"),
    ]
    assert isinstance(plan.problems[0].error, SchoolUnknown)
    with pytest.raises(Problems):
        apply_file(full, tmp_path / "a.xlsx", PREMISES)
    assert full.registry.premises.land() == []


def test_an_exported_file_reads_back_without_a_change(full: District, tmp_path: Path) -> None:
    rows = {name: some for name, some in whole().items() if name != "rooms"}
    apply_file(full, book(tmp_path / "a.xlsx", **rows), PREMISES)
    export_file(full, tmp_path / "out.xlsx", PREMISES)
    plan = plan_file(full, tmp_path / "out.xlsx", PREMISES)
    assert plan.problems == ()
    assert outcomes(plan) == {Outcome.UNCHANGED: 9}


def test_a_sheet_may_be_missing_from_a_folder_of_csv_files(full: District, tmp_path: Path) -> None:
    (tmp_path / "校舍.csv").write_text(
        "学校代码,校舍名称,建筑面积（平方米）,结构,起始日期\ns1,教学楼,800.5,框架,2026-9-1\n", "utf-8"
    )
    apply_file(full, tmp_path, PREMISES)
    (made,) = full.registry.premises.premises()
    assert (made.name, made.area, made.structure) == ("教学楼", Decimal("800.5"), Structure.FRAME)


# the whole book


def test_a_campus_with_its_history_goes_in_and_comes_out(full: District) -> None:
    taken(full, PREMISES, **whole())
    premises = full.registry.premises
    assert [(r.number, r.use, r.networked) for r in premises.rooms_of(school_id(full, "s1"), SINCE)] == [
        ("101", RoomUse.CLASSROOM, True),
        ("102", RoomUse.CLASSROOM, False),
        ("操场", RoomUse.FIELD, False),
    ]
    assert [r.number for r in premises.rooms_of(school_id(full, "s1"), OCTOBER)] == ["101", "操场"]
    old, house = sorted(premises.premises(DECEMBER), key=lambda one: one.name, reverse=True)
    assert (old.name, old.state, old.school) == ("旧楼", PremisesState.DEMOLISHED, None)
    assert (house.state, house.school, house.danger) == (PremisesState.IN_USE, "s2", DangerLevel.C)
    out = exported(full, PREMISES)
    for sheet, rows in whole().items():
        told = [row.command for row in out.rows[sheet]]
        assert len(told) == len(rows)
        assert all(_as_registered(row) in told for row in rows)


def _as_registered(row: Command) -> Command:
    """Return a row as it comes out: of a room it is said that it has no network."""
    return row.model_copy(update={"networked": bool(row.networked)}) if isinstance(row, RoomRow) else row


def test_the_same_rows_twice_change_nothing(full: District) -> None:
    taken(full, PREMISES, **whole())
    again = taken(full, PREMISES, **whole())
    assert outcomes(again) == {Outcome.UNCHANGED: 14}
    assert len(full.registry.books.imports(PREMISES.name)) == 1


def test_an_export_sets_up_another_district(session: Session, full: District) -> None:
    taken(full, PREMISES, **whole())
    out = exported(full, PREMISES)
    assert outcomes(read_back(full, PREMISES)) == {Outcome.UNCHANGED: 14}
    other = make_district(session, "530922/other")
    other.registry.books.take(out)
    again = exported(other, PREMISES)
    assert {s: [r.command for r in rows] for s, rows in again.rows.items()} == {
        s: [r.command for r in rows] for s, rows in out.rows.items()
    }


def test_two_districts_of_a_county_do_not_mix(session: Session, full: District) -> None:
    taken(full, PREMISES, land=[land()], buildings=[building()], rooms=[room("101")])
    other = make_district(session, "530921/other")
    plan = planned(other, PREMISES, land=[land()], buildings=[building()], rooms=[room("101")])
    assert outcomes(plan) == {Outcome.ADDED: 3}
    assert [len(rows) for rows in exported(other, PREMISES).rows.values()] == [0] * 5


def test_an_export_of_a_school_has_what_is_its_own_now_or_was_at_first(full: District) -> None:
    taken(full, PREMISES, **whole())
    second = exported(full, PREMISES, "s2").rows
    names = [row.command.model_dump()["name"] for row in second["buildings"]]
    assert sorted(names) == ["教学楼", "旧楼"]
    assert len(exported(full, PREMISES, "s1").rows["buildings"]) == 1


def test_at_a_countys_door_no_code_tells_a_school(session: Session, full: District) -> None:
    county = make_county(session)
    with pytest.raises(DistrictNeeded):
        planned(county, PREMISES, land=[land()])
    with pytest.raises(DistrictNeeded):
        county.registry.books.export(PREMISES.name)


def test_who_may_import_but_not_change_premises_is_told_so_row_by_row(session: Session) -> None:
    make_district(session)
    place = "530921/qianfeng"
    holding = (Holding(Post.ACADEMIC_DIRECTOR, place),)
    door = District(session, place, actor=Actor(staff_no="T1", holdings=holding), settings=SETTINGS)
    plan = planned(door, PREMISES, land=[land()], buildings=[building()])
    assert [type(problem.error) for problem in plan.problems] == [ActionNotPermitted] * 2


# names


def test_what_a_merger_moved_keeps_the_name_of_its_first_school(full: District) -> None:
    campus: dict[str, list[Command]] = {
        "land": [land("s1"), land("s2")],
        "buildings": [building("s1"), building("s2")],
        "rooms": [room("101"), room("101", school="s2")],
    }
    taken(full, PREMISES, **campus)
    merged = SchoolMerger(
        school_id=school_id(full, "s1"), into_id=school_id(full, "s2"), on=OCTOBER, authority="批复"
    )
    full = at(full, OCTOBER)
    full.registry.mergers.merge_school(merged)
    out = exported(full, PREMISES)
    (moved,) = [row.command for row in out.rows["changes"]]
    assert isinstance(moved, BuildingChangeRow)
    assert (moved.school, moved.used_by, moved.since) == ("s1", "s2", OCTOBER)
    assert outcomes(full.registry.books.plan(out)) == {Outcome.UNCHANGED: 7}
    taken(full, PREMISES, rooms=[room("102")])  # in the building that was s1's
    assert len(full.registry.premises.rooms_of(school_id(full, "s2"), OCTOBER)) == 3
    assert [len(rows) for rows in exported(full, PREMISES, "s2").rows.values()] == [2, 2, 3, 1, 0]


def test_a_name_that_two_share_is_refused_wherever_it_is_used(full: District) -> None:
    s1 = school_id(full, "s1")
    house = PremisesRegistration(
        school_id=s1, name="教学楼", area=Decimal(800), structure=Structure.FRAME, since=SINCE
    )
    full.registry.premises.register_premises([house, house])
    plot = LandRegistration(school_id=s1, name="校园", area=Decimal(9), since=SINCE)
    full.registry.premises.register_land([plot, plot])
    plan = planned(
        full,
        PREMISES,
        land=[land(area="9")],
        buildings=[building(), building(name="新楼", land="校园")],
        rooms=[room("101")],
        dangers=[danger(OCTOBER)],
    )
    assert {type(problem.error) for problem in plan.problems} == {NameShared}
    assert [p.place.column for p in plan.problems if p.place] == [
        "地块名称",
        "校舍名称",
        "地块名称",
        "",
        "校舍名称",
    ]


def test_what_is_not_there_is_named_in_its_column(full: District) -> None:
    taken(full, PREMISES, buildings=[building()])
    plan = planned(
        full,
        PREMISES,
        buildings=[building(name="新楼", land="河边")],
        rooms=[room("1", building="礼堂"), room("2", building=""), room("3", use=RoomUse.FIELD)],
        changes=[change(OCTOBER, PremisesState.IN_USE, "s9"), change(NOVEMBER, PremisesState.IN_USE)],
        dangers=[danger(OCTOBER, building="礼堂")],
    )
    assert sorted(named(plan)) == sorted(
        [
            ("校舍", 2, "地块名称", "registry.land_unknown"),
            ("用房", 2, "校舍名称", "registry.premises_unknown"),
            ("用房", 3, "编号", "registry.room_without_place"),
            ("用房", 4, "用途", "registry.field_indoors"),
            ("校舍变动", 2, "使用学校代码", "registry.school_unknown"),
            ("校舍变动", 3, "使用学校代码", "registry.premises_school_missing"),
            ("危房鉴定", 2, "校舍名称", "registry.premises_unknown"),
        ]
    )


def test_nobody_uses_an_idle_building() -> None:
    with pytest.raises(ValidationError, match="不填使用学校"):
        change(OCTOBER, PremisesState.IDLE, "s1")


def test_that_the_parcel_is_the_same_schools_need_not_be_said(full: District) -> None:
    taken(full, PREMISES, land=[land()], buildings=[building(land="校园", land_school="s1")])
    same = planned(full, PREMISES, buildings=[building(land="校园"), building(name="新楼")])
    assert outcomes(same) == {Outcome.UNCHANGED: 1, Outcome.ADDED: 1}


# history


def test_rows_of_a_room_may_stand_in_any_order(full: District) -> None:
    rows = [room("101", NOVEMBER, use=RoomUse.OFFICE), room("101", until=None), room("101", OCTOBER)]
    taken(full, PREMISES, buildings=[building()], rooms=rows)
    told = [row.command for row in exported(full, PREMISES).rows["rooms"]]
    assert [row.since for row in told if isinstance(row, RoomRow)] == [SINCE, OCTOBER, NOVEMBER]


def test_a_room_ends_in_its_last_row_only(full: District) -> None:
    taken(full, PREMISES, buildings=[building()], rooms=[room("101"), room("101", OCTOBER)])
    (problem,) = planned(full, PREMISES, rooms=[room("101", until=NOVEMBER)]).problems
    assert isinstance(problem.error, RoomRowPast)
    assert problem.place is not None
    assert problem.place.column == "停用日期"
    taken(full, PREMISES, rooms=[room("101", OCTOBER, until=NOVEMBER)])
    assert full.registry.premises.rooms_of(school_id(full, "s1"), NOVEMBER) == []


def test_a_room_that_is_no_more_takes_no_more_rows(full: District) -> None:
    taken(full, PREMISES, buildings=[building()], rooms=[room("101", until=OCTOBER)])
    (problem,) = planned(full, PREMISES, rooms=[room("101", NOVEMBER)]).problems
    assert isinstance(problem.error, RoomClosed)


def test_a_bad_room_does_not_make_the_others_bad(full: District) -> None:
    rows = [room(str(n), area=Decimal(10)) for n in range(6)]
    rows += [room(str(n), OCTOBER, area=Decimal(10)) for n in range(6)]
    rows[3] = room("3", area=Decimal(900))
    plan = planned(full, PREMISES, buildings=[building()], rooms=list(rows))
    assert named(plan) == [("用房", 5, "使用面积（平方米）", "registry.rooms_too_large")]


def test_what_no_file_may_change_is_refused_with_what_is_registered(full: District) -> None:
    taken(full, PREMISES, **whole())
    plan = planned(
        full,
        PREMISES,
        Decision.FILE,
        land=[land(area="9")],
        buildings=[building(area=Decimal(9))],
        rooms=[room("101", area=Decimal(9)), room("102", until=NOVEMBER)],
        dangers=[danger(OCTOBER, DangerLevel.D)],
    )
    assert {type(problem.error) for problem in plan.problems} == {ColumnFixed}
    registered = [p.error.registered for p in plan.problems if isinstance(p.error, ColumnFixed)]
    assert registered == ["4715.25", "800.00", "54.00", "2026-10-01", "B级"]


# hand and file


def test_what_was_done_by_hand_stands_against_the_same_file(full: District) -> None:
    taken(full, PREMISES, buildings=[building()], rooms=[room("101")])
    (house,) = full.registry.premises.premises()
    full.registry.premises.change_premises(
        PremisesChange(premises_id=house.id, state=PremisesState.IDLE, since=OCTOBER)
    )
    (one,) = full.registry.premises.rooms_of(school_id(full, "s1"))
    full.registry.premises.close_rooms([one.id], NOVEMBER)
    again = taken(full, PREMISES, buildings=[building()], rooms=[room("101")])
    assert outcomes(again) == {Outcome.UNCHANGED: 2}
    (idle,) = full.registry.premises.premises(OCTOBER)
    assert idle.state is PremisesState.IDLE


def test_what_was_done_by_hand_is_a_conflict_for_a_file_that_says_something_new(full: District) -> None:
    taken(full, PREMISES, buildings=[building()], rooms=[room("101")])
    (one,) = full.registry.premises.rooms_of(school_id(full, "s1"))
    full.registry.premises.close_rooms([one.id], NOVEMBER)
    rows: list[Command] = [room("101", until=OCTOBER)]
    (problem,) = planned(full, PREMISES, rooms=rows).problems
    assert isinstance(problem.error, ImportConflict)
    assert (problem.error.registered, problem.error.file) == ("2026-11-01", "2026-10-01")
    kept = taken(full, PREMISES, Decision.REGISTERED, rooms=rows)
    assert outcomes(kept) == {Outcome.KEPT: 1}


# many


def test_many_rooms_take_few_statements(session: Session, full: District) -> None:
    rows: list[Command] = [room(str(n), area=Decimal(1)) for n in range(300)]
    few = statements_of(session, lambda: taken(full, PREMISES, buildings=[building()], rooms=rows[:2]))
    many = statements_of(session, lambda: taken(full, PREMISES, rooms=rows))
    assert session.scalar(select(func.count()).select_from(RoomSpan)) == 300
    assert many <= few


def test_of_two_who_take_in_the_same_rows_at_once_one_adds_them(engine: Engine) -> None:
    with Session(engine) as session:
        make_district(session)
        session.commit()

    def take(door: District) -> None:
        taken(door, PREMISES, **whole())

    assert race(engine, [take, take, take]) == [None] * 3
    with Session(engine) as session:
        door = District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS)
        assert len(door.registry.books.imports(PREMISES.name)) == 1
        assert len(door.registry.premises.land()) == 2
