"""Rows of the workbook of attendance at meetings."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from xuequ.core.fields import Command, Name, Number, Text, clean_text
from xuequ.unified.party.schemas.meetings import Topic
from xuequ.unified.party.states.meetings import Body, Mark, MeetingKind


class MeetingRow(Command):
    """A meeting; with a day on which it was held, its roll is frozen and all are absent until marked.

    `between` are the staff numbers of the two of a talk, with 、 between them.
    """

    number: Number
    kind: MeetingKind
    body: Body | None = None
    group: Name | None = None
    between: Text = ""
    within: Number | None = None
    planned_on: date
    topic: Topic
    place: Text = ""
    held_on: date | None = None
    agenda: Annotated[str, AfterValidator(clean_text), Field(max_length=10_000)] = ""
    host: Number | None = None
    lecturer: Number | None = None


class AttendanceRow(Command):
    """Whether one member came to a meeting that was held; leave has its day and its reason."""

    number: Number
    staff_no: Number
    mark: Mark
    excused_on: date | None = None
    reason: Text = ""
