"""Use cases of votes: written opinions before, the tally after, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.source import Source
from xuequ.core.votes import VoteRule
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.votes import RECORD_VOTES, VIEW_VOTES, VOID_VOTE
from xuequ.unified.party.errors.meetings import NotToAttend
from xuequ.unified.party.errors.votes import (
    OpinionFiledAlready,
    VoteAlreadyRecorded,
    VoteBeforeMeeting,
    VoteUnknown,
    VoteWithoutSubject,
)
from xuequ.unified.party.facts.votes import OpinionsFiled, VoteDecided
from xuequ.unified.party.models.votes import Vote, WrittenOpinion
from xuequ.unified.party.repository.votes import VoteRows
from xuequ.unified.party.rules.votes import (
    Ballot,
    Tally,
    count_problems,
    counted_opinions,
    electorate,
    form_problems,
    opinion_problems,
    passes,
    rule_of,
)
from xuequ.unified.party.schemas.meetings import Voiding
from xuequ.unified.party.schemas.votes import OpinionFiling, VoteRecord, VoteView
from xuequ.unified.party.service.meetings.steps import MeetingSteps, attendees
from xuequ.unified.party.service.votes.voiding import subject_of, void_vote_row
from xuequ.unified.party.states.meetings import MeetingKind, MeetingState
from xuequ.unified.party.states.members import MemberState
from xuequ.unified.party.states.votes import VoteKind

__all__ = ["VoteService"]

_SHOWN = (
    *("id", "meeting_id", "number", "kind", "matter", "secret", "due", "present", "yes", "no", "abstain"),
    *("spoilt", "written_yes", "written_no", "written_abstain", "passed", "decided_on"),
    *("standard_key", "standard_since", "voided_on", "reason"),
)


class VoteService(MeetingSteps):
    """Votes 表决 of meetings that were held: three quorums, and tallies only.

    Nobody is asked who voted how, and it is nowhere.
    """

    @property
    def _rows(self) -> VoteRows:
        return VoteRows(self.context.session, self.context.scope, self.context.place)

    @use_case(RECORD_VOTES)
    def file_opinions(self, meeting_id: int, rows: Sequence[OpinionFiling]) -> None:
        """Record that members who cannot come filed written opinions 书面意见 before a meeting.

        Raises:
            MeetingUnknown, VoteBeforeMeeting: for which meeting, and when it was called off or voided.
            NotToAttend, NotAVoter, OpinionTooLate, OpinionFiledAlready, VoteWithoutSubject: for whose
                opinion, on what.
            VoteAlreadyRecorded: when the vote is counted already.
            Problems: when there is more than one of these.
        """
        meeting = self._locked(meeting_id)
        if meeting.state not in (MeetingState.PLANNED, MeetingState.HELD):
            raise VoteBeforeMeeting(number=meeting.number, state=MeetingState(meeting.state).label)
        day = meeting.held_on or meeting.planned_on
        states = {one.member_id: one.state for one in self._belonging(meeting.branch_id, day)}
        problems: list[Problem] = []
        there: dict[str, set[int]] = {}
        for row in rows:
            about, matter = _about(row.kind, row.subject, row.matter), _matter(row.subject, row.matter)
            filed = there.setdefault(about, set(self._rows.opinions(meeting_id, about)))
            problems += self._opinion_problems(row, meeting, day, states, matter)
            if row.member_id in filed:
                problems.append(Problem(OpinionFiledAlready(member=str(row.member_id), matter=matter)))
            filed.add(row.member_id)
        refuse_if(problems)
        for about in there:
            self._refuse_recorded(meeting, about)
        listed = [
            (meeting_id, row.member_id, _about(row.kind, row.subject, row.matter), row.filed_on)
            for row in rows
        ]
        self._rows.load(WrittenOpinion, ("meeting_id", "member_id", "about", "filed_on"), listed)
        ids = tuple(row.member_id for row in rows)
        self.context.announce(OpinionsFiled(meeting_id=meeting_id, member_ids=ids))

    def _opinion_problems(
        self,
        row: OpinionFiling,
        meeting: AnyRow,
        day: date,
        states: dict[int, MemberState],
        matter: str,
    ) -> list[Problem]:
        who = str(row.member_id)
        if not matter:
            return [Problem(VoteWithoutSubject(kind=row.kind.label))]
        if row.member_id not in states:
            return [Problem(NotToAttend(number=meeting.number, member=who))]
        days = {"filed_on": row.filed_on, "meets_on": day}
        state, standards = states[row.member_id], self.context.standards
        return opinion_problems(meeting.number, who, state, row.kind, **days, standards=standards)

    @use_case(RECORD_VOTES)
    def record_vote(self, command: VoteRecord) -> VoteView:
        """Record a vote of a meeting; what was decided is announced, passed or not.

        Raises:
            MeetingUnknown, VoteBeforeMeeting: when there is no such meeting, or it was not held.
            VoteAlreadyRecorded: when this matter was voted on and recorded; nothing changes then.
            NoVoteAtSuchMeeting, JointVote, VoteWithoutSubject, VoteNotSecret: for how it was voted.
            NoQuorum, TallyExceedsPresent, TallyExceedsOpinions: for the numbers.
            Problems: when there is more than one of these.
        """
        meeting = self._locked(command.meeting_id)
        if meeting.state != MeetingState.HELD:
            raise VoteBeforeMeeting(number=meeting.number, state=MeetingState(meeting.state).label)
        subject = command.subjects[0] if command.subjects else None
        about = _about(command.kind, subject, command.matter)
        self._refuse_recorded(meeting, about)
        rule = rule_of(command.kind, self.context.standards, meeting.held_on)
        ballot, filed = self._ballot(command, meeting, about, _matter(subject, command.matter))
        problems = form_problems(
            command.kind,
            MeetingKind(meeting.kind),
            len(command.subjects),
            ballot.matter,
            secret=command.secret,
            rule=rule,
        )
        refuse_if(problems + count_problems(ballot, rule, filed))
        passed = passes(ballot.yes, ballot.electorate, rule)
        vote_id = self._add(command, meeting, about, subject, ballot, rule, passed=passed)
        fact = VoteDecided(
            vote_id=vote_id,
            meeting_id=meeting.id,
            kind=command.kind,
            subject=subject,
            passed=passed,
            decided_on=meeting.held_on,
        )
        self.context.announce(fact)
        return _view(self._vote(vote_id))

    def _refuse_recorded(self, meeting: AnyRow, about: str) -> None:
        there = self._rows.recorded(meeting.id, about)
        if there is not None:
            outcome = "通过" if there.passed else "未通过"
            raise VoteAlreadyRecorded(matter=there.matter, number=meeting.number, outcome=outcome)

    def _ballot(self, command: VoteRecord, meeting: AnyRow, about: str, matter: str) -> tuple[Ballot, int]:
        """Return the vote with those who may vote, and how many opinions may count."""
        roll = attendees(self._rows.rolls([meeting.id])).get(meeting.id, [])
        filed = self._rows.opinions(meeting.id, about)
        in_time = frozenset(one for one, day in filed.items() if day < meeting.held_on)
        kind, standards, on = command.kind, self.context.standards, meeting.held_on
        counts = standards.flag("party.votes.written_opinions", on=on)
        may_count = counted_opinions(roll, in_time) if counts else 0
        voters = electorate(roll, in_time, kind, standards, on)
        cast, written = Tally(**command.cast.model_dump()), Tally(**command.written.model_dump())
        return Ballot(kind, matter, voters, cast, written), may_count

    def _add(
        self,
        command: VoteRecord,
        meeting: AnyRow,
        about: str,
        subject: Source | None,
        ballot: Ballot,
        rule: VoteRule,
        *,
        passed: bool,
    ) -> int:
        written = ballot.written
        return self._rows.add(
            Vote,
            district_id=self._rows.district_id,
            meeting_id=meeting.id,
            kind=command.kind.code,
            matter=ballot.matter,
            about=about,
            subject_kind=None if subject is None else subject.kind,
            subject_id=None if subject is None else subject.id,
            secret=command.secret,
            due=ballot.electorate.due,
            present=ballot.electorate.present,
            **command.cast.model_dump(),
            written_yes=written.yes,
            written_no=written.no,
            written_abstain=written.abstain + written.spoilt,
            passed=passed,
            decided_on=meeting.held_on,
            standard_key=rule.entry.key,
            standard_since=rule.entry.span.since,
        )

    @use_case(VOID_VOTE)
    def void_vote(self, vote_id: int, command: Voiding) -> VoteView:
        """Void a vote that was recorded in error, with a reason; the right one may be recorded then.

        Raises:
            VoteUnknown: when there is none of that id, or it is void already.
            VoteStandsUnderStep: when a step of a development case stands on it.
        """
        meeting_id = self._vote(vote_id).meeting_id
        self._locked(meeting_id)
        row = self._vote(vote_id)
        if row.voided_on is not None:
            raise VoteUnknown(vote=str(vote_id))
        void_vote_row(self.context, row, command.reason)
        return _view(self._vote(vote_id))

    @reading(VIEW_VOTES)
    def votes_of(self, meeting_id: int) -> list[VoteView]:
        """List the votes of a meeting, the voided ones too, the latest first.

        Raises:
            MeetingUnknown: when there is none of that id.
        """
        self._meeting(meeting_id)
        return [_view(row) for row in self._rows.votes_of(meeting_id)]

    @reading(VIEW_VOTES)
    def decision_of(self, subject: Source, kind: VoteKind | None = None) -> VoteView | None:
        """Return the latest vote on a record that is not void, or None.

        Args:
            subject: the record, as it was given when the vote was recorded.
            kind: only votes of this kind, since admission and conversion are of one case.
        """
        rows = self._rows.decisions(subject)
        return next((_view(row) for row in rows if kind is None or row.kind == kind), None)

    def _vote(self, vote_id: int) -> AnyRow:
        row = self._rows.vote(vote_id)
        if row is None:
            raise VoteUnknown(vote=str(vote_id))
        return row


def _matter(subject: Source | None, words: str) -> str:
    return words or (str(subject) if subject is not None else "")


def _about(kind: VoteKind, subject: Source | None, words: str) -> str:
    """Return what tells a vote from others of its meeting: wording does not, where there is a subject."""
    return f"{kind.code}:{words if subject is None else subject}"


def _view(row: AnyRow) -> VoteView:
    return VoteView(**{name: getattr(row, name) for name in _SHOWN}, subject=subject_of(row))
