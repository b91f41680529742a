"""Calls that the tests of development share: an applicant's steps by their days, acts in one line."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.unified.party.hall import Hall, hall
from tests.unified.party.meeting import held, vote
from xuequ.core.access import Actor
from xuequ.core.source import Source
from xuequ.registry.models.staff import Staff
from xuequ.testing.factories import MAKER
from xuequ.unified.party.rules.development import VOTES
from xuequ.unified.party.schemas.development import AnyStep, Application
from xuequ.unified.party.schemas.development_views import CaseView
from xuequ.unified.party.schemas.votes import VoteView
from xuequ.unified.party.states.development import CASE_KIND, StepKind

STEP: TypeAdapter[AnyStep] = TypeAdapter(AnyStep)
PAPER = "凤教党〔2026〕1号"
TALLY = {"due": 8, "present": 7, "yes": 5}
"""What is said of a meeting of before a case was taken over."""
WAY: tuple[tuple[str, str], ...] = (
    ("talk", "2025-02-05"),
    ("activist", "2025-02-28"),
    ("review", "2025-08-20"),
    ("review", "2026-02-10"),
    ("notice", "2026-05-21"),
    ("candidate", "2026-05-28"),
    ("political_review", "2026-06-05"),
    ("training", "2026-06-10"),
    ("pre_review", "2026-06-20"),
    ("meeting", "2026-07-01"),
    ("approval", "2026-08-01"),
    ("oath", "2026-08-20"),
    ("request", "2027-06-25"),
    ("conversion", "2027-07-01"),
    ("conversion_approval", "2027-08-01"),
)
"""A whole case after its application of 2025-01-10, in which nothing departs from the rule texts."""
APPLIED = date(2025, 1, 10)
LATER = date(2028, 1, 3)
"""A day after all of it."""


def staff_id(session: Session, person_id: int) -> int:
    return session.scalars(select(Staff.id).where(Staff.person_id == person_id)).one()


def step(place: Hall, kind: str, on: str, **more: Any) -> AnyStep:
    """Make a step that is right but for its day."""
    own: dict[str, Any] = {}
    if kind in {"activist", "candidate", "pre_review", "approval", "request", "conversion_approval"}:
        own["document"] = PAPER
    if kind in {"activist", "meeting"}:
        own["sponsors"] = [str(one) for one in place.full[:2]]
    if kind == "training":
        own["hours"] = 24
    return STEP.validate_python({"kind": StepKind(kind), "on": on, **own, **more})


def meeting_hall(session: Session, **more: Any) -> Hall:
    """Make a hall with eight full members and applicants, on a day after everything."""
    return hall(session, today=LATER, **more)


def apply(place: Hall, number: int = 0, on: date = APPLIED, actor: Actor = MAKER) -> CaseView:
    """Let one of the staff who is no member apply."""
    applicant = staff_id(place.session, place.spare[number])
    door = place.at(LATER, actor)
    return door.party.development.open_case(Application(staff_id=applicant, on=on, document=PAPER))


def ballot(place: Hall, case_id: int, kind: str, on: str, yes: int = 5, present: int = 7) -> VoteView:
    """Hold the branch meeting of a day, and record its vote on a case."""
    meeting = held(place, place.full[:present], on=date.fromisoformat(on))
    return vote(place.door, meeting.id, yes, VOTES[StepKind(kind)], (Source(CASE_KIND, case_id),))


def record(place: Hall, case_id: int, kind: str, on: str, *, yes: int | None = 5, **more: Any) -> CaseView:
    """Record a step; a meeting's with its vote before it, unless there is none of `yes`."""
    if StepKind(kind) in VOTES and yes is not None:
        ballot(place, case_id, kind, on, yes)
    return place.door.party.development.record_step(case_id, step(place, kind, on, **more))


def advance(place: Hall, up_to: str = "", number: int = 0) -> CaseView:
    """Open a case and record its steps up to a kind; all of them without one."""
    view = apply(place, number)
    for kind, on in WAY:
        view = record(place, view.id, kind, on)
        if kind == up_to and not (kind == "review" and on == "2025-08-20"):
            break
    return view
