"""A stateful machine: leave against a plain model, on both databases.

Whatever people do in whatever order, nobody is on leave twice in a half-day, nobody decides who may not, and
what the facts tell adds up to the half-days that have passed of what still holds.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.properties.leave_model import (
    ACTIVE,
    FIRST,
    PEOPLE,
    D,
    H,
    Model,
    P,
    Refused,
    T,
    U,
    day_of,
)
from tests.properties.leave_model import Leave as ModelLeave
from tests.unified.leadership.leaves import appoint, at, furnish, place, recorded, staff_id
from xuequ import District, Post, XuequError
from xuequ.core.errors import Problems
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing import rollback_session
from xuequ.unified.leadership.models.leave import Leave, LeaveAsk, LeaveSlot
from xuequ.unified.leadership.schemas.leave import LeaveExtension, LeaveRequest
from xuequ.unified.leadership.states.leave import LeaveKind

ZERO = HalfDay(FIRST, Half.AM).index
WHO = st.sampled_from(PEOPLE)
TEACHERS = st.sampled_from([T, U])
SOON = st.integers(-3, 12)
KINDS = st.sampled_from([LeaveKind.PERSONAL, LeaveKind.SICK, LeaveKind.MATERNITY])
LONG = st.integers(0, 7)
LAST = 90
"""The machine's clock stops in the middle of October, after the holiday and its make-up day."""


def half_day(half: int) -> HalfDay:
    return HalfDay.at(ZERO + half)


class Leaves(RuleBasedStateMachine):
    """The part beside the model."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.model = Model()

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def make(self) -> None:
        self.base = furnish(self.session)
        self.ids = {who: staff_id(self.base, who) for who in PEOPLE}

    def door(self, who: str | None = None) -> District:
        return at(self.base, self.model.today, who, 13 if self.model.now % 2 else 8)

    def same(self, act: Callable[[], Any], model_act: Callable[[int], None]) -> None:
        """Do an act on both sides; either both do it or both refuse it for the same reasons."""
        before, made, codes = deepcopy(self.model), 0, set[str]()
        try:
            made = act()
        except Problems as error:
            codes = {problem.error.code for problem in error.problems}
        except XuequError as error:
            codes = {error.code}
        try:
            model_act(getattr(made, "id", 0))
        except Refused as refused:
            self.model = before
            assert codes == refused.codes
            return
        assert not codes

    def pick(self, data: st.DataObject, *states: str) -> int:
        return self.pick_where(data, lambda one: not states or one.state in states)

    def pick_where(self, data: st.DataObject, fits: Callable[[ModelLeave], bool]) -> int:
        """Choose a leave that fits, mostly; any one where none does."""
        every = sorted(self.model.leaves)
        keys = [key for key in every if fits(self.model.leaves[key])]
        fitting = bool(keys) and data.draw(st.integers(0, 4), label="fitting") > 0
        return data.draw(st.sampled_from(keys if fitting else every), label="leave")

    # asking

    def ask(self, by: str, who: str, kind: LeaveKind, first: int, last: int, *, reason: bool) -> None:
        since, until = half_day(first), half_day(last)
        command = LeaveRequest(
            staff_id=self.ids[who],
            kind=kind,
            first_day=since.day,
            first_half=since.half,
            last_day=until.day,
            last_half=until.half,
            late_reason="急病" if reason else "",
        )
        leave = self.door(by).leadership.leave
        self.same(
            lambda: leave.request_leave(command),
            lambda key: self.model.request(key, who, kind.code, first, last, reason=reason),
        )

    @rule(who=WHO, kind=KINDS, ahead=SOON, length=LONG)
    def request(self, who: str, kind: LeaveKind, ahead: int, length: int) -> None:
        """Somebody asks for himself, also for what has begun and without saying why."""
        first = max(0, self.model.now + ahead)
        self.ask(who, who, kind, first, first + length, reason=False)

    @rule(who=TEACHERS, ahead=SOON)
    def request_half_a_day(self, who: str, ahead: int) -> None:
        """The office asks for a teacher's half-day, with a reason if it is late."""
        first = max(0, self.model.now + ahead)
        self.ask(D, who, LeaveKind.PERSONAL, first, first, reason=True)

    @rule(who=TEACHERS, ahead=st.integers(0, 9))
    def a_half_day_of_the_heads(self, who: str, ahead: int) -> None:
        """A teacher asks for half a day, and the head decides at once, if he may."""
        first = self.model.now + ahead
        self.ask(who, who, LeaveKind.PERSONAL, first, first, reason=False)
        for key, one in list(self.model.leaves.items()):
            if (one.who, one.first, one.state) == (who, first, "submitted"):
                self.decide(key, self.model.head(self.model.today) or H, approved=True)

    @rule(who=TEACHERS, ahead=st.integers(0, 5), length=st.integers(1, 9))
    def a_long_one_of_the_principals(self, who: str, ahead: int, length: int) -> None:
        """A teacher asks for days, and the principal approves them at once."""
        first = self.model.now + ahead
        self.ask(who, who, LeaveKind.SICK, first, first + length, reason=False)
        for key, one in list(self.model.leaves.items()):
            if (one.who, one.first, one.state) == (who, first, "submitted"):
                self.decide(key, P, approved=True)

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data(), beside=st.sampled_from([-2, -1, 1, 2, 3, 6]))
    def request_beside_another(self, data: st.DataObject, beside: int) -> None:
        """Another half-day just before or after a leave, which may make them one."""
        one = self.model.leaves[self.pick(data, *ACTIVE)]
        first = max(0, one.first + beside if beside < 0 else one.reach + beside)
        self.ask(D, one.who, LeaveKind.SICK, first, first, reason=True)

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data(), more=st.integers(0, 8))
    def extend(self, data: st.DataObject, more: int) -> None:
        """A leave is to go on."""
        key = self.pick(data, "approved")
        last = self.model.leaves[key].last + more
        command = LeaveExtension(last_day=half_day(last).day, last_half=half_day(last).half)
        leave = self.door(self.model.leaves[key].who).leadership.leave
        self.same(lambda: leave.extend(key, command), lambda _: self.model.extend(key, last))

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """Whoever asked takes it back."""
        key = self.pick(data)
        leave = self.door(self.model.leaves[key].who).leadership.leave
        self.same(lambda: leave.withdraw(key), lambda _: self.model.withdraw(key))

    # deciding

    def decide(self, key: int, by: str, *, approved: bool) -> None:
        leave = self.door(by).leadership.leave
        verb = leave.approve_leave if approved else leave.reject_leave
        self.same(lambda: verb(key), lambda _: self.model.decide(key, by, approved=approved))

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data())
    def the_principal_approves(self, data: st.DataObject) -> None:
        """Everything but his own."""
        self.decide(self.pick_where(data, lambda one: one.waits and one.who != P), P, approved=True)

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data())
    def the_head_approves(self, data: st.DataObject) -> None:
        """Half-days at his school, as long as he is the head."""
        self.decide(self.pick(data, "submitted"), self.model.head(self.model.today) or H, approved=True)

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data(), by=WHO, approved=st.booleans())
    def somebody_decides(self, data: st.DataObject, by: str, *, approved: bool) -> None:
        """Ex-heads, teachers, the applicant: whoever may not is refused."""
        self.decide(self.pick(data), by, approved=approved)

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data())
    def a_leave_is_rejected(self, data: st.DataObject) -> None:
        """By the principal."""
        self.decide(self.pick_where(data, lambda one: one.waits), P, approved=False)

    @rule(data=st.data())
    def the_bureaus_decision_is_recorded(self, data: st.DataObject) -> None:
        """On the principal's own leave, and on no other."""
        self.ask(P, P, LeaveKind.OFFICIAL, self.model.now + 2, self.model.now + 3, reason=False)
        if not self.model.leaves:
            return
        key = self.pick_where(data, lambda one: one.who == P and one.waits)
        decision = recorded(self.base, None, document="凤教〔2026〕9号")
        leave = self.door(D).leadership.leave
        self.same(lambda: leave.record_decision(key, decision), lambda _: self.model.record(key))

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data())
    def the_principal_is_told(self, data: st.DataObject) -> None:
        """Of what a head approved."""
        key = self.pick_where(data, lambda one: "head" in one.grounds)
        leave = self.door(D).leadership.leave
        self.same(lambda: leave.report_to_principal(key), lambda _: self.model.report(key))

    # ending

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        """The office voids a leave."""
        key = self.pick(data, "approved", "returned")
        leave = self.door(D).leadership.leave
        self.same(lambda: leave.cancel(key, "录错"), lambda _: self.model.cancel(key))

    @precondition(lambda self: self.model.leaves)
    @rule(data=st.data(), before=st.integers(-1, 4), more=st.integers(0, 4))
    def somebody_is_back(self, data: st.DataObject, before: int, more: int) -> None:
        """Early, on time or late; days go by until the leave has begun."""
        key = self.pick_where(data, lambda one: one.state == "approved" and one.who != D)
        self.model.now = min(LAST, max(self.model.now, self.model.leaves[key].first + 1 + more))
        back = max(0, self.model.now - before)
        leave = self.door(D).leadership.leave
        self.same(
            lambda: leave.register_return(key, half_day(back).day, half_day(back).half),
            lambda _: self.model.come_back(key, back),
        )

    @rule()
    def what_has_passed_is_told(self) -> None:
        """The scheduler calls; then everything that has passed is told."""
        self.door().leadership.leave.record_taken()
        self.model.take()
        for leave in self.model.leaves.values():
            assert leave.told == self.model.passed(leave)
        assert self.door().leadership.leave.record_taken().half_days == 0

    @rule(halves=st.integers(1, 9))
    def time_passes(self, halves: int) -> None:
        """Half-days go by."""
        self.model.now = min(LAST, self.model.now + halves)

    # the world

    @property
    def tomorrow(self) -> date:
        return self.model.today + timedelta(days=1)

    @rule(who=st.sampled_from([None, H, T, U]))
    def another_head(self, who: str | None) -> None:
        """From tomorrow another heads school s2, or nobody does."""
        model, tomorrow = self.model, self.tomorrow
        if model.heads[-1][0] >= tomorrow or (who and model.school(who, tomorrow) != "s2"):
            return
        if model.heads[-1][1] is not None:
            held = self.door().registry.posts.holder(Post.SCHOOL_HEAD, "s2")
            assert held is not None
            self.door().registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, tomorrow)
        if who is not None:
            appoint(self.base, who, Post.SCHOOL_HEAD, tomorrow, school="s2")
        model.heads.append((tomorrow, who))

    @rule(who=TEACHERS, school=st.sampled_from(["s1", "s2"]))
    def another_school(self, who: str, school: str) -> None:
        """From tomorrow a teacher who heads nothing works at another school."""
        spans, tomorrow = self.model.places[who], self.tomorrow
        heads = {one for _, one in self.model.heads[-2:]}
        if spans[-1][0] >= tomorrow or spans[-1][1] == school or who in heads:
            return
        place(self.base, who, school, tomorrow)
        spans.append((tomorrow, school))

    # what always holds

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        rows = self.session.execute(select(Leave.id, Leave.state, Leave.first, Leave.last, Leave.reach))
        found = {row.id: (row.state, row.first - ZERO, row.last - ZERO, row.reach - ZERO) for row in rows}
        assert found == {
            key: (one.state, one.first, one.last, one.reach) for key, one in self.model.leaves.items()
        }
        asks = self.session.execute(
            select(LeaveAsk.leave_id, LeaveAsk.state, LeaveAsk.ground).order_by(LeaveAsk.number)
        )
        decided: dict[int, list[tuple[str, str | None]]] = defaultdict(list)
        for row in asks:
            decided[row.leave_id].append((row.state, row.ground))
        assert decided == {
            key: list(zip(one.asks, one.grounds, strict=True)) for key, one in self.model.leaves.items()
        }

    @invariant()
    def nobody_is_away_twice_in_a_half_day(self) -> None:
        open_ones = select(LeaveSlot.leave_id, LeaveSlot.staff_id, LeaveSlot.half_day)
        rows = self.session.execute(open_ones.where(LeaveSlot.released.is_(None))).all()
        assert len({(row.staff_id, row.half_day) for row in rows}) == len(rows)
        found: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            found[row.leave_id].add(row.half_day - ZERO)
        assert found == {key: one.slots for key, one in self.model.leaves.items() if one.slots}

    @invariant()
    def what_the_facts_tell_adds_up(self) -> None:
        told: dict[int, set[int]] = defaultdict(set)
        facts = select(FactRow.name, FactRow.payload).where(FactRow.name.like("leadership.leave_%"))
        for name, payload in self.session.execute(facts.order_by(FactRow.id)):
            said = json.loads(payload)
            key = int(said["leave_id"])
            if name == "leadership.leave_taken":
                halves = [half - ZERO for half in said["half_days"]]
                assert not told[key].intersection(halves), "told twice"
                told[key].update(halves)
            elif name == "leadership.leave_shortened":
                told[key] = {half for half in told[key] if half < said["back_at"] - ZERO}
            elif name == "leadership.leave_cancelled":
                told[key] = set()
        assert {key: halves for key, halves in told.items() if halves} == {
            key: one.told for key, one in self.model.leaves.items() if one.told
        }

    @invariant()
    def nothing_is_told_before_it_has_passed(self) -> None:
        for leave in self.model.leaves.values():
            assert all(half < self.model.now for half in leave.told)
            assert leave.state not in ACTIVE or leave.told <= leave.slots

    @rule()
    def no_data_check_finds_anything(self) -> None:
        """Nor does any other part's."""
        for result in run_data_checks(self.session, "530921/qianfeng"):
            assert not result.findings, result

    @rule(who=WHO)
    def the_ledger_counts_as_the_model_does(self, who: str) -> None:
        """Approved half-days of somebody, and those told of."""
        views = self.door().leadership.leave
        found = views.leave_days(self.ids[who], FIRST, day_of(400))
        granted = [
            o for o in self.model.leaves.values() if o.who == who and o.state in ("approved", "returned")
        ]
        counts = sum(len([half for half in one.slots if half <= one.last]) for one in granted)
        assert sum(kind.half_days for kind in found.kinds) == counts
        assert sum(kind.taken for kind in found.kinds) == sum(len(one.told) for one in granted)


def test_any_order_of_acts_comes_to_what_a_plain_model_says(shared_engine: Engine) -> None:
    machine = type("Machine", (Leaves,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=15, stateful_step_count=40, deadline=None)
    )
