"""The example ``examples/set_up_qianfeng.py``, run as its readers run it."""

from __future__ import annotations

import importlib
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xuequ.cli import main as verify
from xuequ.exchange import read_workbook
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.premises import RoomUse
from xuequ.unified.leadership.states.leave import LeaveKind

EXAMPLES = Path(__file__).parents[2] / "examples"
DATA = EXAMPLES / "data" / "qianfeng"
DATABASE = "qianfeng.sqlite"
PAGE, BOOK = "district_at_a_glance.html", "district_at_a_glance.xlsx"
START = "index.html"
LINKED = re.compile(r'href="([^"]+)"')


def set_up(folder: Path) -> str:
    """Run the example in a folder, warnings being errors; return what it prints."""
    command = [sys.executable, "-X", "utf8", "-W", "error", str(EXAMPLES / "set_up_qianfeng.py")]
    done = subprocess.run([*command, "--out", str(folder)], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def contents(database: Path) -> list[str]:
    """Return everything in a SQLite database as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Load a script that invents something, as it runs: beside the others."""
    monkeypatch.setattr(sys, "path", [str(DATA), *sys.path])
    return importlib.import_module


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder in which the example has run once, and what it printed."""
    folder = tmp_path_factory.mktemp("qianfeng") / "out"
    return folder, set_up(folder)


def test_it_leaves_a_database_a_page_and_a_workbook(first_run: tuple[Path, str]) -> None:
    folder, printed = first_run
    assert {DATABASE, PAGE, BOOK} <= {file.name for file in folder.iterdir()}
    assert PAGE in printed and BOOK in printed


def test_it_counts_what_the_report_published(first_run: tuple[Path, str]) -> None:
    _, printed = first_run
    assert "8 所学校，47 个教学班，603 名学生（学前 155），66 名教师" in printed
    assert "5 + 37 + 24 = 66 —— 相符" in printed


def test_it_names_the_denominator_that_the_published_averages_need(first_run: tuple[Path, str]) -> None:
    _, printed = first_run
    for average in ("生均占地面积32.4平方米", "生均图书33.3册"):
        line = next(line for line in printed.splitlines() if average in line)
        assert "需分母 586–587" in line and "不符" in line


def test_the_page_refers_to_nothing_outside_itself(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    page = (folder / PAGE).read_text("utf-8")
    assert "凤山镇前锋学区" in page and "公布数据与登记数据对账" in page
    assert not any(outside in page for outside in ("src=", "href=", "@import", "url("))


def test_the_workbook_has_one_sheet_a_table(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    book: Any = openpyxl.load_workbook(folder / BOOK)
    assert book.sheetnames == [
        *("各校基本情况", "岗位任职与空缺", "服务的村", "校舍、图书和设备", "本学期重要日期"),
        *("公布数据与登记数据对账", "合计与分项", "图表"),
    ]
    book.close()


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    set_up(tmp_path)
    before = contents(tmp_path / DATABASE)
    printed = set_up(tmp_path)
    assert "新增" not in printed and "变更" not in printed
    assert contents(tmp_path / DATABASE) == before


def test_the_committed_workbooks_hold_the_invented_rows(load: Callable[[str], Any]) -> None:
    for name, (template, invent) in load("write_workbooks").WORKBOOKS.items():
        book = read_workbook(DATA / name, template)
        assert book.problems == ()
        held = {sheet: [row.command for row in rows] for sheet, rows in book.rows.items() if rows}
        assert held == {sheet: rows for sheet, rows in invent().items() if rows}


def test_every_committed_workbook_is_imported(
    load: Callable[[str], Any], first_run: tuple[Path, str]
) -> None:
    _, printed = first_run
    files = {file.name for file in DATA.glob("*.xlsx")}
    assert files == set(load("write_workbooks").WORKBOOKS)
    for template, _ in load("write_workbooks").WORKBOOKS.values():
        assert f"{template.title}·{template.sheets[0].title}" in printed


@pytest.mark.parametrize(
    ("script", "inventions"),
    [
        ("invent", ["invent"]),
        ("invent_calendar", ["invent"]),
        ("invent_dues", ["base_rows", "reduction_rows", "payment_rows"]),
        ("invent_leave", ["leave_rows", "duty_rows", "drill_rows"]),
        (
            "invent_party",
            [
                *("branch_rows", "group_rows", "member_rows", "seat_rows", "leader_rows"),
                *("meeting_rows", "attendance_rows", "case_rows", "step_rows"),
            ],
        ),
        (
            "invent_places",
            ["land_rows", "premises_rows", "room_rows", "village_rows", "village_count_rows", "served_rows"],
        ),
        ("invent_posts", ["post_rows", "certificate_rows", "teaching_rows", "head_teacher_rows"]),
    ],
)
def test_what_is_invented_is_the_same_each_time(
    load: Callable[[str], Any], script: str, inventions: list[str]
) -> None:
    module = load(script)
    before = {name: getattr(module, name)() for name in inventions}
    again = importlib.reload(module)
    assert {name: getattr(again, name)() for name in inventions} == before


def test_the_calendar_has_the_weeks_of_the_curriculum_plan(load: Callable[[str], Any]) -> None:
    terms = load("invent_calendar").terms()
    weeks = [((term.last - term.first).days + term.first.weekday()) // 7 + 1 for term in terms]
    assert (weeks, sum(weeks)) == ([20, 19], 39)


def test_areas_and_villages_add_up_to_what_the_report_published(load: Callable[[str], Any]) -> None:
    places = load("invent_places")
    assert sum(row["area"] for row in places.land_rows()) == 18_994
    assert sum(row["area"] for row in places.premises_rows()) == 4_715
    counts: Counter[str] = Counter()
    for row in places.village_count_rows():
        counts[row["measure"].code] += row["value"]
    assert counts == {"groups": 61, "households": 2_497, "people": 10_196}
    schools = {school.code: school for school in load("invent").invent()["schools"]}
    for code, school in schools.items():
        land = [row["area"] for row in places.land_rows() if row["school"] == code]
        buildings = [row["area"] for row in places.premises_rows() if row["school"] == code]
        assert (sum(land), sum(buildings)) == (school.land_area, school.building_area)


def test_every_class_has_a_classroom_and_rooms_fit_into_their_buildings(load: Callable[[str], Any]) -> None:
    places = load("invent_places")
    rooms = places.room_rows()
    classrooms = Counter(row["school"] for row in rooms if row["use"] is RoomUse.CLASSROOM)
    assert classrooms == Counter(row.school for row in load("invent").classes())
    for building in places.premises_rows():
        where = (building["school"], building["name"])
        inside = sum(row["area"] for row in rooms if (row["school"], row.get("building")) == where)
        assert 0 < inside <= building["area"]


def test_one_person_holds_each_post_and_none_of_them_two(load: Callable[[str], Any]) -> None:
    rows = load("invent_posts").post_rows()
    assert len({(row["post"], row.get("school")) for row in rows}) == len(rows) == 8 + 7
    assert len({row["staff_no"] for row in rows}) == len(rows)


def test_every_class_is_led_and_taught_as_the_curriculum_plan_says_at_its_own_school(
    load: Callable[[str], Any],
) -> None:
    posts, invent = load("invent_posts"), load("invent")
    at = {row.staff_no: row.school for row in invent.invent()["staff"]}
    heads, teaching = posts.head_teacher_rows(), posts.teaching_rows()
    assert all(at[row["staff_no"]] == row["school"] for row in (*heads, *teaching))
    assert {row["staff_no"] for row in teaching} == set(at)
    classes = {(row.school, row.stage, row.entry_year) for row in invent.classes()}
    assert len({row["staff_no"] for row in heads}) == len(heads) == len(classes) == 47
    lessons: Counter[tuple[str, Stage, int]] = Counter()
    for row in teaching:
        lessons[row["school"], row["stage"], row["entry_year"]] += row["half_periods"] // 2
    assert set(lessons) == classes
    for (_, stage, year), count in lessons.items():
        lower = stage is Stage.PRIMARY and year > 2024
        assert count == (20 if stage is Stage.PRESCHOOL else 26 if lower else 30)


def test_nobody_at_the_central_school_teaches_as_an_exception(load: Callable[[str], Any]) -> None:
    excepted = {row["school"] for row in load("invent_posts").teaching_rows() if "exception" in row}
    pupils = Counter(row.school for row in load("invent").invent()["pupils"])
    assert all(pupils[school] < 100 for school in excepted)


def test_whoever_is_named_is_one_of_the_invented_staff(
    load: Callable[[str], Any],
) -> None:
    posts, staff = load("invent_posts"), load("invent").invent()["staff"]
    names = {row.staff_no: row.name for row in staff}
    party, dues = load("invent_party"), load("invent_dues")
    named = [*posts.post_rows(), *posts.certificate_rows(), *party.member_rows(), *party.seat_rows()]
    named += [*party.leader_rows(), *party.case_rows(), *dues.base_rows(), *dues.payment_rows()]
    assert all(names[row["staff_no"]] == row["name"] for row in named)


# the term


def cells(page: Path) -> list[str]:
    """Return the cells of the tables of a page, and its headings."""
    return re.findall(r"<(?:td|th|h1)[^>]*>([^<]*)<", page.read_text("utf-8"))


def test_the_start_page_leads_to_every_page_and_workbook(first_run: tuple[Path, str]) -> None:
    folder, printed = first_run
    assert START in printed
    linked = {folder / link for link in LINKED.findall((folder / START).read_text("utf-8"))}
    written = {file for kind in ("html", "xlsx") for file in folder.rglob(f"*.{kind}")}
    assert linked == written - {folder / START, folder / BOOK}


def test_what_is_the_partys_stands_in_a_room_of_its_own(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    assert {file.stem for file in (folder / "party").iterdir()} == {
        *("roster", "meetings", "attendance", "dues", "development")
    }
    open_pages = "".join(file.read_text("utf-8") for file in folder.glob("*.html") if file.name != START)
    assert "党费" not in open_pages and "党员" not in open_pages


def test_no_page_of_the_term_refers_to_anything_outside_itself(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    pages = [page for page in folder.rglob("*.html") if page.name != START]
    assert len(pages) == 27
    for page in pages:
        text = page.read_text("utf-8")
        assert not any(outside in text for outside in ("src=", "href=", "@import", "url("))


def test_the_budget_follows_from_the_return_of_the_report(first_run: tuple[Path, str]) -> None:
    """Seven schools count as 100 pupils each and the central one by its own 108, at 720 yuan."""
    folder, _ = first_run
    whole = 720 * (7 * 100 + 108)
    assert f"{whole:,}.00" in cells(folder / "allotment.html")
    approved, execution = cells(folder / "budget_approved.html"), cells(folder / "execution.html")
    total = f"{whole + 18_000 + 60_000:,}.00"
    assert total in approved and total in execution
    assert cells(folder / "claims.html").count("已入账") == 22
    assert {"教学楼屋面防水维修", "38,600.00", "校舍维修专项·维修（护）费"} <= set(
        cells(folder / "claim.html")
    )


def test_the_leaves_of_the_term_show_what_the_rule_of_leave_leads_to(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    (unreported,) = [re.sub(r"<[^>]+>", " ", (folder / "leave_unreported.html").read_text("utf-8"))]
    assert "高静" in unreported and "蔡磊嘉" in unreported and "曾秀瑶" not in unreported
    october, november = cells(folder / "leave_2026_10.html"), cells(folder / "leave_2026_11.html")
    assert {"学校负责人", "学区校长", "县级教育行政部门", "不予批准", "续假 1 次"} <= set(october)
    assert {"待审批", "已撤回", "已作废", "产假", "未报告"} <= set(november)
    assert "蔡霞英" in cells(folder / "leave_overdue.html")
    assert cells(folder / "uncovered_lessons.html").count("字平燕") == 1


def test_the_schools_are_linked_as_the_report_says(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    there = cells(folder / "duty_links.html")
    for linked in ("群兴完小、棕园完小", "稻香完小、前锋中心学校", "大有完小、翁箐小学、象塘完小"):
        assert linked in there
    assert {"全学区六年级组", "前锋中心学校二（1）班", "大有完小二（1）班", "凤平完小二（1）班"} <= set(there)


def test_the_branch_meets_and_two_members_are_in_arrears(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    party = folder / "party"
    assert cells(party / "meetings.html").count("12日") == 1
    assert sum(cell.startswith("欠 ") for cell in cells(party / "dues.html")) == 3
    assert "预备党员" in cells(party / "roster.html") and "入党积极分子" in cells(party / "development.html")


def test_the_example_verifies(first_run: tuple[Path, str]) -> None:
    folder, _ = first_run
    assert verify(["verify", "530921", "--url", f"sqlite:///{folder / DATABASE}"]) == 0


def test_what_is_due_is_what_the_rates_make_of_the_pay(load: Callable[[str], Any]) -> None:
    dues = load("invent_dues")
    for title, pay in dues.PAY.items():
        base = sum(pay[:4]) - sum(pay[5:])
        assert dues.DUE[title] * 1000 == base * (15 if base > 5000 else 10)


def test_every_kind_of_leave_but_none_of_nobody_is_invented(load: Callable[[str], Any]) -> None:
    rows = load("invent_leave").leave_rows()
    staff = {row.staff_no for row in load("invent").invent()["staff"]}
    assert {row["kind"] for row in rows} == set(LeaveKind)
    assert {row["staff_no"] for row in rows} <= staff
    assert len(rows) == 26
