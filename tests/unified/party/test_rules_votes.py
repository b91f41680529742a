"""Votes: three quorums, should-attend denominators, whole numbers only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.votes import Electorate, Share, VoteRule
from xuequ.standards.national import national
from xuequ.unified.party.rules.votes import (
    Attendee,
    Ballot,
    Tally,
    count_problems,
    counted_opinions,
    electorate,
    form_problems,
    may_vote,
    opinion_problems,
    passes,
    rule_of,
)
from xuequ.unified.party.states.meetings import Mark, MeetingKind
from xuequ.unified.party.states.members import MemberState
from xuequ.unified.party.states.votes import VoteKind

DAY, BEFORE_2026 = date(2026, 10, 15), date(2026, 5, 1)
STANDARDS = national()
K = VoteKind
FULL, PROBATIONARY, SUSPENDED = MemberState.FULL, MemberState.PROBATIONARY, MemberState.SUSPENDED


def ballot(kind: VoteKind, due: int, present: int, yes: int, written: int = 0) -> Ballot:
    return Ballot(kind, "事项", Electorate(due, present), Tally(yes=yes), Tally(yes=written))


def codes(vote: Ballot, filed: int = 0, on: date = DAY) -> list[str]:
    return [one.error.code for one in count_problems(vote, rule_of(vote.kind, STANDARDS, on), filed)]


def decides(vote: Ballot, rule: VoteRule) -> bool:
    return passes(vote.yes, vote.electorate, rule)


def outcome(vote: Ballot, filed: int = 0, on: date = DAY) -> bool | None:
    """Return whether it passes, None when it may not be taken."""
    return None if codes(vote, filed, on) else decides(vote, rule_of(vote.kind, STANDARDS, on))


@pytest.mark.parametrize(
    ("kind", "due", "present", "yes", "expected"),
    [
        (K.ORDINARY, 16, 8, 8, False),  # half is a quorum, but nine of those who should attend must agree
        (K.ORDINARY, 16, 9, 9, True),
        (K.ORDINARY, 16, 7, 7, None),
        (K.ORDINARY, 15, 8, 8, True),
        (K.ADMISSION, 16, 8, 8, None),  # needs nine
        (K.ADMISSION, 16, 15, 9, True),
        (K.ADMISSION, 16, 15, 8, False),
        (K.CONVERSION, 16, 8, 8, None),
        (K.CONVERSION, 16, 9, 9, True),
        (K.ELECTION, 15, 12, 7, True),
        (K.ELECTION, 15, 12, 6, False),  # half of those present is not more than half
        (K.ELECTION, 15, 11, 11, None),
        (K.ELECTION, 16, 12, 12, None),
        (K.ELECTION, 16, 13, 7, True),
        (K.ORDINARY, 0, 0, 0, None),
    ],
)
def test_the_vectors(kind: VoteKind, due: int, present: int, yes: int, expected: bool | None) -> None:
    assert outcome(ballot(kind, due, present, yes)) is expected


@pytest.mark.parametrize(("kind", "due", "needed"), [(K.ADMISSION, 16, 9), (K.ELECTION, 15, 12)])
def test_a_missing_quorum_says_how_many_are_needed(kind: VoteKind, due: int, needed: int) -> None:
    rule = rule_of(kind, STANDARDS, DAY)
    (problem,) = count_problems(ballot(kind, due, needed - 1, 0), rule, 0)
    assert problem.error.facts()["needed"] == needed


def test_a_vote_keeps_the_text_in_force_on_its_day() -> None:
    old, new = rule_of(K.ADMISSION, STANDARDS, BEFORE_2026), rule_of(K.ADMISSION, STANDARDS, DAY)
    assert "2014" in old.authority and "2026" in new.authority
    assert old.entry.span.until == new.entry.span.since


def test_written_opinions_filed_before_count_towards_the_majority_and_not_the_quorum() -> None:
    assert outcome(ballot(K.ADMISSION, 16, 9, 8, written=1), filed=1) is True
    assert outcome(ballot(K.ADMISSION, 16, 8, 8, written=1), filed=1) is None
    assert codes(ballot(K.ADMISSION, 16, 9, 8, written=2), filed=1) == ["party.tally_exceeds_opinions"]


def test_more_ballots_than_voters_are_refused() -> None:
    spoilt = replace(ballot(K.ORDINARY, 16, 10, 9), cast=Tally(9, 1, 0, 1))
    assert codes(spoilt) == ["party.tally_exceeds_present"]


def test_every_problem_is_said_at_once() -> None:
    assert codes(ballot(K.ADMISSION, 16, 8, 9, written=1)) == [
        "party.no_quorum",
        "party.tally_exceeds_present",
        "party.tally_exceeds_opinions",
    ]


def form(
    kind: VoteKind, candidates: int = 1, secret: bool = True, at: MeetingKind = MeetingKind.BRANCH
) -> list[str]:
    rule = rule_of(kind, STANDARDS, DAY)
    found = form_problems(kind, at, candidates, "事项", secret=secret, rule=rule)
    return [one.error.code for one in found]


@pytest.mark.parametrize("kind", [K.ADMISSION, K.CONVERSION])
def test_each_candidate_is_voted_on_separately_and_in_secret(kind: VoteKind) -> None:
    assert form(kind) == []
    assert form(kind, candidates=2) == ["party.joint_vote"]
    assert form(kind, candidates=0) == ["party.vote_without_subject"]
    assert form(kind, secret=False) == ["party.vote_not_secret"]


def test_a_theme_day_votes_only_through_the_general_meeting_within_it() -> None:
    assert form(K.ORDINARY, at=MeetingKind.THEME_DAY) == ["party.no_vote_at_such_meeting"]
    assert form(K.ADMISSION, at=MeetingKind.COMMITTEE) == ["party.no_vote_at_such_meeting"]
    assert form(K.ELECTION, secret=False, at=MeetingKind.COMMITTEE) == ["party.vote_not_secret"]
    assert form(K.ORDINARY, secret=False, candidates=0) == []


def test_only_full_members_have_a_vote() -> None:
    assert [may_vote(state, K.ORDINARY, STANDARDS, DAY) for state in (FULL, PROBATIONARY, SUSPENDED)] == [
        True,
        False,
        False,
    ]
    assert not may_vote(PROBATIONARY, K.ADMISSION, STANDARDS, DAY)


def roll(*marks: Mark, state: MemberState = FULL) -> list[Attendee]:
    return [Attendee(number, state, mark) for number, mark in enumerate(marks)]


P, E, A = Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT


def test_leave_granted_before_leaves_the_denominator_and_absence_does_not() -> None:
    lines = roll(P, P, E, A)
    assert electorate(lines, frozenset(), K.ORDINARY, STANDARDS, DAY) == Electorate(3, 2)


def test_whoever_was_excused_and_filed_an_opinion_is_in_the_denominator_again() -> None:
    lines = roll(P, P, E, A)
    assert electorate(lines, frozenset({2}), K.ADMISSION, STANDARDS, DAY) == Electorate(4, 2)
    assert counted_opinions(lines, frozenset({0, 2})) == 1, "who came himself votes in the room"


def test_probationary_members_are_in_no_denominator() -> None:
    lines = [*roll(P, P, A), Attendee(9, PROBATIONARY, P)]
    assert electorate(lines, frozenset(), K.ORDINARY, STANDARDS, DAY) == Electorate(3, 2)
    assert counted_opinions([Attendee(9, PROBATIONARY, A)], frozenset({9})) == 0


def opinion(state: MemberState, filed_on: date) -> list[str]:
    days = {"filed_on": filed_on, "meets_on": DAY}
    found = opinion_problems("1", "7", state, K.ADMISSION, **days, standards=STANDARDS)
    return [one.error.code for one in found]


def test_an_opinion_counts_only_of_a_full_member_and_before_the_day() -> None:
    assert opinion(FULL, date(2026, 10, 14)) == []
    assert opinion(FULL, DAY) == ["party.opinion_too_late"]
    assert opinion(PROBATIONARY, date(2026, 10, 14)) == ["party.not_a_voter"]


# properties

SHARES = st.builds(
    Share,
    st.fractions(min_value=0, max_value=1, max_denominator=12),
    st.booleans(),
)


@given(SHARES, st.integers(0, 300))
def test_the_least_that_is_enough_is_enough_and_one_less_is_not(share: Share, whole: int) -> None:
    least = share.least(whole)
    assert share.reached(least, whole)
    assert not share.reached(least - 1, whole)
    assert least >= whole * share.of > least - 1 - Fraction(0) or not share.inclusive


@given(st.sampled_from(list(VoteKind)), st.integers(1, 200), st.data())
def test_more_voices_for_it_never_make_it_fail(kind: VoteKind, due: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, due))
    yes = data.draw(st.integers(0, present))
    rule = rule_of(kind, STANDARDS, DAY)
    fewer, more = ballot(kind, due, present, yes), ballot(kind, due, present, min(yes + 1, present))
    assert decides(fewer, rule) <= decides(more, rule)


@given(st.integers(1, 200), st.data())
def test_what_is_passed_has_more_than_half_of_those_who_should_attend(due: int, data: st.DataObject) -> None:
    present = data.draw(st.integers(0, due))
    yes = data.draw(st.integers(0, present))
    if outcome(ballot(K.ADMISSION, due, present, yes)):
        assert 2 * yes > due and 2 * present > due
