"""Errors of budget control."""

from __future__ import annotations

from xuequ.core.errors import Conflict, NotPermitted


class OverrideNotYours(NotPermitted):
    """The actor holds none of the posts that the district lets override a refusal."""

    code = "budget.override_not_yours"
    actor: str
    posts: str


class OverrideDiffers(Conflict):
    """The source has overridden this line's refusal already, with another amount or reason."""

    code = "budget.override_differs"
    line: str
    source: str
    recorded: str
    given: str
