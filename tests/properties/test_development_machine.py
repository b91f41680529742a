"""A stateful machine: a development case in any order of steps against a plain model, on both databases.

The model reckons months by pendulum and keeps its own table of what may follow what. After every act the
district must tell the same steps; what the model refuses is refused, and leaves nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pendulum
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

from tests.unified.party.hall import Hall
from tests.unified.party.meeting import held, vote
from tests.unified.party.pipeline import APPLIED, apply, meeting_hall, step
from xuequ import XuequError
from xuequ.core.source import Source
from xuequ.testing import rollback_session
from xuequ.unified.party.errors.votes import VoteStandsUnderStep
from xuequ.unified.party.models.members import Member
from xuequ.unified.party.rules.development import VOTES
from xuequ.unified.party.schemas.development import Voiding
from xuequ.unified.party.schemas.meetings import Voiding as MeetingVoiding
from xuequ.unified.party.schemas.votes import VoteView
from xuequ.unified.party.states.development import CASE_KIND, StepKind

REVISED = date(2026, 5, 18)
FOLLOWS: dict[str, set[str]] = {
    "application": {"talk"},
    "talk": {"activist"},
    "activist": {"review"},
    "review": {"review", "notice", "candidate"},
    "notice": {"review", "notice", "candidate"},
    "candidate": {"political_review"},
    "political_review": {"training"},
    "political_review-": {"political_review"},
    "training": {"pre_review"},
    "pre_review": {"pre_review", "meeting"},
    "pre_review-": {"pre_review"},
    "meeting": {"approval", "pre_review"},
    "meeting-": {"pre_review"},
    "approval": {"oath", "request", "conversion"},
    "approval-": {"pre_review"},
    "oath": {"request", "conversion"},
    "request": {"conversion"},
    "conversion": {"conversion_approval"},
    "conversion-": {"request", "conversion"},
    "conversion_approval": {"request", "conversion"},
    "conversion_approval-": {"request", "conversion"},
}
KINDS = sorted({kind for some in FOLLOWS.values() for kind in some})
JUDGED = {"political_review", "pre_review", "approval", "conversion_approval"}
GAPS = st.sampled_from((-1, 0, 1, 10, 28, 31, 32, 92, 150, 182, 185, 365, 366))
DECISIONS = st.sampled_from(("convert", "convert", "extend", "cancel"))


def later(day: date, months: int) -> date:
    found = pendulum.date(day.year, day.month, day.day).add(months=months)
    return date(found.year, found.month, found.day)


@dataclass(frozen=True)
class Done:
    """One step of the model; a `-` after its name says that it failed."""

    kind: str
    on: date
    failed: bool = False
    decision: str = ""

    @property
    def mark(self) -> str:
        return f"{self.kind}-" if self.failed else self.kind


@dataclass
class Model:
    """What the model knows of the case."""

    steps: list[Done] = field(default_factory=lambda: [Done("application", APPLIED)])
    closed: bool = False

    def last(self, *kinds: str) -> Done | None:
        return next((one for one in reversed(self.steps) if one.kind in kinds), None)

    @property
    def extension(self) -> Done | None:
        approved = (
            self.steps[n]
            for n, one in enumerate(self.steps[1:])
            if one.mark == "conversion_approval" and self.steps[n].decision == "extend"
        )
        return next(approved, None)

    @property
    def probation_end(self) -> date:
        meeting = self.last("meeting")
        assert meeting is not None
        return later(later(meeting.on, 12), 6) if self.extension else later(meeting.on, 12)

    def following(self) -> list[str]:
        return [] if self.closed else sorted(FOLLOWS[self.steps[-1].mark])

    def refuses(self, kind: str, on: date, reason: str, decision: str) -> bool:
        before, last = self.steps[:], self.steps[-1]
        if self.closed or kind not in self.following() or on < last.on:
            return True
        if any(one.kind == kind and one.on == on for one in before):
            return True
        return self._out_of_time(kind, on, reason, decision)

    def since(self, kind: str, months: int) -> date:
        """Return the day so many months after the last step of a kind."""
        found = self.last(kind)
        assert found is not None
        return later(found.on, months)

    def _out_of_time(self, kind: str, on: date, reason: str, decision: str) -> bool:
        if kind == "talk":
            return on > self.since("application", 1) and not reason
        if kind == "candidate":
            notice = self.last("notice")
            unseen = on >= REVISED and (notice is None or on <= notice.on + timedelta(days=20))
            return on < self.since("activist", 12) or on > self.since("review", 6) or unseen
        if kind == "pre_review" and self.steps[-1].mark == "meeting":
            return on <= self.since("meeting", 6)
        if kind == "meeting":
            return on > self.since("pre_review", 1)
        if kind == "oath":
            return on >= REVISED and on > self.since("approval", 1) and not reason
        if kind == "conversion":
            return self._unripe(on, reason, decision)
        if kind == "conversion_approval" and self.steps[-1].decision == "cancel":
            return on <= self.since("meeting", 0)  # a membership has at least a day
        return False

    def _unripe(self, on: date, reason: str, decision: str) -> bool:
        if decision in ("cancel", "failed"):  # what was voted down changes nothing, whenever it was
            return False
        if on < self.probation_end:
            return True
        if decision == "extend":
            return self.extension is not None
        asked = next(
            one for one in reversed(self.steps) if one.mark in ("request", "approval", "conversion_approval")
        )
        unsworn = on >= REVISED and self.last("oath") is None and not reason
        return asked.kind != "request" or unsworn

    def do(self, done: Done) -> None:
        decided = self.steps[-1].decision
        self.steps.append(done)
        self.closed = done.mark == "conversion_approval" and decided in ("convert", "cancel")


class Pipeline(RuleBasedStateMachine):
    """The district beside the model."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.model = Model()
        self.votes: dict[tuple[str, date], VoteView] = {}

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def make(self) -> None:
        self.place: Hall = meeting_hall(self.session, schools=1)
        self.case_id = apply(self.place).id

    def vote(self, kind: str, on: date, yes: int) -> None:
        """Let the branch meeting vote on the case that day, anew where it has; one under a step stands."""
        later = replace(self.place, door=self.place.at(date(2040, 1, 1)))
        about, votes = Source(CASE_KIND, self.case_id), later.door.party.votes
        known = self.votes.get((kind, on))
        try:
            if known is not None:
                votes.void_vote(known.id, MeetingVoiding(reason="重新计票"))
        except VoteStandsUnderStep:
            return
        meeting_id = known.meeting_id if known else held(later, later.full, on=on).id
        self.votes[kind, on] = vote(later.door, meeting_id, yes, VOTES[StepKind(kind)], (about,))

    def act(self, kind: str, on: date, *, fails: bool, reason: str, decision: str) -> None:
        """Record a step on both sides; either both do it or both refuse it."""
        more: dict[str, Any] = {"reason": reason}
        if kind in JUDGED and fails:
            more["outcome"] = "failed"
        if kind in ("meeting", "conversion"):
            self.vote(kind, on, 4 if fails else 5)
            more |= {"outcome": "failed"} if fails else {}
        if kind == "conversion" and not fails:
            more["outcome"] = decision
            more |= {"months": 6} if decision == "extend" else {}
        if kind == "notice":
            more["until"] = (on + timedelta(days=20)).isoformat()
        refused = self.model.refuses(kind, on, reason, "failed" if fails else decision)
        made = step(self.place, kind, on.isoformat(), **more)
        try:
            self.place.at(date(2040, 1, 1)).party.development.record_step(self.case_id, made)
        except XuequError as error:
            assert refused, (kind, on, error)
            return
        assert not refused, (kind, on)
        failed = fails and kind in JUDGED | {"meeting", "conversion"}
        told = decision if kind == "conversion" and not failed else ""
        self.model.do(Done(kind, on, failed, told))

    @rule(
        kind=st.sampled_from(KINDS), gap=GAPS, fails=st.booleans(), reasoned=st.booleans(), decision=DECISIONS
    )
    def anything(self, kind: str, gap: int, fails: bool, reasoned: bool, decision: str) -> None:
        """Any step on any day."""
        on = self.model.steps[-1].on + timedelta(days=gap)
        self.act(kind, on, fails=fails, reason="有原因" if reasoned else "", decision=decision)

    @precondition(lambda self: not self.model.closed)
    @rule(data=st.data(), gap=GAPS, fails=st.sampled_from((False, False, False, True)), decision=DECISIONS)
    def what_may_follow(self, data: st.DataObject, gap: int, fails: bool, decision: str) -> None:
        """A step in its turn."""
        kind = data.draw(st.sampled_from(self.model.following()))
        on = self.model.steps[-1].on + timedelta(days=max(gap, 0))
        self.act(kind, on, fails=fails, reason="", decision=decision)

    @precondition(lambda self: not self.model.closed)
    @rule(decision=DECISIONS)
    def straight_on(self, decision: str) -> None:
        """The step that leads on, on its first lawful day."""
        model = self.model
        order = ("candidate", "meeting", "approval", "oath", "request", "conversion", "conversion_approval")
        following = model.following()
        kind = next((one for one in order if one in following), following[0])
        on = model.steps[-1].on
        if kind == "candidate":
            notice = model.last("notice")
            if notice is None:
                kind = "notice"
            else:
                on = max(on, later(model.since("activist", 0), 12), notice.on + timedelta(days=21))
                if on > model.since("review", 6):
                    kind, on = "review", max(model.steps[-1].on, model.since("review", 6))
        if kind == "conversion":
            on = max(on, model.probation_end)
        self.act(kind, on, fails=False, reason="", decision=decision)

    @precondition(lambda self: not self.model.closed and len(self.model.steps) > 1)
    @rule()
    def void(self) -> None:
        """The last step is a mistake."""
        development = self.place.at(date(2040, 1, 1)).party.development
        standing = [one for one in development.case(self.case_id).steps if not one.voided]
        sealed = self.model.steps[-1].mark in ("approval", "conversion_approval")
        try:
            development.void_step(standing[-1].id, Voiding(reason="录错"))
        except XuequError:
            assert sealed
            return
        assert not sealed
        self.model.steps.pop()

    @invariant()
    def both_tell_the_same(self) -> None:
        view = self.place.at(date(2040, 1, 1)).party.development.case(self.case_id)
        standing = [
            (one.kind.code, one.on, one.outcome.code == "failed") for one in view.steps if not one.voided
        ]
        assert standing == [(one.kind, one.on, one.failed) for one in self.model.steps]
        assert (view.closed_on is not None) == self.model.closed
        days = [on for _, on, _ in standing]
        assert days == sorted(days)
        assert {one.kind.code for one in view.next_steps} <= set(self.model.following())

    @invariant()
    def who_is_approved_is_a_member_from_the_day_of_the_meeting(self) -> None:
        joined = self.session.scalars(
            select(Member.joined_on).where(Member.person_id == self.place.spare[0])
        ).all()
        approved = any(one.mark == "approval" for one in self.model.steps)
        meeting = self.model.last("meeting")
        assert list(joined) == ([meeting.on] if approved and meeting is not None else [])


def test_any_order_of_steps_comes_to_what_a_plain_model_says(shared_engine: Engine) -> None:
    machine = type("Machine", (Pipeline,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=10, stateful_step_count=40, deadline=None)
    )
