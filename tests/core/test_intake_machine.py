"""Files and hands in any order against a plain model, on both databases, with desks of both kinds.

The model is a dictionary of what is there and one of what a file and the registry last agreed on, with the
values themselves where the library keeps prints.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine

from tests.core.shelves import Chunked, InstrumentRow, JudgedShelf, Shelf, Shelves, open_store
from xuequ.core.errors import Problems
from xuequ.core.plan import Decision, Outcome
from xuequ.testing import rollback_session

UNITS = (("since", "until"), ("room",), ("count",), ("keeper",))
FIELDS = tuple(name for unit in UNITS for name in unit)
CODES = st.sampled_from(["a", "b", "c"])
SINCE = st.sampled_from([date(2026, 9, 1), date(2026, 9, 2)])
UNTIL = st.sampled_from([date(2026, 10, 1), date(2026, 10, 2)])
TEXT, FEW = st.sampled_from(["r1", "r2", "r3"]), st.integers(1, 3)
EVERY = {"since": SINCE, "until": UNTIL, "room": TEXT, "count": FEW, "keeper": TEXT}
SAID = st.fixed_dictionaries({name: st.none() | some for name, some in EVERY.items()})
FILES = st.dictionaries(CODES, SAID, min_size=1)
NOTHING: dict[str, Any] = dict.fromkeys(FIELDS)

Row = dict[str, Any]
Agreed = dict[str, dict[tuple[str, ...], tuple[Any, ...]]]


def filled(unit: tuple[str, ...], said: Row, there: Row) -> tuple[Any, ...]:
    """Return what a row says of fields that belong together; what it leaves empty is what is there."""
    return tuple(there[name] if said[name] is None else said[name] for name in unit)


def judge(
    unit: tuple[str, ...], said: Row, there: Row, agreed: tuple[Any, ...] | None, decision: Decision
) -> Outcome:
    """Tell, in other words than the library, which side wins where they differ."""
    stands = filled(unit, NOTHING, there)
    if decision is Decision.FILE:
        return Outcome.CHANGED
    if filled(unit, said, there) == agreed:
        return Outcome.KEPT
    if stands == agreed or set(stands) == {None}:
        return Outcome.CHANGED
    return Outcome.CONFLICT if decision is Decision.ASK else Outcome.KEPT


class Intake(RuleBasedStateMachine):
    """The model: what is there, what was agreed on, and what exported files were told of it."""

    engine: Engine
    desk: type[Shelf]

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.store = open_store(self.opened.__enter__(), Shelves(self.desk))
        self.there: dict[str, Row] = {}
        self.agreed: Agreed = {}
        self.told: Agreed = {}
        self.base: dict[int, bytes] = {}
        self.taken: dict[str, Row] = {}

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    def expected(self, code: str, said: Row, base: Agreed, decision: Decision) -> tuple[Outcome, Row]:
        """Return what becomes of a row, and what is there then."""
        if code not in self.there:
            return Outcome.ADDED, dict(said)
        there = self.there[code]
        after, found = dict(there), set[Outcome]()
        agreed = base.get(code) or self.agreed.get(code, {})
        for unit in UNITS:
            differ = [name for name in unit if said[name] not in (None, there[name])]
            if differ:
                outcome = judge(unit, said, there, agreed.get(unit), decision)
                found.add(outcome)
                after |= {name: said[name] for name in differ if outcome is Outcome.CHANGED}
        order = (Outcome.CONFLICT, Outcome.CHANGED, Outcome.KEPT)
        return next((outcome for outcome in order if outcome in found), Outcome.UNCHANGED), after

    def take(self, rows: dict[str, Row], decision: Decision, size: int, *, exported: bool = False) -> None:
        """Bring a file in: its plan and its counts are the model's, and it is taken whole or not at all."""
        commands = [InstrumentRow(code=code, **said) for code, said in rows.items()]
        reading = Chunked({"instruments": commands}, size)
        reading.base = self.base if exported else {}
        base = self.told if exported else {}
        outcomes = {code: self.expected(code, said, base, decision) for code, said in rows.items()}
        plan = self.store.plan(reading, decision)
        for outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.KEPT, Outcome.CONFLICT, Outcome.UNCHANGED):
            assert plan.count(outcome) == sum(outcome is one for one, _ in outcomes.values())
        if plan.count(Outcome.CONFLICT):
            with pytest.raises(Problems):
                self.store.take(reading, decision)
            return
        assert self.store.take(reading, decision).counts == plan.counts
        for code, (_, after) in outcomes.items():
            self.there[code] = after
            self.agreed[code] = {unit: filled(unit, rows[code], after) for unit in UNITS}
        self.taken = rows

    @rule(rows=FILES, decision=st.sampled_from(Decision), size=st.integers(1, 3))
    def file(self, rows: dict[str, Row], decision: Decision, size: int) -> None:
        """A file says something."""
        self.take(rows, decision, size)

    @precondition(lambda self: self.taken)
    @rule(size=st.integers(1, 3))
    def again(self, size: int) -> None:
        """The file that was taken last comes again: it never asks, and never undoes what was done by hand."""
        before = {code: dict(row) for code, row in self.there.items()}
        self.take(self.taken, Decision.ASK, size)
        assert {code: self.there[code] for code in before} == before

    @rule(code=CODES, said=SAID)
    def hand(self, code: str, said: Row) -> None:
        """A person decides, knowing no file."""
        values = {name: value for name, value in said.items() if value is not None}
        if values:
            self.store.by_hand(code, **values)
            self.there[code] = self.there.get(code, NOTHING) | values

    @rule(code=CODES)
    def take_away(self, code: str) -> None:
        """Something is no longer there."""
        self.store.taken_away(code)
        self.there.pop(code, None)

    @rule()
    def export(self) -> None:
        """A file is written: of what was sealed it says nothing."""
        self.base = dict(self.store.export().base)
        self.told = {
            code: {unit: filled(unit, NOTHING, row | {"keeper": None}) for unit in UNITS}
            for code, row in self.there.items()
        }

    @precondition(lambda self: self.told)
    @rule(rows=FILES, decision=st.sampled_from(Decision))
    def come_back(self, rows: dict[str, Row], decision: Decision) -> None:
        """The exported file comes back, with some of it changed."""
        self.take(rows, decision, 2, exported=True)

    @invariant()
    def all_is_there_and_no_more(self) -> None:
        found = self.store.rows()
        assert {code: {name: row[name] for name in FIELDS} for code, row in found.items()} == self.there


@pytest.mark.parametrize("desk", [Shelf, JudgedShelf])
def test_files_and_hands_in_any_order_end_as_the_model_says(shared_engine: Engine, desk: type[Shelf]) -> None:
    machine = type("Machine", (Intake,), {"engine": shared_engine, "desk": desk})
    run_state_machine_as_test(machine, settings=settings(max_examples=50, stateful_step_count=20))
