"""The branch, its groups, its committee and its members, through the service."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.registry.staffing import ending, placing
from tests.registry.staffing import staff as staff_id
from tests.unified.party.hall import ADMITTED, ELSEWHERE, FOUNDED, FULL_ON, JOINED, TODAY, Hall, hall, persons
from xuequ import Actor, District
from xuequ.core.access import Holding, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems
from xuequ.core.journal import FactRow
from xuequ.core.settings import FixedClock, Settings
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.states.staff import Exit
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.party.errors.members import (
    BranchKnown,
    BranchMissing,
    BranchTooSmall,
    ChangedLater,
    CommitteeNotDue,
    CommitteeTooLarge,
    CommitteeUnusual,
    ContactNotLostLongEnough,
    DatesOutOfOrder,
    DayAhead,
    ExitNotFor,
    ExtendedAlready,
    ExtensionUnlawful,
    FullDayMissing,
    FullDayTooMuch,
    GroupKnown,
    GroupUnknown,
    InGroupAlready,
    JoinedBeforeLeaving,
    LeaderOutsideGroup,
    MemberKnown,
    MemberNamedTwice,
    MemberUnknown,
    NoSuchPerson,
    NotInGoodStanding,
    NotOwnMembership,
    ProbationNotOver,
    RemovalTooEarly,
    SchoolServedAlready,
    SeatHeld,
    SeatUnknown,
    SecretaryNotOne,
)
from xuequ.unified.party.models.members import MemberStatus
from xuequ.unified.party.repository.members import MemberRows
from xuequ.unified.party.schemas.members import (
    Admission,
    BranchFoundation,
    CommitteeSeating,
    GroupForming,
    MemberEnding,
    MemberEntry,
    Seat,
    Suspension,
)
from xuequ.unified.party.service.members import MembersService
from xuequ.unified.party.states.members import Alarm, MemberExit, MemberState, Office, Turn

NO = "支部大会〔2026〕8号"
PROBATION_OVER = date(2027, 3, 16)


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def members(stand: Hall, day: date = TODAY) -> MembersService:
    return stand.at(day).party.members


def rows(stand: Hall) -> MemberRows:
    context = stand.door.context
    return MemberRows(context.session, context.scope, context.place)


def holders(stand: Hall, post: Post, on: date = TODAY) -> list[str]:
    found = [one for one in stand.door.registry.posts.holders(on) if one.post is post]
    return sorted(one.staff_no.removeprefix("qianfeng-") for one in found)


def founding(**more: Any) -> BranchFoundation:
    values: dict[str, Any] = {"name": "大寺学区党支部", "superior": "镇党委", "since": FOUNDED}
    values |= {"full_members": 3, "authority": "镇党发〔2015〕7号"} | more
    return BranchFoundation(**values)


def seating(*seats: tuple[int, Office], **more: Any) -> CommitteeSeating:
    chosen = tuple(Seat(member_id=one, office=office) for one, office in seats)
    values: dict[str, Any] = {"since": TODAY, "authority": NO} | more
    return CommitteeSeating(seats=chosen, **values)


def group_of(stand: Hall, member_id: int, day: date) -> int | None:
    found: dict[int, int | None] = {
        row.member_id: row.group_id for row in rows(stand).members(stand.branch_id, day)
    }
    return found[member_id]


# joining in mid-case


def test_a_district_starts_with_members_groups_and_committee_under_way(stand: Hall) -> None:
    branch = rows(stand).branch(TODAY)
    assert branch is not None and branch.id == stand.branch_id
    found = rows(stand).members(stand.branch_id, TODAY)
    assert {row.member_id for row in found} == {*stand.full, *stand.probationary}
    assert [row.state for row in found].count("full") == 8
    assert {row.group_id for row in found} == set(stand.groups)
    assert [row.member_id for row in rows(stand).committee(stand.branch_id, TODAY)] == list(stand.full[:3])


def test_an_entered_member_has_been_something_on_every_day_since_joining(stand: Hall) -> None:
    seen = members(stand).membership(stand.full[0])
    assert [(one.state, one.since, one.until) for one in seen.statuses] == [
        (MemberState.PROBATIONARY, JOINED, FULL_ON),
        (MemberState.FULL, FULL_ON, None),
    ]
    assert [(one.since, one.until) for one in seen.affiliations] == [(FOUNDED, None)]


def test_entering_many_members_sends_a_few_statements(session: Session) -> None:
    stand = hall(session, full=3, committee=0, spare=40)
    sent: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *more: Any) -> None:
        sent.append(statement)

    entries = [
        MemberEntry(person_id=one, joined_on=JOINED, full_on=FULL_ON, group_id=stand.groups[0])
        for one in stand.spare
    ]
    event.listen(session.connection(), "before_cursor_execute", note)
    assert len(set(members(stand).enter_members(entries))) >= 40
    event.remove(session.connection(), "before_cursor_execute", note)
    assert len(sent) <= 20


def test_what_is_wrong_with_entries_is_said_all_at_once(stand: Hall) -> None:
    one, two = stand.spare[:2]
    with pytest.raises(Problems) as refused:
        members(stand).enter_members(
            [
                MemberEntry(person_id=one, joined_on=JOINED),
                MemberEntry(person_id=two, state=MemberState.PROBATIONARY, joined_on=FULL_ON, full_on=JOINED),
            ]
        )
    assert {type(one.error) for one in refused.value.problems} == {
        FullDayMissing,
        FullDayTooMuch,
        DatesOutOfOrder,
    }
    entry = MemberEntry(person_id=one, joined_on=JOINED, full_on=FULL_ON)
    with pytest.raises(MemberNamedTwice):
        members(stand).enter_members([entry, entry])
    with pytest.raises(NoSuchPerson):
        members(stand).enter_members([entry.model_copy(update={"person_id": 7})])
    with pytest.raises(GroupUnknown):
        members(stand).enter_members([entry.model_copy(update={"group_id": 7})])
    with pytest.raises(DatesOutOfOrder):
        members(stand).enter_members([entry.model_copy(update={"since": date(2015, 6, 30)})])


def test_nobody_is_a_member_twice(stand: Hall) -> None:
    person = members(stand).membership(stand.full[0]).person_id
    with pytest.raises(MemberKnown):
        members(stand).enter_members([MemberEntry(person_id=person, joined_on=JOINED, full_on=FULL_ON)])
    with pytest.raises(MemberKnown):
        members(stand).admit_probationary(Admission(person_id=person, on=TODAY, authority=NO))


# branch and groups


def test_a_district_has_one_branch_of_three_full_members_at_least(session: Session, stand: Hall) -> None:
    with pytest.raises(BranchKnown):
        members(stand).found_branch(founding())
    make_district(session, ELSEWHERE, schools=1, pupils=0, staff=1)
    settings = Settings(clock=FixedClock.at(TODAY))
    other = District(session, ELSEWHERE, actor=MAKER, settings=settings).party.members
    with pytest.raises(BranchMissing):
        other.branch()
    with pytest.raises(BranchTooSmall):
        other.found_branch(founding(full_members=2))
    with pytest.raises(DayAhead):
        other.found_branch(founding(since=date(2026, 11, 3)))
    assert other.found_branch(founding()).name == other.branch().name == "大寺学区党支部"
    assert members(stand).branch().name == "qianfeng学区党支部"


def test_a_school_belongs_to_one_group_at_a_time(stand: Hall) -> None:
    first, second = stand.groups
    members(stand).assign_schools(second, ["s1"], TODAY)
    groups = {one.id: one.schools for one in members(stand).groups(TODAY)}
    assert groups == {first: (), second: ("s1", "s2")}
    before = {one.id: one.schools for one in members(stand).groups(date(2026, 11, 1))}
    assert before == {first: ("s1",), second: ("s2",)}
    with pytest.raises(SchoolServedAlready):
        members(stand).assign_schools(first, ["s1"], TODAY)
    with pytest.raises(SchoolUnknown):
        members(stand).assign_schools(first, ["s9"], TODAY)
    with pytest.raises(GroupKnown):
        members(stand).form_group(GroupForming(name="第一党小组", since=TODAY))


def test_a_member_is_placed_in_another_group_from_a_day(stand: Hall) -> None:
    one, (first, second) = stand.full[0], stand.groups
    members(stand).place_in_group(second, [one], TODAY)
    assert group_of(stand, one, date(2026, 11, 1)) == first and group_of(stand, one, TODAY) == second
    with pytest.raises(InGroupAlready):
        members(stand).place_in_group(second, [one], TODAY)
    with pytest.raises(ChangedLater):
        members(stand).place_in_group(first, [one], TODAY)
    with pytest.raises(MemberUnknown):
        members(stand).place_in_group(first, [7], TODAY)


def test_a_groups_leader_is_a_full_member_of_it_and_holds_the_post(stand: Hall) -> None:
    first, second = stand.groups
    inside = [one for one in stand.full if group_of(stand, one, TODAY) == first]
    members(stand).name_leader(first, inside[0], TODAY)
    assert len(holders(stand, Post.PARTY_GROUP_LEADER)) == 1
    with pytest.raises(LeaderOutsideGroup):
        members(stand).name_leader(second, inside[1], TODAY)
    with pytest.raises(NotInGoodStanding):
        members(stand).name_leader(second, stand.probationary[0], TODAY)
    later = date(2026, 12, 1)
    members(stand).name_leader(first, inside[1], later)
    assert members(stand).groups(later)[0].leader_id == inside[1]
    assert holders(stand, Post.PARTY_GROUP_LEADER, later) != holders(stand, Post.PARTY_GROUP_LEADER)
    members(stand).place_in_group(second, [inside[1]], date(2026, 12, 2))
    assert holders(stand, Post.PARTY_GROUP_LEADER, date(2026, 12, 2)) == []


# committee


def test_a_seat_in_the_committee_brings_the_post_of_commissioner(stand: Hall) -> None:
    assert len(holders(stand, Post.PARTY_COMMISSIONER)) == 2, "the secretary's post is the bureau's to give"
    members(stand).vacate_seat(stand.full[1], date(2026, 11, 3))
    assert len(holders(stand, Post.PARTY_COMMISSIONER, date(2026, 11, 3))) == 1
    with pytest.raises(SeatUnknown):
        members(stand).vacate_seat(stand.full[1], date(2026, 11, 4))


def test_a_new_committee_takes_the_place_of_the_old_one_the_same_day(stand: Hall) -> None:
    one, two, three, four = stand.full[2:6]
    command = seating((one, Office.SECRETARY), (two, Office.DEPUTY), (three, Office.OTHER))
    members(stand).seat_committee(command)
    assert [seat.member_id for seat in members(stand).committee()] == [one, two, three]
    assert members(stand).branch().term_ends_on == date(2029, 11, 2)
    assert len(holders(stand, Post.PARTY_COMMISSIONER)) == 2
    members(stand).fill_seat(four, Office.PUBLICITY, date(2026, 11, 3))
    assert len(members(stand, date(2026, 11, 3)).committee()) == 4
    with pytest.raises(SeatHeld):
        members(stand).fill_seat(four, Office.OTHER, date(2026, 11, 4))
    with pytest.raises(SeatHeld):
        members(stand).fill_seat(stand.full[7], Office.SECRETARY, date(2026, 11, 4))
    with pytest.raises(Problems) as refused:
        members(stand).seat_committee(command)
    assert {type(one.error) for one in refused.value.problems} == {ChangedLater}


def test_a_committee_has_a_lawful_size_a_secretary_and_full_members_only(stand: Hall) -> None:
    others = [(one, Office.OTHER) for one in stand.full[1:]]
    first = (stand.full[0], Office.SECRETARY)
    with pytest.raises(CommitteeTooLarge):
        members(stand).seat_committee(seating(first, *others))
    with pytest.raises(CommitteeUnusual):
        members(stand).seat_committee(seating(first, *others[:5]))
    with pytest.raises(CommitteeUnusual):
        members(stand).seat_committee(seating(first, others[0]))
    with pytest.raises(SecretaryNotOne):
        members(stand).seat_committee(seating(*others[:3]))
    with pytest.raises(NotInGoodStanding):
        members(stand).seat_committee(seating(first, others[0], (stand.probationary[0], Office.OTHER)))
    with pytest.raises(MemberNamedTwice):
        members(stand).seat_committee(seating(first, others[0], others[0]))
    members(stand).seat_committee(seating(first, *others[:5], reason="换届方案批准"))
    assert len(members(stand).committee()) == 6


def test_six_full_members_have_a_secretary_and_no_committee(session: Session) -> None:
    stand = hall(session, full=6, committee=0)
    first, second, third = stand.full[:3]
    with pytest.raises(CommitteeNotDue):
        members(stand).seat_committee(seating((first, Office.SECRETARY), (second, Office.OTHER)))
    members(stand).seat_committee(seating((first, Office.SECRETARY), (third, Office.DEPUTY)))
    assert [one.office for one in members(stand).committee()] == [Office.SECRETARY, Office.DEPUTY]


def test_the_principal_can_make_nobody_a_commissioner(stand: Hall) -> None:
    principal = Actor("qianfeng-s2-T1", (Holding(Post.PRINCIPAL, "530921/qianfeng"),))
    secretary = Actor("qianfeng-s1-T1", (Holding(Post.PARTY_SECRETARY, "530921/qianfeng"),))
    door = stand.at(TODAY, principal)
    with pytest.raises(ActionNotPermitted):
        door.party.members.roster()
    with pytest.raises(ActionNotPermitted):
        door.party.members.fill_seat(stand.full[4], Office.OTHER)
    stand.at(TODAY, secretary).party.members.fill_seat(stand.full[4], Office.OTHER)
    assert len(holders(stand, Post.PARTY_COMMISSIONER)) == 3


# what becomes of a membership


def test_probation_begins_with_the_meeting_and_lasts_a_year(stand: Hall) -> None:
    on = date(2026, 10, 20)
    one = members(stand).admit_probationary(
        Admission(person_id=stand.spare[0], on=on, authority=NO, group_id=stand.groups[0])
    )
    seen = members(stand).membership(one)
    assert (seen.joined_on, seen.probation_ends_on) == (on, date(2027, 10, 20))
    with pytest.raises(ProbationNotOver):
        members(stand, date(2027, 10, 19)).confirm_full(one, date(2027, 10, 19), NO)
    members(stand, date(2027, 10, 20)).confirm_full(one, date(2027, 10, 20), NO)
    seen = members(stand).membership(one)
    assert seen.full_on == date(2027, 10, 20)
    assert [(status.state, status.since, status.until) for status in seen.statuses] == [
        (MemberState.PROBATIONARY, on, date(2027, 10, 20)),
        (MemberState.FULL, date(2027, 10, 20), None),
    ]
    with pytest.raises(IllegalTransition):
        members(stand, date(2027, 10, 21)).confirm_full(one, date(2027, 10, 21), NO)


def test_a_probation_is_extended_once_by_half_a_year_to_a_year(stand: Hall) -> None:
    one, on = stand.probationary[0], PROBATION_OVER
    for months in (5, 13):
        with pytest.raises(ExtensionUnlawful):
            members(stand, on).extend_probation(one, months, on)
    assert members(stand, on).extend_probation(one, 6, on) == date(2027, 9, 16)
    with pytest.raises(ProbationNotOver):
        members(stand, date(2027, 9, 15)).confirm_full(one, date(2027, 9, 15), NO)
    with pytest.raises(ExtendedAlready):
        members(stand, date(2027, 9, 16)).extend_probation(one, 6, date(2027, 9, 16))
    members(stand, date(2027, 9, 16)).confirm_full(one, date(2027, 9, 16), NO)
    assert members(stand).membership(one).full_on == date(2027, 9, 16)
    with pytest.raises(IllegalTransition):
        members(stand, date(2027, 9, 17)).extend_probation(one, 6, date(2027, 9, 17))


def test_a_cancelled_probationary_member_may_be_admitted_anew(stand: Hall) -> None:
    one, on = stand.probationary[0], TODAY
    person = members(stand).membership(one).person_id
    members(stand).cancel_probationary(one, on, NO)
    seen = members(stand).membership(one)
    assert (seen.ended_on, seen.exit) == (on, MemberExit.CANCELLED)
    assert seen.statuses[-1].until == seen.affiliations[-1].until == on
    with pytest.raises(JoinedBeforeLeaving):
        members(stand).admit_probationary(Admission(person_id=person, on=date(2026, 11, 1), authority=NO))
    assert members(stand).admit_probationary(Admission(person_id=person, on=on, authority=NO)) != one


def test_only_a_way_out_that_fits_the_state_is_taken(stand: Hall) -> None:
    with pytest.raises(ExitNotFor):
        members(stand).cancel_probationary(stand.full[0], TODAY, NO)
    expelled = MemberEnding(exit=MemberExit.EXPELLED, on=TODAY, authority=NO)
    with pytest.raises(ExitNotFor):
        members(stand).end_membership(stand.probationary[0], expelled)
    with pytest.raises(DayAhead):
        later = expelled.model_copy(update={"on": date(2026, 11, 3)})
        members(stand).end_membership(stand.full[0], later)
    members(stand).end_membership(stand.full[1], expelled)
    assert len(holders(stand, Post.PARTY_COMMISSIONER)) == 1, "the seat and its post end with the membership"
    assert [seat.member_id for seat in members(stand).committee()] == [stand.full[0], stand.full[2]]


def test_who_lost_contact_is_suspended_after_half_a_year_and_is_again_what_they_were(stand: Hall) -> None:
    one, lost = stand.full[5], date(2026, 5, 31)
    with pytest.raises(ContactNotLostLongEnough):
        members(stand).suspend(one, Suspension(lost_since=lost, on=TODAY, authority=NO))
    day = date(2026, 11, 30)
    with pytest.raises(ContactNotLostLongEnough):
        members(stand, day).suspend(one, Suspension(lost_since=lost, on=date(2026, 11, 29), authority=NO))
    members(stand, day).suspend(one, Suspension(lost_since=lost, on=day, authority=NO))
    with pytest.raises(IllegalTransition):
        members(stand, date(2026, 12, 1)).confirm_full(one, date(2026, 12, 1), NO)
    members(stand, date(2027, 1, 4)).restore(one, date(2027, 1, 4), NO)
    states = [(span.state, span.since) for span in members(stand).membership(one).statuses][1:]
    assert states == [
        (MemberState.FULL, FULL_ON),
        (MemberState.SUSPENDED, day),
        (MemberState.FULL, date(2027, 1, 4)),
    ]
    with pytest.raises(IllegalTransition):
        members(stand, date(2027, 1, 5)).restore(one, date(2027, 1, 5), NO)


def test_removal_is_proposed_two_years_after_suspension_and_never_done(stand: Hall) -> None:
    one, day = stand.full[5], date(2026, 11, 2)
    members(stand).suspend(one, Suspension(lost_since=date(2026, 5, 2), on=day, authority=NO))
    eve, due = date(2028, 11, 1), date(2028, 11, 2)
    removed = MemberEnding(exit=MemberExit.REMOVED, on=eve, authority=NO)
    with pytest.raises(RemovalTooEarly):
        members(stand, eve).end_membership(one, removed)
    assert Alarm.REMOVAL_DUE not in {alarm.alarm for alarm in members(stand, eve).alarms()}
    proposed = [alarm for alarm in members(stand, due).alarms() if alarm.alarm is Alarm.REMOVAL_DUE]
    assert [alarm.member_id for alarm in proposed] == [one]
    assert members(stand, due).membership(one).ended_on is None
    members(stand, due).end_membership(one, removed.model_copy(update={"on": due}))
    assert members(stand, due).membership(one).exit is MemberExit.REMOVED


def test_history_is_not_changed_behind_what_came_after(stand: Hall) -> None:
    one = stand.probationary[0]
    with pytest.raises(ChangedLater):
        members(stand).cancel_probationary(one, ADMITTED, NO)


# rotation


def test_rotation_changes_the_group_and_not_the_branch(session: Session, stand: Hall) -> None:
    one, (first, second) = stand.full[0], stand.groups
    since, until = date(2026, 11, 9), date(2027, 7, 1)
    command = placing(session, staff_id(session), "s2", since, until=until)
    stand.at(TODAY).registry.staff.place_staff(command)
    assert group_of(stand, one, date(2026, 11, 8)) == first
    assert group_of(stand, one, since) == second
    assert group_of(stand, one, date(2027, 6, 30)) == second
    assert [(a.branch_id, a.until) for a in members(stand).membership(one).affiliations] == [
        (stand.branch_id, None)
    ]
    names = list(session.scalars(select(FactRow.name).order_by(FactRow.id)))
    assert names[-1] == "party.placement_followed"


def test_who_comes_back_is_in_the_old_group_again(session: Session, stand: Hall) -> None:
    one, (first, second) = stand.full[0], stand.groups
    who = staff_id(session)
    stand.at(TODAY).registry.staff.place_staff(placing(session, who, "s2", date(2026, 11, 9)))
    stand.at(date(2026, 12, 7)).registry.staff.come_back(who, date(2026, 12, 7))
    found = [group_of(stand, one, day) for day in (TODAY, date(2026, 12, 6), date(2026, 12, 7))]
    assert found == [first, second, first]


def test_a_school_of_another_district_leaves_the_member_in_the_group(session: Session, stand: Hall) -> None:
    hall(session, ELSEWHERE, full=3, committee=0)
    one = stand.full[0]
    context_door = stand.at(TODAY)
    changed = context_door.party.members.follow_placement([staff_id(session)], TODAY)
    assert changed == [] and group_of(stand, one, TODAY) == stand.groups[0]


def test_the_leader_of_a_group_who_goes_to_another_school_leads_it_no_longer(
    session: Session, stand: Hall
) -> None:
    members(stand).name_leader(stand.groups[0], stand.full[0], TODAY)
    since = date(2026, 11, 9)
    stand.at(TODAY).registry.staff.place_staff(placing(session, staff_id(session), "s2", since))
    assert members(stand).groups(date(2026, 11, 8))[0].leader_id == stand.full[0]
    assert members(stand).groups(since)[0].leader_id is None
    assert holders(stand, Post.PARTY_GROUP_LEADER, since) == []


def test_who_leaves_service_stays_a_member_and_is_listed(session: Session, stand: Hall) -> None:
    who, on = staff_id(session, "s2", 2), date(2026, 12, 1)
    stand.at(on).registry.staff.end_employment(ending(who, on, Exit.RETIRED))
    alarms = [one for one in members(stand, on).alarms() if one.alarm is Alarm.LEFT_SERVICE]
    assert len(alarms) == 1 and alarms[0].member_id in stand.full
    assert len(rows(stand).members(stand.branch_id, on)) == 9


# who sees what


def test_a_member_sees_the_own_membership_only(stand: Hall) -> None:
    roster = {one.id: one for one in members(stand).roster()}
    staff_no = roster[stand.full[0]].staff_no
    teacher = Actor(staff_no or "")
    own = stand.at(TODAY, teacher).party.members
    assert own.membership(stand.full[0]).id == stand.full[0]
    with pytest.raises(NotOwnMembership):
        own.membership(stand.full[3])
    with pytest.raises(ActionNotPermitted):
        own.roster()
    with pytest.raises(MemberUnknown):
        members(stand).membership(7)


def test_a_groups_leader_sees_the_own_group_only(stand: Hall) -> None:
    first, second = stand.groups
    members(stand).name_leader(first, stand.full[3], TODAY)
    staff_no = next(one.staff_no for one in members(stand).roster() if one.id == stand.full[3])
    leader = stand.at(TODAY, Actor(staff_no or "")).party.members
    assert {one.group_id for one in leader.group_roster(first)} == {first}
    with pytest.raises(NotOwnMembership):
        leader.group_roster(second)
    assert {one.group_id for one in members(stand).group_roster(second)} == {second}


def test_districts_do_not_see_each_others_members(session: Session, stand: Hall) -> None:
    other = hall(session, ELSEWHERE, full=3, committee=0)
    assert {one.id for one in members(other).roster()} == {*other.full, *other.probationary}
    with pytest.raises(MemberUnknown):
        members(other).cancel_probationary(stand.probationary[0], TODAY, NO)
    with pytest.raises(GroupUnknown):
        members(other).place_in_group(stand.groups[0], [other.full[0]], TODAY)


# lists


def test_the_list_says_what_is_wrong_with_the_branch(session: Session) -> None:
    stand = hall(session, full=7, committee=0, probationary=0)
    found = {one.alarm for one in members(stand).alarms()}
    assert found == {Alarm.COMMITTEE_MISSING, Alarm.SECRETARY_MISSING, Alarm.GROUP_WITHOUT_LEADER}
    for one in stand.full[:5]:
        ending = MemberEnding(exit=MemberExit.WITHDREW, on=TODAY, authority=NO)
        members(stand).end_membership(one, ending)
    found = {one.alarm for one in members(stand).alarms()}
    assert Alarm.TOO_FEW in found and Alarm.COMMITTEE_MISSING not in found


def test_the_term_of_a_committee_is_over_on_its_day(stand: Hall) -> None:
    def over(day: date) -> bool:
        return Alarm.TERM_OVER in {one.alarm for one in members(stand, day).alarms()}

    assert not over(date(2028, 5, 31)) and over(date(2028, 6, 1))


def test_a_suspended_committee_member_is_listed(stand: Hall) -> None:
    lost = Suspension(lost_since=date(2026, 1, 2), on=TODAY, authority=NO)
    members(stand).suspend(stand.full[2], lost)
    listed = [one.member_id for one in members(stand).alarms() if one.alarm is Alarm.SEAT_NOT_STANDING]
    assert listed == [stand.full[2]]


def test_a_years_turnover_adds_up(stand: Hall) -> None:
    one = members(stand).admit_probationary(
        Admission(person_id=stand.spare[0], on=date(2026, 10, 20), authority=NO)
    )
    died = MemberEnding(exit=MemberExit.DIED, on=TODAY, authority="死亡证明")
    members(stand).end_membership(stand.full[7], died)
    year = members(stand).year_flow(2026)
    assert (year.opening, year.closing) == (8, 9)
    assert [(line.member_id, line.turn) for line in year.lines] == [
        (stand.probationary[0], Turn.ENTERED),
        (one, Turn.ADMITTED),
        (stand.full[7], Turn.DIED),
    ]
    signed = sum(1 if line.turn.grows else -1 for line in year.lines)
    assert year.opening + signed == year.closing and year.count(Turn.DIED) == 1


def test_spans_of_status_are_locked_in_the_database_too(session: Session, stand: Hall) -> None:
    query = select(MemberStatus.since).where(MemberStatus.member_id == stand.probationary[0])
    assert list(session.scalars(query)) == [ADMITTED]
    assert len(persons(session)) == 12
