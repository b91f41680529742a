"""The plain model of memberships: who was what on which day, and which branch answered for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

FOUNDED = date(2015, 7, 1)


class Refused(Exception):
    """The model refuses, with these codes."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = {f"party.{code}" if "." not in code else code for code in codes}


def months(day: date, count: int) -> date:
    """Count months by stepping to the first and back to the day, or to the last day of the month."""
    first = day.replace(day=1)
    for _ in range(count):
        first = (first + timedelta(days=31)).replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


@dataclass
class Belonged:
    """Days on which a branch was responsible."""

    branch: str
    since: date
    until: date | None = None


@dataclass
class Membership:
    """One membership of the model; the states follow one another without a gap."""

    person: int
    joined: date
    states: list[tuple[str, date]]
    belonged: list[Belonged]
    probation: date | None = None
    extended: bool = False
    ended: date | None = None

    def state_on(self, day: date) -> str:
        return [state for state, since in self.states if since <= day][-1]

    def branch_on(self, day: date) -> str | None:
        """Return which branch is responsible on a day."""
        found = [b.branch for b in self.belonged if b.since <= day and (b.until is None or day < b.until)]
        assert len(found) <= 1
        return found[0] if found else None

    @property
    def home(self) -> str | None:
        """The branch that is responsible now and goes on."""
        last = self.belonged[-1]
        return last.branch if last.until is None else None


@dataclass
class Letter:
    """A letter of the model; it goes to a branch of the county, or outside."""

    member: int
    origin: str
    to: str | None
    issued: date
    until: date
    state: str = "issued"


@dataclass
class Model:
    """Memberships and letters by the ids that the library gave them."""

    members: dict[int, Membership] = field(default_factory=dict[int, Membership])
    letters: dict[int, Letter] = field(default_factory=dict[int, Letter])

    # what is asked first

    def of_person(self, person: int) -> Membership | None:
        """Return the latest membership of somebody."""
        found = [one for one in self.members.values() if one.person == person]
        return max(found, key=lambda one: one.joined) if found else None

    def locked(self, key: int, door: str, on: date) -> Membership:
        """Return a member whom a branch may change on a day."""
        one = self.members[key]
        if door not in {b.branch for b in one.belonged}:
            raise Refused("member_unknown")
        if one.branch_on(on) != door:
            raise Refused("not_in_branch")
        if one.home != door or one.belonged[-1].since > on:
            raise Refused("changed_later")
        return one

    def changing(self, key: int, door: str, on: date) -> Membership:
        one = self.locked(key, door, on)
        if one.states[-1][1] >= on:
            raise Refused("changed_later")
        return one

    def open_letter(self, key: int) -> bool:
        return any(one.member == key and one.state == "issued" for one in self.letters.values())

    # joining

    def joins(self, person: int, joined: date) -> None:
        known = self.of_person(person)
        if known is not None and known.ended is None:
            raise Refused("member_known")
        if known is not None and known.ended is not None and joined < known.ended:
            raise Refused("joined_before_leaving")

    def enter(self, key: int, door: str, person: int, joined: date, full: date | None) -> None:
        self.joins(person, joined)
        states = [("probationary", joined)]
        if full is not None:
            states.append(("full", full))
        probation = months(joined, 12) if full is None else None
        here = [Belonged(door, max(joined, FOUNDED))]
        self.members[key] = Membership(person, joined, states, here, probation)

    def take_in(self, key: int, door: str, person: int, joined: date, full: date | None, on: date) -> None:
        known = self.of_person(person)
        if known is None or known.ended is not None:
            if known is not None and known.ended is not None and joined < known.ended:
                raise Refused("joined_otherwise")
            self.enter(key, door, person, joined, full)
            self.members[key].belonged[0].since = on
            return
        last = known.belonged[-1]
        if last.until is None or last.until > on:
            raise Refused("member_known")
        if known.joined != joined:
            raise Refused("joined_otherwise")
        if known.states[-1][0] == "probationary" and full is not None:
            known.states.append(("full", max(full, last.until)))
        known.belonged.append(Belonged(door, on))

    # what becomes of it

    def confirm(self, key: int, door: str, on: date) -> None:
        one = self.changing(key, door, on)
        if one.states[-1][0] != "probationary":
            raise Refused("core.illegal_transition")
        if one.probation is not None and on < one.probation:
            raise Refused("probation_not_over")
        one.states.append(("full", on))
        one.probation = None

    def extend(self, key: int, door: str, count: int, on: date) -> None:
        one = self.changing(key, door, on)
        if one.states[-1][0] != "probationary":
            raise Refused("core.illegal_transition")
        wrong = ["extended_already"] if one.extended else []
        wrong += [] if 6 <= count <= 12 else ["extension_unlawful"]
        if wrong:
            raise Refused(*wrong)
        assert one.probation is not None
        one.probation, one.extended = months(one.probation, count), True

    def suspend(self, key: int, door: str, lost: date, on: date) -> None:
        one = self.changing(key, door, on)
        if self.open_letter(key):
            raise Refused("still_on_the_move")
        wrong = ["core.illegal_transition"] if one.states[-1][0] == "suspended" else []
        wrong += ["contact_not_lost_long_enough"] if on < months(lost, 6) else []
        if wrong:
            raise Refused(*wrong)
        one.states.append(("suspended", on))

    def restore(self, key: int, door: str, on: date) -> None:
        one = self.changing(key, door, on)
        if one.states[-1][0] != "suspended":
            raise Refused("core.illegal_transition")
        one.states.append((one.states[-2][0], on))

    def end(self, key: int, door: str, exit_: str, on: date) -> None:
        one = self.changing(key, door, on)
        if self.open_letter(key):
            raise Refused("still_on_the_move")
        if one.belonged[-1].since >= on:
            raise Refused("changed_later")
        state, since = one.states[-1]
        unfit = {"expelled": "probationary", "removed": "probationary", "cancelled": "full"}
        if unfit.get(exit_) == state:
            raise Refused("exit_not_for")
        if exit_ == "removed" and state == "suspended" and on < months(since, 24):
            raise Refused("removal_too_early")
        one.ended = one.belonged[-1].until = on

    # letters

    def issue(self, key: int, door: str, member: int, to: str | None, issued: date, days: int) -> None:
        if to == door:
            raise Refused("destination_same")
        one = self.locked(member, door, issued)
        if self.open_letter(member):
            raise Refused("still_on_the_move")
        until = issued + timedelta(days=days)
        wrong = ["letter_too_long"] if until - timedelta(days=1) > months(issued, 3) else []
        wrong += ["not_for_transfer"] if one.states[-1][0] == "suspended" else []
        if wrong:
            raise Refused(*wrong)
        self.letters[key] = Letter(member, door, to, issued, until)

    def close(self, key: int, door: str, on: date) -> Letter:
        """Return a letter that may be closed, whichever way."""
        one = self.letters[key]
        if one.state != "issued":
            raise Refused("letter_closed")
        if on < one.issued:
            raise Refused("received_before_issued")
        return one

    def receive(self, key: int, door: str, on: date, *, outside: bool) -> None:
        if door not in (self.letters[key].origin, self.letters[key].to):
            raise Refused("letter_unknown")
        if self.letters[key].to != (None if outside else door):
            raise Refused("letter_other_way")
        letter = self.close(key, door, on)
        if on >= letter.until:
            raise Refused("letter_expired")
        last = self.members[letter.member].belonged[-1]
        if last.since >= on:
            raise Refused("changed_later")
        last.until, letter.state = on, "received"
        if not outside:
            self.members[letter.member].belonged.append(Belonged(door, on))

    def give_back(self, key: int, door: str, on: date) -> None:
        if door not in (self.letters[key].origin, self.letters[key].to):
            raise Refused("letter_unknown")
        self.close(key, door, on).state = "returned"
