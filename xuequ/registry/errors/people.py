"""Errors of people."""

from __future__ import annotations

from xuequ.core.errors import RuleBroken


class BornAfter(RuleBroken):
    """Somebody begins before being born."""

    code = "registry.born_after"
    born: str
    since: str
