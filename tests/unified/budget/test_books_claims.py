"""The workbook of claims: a school's list becomes drafts, and every claim is given out again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.booking import reading
from tests.unified.budget.counter import SPENT, Counter, counter
from xuequ import District, Money, Post
from xuequ.core.errors import ColumnFixed, ImportConflict, Problems
from xuequ.core.plan import Decision, Outcome, Plan
from xuequ.exchange import read_workbook, write_workbook
from xuequ.testing.factories import make_budget
from xuequ.unified.budget.schemas.books.claims import ClaimLineRow, ClaimRow, InvoiceRow
from xuequ.unified.budget.states.claims import ClaimState
from xuequ.unified.budget.templates.claims import CLAIMS


@pytest.fixture
def desk(session: Session) -> Counter:
    return counter(session)


def claim(desk: Counter, number: str = "A1", **more: Any) -> ClaimRow:
    said: dict[str, Any] = {"school": "s1", "staff_no": desk.claimant_no, "supplier": "文具店"}
    return ClaimRow.model_validate({"number": number, "spent_on": SPENT, **said, **more})


def line(number: str = "A1", no: int = 1, **more: Any) -> ClaimLineRow:
    said: dict[str, Any] = {"project": "operating", "function": "2050202", "economic": "30201"}
    return ClaimLineRow.model_validate(
        {"number": number, "no": no, "what": "纸", "amount": Decimal("20.50"), **said, **more}
    )


def invoice(number: str = "A1", bill: str = "90001", **more: Any) -> InvoiceRow:
    return InvoiceRow.model_validate(
        {"number": number, "invoice": bill, "day": SPENT, "amount": Decimal("20.50"), **more}
    )


def whole(desk: Counter) -> dict[str, list[Any]]:
    """Return a list of a school: two claims, one with two lines and an invoice of another supplier."""
    return {
        "claims": [claim(desk), claim(desk, "A2", uninvoiced="伙食补助")],
        "lines": [line(), line(no=5, economic="30216", what="培训"), line("A2")],
        "invoices": [invoice(), invoice(bill="90002", code="5300", supplier="总店")],
    }


def taken(door: District, decision: Decision = Decision.ASK, /, **rows: Any) -> Plan:
    return door.budget.books.take(reading(CLAIMS, **rows), decision)


def read_back(door: District) -> Plan:
    """Plan an export as if it had been read back."""
    export = door.budget.books.export(CLAIMS.name)
    book = reading(CLAIMS, **export.rows)
    book.base = export.base
    return door.budget.books.plan(book)


def test_a_list_becomes_drafts_once_and_reads_back_unchanged(desk: Counter, tmp_path: Path) -> None:
    door = desk.door(Post.ACCOUNTANT)
    assert taken(door, **whole(desk)).count(Outcome.ADDED) == 7
    assert taken(door, **whole(desk)).changes_nothing
    first, second = door.budget.claims.list(2026).claims
    assert (first.total, second.total, first.state) == (Money.yuan(41), Money.yuan("20.50"), ClaimState.DRAFT)
    assert desk.door(Post.SCHOOL_HEAD).budget.claims.submit(first.id).state is ClaimState.SUBMITTED
    assert read_back(door).changes_nothing
    export = door.budget.books.export(CLAIMS.name)
    write_workbook(tmp_path / "claims.xlsx", CLAIMS, export.rows)
    assert door.budget.books.plan(read_workbook(tmp_path / "claims.xlsx", CLAIMS)).changes_nothing


def test_an_export_sets_up_another_district(session: Session, desk: Counter) -> None:
    taken(desk.door(), **whole(desk))
    other = counter(session, "530921/dasi")
    rows = desk.door().budget.books.export(CLAIMS.name).rows
    moved = [row.model_copy(update={"staff_no": other.claimant_no, "name": None}) for row in rows["claims"]]
    assert taken(other.door(), **{**rows, "claims": moved}).count(Outcome.ADDED) == 7
    assert len(desk.door().budget.claims.list(2026).claims) == 2


def test_bad_rows_are_named_by_sheet_row_and_column_and_nothing_is_half_in(desk: Counter) -> None:
    bad = {
        "claims": [claim(desk), claim(desk, "A2", staff_no="nobody")],
        "lines": [line(), line("A9"), line(no=2, economic="30299")],
        "invoices": [invoice()],
    }
    with pytest.raises(Problems) as refused:
        taken(desk.door(), **bad)
    places = {(one.place.sheet, one.place.row) for one in refused.value.problems if one.place}
    assert {("报销单", 3), ("报销项目", 3), ("报销项目", 4)} <= places
    assert desk.door().budget.claims.list(2026).claims == ()


def test_a_draft_may_change_but_an_invoice_and_a_claim_under_way_may_not(desk: Counter) -> None:
    taken(desk.door(), **whole(desk))
    rows = whole(desk)
    rows["claims"][0] = claim(desk, supplier="新店")
    rows["lines"][1] = line(no=5, economic="30216", what="培训", amount=Decimal(20))
    assert taken(desk.door(), Decision.FILE, **rows).count(Outcome.CHANGED) == 2
    first = desk.door().budget.claims.list(2026).claims[0]
    assert (first.supplier, first.total) == ("新店", Money.yuan("40.50"))
    view = desk.door().budget.claims.claim(first.id)
    assert [one.no for one in view.lines] == [1, 5]
    assert [one.supplier for one in view.invoices] == ["新店", "总店"]
    wrong = [invoice(amount=Decimal(1))]
    problems = (
        desk.door().budget.books.plan(reading(CLAIMS, claims=[], invoices=wrong), Decision.FILE).problems
    )
    assert [type(one.error) for one in problems] == [ColumnFixed]
    desk.door(Post.SCHOOL_HEAD).budget.claims.submit(first.id)
    late = reading(CLAIMS, claims=[claim(desk, supplier="再换")])
    problems = desk.door().budget.books.plan(late, Decision.FILE).problems
    assert [one.error.code for one in problems] == ["budget.claim_closed"]


def test_what_was_changed_by_hand_is_kept_and_a_file_that_says_something_new_asks(desk: Counter) -> None:
    door = desk.door()
    taken(door, **whole(desk))
    first = door.budget.claims.claim(door.budget.claims.list(2026).claims[0].id)
    command = desk.claiming(number=first.number, supplier="手改", lines=(), invoices=())
    door.budget.claims.revise(first.id, command, first.version)
    kept = door.budget.books.plan(reading(CLAIMS, claims=whole(desk)["claims"]))
    assert kept.count(Outcome.KEPT) == 1 and not kept.problems
    new = reading(CLAIMS, claims=[claim(desk, supplier="文件新写")])
    assert [type(one.error) for one in door.budget.books.plan(new).problems] == [ImportConflict]
    for decision, name in ((Decision.REGISTERED, "手改"), (Decision.FILE, "文件新写")):
        taken(door, decision, claims=[claim(desk, supplier="文件新写")])
        assert door.budget.claims.claim(first.id).supplier == name


def test_a_line_is_found_by_its_codes_and_the_school_of_its_budget(session: Session) -> None:
    desk = counter(session)
    make_budget(desk.door(), {"30201": Money.yuan(10)}, year=2025, school="s1")
    old = claim(desk, spent_on=date(2025, 10, 1))
    taken(desk.door(), claims=[old], lines=[line(line_school="s1")])
    with pytest.raises(Problems):
        taken(desk.door(), claims=[claim(desk, "A3")], lines=[line("A3", line_school="s1")])
