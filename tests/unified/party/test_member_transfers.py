"""Memberships that go from branch to branch, with one responsible branch at every instant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.registry.staffing import school as school_id
from tests.registry.staffing import staff as staff_id
from tests.unified.party.hall import ELSEWHERE, FULL_ON, JOINED, TODAY, Hall, hall
from xuequ.core.access import Post
from xuequ.registry.models.staff import Employment, Placement
from xuequ.registry.schemas.staff import StandingRecord
from xuequ.registry.states.staff import StandingKind
from xuequ.standards.codes.staff import BackboneLevel
from xuequ.testing import make_district
from xuequ.unified.party.errors.members import (
    ChangedLater,
    DayAhead,
    MemberKnown,
    MemberUnknown,
    NotInBranch,
    StillOnTheMove,
)
from xuequ.unified.party.errors.transfers import (
    AwayAlready,
    DestinationSame,
    DestinationUnclear,
    DestinationWithoutBranch,
    JoinedOtherwise,
    LetterClosed,
    LetterExpired,
    LetterNumberTaken,
    LetterOtherWay,
    LetterTooLong,
    LetterUnknown,
    NotAway,
    NotForTransfer,
    ReceivedBeforeIssued,
)
from xuequ.unified.party.schemas.members import Admission, MemberEnding, Suspension
from xuequ.unified.party.schemas.transfers import LetterIssuing, TakingIn
from xuequ.unified.party.service.members import MembersService
from xuequ.unified.party.states.members import Alarm, LetterState, MemberExit, MemberState, Turn

ISSUED, RECEIVED = date(2026, 10, 8), date(2026, 10, 20)
NO = "〔2026〕第017号"


@dataclass(frozen=True)
class Halls:
    """Two districts of one county, each with its branch."""

    here: Hall
    there: Hall


@pytest.fixture
def halls(session: Session) -> Halls:
    return Halls(
        hall(session, schools=1), hall(session, ELSEWHERE, full=3, probationary=0, committee=0, schools=1)
    )


def at(stand: Hall, day: date = TODAY) -> MembersService:
    return stand.at(day).party.members


def issuing(member_id: int, **more: Any) -> LetterIssuing:
    values: dict[str, Any] = {"number": NO, "to_district": "dasi", "issued_on": ISSUED, "valid_days": 60}
    return LetterIssuing(member_id=member_id, **values | more)


def issue(halls: Halls, member_id: int, **more: Any) -> int:
    return at(halls.here).issue_transfer(issuing(member_id, **more))


def taking(person_id: int, **more: Any) -> TakingIn:
    values: dict[str, Any] = {"joined_on": JOINED, "full_on": FULL_ON, "from_outside": "外县某支部"}
    values |= {"number": "外〔2026〕3号", "issued_on": ISSUED, "valid_days": 60, "on": RECEIVED}
    return TakingIn(person_id=person_id, **values | more)


def responsible(stand: Hall, member_id: int) -> list[tuple[int, date, date | None]]:
    seen = at(stand).membership(member_id)
    return [(one.branch_id, one.since, one.until) for one in seen.affiliations]


# within the county


def test_the_old_branch_is_responsible_until_the_new_one_receives(halls: Halls) -> None:
    one = halls.here.full[0]
    letter = issue(halls, one)
    assert [span[0] for span in responsible(halls.here, one)] == [halls.here.branch_id]
    assert at(halls.there).transfers()[0].id == at(halls.here).transfers()[0].id == letter
    at(halls.there).receive_transfer(letter, RECEIVED, halls.there.groups[0])
    (old, _, until), (new, since, _) = responsible(halls.there, one)
    assert (old, new) == (halls.here.branch_id, halls.there.branch_id)
    assert until == since == RECEIVED
    assert one not in {m.id for m in at(halls.here).roster()}
    assert {m.id: m.group_id for m in at(halls.there).roster()}[one] == halls.there.groups[0]
    assert one in {m.id for m in at(halls.here).roster(RECEIVED - timedelta(days=1))}


def test_seat_group_and_post_in_the_old_branch_end_with_the_transfer(halls: Halls) -> None:
    one = halls.here.full[1]
    at(halls.there).receive_transfer(issue(halls, one), RECEIVED)
    assert one not in {seat.member_id for seat in at(halls.here).committee()}
    posts = halls.here.at(TODAY).registry.posts.holders(TODAY)
    assert len([held for held in posts if held.post is Post.PARTY_COMMISSIONER]) == 1
    seen = {m.id: m for m in at(halls.there).roster()}[one]
    assert seen.group_id is None and seen.state is MemberState.FULL


def test_a_letter_received_twice_has_one_effect_and_the_second_is_told_so(halls: Halls) -> None:
    one = halls.here.full[0]
    letter = issue(halls, one)
    at(halls.there).receive_transfer(letter, RECEIVED)
    before = responsible(halls.there, one)
    with pytest.raises(LetterClosed, match="已接收"):
        at(halls.there).receive_transfer(letter, RECEIVED)
    with pytest.raises(LetterClosed):
        at(halls.here).return_transfer(letter, "误", RECEIVED)
    assert responsible(halls.there, one) == before


def test_an_expired_letter_goes_back_and_the_member_stays(halls: Halls) -> None:
    one = halls.here.full[0]
    letter = issue(halls, one, valid_days=20)
    last, over = date(2026, 10, 27), date(2026, 10, 28)
    assert at(halls.here).transfers()[0].last_day == last
    with pytest.raises(LetterExpired):
        at(halls.there).receive_transfer(letter, over)
    listed = [alarm for alarm in at(halls.here, over).alarms() if alarm.alarm is Alarm.LETTER_EXPIRED]
    assert [(alarm.member_id, alarm.what) for alarm in listed] == [(one, NO)]
    assert not [a for a in at(halls.here, last).alarms() if a.alarm is Alarm.LETTER_EXPIRED]
    assert not [a for a in at(halls.there, over).alarms() if a.alarm is Alarm.LETTER_EXPIRED]
    at(halls.here).return_transfer(letter, "超过有效期", over)
    assert [span[0] for span in responsible(halls.here, one)] == [halls.here.branch_id]
    again = issue(halls, one, number="〔2026〕第018号", issued_on=over)
    at(halls.there).receive_transfer(again, TODAY)
    assert len(responsible(halls.there, one)) == 2


def test_a_letter_received_on_its_last_day_is_received(halls: Halls) -> None:
    letter = issue(halls, halls.here.full[0], valid_days=20)
    at(halls.there).receive_transfer(letter, date(2026, 10, 27))
    assert at(halls.there).transfers(opened=False)[0].state is LetterState.RECEIVED


def test_a_letter_is_valid_for_three_months_unless_there_is_a_reason(halls: Halls) -> None:
    one = halls.here.full[0]
    with pytest.raises(LetterTooLong):
        issue(halls, one, valid_days=94)
    assert issue(halls, one, valid_days=93), "through 8 January, three months later"
    issue(halls, halls.here.full[1], valid_days=94, number="2", reason="海外")


def test_a_transfer_that_leaves_nobody_or_two_responsible_is_refused(session: Session, halls: Halls) -> None:
    one = halls.here.full[0]
    make_district(session, "530921/xinqu", schools=1, pupils=0, staff=1)
    with pytest.raises(DestinationWithoutBranch):
        issue(halls, one, to_district="xinqu")
    with pytest.raises(DestinationWithoutBranch):
        issue(halls, one, to_district="nowhere")
    with pytest.raises(DestinationSame):
        issue(halls, one, to_district="qianfeng")
    with pytest.raises(DestinationUnclear):
        issue(halls, one, to_outside="外县某支部")
    with pytest.raises(DestinationUnclear):
        issue(halls, one, to_district=None)
    issue(halls, one)
    with pytest.raises(StillOnTheMove):
        issue(halls, one, number="2", to_district=None, to_outside="外县某支部")
    with pytest.raises(StillOnTheMove):
        ending = MemberEnding(exit=MemberExit.WITHDREW, on=TODAY, authority="决议")
        at(halls.here).end_membership(one, ending)
    with pytest.raises(MemberKnown):
        at(halls.there).take_in(taking(at(halls.here).membership(one).person_id))
    with pytest.raises(MemberUnknown):
        at(halls.there).issue_transfer(issuing(one, to_district="qianfeng"))


def test_only_the_branch_that_the_letter_names_receives_it(session: Session, halls: Halls) -> None:
    letter = issue(halls, halls.here.full[0])
    third = hall(session, "530921/xinqu", full=3, committee=0, schools=1)
    with pytest.raises(LetterUnknown):
        at(third).receive_transfer(letter, RECEIVED)
    with pytest.raises(LetterOtherWay):
        at(halls.here).receive_transfer(letter, RECEIVED)
    with pytest.raises(LetterOtherWay):
        at(halls.here).confirm_received_outside(letter, RECEIVED)
    with pytest.raises(ReceivedBeforeIssued):
        at(halls.there).receive_transfer(letter, ISSUED - timedelta(days=1))
    with pytest.raises(DayAhead):
        at(halls.there).receive_transfer(letter, TODAY + timedelta(days=1))
    with pytest.raises(LetterNumberTaken):
        issue(halls, halls.here.full[1])


def test_two_counties_never_mix(session: Session, halls: Halls) -> None:
    letter = issue(halls, halls.here.full[0])
    far = hall(session, "530922/dasi", full=3, committee=0, schools=1)
    with pytest.raises(LetterUnknown):
        at(far).receive_transfer(letter, RECEIVED)
    assert len(at(far).roster()) == 4 and at(far).transfers() == []


def test_a_suspended_membership_is_not_transferred(halls: Halls) -> None:
    one = halls.here.full[4]
    lost = Suspension(lost_since=date(2026, 1, 2), on=date(2026, 9, 1), authority="决议")
    at(halls.here).suspend(one, lost)
    with pytest.raises(NotForTransfer):
        issue(halls, one)


def test_who_came_today_does_not_leave_today(halls: Halls) -> None:
    one = halls.here.full[0]
    at(halls.there).receive_transfer(issue(halls, one), RECEIVED)
    back = issuing(one, to_district="qianfeng", issued_on=RECEIVED, number="回1")
    letter = at(halls.there).issue_transfer(back)
    with pytest.raises(ChangedLater):
        at(halls.here).receive_transfer(letter, RECEIVED)
    at(halls.here).receive_transfer(letter, RECEIVED + timedelta(days=1))
    assert [span[0] for span in responsible(halls.here, one)] == [
        halls.here.branch_id,
        halls.there.branch_id,
        halls.here.branch_id,
    ]


# out of the county and in


def test_outside_the_other_branch_is_responsible_from_its_receipt(halls: Halls) -> None:
    one = halls.here.full[0]
    letter = issue(halls, one, to_district=None, to_outside="外县某支部")
    with pytest.raises(LetterOtherWay):
        at(halls.here).receive_transfer(letter, RECEIVED)
    at(halls.here).confirm_received_outside(letter, RECEIVED)
    assert responsible(halls.here, one)[-1][2] == RECEIVED
    seen = at(halls.here).membership(one)
    assert seen.ended_on is None, "who goes to another branch is still a member"
    with pytest.raises(NotInBranch):
        at(halls.here).record_away(one, "外县", TODAY)
    view = at(halls.here).transfers(opened=False)[0]
    assert (view.from_, view.to, view.closed_on) == ("qianfeng学区", "外县某支部", RECEIVED)


def test_who_comes_back_from_outside_is_the_same_member(halls: Halls) -> None:
    one = halls.here.probationary[0]
    person = at(halls.here).membership(one).person_id
    letter = issue(halls, one, to_district=None, to_outside="外县某支部")
    at(halls.here).confirm_received_outside(letter, RECEIVED)
    day = date(2027, 9, 1)
    joined = at(halls.here).membership(one).joined_on
    back = taking(person, joined_on=joined, full_on=date(2027, 3, 16), issued_on=date(2027, 8, 20), on=day)
    with pytest.raises(JoinedOtherwise):
        at(halls.there, day).take_in(back.model_copy(update={"joined_on": JOINED}))
    assert at(halls.there, day).take_in(back) == one
    seen = at(halls.there, day).membership(one)
    assert seen.full_on == date(2027, 3, 16)
    assert [(s.state, s.since) for s in seen.statuses] == [
        (MemberState.PROBATIONARY, joined),
        (MemberState.FULL, date(2027, 3, 16)),
    ]
    assert [s.since for s in seen.affiliations] == [date(2026, 3, 16), day]


def test_a_member_is_taken_in_from_outside_with_the_letter(halls: Halls) -> None:
    person = halls.here.spare[0]
    with pytest.raises(LetterExpired):
        at(halls.here).take_in(taking(person, valid_days=12))
    one = at(halls.here).take_in(taking(person, group_id=halls.here.groups[0]))
    assert responsible(halls.here, one) == [(halls.here.branch_id, RECEIVED, None)]
    year = at(halls.here).year_flow(2026)
    assert [line.turn for line in year.lines if line.member_id == one] == [Turn.TRANSFERRED_IN]
    with pytest.raises(MemberKnown):
        at(halls.here).take_in(taking(person))


def test_a_transfer_counts_in_the_turnover_of_both_branches(halls: Halls) -> None:
    at(halls.there).receive_transfer(issue(halls, halls.here.full[0]), RECEIVED)
    out, came = at(halls.here).year_flow(2026), at(halls.there).year_flow(2026)
    assert out.count(Turn.TRANSFERRED_OUT) == came.count(Turn.TRANSFERRED_IN) == 1
    assert (came.opening, came.closing) == (3, 4)


# away


def test_who_is_away_for_six_months_at_a_fixed_place_must_transfer(halls: Halls) -> None:
    one = halls.here.full[6]
    at(halls.here).record_away(one, "省城某公司", date(2026, 8, 31))
    with pytest.raises(AwayAlready):
        at(halls.here).record_away(one, "省城", TODAY)

    def listed(day: date) -> list[int | None]:
        return [a.member_id for a in at(halls.here, day).alarms() if a.alarm is Alarm.AWAY]

    assert listed(date(2027, 2, 27)) == [] and listed(date(2027, 2, 28)) == [one]
    at(halls.here, date(2027, 3, 1)).end_away(one, date(2027, 3, 1))
    assert listed(date(2027, 3, 2)) == []
    with pytest.raises(NotAway):
        at(halls.here, date(2027, 3, 3)).end_away(one, date(2027, 3, 3))


def test_support_in_another_district_is_away_and_a_new_employer_there_is_a_transfer(
    session: Session, halls: Halls
) -> None:
    there = {"school_id": school_id(session, "s1", ELSEWHERE)}
    there["district_id"] = halls.there.door.context.scope.district_id or 0
    lent, moved = staff_id(session, "s1", 1), staff_id(session, "s1", 3)

    def listed(alarm: Alarm, day: date) -> int:
        return len([a for a in at(halls.here, day).alarms() if a.alarm is alarm])

    session.execute(update(Placement).where(Placement.staff_id == lent).values(there))
    assert listed(Alarm.AWAY, date(2027, 2, 28)) == 0, "there since 1 September"
    assert listed(Alarm.AWAY, date(2027, 3, 1)) == 1
    session.execute(update(Placement).where(Placement.staff_id == moved).values(there))
    session.execute(update(Employment).where(Employment.staff_id == moved).values(there))
    assert listed(Alarm.UNIT_CHANGED, TODAY) == 1 and listed(Alarm.AWAY, TODAY) == 0


# backbone teachers and members


def test_the_two_way_list_shows_whom_to_admit_and_whom_to_train(session: Session, halls: Halls) -> None:
    here = halls.here
    teachers = [staff_id(session, "s1", number) for number in (1, 10)]
    records = [
        StandingRecord(staff_id=one, kind=StandingKind.BACKBONE, code=BackboneLevel.COUNTY.code, since=ISSUED)
        for one in teachers
    ]
    here.at(TODAY).registry.staff.standings.record(records)
    view = at(here).cultivation()
    assert len(view.both) + len(view.to_admit) == 2
    assert len(view.both) + len(view.to_train) == 9
    assert all(line.state is None and line.level is BackboneLevel.COUNTY for line in view.to_admit)
    assert all(line.level is None and line.state is not None for line in view.to_train)
    before = at(here).cultivation(ISSUED - timedelta(days=1))
    assert before.both == () and before.to_admit == ()


def test_the_list_counts_members_of_other_branches_as_members(session: Session, halls: Halls) -> None:
    here, one = halls.here, halls.here.full[0]
    at(halls.there).receive_transfer(issue(halls, one), RECEIVED)
    record = StandingRecord(
        staff_id=staff_id(session, "s1", 1),
        kind=StandingKind.BACKBONE,
        code=BackboneLevel.COUNTY.code,
        since=ISSUED,
    )
    here.at(TODAY).registry.staff.standings.record([record])
    assert at(here).cultivation().to_admit == ()


def test_a_new_member_counts_from_the_meeting(halls: Halls) -> None:
    admission = Admission(person_id=halls.here.spare[0], on=RECEIVED, authority="决议")
    one = at(halls.here).admit_probationary(admission)
    assert responsible(halls.here, one) == [(halls.here.branch_id, RECEIVED, None)]
