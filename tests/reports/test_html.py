"""The page: self-contained, escaped, balanced, and ready to print."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from sqlalchemy.orm import Session

from tests.reports.pages import COLUMNS, ROLL, SIGNERS, Line, Page, Roll, door
from xuequ.core.errors import ExtraMissing
from xuequ.core.fields import Command
from xuequ.district import District
from xuequ.registry.documents import DISTRICT_GLANCE
from xuequ.registry.schemas.set_up import PlaceRow, SchoolRow, StatementRow
from xuequ.registry.states.figures import Quantity, Wording
from xuequ.registry.states.places import SchoolKind
from xuequ.reports import html as html_module
from xuequ.reports import render, write_html
from xuequ.reports.html import to_html
from xuequ.testing import DAY, make_district, reading_of
from xuequ.testing.strategies import names

OUTSIDE = re.compile(r"""(?:src|href|action|data)\s*=|url\s*\(|@import|https?:|//[\w.]+""", re.IGNORECASE)
HOSTILE = '<script>alert("1")</script>&amp;\'"'


def page_of(*lines: Line, **more: object) -> str:
    return to_html(render(door(Roll(lines, **more)), ROLL))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def published(label: str, printed: str, numerator: Quantity, denominator: Quantity | None) -> StatementRow:
    return StatementRow(
        label=label, printed=printed, numerator=numerator, denominator=denominator, wording=Wording.ROUNDED
    )


def set_up(district: District, **rows: list[Command]) -> None:
    place = PlaceRow(
        county="530921",
        county_name="县530921教育局",
        district="qianfeng",
        district_name="前锋学区",
        as_of=DAY,
    )
    book = reading_of({"place": [place], **rows})
    district.registry.set_up(district.registry.plan_set_up(book))


@pytest.fixture
def district(session: Session) -> District:
    """A district whose school has a hostile name, with published figures that disagree."""
    made = make_district(session, schools=1, pupils=4, staff=2)
    school = SchoolRow(code="s1", name=HOSTILE, kind=SchoolKind.COMPLETE, books=Decimal("123.50"))
    set_up(
        made,
        schools=[school],
        statements=[
            published("在校生", "4", Quantity.PUPILS, None),
            published("生均图书", "61.75", Quantity.BOOKS, Quantity.PUPILS),
        ],
    )
    return made


def test_the_glance_is_a_page_on_both_databases(district: District, tmp_path: Path) -> None:
    path = tmp_path / "glance.html"
    write_html(render(district, DISTRICT_GLANCE), path)
    text = path.read_text("utf-8")
    page = Page(text)
    assert page.within("title") == page.within("h1") == ["前锋学区基本情况一览表"]
    assert page.within("h2") == ["各校基本情况", "校舍、图书和设备", "公布数据与登记数据对账"]
    assert HOSTILE in page.within("td")
    assert "<script" not in text
    assert "123.5" in page.within("td")


def test_the_note_says_which_denominator_would_fit(district: District) -> None:
    text = to_html(render(district, DISTRICT_GLANCE))
    assert "共核对 2 项：1 项相符，1 项不符（分母不是登记人数）。" in text
    assert "不符的 1 项人均数都只在分母为 2 人时成立，而登记为 4 人。" in text


def test_a_district_without_data_is_a_page_too(session: Session) -> None:
    page = Page(to_html(render(make_district(session, schools=0), DISTRICT_GLANCE)))
    assert page.within("h2") == ["各校基本情况"]
    assert page.within("td").count("（无）") == 1
    assert "svg" not in {tag for tag, _ in page.tags}
    said = next(text for text in page.within("p") if "未登记" in text)
    assert "岗位任免、校舍、图书和设备、服务村情况、本学期校历" in said


@pytest.mark.parametrize("lines", [(), (Line("王"),), tuple(Line(f"n{n}") for n in range(40))])
def test_the_tags_of_a_page_are_balanced(lines: tuple[Line, ...]) -> None:
    Page(page_of(*lines))


def test_a_page_refers_to_nothing_outside_itself(district: District) -> None:
    for text in (page_of(Line("王")), to_html(render(district, DISTRICT_GLANCE))):
        assert OUTSIDE.findall(text) == []
        assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in Page(text).tags}


def test_a_page_says_its_language_and_fits_a_phone() -> None:
    text = page_of(Line("王"))
    tags = Page(text).tags
    assert text.startswith("<!DOCTYPE html>")
    assert ("html", {"lang": "zh-CN"}) in tags
    assert ("meta", {"charset": "utf-8"}) in tags
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in tags


def test_a_page_is_set_up_for_printing_with_headings_on_every_sheet() -> None:
    text = page_of(Line("王"))
    assert re.search(r"@page\s*\{\s*size: A4", text)
    assert "@media print" in text
    assert "thead { display: table-header-group; }" in text
    page = Page(text)
    assert [tag for tag, _ in page.tags].count("thead") == 2
    assert page.within("th") == [*(column.heading for column in COLUMNS), "姓名"]
    assert all(
        attributes.get("scope") == "col"
        for tag, attributes in page.tags
        if tag == "th" and attributes.get("class") != "center"
    )


def test_a_page_ends_with_stamp_signers_and_day() -> None:
    footer = Page(page_of()).within("span")
    assert footer[2:] == [
        "单位（盖章）：前锋学区",
        *(f"{signer}：" for signer in SIGNERS),
        "日期：2026-09-01",
    ]


def test_figures_rows_totals_and_notes_are_all_there() -> None:
    page = Page(page_of(Line("王", pupils=1200, area=Decimal("2.50")), Line("李", pupils=34), pupils=603))
    cells = page.within("td")
    assert cells[:7] == ["王", "女", "1,200", "2.5", "—", "—", "否"]
    assert cells[7:14] == ["李", "女", "34", "—", "—", "—", "否"]
    assert cells[14:] == ["合计", "1,234", "2.5", "（无）"]
    assert page.within("span")[:2] == ["603", "603"]
    assert "见附注。" in page.within("p") and "未作手工填写。" in page.within("p")
    assert [a.get("class") for tag, a in page.tags if tag == "section"] == ["short", "short"]


def test_numbers_stand_to_the_right_and_codes_in_the_middle() -> None:
    classes = [a.get("class") for tag, a in Page(page_of(Line("王"))).tags if tag == "td"][:5]
    assert classes == ["left wide", "center", "right", "right", "right"]


def test_a_document_without_figures_notes_or_notice_leaves_no_empty_boxes() -> None:
    bare = replace(ROLL, figures=(), tables=ROLL.tables[1:], notice="", signers=())
    page = Page(to_html(render(door(Roll([])), bare)))
    assert "ul" not in {tag for tag, _ in page.tags}
    assert page.within("span") == ["单位（盖章）：前锋学区", "日期：2026-09-01"]
    assert [a.get("class") for tag, a in page.tags if tag == "p"] == ["subtitle"]


@settings(max_examples=50)
@given(names())
def test_any_name_is_on_the_page_as_it_is(name: str) -> None:
    assert name.strip() in Page(page_of(Line(name))).within("td")


@pytest.mark.parametrize("hostile", [HOSTILE, "{{ 7*7 }}", "{% raw %}", "</td></table>", "<!--", "&lt;b&gt;"])
def test_nothing_in_the_data_becomes_markup(hostile: str) -> None:
    line = Line(hostile)
    page = Page(page_of(line, district=hostile, more=[line]))
    assert page.within("td").count(hostile) == 2
    assert page.within("h1") == [f"{hostile}名册"]


def test_without_jinja2_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    html_module._environment.cache_clear()  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'xuequ\[report\]'") as caught:
        write_html(render(door(Roll([])), ROLL), tmp_path / "page.html")
    assert caught.value.facts() == {"library": "jinja2", "extra": "report"}
    assert not (tmp_path / "page.html").exists()
