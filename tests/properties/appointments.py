"""The plain model of appointments: days are numbers, and what is refused is refused with its codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from xuequ import Holding, Post

PLACE, FIRST = "530921/qianfeng", date(2026, 9, 1)
PEOPLE = ("s1-T1", "s1-T2", "s2-T1", "s2-T2")
SEATS = {Post.PRINCIPAL, Post.CASHIER, Post.ACCOUNTANT, Post.SCHOOL_HEAD}
LEVELS = {
    Post.PRINCIPAL: {False},
    Post.CASHIER: {False},
    Post.ACCOUNTANT: {False},
    Post.AUDITOR: {False},
    Post.SCHOOL_HEAD: {True},
    Post.KEEPER: {False, True},
}
"""Post → whether it exists at a school, at the district, or at both."""

EXCLUDED = {
    frozenset({Post.CASHIER, Post.ACCOUNTANT}),
    frozenset({Post.CASHIER, Post.AUDITOR}),
    frozenset({Post.CASHIER, Post.PRINCIPAL}),
    frozenset({Post.ACCOUNTANT, Post.PRINCIPAL}),
    frozenset({Post.ACCOUNTANT, Post.KEEPER}),
}


def day(number: int | None) -> Any:
    return None if number is None else FIRST + timedelta(number)


@dataclass
class Days:
    """Half-open days by number; no end means that they go on."""

    since: int
    until: int | None

    def __contains__(self, number: int) -> bool:
        return self.since <= number and (self.until is None or number < self.until)

    def share(self, other: Days) -> bool:
        return (other.until is None or self.since < other.until) and (
            self.until is None or other.since < self.until
        )

    def lies_in(self, other: Days) -> bool:
        ends = other.until is None or (self.until is not None and self.until <= other.until)
        return other.since <= self.since and ends


@dataclass
class Held(Days):
    """An appointment of the model, with what is lent by it."""

    who: str
    post: Post
    place: str
    acting: bool = False
    ended: bool = False
    acted: bool = False
    lent: dict[int, Lent] = field(default_factory=dict[int, "Lent"])


@dataclass
class Lent(Days):
    """A delegation of the model."""

    who: str
    place: str


class Refused(Exception):
    """The model refuses, with these codes."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = {f"registry.{code}" for code in codes}


class Model:
    """The plain model: appointments by id, and until when people are employed."""

    def __init__(self) -> None:
        self.held: dict[int, Held] = {}
        self.leaves: dict[str, int | None] = dict.fromkeys(PEOPLE)

    def grounds(self, who: str) -> list[tuple[Post, str, Days]]:
        """Return everything that somebody holds, by appointment and by delegation."""
        own = [
            (one.post, one.place, Days(one.since, one.until)) for one in self.held.values() if one.who == who
        ]
        lent = [
            (one.post, part.place, Days(part.since, part.until))
            for one in self.held.values()
            for part in one.lent.values()
            if part.who == who
        ]
        return own + lent

    def unfit(self, who: str, post: Post, at: str, days: Days) -> set[str]:
        """Return what stands against somebody: employment, school, duties."""
        codes: set[str] = set()
        if not days.lies_in(Days(0, self.leaves[who])):
            codes.add("employment_missing")
        elif at not in (PLACE, f"{PLACE}/{who[:2]}"):
            codes.add("not_stationed_there")
        if any(
            frozenset({post, other}) in EXCLUDED and days.share(when) for other, _, when in self.grounds(who)
        ):
            codes.add("duties_clash")
        return codes

    def appoint(self, new_id: int, new: Held) -> None:
        codes = self.unfit(new.who, new.post, new.place, new)
        if (new.place != PLACE) not in LEVELS[new.post]:
            codes.add("post_not_here")
        if new.acting and new.post not in SEATS:
            codes.add("acting_needs_seat")
        same = [one for one in self.held.values() if (one.post, one.place) == (new.post, new.place)]
        if new.post in SEATS:
            way = [one for one in same if self.makes_way(one, new)]
            if any(one.share(new) and one not in way for one in same):
                codes.add("seat_taken")
        else:
            way = []
            if any(one.share(new) and one.who == new.who for one in same):
                codes.add("post_held_already")
        if codes:
            raise Refused(*codes)
        for one in way:
            self.cut(one, new.since)
        self.held[new_id] = new

    @staticmethod
    def makes_way(one: Held, new: Held) -> bool:
        return one.acting and not new.acting and one.since < new.since and new.since in one

    def cut(self, one: Held, on: int) -> None:
        one.until, one.ended = on, True
        self.cut_lent([one], on)

    @staticmethod
    def cut_lent(held: list[Held], on: int, who: str | None = None) -> None:
        for one in held:
            for key, part in list(one.lent.items()):
                if who in (None, part.who) and (part.until is None or part.until > on):
                    if part.since >= on:
                        del one.lent[key]
                    else:
                        part.until = on

    def end(self, one: Held, on: int) -> None:
        if on <= one.since:
            raise Refused("appointment_not_begun")
        if one.until is not None and (on > one.until or (one.ended and on == one.until)):
            raise Refused("appointment_over")
        self.cut(one, on)

    def hand_over(self, key: int, new_id: int, who: str, on: int) -> None:
        old = self.held[key]
        if old.who == who:
            raise Refused("handed_to_holder")
        self.end(old, on)
        self.appoint(new_id, Held(on, None, who, old.post, old.place))

    def lend(self, key: int, new_id: int, part: Lent, today: int) -> None:
        one = self.held[key]
        if one.until is not None and one.until <= today:
            raise Refused("appointment_over")
        if part.until is None and one.until is not None and part.since < one.until:
            part.until = one.until
        codes = self.unfit(part.who, one.post, one.place, part)
        if part.who == one.who:
            codes.add("delegated_to_holder")
        if not (part.place == one.place or part.place.startswith(one.place + "/")):
            codes.add("delegated_beyond_place")
        if not part.lies_in(one):
            codes.add("delegated_beyond_term")
        if any(other.who == part.who and other.share(part) for other in one.lent.values()):
            codes.add("delegated_twice")
        if codes:
            raise Refused(*codes)
        one.lent[new_id] = part

    def leave(self, who: str, on: int) -> None:
        self.leaves[who] = on
        for key, one in list(self.held.items()):
            if one.who == who and (one.until is None or one.until > on):
                if one.since >= on:
                    del self.held[key]
                else:
                    self.cut(one, on)
        self.cut_lent(list(self.held.values()), on, who)

    def holdings(self, who: str, on: int) -> set[Holding]:
        left = self.leaves[who]
        placed = {Holding(Post.TEACHER, f"{PLACE}/{who[:2]}")}
        found = placed if left is None or on < left else set[Holding]()
        return found | {Holding(post, place) for post, place, when in self.grounds(who) if on in when}
