"""A row beside what is there, judged by prints of what a file and the registry last agreed on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.core.shelves import INSTRUMENTS, TEMPLATE, InstrumentRow, one, sourced_rows
from xuequ.core.codes import CodeEnum
from xuequ.core.errors import Place, RowTwice
from xuequ.core.plan import (
    Base,
    Change,
    Decision,
    Outcome,
    Plan,
    State,
    Values,
    book_of,
    compare,
    compare_row,
    fingerprint,
    prints_of,
)

PAIR = ("since", "until")
UNITS = (PAIR, ("name",))
FIRST, SECOND = date(2026, 9, 1), date(2026, 10, 1)


class Sort(CodeEnum):
    GLASS = "1", "玻璃"


def print_of(unit: tuple[str, ...], values: Values, there: Values) -> int:
    """Return the print of one row."""
    return prints_of(unit, [values], [there])[0]


# prints


def test_a_print_tells_values_apart_and_says_the_same_of_the_same() -> None:
    values = ["甲", "乙", FIRST, SECOND, 1, 2, Decimal("1.5"), Sort.GLASS, None, True]
    prints = [print_of(("name",), {"name": value}, {}) for value in values]
    assert len(set(prints)) == len(values) - 1, (
        "a code prints as its number does: they are never of one field"
    )
    assert prints == [print_of(("name",), {"name": value}, {}) for value in values]


def test_what_a_row_leaves_empty_prints_as_what_is_there() -> None:
    there = {"since": FIRST, "until": SECOND}
    assert print_of(PAIR, {"since": FIRST, "until": None}, there) == print_of(PAIR, there, {})
    assert print_of(("name",), {"name": ""}, {}) == print_of(("name",), {"name": None}, {})
    assert print_of(("name",), {}, {"name": ""}) == print_of(("name",), {}, {"name": None})


def test_a_number_prints_as_it_is_written_however_it_is_kept() -> None:
    assert print_of(("a",), {"a": Decimal("1.50")}, {}) == print_of(("a",), {"a": Decimal("1.5")}, {})


def test_the_same_value_of_another_field_prints_otherwise() -> None:
    assert print_of(("name",), {"name": "甲"}, {}) != print_of(("room",), {"room": "甲"}, {})


def test_text_that_no_encoding_knows_prints() -> None:
    assert print_of(("name",), {"name": "\ud800"}, {}) != print_of(("name",), {"name": "\ud801"}, {})


# judging

AGREED = {"since": FIRST, "until": SECOND, "name": "甲"}


def judged(unit: tuple[str, ...], said: Values, there: Values, decision: Decision) -> Outcome:
    base = Base(UNITS, frozenset(print_of(some, AGREED, {}) for some in UNITS), decision)
    return base.judge(unit, said, there)


@pytest.mark.parametrize(
    ("said", "there", "ask", "registered"),
    [
        ("甲", "乙", Outcome.KEPT, Outcome.KEPT),
        ("乙", "甲", Outcome.CHANGED, Outcome.CHANGED),
        ("乙", "", Outcome.CHANGED, Outcome.CHANGED),
        ("乙", None, Outcome.CHANGED, Outcome.CHANGED),
        ("乙", "丙", Outcome.CONFLICT, Outcome.KEPT),
    ],
)
def test_the_side_that_says_what_both_said_gives_way(
    said: str, there: str | None, ask: Outcome, registered: Outcome
) -> None:
    values, stands = {"name": said}, {"name": there}
    assert judged(("name",), values, stands, Decision.ASK) is ask
    assert judged(("name",), values, stands, Decision.REGISTERED) is registered
    assert judged(("name",), values, stands, Decision.FILE) is Outcome.CHANGED


def test_fields_that_belong_together_are_judged_together() -> None:
    third = date(2027, 1, 1)
    said, there = {"since": FIRST, "until": third}, {"since": third, "until": SECOND}
    assert judged(PAIR, said, there, Decision.ASK) is Outcome.CONFLICT
    assert judged(PAIR, {"since": FIRST, "until": SECOND}, there, Decision.ASK) is Outcome.KEPT
    assert judged(PAIR, said, {"since": None, "until": None}, Decision.ASK) is Outcome.CHANGED


# rows


def test_without_imprints_every_difference_is_a_change() -> None:
    (row,) = sourced_rows(INSTRUMENTS, [one(name="乙", count=3)])
    planned = compare_row("instruments", row, row.command.__dict__, {"name": "甲", "count": 3})
    assert (planned.outcome, planned.changes) == (Outcome.CHANGED, (Change("name", "甲", "乙"),))


def test_rows_of_a_sheet_are_compared_and_a_twin_is_refused() -> None:
    rows = sourced_rows(INSTRUMENTS, [one("a", count=1), one("b", count=1), one("a", count=2), one("c")])
    planned, problems = compare(INSTRUMENTS, rows, {("a",): {"count": 1}, ("c",): {"count": 4}})
    assert [row.outcome for row in planned] == [Outcome.UNCHANGED, Outcome.ADDED, Outcome.UNCHANGED]
    (problem,) = problems
    assert isinstance(problem.error, RowTwice)
    assert (problem.error.key, problem.error.first_row, problem.place) == ("a", 2, Place("仪器", 4))


def test_a_plan_without_counts_counts_its_rows_and_gives_them_back() -> None:
    rows = sourced_rows(INSTRUMENTS, [one("a"), one("b", count=2)])
    planned, _ = compare(INSTRUMENTS, rows, {("b",): {"count": 1}})
    plan = Plan(TEMPLATE, tuple(planned), (), "")
    assert (plan.count(Outcome.ADDED), plan.count(Outcome.CHANGED, "instruments")) == (1, 1)
    assert plan.count(Outcome.ADDED, "rooms") == 0
    assert not plan.changes_nothing
    assert [row.outcome for row in plan.of("instruments", *Outcome)] == [Outcome.ADDED, Outcome.CHANGED]
    assert book_of(plan).rows == {"rooms": (), "instruments": rows}


# fingerprints

STATE: State = {
    ("a", 1): {"name": "甲", "since": FIRST},
    ("b", 2): {"sort": Sort.GLASS, "area": Decimal("1.50")},
}


def test_a_fingerprint_does_not_depend_on_the_order_and_changes_with_everything() -> None:
    first = fingerprint([("s", STATE)])
    assert first == fingerprint([("s", dict(reversed(list(STATE.items()))))])
    others = [
        fingerprint([("t", STATE)]),
        fingerprint([("s", {**STATE, ("c", 3): {}})]),
        fingerprint([("s", {**STATE, ("a", 1): {"name": "甲", "since": SECOND}})]),
        fingerprint([("s", {**STATE, ("a", 1): {"name": None, "since": FIRST}})]),
        fingerprint([("s", {("a", 1): STATE["a", 1]})]),
    ]
    assert len({first, *others}) == 1 + len(others)


def test_a_row_is_a_command_and_its_values_are_its_fields() -> None:
    (row,) = sourced_rows(INSTRUMENTS, [one("a", count=1)])
    assert isinstance(row.command, InstrumentRow)
    assert set(row.command.__dict__) == {column.field for column in INSTRUMENTS.columns}
