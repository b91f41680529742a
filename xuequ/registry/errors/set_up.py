"""Errors of the set-up workbook."""

from __future__ import annotations

from xuequ.core.errors import Conflict, RuleBroken


class PlaceOfBook(RuleBroken):
    """The workbook is of another district than the door."""

    code = "registry.place_of_book"
    book: str
    door: str


class CountyNameDiffers(RuleBroken):
    """The workbook names the county otherwise than it is registered."""

    code = "registry.county_name_differs"
    book: str
    registered: str


class MovedBackwards(RuleBroken):
    """A move that would begin before the span it is to end."""

    code = "registry.moved_backwards"
    since: str
    current: str


class MovedAway(Conflict):
    """The number belongs to another district of the county."""

    code = "registry.moved_away"
    number: str
