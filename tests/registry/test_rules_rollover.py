"""The pure decisions of a roll-over: nobody is lost or doubled, whatever is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.registry.errors.rollover import NobodyToFollow, RolloverTooEarly
from xuequ.registry.rules.classes import Schooling, classes_needed
from xuequ.registry.rules.rollover import (
    Applicant,
    ClassKey,
    ClassThere,
    Decision,
    Entry,
    Ground,
    Leaver,
    check_year,
    decide,
    onward_of,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import TRANSITIONS, PupilState
from xuequ.registry.states.rollover import Onward

SCHOOLING = Schooling((9, 1), 1, 6, 3)
DAY, BEGUN = date(2026, 9, 1), date(2025, 9, 1)
LIMITS = {Stage.PRESCHOOL: 35, Stage.PRIMARY: 45, Stage.JUNIOR: 50}
STATES = [*PupilState, None]


def ground(
    classes: Sequence[ClassThere],
    leavers: Sequence[Leaver] = (),
    applicants: Sequence[Applicant] = (),
    **more: object,
) -> Ground:
    schools = dict.fromkeys((1, 2), "完小")
    taken = [one.key for one in classes if one.key.entry_year == 2026]
    return Ground(DAY, SCHOOLING, schools, classes, taken, leavers, applicants, LIMITS, **more)  # type: ignore[arg-type]


@st.composite
def grounds(draw: st.DrawFn) -> Ground:
    """Two schools with some classes, any pupils in those that leave, and some applicants."""
    keys = draw(
        st.lists(
            st.builds(
                ClassKey,
                st.integers(1, 2),
                st.sampled_from(Stage),
                st.integers(2019, 2026),
                st.integers(1, 2),
            ),
            unique=True,
            max_size=12,
        )
    )
    classes = [ClassThere(n, key, draw(st.integers(0, 40))) for n, key in enumerate(keys, 1)]
    first = {Stage.PRESCHOOL: 2026, Stage.PRIMARY: 2021, Stage.JUNIOR: 2024}
    leaving = [one.id for one in classes if one.key.entry_year < first[one.key.stage]]
    leavers: list[Leaver] = []
    for n in range(draw(st.integers(0, 12)) if leaving else 0):
        status = draw(st.sampled_from(STATES))
        since = draw(st.sampled_from([BEGUN, BEGUN, BEGUN, DAY]))
        until = draw(st.sampled_from([None, None, None, date(2026, 10, 1)]))
        class_id = draw(st.sampled_from(leaving))
        later = draw(st.sampled_from([None, None, None, DAY]))
        transfers = draw(st.sampled_from([False, False, False, True]))
        leavers.append(
            Leaver(n, f"P{n}", class_id, n, since, until, status, n, None, None, later, transfers=transfers)
        )
    applicants = [
        Applicant(100 + n, f"A{n}", 100 + n, draw(st.integers(1, 2)), draw(st.sampled_from(Stage)))
        for n in range(draw(st.integers(0, 8)))
    ]
    asked = draw(
        st.dictionaries(
            st.tuples(st.integers(1, 2), st.sampled_from(Stage)),
            st.builds(Entry, st.integers(0, 60), st.none() | st.integers(1, 60)),
            max_size=3,
        )
    )
    leaves = draw(st.frozensets(st.integers(1, 2)))
    return ground(classes, leavers, applicants, asked=asked, leaving_preschool=leaves)


@given(grounds())
def test_everybody_goes_one_way_or_is_named(before: Ground) -> None:
    made = decide(before)
    moved = [move.pupil_id for move in made.moves]
    assert len(moved) == len(set(moved))
    everybody = {one.pupil_id for one in before.leavers} | {one.pupil_id for one in before.applicants}
    assert set(moved) <= everybody
    if not made.problems:
        assert set(moved) == everybody


@given(grounds())
def test_who_goes_on_goes_to_a_class_that_stays_or_is_formed(before: Ground) -> None:
    made = decide(before)
    ending = {one.key for one in made.ends}
    staying = {one.key for one in before.classes} - ending
    assert not staying & set(made.forms)
    stays = {Onward.PROMOTED, Onward.HELD_OVER, Onward.ENTERS}
    keys = {one.id: one.key for one in before.classes}
    for move in made.moves:
        assert (move.to is not None) == (move.onward in stays)
        if move.to is None:
            continue
        assert move.to in staying | set(made.forms)
        if move.from_class is not None:
            assert move.to.school_id == keys[move.from_class].school_id
        if move.onward is Onward.HELD_OVER:
            assert move.from_class is not None
            left = keys[move.from_class]
            assert (move.to.stage, move.to.entry_year) == (left.stage, left.entry_year + 1)
        else:
            assert move.to.entry_year == before.year


@given(grounds())
def test_classes_are_formed_only_where_the_entrants_do_not_fit(before: Ground) -> None:
    made = decide(before)
    sizes = Counter({one.key: one.pupils for one in before.classes})
    for move in made.moves:
        if move.to is not None and move.onward is not Onward.HELD_OVER:
            sizes[move.to] += 1
    for cohort in {key.cohort for key in made.forms}:
        keys = {key for key in (*made.forms, *sizes) if key.cohort == cohort}
        entry = before.asked.get((cohort.school_id, cohort.stage), Entry())
        largest = min(entry.largest or 999, LIMITS[cohort.stage])
        pupils = sum(sizes[key] for key in keys) + entry.expected
        assert len(keys) == classes_needed(pupils, largest)


@given(st.sampled_from(STATES), st.sampled_from(Stage), st.booleans())
def test_a_way_on_is_a_step_that_the_states_have(
    status: PupilState | None, stage: Stage, promotes: bool
) -> None:
    onward = onward_of(status, stage, promotes=promotes)
    becomes = {Onward.GRADUATES: PupilState.GRADUATED, Onward.LEAVES_PRESCHOOL: PupilState.LEFT_PRESCHOOL}
    if onward is not None and onward in becomes:
        assert becomes[onward] in TRANSITIONS[status]
    assert (onward is None) == (status is None or not status.on_roll or status is PupilState.TRANSFERRING)


@pytest.mark.parametrize(("year", "early"), [(2025, False), (2026, False), (2027, False), (2028, True)])
def test_only_the_next_year_is_prepared(year: int, early: bool) -> None:
    found = check_year(year, date(2026, 9, 1), SCHOOLING)
    assert [type(problem.error) for problem in found] == [RolloverTooEarly] * early
    assert bool(check_year(year, date(2026, 8, 31), SCHOOLING)) == (year >= 2027)


def made(*onto: ClassThere) -> Decision:
    """Roll over a preschool class with one pupil who is away."""
    away = Leaver(1, "P1", 1, 1, BEGUN, status=PupilState.SUSPENDED, status_id=1)
    left = ClassThere(1, ClassKey(1, Stage.PRESCHOOL, 2025, 1), 1)
    return decide(ground([left, *onto], [away]))


def test_who_is_away_from_preschool_needs_a_class_of_the_next_cohort_that_is_there() -> None:
    nobody = made()
    assert [type(problem.error) for problem in nobody.problems] == [NobodyToFollow]
    assert nobody.forms == ()
    next_cohort = ClassThere(2, ClassKey(1, Stage.PRESCHOOL, 2026, 1), 0)
    assert [move.to for move in made(next_cohort).moves] == [next_cohort.key]
