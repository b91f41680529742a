"""The budget's ledger of 0005, with lines, entries and a closed year, is brought over and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from xuequ import District, Money
from xuequ.core.source import Source
from xuequ.embed import check, downgrade, run_data_checks, upgrade
from xuequ.testing import make_budget
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.budget.errors.ledger import YearClosed

MakeEngine = Callable[[str], Engine]
KEY = {"county_id": 1, "district_id": 2}
LEDGER: dict[str, list[dict[str, Any]]] = {
    "xq_core_chain": [{"county_id": 1, "seq": 0, "hash": bytes(32)}],
    "xq_registry_county": [{"county_id": 1, "code": "530921", "name": "县"}],
    "xq_registry_district": [{"county_id": 1, "id": 2, "code": "qianfeng", "name": "学区"}],
    "xq_budget_year": [
        {**KEY, "id": 10, "year": 2025, "closed_on": date(2025, 12, 31)},
        {**KEY, "id": 11, "year": 2026, "closed_on": None},
        {**KEY, "id": 12, "year": 2027, "closed_on": None},
    ],
    "xq_budget_line": [
        {**KEY, "id": i, "year": year, "book": book, "code": code, "name": name, "amount": amount}
        | {"reserved": 0, "committed": committed, "paid": paid, "closed_on": closed}
        for i, year, book, code, name, amount, committed, paid, closed in (
            (20, 2025, "school", "30216", "培训费", 9_000, 0, 500, date(2025, 12, 31)),
            (21, 2026, "school", "30216", "培训费", 10_000, 400, 600, None),
            (22, 2026, "school", "30201", "办公费", 20_000, 0, 0, None),
            (23, 2026, "nutrition", "food", "食材", 30_000, 0, 0, None),
        )
    ],
    "xq_budget_entry": [
        {**KEY, "id": i, "line_id": line, "movement": movement, "out_of": "available", "amount": amount}
        | {"day": day, "source_kind": "test.act", "source_id": i, "purpose_kind": "test.act", "purpose_id": i}
        for i, line, movement, amount, day in (
            (30, 20, "pay", 500, date(2025, 5, 1)),
            (31, 21, "commit", 400, date(2026, 5, 1)),
            (32, 21, "pay", 600, date(2026, 5, 2)),
        )
    ],
}
"""What the library of 0005 could have written."""


def fill(connection: Connection, more: dict[str, list[dict[str, Any]]]) -> None:
    for table, rows in more.items():
        for row in rows:
            values = ", ".join(f":{column}" for column in row)
            connection.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})"), row)
    connection.commit()


def at_0005(url: str, make_engine: MakeEngine) -> Engine:
    engine = make_engine(url)
    with engine.connect() as connection:
        upgrade(connection, "0005")
        fill(connection, LEDGER)
    return engine


def content(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            table: sorted(
                tuple(map(str, row))
                for row in connection.execute(text(f"SELECT {', '.join(rows[0])} FROM {table}"))
            )
            for table, rows in LEDGER.items()
            if table not in ("xq_budget_year", "xq_core_chain")
        }


def test_lines_and_entries_are_brought_over_and_back(empty_url: str, make_engine: MakeEngine) -> None:
    engine = at_0005(empty_url, make_engine)
    before = content(engine)
    years = text("SELECT year, closed_on FROM xq_budget_year ORDER BY year")
    with engine.connect() as connection:
        was = [tuple(map(str, row)) for row in connection.execute(years)]
    for _ in range(2):
        with engine.connect() as connection:
            upgrade(connection)
            check(connection)
        with engine.connect() as connection:
            downgrade(connection, "0005")
        assert content(engine) == before
        with engine.connect() as connection:
            assert [tuple(map(str, row)) for row in connection.execute(years)] == was


def test_the_library_works_on_a_ledger_that_was_brought_over(empty_url: str, make_engine: MakeEngine) -> None:
    engine = at_0005(empty_url, make_engine)
    with engine.connect() as connection:
        upgrade(connection)
    with Session(engine) as session:
        door = District(session, "530921/qianfeng", actor=MAKER, settings=SETTINGS)
        ledger = door.budget.ledger
        training, office = sorted(ledger.lines(2026), key=lambda line: line.id)
        assert [str(training.available), str(office.available)] == ["90.00", "200.00"]
        ledger.pay(training.id, Money(400), Source("test.act", 99), day=date(2026, 6, 1))
        with pytest.raises(YearClosed):
            ledger.pay(20, Money(1), Source("test.act", 98), day=date(2025, 6, 1))
        found = [
            one for result in run_data_checks(session, "530921/qianfeng") for one in result.findings or ()
        ]
        assert [one for one in found if one.table.startswith("xq_budget")] == []
        assert make_budget(door, {"30201": Money.yuan(1)}, year=2028)


def test_lines_of_party_dues_stop_the_upgrade(empty_url: str, make_engine: MakeEngine) -> None:
    engine = at_0005(empty_url, make_engine)
    (line, *_) = LEDGER["xq_budget_line"]
    with engine.connect() as connection:
        fill(connection, {"xq_budget_line": [line | {"id": 29, "book": "party_dues"}]})
    with engine.connect() as connection, pytest.raises(RuntimeError, match="party_dues"):
        upgrade(connection)
    assert content(engine)["xq_budget_line"]
