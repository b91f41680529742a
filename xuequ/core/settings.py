"""What a host hands to the doors once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from xuequ.core.access import Action, Actor, Policy, PostPolicy
from xuequ.core.errors import XuequError
from xuequ.core.keys import Keys
from xuequ.core.storage import Storage

CHINA = ZoneInfo("Asia/Shanghai")


def in_china(instant: datetime) -> str:
    """Write an instant as people in China read it, to the minute.

    >>> in_china(datetime(2026, 8, 31, 16, 5, tzinfo=UTC))
    '2026-09-01 00:05'
    """
    return f"{instant.astimezone(CHINA):%Y-%m-%d %H:%M}"


class Clock(Protocol):
    """Where `now` and `today` come from; rules never ask."""

    def now(self) -> datetime:
        """Return this instant, aware."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return this instant in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for tests, reports of a past day and replays."""

    instant: datetime

    @classmethod
    def at(cls, day: date) -> FixedClock:
        """Stand at eight in the morning of a day, China time."""
        return cls(datetime(day.year, day.month, day.day, 8, tzinfo=CHINA))

    def now(self) -> datetime:
        """Return the instant at which it stands."""
        return self.instant


Refusal = Callable[[XuequError, Actor, Action], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """Clock, policy, where files are kept, and what to call on a refusal (whose transaction is undone)."""

    clock: Clock = field(default_factory=SystemClock)
    policy: Policy = field(default_factory=PostPolicy)
    on_refusal: Refusal | None = None
    keys: Keys | None = None
    storage: Storage | None = None
    largest_file: int = 50 * 2**20
    """How many bytes an attachment may have at most; a matter of the host's disk, not of a rule."""
