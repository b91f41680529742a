"""Pure decisions about meetings: whose they are, who should attend, what counts, who stays away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.standards import Standards
from xuequ.unified.party.errors.meetings import (
    BodyUnfit,
    ExcusedTooLate,
    ExcuseWithoutReason,
    GroupNeeded,
    HostNotMember,
    MarkedTwice,
    MeetingAhead,
    NobodyShouldAttend,
    NotToAttend,
    NotWithin,
    TalkNeedsTwo,
)
from xuequ.unified.party.rules.votes import Attendee, electorate, rule_of
from xuequ.unified.party.states.meetings import (
    BODIES,
    TRANSITIONS,
    Body,
    Mark,
    MeetingKind,
    MeetingState,
)
from xuequ.unified.party.states.members import MemberState
from xuequ.unified.party.states.votes import VoteKind

MACHINE = "会议"


@dataclass(frozen=True, slots=True)
class Belonging:
    """One member of the branch on a day: what kind of member, in which group, whether in the committee."""

    member_id: int
    state: MemberState
    group_id: int | None = None
    in_committee: bool = False


@dataclass(frozen=True, slots=True)
class Convened:
    """A meeting as it is called: its number, kind and body, the group and the pair that it is of."""

    number: str
    kind: MeetingKind
    body: Body
    group_id: int | None = None
    named: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one member's attendance; leave has the day on which it was granted, and a reason."""

    member_id: int
    mark: Mark
    excused_on: date | None = None
    reason: str = ""


def calling_problems(meeting: Convened) -> list[Problem]:
    """Say what is wrong with how a meeting is called.

    Source: 《支部工作条例（试行）》 §11–19: which meeting is of the branch, the committee, a group.
    """
    found: list[Problem] = []
    allowed = BODIES[meeting.kind]
    if meeting.body not in allowed:
        bodies = "、".join(one.label for one in Body if one in allowed)
        found.append(Problem(BodyUnfit(kind=meeting.kind.label, body=meeting.body.label, bodies=bodies)))
    if (meeting.body is Body.GROUP) != (meeting.group_id is not None):
        found.append(Problem(GroupNeeded(number=meeting.number)))
    pair = len(set(meeting.named))
    if pair < 2 if meeting.body is Body.NAMED else pair:
        found.append(Problem(TalkNeedsTwo(number=meeting.number)))
    return found


def within_problems(
    number: str, day: date, container: str, kind: MeetingKind, container_day: date
) -> list[Problem]:
    """Refuse a meeting within another that is no theme day of the same day.

    Source: domain rules A §2, caution (b): a 主题党日 can contain a 党员大会, each counted by its own record.
    """
    if kind is MeetingKind.THEME_DAY and day == container_day:
        return []
    return [Problem(NotWithin(number=number, within=container))]


def should_attend(meeting: Convened, members: Iterable[Belonging]) -> list[Belonging]:
    """Return who should attend 应到会: members of that branch, committee, group or talk on the day.

    Whoever's membership is suspended takes no part; probationary members do, without a vote.

    Source: 《支部工作条例（试行）》 §11–13; 《党员教育管理工作条例》 §24 (停止党籍); 《章程》 §7.
    """
    return [
        one
        for one in members
        if one.state is not MemberState.SUSPENDED
        and (
            meeting.body is Body.BRANCH
            or (meeting.body is Body.COMMITTEE and one.in_committee)
            or (meeting.body is Body.GROUP and one.group_id == meeting.group_id)
            or (meeting.body is Body.NAMED and one.member_id in meeting.named)
        )
    ]


def holding_problems(
    meeting: Convened,
    held_on: date,
    today: date,
    due: Collection[int],
    members: Collection[int],
    speakers: Iterable[int | None],
) -> list[Problem]:
    """Say what is wrong with a meeting that is to be recorded as held.

    Source: domain rules A §2, invariants; that host and lecturer are of the branch is our decision.
    """
    found: list[Problem] = []
    number = meeting.number
    if held_on > today:
        found.append(Problem(MeetingAhead(number=number, on=str(held_on))))
    if not due:
        found.append(Problem(NobodyShouldAttend(number=number, body=meeting.body.label, on=str(held_on))))
    found += [Problem(NotToAttend(number=number, member=str(i))) for i in meeting.named if i not in due]
    found += [
        Problem(HostNotMember(number=number, member=str(one)))
        for one in speakers
        if one is not None and one not in members
    ]
    return found


def attendance_problems(
    number: str, held_on: date, due: Collection[int], said: Sequence[Said]
) -> list[Problem]:
    """Refuse marks of whoever should not attend, twice of one, and of leave that was not granted before.

    Leave granted on the day of the meeting is taken as granted before it.

    Source: domain rules A §2, invariants: attendance ⊆ should-attend; leave must be excused to leave the
    denominator.
    """
    found: list[Problem] = []
    seen: set[int] = set()
    for one in said:
        who = {"number": number, "member": str(one.member_id)}
        if one.member_id not in due:
            found.append(Problem(NotToAttend(**who)))
        if one.member_id in seen:
            found.append(Problem(MarkedTwice(**who)))
        seen.add(one.member_id)
        if one.mark is not Mark.EXCUSED:
            continue
        if one.excused_on is None or not one.reason:
            found.append(Problem(ExcuseWithoutReason(**who)))
        elif one.excused_on > held_on:
            found.append(Problem(ExcusedTooLate(**who, on=str(one.excused_on))))
    return found


def marks_when_held(due: Iterable[int], present: Collection[int], excuses: Mapping[int, Said]) -> list[Said]:
    """Return a mark for everybody who should attend: there, excused before, or absent.

    Whoever was excused and came all the same was there.

    Source: domain rules A §2, invariants.
    """
    marks: list[Said] = []
    for member_id in due:
        if member_id in present:
            marks.append(Said(member_id, Mark.PRESENT))
        else:
            marks.append(excuses.get(member_id) or Said(member_id, Mark.ABSENT))
    return marks


def step_problems(state: MeetingState, to: MeetingState) -> list[Problem]:
    """Refuse a step that a meeting does not have.

    Source: our decision: a record is voided, never erased.
    """
    if to in TRANSITIONS[state]:
        return []
    return [Problem(IllegalTransition(machine=MACHINE, from_=state.label, to=to.label))]


def counts(kind: MeetingKind, roll: Sequence[Attendee], agenda: str, standards: Standards, on: date) -> bool:
    """Tell whether a meeting that was held counts as one: by its own agenda and, where it has one, quorum.

    Source: 《支部工作条例（试行）》 §11 (半数以上有表决权的党员到会), §12 (半数以上委员到会); domain rules A
    §2, caution (b).
    """
    if not agenda or not any(one.mark is Mark.PRESENT for one in roll):
        return False
    if kind is MeetingKind.BRANCH:
        voters = electorate(roll, frozenset(), VoteKind.ORDINARY, standards, on)
        return rule_of(VoteKind.ORDINARY, standards, on).quorum.reached(voters.present, voters.due)
    if kind is MeetingKind.COMMITTEE:
        quorum: Fraction = standards.ratio("party.committee.quorum", on=on)
        present = sum(one.mark is Mark.PRESENT for one in roll)
        return present * quorum.denominator >= len(roll) * quorum.numerator
    return True
