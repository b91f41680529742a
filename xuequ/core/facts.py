"""Facts: what happened, in the past tense, as frozen values of ids, dates and Money."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar

from xuequ.core.money import Money
from xuequ.core.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Base of all facts. `name` is stable (``registry.pupils_enrolled``); `version` counts its shape."""

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1


def payload(fact: Fact) -> str:
    """Write a fact as canonical JSON: keys sorted, ids as strings, days as ISO text, Money as fen."""
    values = {field.name: _plain(field.name, getattr(fact, field.name)) for field in fields(fact)}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Money):
        return {"fen": value.fen}
    if isinstance(value, Source):
        return {"kind": value.kind, "id": str(value.id)}
    if isinstance(value, Enum):
        return _plain(name, value.value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(name, item) for item in value]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, int) and not isinstance(value, bool) and name.endswith(("_id", "_ids")):
        return str(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{name} is a {type(value).__name__}; a fact holds exact, frozen values")
