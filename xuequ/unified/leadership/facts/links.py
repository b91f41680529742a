"""What happened to links and to support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksDrawn(Fact):
    """Schools got their leaders from a day: all of them, some, or as a change of schools asks."""

    name: ClassVar[str] = "leadership.links_drawn"

    since: date
    link_ids: tuple[int, ...]
    school_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEnded(Fact):
    """A school that is closed has no leader any more; the day is the first without."""

    name: ClassVar[str] = "leadership.link_ended"

    link_id: int
    school_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksHandedOver(Fact):
    """The links of a post went over to who holds it now."""

    name: ClassVar[str] = "leadership.links_handed_over"

    post: str
    staff_id: int
    link_ids: tuple[int, ...]
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RedrawPrepared(Fact):
    """Links were prepared for the day on which schools open, merge or close."""

    name: ClassVar[str] = "leadership.redraw_prepared"

    since: date
    schools: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedrawWithdrawn(Fact):
    """Links that were prepared for a day are not to come about."""

    name: ClassVar[str] = "leadership.redraw_withdrawn"

    since: date
