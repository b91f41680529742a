"""Column types, spans that may not overlap, and bulk loading, on both databases."""

from __future__ import annotations

import gc
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal, localcontext
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Column, Date, Engine, MetaData, Table, insert, select, update
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable, DropTable

from xuequ.core.bulk import NEW_OBJECTS, bulk_ground, bulk_load
from xuequ.core.database import translate
from xuequ.core.errors import AlreadyThere, DatabaseBusy
from xuequ.core.ids import new_id, take_ids
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan, first_overlap
from xuequ.core.tables import ExactDecimal, MoneyColumn, UtcDateTime
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement, Staff
from xuequ.testing import make_district, rollback_session
from xuequ.testing.strategies import day_spans

VALUES = Table(
    "values_of_all_types",
    MetaData(),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("paid", MoneyColumn),
    Column("at", UtcDateTime),
    Column("area", ExactDecimal(2)),
)
DAYS = Table("days", MetaData(), Column("id", BigInteger, primary_key=True), Column("day", Date))
CHINA_TIME = timezone(timedelta(hours=8))
ROW = (1, Money(-5), datetime(2026, 9, 1, 8, 0, 0, 1, tzinfo=CHINA_TIME), Decimal("12.30"))
AS_READ = (1, Money(-5), datetime(2026, 9, 1, 0, 0, 0, 1, tzinfo=UTC), Decimal("12.30"))
COLUMNS = ("id", "paid", "at", "area")


@pytest.fixture
def values(session: Session) -> Session:
    VALUES.create(session.connection())
    return session


def test_values_come_back_exactly(values: Session) -> None:
    values.execute(insert(VALUES).values(dict(zip(COLUMNS, ROW, strict=True))))
    values.execute(insert(VALUES).values(id=2, paid=None, at=None, area=None))
    rows = values.execute(select(VALUES).order_by(VALUES.c.id)).all()
    assert [tuple(row) for row in rows] == [AS_READ, (2, None, None, None)]


def test_a_naive_instant_is_refused(values: Session) -> None:
    with pytest.raises(StatementError, match="no time zone"):
        values.execute(insert(VALUES).values(id=1, at=datetime(2026, 9, 1)))  # noqa: DTZ001


def test_more_decimals_than_the_column_has_are_refused(values: Session) -> None:
    with pytest.raises(StatementError, match="more than 2 decimals"):
        values.execute(insert(VALUES).values(id=1, area=Decimal("1.005")))


def test_bulk_load_writes_what_core_writes(values: Session) -> None:
    rows = ((number, *ROW[1:]) for number in range(1, 25_001))
    assert bulk_load(values.connection(), VALUES, COLUMNS, rows) == 25_000
    assert tuple(values.execute(select(VALUES).where(VALUES.c.id == 1)).one()) == AS_READ
    assert bulk_load(values.connection(), VALUES, ("id", "paid"), [(30_001, None)]) == 1
    assert bulk_load(values.connection(), VALUES, ("id",), []) == 0


def test_bulk_load_goes_with_the_hosts_transaction(values: Session) -> None:
    nested = values.begin_nested()
    bulk_load(values.connection(), VALUES, ("id",), [(1,)])
    nested.rollback()
    assert values.execute(select(VALUES)).all() == []


def test_bulk_load_raises_what_can_be_translated(values: Session) -> None:
    with pytest.raises(DBAPIError) as caught, values.begin_nested():
        bulk_load(values.connection(), VALUES, ("id",), [(1,), (1,)])
    assert isinstance(translate(caught.value), DatabaseBusy | AlreadyThere)


def test_bulk_load_refuses_rows_that_would_slip_into_their_neighbours(values: Session) -> None:
    if values.connection().dialect.name == "sqlite":
        with pytest.raises(ValueError, match="2 values"):
            bulk_load(values.connection(), VALUES, ("id", "paid"), [(1, None), (2,)])


def test_bulk_load_writes_days_as_core_does(values: Session) -> None:
    connection = values.connection()
    connection.execute(CreateTable(DAYS))
    rows = [(1, date(2026, 9, 1)), (2, datetime(2026, 9, 1, 8, tzinfo=UTC)), (3, None)]
    if connection.dialect.name == "postgresql":
        rows[1] = (2, date(2026, 9, 1))
    bulk_load(connection, DAYS, ("id", "day"), rows)
    written = [row.day for row in connection.execute(select(DAYS.c.day).order_by(DAYS.c.id))]
    assert written == [date(2026, 9, 1), date(2026, 9, 1), None]
    connection.execute(DropTable(DAYS))


def test_the_collector_and_the_cache_are_given_back(values: Session) -> None:
    connection, threshold = values.connection(), gc.get_threshold()
    sqlite = connection.dialect.name == "sqlite"
    cache = connection.exec_driver_sql("PRAGMA cache_size").scalar() if sqlite else None
    with pytest.raises(ZeroDivisionError), bulk_ground(connection):
        assert gc.get_threshold()[0] == NEW_OBJECTS
        _ = 1 / 0
    assert gc.get_threshold() == threshold
    assert gc.get_freeze_count() == 0
    if sqlite:
        assert connection.exec_driver_sql("PRAGMA cache_size").scalar() == cache


def test_bulk_load_falls_back_to_core_with_other_drivers(
    values: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = values.connection()
    monkeypatch.setattr(connection.dialect, "driver", "another")
    assert bulk_load(connection, VALUES, COLUMNS, [ROW]) == 1
    assert tuple(values.execute(select(VALUES)).one()) == AS_READ


def placement(session: Session) -> dict[str, Any]:
    """Return the values of a placement that has no other beside it."""
    make_district(session, schools=1, pupils=0, staff=1)
    school = session.scalars(select(School)).one()
    staff = session.scalars(select(Staff)).one()
    session.execute(update(Placement).values(since=date(1990, 1, 1), until=date(1990, 1, 2)))
    return {
        "county_id": school.county_id,
        "district_id": school.district_id,
        "school_id": school.id,
        "staff_id": staff.id,
    }


@given(spans=st.lists(day_spans(), min_size=1, max_size=4))
def test_the_database_refuses_just_the_spans_that_share_a_day(
    shared_engine: Engine, spans: list[DaySpan]
) -> None:
    with rollback_session(shared_engine) as session:
        values = placement(session)
        rows = [{**values, "id": new_id(), "since": s.since, "until": s.until} for s in spans]
        try:
            for row in rows:
                session.execute(insert(Placement).values(row))
            refused = False
        except DBAPIError as error:
            refused = True
            ours = translate(error)
            assert isinstance(ours, AlreadyThere)
            assert ours.constraint == "ex_xq_registry_placement_staff_id"
        assert refused == (first_overlap(spans) is not None)


def test_an_update_into_another_span_is_refused_too(session: Session) -> None:
    values = placement(session)
    first, second = take_ids(2)
    session.execute(
        insert(Placement).values(
            {**values, "id": first, "since": date(2026, 1, 1), "until": date(2026, 2, 1)}
        )
    )
    session.execute(
        insert(Placement).values({**values, "id": second, "since": date(2026, 2, 1), "until": None})
    )
    session.execute(update(Placement).where(Placement.id == first).values(since=date(2025, 12, 1)))
    with pytest.raises(DBAPIError):
        session.execute(update(Placement).where(Placement.id == first).values(until=date(2026, 2, 2)))


def test_a_span_that_ends_when_it_begins_is_refused(session: Session) -> None:
    values = placement(session)
    day = date(2026, 1, 1)
    with pytest.raises(DBAPIError) as caught:
        session.execute(insert(Placement).values({**values, "id": new_id(), "since": day, "until": day}))
    assert "span" in cast("AlreadyThere", translate(caught.value)).constraint


@pytest.mark.parametrize("value", ["1." + "0" * 29 + "1", "0.001", "NaN"])
def test_a_decimal_that_does_not_fit_is_refused_whatever_the_context(values: Session, value: str) -> None:
    with localcontext() as context:
        context.prec = 6
        with pytest.raises(StatementError):
            values.execute(insert(VALUES).values(id=1, area=Decimal(value)))
    values.rollback()


def test_decimals_do_not_obey_the_hosts_context(values: Session) -> None:
    with localcontext() as context:
        context.prec = 6
        for number, text in enumerate(("1234567.89", "-0.01", "0", "99999999999999.99"), 1):
            values.execute(insert(VALUES).values(id=number, area=Decimal(text)))
            found = values.scalar(select(VALUES.c.area).where(VALUES.c.id == number))
            assert str(found) == str(Decimal(text) if "." in text else "0.00")
