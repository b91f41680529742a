"""The workbooks of the duty roster and of drills: out, in, by hand and by file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.booking import named, outcomes, reading
from tests.registry.posts import number, staff_id
from tests.unified.leadership.ledger_office import NOVEMBER, OCTOBER, OTHER, as_, office, on
from xuequ import District
from xuequ.core.errors import ActionNotPermitted, ImportConflict, TemplateUnknown
from xuequ.core.fields import Command
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.core.workbook import Template
from xuequ.exchange import apply_file, plan_file
from xuequ.exchange.importing import export_file
from xuequ.exchange.writer import write_workbook
from xuequ.registry.states.calendar import DayHalf
from xuequ.testing import make_district
from xuequ.unified.leadership.schemas.books.duties import DrillRow, DutyRow
from xuequ.unified.leadership.schemas.duties import DutyReplacement
from xuequ.unified.leadership.schemas.ledgers import Voiding
from xuequ.unified.leadership.schemas.safety import DrillCorrection
from xuequ.unified.leadership.service.books.duties import BY_FILE
from xuequ.unified.leadership.states.duties import DutyRole
from xuequ.unified.leadership.states.safety import DrillKind
from xuequ.unified.leadership.templates import DRILLS, DUTY


@pytest.fixture
def door(session: Session) -> District:
    return on(office(session), NOVEMBER)


def turn(who: str = "s1-T3", day: date = OCTOBER, **more: Any) -> DutyRow:
    values: dict[str, Any] = {"school": who[:2], "day": day, "half": DayHalf.AM} | more
    return DutyRow(staff_no=number(who), **values)


def drill(school: str = "s1", **more: Any) -> DrillRow:
    values: dict[str, Any] = {"kind": DrillKind.FIRE, "held_on": OCTOBER, "participants": 86, "minutes": 4}
    return DrillRow(school=school, **values | more)


def take(door: District, template: Template, rows: Iterable[Command], *decided: Decision) -> Plan:
    sheet = template.sheets[0].name
    return door.leadership.books.take(reading(template, **{sheet: rows}), *decided)


def plan(door: District, template: Template, rows: Iterable[Command], *decided: Decision) -> Plan:
    sheet = template.sheets[0].name
    return door.leadership.books.plan(reading(template, **{sheet: rows}), *decided)


ROSTER = [turn(), turn("s1-T3", half=DayHalf.PM), turn("s2-T1", role=DutyRole.LEAD), turn("s1-T4", NOVEMBER)]
HELD = [drill(problems="二楼拥堵"), drill("s2"), drill(kind=DrillKind.EARTHQUAKE)]
BOOKS: list[tuple[Template, list[Command]]] = [(DUTY, [*ROSTER]), (DRILLS, [*HELD])]
every_book = pytest.mark.parametrize(("template", "rows"), BOOKS, ids=lambda one: getattr(one, "name", ""))


@every_book
def test_the_same_file_twice_changes_nothing(door: District, template: Template, rows: list[Command]) -> None:
    assert outcomes(take(door, template, rows)) == {Outcome.ADDED: len(rows)}
    assert outcomes(take(door, template, rows)) == {Outcome.UNCHANGED: len(rows)}


@every_book
def test_an_exported_file_reads_back_without_a_change(
    door: District, template: Template, rows: list[Command], tmp_path: Path
) -> None:
    write_workbook(tmp_path / "in.xlsx", template, {template.sheets[0].name: rows})
    apply_file(door, tmp_path / "in.xlsx", template)
    export_file(door, tmp_path / "out.xlsx", template)
    read = plan_file(door, tmp_path / "out.xlsx", template)
    assert (read.problems, outcomes(read)) == ((), {Outcome.UNCHANGED: len(rows)})


@every_book
def test_an_export_of_one_school_holds_its_rows(
    door: District, template: Template, rows: list[Command]
) -> None:
    take(door, template, rows)
    exported = door.leadership.books.export(template.name, "s2").rows[template.sheets[0].name]
    assert [getattr(row, "school", None) for row in exported] == ["s2"]


@every_book
def test_a_plan_leaves_nothing(door: District, template: Template, rows: list[Command]) -> None:
    assert outcomes(plan(door, template, rows)) == {Outcome.ADDED: len(rows)}
    assert door.leadership.duties.on_duty(OCTOBER, NOVEMBER) == []
    assert door.leadership.safety.drills() == []


def test_bad_rows_of_a_roster_are_named_with_their_cell(door: District) -> None:
    rows = [
        turn(),
        turn("s2-T4", school="s1"),
        turn("s9-T9", school="s1"),
        turn("s1-T4", school="s9"),
        turn("s1-T4", name="别人"),
        turn("s1-T3", NOVEMBER, name="师3"),
    ]
    found = plan(door, DUTY, rows)
    assert sorted(named(found), key=lambda one: one[1] or 0) == [
        ("值班", 3, "工号", "leadership.not_at_work_here"),
        ("值班", 4, "工号", "registry.staff_unknown"),
        ("值班", 5, "学校代码", "registry.school_unknown"),
        ("值班", 6, "姓名", "registry.name_differs"),
    ]
    assert door.leadership.duties.on_duty(OCTOBER, NOVEMBER) == []


def test_bad_rows_of_drills_are_named_with_their_cell(door: District) -> None:
    found = plan(door, DRILLS, [drill(), drill("s9"), drill("s2", held_on=date(2026, 12, 1))])
    assert named(found) == [
        ("演练", 3, "学校代码", "registry.school_unknown"),
        ("演练", 4, "日期", "leadership.day_ahead"),
    ]


def test_a_file_corrects_in_the_open(door: District) -> None:
    take(door, DRILLS, [drill()])
    take(door, DUTY, [turn()])
    assert outcomes(take(door, DRILLS, [drill(participants=80)], Decision.FILE)) == {Outcome.CHANGED: 1}
    assert outcomes(take(door, DUTY, [turn(role=DutyRole.LEAD)], Decision.FILE)) == {Outcome.CHANGED: 1}
    drills = door.leadership.safety.drills(voided=True)
    assert [(one.participants, one.voided) for one in drills] == [(86, BY_FILE), (80, "")]
    turns = door.leadership.duties.on_duty(OCTOBER, OCTOBER, voided=True)
    assert [(one.role, one.voided) for one in turns] == [(DutyRole.DUTY, BY_FILE), (DutyRole.LEAD, "")]


def test_what_was_corrected_by_hand_is_kept_against_the_same_file(door: District) -> None:
    take(door, DRILLS, [drill()])
    take(door, DUTY, [turn()])
    [one] = door.leadership.safety.drills()
    by_hand = DrillCorrection(participants=85, minutes=4, reason="多数了一人")
    door.leadership.safety.correct_drill(one.id, by_hand)
    [duty] = door.leadership.duties.on_duty(OCTOBER, OCTOBER)
    lead = DutyReplacement(staff_id=staff_id(door, "s1-T3"), role=DutyRole.LEAD, reason="带班")
    door.leadership.duties.correct(duty.id, lead)
    assert outcomes(take(door, DRILLS, [drill()])) == {Outcome.KEPT: 1}
    assert outcomes(take(door, DUTY, [turn()])) == {Outcome.KEPT: 1}
    assert door.leadership.safety.drills()[0].participants == 85
    assert door.leadership.duties.on_duty(OCTOBER, OCTOBER)[0].role is DutyRole.LEAD


def test_a_file_that_says_something_new_of_it_is_a_conflict(door: District) -> None:
    take(door, DRILLS, [drill()])
    take(door, DUTY, [turn()])
    [one] = door.leadership.safety.drills()
    by_hand = DrillCorrection(participants=85, minutes=4, reason="多数了一人")
    door.leadership.safety.correct_drill(one.id, by_hand)
    [duty] = door.leadership.duties.on_duty(OCTOBER, OCTOBER)
    lead = DutyReplacement(staff_id=staff_id(door, "s1-T3"), role=DutyRole.LEAD, reason="带班")
    door.leadership.duties.correct(duty.id, lead)
    for template, row in ((DRILLS, drill(participants=84)), (DUTY, turn(role=DutyRole.GATE))):
        [problem] = plan(door, template, [row]).problems
        assert isinstance(problem.error, ImportConflict)
        assert outcomes(plan(door, template, [row], Decision.REGISTERED)) == {Outcome.KEPT: 1}
        assert outcomes(take(door, template, [row], Decision.FILE)) == {Outcome.CHANGED: 1}


def test_a_voided_duty_comes_back_only_when_a_file_names_it(door: District) -> None:
    take(door, DUTY, [turn(), turn("s1-T4")])
    one = next(view for view in door.leadership.duties.on_duty(OCTOBER, OCTOBER) if "T3" in view.staff_no)
    door.leadership.duties.void(one.id, Voiding(reason="放假"))
    assert outcomes(take(door, DUTY, [turn("s1-T4")])) == {Outcome.UNCHANGED: 1}
    assert len(door.leadership.duties.on_duty(OCTOBER, OCTOBER)) == 1


def test_rows_come_from_csv_too(door: District, tmp_path: Path) -> None:
    (tmp_path / "演练.csv").write_text(
        "学校代码,类别,日期,参加人数,用时（分钟）\ns1,防震,2026年10月1日,86,4\n", "utf-8"
    )
    apply_file(door, tmp_path / "演练.csv", DRILLS)
    assert [one.kind for one in door.leadership.safety.drills()] == [DrillKind.EARTHQUAKE]


def test_only_who_may_import_imports_and_each_district_its_own(door: District, session: Session) -> None:
    with pytest.raises(ActionNotPermitted):
        take(as_(door, "s1-T1", NOVEMBER), DUTY, [turn()])
    assert outcomes(take(as_(door, "s1-T2", NOVEMBER), DUTY, [turn()])) == {Outcome.ADDED: 1}
    assert outcomes(take(as_(door, "s2-T2", NOVEMBER), DRILLS, [drill()])) == {Outcome.ADDED: 1}
    other = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    assert [*other.leadership.books.export(DUTY.name).rows["duty"]] == []
    with pytest.raises(TemplateUnknown):
        door.leadership.books.export("leadership.none")
