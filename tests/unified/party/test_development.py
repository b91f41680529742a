"""Development cases through the door: step by step, judged by the text of each day, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from tests.unified.party.hall import ELSEWHERE, Hall, hall
from tests.unified.party.meeting import held, plan, vote
from tests.unified.party.pipeline import (
    APPLIED,
    LATER,
    PAPER,
    TALLY,
    WAY,
    advance,
    apply,
    ballot,
    meeting_hall,
    record,
    staff_id,
    step,
)
from xuequ import Actor, Holding, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems, XuequError
from xuequ.core.journal import FactRow
from xuequ.core.source import Source
from xuequ.registry.models.people import Person
from xuequ.registry.models.staff import Employment, Staff
from xuequ.unified.party.errors.development import (
    ApplicantUnknown,
    BirthDateMissing,
    CaseEndUnfit,
    CaseNotTakenOver,
    CaseOpenAlready,
    CaseOver,
    CaseUnknown,
    FirstStep,
    LeavingSoon,
    MemberAlready,
    NoBranch,
    NoticeTooShort,
    ProbationRuns,
    SponsorTwice,
    SponsorUnfit,
    SponsorUnknown,
    StepBeforeLast,
    StepInFuture,
    StepNotLast,
    StepStands,
    StepThere,
    StepTooEarly,
    StepTooLate,
    StepUnknown,
    StepVoidedAlready,
    TallyDiffers,
    TallyImpossible,
    TallyMissing,
    TooYoung,
    VoteMissing,
    VoteSaysOtherwise,
)
from xuequ.unified.party.errors.votes import NoQuorum, VoteStandsUnderStep
from xuequ.unified.party.models.members import Affiliation, Member, MemberStatus
from xuequ.unified.party.schemas.development import (
    Application,
    CaseTakenOver,
    Closing,
    SponsorReplacement,
    StepTakenOver,
    Voiding,
)
from xuequ.unified.party.schemas.meetings import MeetingHolding
from xuequ.unified.party.schemas.meetings import Voiding as MeetingVoiding
from xuequ.unified.party.schemas.votes import OpinionFiling, TallyCount
from xuequ.unified.party.states.development import CASE_KIND, CaseEnd, Outcome, Phase, Role, StepKind
from xuequ.unified.party.states.votes import VoteKind

S = StepKind
MISTAKE = Voiding(reason="日期录错")


@pytest.fixture
def place(session: Session) -> Hall:
    return meeting_hall(session)


def refusal(place: Hall, case_id: int, kind: str, on: str, **more: Any) -> XuequError:
    with pytest.raises(XuequError) as caught:
        record(place, case_id, kind, on, **{"yes": None, **more})
    return caught.value


def told(place: Hall) -> list[str]:
    names = place.session.scalars(select(FactRow.name).order_by(FactRow.id))
    return [name for name in names if name.startswith("party.development")]


# the whole way


def test_a_case_goes_from_application_to_full_membership(place: Hall) -> None:
    view = advance(place)
    assert (view.end, view.closed_on) == (CaseEnd.CONVERTED, date(2027, 8, 1))
    member = place.session.get_one(Member, (place.door.context.scope.county_id, view.member_id))
    assert (member.joined_on, member.full_on) == (date(2026, 7, 1), date(2027, 7, 1))
    assert not place.door.party.development.exceptions()
    assert told(place)[:2] == ["party.development_step_recorded", "party.development_opened"]
    assert told(place)[-1] == "party.development_closed"


def test_membership_counts_from_the_meeting_and_not_from_its_approval(place: Hall) -> None:
    view = advance(place, "approval")
    assert view.phase is Phase.PROBATIONARY and view.probation_ends == date(2027, 7, 1)
    spans = place.session.execute(
        select(MemberStatus.state, MemberStatus.since).where(MemberStatus.member_id == view.member_id)
    ).all()
    assert spans == [("probationary", date(2026, 7, 1))]
    branch = select(Affiliation.branch_id).where(Affiliation.member_id == view.member_id)
    assert place.session.scalars(branch).one() == place.branch_id


def test_each_step_keeps_the_entries_of_its_own_text(place: Hall) -> None:
    """One case crosses the texts of 2014 and 2026, and each step says by which article it was judged."""
    view = advance(place, "meeting")
    texts = {one.kind: {used.authority for used in one.standards} for one in view.steps}
    assert texts[S.ACTIVIST] == {"《中国共产党发展党员工作细则》（2014）"}
    assert texts[S.CANDIDATE] == {"《中国共产党发展党员工作细则》（2026）"}
    naming = next(one for one in view.steps if one.kind is S.CANDIDATE)
    filing = next(used for used in naming.standards if used.key.endswith("filing"))
    assert (filing.value, filing.checked) == ("filing", "memory")
    of_steps = next(used for used in naming.standards if used.key.endswith("steps"))
    assert of_steps.article == "第十三条"


def test_what_a_step_was_judged_by_stays_when_the_rules_change(place: Hall) -> None:
    """The entries are kept with the step, and not looked up when it is shown."""
    before = advance(place, "activist").steps
    case = place.door.party.development.cases()[0]
    assert case.steps == before and before[-1].standards


# applying


def test_who_has_a_case_or_is_a_member_does_not_apply(place: Hall) -> None:
    apply(place)
    with pytest.raises(CaseOpenAlready, match="2025-01-10"):
        apply(place)
    member = place.session.scalars(select(Member.person_id).where(Member.id == place.probationary[0])).one()
    with pytest.raises(MemberAlready):
        place.door.party.development.open_case(
            Application(staff_id=staff_id(place.session, member), on=APPLIED, document=PAPER)
        )


def test_an_applicant_is_of_age_and_on_the_staff(place: Hall) -> None:
    person = place.spare[0]
    born = update(Person).where(Person.id == person)
    place.session.execute(born.values(birth_date=date(2007, 1, 11)))
    with pytest.raises(TooYoung, match="17"):
        apply(place)
    place.session.execute(born.values(birth_date=None))
    with pytest.raises(BirthDateMissing):
        apply(place)
    with pytest.raises(ApplicantUnknown):
        place.door.party.development.open_case(Application(staff_id=7, on=APPLIED, document=PAPER))
    with pytest.raises(StepInFuture):
        apply(place, 1, date(2028, 1, 4))
    with pytest.raises(NoBranch):
        apply(place, 1, date(2015, 6, 30))


# steps


def test_a_step_out_of_turn_too_early_or_dated_back_is_refused(place: Hall) -> None:
    case_id = advance(place, "activist").id
    assert isinstance(refusal(place, case_id, "candidate", "2026-03-01"), IllegalTransition)
    assert isinstance(refusal(place, case_id, "review", "2025-02-27"), StepBeforeLast)
    record(place, case_id, "review", "2025-08-20")
    early = refusal(place, case_id, "candidate", "2026-02-20")
    assert isinstance(early, StepTooEarly) and early.earliest == "2026-02-28"
    assert isinstance(refusal(place, case_id, "talk", "2025-08-20"), StepThere)


def test_several_things_wrong_with_a_step_are_told_at_once(place: Hall) -> None:
    case_id = advance(place, "review").id
    found = refusal(place, case_id, "candidate", "2026-09-01")
    assert isinstance(found, Problems)
    assert [one.error.code for one in found.problems] == [
        "party.development_too_late",
        "party.development_notice_missing",
    ]


def test_what_is_usual_is_departed_from_with_a_reason_that_is_listed(place: Hall) -> None:
    case_id = apply(place).id
    assert isinstance(refusal(place, case_id, "talk", "2025-03-01"), StepTooLate)
    record(place, case_id, "talk", "2025-03-01", reason="支部换届")
    (one,) = place.door.party.development.exceptions()
    assert (one.step, one.reason) == (S.TALK, "支部换届")
    assert "2025-02-10" in one.says and "第七条" in one.says


def test_a_contact_or_introducer_is_a_full_member_of_the_branch_on_that_day(place: Hall) -> None:
    case_id = advance(place, "talk").id
    for wrong in (place.probationary[0], 7):
        found = refusal(place, case_id, "activist", "2025-02-28", sponsors=[wrong])
        assert isinstance(found, SponsorUnfit)
    record(place, case_id, "activist", "2025-02-28", sponsors=[place.full[0]])


def test_a_notice_hangs_for_five_working_days_that_skip_the_october_holiday(place: Hall) -> None:
    """30 September 2026 is a Wednesday; 1 to 7 October are off, and Saturday the 10th is worked."""
    case_id = advance(place, "review").id
    record(place, case_id, "review", "2026-08-05")
    view = record(place, case_id, "notice", "2026-09-30")
    assert view.steps[-1].until == date(2026, 10, 12)
    assert view.steps[-1].provisional == ""
    short = refusal(place, case_id, "notice", "2026-10-13", until="2026-10-18")
    assert isinstance(short, NoticeTooShort)


def test_a_notice_in_a_year_without_its_calendar_is_provisional(place: Hall) -> None:
    case_id = advance(place, "review").id
    record(place, case_id, "review", "2026-08-05")
    record(place, case_id, "review", "2027-02-01")
    view = record(place, case_id, "notice", "2027-03-01")
    assert "2027" in view.steps[-1].provisional
    assert "2027" in next(one for one in view.next_steps if one.kind is S.CANDIDATE).reasons[-1]


def test_who_leaves_by_a_registered_end_of_employment_is_not_admitted_without_a_reason(place: Hall) -> None:
    case_id = advance(place, "training").id
    mine = Employment.staff_id == staff_id(place.session, place.spare[0])
    place.session.execute(update(Employment).where(mine).values(until=date(2026, 9, 10)))
    assert isinstance(refusal(place, case_id, "pre_review", "2026-06-20"), LeavingSoon)
    view = record(place, case_id, "pre_review", "2026-06-20", reason="调动推迟，新单位同意")
    assert view.steps[-1].leaving_on == date(2026, 9, 10) and view.steps[-1].exceptions


def test_a_planned_transfer_given_as_data_counts_too(place: Hall) -> None:
    case_id = advance(place, "training").id
    found = refusal(place, case_id, "pre_review", "2026-06-20", leaving_on="2026-09-01")
    assert isinstance(found, LeavingSoon)
    record(place, case_id, "pre_review", "2026-06-20", leaving_on="2026-10-01")


# votes


def test_a_meeting_stands_on_the_vote_on_the_case_of_its_day(place: Hall) -> None:
    first, second = advance(place, "pre_review"), advance(place, "pre_review", 1)
    assert isinstance(refusal(place, first.id, "meeting", "2026-07-01"), VoteMissing)
    voted = ballot(place, first.id, "meeting", "2026-07-01")
    for case_id, on in ((second.id, "2026-07-01"), (first.id, "2026-07-02")):  # another's, another day's
        assert isinstance(refusal(place, case_id, "meeting", on), VoteMissing)
    made = record(place, first.id, "meeting", "2026-07-01", yes=None).steps[-1]
    assert (made.outcome, made.due, made.present, made.yes) == (Outcome.PASSED, 8, 7, 5)
    assert made.vote == Source("party.vote", voted.id)


def test_who_is_voted_down_is_not_admitted_and_goes_through_the_review_again(place: Hall) -> None:
    case_id = advance(place, "pre_review").id
    ballot(place, case_id, "meeting", "2026-07-01", yes=4)
    found = refusal(place, case_id, "meeting", "2026-07-01")
    assert isinstance(found, VoteSaysOtherwise) and found.decided == "未通过"
    view = record(place, case_id, "meeting", "2026-07-01", yes=None, outcome="failed")
    assert view.steps[-1].outcome is Outcome.FAILED and view.phase is Phase.CANDIDATE
    assert [one.kind for one in view.next_steps] == [S.PRE_REVIEW]


def test_a_passed_vote_is_not_recorded_as_a_failed_one(place: Hall) -> None:
    case_id = advance(place, "pre_review").id
    ballot(place, case_id, "meeting", "2026-07-01")
    found = refusal(place, case_id, "meeting", "2026-07-01", outcome="failed")
    assert isinstance(found, VoteSaysOtherwise)


def test_a_conversion_takes_the_vote_on_the_conversion(place: Hall) -> None:
    case_id = advance(place, "request").id
    meeting = held(place, place.full, on=date(2027, 7, 1))
    case = (Source(CASE_KIND, case_id),)
    vote(place.door, meeting.id, 8, VoteKind.ADMISSION, case)
    assert isinstance(refusal(place, case_id, "conversion", "2027-07-01"), VoteMissing)
    vote(place.door, meeting.id, 4, VoteKind.CONVERSION, case)
    assert isinstance(refusal(place, case_id, "conversion", "2027-07-01"), VoteSaysOtherwise)
    view = record(place, case_id, "conversion", "2027-07-01", yes=None, outcome="failed")
    assert {one.kind for one in view.next_steps} == {S.REQUEST, S.CONVERSION}


def test_a_cancellation_that_is_voted_down_is_recorded_before_the_probation_is_over(place: Hall) -> None:
    view = advance(place, "oath")
    ballot(place, view.id, "conversion", "2026-12-01", yes=4)
    cancelling = {"outcome": Outcome.CANCEL}
    found = refusal(place, view.id, "conversion", "2026-12-01", **cancelling)
    assert isinstance(found, VoteSaysOtherwise)
    made = record(place, view.id, "conversion", "2026-12-01", yes=None, outcome=Outcome.FAILED)
    assert made.phase is Phase.PROBATIONARY and made.closed_on is None


def test_a_tally_that_is_said_beside_the_vote_agrees_with_it(place: Hall) -> None:
    case_id = advance(place, "pre_review").id
    own = {"tally": {"due": 8, "present": 7, "yes": 6}}
    assert isinstance(refusal(place, case_id, "meeting", "2026-07-01", **own), VoteMissing)
    ballot(place, case_id, "meeting", "2026-07-01")
    found = refusal(place, case_id, "meeting", "2026-07-01", **own)
    assert isinstance(found, TallyDiffers) and found.yes == 5
    record(place, case_id, "meeting", "2026-07-01", yes=None, tally=TALLY)


def test_written_opinions_are_in_the_tally_of_the_step(place: Hall) -> None:
    case_id = advance(place, "pre_review").id
    day, case = date(2026, 7, 1), Source(CASE_KIND, case_id)
    meeting_id = plan(place, on=day)
    before: dict[str, Any] = {"kind": VoteKind.ADMISSION, "filed_on": date(2026, 6, 30), "subject": case}
    opinions = [OpinionFiling(member_id=one, **before) for one in place.full[6:]]
    place.door.party.votes.file_opinions(meeting_id, opinions)
    holding = MeetingHolding(held_on=day, agenda="讨论接收", present=place.full[:6])
    place.door.party.meetings.hold(meeting_id, holding)
    vote(place.door, meeting_id, 4, subjects=(case,), written=TallyCount(yes=2))
    made = record(place, case_id, "meeting", "2026-07-01", yes=None).steps[-1]
    assert (made.due, made.present, made.yes) == (8, 6, 6)


def test_a_vote_under_a_step_is_not_voided_before_the_step_is(place: Hall) -> None:
    view = advance(place, "meeting")
    made, votes = view.steps[-1], place.door.party.votes
    decided, mistake = votes.decision_of(Source(CASE_KIND, view.id)), MeetingVoiding(reason="计票有误")
    assert decided is not None
    acts: tuple[Callable[[], object], ...] = (
        lambda: votes.void_vote(decided.id, mistake),
        lambda: place.door.party.meetings.void(decided.meeting_id, mistake),
    )
    for act in acts:
        with pytest.raises(VoteStandsUnderStep) as refused:
            act()
        assert (refused.value.step, refused.value.on) == (S.MEETING.label, "2026-07-01")
        assert refused.value.staff == view.staff_no
    place.door.party.development.void_step(made.id, MISTAKE)
    votes.void_vote(decided.id, mistake)
    assert isinstance(refusal(place, view.id, "meeting", "2026-07-01"), VoteMissing)


def test_a_case_of_before_keeps_the_tally_as_it_is_said(place: Hall) -> None:
    def taking(**more: Any) -> CaseTakenOver:
        own = {"meeting": more}
        steps = tuple(step(place, kind, on, **own.get(kind, {})) for kind, on in WAY[:10])
        staff = staff_id(place.session, place.spare[0])
        return CaseTakenOver(staff_id=staff, on=APPLIED, document=PAPER, steps=tuple(steps))

    take = place.door.party.development.take_over_case
    for more, wrong in (
        ({}, TallyMissing),
        ({"tally": {"due": 8, "present": 4, "yes": 8}}, NoQuorum),
        ({"tally": {"due": 8, "present": 8, "yes": 4}}, VoteSaysOtherwise),
        ({"tally": {"due": 9, "present": 9, "yes": 9}}, TallyImpossible),
        ({"tally": TALLY, "reason": "以前的会", "outcome": "failed"}, VoteSaysOtherwise),
    ):
        with pytest.raises(wrong):
            take(taking(**more))
    made = take(taking(tally=TALLY)).steps[-1]
    assert (made.vote, made.due, made.present, made.yes) == (None, 8, 7, 5)


# what comes after the meeting


def test_a_late_approval_is_marked_and_the_redoing_proposed(place: Hall) -> None:
    view = advance(place, "meeting")
    assert "2027-01-01" in view.redo_proposed
    marked = record(place, view.id, "approval", "2026-12-01")
    (one,) = place.door.party.development.exceptions()
    assert one.code == StepTooLate.code and marked.phase is Phase.PROBATIONARY


def test_a_probation_is_extended_once_and_then_ends(place: Hall) -> None:
    case_id = advance(place, "request").id
    record(place, case_id, "conversion", "2027-07-01", outcome=Outcome.EXTEND, months=6)
    view = record(place, case_id, "conversion_approval", "2027-07-20")
    assert view.probation_ends == date(2028, 1, 1) and view.closed_on is None
    record(place, case_id, "request", "2027-12-20")
    view = record(place, case_id, "conversion", "2028-01-02")
    assert record(place, case_id, "conversion_approval", "2028-01-03").end is CaseEnd.CONVERTED


def test_a_cancelled_probation_ends_the_membership(place: Hall) -> None:
    view = advance(place, "oath")
    record(place, view.id, "conversion", "2026-12-01", outcome=Outcome.CANCEL)
    done = record(place, view.id, "conversion_approval", "2026-12-20")
    assert done.end is CaseEnd.CANCELLED
    member = place.session.get_one(Member, (place.door.context.scope.county_id, view.member_id))
    assert member.exit == "cancelled"


# contacts who leave


def test_a_contact_who_is_no_full_member_any_more_is_listed_and_replaced(place: Hall) -> None:
    view, development = advance(place, "activist"), place.door.party.development
    leaving, other, fresh = place.full[0], place.full[1], place.full[4]
    gone = (MemberStatus.member_id == leaving, MemberStatus.until.is_(None))
    place.session.execute(update(MemberStatus).where(*gone).values(until=date(2026, 1, 1)))
    (one,) = development.sponsors_to_replace()
    assert (one.role, one.member_id, one.case_id) == (Role.CONTACT, leaving, view.id)
    assert development.sponsors_to_replace(date(2025, 12, 31)) == []

    def replacing(old: int, new: int, on: date = date(2026, 1, 5)) -> SponsorReplacement:
        return SponsorReplacement(
            role=Role.CONTACT, old_member_id=old, new_member_id=new, on=on, reason="转出"
        )

    for command, wrong in (
        (replacing(fresh, other), SponsorUnknown),
        (replacing(leaving, other), SponsorTwice),
        (replacing(leaving, place.probationary[0]), SponsorUnfit),
        (replacing(leaving, fresh, date(2028, 2, 1)), StepInFuture),
    ):
        with pytest.raises(wrong):
            development.replace_sponsor(view.id, command)
    shown = development.replace_sponsor(view.id, replacing(leaving, fresh)).sponsors
    assert {(one.member_id, one.until, one.replaces_id) for one in shown} == {
        (leaving, date(2026, 1, 5), None),
        (other, None, None),
        (fresh, None, leaving),
    }
    assert development.sponsors_to_replace() == []


# voiding and closing


def test_steps_are_voided_from_the_end_backwards_and_stay_crossed_out(place: Hall) -> None:
    view, development = advance(place, "activist"), place.door.party.development
    talk, activist = view.steps[1].id, view.steps[2].id
    with pytest.raises(StepNotLast):
        development.void_step(talk, MISTAKE)
    shown = development.void_step(activist, MISTAKE)
    assert [(one.kind, one.voided) for one in shown.steps] == [
        (S.APPLICATION, False),
        (S.TALK, False),
        (S.ACTIVIST, True),
    ]
    assert shown.phase is Phase.APPLICANT and shown.sponsors == ()
    with pytest.raises(StepVoidedAlready):
        development.void_step(activist, MISTAKE)
    record(place, view.id, "activist", "2025-03-01")
    with pytest.raises(StepUnknown):
        development.void_step(7, MISTAKE)


def test_an_application_and_what_made_a_member_are_not_voided(place: Hall) -> None:
    view, development = apply(place, 1), place.door.party.development
    with pytest.raises(FirstStep):
        development.void_step(view.steps[0].id, MISTAKE)
    admitted = advance(place, "approval")
    with pytest.raises(StepStands):
        development.void_step(admitted.steps[-1].id, MISTAKE)


def test_a_case_is_closed_with_a_reason_and_another_may_be_opened(place: Hall) -> None:
    view, development = advance(place, "activist"), place.door.party.development
    closing = Closing(end=CaseEnd.WITHDRAWN, on=date(2025, 6, 1), reason="本人书面撤回")
    with pytest.raises(CaseEndUnfit):
        development.close_case(view.id, closing.model_copy(update={"end": CaseEnd.CONVERTED}))
    with pytest.raises(StepBeforeLast):
        development.close_case(view.id, closing.model_copy(update={"on": date(2025, 2, 1)}))
    with pytest.raises(StepInFuture):
        development.close_case(view.id, closing.model_copy(update={"on": date(2029, 2, 1)}))
    closed = development.close_case(view.id, closing)
    assert (closed.end, closed.next_steps) == (CaseEnd.WITHDRAWN, ())
    assert isinstance(refusal(place, view.id, "review", "2025-08-01"), CaseOver)
    assert apply(place, on=date(2026, 1, 5)).id != view.id


def test_a_probation_is_not_simply_closed(place: Hall) -> None:
    view = advance(place, "approval")
    closing = Closing(end=CaseEnd.STOPPED, on=date(2026, 9, 1), reason="停止")
    with pytest.raises(ProbationRuns):
        place.door.party.development.close_case(view.id, closing)


# joining in mid-case


def taken(place: Hall, *steps: tuple[str, str], number: int = 0, **more: Any) -> CaseTakenOver:
    made = tuple(step(place, kind, on, **more) for kind, on in steps)
    applicant = staff_id(place.session, place.spare[number])
    return CaseTakenOver(staff_id=applicant, on=APPLIED, document=PAPER, steps=made)


def test_a_case_under_way_is_taken_over_and_each_step_judged_by_the_text_of_its_day(place: Hall) -> None:
    development = place.door.party.development
    early = (("talk", "2025-02-05"), ("activist", "2025-02-28"), ("review", "2025-08-20"))
    with pytest.raises(StepTooEarly):
        development.take_over_case(taken(place, *early, ("candidate", "2026-01-20")))
    view = development.take_over_case(taken(place, *early, ("candidate", "2026-01-20"), reason="原单位已定"))
    assert view.taken_over and view.phase is Phase.CANDIDATE
    (one,) = development.exceptions()
    assert (one.step, one.code, one.reason) == (S.CANDIDATE, StepTooEarly.code, "原单位已定")
    record(place, view.id, "political_review", "2026-06-05")


def test_a_probationary_member_who_is_entered_already_is_linked_to_the_case(place: Hall) -> None:
    member = place.probationary[0]
    person = place.session.scalars(select(Member.person_id).where(Member.id == member)).one()
    way = (
        ("talk", "2024-01-20"),
        ("activist", "2024-02-01"),
        ("review", "2024-08-01"),
        ("review", "2025-02-01"),
        ("candidate", "2025-02-10"),
        ("political_review", "2025-03-01"),
        ("training", "2025-03-10"),
        ("pre_review", "2026-03-01"),
        ("meeting", "2026-03-16"),
        ("approval", "2026-04-16"),
    )
    tallied = {"meeting": {"tally": TALLY}}
    steps = tuple(step(place, kind, on, **tallied.get(kind, {})) for kind, on in way)
    command = CaseTakenOver(
        staff_id=staff_id(place.session, person), on=date(2024, 1, 5), document=PAPER, steps=steps
    )
    view = place.door.party.development.take_over_case(command)
    assert view.member_id == member and view.probation_ends == date(2027, 3, 16)


def test_many_past_steps_are_entered_at_once_but_only_in_cases_taken_over(place: Hall) -> None:
    development = place.door.party.development
    first = development.take_over_case(taken(place)).id
    talk = step(place, "talk", "2025-02-05")
    activist = step(place, "activist", "2025-02-28")
    development.take_over_steps(
        [StepTakenOver(case_id=first, step=talk), StepTakenOver(case_id=first, step=activist)]
    )
    assert development.case(first).phase is Phase.ACTIVIST
    began_here = apply(place, 1).id
    with pytest.raises(CaseNotTakenOver):
        development.take_over_steps([StepTakenOver(case_id=began_here, step=talk)])


# what comes next


def test_the_next_lawful_day_is_shown_with_its_reasons(place: Hall) -> None:
    case_id = advance(place, "review").id
    view = place.at(date(2026, 7, 6)).party.development.case(case_id)
    naming = next(one for one in view.next_steps if one.kind is S.CANDIDATE)
    assert naming.earliest == date(2026, 7, 11)  # five working days from Monday the 6th
    assert "公示" in naming.missing[0] and any("第十三条" in reason for reason in naming.reasons)
    review = next(one for one in view.next_steps if one.kind is S.REVIEW)
    assert (review.latest, review.overdue) == (date(2026, 8, 10), False)


def test_the_ledger_tells_how_far_each_is_and_what_is_overdue(place: Hall) -> None:
    advance(place, "review")
    advance(place, "approval", 1)
    ledger = place.door.party.development.ledger(date(2026, 9, 15))
    assert [(one.phase, one.count) for one in ledger.phases] == [
        (Phase.APPLICANT, 0),
        (Phase.ACTIVIST, 1),
        (Phase.CANDIDATE, 0),
        (Phase.PROBATIONARY, 1),
    ]
    activist, probationary = ledger.lines
    assert (activist.due_step, activist.latest, activist.overdue) == (S.REVIEW, date(2026, 8, 10), "逾期")
    assert probationary.admitted_on == date(2026, 7, 1) and "2027-06-30" in probationary.remark
    before = place.door.party.development.ledger(date(2025, 3, 1))
    assert [line.phase for line in before.lines] == [Phase.ACTIVIST, Phase.ACTIVIST]


def test_reading_many_cases_takes_no_statement_a_case(place: Hall) -> None:
    def statements() -> int:
        count = 0

        def seen(*_: Any) -> None:
            nonlocal count
            count += 1

        connection = place.session.connection()
        event.listen(connection, "before_cursor_execute", seen)
        place.at(LATER).party.development.cases()
        place.at(LATER).party.development.ledger(date(2026, 9, 1))
        event.remove(connection, "before_cursor_execute", seen)
        return count

    first, second = advance(place, "review").id, apply(place, 1).id
    one = statements()
    for kind, on in (("talk", "2025-02-05"), ("activist", "2025-02-28"), ("review", "2025-08-20")):
        record(place, second, kind, on)
    assert first != second and statements() == one


# who may


def actor(post: Post, at: str, number: str = "qianfeng-s1-T1") -> Actor:
    return Actor(number, (Holding(post, at),))


def test_the_room_is_the_secretary_and_commissioners_only(place: Hall) -> None:
    here = place.door.context.place
    case_id = apply(place).id
    for post, may in (
        (Post.PARTY_SECRETARY, True),
        (Post.PARTY_COMMISSIONER, True),
        (Post.PRINCIPAL, False),
        (Post.BUREAU_OFFICER, False),
    ):
        door = place.at(LATER, actor(post, here))
        if may:
            assert door.party.development.case(case_id).id == case_id
        else:
            with pytest.raises(ActionNotPermitted):
                door.party.development.case(case_id)
    with pytest.raises(ActionNotPermitted):  # a commissioner records, and does not void
        commissioner = place.at(LATER, actor(Post.PARTY_COMMISSIONER, here))
        commissioner.party.development.void_step(7, MISTAKE)


def test_an_applicant_sees_the_own_case_and_no_other(place: Hall) -> None:
    first, _ = advance(place, "activist"), advance(place, "talk", 1)
    number = place.session.scalars(select(Staff.staff_no).where(Staff.person_id == place.spare[0])).one()
    school = f"{place.door.context.place}/s2"
    own = place.at(LATER, actor(Post.TEACHER, school, number)).party.development.own_cases("s2")
    assert [(one.id, one.phase) for one in own] == [(first.id, Phase.ACTIVIST)]
    assert [one.kind for one in own[0].steps] == [S.APPLICATION, S.TALK, S.ACTIVIST]
    other = place.at(LATER, actor(Post.TEACHER, school, "qianfeng-s1-T1"))
    assert other.party.development.own_cases("s2") == []


def test_two_districts_do_not_see_each_others_cases(place: Hall) -> None:
    case_id = advance(place, "activist").id
    other = hall(place.session, ELSEWHERE, today=LATER, spare=1)
    development = other.door.party.development
    assert development.cases() == [] and development.ledger().lines == ()
    with pytest.raises(CaseUnknown):
        development.case(case_id)
    with pytest.raises(CaseUnknown):
        development.record_step(case_id, step(other, "review", "2025-08-20"))
    foreign = step(place, "activist", "2025-02-28", sponsors=[other.full[0]])
    second = advance(place, "talk", 1).id
    with pytest.raises(SponsorUnfit):
        place.door.party.development.record_step(second, foreign)


def test_facts_name_nobody(place: Hall) -> None:
    advance(place)
    payloads = place.session.scalars(select(FactRow.payload).where(FactRow.name.startswith("party.dev")))
    for payload in payloads:
        assert "师" not in payload and PAPER not in payload
