"""Commands and views of memberships on the move."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, Text, View
from xuequ.unified.party.schemas.members import DocumentNo
from xuequ.unified.party.states.members import LetterState, MemberState, Way

Days = Annotated[int, Field(ge=1, le=366)]


class LetterIssuing(Command):
    """Issue a letter of transfer 组织关系介绍信, to a district of the county or to an organisation outside.

    It is valid for so many days from the day of issue, that day counted; `reason` for an unusual number.
    """

    member_id: Id
    number: DocumentNo
    to_district: Code | None = None
    to_outside: Name | None = None
    issued_on: date
    valid_days: Days
    reason: Text = ""

    @property
    def valid_until(self) -> date:
        """The first day on which it is no longer valid."""
        return self.issued_on + timedelta(days=self.valid_days)


class TakingIn(Command):
    """Take a member in from outside the county, with the letter that they bring."""

    person_id: Id
    state: MemberState = MemberState.FULL
    joined_on: date
    full_on: date | None = None
    joined_in: Text = ""
    probation_ends_on: date | None = None
    from_outside: Name
    number: DocumentNo
    issued_on: date
    valid_days: Days
    on: date
    group_id: Id | None = None

    @property
    def valid_until(self) -> date:
        """The first day on which the letter is no longer valid."""
        return self.issued_on + timedelta(days=self.valid_days)


class TransferView(View):
    """A letter of transfer; `last_day` is the last on which it may be received."""

    id: Id
    member_id: Id
    name: str
    way: Way
    state: LetterState
    number: str
    from_: str
    to: str
    issued_on: date
    last_day: date
    closed_on: date | None
    reason: str
    expired: bool
