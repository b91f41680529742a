"""Pure decisions about headcounts: when one may be drawn up, confirmed and frozen, its sums and its hash.

Nothing here adds a frozen figure to a live one; `differences` sets them side by side.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.errors import Problem
from xuequ.registry.errors.headcounts import (
    AlreadyConfirmed,
    CountDateAhead,
    HeadcountAlreadyFrozen,
    HeadcountNeedsReason,
    HeadcountReplaced,
    PupilsPastTheirStage,
    SchoolsUnconfirmed,
)
from xuequ.registry.states.headcounts import CountPurpose, HeadFigure

FIGURES = tuple(figure.code for figure in HeadFigure)
"""The names of the figures of a line of pupils, in their order."""


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: its number, the number of the latest one, and when it was frozen if it was."""

    number: int
    latest: int
    frozen_at: str = ""


@dataclass(frozen=True, slots=True)
class Overdue:
    """A class that has left its stage with pupils still on its roll."""

    school: str
    name: str
    pupils: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of one school and stage, frozen and live, where the two differ."""

    school: str
    stage: str
    figure: str
    frozen: int
    live: int


def check_draft(
    count_date: date,
    today: date,
    purpose: CountPurpose,
    latest: int | None,
    reason: str,
    overdue: Sequence[Overdue],
) -> list[Problem]:
    """Refuse a count date ahead, a further edition without a reason, and pupils whom no grade holds.

    Source: domain rules A §3 (as-of date); 教育事业统计 counts by grade, so a pupil past the last one
    would fall out of every sum.
    """
    found: list[Problem] = []
    if count_date > today:
        found.append(Problem(CountDateAhead(count_date=str(count_date), today=str(today))))
    if latest is not None and not reason.strip():
        error = HeadcountNeedsReason(count_date=str(count_date), purpose=purpose.label, edition=latest)
        found.append(Problem(error))
    for one in overdue:
        error_ = PupilsPastTheirStage(school=one.school, name=one.name, pupils=one.pupils)
        found.append(Problem(error_))
    return found


def check_open(edition: Edition) -> list[Problem]:
    """Refuse to go on with an edition that is frozen or replaced.

    Source: domain rules B §12 (snapshot: draft → school-confirmed → verified → frozen).
    """
    if edition.frozen_at:
        error = HeadcountAlreadyFrozen(edition=edition.number, frozen_at=edition.frozen_at)
        return [Problem(error)]
    if edition.number < edition.latest:
        return [Problem(HeadcountReplaced(edition=edition.number, latest=edition.latest))]
    return []


def check_confirmation(edition: Edition, school: str, *, confirmed: bool) -> list[Problem]:
    """Refuse to confirm what is no longer open, or was confirmed.

    Source: domain rules B §12.
    """
    found = check_open(edition)
    if confirmed:
        found.append(Problem(AlreadyConfirmed(school=school)))
    return found


def check_freeze(edition: Edition, unconfirmed: Sequence[str], reason: str) -> list[Problem]:
    """Refuse to freeze what is no longer open, or what a school has not confirmed unless a reason is given.

    Args:
        unconfirmed: the codes of the open schools that have not confirmed.

    Source: domain rules B §12; that a reason stands in for a school is our decision.
    """
    found = check_open(edition)
    if unconfirmed and not reason.strip():
        found.append(Problem(SchoolsUnconfirmed(schools="、".join(unconfirmed))))
    return found


def sums(lines: Iterable[Any]) -> dict[str, int]:
    """Add up the figures of lines of pupils, by the name of the figure.

    Source: domain rules A §1 (typed totals drift; derive them).
    """
    total = dict.fromkeys(FIGURES, 0)
    for line in lines:
        for name in FIGURES:
            total[name] += getattr(line, name)
    return total


def digest(
    header: Mapping[str, Any], pupils: Iterable[Mapping[str, Any]], staff: Iterable[Mapping[str, Any]]
) -> str:
    """Return the SHA-256 of an edition: its header and its lines, in whatever order they come.

    Source: our decision; canonical JSON with sorted keys, as the journal writes facts.
    """
    written = [_canonical(header), *sorted(map(_canonical, pupils)), *sorted(map(_canonical, staff))]
    return hashlib.sha256("\n".join(written).encode()).hexdigest()


def _canonical(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def differences(
    frozen: Mapping[tuple[str, str], Mapping[str, int]], live: Mapping[tuple[str, str], Mapping[str, int]]
) -> list[Difference]:
    """Set frozen and live figures side by side, by school and stage, and return those that differ.

    Source: domain rules A §1 (each figure carries its as-of date).
    """
    found: list[Difference] = []
    for key in sorted({*frozen, *live}):
        was, is_ = frozen.get(key, {}), live.get(key, {})
        for figure in sorted({*was, *is_}, key=[*FIGURES, "staff"].index):
            before, after = was.get(figure, 0), is_.get(figure, 0)
            if before != after:
                found.append(Difference(*key, figure, before, after))
    return found
