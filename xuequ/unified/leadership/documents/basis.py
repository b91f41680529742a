"""Arguments that several documents of leadership take."""

from __future__ import annotations

from datetime import date

from xuequ.core.document import Argument

FIRST = Argument("first", "起始日期，如 2026-09-01", date.fromisoformat)
LAST = Argument("last", "截止日期（含），如 2026-09-30", date.fromisoformat)
