"""Classes written in one cell of a list: 小学2026级1班、小学2025级1班."""

from __future__ import annotations

import re
from collections.abc import Iterable

from xuequ.core.errors import Problem
from xuequ.core.text import half_width
from xuequ.registry.errors.classes import ClassListUnreadable
from xuequ.registry.states.classes import Stage

Cohort = tuple[Stage, int, int]
"""Stage, entry year and number of a class."""

_STAGES = {name: stage for stage in Stage for name in (stage.label, *stage.aliases)}
_CLASS = re.compile(f"({'|'.join(sorted(_STAGES, key=len, reverse=True))})(\\d{{4}})级\\(?(\\d{{1,2}})\\)?班")


def read_class_list(text: str) -> list[Cohort] | Problem:
    """Read the classes that a text names, in the order of stage, entry year and number.

    Source: our decision; as schools write classes.

    >>> [cohort[1:] for cohort in read_class_list("小学2026级1班、小学2025级（1）班")]
    [(2025, 1), (2026, 1)]
    >>> read_class_list("一年级").error.text
    '一年级'
    """
    found: set[Cohort] = set()
    for part in re.split(r"[、,;]", half_width(text)):
        matched = _CLASS.fullmatch("".join(part.split()))
        if matched is None:
            return Problem(ClassListUnreadable(text=part.strip()))
        stage, year, number = matched.groups()
        found.add((_STAGES[stage], int(year), int(number)))
    return sorted(found, key=_order)


def write_class_list(classes: Iterable[Cohort]) -> str:
    """Write classes as `read_class_list` reads them.

    Source: our decision.

    >>> write_class_list([(Stage.PRIMARY, 2026, 1), (Stage.PRIMARY, 2025, 1)])
    '小学2025级1班、小学2026级1班'
    """
    return "、".join(
        f"{stage.label}{year}级{number}班" for stage, year, number in sorted(classes, key=_order)
    )


def _order(cohort: Cohort) -> tuple[int, int, int]:
    stage, year, number = cohort
    return list(Stage).index(stage), year, number
