"""After a merger no pupil, class member or member of staff is lost or doubled, on any day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from tests.registry.merging import DAY, PLACE, Town
from xuequ.embed import run_data_checks
from xuequ.registry.schemas.places import SchoolMerger
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import PlacementKind
from xuequ.testing import rollback_session

SCHOOLS = st.sampled_from(["s1", "s1", "s2", "s3"])
ON_ROLL = st.sampled_from([state for state in PupilState if state.on_roll])
KINDS = st.sampled_from([kind for kind in PlacementKind if kind.away])

Chain = list[tuple[int, int | None, str]]


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Spans one after the other, in days around the merger: from, until, school."""
    starts = sorted(draw(st.sets(st.integers(-20, 15), min_size=1, max_size=3)))
    spans: Chain = []
    for index, start in enumerate(starts):
        last = index == len(starts) - 1
        end = None if last else starts[index + 1]
        if draw(st.booleans()):  # it ends earlier
            end = start + draw(st.integers(1, (30 if end is None else end - start)))
        spans.append((start, end, draw(SCHOOLS)))
    return spans


def on(shift: int | None) -> Any:
    return None if shift is None else DAY + timedelta(days=shift)


def enter(town: Town, data: st.DataObject) -> None:
    """Draw pupils and staff, and write them."""
    for number, (classes, states) in enumerate(
        data.draw(st.lists(st.tuples(chains(), chains()), max_size=4))
    ):
        pupil_id = town.pupil(f"P{number}")
        for since, until, school in classes:
            year, which = data.draw(st.integers(2022, 2026)), data.draw(st.integers(1, 2))
            town.enrol(pupil_id, school, town.class_of(school, year, which), on(since), on(until))
        for since, until, school in states:
            town.status(pupil_id, school, data.draw(ON_ROLL), on(since), on(until))
    for number, (work, employment) in enumerate(
        data.draw(st.lists(st.tuples(chains(), chains()), max_size=4))
    ):
        staff_id = town.staff(f"T{number}")
        for since, until, school in employment:
            town.employ(staff_id, school, on(since), on(until))
        for since, until, school in work:
            town.place(staff_id, school, on(since), on(until), data.draw(KINDS))


def rehomed(spans: list[tuple[Any, ...]], schools: dict[int, int]) -> list[tuple[Any, ...]]:
    return sorted(((s[0], schools.get(s[1], s[1]), *s[2:]) for s in spans), key=repr)


@settings(max_examples=40)
@given(data=st.data())
def test_everybody_is_after_a_merger_where_they_were_or_at_the_other_school(
    shared_engine: Engine, data: st.DataObject
) -> None:
    """On every day before, nothing has changed; from the day on, s2 stands for s1 and nothing else."""
    with rollback_session(shared_engine) as session:
        town = Town.make(session)
        enter(town, data)
        before, wrong_before = town.lines(), wrong(town)
        command = SchoolMerger(
            school_id=town.schools["s1"], into_id=town.schools["s2"], on=DAY, authority="批复"
        )
        town.door.registry.mergers.merge_school(command)
        after, into = town.lines(), {town.schools["s1"]: town.schools["s2"]}
        for day in town.days():
            expected = before[day]
            if day >= DAY:
                expected = {who: rehomed(spans, into) for who, spans in before[day].items()}
            assert after[day] == expected, day
            assert sum(map(len, after[day].values())) == sum(map(len, before[day].values()))
        assert wrong(town) <= wrong_before


def wrong(town: Town) -> set[str]:
    """Return the data checks that find something; what is drawn may be wrong before the merger already."""
    return {result.check.code for result in run_data_checks(town.session, PLACE) if result.findings}
