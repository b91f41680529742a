"""Samples of the calendar."""

from __future__ import annotations

from datetime import date

from tests.architecture.samples import Sample

DAY, LAST = date(2026, 9, 7), date(2026, 9, 30)

SAMPLES: dict[str, Sample] = {
    "registry.calendar.day": lambda door: (DAY, "s1"),
    "registry.calendar.school_halves": lambda door: (DAY, LAST),
    "registry.calendar.terms": lambda door: (2026, "s1"),
}
