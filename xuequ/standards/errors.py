"""Errors of rule parameters."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class KindUnreadable(Invalid):
    """Text that is no kind of value in the notation of the packs."""

    code = "standards.kind_unreadable"
    kind: str


class ValueUnreadable(Invalid):
    """A value that is not of its kind."""

    code = "standards.value_unreadable"
    expected: str
    text: str
    where: str


class PackWrong(Invalid):
    """An entry of a pack, or of a file in its notation, cannot be taken."""

    code = "standards.pack_wrong"
    file: str
    key: str
    field: str
    reason: str


class KeyUnknown(NotFound):
    """No rule parameter has that key."""

    code = "standards.key_unknown"
    key: str


class BelowFloor(RuleBroken):
    """A value below what a source above allows."""

    code = "standards.below_floor"
    label: str
    key: str
    value: str
    limit: str
    authority: str


class AboveCeiling(RuleBroken):
    """A value above what a source above allows."""

    code = "standards.above_ceiling"
    label: str
    key: str
    value: str
    limit: str
    authority: str


class NotForYou(RuleBroken):
    """A source above leaves no choice."""

    code = "standards.not_for_you"
    label: str
    key: str
    limit: str
    authority: str


class CountySets(RuleBroken):
    """A district would set what is for the county to set."""

    code = "standards.county_sets"
    label: str
    key: str


class Backdated(RuleBroken):
    """A value for days that have passed, or on which another holds, without a reason."""

    code = "standards.backdated"
    key: str
    since: str
    today: str


class LaterValueThere(Conflict):
    """A value that would reach into one that is recorded for later."""

    code = "standards.later_value_there"
    key: str
    until: str
    later: str


class ListUnknown(NotFound):
    """No code list has that name."""

    code = "standards.list_unknown"
    list: str
    known: str
