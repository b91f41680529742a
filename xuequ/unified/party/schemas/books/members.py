"""Rows of the workbook of members: the branch, its groups, its members, and who holds an office."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Command, Name, Number, Text
from xuequ.unified.party.schemas.members import DocumentNo
from xuequ.unified.party.states.members import MemberState, Office


class BranchRow(Command):
    """The branch; `full_members` is how many full members it had when it was founded, or has now."""

    name: Name
    superior: Name
    since: date
    full_members: Annotated[int, Field(ge=0)]
    term_ends_on: date | None = None
    authority: DocumentNo


class GroupRow(Command):
    """A group; `schools` are the codes of its schools with 、 between them."""

    name: Name
    since: date
    schools: Text | None = None


class MemberRow(Command):
    """A member in service, as of the day of the file; `since` is from when the branch is responsible."""

    staff_no: Number
    name: Name | None = None
    state: MemberState
    joined_on: date
    full_on: date | None = None
    since: date | None = None
    joined_in: Text | None = None
    probation_ends_on: date | None = None
    suspended_on: date | None = None
    lost_since: date | None = None
    group: Name | None = None


class SeatRow(Command):
    """A seat in the committee."""

    staff_no: Number
    name: Name | None = None
    office: Office
    since: date
    authority: DocumentNo


class LeaderRow(Command):
    """The leader of a group."""

    group: Name
    staff_no: Number
    name: Name | None = None
    since: date
