"""Commands and views of posts."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.access import Post
from xuequ.core.fields import Code, Command, Id, View, clean_text
from xuequ.registry.states.posts import AppointmentEnd, Duty, Ground

DocumentNo = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=200)]
"""The number of a document, or the minutes, by which something was done 文号."""


class Appointing(Command):
    """Appoint somebody to a post at the door's place, or at one school of it.

    `until` is the first day after the term 任期, None when there is none. An `acting` holder 主持工作 sits
    in the same seat until the full appointment comes.
    """

    staff_id: Id
    post: Post
    school: Code | None = None
    since: date
    until: date | None = None
    acting: bool = False
    authority: DocumentNo


class HandingOver(Command):
    """Hand a post over to somebody else: the old holder's last day is the day before `on`."""

    staff_id: Id
    on: date
    until: date | None = None
    reason: AppointmentEnd = AppointmentEnd.MOVED
    authority: DocumentNo


class Delegating(Command):
    """Lend the powers of a post to somebody for some days; `school` narrows them to one school.

    Without `until` they are lent for as long as the appointment lasts.
    """

    staff_id: Id
    since: date
    until: date | None = None
    school: Code | None = None
    reason: DocumentNo


class AppointmentView(View):
    """Somebody's appointment to a post; `school` is None for a post of the district or the county."""

    id: Id
    staff_id: Id
    staff_no: str
    name: str
    post: Post
    place: str
    school: str | None
    since: date
    until: date | None
    acting: bool
    authority: str
    ended: AppointmentEnd | None


class DelegationView(View):
    """Powers of a post lent to somebody; `place` is where they reach."""

    id: Id
    appointment_id: Id
    post: Post
    place: str
    school: str | None
    holder_id: Id
    holder_no: str
    staff_id: Id
    staff_no: str
    name: str
    since: date
    until: date | None
    reason: str


class HeldView(View):
    """A post that one person holds, and on what ground."""

    post: Post
    place: str
    since: date
    until: date | None
    acting: bool
    ground: Ground


class VacancyView(View):
    """A post that must be filled and is held by nobody; `since` is None when it never was."""

    post: Post
    place: str
    since: date | None


class DutyLine(View):
    """One post of the duty list 岗位职责表; `holder` is None while it is vacant."""

    post: Post
    place: str
    holder: AppointmentView | None
    legal_representative: bool
    duties: tuple[Duty, ...]
    delegates: tuple[DelegationView, ...]


class ClashView(View):
    """A post held that excludes another post or a duty, from which day on, and by which rule."""

    held: HeldView
    duty: Duty
    other: Duty
    since: date
    authority: str
