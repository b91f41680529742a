"""The packs in the wheel: what nation and provinces set, one file a subject."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from xuequ.core.errors import Problem, Problems
from xuequ.core.standards import Declaration, Standard, Standards
from xuequ.standards.loader import Pack, read_pack


@cache
def every_pack() -> Standards:
    """Return all packs, of every province; a rule takes `national`, which keeps to one place."""
    folder = files("xuequ.standards").joinpath("packs")
    named = sorted(folder.iterdir(), key=lambda file: file.name)
    return combine(read_pack(file.name, file.read_text("utf-8")) for file in named)


def combine(packs: Iterable[Pack]) -> Standards:
    """Put packs together.

    Raises:
        Problems: names file, key and field of every entry that cannot be taken.
    """
    standards: list[Standard] = []
    declared: list[Declaration] = []
    problems: list[Problem] = []
    for pack in packs:
        standards += pack.standards
        declared += pack.declared
        problems += pack.problems
    if problems:
        raise Problems(problems=tuple(problems))
    return Standards(standards, declared)


def national(place: str = "") -> Standards:
    """Return what holds at a place by nation and province; without a place, by the nation alone.

    Args:
        place: a province's code, a county's, or a path that begins with one.
    """
    return _of_province(place[:2])


@cache
def _of_province(province: str) -> Standards:
    return every_pack().at(province)
