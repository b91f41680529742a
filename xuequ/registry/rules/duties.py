"""Pure decisions about duties that exclude each other 不相容职责."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from xuequ.core.access import Post
from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.core.standards import Standards
from xuequ.registry.errors.posts import DutiesClash
from xuequ.registry.states.posts import Duty


@dataclass(frozen=True, slots=True)
class Held:
    """A post that somebody holds at a place over some days, by appointment or by delegation."""

    post: Post
    place: str
    span: DaySpan
    delegated: bool = False


@dataclass(frozen=True, slots=True)
class Clash:
    """Two posts that one person may not hold together, with the duties and the rule that forbid it."""

    held: Held
    duty: Duty
    other: Duty
    since: date
    authority: str


def duties_of(post: Post, standards: Standards, on: date) -> frozenset[Duty]:
    """Return the duties that a post brings on a day.

    Source: ``posts.duties``, which a county or district sets by its own division of work.
    """
    found = standards.find("posts.duties", on=on)
    if found is None:
        return frozenset()
    rows = standards.rows("posts.duties", on=on)
    return frozenset(Duty(str(row["duty"])) for row in rows if row["post"] == post.code)


def exclusion(
    duties: Iterable[Duty], others: Iterable[Duty], standards: Standards, on: date
) -> tuple[Duty, Duty, str] | None:
    """Return the first pair of duties that one person may not have together, and by which rule.

    Source: 《会计法》 art. 35 (2024; art. 37 in the 2017 text) and art. 25, 《会计基础工作规范》; domain
    rules A §3, 不相容职责.
    """
    others = frozenset(others)
    for one, other in chain(
        ((a, b) for a in sorted(duties) for b in sorted(others)),
        ((b, a) for a in sorted(duties) for b in sorted(others)),
    ):
        rule = standards.find(f"budget.duties.{one.code}", on=on)
        if rule is not None and isinstance(rule.value, tuple) and other.code in rule.value:
            return one, other, f"{rule.authority}{rule.article}"
    return None


def same_unit(place: str, other: str) -> bool:
    """Tell whether two places keep their books together: those of one district do.

    Source: the article, （三）统一经费预算与管理 (“学区为预算编制和经费管理单位”).

    >>> same_unit("530921/qianfeng/s1", "530921/qianfeng"), same_unit("530921/dasi", "530921/qianfeng")
    (True, False)
    """
    return all(a == b for a, b in zip(place.split("/")[:2], other.split("/")[:2], strict=False))


def clashes(
    wanted: Post | Duty, place: str, span: DaySpan, held: Iterable[Held], standards: Standards
) -> Iterator[Clash]:
    """Return what a person holds at a unit in those days that excludes a post or a single duty.

    Law and division of work are taken as of the first day on which both are held.

    Source: domain rules A §3 (at the appointment, and against history: who was cashier when the receipt
    was taken may not post it later).
    """
    for one in held:
        both = span.common(one.span)
        if both is None or not same_unit(one.place, place):
            continue
        day = both.since
        duties = duties_of(wanted, standards, day) if isinstance(wanted, Post) else {wanted}
        found = exclusion(duties, duties_of(one.post, standards, day), standards, day)
        if found is not None:
            yield Clash(one, found[0], found[1], day, found[2])


def clash_problems(
    post: Post, place: str, span: DaySpan, held: Iterable[Held], standards: Standards, staff_no: str
) -> list[Problem]:
    """Return a problem for each post held in those days that excludes this one.

    Source: as `clashes`.
    """
    return [
        Problem(
            DutiesClash(
                staff=staff_no,
                post=post.label,
                other=clash.held.post.label,
                place=clash.held.place,
                since=str(clash.since),
                duties=f"{clash.duty.label}、{clash.other.label}",
                authority=clash.authority,
            )
        )
        for clash in clashes(post, place, span, held, standards)
    ]
