"""Which post approves which amount: the district's ordered bands, and what is summed before one is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from xuequ.core.access import Post
from xuequ.core.errors import Problem
from xuequ.core.money import Money
from xuequ.core.standards import Scalar
from xuequ.unified.budget.errors.claims import BandsBroken
from xuequ.unified.budget.states.claims import APPROVERS, COUNCIL

_KNOWN = {post.code: post for post in APPROVERS}


@dataclass(frozen=True, slots=True)
class Band:
    """Up to how much, this amount included, a post approves; the last band has no limit.

    A post of None is the council 校务委员会.
    """

    upto: Money | None
    post: Post | None

    @property
    def label(self) -> str:
        """Who approves, in words."""
        return "校务委员会" if self.post is None else self.post.label


def bands_problems(rows: Sequence[Mapping[str, Scalar]]) -> list[Problem]:
    """Return what is wrong with a table of bands: it must say for every amount who approves it, once.

    Limits rise, only the last row has none, and every row names a leading post or the council.

    Source: domain rules A §3, Claim (an ordered band table, no gaps, no overlaps, dated).
    """
    wrong = [(len(rows), "没有末档（不写 upto）")] if not rows or rows[-1].get("upto") is not None else []
    for number, row in enumerate(rows, 1):
        upto = row.get("upto")
        if upto is None and number < len(rows):
            wrong.append((number, "只有末档可以不写 upto"))
        if isinstance(upto, Money) and upto.fen <= 0:
            wrong.append((number, "金额须大于零"))
        if row["post"] != COUNCIL and row["post"] not in _KNOWN:
            wrong.append((number, f"“{row['post']}”不能审批"))
    limits = [(number, row["upto"]) for number, row in enumerate(rows, 1) if row.get("upto") is not None]
    for (_, lower), (number, upper) in pairwise(cast("list[tuple[int, Money]]", limits)):
        if upper <= lower:
            wrong.append((number, f"{upper} 元不大于上一档的 {lower} 元"))
    return [Problem(BandsBroken(row=number, what=what)) for number, what in wrong]


def bands_of(rows: Sequence[Mapping[str, Scalar]]) -> list[Band]:
    """Read a table of bands that `bands_problems` found nothing wrong with.

    Source: ``budget.claims.bands``, which the district sets.
    """
    return [Band(cast("Money | None", row.get("upto")), _KNOWN.get(str(row["post"]))) for row in rows]


def band_of(bands: Sequence[Band], amount: Money) -> int:
    """Return the place of the band that an amount falls in; an amount at the limit is still within it.

    Source: as `bands_of` (“upto 含本数”).
    """
    return next(place for place, band in enumerate(bands) if band.upto is None or amount <= band.upto)


def signers(bands: Sequence[Band], place: int) -> tuple[Post, ...]:
    """Return the posts that may sign for a band: its own, and those of bands above it in the table's order.

    What the council decides is signed by the post of the highest band below it; where there is none, by
    the principal, who is responsible for the money.

    Source: our decision; 《中小学校财务制度》 §5 (校长负责).
    """
    above = [band.post for band in bands[place:] if band.post is not None]
    below = [band.post for band in bands[:place] if band.post is not None]
    return tuple(dict.fromkeys(above or below[-1:] or [Post.PRINCIPAL]))


def split_total(day: date, amount: Money, others: Iterable[tuple[date, Money]], days: int) -> Money:
    """Return the most that was bought of a supplier within so many days, of which `day` is one.

    Purchases on two days are within N days of each other when a row of N days holds both; what is split
    over claims is looked at together before the band is chosen.

    Source: domain rules A §3 (split purchases from one supplier within N days summed), our decision.

    >>> spent = [(date(2026, 9, 1), Money.yuan(200)), (date(2026, 9, 30), Money.yuan(300))]
    >>> print(split_total(date(2026, 9, 10), Money.yuan(100), spent, 15))
    300.00
    """
    days = max(days, 1)
    near = [(when, money.fen) for when, money in others if abs((when - day).days) < days]
    starts = {day, *(when for when, _ in near if when <= day)}
    length = timedelta(days=days)
    sums = [sum(fen for when, fen in near if start <= when < start + length) for start in starts]
    # a row of days that holds the most may as well begin on one of its purchases
    return amount + Money(max(sums))
