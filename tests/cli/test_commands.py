"""``xuequ found | template | import | report | seal | verify | demo`` on both databases."""

from __future__ import annotations

import argparse
import runpy
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.cli.calls import GLANCE, PLACE, Call, Said, caller
from xuequ import Actor, District
from xuequ.cli import parser
from xuequ.cli.common import county_code, district_place
from xuequ.cli.doors import DOCUMENTS, TEMPLATES
from xuequ.core.journal import FactRow
from xuequ.embed import migrations
from xuequ.exchange import read_workbook, write_workbook
from xuequ.registry.models.places import School
from xuequ.registry.schemas.calendar import TermDates
from xuequ.registry.states.calendar import HolidayWeeks
from xuequ.registry.states.staff import Title
from xuequ.registry.templates import CALENDAR, SET_UP
from xuequ.standards.schemas import StandardValue
from xuequ.standards.templates import VALUES
from xuequ.testing import make_district
from xuequ.testing.factories import invented_rows

COUNTY = "530921"
MakeEngine = Callable[[str], Engine]


@pytest.fixture
def xuequ(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return caller(capsys, monkeypatch)


def found(xuequ: Call, url: str, *more: str, place: str = PLACE) -> Said:
    return xuequ(
        "found",
        place,
        "--county-name",
        "县530921教育局",
        "--district-name",
        "qianfeng学区",
        "--url",
        url,
        *more,
    )


def write_book(folder: Path, **changes: dict[str, Any]) -> Path:
    """Write the workbook of an invented district, the first row of some sheets changed."""
    rows = invented_rows(PLACE, schools=2, pupils=2, staff=1)
    for sheet, values in changes.items():
        rows[sheet][0] = rows[sheet][0].model_copy(update=values)
    path = folder / "book.xlsx"
    write_workbook(path, SET_UP, rows)
    return path


@pytest.fixture
def bring(xuequ: Call, url: str) -> Callable[..., Said]:
    """Calls ``xuequ import`` for a district that is founded."""
    found(xuequ, url)
    return lambda *arguments: xuequ("import", *arguments, "--place", PLACE, "--url", url)


def schools(engine: Engine) -> list[str]:
    with Session(engine) as session:
        return list(session.scalars(select(School.name).order_by(School.code)))


# found


def test_a_district_is_founded_and_its_county_registered_once(xuequ: Call, url: str) -> None:
    said = found(xuequ, url)
    assert (said.code, said.out) == (0, f"已设立qianfeng学区（{PLACE}）\n")
    said = found(xuequ, url, "--json", place="530921/dasi")
    assert {name: said.json["district"][name] for name in ("code", "name")} == {
        "code": "dasi",
        "name": "qianfeng学区",
    }
    assert isinstance(said.json["district"]["id"], str)
    said = found(xuequ, url)
    assert said.refused("registry.district_known")
    assert found(xuequ, url, "--json").json["error"]["code"] == "registry.district_known"


def test_a_refused_founding_registers_no_county(xuequ: Call, url: str, make_engine: MakeEngine) -> None:
    said = found(xuequ, url, place="530921/Q")
    assert said.misused("530921/qianfeng")
    blank = ("--county-name", " ", "--district-name", "x", "--url", url)
    assert xuequ("found", PLACE, *blank).misused("至少 1 个字符的文字")
    with Session(make_engine(url)) as session:
        assert session.scalar(select(func.count()).select_from(FactRow)) == 0


@pytest.mark.parametrize("place", ["530921", "/qianfeng", "530921/", "a/b/c", ""])
def test_a_place_is_a_county_and_a_district(xuequ: Call, tmp_path: Path, place: str) -> None:
    url = f"sqlite:///{tmp_path}/none.sqlite"
    assert found(xuequ, url, place=place).misused("530921/qianfeng")
    if place != "530921":
        assert xuequ("import", "x.xlsx", "--plan", "--place", place, "--url", url).misused("--place")
    assert xuequ("report", GLANCE, "-o", "x.html", "--place", place, "--url", url).misused("--place")
    assert not (tmp_path / "none.sqlite").exists()
    with pytest.raises(argparse.ArgumentTypeError):
        district_place(place)


@pytest.mark.parametrize("county", ["530921/qianfeng", "/", ""])
def test_a_county_is_one_code(xuequ: Call, county: str) -> None:
    for command in ("seal", "verify"):
        assert xuequ(command, county, "--url", "sqlite://").misused("530921")
    with pytest.raises(argparse.ArgumentTypeError):
        county_code(county)


# a county


def test_a_county_takes_its_calendar_and_its_rules_and_gives_them_back(
    xuequ: Call, url: str, make_engine: MakeEngine, tmp_path: Path
) -> None:
    found(xuequ, url)
    here = ("--place", COUNTY, "--url", url)
    term = TermDates(
        school_year=2026,
        number=1,
        first=date(2026, 9, 1),
        last=date(2027, 1, 15),
        holiday_weeks=HolidayWeeks.KEEP,
    )
    write_workbook(tmp_path / "calendar.xlsx", CALENDAR, {"terms": [term]})
    taken = xuequ("import", tmp_path / "calendar.xlsx", "--template", CALENDAR.name, "--apply", *here)
    assert taken.err == "" and "新增 1" in taken.out
    with Session(make_engine(url)) as session:
        district = District(session, PLACE, actor=Actor.system("test"))
        assert [one.first for one in district.registry.calendar.terms(2026)] == [term.first]
    out = tmp_path / "out.xlsx"
    assert xuequ("export", CALENDAR.name, "-o", out, *here).code == 0
    assert "不变 1" in xuequ("import", out, "--template", CALENDAR.name, "--plan", *here).out
    assert "calendar.xlsx" in xuequ("imports", *here).out
    assert xuequ("imports", "--place", PLACE, "--url", url).out == "没有导入记录\n"

    rule = StandardValue(
        key="budget.care_fee.remit_days",
        value="30",
        since=date(2026, 9, 1),
        authority="县教体局〔2026〕1号",
        reason="补录",
    )
    write_workbook(tmp_path / "rules.xlsx", VALUES, {"values": [rule]})
    rules = (tmp_path / "rules.xlsx", "--template", VALUES.name)
    assert "新增 1" in xuequ("import", *rules, "--apply", *here).out


def test_a_county_refuses_a_template_of_districts_by_its_name(xuequ: Call, url: str, tmp_path: Path) -> None:
    found(xuequ, url)
    here = ("--place", COUNTY, "--url", url)
    for one in TEMPLATES:
        if one not in (CALENDAR, VALUES):
            said = xuequ("import", tmp_path / "x.xlsx", "--template", one.name, "--plan", *here)
            assert said.refused("core.template_of_districts") and one.name in said.err
            said = xuequ("export", one.name, "-o", tmp_path / "x.xlsx", *here)
            assert said.refused("core.template_of_districts")
    assert not (tmp_path / "x.xlsx").exists()


# template


def test_an_empty_template_is_written(xuequ: Call, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    said = xuequ("template", "registry.set_up", "-o", path)
    assert (said.code, said.out) == (0, f"已写出 {path}\n")
    assert read_workbook(path, SET_UP).problems == ()
    assert xuequ("template", "registry.set_up", "-o", path, "--json").json == {"file": str(path)}


def test_a_days_attendance_is_written_with_who_is_due_and_reads_back_without_a_change(
    xuequ: Call, url: str, engine: Engine, tmp_path: Path
) -> None:
    with Session(engine) as session:
        make_district(session, PLACE)
        session.commit()
    path, at = tmp_path / "day.xlsx", ("--place", PLACE, "--url", url)
    name = "registry.pupil_attendance"
    assert xuequ("template", name, "-o", path, "--school", "s1", "--on", "2026-09-02", *at).code == 0
    said = xuequ("import", path, "--template", name, "--plan", "--json", *at)
    assert said.json["sheets"]["people"]["unchanged"] == 3
    for wrong in (["--school", "s1"], ["--place", PLACE], ["--on", "2026-09-02"]):
        assert xuequ("template", name, "-o", path, *wrong).misused("--school")
    assert xuequ("template", "registry.set_up", "-o", path, "--school", "s1", *at).misused("每日考勤")


def test_a_template_that_is_not_declared_is_refused_with_those_that_are(xuequ: Call, tmp_path: Path) -> None:
    said = xuequ("template", "registry.none", "-o", tmp_path / "x.xlsx")
    assert said.refused("core.template_unknown")
    assert "registry.set_up" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_into_a_folder_that_is_there(xuequ: Call, tmp_path: Path) -> None:
    for output in (tmp_path, tmp_path / "none" / "x.xlsx"):
        assert xuequ("template", "registry.set_up", "-o", output).misused("已有文件夹")
        place = ("--place", PLACE, "--url", "sqlite://")
        assert xuequ("report", GLANCE, "-o", output, *place).misused("已有文件夹")


# import


def test_a_plan_is_shown_and_writes_nothing(
    bring: Callable[..., Said], url: str, make_engine: MakeEngine, tmp_path: Path
) -> None:
    said = bring(write_book(tmp_path), "--plan")
    assert said.code == 0
    assert said.out.splitlines() == [
        "计划（尚未写入）：",
        "  学区：不变 1",
        "  学校：新增 2",
        "  班级：新增 2",
        "  教师：新增 2",
        "  学生：新增 4",
        "  公布数据：无",
        "  问题 0 处",
    ]
    assert schools(make_engine(url)) == []


def test_a_file_is_applied_and_applying_it_again_changes_nothing(
    bring: Callable[..., Said], url: str, make_engine: MakeEngine, tmp_path: Path
) -> None:
    book = write_book(tmp_path)
    said = bring(book, "--apply")
    assert said.code == 0
    assert said.out.startswith("已写入：\n") and "  学生：新增 4\n" in said.out
    assert schools(make_engine(url)) == ["s1完小", "s2完小"]
    said = bring(book, "--apply", "--json")
    assert said.code == 0
    assert said.json["template"] == "registry.set_up"
    none = dict.fromkeys(("added", "changed", "kept", "conflict", "refused"), 0)
    assert said.json["sheets"]["pupils"] == {**none, "unchanged": 4}
    assert (said.json["problems"], len(said.json["fingerprint"])) == ([], 64)
    assert "error" not in said.json


def test_changes_are_listed_with_before_and_after_in_words(
    bring: Callable[..., Said], tmp_path: Path
) -> None:
    bring(write_book(tmp_path, staff={"birth_date": None}), "--apply")
    later = {"title": Title.SENIOR, "birth_date": date(1985, 5, 1), "school": "s2", "since": date(2027, 3, 1)}
    said = bring(write_book(tmp_path, staff=later), "--plan")
    assert "  教师：变更 1，不变 1\n" in said.out
    changes = "出生日期 （空） → 1985-05-01；职称 一级教师 → 高级教师；任教学校代码 s1 → s2"
    assert f"    表“教师”第2行：{changes}；起始日期 2026-09-01 → 2027-03-01\n" in said.out


@pytest.mark.parametrize("how", ["--plan", "--apply"])
def test_a_bad_row_is_told_with_its_place_and_nothing_is_written(
    bring: Callable[..., Said], url: str, make_engine: MakeEngine, tmp_path: Path, how: str
) -> None:
    book = write_book(tmp_path, pupils={"school": "s9"}, staff={"school": "s8"})
    said = bring(book, how)
    assert said.code == 1
    assert ("  问题 2 处\n" in said.out) is (how == "--plan")
    lines = said.err.splitlines()
    assert [line.partition("：")[0] for line in lines] == ["表“教师”第2行", "表“学生”第2行"]
    assert [line.rpartition("[")[2] for line in lines] == [
        "registry.school_unknown]",
        "registry.class_unknown]",
    ]
    assert schools(make_engine(url)) == []


@pytest.mark.parametrize("how", ["--plan", "--apply"])
def test_with_json_problems_are_one_document_with_an_error(
    bring: Callable[..., Said], tmp_path: Path, how: str
) -> None:
    path = write_book(tmp_path, pupils={"school": "s9"})
    book: Any = openpyxl.load_workbook(path)
    book["教师"]["C2"] = "先生"
    book.save(path)
    said = bring(path, how, "--json")
    assert said.code == 1
    assert said.json["error"]["code"] == "core.problems"
    problems = said.json["error"]["problems"]
    assert [(p["code"], p["sheet"], p["row"], p["column"], p["value"]) for p in problems] == [
        ("core.unknown_code", "教师", 2, "性别", "先生"),
        ("registry.class_unknown", "学生", 2, "", ""),
    ]
    assert all(problem["message"] and problem["remedy"] for problem in problems)
    assert ("sheets" in said.json) is (how == "--plan")


def test_problems_are_told_in_english_when_asked(xuequ: Call, url: str, tmp_path: Path) -> None:
    found(xuequ, url)
    book = write_book(tmp_path, pupils={"school": "s9"})
    said = xuequ("--lang", "en", "import", book, "--place", PLACE, "--url", url, "--apply")
    assert said.refused("registry.class_unknown")
    assert "There is no class" in said.err


def test_a_file_that_is_no_workbook_is_refused(bring: Callable[..., Said], tmp_path: Path) -> None:
    assert bring(tmp_path / "none.xlsx", "--plan").refused("core.unreadable_workbook")
    assert bring(write_book(tmp_path), "--plan", "--template", "x").refused("core.template_unknown")


def test_a_file_is_either_planned_or_applied(bring: Callable[..., Said]) -> None:
    assert bring("x.xlsx").misused("--plan")
    assert bring("x.xlsx", "--plan", "--apply").misused("--apply")


def test_a_district_that_is_not_founded_is_refused(xuequ: Call, url: str, tmp_path: Path) -> None:
    arguments = ("import", write_book(tmp_path), "--place", PLACE, "--url", url, "--plan")
    assert xuequ(*arguments).refused("registry.county_unknown")
    found(xuequ, url, place="530921/dasi")
    assert xuequ(*arguments).refused("registry.district_unknown")


# report


@pytest.mark.parametrize("ending", [".html", ".xlsx"])
def test_a_report_is_written_in_the_format_of_its_ending(
    bring: Callable[..., Said], xuequ: Call, url: str, tmp_path: Path, ending: str
) -> None:
    bring(write_book(tmp_path), "--apply")
    path = tmp_path / f"glance{ending}"
    arguments = ("report", GLANCE, "--place", PLACE, "--url", url, "-o", path)
    said = xuequ(*arguments, "--on", "2026-09-01")
    assert (said.code, said.out) == (0, f"已写出 {path}\n")
    if ending == ".html":
        assert "s1完小" in path.read_text("utf-8") and "人数截至 2026-09-01" in path.read_text("utf-8")
    else:
        cells: Any = openpyxl.load_workbook(path)["各校基本情况"]
        assert [cells["A4"].value, cells["B4"].value] == [1, "s1完小"]
    assert xuequ(*arguments, "--json").json == {"file": str(path)}


def test_a_report_file_with_another_ending_is_bad_usage(xuequ: Call, tmp_path: Path) -> None:
    for name in ("glance.pdf", "glance", "glance.HTML"):
        said = xuequ("report", GLANCE, "--place", PLACE, "--url", "sqlite://", "-o", tmp_path / name)
        assert said.misused("报表文件须以 .html 或 .xlsx 结尾")
    assert list(tmp_path.iterdir()) == []


def test_a_report_that_is_not_declared_is_refused(xuequ: Call, tmp_path: Path) -> None:
    arguments = ("--place", PLACE, "--url", "sqlite://", "-o", tmp_path / "x.html")
    assert xuequ("report", "registry.none", *arguments).refused("core.document_unknown")
    assert xuequ("report", GLANCE, "--on", "yesterday", *arguments).misused("--on")


def test_the_reports_are_listed_with_what_they_need(xuequ: Call) -> None:
    lines = xuequ("report", "--list").out.splitlines()
    assert [line.split("\t")[0] for line in lines] == [document.name for document in DOCUMENTS]
    assert "registry.staff_month\t教职工考勤月报\t--school --year --month" in lines
    listed = xuequ("report", "--list", "--json").json["documents"]
    assert listed[0]["arguments"] == [
        {"name": "on", "label": "日期，如 2026-09-01（默认今天）", "required": False}
    ]


def test_a_report_that_lacks_or_does_not_take_an_argument_is_refused(xuequ: Call, tmp_path: Path) -> None:
    arguments = ("--place", PLACE, "--url", "sqlite://", "-o", tmp_path / "x.html")
    said = xuequ("report", "registry.staff_month", "--school", "s1", *arguments)
    assert said.refused("core.argument_missing")
    assert "--year（年份，如 2026）、--month（月份，1 至 12）" in said.err
    assert xuequ("report", GLANCE, "--school", "s1", *arguments).refused("core.argument_unknown")
    counted = ("report", "registry.headcount", "--count-date", "2026-09-01", "--purpose", "随便", *arguments)
    assert xuequ(*counted).refused("core.unknown_code")
    assert xuequ("report").misused("xuequ report --list")
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_told_what_its_options_say(
    bring: Callable[..., Said], xuequ: Call, url: str, tmp_path: Path
) -> None:
    bring(write_book(tmp_path), "--apply")
    path = tmp_path / "list.html"
    options = ("--school", "s1", "--class-name", "一(1)班", "--on", "2026-09-01")
    said = xuequ("report", "registry.pupil_list", *options, "--place", PLACE, "--url", url, "-o", path)
    assert said.code == 0
    assert "s1完小学生花名册" in path.read_text("utf-8")


# seal and verify


def tamper(engine: Engine) -> None:
    """Change a sealed fact, as whoever owns the database can."""
    with engine.begin() as connection:
        on = " ON xq_core_fact" if engine.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER xq_core_fact_no_update{on}")
        connection.exec_driver_sql(
            "UPDATE xq_core_fact SET reason = 'x' WHERE id = (SELECT min(id) FROM xq_core_fact)"
        )


def test_what_is_sealed_is_verified_until_somebody_changes_it(
    xuequ: Call, url: str, make_engine: MakeEngine
) -> None:
    found(xuequ, url)
    said = xuequ("verify", "530921", "--url", url)
    assert (said.code, said.out.splitlines()[-1]) == (0, "日志完好。")
    assert "未封存 2 条" in said.out
    said = xuequ("seal", "530921", "--url", url)
    assert said.code == 0
    assert said.out.startswith("封存 2 条；链头 2:") and "请另存此链头" in said.out
    sealed = xuequ("seal", "530921", "--url", url, "--json").json
    assert sealed["sealed"] == 0
    verified = xuequ("verify", "530921", "--anchor", sealed["head"], "--url", url, "--json")
    said_of_chain = {key: verified.json[key] for key in ("head", "unsealed", "wrong", "findings")}
    assert verified.code == 0
    assert said_of_chain == {"head": sealed["head"], "unsealed": 0, "wrong": [], "findings": []}
    tamper(make_engine(url))
    said = xuequ("verify", "530921", "--url", url)
    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines()[1:] == ["第 1 号的内容与封存不符", "发现 1 处异常！"]
    said = xuequ("verify", "530921", "--url", url, "--json")
    assert (said.code, said.json["wrong"]) == (1, ["第 1 号的内容与封存不符"])


def test_a_chain_is_verified_against_a_head_kept_elsewhere(xuequ: Call, url: str) -> None:
    found(xuequ, url)
    xuequ("seal", "530921", "--url", url)
    other = "0" * 64
    for anchor in (f"2:{other}", f"9:{other}"):
        assert xuequ("verify", "530921", "--anchor", anchor, "--url", url).code == 1
    for anchor in (other, f"x:{other}", "2:abc", ""):
        assert xuequ("verify", "530921", "--anchor", anchor, "--url", url).misused("--anchor")


def test_a_county_that_is_not_registered_has_no_chain(xuequ: Call, url: str) -> None:
    for command in ("seal", "verify"):
        assert xuequ(command, "999999", "--url", url).refused("registry.county_unknown")


# demo


def test_the_demo_leaves_a_database_and_both_reports(xuequ: Call, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    said = xuequ("demo", "--out", out)
    assert said.code == 0
    assert "8 所学校，47 个教学班，603 名学生" in said.out
    names = {path.name for path in out.iterdir()}
    assert names >= {"qianfeng.sqlite", "index.html", "party"}
    assert names >= {"district_at_a_glance.html", "district_at_a_glance.xlsx"}


def test_the_demo_runs_on_a_given_database_and_twice(
    xuequ: Call, url: str, make_engine: MakeEngine, tmp_path: Path
) -> None:
    for _ in range(2):
        assert xuequ("demo", "--out", tmp_path, "--url", url).code == 0
    assert {path.suffix for path in tmp_path.rglob("*.*")} == {".html", ".xlsx"}
    assert len(schools(make_engine(url))) == 8


# the command line itself


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["db"], ["db", "nonsense"], ["--lang", "fr", "db", "history"]]
)
def test_a_command_that_does_not_exist_is_bad_usage(xuequ: Call, words: list[str]) -> None:
    assert xuequ(*words).misused("usage: xuequ")


def test_every_command_helps(xuequ: Call) -> None:
    for words in ([], *([command] for command in ("db", "found", "template", "import", "report", "seal"))):
        said = xuequ(*words, "--help")
        assert (said.code, said.err) == (0, "")
        assert said.out.startswith("usage: xuequ")
    assert parser().prog == "xuequ"


def test_the_module_runs_as_a_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["xuequ", "db", "history"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("xuequ.cli", run_name="__main__")
    assert caught.value.code == 0
    assert migrations.head() in capsys.readouterr().out
