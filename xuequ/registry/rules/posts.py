"""Pure decisions about posts: where they exist, who of them leads, which must be filled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from xuequ.core.access import Post
from xuequ.core.standards import Standards
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.posts import Level

_SCHOOL = frozenset({Level.SCHOOL})
_DISTRICT = frozenset({Level.DISTRICT})
_COUNTY = frozenset({Level.COUNTY})


@dataclass(frozen=True, slots=True)
class Seating:
    """At which levels a post exists, and whether one person holds it at a time."""

    levels: frozenset[Level]
    single: bool = True


SEATINGS: Mapping[Post, Seating] = {
    Post.BUREAU_OFFICER: Seating(_COUNTY, single=False),
    Post.PRINCIPAL: Seating(_DISTRICT),
    Post.PARTY_SECRETARY: Seating(_DISTRICT),
    Post.PARTY_COMMISSIONER: Seating(_DISTRICT, single=False),
    Post.PARTY_GROUP_LEADER: Seating(_DISTRICT, single=False),
    Post.ACADEMIC_DIRECTOR: Seating(_DISTRICT),
    Post.GENERAL_AFFAIRS_DIRECTOR: Seating(_DISTRICT),
    Post.ACCOUNTANT: Seating(_DISTRICT),
    Post.CASHIER: Seating(_DISTRICT),
    Post.NUTRITION_ACCOUNTANT: Seating(_DISTRICT),
    Post.NUTRITION_CASHIER: Seating(_DISTRICT),
    Post.AUDITOR: Seating(_DISTRICT, single=False),
    Post.ARCHIVIST: Seating(_DISTRICT),
    Post.KEEPER: Seating(_DISTRICT | _SCHOOL, single=False),
    Post.BUYER: Seating(_DISTRICT | _SCHOOL, single=False),
    Post.UNION_CHAIR: Seating(_DISTRICT),
    Post.YOUNG_PIONEERS: Seating(_DISTRICT | _SCHOOL),
    Post.RESEARCH_GROUP_LEAD: Seating(_DISTRICT | _SCHOOL, single=False),
    Post.SCHOOL_HEAD: Seating(_SCHOOL),
    Post.TEACHER: Seating(_SCHOOL, single=False),
}
"""Every post; a village school has no principal, since it is no legal person, but a head."""

BY_PLACEMENT = Post.TEACHER
"""The post that nobody is appointed to: whoever is placed at a school holds it there."""

LEADERSHIP = (
    Post.PRINCIPAL,
    Post.PARTY_SECRETARY,
    Post.ACADEMIC_DIRECTOR,
    Post.GENERAL_AFFAIRS_DIRECTOR,
)
"""The leadership team 领导班子 of a district, in the article's order."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place at which posts are held: its path of codes, and its ids where it has them."""

    place: str
    level: Level
    district_id: int | None = None
    school_id: int | None = None
    kind: SchoolKind | None = None


def reaches(place: str, other: str) -> bool:
    """Tell whether another place is this one or lies below it.

    Source: our decision: places are paths of codes.

    >>> reaches("530921/qianfeng", "530921/qianfeng/s1"), reaches("530921/qian", "530921/qianfeng")
    (True, False)
    """
    return other == place or other.startswith(f"{place}/")


def seat(post: Post, place: str) -> str | None:
    """Return the name of the seat of a post that one person holds at a time, None when several may.

    Source: the article, 领导班子设置 (“校长1人”, “支部书记1人”, “每校只设置一名负责人”); domain rules A §1,
    invariant 1.

    >>> seat(Post.PRINCIPAL, "530921/qianfeng")
    'principal@530921/qianfeng'
    """
    return f"{post.code}@{place}" if SEATINGS[post].single else None


def represents(post: Post, level: Level, *, acting: bool) -> bool:
    """Tell whether a holder is the legal representative 法人代表 of the district.

    An acting principal is not, until the register is changed, which takes a full appointment.

    Source: the article, （一）统一行政领导 (“学区校长为法人代表”); that of the acting one is our decision.
    """
    return post is Post.PRINCIPAL and level is Level.DISTRICT and not acting


def required_at(spot: Spot, standards: Standards, on: date) -> list[Post]:
    """Return the posts that must be filled at a place on a day, in the order of the list of posts.

    Source: the article, 领导班子设置: one of each, and one head for every *other* school, so none for the
    central school unless one is appointed.
    """
    required = standards.listed("posts.required", on=on)
    posts = [post for post in Post if post.code in required and spot.level in SEATINGS[post].levels]
    if spot.kind is not None and spot.kind.code in standards.listed("posts.head_optional_in", on=on):
        return [post for post in posts if post is not Post.SCHOOL_HEAD]
    return posts


def vacancies(
    spots: Iterable[Spot], filled: Collection[tuple[Post, str]], standards: Standards, on: date
) -> list[tuple[Post, Spot]]:
    """Return what must be filled and is held by nobody on a day; an acting holder fills a seat.

    Source: domain rules A §1, invariant 1 (vacancies only if acting or delegated, else a defect); a
    delegation ends with its appointment, so there is none of a vacant post.
    """
    return [
        (post, spot)
        for spot in spots
        for post in required_at(spot, standards, on)
        if (post, spot.place) not in filled
    ]
