"""Pure decisions about support: whom a leader may support when, and what it came to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from xuequ.core.access import Post
from xuequ.core.errors import Problem
from xuequ.registry.rules.classes import Schooling, begins, is_running
from xuequ.registry.states.classes import Stage
from xuequ.unified.leadership.errors.support import SupportedTwice, SupportsAlready, TargetAbsent

PLACES = 4
"""Decimals of a measure."""

TERMS = {0: "学年", 1: "第一学期", 2: "第二学期"}
"""What the terms are called; 0 is the whole school year."""


@dataclass(frozen=True, slots=True)
class Period:
    """A term of a school year, or with term 0 the whole of it."""

    school_year: int
    term: int

    def meets(self, other: Period) -> bool:
        """Tell whether two periods have days in common."""
        return self.school_year == other.school_year and (0 in (self.term, other.term) or self == other)

    def __str__(self) -> str:
        return f"{self.school_year}—{self.school_year + 1}学年" + (TERMS[self.term] if self.term else "")


@dataclass(frozen=True, slots=True)
class Supported:
    """A support target as it stands: by whom, when, of whom; `called` is what people call it."""

    post: Post
    period: Period
    target: str
    called: str


@dataclass(frozen=True, slots=True)
class Cohort:
    """A class, as far as it matters whether it is there."""

    stage: Stage
    entry_year: int
    formed_on: date | None = None
    dissolved_on: date | None = None


def is_there(classes: Iterable[Cohort], school_year: int, schooling: Schooling) -> bool:
    """Tell whether at least one of the classes is there on some day of a school year.

    Source: our decision; a grade group is there when one class of it is.
    """
    first, next_year = begins(school_year, schooling), begins(school_year + 1, schooling)
    return any(
        is_running(one.stage, one.entry_year, first, schooling)
        and (one.formed_on is None or one.formed_on < next_year)
        and (one.dissolved_on is None or one.dissolved_on > first)
        for one in classes
    )


def support_problems(wanted: Supported, standing: Sequence[Supported], *, there: bool) -> list[Problem]:
    """Refuse a target that is not there, one that is supported already, and a leader's second one.

    Source: the article, （一）统一行政领导 (each leader supports a class or a grade group); rules A §1.
    """
    when = str(wanted.period)
    found = [] if there else [Problem(TargetAbsent(target=wanted.called, when=when))]
    for one in standing:
        if not one.period.meets(wanted.period):
            continue
        if one.target == wanted.target:
            said = {"target": wanted.called, "when": when, "leader": one.post.label}
            found.append(Problem(SupportedTwice(**said)))
        elif one.post is wanted.post:
            said = {"leader": one.post.label, "when": when, "target": one.called}
            found.append(Problem(SupportsAlready(**said)))
    return found


def support_gain(
    baseline: Decimal,
    result: Decimal | None,
    baseline_mean: Decimal | None = None,
    result_mean: Decimal | None = None,
) -> Decimal | None:
    """Return what a target gained over what the district's mean gained; None before there is a result.

    Without the district's means it is the target's own gain.

    >>> support_gain(Decimal("61.5"), Decimal("70"), Decimal("68"), Decimal("70.25"))
    Decimal('6.25')

    Source: domain rules A §1, figures (support_gain = target score − baseline versus district mean).
    """
    if result is None:
        return None
    gain = Fraction(result) - Fraction(baseline)
    if baseline_mean is not None and result_mean is not None:
        gain -= Fraction(result_mean) - Fraction(baseline_mean)
    places = max(-int(value.as_tuple().exponent) for value in (baseline, result))
    for mean in (baseline_mean, result_mean):
        places = places if mean is None else max(places, -int(mean.as_tuple().exponent))
    return _exactly(gain, max(places, 0))


def _exactly(value: Fraction, places: int) -> Decimal:
    """Write a sum of decimals as one, whatever the precision of the decimal context."""
    scaled = int(value * 10**places)
    return Decimal((int(scaled < 0), tuple(map(int, str(abs(scaled)))), -places))
