"""What one part's fact makes another do: the whole table.

A flow is called in the thread, Session and transaction of the fact, in the listed order. An exception
in a flow undoes its cause: that is the veto. Flows hold no rules of their own; they call services.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xuequ.core.context import Context
from xuequ.core.facts import Fact
from xuequ.flows.employment import end_posts
from xuequ.flows.leave import (
    cancel_cover,
    cancel_evidence,
    follow_assigned,
    follow_handed_over,
    give_cover,
    open_cover,
    record_cover,
    record_leave,
    shorten_cover,
    shorten_evidence,
    take_back_cover,
)
from xuequ.flows.party import (
    follow_back,
    follow_correction,
    follow_employment,
    follow_placed,
    keep_records,
    leave_posts,
    take_posts,
)
from xuequ.flows.schools import link_entered, link_opened, unlink_closed
from xuequ.registry.facts.people import PeopleMerged
from xuequ.registry.facts.places import SchoolClosed, SchoolMerged, SchoolOpened, SchoolsOpened
from xuequ.registry.facts.posts import AppointmentEnded, AppointmentMade, AppointmentRevoked, DelegationEnded
from xuequ.registry.facts.staff import (
    EmploymentEnded,
    EmploymentTransferred,
    PlacementCorrected,
    StaffCameBack,
    StaffPlaced,
)
from xuequ.registry.facts.teaching import TeachingAssigned, TeachingEnded, TeachingHandedOver
from xuequ.unified.evaluation.facts import EvidenceRecorded, EvidenceReversed
from xuequ.unified.leadership.facts.leave import LeaveApproved, LeaveCancelled, LeaveShortened, LeaveTaken
from xuequ.unified.leadership.facts.links import LinkEnded, LinksDrawn
from xuequ.unified.party.facts.members import PlacementFollowed, PostsLeft, PostsTaken
from xuequ.unified.teaching.facts.cover import CoverEnded, CoverGiven, CoverOpened, CoverReleased


@dataclass(frozen=True, slots=True)
class Flow:
    """One reaction: what it does with a fact and its id, and which facts it may bring about."""

    run: Callable[[Context, Any, int], None]
    announces: tuple[type[Fact], ...] = ()


Flows = Mapping[type[Fact], tuple[Flow, ...]]

_COVER = (CoverEnded, CoverReleased, CoverOpened)

_FOLLOWED = (PlacementFollowed, PostsLeft)

FLOWS: Flows = {
    EmploymentEnded: (Flow(end_posts, announces=(AppointmentEnded, DelegationEnded)),),
    LeaveApproved: (Flow(open_cover, announces=_COVER),),
    LeaveShortened: (
        Flow(shorten_cover, announces=_COVER),
        Flow(shorten_evidence, announces=(EvidenceReversed,)),
    ),
    LeaveCancelled: (
        Flow(cancel_cover, announces=_COVER),
        Flow(cancel_evidence, announces=(EvidenceReversed,)),
    ),
    LeaveTaken: (
        Flow(record_leave, announces=(EvidenceRecorded,)),
        Flow(give_cover, announces=(CoverGiven,)),
    ),
    CoverGiven: (Flow(record_cover, announces=(EvidenceRecorded,)),),
    CoverEnded: (Flow(take_back_cover, announces=(EvidenceReversed,)),),
    TeachingAssigned: (Flow(follow_assigned, announces=_COVER),),
    TeachingHandedOver: (Flow(follow_handed_over, announces=_COVER),),
    TeachingEnded: (Flow(follow_assigned, announces=_COVER),),
    SchoolOpened: (Flow(link_opened, announces=(LinksDrawn,)),),
    SchoolsOpened: (Flow(link_entered, announces=(LinksDrawn,)),),
    SchoolMerged: (Flow(unlink_closed, announces=(LinkEnded, LinksDrawn)),),
    SchoolClosed: (Flow(unlink_closed, announces=(LinkEnded, LinksDrawn)),),
    EmploymentTransferred: (Flow(follow_employment, announces=_FOLLOWED),),
    PlacementCorrected: (Flow(follow_correction, announces=_FOLLOWED),),
    PostsLeft: (Flow(leave_posts, announces=(AppointmentEnded, AppointmentRevoked, DelegationEnded)),),
    PostsTaken: (Flow(take_posts, announces=(AppointmentMade,)),),
    StaffCameBack: (Flow(follow_back, announces=_FOLLOWED),),
    PeopleMerged: (Flow(keep_records),),
    StaffPlaced: (Flow(follow_placed, announces=_FOLLOWED),),
}
"""Fact → flows, in order. The parts bring theirs."""


def follow(flows: Flows) -> Callable[[Context, Fact, int], None]:
    """Return what a context calls with every fact that is announced."""

    def announce(context: Context, fact: Fact, fact_id: int) -> None:
        for flow in flows.get(type(fact), ()):
            flow.run(context, fact, fact_id)

    return announce


def cycle(flows: Flows) -> list[type[Fact]] | None:
    """Return a chain of facts that would bring itself about again, or None."""

    def walk(fact: type[Fact], path: list[type[Fact]]) -> list[type[Fact]] | None:
        if fact in path:
            return [*path[path.index(fact) :], fact]
        following = (after for flow in flows.get(fact, ()) for after in flow.announces)
        return next((found for after in following if (found := walk(after, [*path, fact]))), None)

    return next((found for fact in flows if (found := walk(fact, []))), None)
