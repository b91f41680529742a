"""What happened with headcounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact
from xuequ.registry.states.headcounts import CountPurpose


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountDrafted(Fact):
    """An edition of a headcount was drawn up."""

    name: ClassVar[str] = "registry.headcount_drafted"

    headcount_id: int
    count_date: date
    purpose: CountPurpose
    edition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountConfirmed(Fact):
    """The head of a school confirmed its lines."""

    name: ClassVar[str] = "registry.headcount_confirmed"

    headcount_id: int
    school_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountFrozen(Fact):
    """An edition of a headcount was frozen; the hash is over its lines."""

    name: ClassVar[str] = "registry.headcount_frozen"

    headcount_id: int
    count_date: date
    purpose: CountPurpose
    edition: int
    sha256: str
