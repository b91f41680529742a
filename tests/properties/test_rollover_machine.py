"""A stateful machine: years rolled over, repeated and undone among other records, on both databases.

Nobody is lost or doubled, the ways on sum up to the pupils before, applying twice is applying once, a plan
that is refused writes nothing, and undoing restores every row that nobody has touched since.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
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
from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from tests.registry.office import Office, door_of, found, snapshot
from xuequ import XuequError
from xuequ.core.errors import Problems
from xuequ.embed import run_data_checks
from xuequ.registry.errors.rollover import RolloverStoodUpon
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.models.rollover import RolloverLine
from xuequ.registry.rules.classes import Schooling, begins, cohorts
from xuequ.registry.schemas.classes import HeadTeacherAppointment
from xuequ.registry.schemas.rollover import EntryAsked, RolloverAsked
from xuequ.registry.service.rollover import RolloverService
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState
from xuequ.testing import rollback_session

SCHOOLING = Schooling((9, 1), 1, 6, 3)
INDEX = st.integers(0, 10**6)
STATES = st.sampled_from(
    [
        *(PupilState.SUSPENDED, PupilState.SUSPENDED, PupilState.DROPPED, PupilState.REGISTERED),
        *(PupilState.TRANSFERRING, PupilState.GRADUATED),
    ]
)


@dataclass
class Rolled:
    """A roll-over that stands: what was there before it, and what has been touched since."""

    id: int
    year: int
    before: dict[str, list[tuple[Any, ...]]]
    moved: set[int]
    formed: set[int]
    stood_upon: bool = False
    retouched: set[int] = field(default_factory=set[int])


class Years(RuleBasedStateMachine):
    """Two schools through the years."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.today = date(2026, 6, 1)
        self.pupils: list[int] = []
        self.contradicted: set[int] = set()
        """Whose status was written as one that nobody in a class has."""
        self.rolled: list[Rolled] = []

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def found_schools(self) -> None:
        """One school with preschool and every grade, one with the upper grades only."""
        found(self.session)
        self.office = Office(self.session)
        self.schools = [self.office.school("s1"), self.office.school("s2")]
        self.teacher = self.office.teacher(self.schools[0], date(2020, 9, 1))
        for year in range(2020, 2026):
            self.office.form(self.schools[0], Stage.PRIMARY, year)
        self.office.form(self.schools[0], Stage.PRESCHOOL, 2025)
        for year in (2020, 2021):
            self.office.form(self.schools[1], Stage.PRIMARY, year)

    # helpers

    @property
    def year(self) -> int:
        """The next year that has not been rolled over into."""
        return self.rolled[-1].year + 1 if self.rolled else 2026

    @property
    def rollover(self) -> RolloverService:
        return door_of(self.session, self.today).registry.rollover

    def pass_a_day(self) -> date:
        self.today += timedelta(days=1)
        return self.today

    def running(self) -> list[int]:
        """Return the classes that run today and are not to end, in a fixed order."""
        bounds = cohorts(self.today, SCHOOLING)
        query = select(SchoolClass).where(SchoolClass.dissolved_on.is_(None))
        rows = self.session.scalars(query.order_by(SchoolClass.id).execution_options(populate_existing=True))
        return [row.id for row in rows if row.entry_year in bounds[Stage(row.stage)]]

    def touch(self, *, pupil: int | None = None, class_id: int | None = None) -> None:
        for one in self.rolled:
            begun = self.today >= begins(one.year, SCHOOLING)  # what is recorded before is no later record
            one.stood_upon |= (begun and pupil in one.moved) or class_id in one.formed
            if pupil is not None:
                one.retouched.add(pupil)

    def latest_status(self, pupil: int) -> date:
        """Return the first day of a pupil's last status."""
        query = select(func.max(PupilStatus.since)).where(PupilStatus.pupil_id == pupil)
        return self.session.scalars(query).one()

    def enrolled_on(self, day: date) -> list[int]:
        open_then = (Enrolment.since <= day, or_(Enrolment.until.is_(None), Enrolment.until > day))
        return list(self.session.scalars(select(Enrolment.pupil_id).where(*open_then)))

    # what an office does

    @rule(which=INDEX, how_many=st.integers(1, 3))
    def enrol(self, which: int, how_many: int) -> None:
        classes = self.running()
        if not classes:
            return
        class_id, day = classes[which % len(classes)], self.pass_a_day()
        if class_id not in self.running():  # the year has turned
            return
        self.pupils += [self.office.pupil(class_id, day) for _ in range(how_many)]
        self.touch(class_id=class_id)

    @precondition(lambda self: self.pupils)
    @rule(which=INDEX, status=STATES)
    def change_status(self, which: int, status: PupilState) -> None:
        pupil, day = self.pupils[which % len(self.pupils)], self.pass_a_day()
        if self.latest_status(pupil) >= day:  # the roll-over has said more than is known today
            return
        if pupil not in self.enrolled_on(day):  # nobody is suspended who has not come yet
            return
        self.office.status(pupil, status, day)
        if not status.on_roll:
            self.contradicted.add(pupil)
        self.touch(pupil=pupil)

    @rule(which=st.integers(0, 1), stage=st.sampled_from([Stage.PRIMARY, Stage.PRIMARY, Stage.PRESCHOOL]))
    def admit(self, which: int, stage: Stage) -> None:
        day = self.pass_a_day()
        self.pupils.append(self.office.applicant(self.schools[which], stage, self.year, day))

    @rule(which=INDEX)
    def lead(self, which: int) -> None:
        classes, day = self.running(), self.pass_a_day()
        if not classes:
            return
        class_id = classes[which % len(classes)]
        appointing = HeadTeacherAppointment(class_id=class_id, staff_id=self.teacher)
        try:
            door_of(self.session, day).registry.classes.appoint_head_teachers([appointing])
        except XuequError:
            return
        self.touch(class_id=class_id)

    # years

    @rule(largest=st.integers(1, 4), leaves=st.booleans())
    def roll(self, largest: int, leaves: bool) -> None:
        """Roll over into the next year, in its summer."""
        year = self.year
        self.today = max(self.today, date(year, 7, 1))
        entry = EntryAsked(school_id=self.schools[0], stage=Stage.PRIMARY, largest=largest)
        leaving = (self.schools[0],) if leaves else ()
        asked = RolloverAsked(entries=(entry,), preschool_leaves=leaving)
        before, day = snapshot(self.session), begins(year, SCHOOLING)
        there = self.enrolled_on(day)
        plan = self.rollover.plan_rollover(year, asked)
        assert snapshot(self.session) == before
        assert plan.counts.before == len(there) == len(set(there))
        try:
            done = self.rollover.apply_rollover(plan)
        except XuequError as error:
            raised = [one.error for one in error.problems] if isinstance(error, Problems) else [error]
            assert [one.code for one in raised] == [one.code for one in plan.problems]
            assert snapshot(self.session) == before
            return
        assert not plan.problems and done.counts == plan.counts
        after = self.enrolled_on(day)
        assert len(after) == len(set(after)) == plan.counts.after
        gone = plan.counts.graduates + plan.counts.leaves_preschool
        assert len(set(there) - set(after)) == gone and len(set(after) - set(there)) == plan.counts.enters
        self.rolled.append(self._rolled(done.id, year, before))
        self.nothing_else_is_found_wrong()

    def _rolled(self, rollover_id: int, year: int, before: dict[str, list[tuple[Any, ...]]]) -> Rolled:
        lines = self.session.execute(
            select(RolloverLine.record, RolloverLine.act, RolloverLine.row_id, RolloverLine.pupil_id).where(
                RolloverLine.rollover_id == rollover_id
            )
        ).all()
        moved = {line.pupil_id for line in lines if line.pupil_id is not None}
        formed = {line.row_id for line in lines if (line.record, line.act) == ("class", "added")}
        return Rolled(rollover_id, year, before, moved, formed)

    @precondition(lambda self: self.rolled)
    @rule()
    def roll_again(self) -> None:
        last, after = self.rolled[-1], snapshot(self.session)
        again = self.rollover.apply_rollover(self.rollover.plan_rollover(last.year))
        assert again.already and again.id == last.id
        assert snapshot(self.session) == after

    @precondition(lambda self: len(self.rolled) > 1)
    @rule()
    def undo_an_earlier_year(self) -> None:
        after = snapshot(self.session)
        with pytest.raises((RolloverStoodUpon, Problems)):
            self.rollover.undo_rollover(self.rolled[0].id)
        assert snapshot(self.session) == after

    @precondition(lambda self: self.rolled)
    @rule()
    def undo(self) -> None:
        """Undo the last roll-over: refused when it is stood upon, and else every row is as it was."""
        last, after = self.rolled[-1], snapshot(self.session)
        if last.stood_upon:
            with pytest.raises((RolloverStoodUpon, Problems)):
                self.rollover.undo_rollover(last.id)
            assert snapshot(self.session) == after
            return
        self.rollover.undo_rollover(last.id)
        self.rolled.pop()
        self._is_as_before(last)
        self.nothing_else_is_found_wrong()

    def _is_as_before(self, last: Rolled) -> None:
        """Compare row by row: what is new came after the roll-over, what is changed was changed since."""
        now = snapshot(self.session)
        for table, rows in last.before.items():
            lost, new = set(rows) - set(now[table]), set(now[table]) - set(rows)
            retouched = {row[1] for row in lost}
            if table == "xq_registry_pupil_status":
                assert {row[4] for row in lost} <= last.retouched
            else:
                assert not lost, table
            assert all(row[1] > last.id or row[1] in retouched for row in new), table

    @precondition(lambda self: self.rolled)
    @rule()
    def turn_the_year(self) -> None:
        """Let the first day of the year come."""
        self.today = max(self.today, begins(self.rolled[-1].year, SCHOOLING) + timedelta(days=30))

    # always

    @invariant()
    def nobody_is_in_two_classes(self) -> None:
        if not hasattr(self, "office"):
            return
        there = self.enrolled_on(self.today)
        assert len(there) == len(set(there))

    def nothing_else_is_found_wrong(self) -> None:
        """The data checks find just those whose status was written past the office."""
        self.session.flush()
        results = run_data_checks(self.session, "530921")
        found = {(result.check.code, one.row_id) for result in results for one in result.findings or ()}
        assert found == {("registry.roll_and_classes_agree", pupil) for pupil in self.contradicted}


@pytest.mark.parametrize("steps", [25])
def test_years_in_any_order_lose_nobody_and_are_undone_exactly(shared_engine: Engine, steps: int) -> None:
    machine = type("Machine", (Years,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=25, stateful_step_count=steps, deadline=None)
    )
