"""What was decided by vote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.core.source import Source
from xuequ.unified.party.states.votes import VoteKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteDecided(Fact):
    """A meeting decided by vote; `subject` is the record that it is about, if it is about one."""

    name: ClassVar[str] = "party.vote_decided"
    vote_id: int
    meeting_id: int
    kind: VoteKind
    subject: Source | None
    passed: bool
    decided_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteVoided(Fact):
    """The record of a vote was voided, by itself or with its meeting; no step stood on it."""

    name: ClassVar[str] = "party.vote_voided"
    vote_id: int
    meeting_id: int
    kind: VoteKind
    subject: Source | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionsFiled(Fact):
    """Members filed written opinions before a meeting; what they say is nowhere."""

    name: ClassVar[str] = "party.opinions_filed"
    meeting_id: int
    member_ids: tuple[int, ...]
