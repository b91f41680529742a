"""The workbook of land, buildings and rooms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from xuequ import District
from xuequ.core.errors import ColumnFixed, Problems
from xuequ.core.plan import Outcome
from xuequ.exchange import apply_file, plan_file
from xuequ.exchange.importing import export_file
from xuequ.exchange.writer import write_workbook
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.schemas.books.premises import LandRow
from xuequ.registry.templates import PREMISES
from xuequ.testing import make_district

SINCE = date(2026, 9, 1)


@pytest.fixture
def full(session: Session) -> District:
    return make_district(session)


def land(school: str, name: str, area: str = "4715.25", certificate: str | None = None) -> LandRow:
    return LandRow(school=school, name=name, area=Decimal(area), certificate=certificate, since=SINCE)


def book(path: Path, *rows: LandRow) -> Path:
    write_workbook(path, PREMISES, {"land": rows})
    return path


def test_a_plan_is_a_rehearsal_that_leaves_nothing(full: District, tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", land("s1", "校园"), land("s2", "校园"))
    plan = plan_file(full, file, PREMISES)
    assert (plan.problems, plan.count(Outcome.ADDED)) == ((), 2)
    assert full.registry.premises.land() == []


def test_every_bad_row_is_named_and_the_good_ones_are_not(full: District, tmp_path: Path) -> None:
    rows = [land("s1", f"地块{i}", certificate=f"C{i}") for i in range(9)]
    rows[3] = land("s9", "地块3")
    rows[6] = land("s1", "地块6", certificate="C5")
    plan = plan_file(full, book(tmp_path / "a.xlsx", *rows), PREMISES)
    assert [(p.place and (p.place.row, p.place.column, p.place.value)) for p in plan.problems] == [
        (5, "学校代码", "s9"),
        (8, "权属证号", "C5"),
    ]
    assert isinstance(plan.problems[0].error, SchoolUnknown)
    with pytest.raises(Problems):
        apply_file(full, tmp_path / "a.xlsx", PREMISES)
    assert full.registry.premises.land() == []


def test_an_export_reads_back_without_a_change(full: District, tmp_path: Path) -> None:
    apply_file(full, book(tmp_path / "a.xlsx", land("s1", "校园"), land("s2", "校园")), PREMISES)
    export_file(full, tmp_path / "out.xlsx", PREMISES)
    plan = plan_file(full, tmp_path / "out.xlsx", PREMISES)
    assert (plan.problems, plan.count(Outcome.UNCHANGED)) == ((), 2)


def test_what_no_file_may_change_is_refused_with_what_is_registered(full: District, tmp_path: Path) -> None:
    apply_file(full, book(tmp_path / "a.xlsx", land("s1", "校园")), PREMISES)
    (problem,) = plan_file(full, book(tmp_path / "b.xlsx", land("s1", "校园", "9")), PREMISES).problems
    assert isinstance(problem.error, ColumnFixed)
    assert problem.error.registered == "4715.25"
