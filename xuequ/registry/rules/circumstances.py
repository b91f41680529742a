"""Pure decisions about pupils' circumstances: traits, areas, residence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xuequ.core.errors import Problem
from xuequ.registry.errors.circumstances import (
    AreaCodeWrong,
    ResidenceBackwards,
    TraitDetailWrong,
    TraitKnown,
    TraitUnknown,
)
from xuequ.registry.states.circumstances import DETAILS, TraitDetail, TraitKind

_AREA = re.compile(r"[1-9]\d{5}(\d{6})?", re.ASCII)


class Change(Enum):
    """What a recorded trait means for the last span of its kind."""

    STAYS = "stays"
    BEGINS = "begins"
    REPLACES = "replaces"
    CORRECTS = "corrects"
    ENDS = "ends"
    ERASES = "erases"


@dataclass(frozen=True, slots=True)
class Held:
    """The last span of a trait of one kind."""

    detail: TraitDetail | None
    since: date
    until: date | None


def check_detail(kind: TraitKind, detail: TraitDetail | None) -> list[Problem]:
    """Refuse a kind without its detail, or with another kind's.

    Source: our decision; ``DETAILS``.
    """
    known = DETAILS[kind]
    if (detail in known) if known else detail is None:
        return []
    labels = "、".join(one.label for one in TraitDetail if one in known) or "无"
    return [Problem(TraitDetailWrong(kind=kind.label, known=labels))]


def decide_trait(
    held: Held | None, kind: TraitKind, detail: TraitDetail | None, since: date
) -> Change | Problem:
    """Tell what it means that a trait holds from a day: begins anew, goes on, or is another in detail.

    Source: our decision.
    """
    if held is None or (held.until is not None and held.until <= since):
        return Change.BEGINS
    if held.until is not None or since < held.since:
        return Problem(TraitKnown(kind=kind.label))
    if held.detail is detail:
        return Change.STAYS
    return Change.CORRECTS if held.since == since else Change.REPLACES


def decide_end(held: Held | None, kind: TraitKind, until: date) -> Change | Problem:
    """Tell what it means that a trait holds no longer from a day.

    One that ends on the day on which it began was never there.

    Source: our decision.
    """
    if held is not None and held.until == until:
        return Change.STAYS
    if held is None or held.until is not None or until < held.since:
        return Problem(TraitUnknown(kind=kind.label))
    return Change.ERASES if until == held.since else Change.ENDS


def check_area(area: str) -> list[Problem]:
    """Refuse what is no code of a county (6 figures) or of a village (12 figures).

    Source: GB/T 2260; 《统计用区划代码和城乡划分代码编制规则》.

    >>> check_area("530921"), check_area("530921100200"), len(check_area("凤庆县"))
    ([], [], 1)
    """
    return [] if _AREA.fullmatch(area) else [Problem(AreaCodeWrong(text=area))]


def check_residence(current: date | None, since: date) -> list[Problem]:
    """Refuse a residence that begins before the present one did.

    Source: our decision.
    """
    if current is None or since >= current:
        return []
    return [Problem(ResidenceBackwards(since=str(since), current=str(current)))]
