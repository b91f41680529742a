"""Every document of the registry, drawn in both formats: with data, without, and with hostile names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.registry.furnished import ARGUMENTS, CARD, PHONE, PLACE, SEEN, furnish
from tests.reports.pages import Page
from xuequ import Actor, District
from xuequ.core.document import Document
from xuequ.core.errors import ArgumentMissing, NotFound
from xuequ.registry.documents import DISTRICT_GLANCE, DOCUMENTS
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.reports import find_document, render, write_xlsx
from xuequ.reports.html import to_html
from xuequ.testing import make_district

NEED_DATA = {"registry.pupil_list", "registry.staff_month", "registry.headcount", "registry.school_calendar"}
"""Documents of one school, one term or one headcount: without it there is nothing to print."""
OUTSIDE = re.compile(r"""(?:src|href|action|data)\s*=|url\s*\(|@import|https?:""", re.IGNORECASE)
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)


def drawn(door: District, document: Document, folder: Path) -> tuple[str, Any]:
    """Draw a document in both formats."""
    page = render(door, document, **ARGUMENTS.get(document.name, {}))
    write_xlsx(page, folder / "a.xlsx")
    return to_html(page), openpyxl.load_workbook(folder / "a.xlsx")


def texts(book: Any) -> list[str]:
    return [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str)
    ]


@pytest.fixture
def furnished(session: Session) -> District:
    make_district(session, schools=2, pupils=3, staff=3)
    return furnish(session)


def test_documents_are_told_apart_by_name_and_say_what_they_need() -> None:
    assert len({document.name for document in DOCUMENTS}) == len(DOCUMENTS)
    needing = {one.name for one in DOCUMENTS if any(argument.required for argument in one.arguments)}
    assert needing == set(ARGUMENTS)


@every_document
def test_a_document_is_drawn_in_both_formats(furnished: District, document: Document, tmp_path: Path) -> None:
    html, book = drawn(furnished, document, tmp_path)
    page = Page(html)
    assert OUTSIDE.findall(html) == [] and "<script" not in html
    assert "（无）" not in page.within("td")
    assert book.sheetnames
    if document.letter is None:
        assert "thead { display: table-header-group; }" in html and page.within("th")
        assert all(sheet.print_title_rows for sheet in book if sheet.title != "图表")
    assert f"size: A4 {document.paper.value}" in html
    assert all(sheet.page_setup.orientation for sheet in book)


@every_document
def test_an_empty_district_has_an_empty_document_or_an_error_that_says_why(
    session: Session, document: Document, tmp_path: Path
) -> None:
    make_district(session, schools=0)
    door = District(session, PLACE, actor=Actor.system("test"), settings=SEEN)
    if document.name in NEED_DATA:
        with pytest.raises(NotFound):
            drawn(door, document, tmp_path)
        return
    html, book = drawn(door, document, tmp_path)
    assert book.sheetnames
    nothing = "（无）" in Page(html).within("td")
    assert nothing or document.letter or document.name == "registry.duty_list"  # whose posts are all vacant


@every_document
def test_no_document_shows_a_number_in_full(furnished: District, document: Document, tmp_path: Path) -> None:
    html, book = drawn(furnished, document, tmp_path)
    said = html + "\n".join(texts(book))
    assert not re.search(r"\b[0-9]{17}[0-9X]\b", said)
    assert CARD not in said and PHONE not in said and CARD[6:14] not in said


def test_lists_of_people_show_what_may_be_shown(furnished: District, tmp_path: Path) -> None:
    for name, shown in (("pupil_list", [f"{CARD[:6]}************"]), ("staff_list", ["138****5678"])):
        html, book = drawn(furnished, find_document(f"registry.{name}", DOCUMENTS), tmp_path)
        for text in shown:
            assert text in html and text in texts(book)
        assert "内部资料" in html


@every_document
def test_hostile_names_are_only_names(
    furnished: District, session: Session, document: Document, tmp_path: Path
) -> None:
    session.execute(update(Person).values(name="=cmd|'/c calc'!A0"))
    session.execute(update(School).values(name="<script>alert(1)</script>"))
    html, book = drawn(furnished, document, tmp_path)
    assert "<script" not in html
    assert not [text for text in texts(book) if text.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_public_list_names_who_holds_a_post_and_nobody_who_does_not(furnished: District) -> None:
    page = Page(to_html(render(furnished, find_document("registry.post_publicity", DOCUMENTS))))
    cells = page.within("td")
    assert "学区校长" in cells and "支部书记" not in cells
    assert any("公示期为5个工作日" in text for text in page.within("p"))
    assert "2026年9月30日至2026年10月12日。" in page.within("p")
    assert "异议由qianfeng学区办公室受理。" in page.within("p")


def test_the_letter_says_when_the_holiday_is_and_what_is_made_up(furnished: District) -> None:
    document = find_document("registry.holiday_notice", DOCUMENTS)
    page = Page(to_html(render(furnished, document, year=2026, holiday="国庆节", number="前学〔2026〕3号")))
    said = page.within("p")
    assert "10月1日（星期四）至7日（星期三）放假，共7天。" in said
    assert any("10月10日（星期六）照常上班、上课。" in text for text in said)
    assert not any("9月20日" in text for text in said)  # that day makes up for another holiday
    assert "前学〔2026〕3号" in page.within("div")
    whole = Page(to_html(render(furnished, document, year=2026))).within("p")
    assert "（一）元旦：1月1日（星期四）至3日（星期六）放假，共3天。" in whole


def test_the_glance_names_what_nobody_has_recorded(session: Session, furnished: District) -> None:
    page = Page(to_html(render(furnished, DISTRICT_GLANCE)))
    assert page.within("h2") == [
        *("各校基本情况", "岗位任职与空缺", "服务的村", "校舍、图书和设备", "本学期重要日期"),
    ]
    assert not any("未登记" in text for text in page.within("p"))
    assert "规定必须配齐、现在没有人任职" in page.within("div")


def test_a_document_that_lacks_an_argument_says_which(furnished: District) -> None:
    with pytest.raises(ArgumentMissing, match=r"--count-date（统计时点.*--purpose（统计用途"):
        render(furnished, find_document("registry.headcount", DOCUMENTS))
