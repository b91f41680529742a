"""Errors of links."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotFound, RuleBroken


class NotALeader(RuleBroken):
    """Links are held by the leadership team only."""

    code = "leadership.not_a_leader"
    post: str
    leaders: str


class LeaderMissing(RuleBroken):
    """Nobody holds the post on the day, so nobody can be linked."""

    code = "leadership.leader_missing"
    post: str
    on: str


class LinkedTwice(Conflict):
    """One plan names a school twice."""

    code = "leadership.linked_twice"
    school: str


class LinkToUnknown(NotFound):
    """The district has no school of that code."""

    code = "leadership.link_to_unknown"
    school: str


class LinkToClosed(RuleBroken):
    """The school is closed by the day."""

    code = "leadership.link_to_closed"
    school: str
    on: str
    closed: str


class SchoolLeftOut(RuleBroken):
    """A plan of all links leaves an open school without a leader."""

    code = "leadership.school_left_out"
    school: str


class LinkedLater(Conflict):
    """The school's links are changed from a later day already."""

    code = "leadership.linked_later"
    school: str
    since: str


class LinksNotDrawn(RuleBroken):
    """There are no links on that day that could be changed."""

    code = "leadership.links_not_drawn"
    on: str


class NothingToHandOver(Conflict):
    """No links of the post hang on anybody but its holder."""

    code = "leadership.nothing_to_hand_over"
    post: str
    on: str


class SchoolStillLinked(RuleBroken):
    """A linked school cannot close before it is said how the links go on."""

    code = "leadership.school_still_linked"
    school: str
    on: str
    leader: str


class SchoolUnlinked(RuleBroken):
    """A school cannot open before it is said who is linked with it."""

    code = "leadership.school_unlinked"
    school: str
    on: str


class ClosingLinked(Conflict):
    """A plan gives a leader to a school that it says is to close."""

    code = "leadership.closing_linked"
    school: str


class RedrawUnknown(NotFound):
    """Nothing is prepared for that day, or it is in force already."""

    code = "leadership.redraw_unknown"
    since: str
