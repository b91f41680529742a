"""Samples of meetings, votes, appraisal and study: refused behind the policy, or a branch is not there."""

from __future__ import annotations

from datetime import date

from tests.architecture.samples import Sample
from xuequ.core.source import Source
from xuequ.unified.party.schemas.appraisal import RectificationProof
from xuequ.unified.party.schemas.meetings import (
    MeetingHolding,
    MinutesFiling,
    MissedReasonRecord,
    Voiding,
)
from xuequ.unified.party.schemas.study import LessonProof, ProgrammeOpening
from xuequ.unified.party.schemas.votes import TallyCount, VoteRecord
from xuequ.unified.party.states.meetings import MeetingKind
from xuequ.unified.party.states.votes import VoteKind

DAY, LATER = date(2026, 9, 1), date(2026, 10, 1)
WHY = Voiding(reason="重复登记")
MISSED = MissedReasonRecord(kind=MeetingKind.BRANCH, day=DAY, reason="防汛")
VOTE = VoteRecord(meeting_id=1, kind=VoteKind.ORDINARY, cast=TallyCount(yes=1), matter="题")

SAMPLES: dict[str, Sample] = {
    "party.meetings.plan_meetings": lambda door: ([],),
    "party.meetings.excuse": lambda door: (1, []),
    "party.meetings.cancel": lambda door: (1, WHY),
    "party.meetings.hold": lambda door: (1, MeetingHolding(held_on=DAY, agenda="学习")),
    "party.meetings.mark_attendance": lambda door: ([],),
    "party.meetings.file_minutes": lambda door: (1, MinutesFiling(sha256="0" * 64)),
    "party.meetings.record_resolutions": lambda door: (1, []),
    "party.meetings.void": lambda door: (1, WHY),
    "party.meetings.record_missed_reason": lambda door: (MISSED,),
    "party.meetings.meetings": lambda door: (DAY, LATER),
    "party.meetings.meeting": lambda door: (1,),
    "party.meetings.completion": lambda door: (2026,),
    "party.meetings.attendance": lambda door: (DAY, LATER),
    "party.meetings.idle_months": lambda door: (DAY,),
    "party.watch.staying_away": lambda door: (DAY,),
    "party.votes.file_opinions": lambda door: (1, []),
    "party.votes.record_vote": lambda door: (VOTE,),
    "party.votes.void_vote": lambda door: (1, WHY),
    "party.votes.votes_of": lambda door: (1,),
    "party.votes.decision_of": lambda door: (Source("party.development_case", 1),),
    "party.appraisal.open_year": lambda door: (2026,),
    "party.appraisal.record_self": lambda door: (1, []),
    "party.appraisal.record_mutual": lambda door: (1, []),
    "party.appraisal.record_ballots": lambda door: (1, 1, []),
    "party.appraisal.grade": lambda door: (1, []),
    "party.appraisal.year": lambda door: (2026,),
    "party.appraisal.record_criticism": lambda door: (1, []),
    "party.appraisal.assign_rectification": lambda door: ([],),
    "party.appraisal.complete_rectification": lambda door: (1, RectificationProof(done_on=DAY, proof="x")),
    "party.appraisal.criticisms": lambda door: (1,),
    "party.appraisal.rectifications": lambda door: (),
    "party.study.open_programme": lambda door: (ProgrammeOpening(name="两学一做", since=DAY),),
    "party.study.record_study": lambda door: (1, []),
    "party.study.void_session": lambda door: (1, WHY),
    "party.study.programmes": lambda door: (),
    "party.study.sessions": lambda door: (1,),
    "party.study.hours_of_year": lambda door: (2026,),
    "party.study.plan_lessons": lambda door: ([],),
    "party.study.give_lesson": lambda door: (1, LessonProof(given_on=DAY, proof="教案")),
    "party.study.call_off_lesson": lambda door: (1, WHY),
    "party.study.lessons": lambda door: (DAY, LATER),
}
