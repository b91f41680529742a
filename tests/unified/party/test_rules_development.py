"""Development cases, purely: which step may come next, from which day, by which text, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import IllegalTransition, XuequError
from xuequ.core.spans import DaySpan, months_later
from xuequ.core.standards import Standard, Standards
from xuequ.standards.national import national
from xuequ.unified.party.errors.development import (
    BirthDateMissing,
    ConsentMissing,
    DocumentMissing,
    ExtensionSpent,
    ExtensionUnfit,
    LeavingSoon,
    NoticeMissing,
    NoticeTooShort,
    OathMissing,
    RedoNotDue,
    RequestMissing,
    SponsorCount,
    SponsorTwice,
    SponsorUnfit,
    StepBeforeLast,
    StepInFuture,
    StepThere,
    StepTooEarly,
    StepTooLate,
    TallyImpossible,
    TallyMissing,
    TooYoung,
    TrainingTooShort,
    VoteMissing,
    VoteSaysOtherwise,
)
from xuequ.unified.party.errors.votes import NoQuorum
from xuequ.unified.party.rules.developing import Ground, judge, refused, vote_problems, whole_years
from xuequ.unified.party.rules.development import (
    USES,
    Force,
    Law,
    Step,
    Vote,
    check_order,
    next_kinds,
    phase,
    probation_end,
)
from xuequ.unified.party.rules.development_windows import deadline, windows
from xuequ.unified.party.states.development import AFTER, OUTCOMES, Outcome, Phase, StepKind

S, O = StepKind, Outcome  # noqa: E741 — as short as the tables they fill
LAW = national()
REVISED = date(2026, 5, 18)
TODAY = date(2030, 1, 1)
ALL = frozenset(range(1, 17))
GROUND = Ground(
    staff="T9", birth_date=date(1990, 6, 1), full_members=ALL, contacts=frozenset({1, 2}), notice_days=5
)
VOTE = Vote(due=16, present=15, yes=9)
DOCUMENT = "凤教党〔2026〕1号"


def step(kind: StepKind, on: str | date, outcome: Outcome | None = None, **more: Any) -> Step:
    """Make a step that is right but for its day."""
    day = date.fromisoformat(on) if isinstance(on, str) else on
    usual = O.PASSED if O.PASSED in OUTCOMES[kind] else O.DONE
    own: dict[str, Any] = {"document": DOCUMENT, "document_on": day}
    if kind is S.ACTIVIST:
        own["sponsors"] = (1, 2)
    if kind is S.MEETING:
        own |= {"sponsors": (1, 2), "vote": VOTE}
    if kind is S.CONVERSION:
        own |= {"vote": VOTE}
        usual = O.CONVERT
    if kind is S.NOTICE:
        own["until"] = day + timedelta(days=6)
    if kind is S.TRAINING:
        own |= {"until": day + timedelta(days=2)}
    return Step(kind, day, outcome or usual, **{**own, **more})


def history(*steps: tuple[StepKind, str] | Step) -> list[Step]:
    return [one if isinstance(one, Step) else step(*one) for one in steps]


UP_TO_ACTIVIST = history((S.APPLICATION, "2025-01-10"), (S.TALK, "2025-02-05"), (S.ACTIVIST, "2025-02-28"))
REVIEWED = history(*UP_TO_ACTIVIST, (S.REVIEW, "2025-08-20"), (S.REVIEW, "2026-02-10"))
NOTICED = history(*REVIEWED, step(S.REVIEW, "2026-05-20"), step(S.NOTICE, "2026-05-21"))
CANDIDATE = history(*NOTICED, (S.CANDIDATE, "2026-05-28"))
TRAINED = history(*CANDIDATE, (S.POLITICAL_REVIEW, "2026-06-05"), (S.TRAINING, "2026-06-10"))
ADMITTED = history(
    *TRAINED, (S.PRE_REVIEW, "2026-06-20"), (S.MEETING, "2026-07-01"), (S.APPROVAL, "2026-08-01")
)
SWORN = history(*ADMITTED, (S.OATH, "2026-08-20"))
REQUESTED = history(*SWORN, (S.REQUEST, "2027-06-25"))


def errors(one: Step, before: list[Step], ground: Ground = GROUND) -> list[type[XuequError]]:
    return [type(found.error) for found in judge(one, before, ground, LAW)]


def order(one: Step, before: list[Step], today: date = TODAY) -> list[type[XuequError]]:
    return [type(problem.error) for problem in check_order(one, before, today)]


def window(kind: StepKind, before: list[Step], today: str, **more: Any) -> Any:
    found = windows(before, LAW, date.fromisoformat(today), **more)
    return next(one for one in found if one.kind is kind)


# the table of steps


def test_a_whole_case_departs_from_nothing() -> None:
    whole = history(*REQUESTED, (S.CONVERSION, "2027-07-01"), (S.CONVERSION_APPROVAL, "2027-08-01"))
    for number, one in enumerate(whole):
        assert errors(one, whole[:number]) == [], one.kind
        if number:
            assert order(one, whole[:number]) == [], one.kind


def test_every_step_but_the_application_comes_after_another_and_each_is_reached() -> None:
    assert [kind for kind in StepKind if not AFTER[kind]] == [S.APPLICATION]
    for kind in StepKind:
        assert {outcome for before, outcome in AFTER[kind] if outcome not in OUTCOMES[before]} == set()


@given(st.sampled_from(list(StepKind)))
def test_a_step_out_of_its_turn_is_refused(kind: StepKind) -> None:
    found = order(step(kind, "2025-03-01"), UP_TO_ACTIVIST)
    assert (found == []) == (kind in next_kinds(UP_TO_ACTIVIST))


def test_the_same_step_twice_is_told_as_such() -> None:
    assert order(step(S.TALK, "2025-02-20"), UP_TO_ACTIVIST) == [StepThere]
    assert order(step(S.REVIEW, "2026-02-10"), REVIEWED) == [StepThere]
    assert order(step(S.REVIEW, "2026-02-11"), REVIEWED) == []
    assert order(step(S.REVIEW, "2026-06-11"), CANDIDATE) == [IllegalTransition]
    assert order(step(S.MEETING, "2026-08-02"), ADMITTED) == [StepThere]


def test_a_step_is_not_dated_before_the_one_it_follows_nor_after_today() -> None:
    assert order(step(S.REVIEW, "2025-02-27"), UP_TO_ACTIVIST) == [StepBeforeLast]
    assert order(step(S.REVIEW, "2025-02-28"), UP_TO_ACTIVIST) == []
    assert order(step(S.REVIEW, "2025-08-02"), UP_TO_ACTIVIST, date(2025, 8, 1)) == [StepInFuture]


def test_a_failed_review_of_the_past_a_failed_vote_and_a_refusal_send_a_case_back() -> None:
    failed = history(*CANDIDATE, step(S.POLITICAL_REVIEW, "2026-06-05", O.FAILED))
    assert next_kinds(failed) == [S.POLITICAL_REVIEW]
    voted_down = history(*TRAINED, (S.PRE_REVIEW, "2026-06-20"), step(S.MEETING, "2026-07-01", O.FAILED))
    assert next_kinds(voted_down) == [S.PRE_REVIEW]
    refusal = history(*ADMITTED[:-1], step(S.APPROVAL, "2026-08-01", O.FAILED))
    assert next_kinds(refusal) == [S.PRE_REVIEW]
    assert phase(refusal) is Phase.CANDIDATE and phase(ADMITTED) is Phase.PROBATIONARY


def test_phases_follow_the_steps() -> None:
    assert [phase(h) for h in (UP_TO_ACTIVIST[:2], UP_TO_ACTIVIST, CANDIDATE, SWORN)] == list(Phase)


# application, talk, activist, reviews


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        ("2007-05-01", "2025-05-01", 18),
        ("2007-05-02", "2025-05-01", 17),
        ("2008-02-29", "2026-02-28", 18),
        ("2008-02-29", "2026-02-27", 17),
    ],
)
def test_who_applies_is_eighteen_that_day(born: str, on: str, years: int) -> None:
    day, birth = date.fromisoformat(on), date.fromisoformat(born)
    assert whole_years(birth, day) == years
    found = errors(step(S.APPLICATION, day), [], replace(GROUND, birth_date=birth))
    assert found == ([] if years >= 18 else [TooYoung])


def test_an_application_is_written_and_the_day_of_birth_known() -> None:
    assert errors(step(S.APPLICATION, "2025-01-10", document=""), []) == [DocumentMissing]
    unknown = replace(GROUND, birth_date=None)
    assert errors(step(S.APPLICATION, "2025-01-10"), [], unknown) == [BirthDateMissing]


def test_a_talk_after_a_month_is_recorded_with_a_reason_and_listed() -> None:
    applied = history((S.APPLICATION, "2025-01-31"))
    assert errors(step(S.TALK, "2025-02-28"), applied) == []
    late = judge(step(S.TALK, "2025-03-01"), applied, GROUND, LAW)
    assert [(type(one.error), one.force) for one in late] == [(StepTooLate, Force.REASON)]
    assert refused(late, "") and not refused(late, "当月无人可派")


def test_one_or_two_full_members_are_contacts() -> None:
    before = UP_TO_ACTIVIST[:2]
    for sponsors, wrong in (
        ((1,), []),
        ((1, 2), []),
        ((), [SponsorCount]),
        ((1, 2, 3), [SponsorCount]),
        ((1, 1), [SponsorTwice]),
        ((1, 99), [SponsorUnfit]),
    ):
        assert errors(step(S.ACTIVIST, "2025-02-28", sponsors=sponsors), before) == wrong


def test_a_review_after_half_a_year_is_marked_and_never_refused() -> None:
    marked = judge(step(S.REVIEW, "2025-08-29"), UP_TO_ACTIVIST, GROUND, LAW)
    assert [(type(one.error), one.force) for one in marked] == [(StepTooLate, Force.MARK)]
    assert refused(marked, "") == []
    assert errors(step(S.REVIEW, "2025-08-28"), UP_TO_ACTIVIST) == []


# candidate, and the text of 2026


def test_an_activist_of_28_february_is_a_candidate_a_year_later_at_the_earliest() -> None:
    assert window(S.CANDIDATE, REVIEWED, "2026-02-20").earliest == date(2026, 2, 28)
    assert errors(step(S.CANDIDATE, "2026-02-28"), REVIEWED) == []
    assert errors(step(S.CANDIDATE, "2026-02-27"), REVIEWED) == [StepTooEarly]


@pytest.mark.parametrize(("year", "last"), [(2026, "2027-02-28"), (2027, "2028-02-29")])
def test_half_a_year_from_31_august_ends_with_february(year: int, last: str) -> None:
    before = history((S.APPLICATION, "2026-08-01"), (S.TALK, "2026-08-02"), (S.ACTIVIST, f"{year}-08-31"))
    assert window(S.REVIEW, before, f"{year}-09-01").latest == date.fromisoformat(last)


def test_the_notice_is_asked_for_by_the_text_of_the_day_on_which_a_candidate_is_named() -> None:
    reviewed = history(*REVIEWED, (S.REVIEW, "2026-05-10"))
    old, new = step(S.CANDIDATE, "2026-05-17"), step(S.CANDIDATE, "2026-05-18")
    assert errors(old, reviewed) == []
    assert errors(new, reviewed) == [NoticeMissing]
    noticed = history(*reviewed, step(S.NOTICE, "2026-05-11", until=date(2026, 5, 15)))
    assert errors(new, noticed) == []
    assert errors(new, noticed, replace(GROUND, notice_days=4)) == [NoticeTooShort]
    assert errors(old, noticed, replace(GROUND, notice_days=4)) == []


def test_a_candidate_is_named_after_the_last_day_of_the_notice() -> None:
    assert errors(step(S.CANDIDATE, "2026-05-27"), NOTICED) == [StepTooEarly]
    assert errors(step(S.CANDIDATE, "2026-05-28"), NOTICED) == []


def test_a_notice_hangs_for_five_working_days_since_2026() -> None:
    short = replace(GROUND, notice_days=4)
    assert errors(step(S.NOTICE, "2026-05-18"), REVIEWED, short) == [NoticeTooShort]
    assert errors(step(S.NOTICE, "2026-05-17"), REVIEWED, short) == []


def test_an_outstanding_review_is_held_before_a_candidate_is_named() -> None:
    reviewed = history(*UP_TO_ACTIVIST, (S.REVIEW, "2025-08-20"))
    assert errors(step(S.CANDIDATE, "2026-03-01"), reviewed) == [StepTooLate]
    again = history(*reviewed, (S.REVIEW, "2026-03-01"))
    assert errors(step(S.CANDIDATE, "2026-03-01"), again) == []


def test_a_contact_must_still_be_a_full_member_of_the_branch() -> None:
    one_left = replace(GROUND, full_members=ALL - {1})
    assert errors(step(S.CANDIDATE, "2026-05-28"), NOTICED, one_left) == []
    both_left = replace(GROUND, full_members=ALL - {1, 2})
    assert errors(step(S.CANDIDATE, "2026-05-28"), NOTICED, both_left) == [SponsorCount]


def test_a_county_that_asks_for_consent_is_given_it_before() -> None:
    county = Standard(
        key="party.development.filing",
        value="consent",
        span=DaySpan(date(2026, 5, 18)),
        place="530921",
        authority="县委组织部",
        checked="text",
    )
    standards = LAW.with_own([county])
    for consented, wrong in ((None, [ConsentMissing]), ("2026-05-29", [ConsentMissing]), ("2026-05-28", [])):
        day = None if consented is None else date.fromisoformat(consented)
        one = step(S.CANDIDATE, "2026-05-28", document_on=day)
        assert [type(f.error) for f in judge(one, NOTICED, GROUND, standards)] == wrong


def test_each_step_names_the_entries_and_the_article_of_its_own_day() -> None:
    old, new = Law(LAW, date(2026, 5, 17)), Law(LAW, REVISED)
    assert old.article_of(S.PRE_REVIEW) == "第十九条" and new.article_of(S.PRE_REVIEW) == "第十八条"
    assert {entry.span.since for entry in old.used(S.CANDIDATE)} == {date(2014, 5, 28)}
    assert {entry.span.since for entry in new.used(S.CANDIDATE)} == {REVISED}
    assert [e.key for e in old.used(S.OATH)] == ["party.development.steps"]
    filing = new.entry("filing")
    assert filing.checked == "memory" and "不一" in filing.note
    assert "party.votes.admission" in {entry.key for entry in new.used(S.MEETING)}


class Listening(Standards):
    """Standards that note which keys they are asked for."""

    def __init__(self) -> None:
        super().__init__(LAW, LAW.declared.values())
        self.asked: set[str] = set()

    def find(self, key: str, *, on: date) -> Standard | None:
        self.asked.add(key)
        return super().find(key, on=on)


def test_a_step_is_judged_by_no_figure_that_is_not_kept_with_it() -> None:
    extension = step(S.CONVERSION, "2027-07-01", O.EXTEND, months=6, until=date(2028, 1, 1))
    whole = history(*REQUESTED, extension)
    for number, one in enumerate(whole):
        heard = Listening()
        judge(one, whole[:number], GROUND, heard)
        own = {f"party.development.{name}" for name in USES[one.kind]}
        assert heard.asked <= own | {"party.development.steps", "party.votes.admission"}, one.kind


# political review, training, preliminary review


@pytest.mark.parametrize(
    ("days", "hours", "wrong"), [(3, 0, []), (1, 24, []), (2, 23, [TrainingTooShort]), (3, 24, [])]
)
def test_training_takes_three_days_or_twenty_four_hours(days: int, hours: int, wrong: list[Any]) -> None:
    first = date(2026, 6, 10)
    one = step(S.TRAINING, first, until=first + timedelta(days=days - 1), hours=hours)
    assert errors(one, TRAINED[:-1]) == wrong


def test_who_leaves_the_unit_within_three_months_is_not_admitted_without_a_reason() -> None:
    leaving = step(S.PRE_REVIEW, "2026-06-20", leaving_on=date(2026, 9, 20))
    found = judge(leaving, TRAINED, GROUND, LAW)
    assert [(type(one.error), one.force) for one in found] == [(LeavingSoon, Force.REASON)]
    assert refused(found, "") and not refused(found, "新单位党组织已同意")
    assert errors(step(S.PRE_REVIEW, "2026-06-20", leaving_on=date(2026, 9, 21)), TRAINED) == []


# the meeting and its approval


def test_a_meeting_comes_within_a_month_of_the_preliminary_review_or_it_is_done_anew() -> None:
    before = history(*TRAINED, (S.PRE_REVIEW, "2026-06-20"))
    assert errors(step(S.MEETING, "2026-07-20"), before) == []
    assert errors(step(S.MEETING, "2026-07-21"), before) == [StepTooLate]
    again = history(*before, (S.PRE_REVIEW, "2026-07-21"))
    assert errors(step(S.MEETING, "2026-07-21"), again) == []


def test_two_full_members_introduce() -> None:
    before = history(*TRAINED, (S.PRE_REVIEW, "2026-06-20"))
    for sponsors, wrong in (((1,), [SponsorCount]), ((3, 4), []), ((3, 99), [SponsorUnfit])):
        assert errors(step(S.MEETING, "2026-07-01", sponsors=sponsors), before) == wrong


@pytest.mark.parametrize(("present", "wrong"), [(8, [NoQuorum]), (9, [])])
def test_an_admission_of_before_needs_more_than_half_of_those_due(present: int, wrong: list[Any]) -> None:
    before = history(*TRAINED, (S.PRE_REVIEW, "2026-06-20"))
    one = step(S.MEETING, "2026-07-01", vote=Vote(16, present, 8))
    assert errors(one, before) == wrong
    recorded = replace(one, vote=Vote(16, present, 8, passed=False))  # judged when it was recorded
    assert errors(recorded, before) == []


def unvoted(kind: StepKind, vote: Vote | None, outcome: Outcome, *, taken_over: bool = False) -> list[Any]:
    one = step(kind, "2026-07-01", outcome, vote=vote)
    return [type(found.error) for found in vote_problems(one, LAW, taken_over=taken_over)]


@pytest.mark.parametrize(("kind", "outcome"), [(S.MEETING, O.PASSED), (S.CONVERSION, O.EXTEND)])
def test_a_meeting_stands_on_its_vote_and_says_what_was_voted(kind: StepKind, outcome: Outcome) -> None:
    assert unvoted(kind, None, outcome) == [VoteMissing]
    assert unvoted(kind, None, outcome, taken_over=True) == [TallyMissing]
    for passed in (True, False):
        vote = Vote(16, 16, 9, passed)
        assert unvoted(kind, vote, outcome) == ([] if passed else [VoteSaysOtherwise])
        assert unvoted(kind, vote, O.FAILED) == ([VoteSaysOtherwise] if passed else [])
    assert vote_problems(step(S.TALK, "2026-07-01"), LAW, taken_over=False) == []


@given(st.integers(1, 60), st.data())
def test_a_tally_of_before_passes_by_more_than_half_of_those_due(due: int, data: st.DataObject) -> None:
    yes = data.draw(st.integers(0, due))
    said = unvoted(S.MEETING, Vote(due, due, yes), O.PASSED, taken_over=True)
    assert (not said) == (2 * yes > due)


@pytest.mark.parametrize("vote", [Vote(17, 16, 9), Vote(16, 17, 9), Vote(16, 16, 17)])
def test_minutes_with_more_members_than_there_are_are_refused(vote: Vote) -> None:
    before = history(*TRAINED, (S.PRE_REVIEW, "2026-06-20"))
    assert TallyImpossible in errors(step(S.MEETING, "2026-07-01", vote=vote), before)


def test_a_late_approval_is_marked_and_not_refused() -> None:
    voted = ADMITTED[:-1]
    assert errors(step(S.APPROVAL, "2026-10-01"), voted) == []
    for day, latest in (("2026-10-02", "2026-10-01"), ("2027-01-02", "2027-01-01")):
        (found,) = judge(step(S.APPROVAL, day), voted, GROUND, LAW)
        assert isinstance(found.error, StepTooLate) and found.force is Force.MARK
        assert found.error.latest == latest


def test_after_half_a_year_without_approval_the_procedure_may_be_done_anew() -> None:
    voted = ADMITTED[:-1]
    assert errors(step(S.PRE_REVIEW, "2027-01-01"), voted) == [RedoNotDue]
    assert errors(step(S.PRE_REVIEW, "2027-01-02"), voted) == []
    assert [one.kind for one in windows(voted, LAW, date(2027, 1, 1))] == [S.APPROVAL]
    assert [one.kind for one in windows(voted, LAW, date(2027, 1, 2))] == [S.PRE_REVIEW, S.APPROVAL]


# probation


def test_probation_counts_from_the_meeting_and_not_from_the_approval() -> None:
    before = history(
        *TRAINED[:-2],
        (S.POLITICAL_REVIEW, "2026-03-01"),
        (S.TRAINING, "2026-03-02"),
        (S.PRE_REVIEW, "2026-03-10"),
        (S.MEETING, "2026-03-15"),
        (S.APPROVAL, "2026-06-01"),
        (S.OATH, "2026-06-10"),
        (S.REQUEST, "2027-03-01"),
    )
    end = probation_end(before, Law(LAW, date(2027, 3, 1)))
    assert end is not None and end.day == date(2027, 3, 15)
    assert errors(step(S.CONVERSION, "2027-03-14"), before) == [StepTooEarly]
    assert errors(step(S.CONVERSION, "2027-03-15"), before) == []


def test_an_oath_is_usually_taken_within_a_month_since_2026() -> None:
    late = judge(step(S.OATH, "2026-09-02"), ADMITTED, GROUND, LAW)
    assert [(type(one.error), one.force) for one in late] == [(StepTooLate, Force.REASON)]
    assert errors(step(S.OATH, "2026-09-01"), ADMITTED) == []


def test_a_conversion_is_asked_for_in_writing_and_comes_after_the_oath() -> None:
    at_end = step(S.CONVERSION, "2027-07-01")
    assert errors(at_end, SWORN) == [RequestMissing]
    unsworn = judge(at_end, history(*ADMITTED, (S.REQUEST, "2027-06-25")), GROUND, LAW)
    assert [(type(one.error), one.force) for one in unsworn] == [(OathMissing, Force.REASON)]


@pytest.mark.parametrize(("months", "right"), [(5, False), (6, True), (12, True), (13, False)])
def test_a_probation_is_extended_by_half_a_year_to_a_year(months: int, right: bool) -> None:
    one = step(S.CONVERSION, "2027-07-05", O.EXTEND, months=months)
    assert errors(one, REQUESTED) == ([] if right else [ExtensionUnfit])


def test_a_probation_is_extended_once_and_the_request_is_made_again() -> None:
    extended = history(
        *REQUESTED,
        step(S.CONVERSION, "2027-07-05", O.EXTEND, months=6, until=date(2028, 1, 1)),
        (S.CONVERSION_APPROVAL, "2027-08-01"),
    )
    again = step(S.CONVERSION, "2028-01-03", O.EXTEND, months=6)
    assert errors(again, extended) == [ExtensionSpent]
    assert errors(step(S.CONVERSION, "2027-12-31"), extended) == [StepTooEarly, RequestMissing]
    asked = history(*extended, (S.REQUEST, "2027-12-20"))
    assert errors(step(S.CONVERSION, "2028-01-01"), asked) == []
    assert window(S.CONVERSION, asked, "2027-12-21").earliest == date(2028, 1, 1)


def test_a_cancellation_waits_for_no_end_of_probation() -> None:
    assert errors(step(S.CONVERSION, "2026-12-01", O.CANCEL), SWORN) == []


def test_an_approval_of_a_conversion_after_three_months_is_marked() -> None:
    decided = history(*REQUESTED, (S.CONVERSION, "2027-07-01"))
    (found,) = judge(step(S.CONVERSION_APPROVAL, "2027-10-02"), decided, GROUND, LAW)
    assert isinstance(found.error, StepTooLate) and found.force is Force.MARK


# what comes next


def test_the_next_lawful_day_counts_a_notice_that_is_put_up_today() -> None:
    reviewed = history(*REVIEWED, (S.REVIEW, "2026-07-01"))
    one = window(S.CANDIDATE, reviewed, "2026-07-06", notice_ends=date(2026, 7, 10))
    assert one.earliest == date(2026, 7, 11) and one.missing
    assert "2026" in one.missing[0] and "第十三条" in one.missing[0]


def test_the_next_lawful_day_is_found_by_the_text_in_force_then() -> None:
    before = history((S.APPLICATION, "2025-05-01"), (S.TALK, "2025-05-20"), (S.ACTIVIST, "2025-06-01"))
    reviewed = history(*before, (S.REVIEW, "2025-11-30"))
    one = window(S.CANDIDATE, reviewed, "2025-12-15")
    assert one.earliest == date(2026, 6, 1)
    assert "（2026）" in one.reasons[0] and one.missing


def test_an_overdue_step_says_so_and_the_first_deadline_is_shown() -> None:
    one = window(S.REVIEW, UP_TO_ACTIVIST, "2025-09-01")
    assert one.latest == date(2025, 8, 28)
    assert one.overdue(date(2025, 8, 29)) and not one.overdue(date(2025, 8, 28))
    closing = deadline(windows(UP_TO_ACTIVIST, LAW, date(2025, 9, 1)))
    assert closing is not None and closing.kind is S.REVIEW
    assert deadline(windows(ADMITTED[:-2], LAW, date(2026, 6, 21))) is not None


def test_a_case_taken_over_is_judged_and_all_departures_need_a_reason() -> None:
    found = judge(step(S.CANDIDATE, "2026-01-05"), REVIEWED[:4], GROUND, LAW)
    assert [one.force for one in found] == [Force.REFUSE]
    assert refused(found, "原支部已处理") and refused(found, "", taken_over=True)
    assert refused(found, "原支部已处理", taken_over=True) == []


# properties


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.integers(0, 200))
def test_the_first_lawful_day_is_lawful_and_the_day_before_is_not(first: date, later: int) -> None:
    before = history(
        step(S.APPLICATION, first), step(S.TALK, first), step(S.ACTIVIST, first + timedelta(days=later))
    )
    activist = before[-1].on
    reviewed = history(*before, step(S.REVIEW, months_later(activist, 6)))
    noticed = history(*reviewed, step(S.NOTICE, months_later(activist, 6)))
    one = next(w for w in windows(noticed, LAW, activist) if w.kind is S.CANDIDATE)
    assert one.earliest == months_later(activist, 12)
    early = errors(step(S.CANDIDATE, one.earliest - timedelta(days=1)), noticed)
    assert StepTooEarly in early and StepTooEarly not in errors(step(S.CANDIDATE, one.earliest), noticed)


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.integers(0, 400))
def test_a_probation_lasts_a_year_whenever_it_was_approved(meeting: date, wait: int) -> None:
    steps = [
        *TRAINED,
        step(S.MEETING, meeting),
        step(S.APPROVAL, meeting + timedelta(days=wait)),
    ]
    end = probation_end(steps, Law(LAW, meeting))
    assert end is not None and end.day == months_later(meeting, 12)
    assert (end.day - meeting).days in (365, 366)


@given(st.dates(date(2015, 1, 1), date(2040, 12, 31)), st.integers(1, 60))
def test_natural_months_are_clipped_and_never_lost(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
