"""What a document can declare: arguments, groups, masks, publicity lists, official letters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.pages import COLUMNS, DAY, ROLL, Line, Page, Roll, door
from xuequ.core.document import (
    Argument,
    Document,
    DocumentColumn,
    Letter,
    Mask,
    Paper,
    Paragraph,
    Publicity,
)
from xuequ.core.errors import ArgumentMissing, ArgumentUnknown
from xuequ.reports import bind, render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.reports.letters import numbered
from xuequ.reports.rendering import hide_numbers

CARD, PHONE = "530921201001011234", "13812345678"


def values(path: Path, sheet: str) -> list[Any]:
    book: Any = openpyxl.load_workbook(path)
    return [cell.value for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


# arguments


@pytest.mark.parametrize("given_", [{}, {"year": None}])
def test_a_missing_argument_is_named_as_people_call_it(given_: dict[str, Any]) -> None:
    document = replace(ROLL, arguments=(Argument("year", "年份", int), *ROLL.arguments))
    with pytest.raises(ArgumentMissing, match=r"报表“名册”缺少参数：--year（年份）"):
        render(door(Roll([])), document, **given_)


def test_an_argument_that_the_document_does_not_take_is_refused() -> None:
    with pytest.raises(ArgumentUnknown, match="不用参数 month") as caught:
        render(door(Roll([])), ROLL, month=9)
    assert "--on" in str(caught.value)
    with pytest.raises(ArgumentUnknown, match="无需参数"):
        bind(replace(ROLL, arguments=()), {"on": DAY})


def test_what_is_left_out_is_not_handed_on() -> None:
    assert bind(ROLL, {"on": None, "school": "s1"}) == {"school": "s1"}


def test_a_view_may_lie_several_services_deep() -> None:
    one = door(Roll([Line("王")]))
    one.far = one
    assert render(one, replace(ROLL, part="far.far.part")).tables[0].rows[0][0] == "王"


# rows


def grouped(*lines: Line) -> Any:
    table = replace(ROLL.tables[0], group="sex", number=True)
    return replace(ROLL, tables=(table,)), lines


def test_rows_that_belong_together_stand_under_a_line_with_a_subtotal(tmp_path: Path) -> None:
    document = grouped()[0]
    lines = (Line("王", pupils=3), Line("李", pupils=4), Line("张", None, pupils=5))
    page = render(door(Roll(lines)), document)
    table = page.tables[0]
    assert [(group.label, len(group.rows)) for group in table.groups] == [("女", 2), ("—", 1)]
    subtotals = [group.subtotal[3] for group in table.groups if group.subtotal]
    assert subtotals == [7, 5] and table.totals is not None and table.totals[3] == 12
    assert [row[0] for row in table.rows] == [1, 2, 3]
    assert [text for text in Page(to_html(page)).within("td") if text in ("小计", "合计")] == [
        "小计",
        "小计",
        "合计",
    ]
    write_xlsx(page, tmp_path / "a.xlsx")
    assert [value for value in values(tmp_path / "a.xlsx", "全体") if value in ("女", "小计", "合计", 7, 12)][
        :3
    ] == ["女", "女", "女"]


def test_an_optional_table_without_rows_is_left_out_and_another_says_so() -> None:
    document = replace(ROLL, tables=(ROLL.tables[0], replace(ROLL.tables[1], optional=True)))
    assert [table.title for table in render(door(Roll([])), document).tables] == ["全体"]
    assert "（无）" in Page(to_html(render(door(Roll([])), document))).within("td")


def test_a_field_goes_through_what_is_not_there() -> None:
    @dataclass
    class Post:
        holder: Line | None

    column = DocumentColumn("任职人", "holder.name")
    document = replace(ROLL, tables=(replace(ROLL.tables[0], columns=(column, DocumentColumn("签字"))),))
    rows = render(door(Roll([Post(Line("王")), Post(None)])), document).tables[0].rows
    assert rows == (("王", ""), (None, ""))


@pytest.mark.parametrize("paper", Paper)
def test_paper_lies_as_it_is_declared(paper: Paper, tmp_path: Path) -> None:
    page = render(door(Roll([Line("王")])), replace(ROLL, paper=paper))
    assert f"size: A4 {paper.value};" in to_html(page)
    write_xlsx(page, tmp_path / "a.xlsx")
    book: Any = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert {sheet.page_setup.orientation for sheet in book} == {paper.value}


def test_a_page_may_load_nothing() -> None:
    [policy] = [
        attributes["content"]
        for tag, attributes in Page(to_html(render(door(Roll([])), ROLL))).tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'"


# masks and publicity


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (Mask.NAME, "张三丰", "张*丰"),
        (Mask.DOCUMENT, CARD, "530921************"),
        (Mask.PHONE, PHONE, "138****5678"),
    ],
)
def test_what_is_masked_is_in_no_file(mask: Mask, text: str, shown: str, tmp_path: Path) -> None:
    columns = (replace(COLUMNS[0], mask=mask),)
    page = render(door(Roll([Line(text)])), replace(ROLL, tables=(replace(ROLL.tables[0], columns=columns),)))
    html = to_html(page)
    assert shown in Page(html).within("td") and text not in html
    write_xlsx(page, tmp_path / "a.xlsx")
    assert shown in values(tmp_path / "a.xlsx", "全体")
    assert text not in str(values(tmp_path / "a.xlsx", "全体"))


@given(st.sampled_from(list(Mask)), st.text(max_size=30))
def test_a_masked_value_may_be_masked_again(mask: Mask, text: str) -> None:
    assert mask.hide(mask.hide(text)) == mask.hide(text)


PUBLIC = replace(
    ROLL,
    title="人员公示",
    tables=ROLL.tables[:1],
    notice="",
    publicity=Publicity(
        body=lambda view: f"现将名单公示，证件 {CARD}。",
        period=lambda view: (date(2026, 9, 1), date(2026, 9, 7)),
        contact=lambda view: f"电话 {PHONE}",
    ),
)


def test_a_publicity_list_has_sentence_table_period_contact_seal_and_day() -> None:
    page = Page(to_html(render(door(Roll([Line("王")])), PUBLIC)))
    assert page.within("h1") == ["前锋学区人员公示"]
    said = page.within("p")
    assert "现将名单公示，证件 530921************。" in said
    assert "2026年9月1日至2026年9月7日。" in said
    assert f"电话 {PHONE}" in said
    assert page.within("div") == ["前锋学区（盖章）", "2026年9月1日"]
    assert "王" in page.within("td")


def test_numbers_that_slip_into_a_publicity_list_are_hidden_all_the_same(tmp_path: Path) -> None:
    page = render(door(Roll([Line(f"王（{CARD}，{PHONE}）")])), PUBLIC)
    html = to_html(page)
    assert "王（530921************，138****5678）" in Page(html).within("td")
    assert CARD not in html
    write_xlsx(page, tmp_path / "a.xlsx")
    told = values(tmp_path / "a.xlsx", "全体")
    assert CARD not in str(told)
    assert "公示期：2026年9月1日至2026年9月7日。" in told and f"受理方式：电话 {PHONE}" in told


@pytest.mark.parametrize("text", ["凤教发〔2026〕12号", "2026-09-01", "20260901", "1234567890123456789012"])
def test_other_numbers_stay_in_a_publicity_list(text: str) -> None:
    assert hide_numbers(text) == text


# letters


@dataclass
class Mail(Roll):
    """A view of a letter."""

    lines: Any = field(default_factory=list[Any])


LETTER = Letter(
    issuer="前锋学区",
    heading="前锋学区文件",
    number="前锋学区〔2026〕5号",
    title="前锋学区关于放假的通知",
    dated=date(2026, 9, 1),
    addressees="各学校",
    paragraphs=(
        Paragraph("现通知如下："),
        Paragraph("时间", 1),
        Paragraph("国庆节", 2),
        Paragraph("中秋节", 2),
        Paragraph("要求", 1),
        Paragraph("安全", 2),
        Paragraph("检查", 3),
        Paragraph("值班", 4),
    ),
    attachments=("放假安排表", "值班表"),
    copies="县教育体育局",
)


def lettered(letter: Letter) -> Document:
    def write(view: Any) -> Letter:
        return letter

    return replace(ROLL, tables=(), letter=write)


def letter_page(letter: Letter = LETTER) -> tuple[str, Page]:
    text = to_html(render(door(Mail()), lettered(letter)))
    return text, Page(text)


def test_paragraphs_are_numbered_as_official_letters_number_them() -> None:
    assert [number for _, number, _ in numbered(LETTER.paragraphs)] == [
        *("", "一、", "（一）", "（二）", "二、", "（一）", "1.", "（1）"),
    ]


def test_a_letter_has_every_part_in_its_order() -> None:
    _, page = letter_page()
    assert page.within("title") == ["前锋学区关于放假的通知"]
    assert page.within("h1") == ["前锋学区", "关于放假的通知"]
    assert page.within("div") == ["前锋学区文件", "前锋学区〔2026〕5号", "前锋学区", "2026年9月1日"]
    assert page.within("p") == [
        *("各学校：", "现通知如下：", "一、时间", "（一）国庆节", "（二）中秋节", "二、要求"),
        *("（一）安全", "1.检查", "（1）值班", "附件：1. 放假安排表", "2. 值班表", "抄送：县教育体育局。"),
    ]


def test_a_letter_is_set_as_the_standard_asks() -> None:
    text, _ = letter_page()
    assert "@page { size: A4 portrait; margin: 37mm 26mm 35mm 28mm; }" in text
    assert "--row: calc(225mm / 22)" in text and "--body: 15.75pt" in text
    assert re.search(r"@page :right \{ @bottom-right \{ content: \"— \" counter\(page\) \" —\"", text)
    assert re.search(r"@page :left \{ @bottom-left", text)
    assert not re.search(r"@font-face|https?:|url\(|<script", text)


def test_what_a_letter_does_not_have_leaves_no_gap() -> None:
    bare = replace(LETTER, heading="", number="", addressees="", attachments=(), copies="")
    _, page = letter_page(bare)
    assert "header" not in {tag for tag, _ in page.tags}
    assert page.within("p")[0] == "现通知如下："
    assert not [text for text in page.within("p") if text.startswith(("附件", "抄送"))]


def test_a_hostile_letter_is_text(tmp_path: Path) -> None:
    hostile = replace(LETTER, title="=cmd()", paragraphs=(Paragraph("<script>alert(1)</script>"),))
    text, page = letter_page(hostile)
    assert "<script" not in text and "<script>alert(1)</script>" in page.within("p")
    write_xlsx(render(door(Mail()), lettered(hostile)), tmp_path / "a.xlsx")
    assert "'=cmd()" in values(tmp_path / "a.xlsx", "正文")
