"""Samples of the workbooks."""

from __future__ import annotations

from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import book, maker

SAMPLES: dict[str, Sample] = {
    "registry.take_set_up": lambda door: (book(),),
    "registry.books.plan": lambda door: (book(),),
    "registry.books.apply": lambda door: (_plan(door),),
    "registry.books.take": lambda door: (book(),),
    "registry.books.export": lambda door: ("registry.premises",),
    "registry.books.imports": lambda door: (),
}


def _plan(door: Any) -> Any:
    return maker(door).registry.plan_set_up(book())
