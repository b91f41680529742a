"""Samples of the workbooks of leadership."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import book, maker

SAMPLES: dict[str, Sample] = {
    "leadership.books.plan": lambda door: (book(),),
    "leadership.books.apply": lambda door: (_plan(door),),
    "leadership.books.take": lambda door: (book(),),
    "leadership.books.export": lambda door: ("leadership.none",),
    "leadership.books.imports": lambda door: (),
}


def _plan(door: Any) -> Any:
    return maker(door).registry.plan_set_up(book())
