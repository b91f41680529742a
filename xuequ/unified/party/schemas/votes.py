"""Commands and views of votes."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from xuequ.core.fields import Command, Id, SourceField, Text, View
from xuequ.unified.party.states.votes import VoteKind


class TallyCount(Command):
    """How many ballots say what; `spoilt` are invalid ones."""

    yes: int = Field(default=0, ge=0)
    no: int = Field(default=0, ge=0)
    abstain: int = Field(default=0, ge=0)
    spoilt: int = Field(default=0, ge=0)


class VoteRecord(Command):
    """Record a vote of a meeting that was held.

    `subjects` are the records that it is about: one at most, and one exactly for admission and conversion.
    `matter` says in words what is voted on; it may be left out where there is a subject.
    """

    meeting_id: Id
    kind: VoteKind
    subjects: tuple[SourceField, ...] = ()
    matter: Text = ""
    secret: bool = False
    cast: TallyCount
    written: TallyCount = TallyCount()


class OpinionFiling(Command):
    """Say that a member who cannot come filed a written opinion; what it says is not recorded."""

    member_id: Id
    kind: VoteKind
    filed_on: date
    subject: SourceField | None = None
    matter: Text = ""


class VoteView(View):
    """A vote: tallies, and by which entry of the rule parameters it was decided."""

    id: Id
    meeting_id: Id
    number: str
    kind: VoteKind
    matter: str
    subject: SourceField | None
    secret: bool
    due: int
    present: int
    yes: int
    no: int
    abstain: int
    spoilt: int
    written_yes: int
    written_no: int
    written_abstain: int
    passed: bool
    decided_on: date
    standard_key: str
    standard_since: date
    voided_on: date | None
    reason: str
