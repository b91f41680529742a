"""Pure decisions about links: they partition the schools of the district among its leaders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from xuequ.core.access import Post
from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.registry.rules.posts import LEADERSHIP
from xuequ.registry.rules.timeline import uncovered
from xuequ.unified.leadership.errors.links import (
    ClosingLinked,
    LeaderMissing,
    LinkedLater,
    LinkedTwice,
    LinkToClosed,
    LinkToUnknown,
    NotALeader,
    SchoolLeftOut,
)


@dataclass(frozen=True, slots=True)
class LinkedSchool:
    """A school of the district and the days on which it is there; an unknown first day is before all."""

    id: int
    code: str
    opened_on: date | None = None
    closed_on: date | None = None

    def needs(self, since: date) -> DaySpan | None:
        """Return the days from a day on on which it must have its leader, None when it is closed by then."""
        first = since if self.opened_on is None else max(since, self.opened_on)
        if self.closed_on is not None and self.closed_on <= first:
            return None
        return DaySpan(first, self.closed_on)


@dataclass(frozen=True, slots=True)
class Link:
    """Who is linked with a school on which days."""

    id: int
    school_id: int
    post: Post
    staff_id: int
    span: DaySpan


Leaders = Mapping[Post, int]
"""Who of the staff holds a post of the team on a day."""

Wanted = tuple[str, Post]
"""A school's code and the post that it is to be linked with."""


def plan_problems(
    wanted: Sequence[Wanted],
    schools: Mapping[str, LinkedSchool],
    leaders: Leaders,
    since: date,
    *,
    opening: bool = False,
) -> list[Problem]:
    """Return what is wrong with lines of a plan, whether or not they are all: names, schools, leaders.

    Args:
        opening: schools that are not there may be named, since they are to open.

    Source: the article, （一）统一行政领导 (班子成员挂钩学校); domain rules A §1, “refuse: link to closed
    school”.
    """
    counted = Counter(code for code, _ in wanted)
    found = [Problem(LinkedTwice(school=code)) for code, times in counted.items() if times > 1]
    for code in counted:
        school = schools.get(code)
        if school is None and not opening:
            found.append(Problem(LinkToUnknown(school=code)))
        elif school is not None and school.needs(since) is None:
            error = LinkToClosed(school=code, on=str(since), closed=str(school.closed_on))
            found.append(Problem(error))
    for post in dict.fromkeys(post for _, post in wanted):
        found += _leader_problems(post, leaders, since)
    return found


def _leader_problems(post: Post, leaders: Leaders, since: date) -> list[Problem]:
    if post not in LEADERSHIP:
        known = "、".join(one.label for one in LEADERSHIP)
        return [Problem(NotALeader(post=post.label, leaders=known))]
    if post not in leaders:
        return [Problem(LeaderMissing(post=post.label, on=str(since)))]
    return []


def left_out(
    named: Collection[str], schools: Mapping[str, LinkedSchool], since: date, closing: Collection[str] = ()
) -> list[Problem]:
    """Return the schools that a plan of all links from a day on does not name, open then or to open later.

    Args:
        closing: schools that the plan says are to close on that day.

    Source: domain rules A §1, invariant 3 (the active links partition the open schools).
    """
    missing = [
        code
        for code, school in sorted(schools.items())
        if school.needs(since) is not None and code not in named and code not in closing
    ]
    return [Problem(SchoolLeftOut(school=code)) for code in missing]


def closing_problems(
    wanted: Sequence[Wanted], closing: Sequence[str], schools: Mapping[str, LinkedSchool], since: date
) -> list[Problem]:
    """Return what is wrong with the schools that a prepared plan says are to close on its day.

    Source: our decision; a plan that is prepared says of each school what becomes of it.
    """
    linked, found = {code for code, _ in wanted}, list[Problem]()
    for code in dict.fromkeys(closing):
        school = schools.get(code)
        if school is None:
            found.append(Problem(LinkToUnknown(school=code)))
        elif school.closed_on is not None and school.closed_on < since:
            closed = str(school.closed_on)
            found.append(Problem(LinkToClosed(school=code, on=str(since), closed=closed)))
        if code in linked:
            found.append(Problem(ClosingLinked(school=code)))
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """What becomes of the links of one school from a day on: a link ends, goes, or begins."""

    school_id: int
    span: DaySpan
    post: Post
    staff_id: int
    cut: Link | None = None
    replaced: Link | None = None


def steps(
    wanted: Iterable[tuple[LinkedSchool, Post, int]], links: Sequence[Link], since: date
) -> tuple[list[Step], list[Problem]]:
    """Return how the links of some schools change on a day; a school that keeps its leader has no step.

    A link that begins on the very day is replaced; one that begins later stands in the way.

    Args:
        wanted: school, post and who holds it on the first day of the school's new link.

    Source: our decision; links are changed forwards only, so that what was true of a past day stays so.
    """
    by_school: dict[int, list[Link]] = {}
    for link in links:
        by_school.setdefault(link.school_id, []).append(link)
    found: list[Step] = []
    problems: list[Problem] = []
    for school, post, staff_id in wanted:
        days = school.needs(since)
        assert days is not None, "closed schools were refused"
        own = by_school.get(school.id, [])
        now = next((link for link in own if days.since in link.span), None)
        if now is not None and (now.post, now.staff_id) == (post, staff_id):
            continue
        later = min((link.span.since for link in own if link.span.since > days.since), default=None)
        if later is not None:
            problems.append(Problem(LinkedLater(school=school.code, since=str(later))))
            continue
        begins_then = now is not None and now.span.since == days.since
        found.append(
            Step(
                school_id=school.id,
                span=days,
                post=post,
                staff_id=staff_id,
                cut=None if begins_then else now,
                replaced=now if begins_then else None,
            )
        )
    return found, problems


def unpartitioned(schools: Iterable[LinkedSchool], links: Iterable[Link]) -> list[tuple[LinkedSchool, str]]:
    """Return where links fail to partition the schools on some day since they were first drawn, in Chinese.

    Source: domain rules A §1, invariant 3; our decision that it binds from the first drawing on.
    """
    listed = list(links)
    first = min((link.span.since for link in listed), default=None)
    if first is None:
        return []
    found: list[tuple[LinkedSchool, str]] = []
    for school in schools:
        own = [link.span for link in listed if link.school_id == school.id]
        days = school.needs(first)
        if days is not None and (gap := uncovered(days, own)) is not None:
            found.append((school, f"{gap} 起无人挂钩"))
        inside = [span for span in own if days is not None and _within(span, days)]
        found += [(school, f"{span} 的挂钩超出学校开办的时段") for span in own if span not in inside]
        ordered = sorted(own, key=lambda span: span.since)
        found += [
            (school, f"自 {after.since} 起同时有两人挂钩")
            for before, after in pairwise(ordered)
            if before.overlaps(after)
        ]
    return found


def _within(span: DaySpan, days: DaySpan) -> bool:
    ends = days.until is None or (span.until is not None and span.until <= days.until)
    return days.since <= span.since and ends


def astray(links: Iterable[Link], leaders: Leaders) -> list[Link]:
    """Return the links of a day that hang on somebody who does not hold their post on it.

    Source: domain rules A §1, invariants 1 and 3; our decision that it is a listed defect until the links
    are handed over, since nobody but people can say who takes them.
    """
    return [link for link in links if leaders.get(link.post) != link.staff_id]
