"""Samples of the workbooks of party."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import book, maker

SAMPLES: dict[str, Sample] = {
    "party.books.plan": lambda door: (book(),),
    "party.books.apply": lambda door: (_plan(door),),
    "party.books.take": lambda door: (book(),),
    "party.books.export": lambda door: ("party.none",),
    "party.books.imports": lambda door: (),
}


def _plan(door: Any) -> Any:
    return maker(door).registry.plan_set_up(book())
