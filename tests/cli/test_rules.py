"""``xuequ rules | codes``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.cli.calls import PLACE, Call, Said, caller
from xuequ.cli.lists import every_list
from xuequ.exchange.reader import read_workbook
from xuequ.exchange.writer import write_workbook
from xuequ.standards.national import national
from xuequ.standards.schemas import StandardValue
from xuequ.standards.templates import VALUES

VISITS = "leadership.visits_per_term"
FILE = """
[["leadership.visits_per_term"]]
value = 4
since = 2099-09-01
authority = "学区〔2026〕1号"
checked = "text"
"""


@pytest.fixture
def xuequ(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    return caller(capsys, monkeypatch)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def bring(xuequ: Call, url: str) -> Callable[..., Said]:
    """Calls ``xuequ rules import`` for a district that is founded."""
    names = ("--county-name", "县教育局", "--district-name", "前锋学区")
    assert xuequ("found", PLACE, *names, "--url", url).code == 0
    return lambda *arguments: xuequ("rules", "import", *arguments, "--url", url)


# the packs


def test_without_a_database_the_packs_are_listed(xuequ: Call) -> None:
    said = xuequ("rules", "--json")
    keys = [rule["key"] for rule in said.json["rules"]]
    assert said.code == 0 and keys == sorted(national().declared)


def test_a_line_says_value_days_authority_and_how_sure(xuequ: Call) -> None:
    said = xuequ("rules", "party.dues.flat")
    assert said.code == 0
    for words in ("0.20", "元/月", "2008-04-01 至 今", "中组发〔2008〕3号", "第六条", "转引", "必须"):
        assert words in said.out
    assert said.out.endswith("共 1 条\n")


def test_one_key_is_shown_with_all_its_values_and_on_a_day_with_that_one(xuequ: Call) -> None:
    lines = xuequ("rules", "resources.asset.capital_from").out.splitlines()
    assert len(lines) == 4 and "500.00 元（1997-01-01 至 2012-03-31" in lines[0]
    said = xuequ("rules", "resources.asset.capital_from", "--on", "2010-01-01", "--json")
    assert [rule["value"] for rule in said.json["rules"]] == ["500.00"]


def test_what_nobody_has_set_says_who_may(xuequ: Call) -> None:
    assert "未设定（由县或学区自定）" in xuequ("rules", VISITS).out
    assert "未设定（由县自定）" in xuequ("rules", "resources.staff_per_class").out
    before = xuequ("rules", "calendar.holidays", "--on", "2027-05-01").out
    assert "未设定（此日没有数值）" in before


def test_unchecked_lists_what_was_not_read_in_the_text(xuequ: Call) -> None:
    rules = xuequ("rules", "--unchecked", "--on", "2026-09-01", "--json").json["rules"]
    here, day = national(), date(2026, 9, 1)
    holding = [one for key in here.declared if (one := here.find(key, on=day))]
    assert {rule["key"] for rule in rules} == {one.key for one in holding if one.checked != "text"}
    said = xuequ("rules", "calendar.fiscal_year_begins", "--unchecked")
    assert (said.code, said.out) == (0, "共 0 条\n")


def test_a_province_s_values_are_listed_for_its_place(xuequ: Call) -> None:
    assert "未设定" in xuequ("rules", "budget.insurance.rate", "--on", "2026-09-01").out
    assert "5.00 元/生·年（36；" in xuequ("rules", "budget.insurance.rate", "--place", "360102").out


def test_an_unknown_key_is_refused_and_wrong_words_are_misuse(xuequ: Call) -> None:
    assert xuequ("rules", "party.dance").refused("standards.key_unknown")
    assert xuequ("rules", "party", "budget").misused("用法")
    assert xuequ("rules", "--on", "yesterday").misused("--on")
    assert xuequ("rules", "--place", "五三").misused("530921")


# import


def test_a_file_is_imported_and_listed_at_its_place(
    xuequ: Call, bring: Callable[..., Said], own: Path, url: str
) -> None:
    said = bring(own, PLACE, "--plan")
    assert said.code == 0 and "尚未写入" in said.out
    at_place = ("--place", PLACE, "--on", "2099-09-01", "--url", url, "--json")
    assert xuequ("rules", VISITS, *at_place).json["rules"][0]["value"] is None
    said = bring(own, PLACE)
    assert said.code == 0 and "已写入" in said.out and "新增 1" in said.out
    [rule] = xuequ("rules", VISITS, *at_place).json["rules"]
    assert (rule["value"], rule["place"]) == ("4", PLACE)
    county = xuequ("rules", VISITS, "--place", "530921", "--on", "2099-09-01", "--url", url, "--json")
    assert county.json["rules"][0]["value"] is None


def test_a_county_imports_a_workbook_for_all_its_districts(
    xuequ: Call, bring: Callable[..., Said], tmp_path: Path, url: str
) -> None:
    path = tmp_path / "own.xlsx"
    row = StandardValue(key=VISITS, value="2", since=date(2099, 9, 1), authority="县教〔2026〕1号")
    write_workbook(path, VALUES, {"values": [row]})
    assert bring(path, "530921", "--json").json["sheets"]["values"]["added"] == 1
    said = xuequ("rules", VISITS, "--place", PLACE, "--on", "2099-09-01", "--url", url)
    assert "2 次/学期（530921；2099-09-01 至 今；县教〔2026〕1号" in said.out


def test_a_wrong_file_is_refused_with_every_problem(bring: Callable[..., Said], own: Path) -> None:
    own.write_text(FILE.replace("value = 4", "value = 0.4") + FILE.replace("visits", "trips"), "utf-8")
    said = bring(own, PLACE)
    assert said.code == 1 and "[standards.pack_wrong]" in said.err
    assert {problem["code"] for problem in bring(own, PLACE, "--json").json["problems"]} == {
        "standards.pack_wrong"
    }


def test_an_import_without_place_or_with_another_file_is_misuse(
    bring: Callable[..., Said], own: Path, tmp_path: Path
) -> None:
    assert bring(own).misused("用法")
    assert bring(own, "五三").misused("530921")
    assert bring(tmp_path / "own.csv", PLACE).misused(".toml")
    assert bring(tmp_path / "none.toml", PLACE).misused("不能读取")


# codes


def test_the_code_lists_are_listed_with_standard_and_how_sure(xuequ: Call) -> None:
    said = xuequ("codes")
    assert "Ethnicity  民族  58 项  GB/T 3304  转引" in said.out
    assert "本库自定" in said.out
    names = {one["name"] for one in xuequ("codes", "--json").json["lists"]}
    assert names == {one.__name__ for one in every_list()}


@pytest.mark.parametrize("name", ["Ethnicity", "ethnicity", "民族"])
def test_one_list_is_printed_with_its_codes(xuequ: Call, name: str) -> None:
    said = xuequ("codes", name)
    assert said.code == 0 and "  01  汉族" in said.out and "  56  基诺族" in said.out
    members = xuequ("codes", name, "--json").json["members"]
    assert members[0] == {"code": "01", "label": "汉族", "aliases": ["汉"]}


def test_an_unknown_list_is_refused_with_those_there_are(xuequ: Call) -> None:
    said = xuequ("codes", "乐器")
    assert said.refused("standards.list_unknown") and "民族" in said.err


def test_the_blank_workbook_of_own_values_can_be_written(xuequ: Call, tmp_path: Path) -> None:
    path = tmp_path / "blank.xlsx"
    assert xuequ("template", "standards.values", "-o", path).code == 0
    assert read_workbook(path, VALUES).rows == {"values": ()}
