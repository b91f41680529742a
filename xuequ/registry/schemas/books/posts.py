"""Rows of the workbook of posts."""

from __future__ import annotations

from datetime import date

from xuequ.core.access import Post
from xuequ.core.fields import Code, Command, Name, Number
from xuequ.registry.schemas.posts import DocumentNo
from xuequ.registry.states.posts import AppointmentEnd


class AppointmentRow(Command):
    """An appointment 任职 at a school, or without one at the district; `until` is the first day without."""

    post: Post
    school: Code | None = None
    staff_no: Number
    name: Name | None = None
    since: date
    until: date | None = None
    acting: bool | None = None
    authority: DocumentNo
    ended: AppointmentEnd | None = None


class DelegationRow(Command):
    """Powers of a post lent 授权 by its holder; `reach` narrows them to one school."""

    post: Post
    school: Code | None = None
    holder_no: Number
    staff_no: Number
    name: Name | None = None
    reach: Code | None = None
    since: date
    until: date | None = None
    reason: DocumentNo
