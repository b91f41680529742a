"""A stateful machine: workbooks in any order against a plain model, on both databases.

Pupils and staff are added, moved and corrected by files; after every step the registry must show, for
any day, just what the model shows, and a file that repeats the present must change nothing.
"""

from __future__ import annotations

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
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from xuequ.core.errors import Problems
from xuequ.core.journal import FactRow, seal, verify_chain
from xuequ.core.settings import FixedClock, Settings
from xuequ.district import District
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil
from xuequ.registry.schemas.set_up import PupilRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.testing import make_district, reading_of, rollback_session
from xuequ.testing.factories import MAKER, invented_rows

PLACE = "530921/qianfeng"
FIRST = date(2026, 9, 1)
NUMBERS = st.integers(1, 4)
SCHOOLS = st.sampled_from(["s1", "s2", "s3"])
LATER = st.integers(0, 40).map(lambda n: FIRST + timedelta(days=n))


class Registry(RuleBasedStateMachine):
    """The model: pupil number → list of [school, since, until]."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.spans: dict[str, list[list[Any]]] = {}
        self.names: dict[str, str] = {}

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def make(self) -> None:
        make_district(self.session, PLACE, schools=3, pupils=0, staff=0)

    def door(self, day: date = FIRST) -> District:
        return District(self.session, PLACE, actor=MAKER, settings=Settings(clock=FixedClock.at(day)))

    def apply(self, number: str, school: str, since: date, name: str) -> bool:
        rows = invented_rows(PLACE, schools=3, pupils=0, staff=0)
        pupil = PupilRow(
            pupil_no=number,
            name=name,
            sex=Sex.MALE,
            school=school,
            stage=Stage.PRIMARY,
            entry_year=2026,
            number=1,
            since=since,
        )
        door = self.door()
        plan = door.registry.plan_set_up(reading_of({**rows, "pupils": [pupil]}))
        try:
            door.registry.set_up(plan)
        except Problems:
            return False
        return True

    @rule(number=NUMBERS, school=SCHOOLS, since=LATER)
    def file(self, number: int, school: str, since: date) -> None:
        """A file says that a pupil is at a school from a day."""
        key = f"P{number}"
        spans = self.spans.get(key, [])
        name = self.names.get(key, "甲")
        done = self.apply(key, school, since, name)
        if not spans:
            assert done
            self.spans[key], self.names[key] = [[school, since, None]], name
            return
        last = spans[-1]
        blocked = len(spans) > 1 and since < spans[-2][2]
        if blocked or (last[0] != school and since < last[1]):
            assert not done
        elif last[0] != school and since > last[1]:
            assert done
            last[2] = since
            spans.append([school, since, None])
        else:
            assert done
            if len(spans) > 1:  # what went before goes on until then: no day falls out
                spans[-2][2] = since
            last[0], last[1] = school, since

    @rule(number=NUMBERS, name=st.sampled_from(["乙", "丙𠮷", "丁"]))
    def rename(self, number: int, name: str) -> None:
        """A file corrects a name."""
        key = f"P{number}"
        if key in self.spans:
            school, since, _ = self.spans[key][-1]
            assert self.apply(key, school, since, name)
            self.names[key] = name

    @precondition(lambda self: self.spans)
    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        """A file that says what is there writes nothing."""
        key = data.draw(st.sampled_from(sorted(self.spans)))
        school, since, _ = self.spans[key][-1]
        before = list(self.session.scalars(select(FactRow.id)))
        assert self.apply(key, school, since, self.names[key])
        assert list(self.session.scalars(select(FactRow.id))) == before

    @rule()
    def host_rolls_back(self) -> None:
        """What a host undoes is undone."""
        nested = self.session.begin_nested()
        self.apply("P9", "s1", FIRST, "戊")
        nested.rollback()

    @rule()
    def seal(self) -> None:
        county_id = self.door().context.scope.county_id
        seal(self.session, county_id)
        assert verify_chain(self.session, county_id).unsealed == 0

    @invariant()
    def the_registry_shows_what_the_model_shows(self) -> None:
        query = (
            select(Pupil.pupil_no, School.code, Enrolment.since, Enrolment.until)
            .join(Enrolment, Enrolment.pupil_id == Pupil.id)
            .join(School, School.id == Enrolment.school_id)
            .order_by(Pupil.pupil_no, Enrolment.since)
        )
        found: dict[str, list[list[Any]]] = {}
        for number, school, since, until in self.session.execute(query):
            found.setdefault(number, []).append([school, since, until])
        assert found == self.spans

    @rule(day=LATER)
    def counts_agree_on_any_day(self, day: date) -> None:
        expected = sum(
            since <= day and (until is None or day < until)
            for spans in self.spans.values()
            for _, since, until in spans
        )
        assert self.door().registry.district_at_a_glance(day).pupil_count == expected


@pytest.mark.parametrize("steps", [20])
def test_any_order_of_files_comes_to_what_a_plain_model_says(shared_engine: Engine, steps: int) -> None:
    machine = type("Machine", (Registry,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=25, stateful_step_count=steps, deadline=None)
    )
