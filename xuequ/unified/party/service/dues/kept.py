"""Rule parameters as a figure keeps them: as text, from which the same figure can be made anew."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standard, Standards
from xuequ.standards.notation import plain, read_kind, read_value, write_value
from xuequ.unified.party.schemas.dues import RuleUsed


def keep(used: Sequence[Standard], standards: Standards) -> str:
    """Write the parameters that a figure was made with."""
    return json.dumps(
        [
            {
                "key": one.key,
                "kind": standards.declared[one.key].kind,
                "value": plain(one.value),
                "place": one.place,
                "since": one.span.since.isoformat(),
                "until": one.span.until.isoformat() if one.span.until else None,
                "authority": one.authority,
                "article": one.article,
                "checked": one.checked,
            }
            for one in used
        ],
        ensure_ascii=False,
    )


def kept(text: str) -> tuple[Standard, ...]:
    """Read the parameters that a figure was made with."""
    return tuple(_standard(one) for one in json.loads(text))


def _standard(one: Any) -> Standard:
    until = date.fromisoformat(one["until"]) if one["until"] else None
    return Standard(
        key=one["key"],
        value=read_value(read_kind(one["kind"]), one["value"]),
        span=DaySpan(date.fromisoformat(one["since"]), until),
        place=one["place"],
        authority=one["authority"],
        article=one["article"],
        checked=one["checked"],
    )


def rules_of(text: str) -> tuple[RuleUsed, ...]:
    """Return the parameters that a figure was made with, as a view."""
    return tuple(
        RuleUsed(
            key=one.key,
            value=write_value(one.value),
            place=one.place,
            since=one.span.since,
            authority=one.authority,
            article=one.article,
        )
        for one in kept(text)
    )
