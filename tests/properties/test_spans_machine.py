"""A stateful machine: employments and placements in any order against a plain model, on both databases.

The model keeps a list of employments, and for every day where somebody works. After every step the
registry must say the same of any day; what the model refuses the registry refuses, what is sent again is
refused, and what a host undoes leaves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
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
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from xuequ import District, XuequError
from xuequ.core.journal import FactRow
from xuequ.embed import run_data_checks
from xuequ.registry.schemas.staff import EmploymentEnding, EmploymentTransfer, Placing, Rehiring
from xuequ.registry.states.staff import Exit, PlacementKind
from xuequ.testing import make_district, rollback_session
from xuequ.testing.factories import DAY

PLACE = "530921/qianfeng"
DAYS = 40
"""The days of the model; the last stands for all that follow."""

PEOPLE = st.integers(0, 1)
SCHOOL = st.sampled_from(("s1", "s2", "s3"))
ON = st.integers(0, 28)
LENGTH = st.none() | st.integers(1, 8)
KIND = st.sampled_from([kind for kind in PlacementKind if kind.away])
EXIT = st.sampled_from((*[Exit.RETIRED] * 4, *[Exit.RESIGNED] * 4, Exit.DIED))
OWN = PlacementKind.OWN

Work = tuple[str, PlacementKind]


@dataclass
class Job:
    """One employment of the model."""

    school: str
    since: int
    until: int | None = None
    exit: Exit | None = None

    def __contains__(self, on: int) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass
class Life:
    """What the model knows of one person."""

    jobs: list[Job] = field(default_factory=lambda: [Job("s1", 0)])
    work: list[Work | None] = field(default_factory=lambda: [("s1", OWN)] * (DAYS + 1))

    def job(self, on: int) -> Job | None:
        return next((job for job in self.jobs if on in job), None)

    def is_ever_away(self) -> bool:
        return any(work is not None and work[1].away for work in self.work)

    def has_left(self) -> bool:
        return self.jobs[-1].until is not None

    def changes(self, on: int) -> bool:
        """Tell whether something else begins on a day."""
        return on == 0 or self.work[on] != self.work[on - 1]

    def end(self, on: int) -> int | None:
        """Return the day up to which the work of a day goes on, None when it goes on for ever."""
        return next((day for day in range(on + 1, DAYS + 1) if self.changes(day)), None)

    def fill(self, since: int, until: int | None, work: Work | None) -> None:
        """Let somebody work somewhere on some days."""
        for day in range(since, DAYS + 1 if until is None else until):
            self.work[day] = work


def day(number: int) -> date:
    return DAY + timedelta(number)


class Spans(RuleBasedStateMachine):
    """Two people, three schools, forty days."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def make(self) -> None:
        door: District = make_district(self.session, PLACE, schools=3, pupils=0, staff=2)
        self.staff = door.registry.staff
        self.schools = {school.code: school.id for school in door.registry.schools()}
        self.codes = {f"{code}完小": code for code in self.schools}
        self.ids = [view.id for view in self.staff.staff_of("s1", DAY)]
        self.lives = [Life(), Life()]

    def anybody(self, what: Callable[[Life], bool]) -> bool:
        return any(map(what, self.lives))

    def facts(self) -> int:
        return self.session.scalar(select(func.count()).select_from(FactRow)) or 0

    def done(self, act: Callable[[], Any]) -> bool:
        """Do an act, and once more if it was done, which must be refused; tell whether it was done."""
        if not self._accepted(act):
            return False
        facts = self.facts()
        assert not self._accepted(act)
        assert self.facts() == facts
        return True

    def _accepted(self, act: Callable[[], Any]) -> bool:
        try:
            act()
        except XuequError as error:
            assert error.code != "core.already_there", "a rule is to refuse it before the last wall does"
            return False
        return True

    # where somebody works

    def placing(self, who: int, school: str, kind: PlacementKind, on: int, length: int | None) -> Placing:
        values: dict[str, Any] = {"kind": kind, "since": day(on)}
        values["until"] = None if length is None else day(on + length)
        return Placing(staff_id=self.ids[who], school_id=self.schools[school], **values)

    def may_place(self, who: int, school: str, kind: PlacementKind, on: int, length: int | None) -> bool:
        life = self.lives[who]
        now, end, job = life.work[on], life.end(on), life.job(on)
        if job is None or job.school == school or now == (school, kind):
            return False
        if now is not None and now[1].away and life.changes(on):
            return False
        return length is None or end is None or on + length <= end

    def placed(self, who: int, school: str, kind: PlacementKind, on: int, length: int | None) -> None:
        life = self.lives[who]
        life.fill(on, life.end(on) if length is None else on + length, (school, kind))

    @rule(who=PEOPLE, school=SCHOOL, kind=KIND, on=ON, length=LENGTH)
    def place_staff(self, who: int, school: str, kind: PlacementKind, on: int, length: int | None) -> None:
        """Somebody goes to work elsewhere."""
        may = self.may_place(who, school, kind, on, length)
        command = self.placing(who, school, kind, on, length)
        assert self.done(lambda: self.staff.place_staff(command)) == may
        if may:
            self.placed(who, school, kind, on, length)

    @rule(school=SCHOOL, kind=KIND, on=ON, length=LENGTH)
    def place_both(self, school: str, kind: PlacementKind, on: int, length: int | None) -> None:
        """Both go, or none."""
        may = all(self.may_place(who, school, kind, on, length) for who in (0, 1))
        commands = [self.placing(who, school, kind, on, length) for who in (0, 1)]
        assert self.done(lambda: self.staff.place_many(commands)) == may
        for who in (0, 1) if may else ():
            self.placed(who, school, kind, on, length)

    @precondition(lambda self: self.anybody(Life.is_ever_away))
    @rule(who=PEOPLE, on=ON)
    def come_back(self, who: int, on: int) -> None:
        """Somebody comes back."""
        life = self.lives[who]
        now, job = life.work[on], life.job(on)
        may = now is not None and now[1].away
        assert self.done(lambda: self.staff.come_back(self.ids[who], day(on))) == may
        if may:
            assert job is not None
            life.fill(on, life.end(on), (job.school, OWN))

    # by whom somebody is employed

    @rule(who=PEOPLE, school=SCHOOL, on=ON, stays=st.booleans())
    def transfer(self, who: int, school: str, on: int, stays: bool) -> None:
        """Somebody's employment goes over to another school."""
        life = self.lives[who]
        job = life.job(on)
        later = any(life.changes(n) and life.work[n] is not None for n in range(on + 1, DAYS + 1))
        may = job is not None and job.school != school and job.since != on and not later
        command = EmploymentTransfer(
            staff_id=self.ids[who], school_id=self.schools[school], since=day(on), stays=stays
        )
        assert self.done(lambda: self.staff.transfer_employment(command)) == may
        if not may:
            return
        assert job is not None
        life.jobs.append(Job(school, on, job.until, job.exit))
        job.until, job.exit = on, Exit.TRANSFERRED_OUT
        life.jobs.sort(key=lambda one: one.since)
        now = life.work[on]
        assert now is not None
        if not stays or now[0] == school:
            now = (school, OWN)
        elif now[1] is OWN:
            now = (now[0], PlacementKind.ASSIGNED)
        life.fill(on, life.end(on), now)

    @rule(who=PEOPLE, on=ON, exit_=EXIT)
    def end_employment(self, who: int, on: int, exit_: Exit) -> None:
        """Somebody leaves."""
        life = self.lives[who]
        job = next((job for job in life.jobs if on in job and job.since < on), None)
        may = job is not None and not any(other.since >= on for other in life.jobs)
        command = EmploymentEnding(staff_id=self.ids[who], on=day(on), exit=exit_)
        assert self.done(lambda: self.staff.end_employment(command)) == may
        if may:
            assert job is not None
            job.until, job.exit = on, exit_
            life.fill(on, None, None)

    @precondition(lambda self: self.anybody(Life.has_left))
    @rule(who=PEOPLE, school=SCHOOL, on=ON)
    def rehire(self, who: int, school: str, on: int) -> None:
        """Somebody comes back after leaving."""
        life = self.lives[who]
        over = all(job.until is not None and job.until <= on for job in life.jobs)
        may = over and life.jobs[-1].exit is not Exit.DIED
        command = Rehiring(staff_id=self.ids[who], school_id=self.schools[school], since=day(on))
        assert self.done(lambda: self.staff.rehire(command)) == may
        if may:
            life.jobs.append(Job(school, on))
            life.fill(on, None, (school, OWN))

    # what a host does, and what anybody sees

    @rule(who=PEOPLE, school=SCHOOL, kind=KIND, on=ON)
    def host_rolls_back(self, who: int, school: str, kind: PlacementKind, on: int) -> None:
        """What a host undoes is undone."""
        nested, facts = self.session.begin_nested(), self.facts()
        self._accepted(lambda: self.staff.place_staff(self.placing(who, school, kind, on, None)))
        ending = EmploymentEnding(staff_id=self.ids[who], on=day(on), exit=Exit.DIED)
        self._accepted(lambda: self.staff.end_employment(ending))
        nested.rollback()
        assert self.facts() == facts

    @rule(school=SCHOOL, who=PEOPLE, on=ON)
    def anybody_looks(self, school: str, who: int, on: int) -> None:
        """Views, lists, counts and data checks agree with the model."""
        self._look_at(who, on)
        self._list(school, on)
        for code in ("registry.placements_within_employment", "registry.placements_do_not_overlap"):
            (result,) = run_data_checks(self.session, PLACE, only=code)
            assert result.findings == ()

    def _look_at(self, who: int, on: int) -> None:
        life, seen = self.lives[who], self.staff.staff_as_of(self.ids[who], day(on))
        job = life.job(on)
        assert seen.employer == (job.school if job else None)
        assert (seen.employed_since == day(job.since)) if job else seen.employed_since is None
        assert life.work[on] == (None if seen.kind is None else (seen.school, seen.kind))
        place = self.staff.works_at(self.ids[who], day(on))
        assert (place.school, place.kind) == life.work[on] if place else life.work[on] is None

    def _list(self, school: str, on: int) -> None:
        here = [n for n, life in enumerate(self.lives) if (life.work[on] or ("",))[0] == school]
        seen = {view.id for view in self.staff.staff_of(school, day(on))}
        assert seen & set(self.ids) == {self.ids[n] for n in here}
        counted = {line.school: line for line in self.staff.overview(day(on)).schools}
        jobs = [life.job(on) for life in self.lives]
        employed = sum(job is not None and job.school == school for job in jobs)
        others = 0 if school == "s1" else 2
        assert (counted[school].employed, counted[school].working) == (employed + others, len(here) + others)

    @invariant()
    def every_day_is_what_the_model_says(self) -> None:
        for who, life in enumerate(self.lives):
            history = self.staff.history(self.ids[who])
            jobs = [
                (self.codes[one.school or ""], one.since, one.until, one.exit) for one in history.employments
            ]
            assert jobs == [
                (job.school, day(job.since), None if job.until is None else day(job.until), job.exit)
                for job in life.jobs
            ]
            found: list[Work | None] = [None] * (DAYS + 1)
            for one in history.placements:
                for number in range(DAYS + 1):
                    if one.since <= day(number) and (one.until is None or day(number) < one.until):
                        assert found[number] is None, "two placements on one day"
                        found[number] = (self.codes[one.school], one.kind)
            assert found == life.work


def test_any_order_of_moves_comes_to_what_a_plain_model_says(shared_engine: Engine) -> None:
    machine = type("Machine", (Spans,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=50, stateful_step_count=20, deadline=None)
    )
