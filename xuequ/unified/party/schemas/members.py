"""Commands and views of the branch and its members."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Code, Command, Id, Name, Text, View, clean_text
from xuequ.unified.party.states.members import Joining, MemberExit, MemberState, Office

DocumentNo = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
"""The number of a document, or the minutes, by which something was done 文号."""


# commands


class BranchFoundation(Command):
    """Found the branch of the district, or record one that has long been there.

    `full_members` is how many full members it had, as the superior's approval says; `term_ends_on` the
    first day after the committee's term, if one is under way.
    """

    name: Name
    superior: Name
    since: date
    full_members: Annotated[int, Field(ge=0)]
    term_ends_on: date | None = None
    authority: DocumentNo


class GroupForming(Command):
    """Form a group for the members who work at some schools; none, for those without a school."""

    name: Name
    since: date
    schools: tuple[Code, ...] = ()


class MemberEntry(Command):
    """Enter a member whose membership is under way 补录.

    `joined_on` is the day of the meeting that passed the admission, `full_on` that of becoming a full
    member, `since` the day from which this branch is responsible: never before the branch was founded, and
    that of founding when left out for somebody who joined earlier. A suspended member is entered with the
    days of both losing contact and suspension.
    """

    person_id: Id
    state: MemberState = MemberState.FULL
    joined_on: date
    full_on: date | None = None
    since: date | None = None
    joined_in: Text = ""
    probation_ends_on: date | None = None
    suspended_on: date | None = None
    lost_since: date | None = None
    group_id: Id | None = None


class Seat(Command):
    """One seat in the committee."""

    member_id: Id
    office: Office


class CommitteeSeating(Command):
    """A committee as it was elected, whole; `reason` for an unusual size.

    `term_ends_on` is the first day after the term; the usual number of years later when left out.
    """

    since: date
    seats: tuple[Seat, ...]
    term_ends_on: date | None = None
    reason: Text = ""
    authority: DocumentNo


class Admission(Command):
    """Somebody was passed by the branch meeting; `on` is its day, from which membership counts."""

    person_id: Id
    on: date
    authority: DocumentNo
    group_id: Id | None = None


class MemberEnding(Command):
    """Somebody is no longer a member from a day; the meeting decided and the superior approved."""

    exit: MemberExit
    on: date
    authority: DocumentNo


class Suspension(Command):
    """Contact with a member was lost; membership is suspended from a day 停止党籍."""

    lost_since: date
    on: date
    authority: DocumentNo


# views


class BranchView(View):
    """The branch of a district."""

    id: Id
    name: str
    superior: str
    since: date
    term_ends_on: date | None


class GroupView(View):
    """A group of the branch with its leader, its schools and the number of its members."""

    id: Id
    name: str
    since: date
    schools: tuple[str, ...]
    leader_id: Id | None
    leader: str | None
    members: int

    @property
    def schools_listed(self) -> str:
        """Its schools, as a form prints them."""
        return "、".join(self.schools)


class SeatView(View):
    """Who sits in the committee."""

    member_id: Id
    name: str
    office: Office
    since: date


class MemberView(View):
    """A member of the branch as of a day."""

    id: Id
    person_id: Id
    name: str
    staff_id: Id | None
    staff_no: str | None
    school: str | None
    state: MemberState
    joined_on: date
    full_on: date | None
    probation_ends_on: date | None
    group_id: Id | None
    group: str | None


class StatusSpan(View):
    """What somebody was as a member, over some days."""

    state: MemberState
    since: date
    until: date | None
    authority: str


class AffiliationSpan(View):
    """Which branch was responsible for somebody, over some days."""

    branch_id: Id
    branch: str
    since: date
    until: date | None
    joined_as: Joining


class MembershipView(View):
    """One membership through time: states, responsible branches, and how it ended."""

    id: Id
    person_id: Id
    name: str
    joined_on: date
    full_on: date | None
    joined_in: str
    probation_ends_on: date | None
    extended_on: date | None
    ended_on: date | None
    exit: MemberExit | None
    statuses: tuple[StatusSpan, ...]
    affiliations: tuple[AffiliationSpan, ...]
