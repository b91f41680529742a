"""Pure decisions about regulations and acknowledgements: examples beside properties."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.standards.national import national
from xuequ.unified.leadership.rules.acknowledgements import (
    Heads,
    ack_rate,
    check_valid,
    is_overdue,
    signer_of,
    state_for,
)
from xuequ.unified.leadership.rules.acknowledgements import check_step as check_ack_step
from xuequ.unified.leadership.rules.regulations import (
    Force,
    Passed,
    check_force,
    check_passage,
    check_step,
    in_force,
    repealable,
    state_on,
    superseded_by,
)
from xuequ.unified.leadership.states.acknowledgements import TRANSITIONS as ACK_TRANSITIONS
from xuequ.unified.leadership.states.acknowledgements import AckState
from xuequ.unified.leadership.states.regulations import TRANSITIONS, Body, RegulationKind, VersionState

V = VersionState
DAY = date(2026, 9, 1)
days = st.integers(0, 400).map(lambda n: DAY + timedelta(days=n))


def chained(since: list[date], repealed: date | None) -> list[Force]:
    """Issue versions one after the other, and repeal the last one if a day is given."""
    forces: list[Force] = []
    for number, (begin, end) in enumerate(pairwise([*sorted(set(since)), None]), 1):
        assert begin is not None
        ended = V.SUPERSEDED if end else None
        if end is None and repealed is not None and repealed > begin:
            end, ended = repealed, V.REPEALED
        forces.append(Force(number, number, V.ISSUED, begin, end, ended))
    return forces


@given(st.lists(days, min_size=1, max_size=6), st.none() | days, days)
def test_on_any_day_at_most_one_version_is_in_force_and_it_is_the_latest_begun(
    since: list[date], repealed: date | None, on: date
) -> None:
    forces = chained(since, repealed)
    holding = [force for force in forces if force.holds(on)]
    assert len(holding) <= 1
    begun = [force for force in forces if force.since is not None and force.since <= on]
    if begun and begun[-1].until is None:
        assert holding == [begun[-1]] and in_force(forces, on) == begun[-1]
    if not begun:
        assert in_force(forces, on) is None


@given(st.lists(days, min_size=1, max_size=6), st.none() | days, days)
def test_a_version_goes_through_its_states_in_the_order_of_the_table(
    since: list[date], repealed: date | None, on: date
) -> None:
    for force in chained(since, repealed):
        today, tomorrow = state_on(force, on), state_on(force, on + timedelta(days=1))
        assert today is tomorrow or tomorrow in TRANSITIONS[today]


@given(st.lists(days, min_size=1, max_size=6), st.none() | days, days, days)
def test_what_supersedes_leaves_no_overlap_and_no_force_before_issue(
    since: list[date], repealed: date | None, begin: date, issued_on: date
) -> None:
    forces = chained(since, repealed)
    codes = {problem.error.code for problem in check_force(begin, issued_on, forces)}
    assert ("leadership.force_before_issue" in codes) == (begin < issued_on)
    assert ("leadership.force_not_later" in codes) == any(begin <= one for one in since)
    if not codes:
        before = superseded_by(begin, forces)
        others = [one for one in forces if one is not before]
        assert not any(one.holds(begin) for one in others)


@given(st.lists(days, min_size=1, max_size=4), st.none() | days, days, st.lists(days, max_size=3), days)
def test_a_school_s_rule_is_never_in_force_without_its_base(
    since: list[date], repealed: date | None, on: date, base: list[date], base_repealed: date
) -> None:
    bases = chained(base, base_repealed) if base else []
    found = in_force(chained(since, repealed), on, bases)
    if found is not None:
        assert in_force(bases, on) is not None


@given(st.lists(days, min_size=1, max_size=4), st.none() | days, days)
def test_only_what_was_in_force_for_a_day_is_repealed(
    since: list[date], repealed: date | None, on: date
) -> None:
    forces = chained(since, repealed)
    force, problems = repealable("x", forces, on)
    assert (force is None) == bool(problems)
    if force is not None:
        assert force.holds(on - timedelta(days=1)) and force.holds(on)


@pytest.mark.parametrize("state", list(V))
@pytest.mark.parametrize("to", list(V))
def test_the_table_says_which_steps_there_are(state: V, to: V) -> None:
    assert bool(check_step(state, to)) == (to not in TRANSITIONS[state])


@pytest.mark.parametrize(
    ("kind", "bodies", "refused"),
    [
        (RegulationKind.GENERAL, [Body.COUNCIL], False),
        (RegulationKind.APPRAISAL, [Body.COUNCIL], True),
        (RegulationKind.DISTRIBUTION, [Body.COUNCIL, Body.ASSEMBLY], False),
        (RegulationKind.REWARD, [], True),
    ],
)
def test_the_law_says_what_the_congress_passes(
    kind: RegulationKind, bodies: list[Body], refused: bool
) -> None:
    passed = [Passed(body, DAY, "a") for body in bodies]
    problems = check_passage("x", kind, passed, "a", national().at("530921"), DAY)
    assert bool(problems) is refused


# acknowledgements

heads = st.builds(Heads, *[st.none() | st.integers(1, 3)] * 3)


@given(heads, st.booleans(), st.none() | st.integers(1, 3))
def test_a_head_s_school_has_its_head_and_nobody_signs_apart_from_oneself(
    who: Heads, optional: bool, apart_from: int | None
) -> None:
    signer = signer_of(who, head_optional=optional, apart_from=apart_from)
    assert signer is None or signer != apart_from
    if who.head is not None:
        assert signer in (who.head, None)
    elif not optional:
        assert signer is None
    elif who.academic_director is not None and who.academic_director != apart_from:
        assert signer == who.academic_director
    else:
        assert signer in (who.principal, None)


@given(st.none() | st.integers(1, 3), st.none() | st.integers(1, 3), st.booleans())
def test_a_predecessor_s_reading_is_nobody_else_s(
    signer: int | None, read_by: int | None, signed: bool
) -> None:
    state = state_for(signer, read_by, signed=signed)
    assert (state is AckState.SIGNED) == signed
    if state is AckState.READ:
        assert signer == read_by


@given(st.sampled_from(AckState), days, days)
def test_the_last_day_is_in_time(state: AckState, due: date, on: date) -> None:
    assert is_overdue(state, due, on) == (state is not AckState.SIGNED and on > due)


@pytest.mark.parametrize("state", list(AckState))
def test_nobody_signs_unread_or_twice(state: AckState) -> None:
    assert bool(check_ack_step(state, AckState.SIGNED)) == (AckState.SIGNED not in ACK_TRANSITIONS[state])


@pytest.mark.parametrize("state", list(V))
def test_only_what_is_valid_is_acknowledged(state: V) -> None:
    assert bool(check_valid("x", 1, state)) == (state not in (V.ISSUED, V.IN_FORCE))


@given(st.integers(0, 20), st.integers(0, 20))
def test_the_rate_is_exact(signed: int, obliged: int) -> None:
    assert ack_rate(signed, obliged) == (Fraction(signed, obliged) if obliged else None)
