"""A stateful machine: memberships of two districts against a plain model, on both databases.

At every instant one branch answers for a member, a status follows another without a gap, and whoever asks
as of any day is answered as the model answers.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.properties.memberships import FOUNDED, Model, Refused, months
from tests.unified.party.hall import persons
from xuequ import District, XuequError
from xuequ.core.errors import Problems
from xuequ.core.settings import FixedClock, Settings
from xuequ.embed import run_data_checks
from xuequ.testing import make_district, rollback_session
from xuequ.testing.factories import MAKER
from xuequ.unified.party.models.members import Affiliation, Branch, Member, MemberStatus
from xuequ.unified.party.schemas.members import (
    Admission,
    BranchFoundation,
    MemberEnding,
    MemberEntry,
    Suspension,
)
from xuequ.unified.party.schemas.transfers import LetterIssuing, TakingIn
from xuequ.unified.party.service.members import MembersService
from xuequ.unified.party.states.members import MemberExit, MemberState, Turn

FIRST = date(2026, 9, 1)
DOORS = ("qianfeng", "dasi")
DOOR, BACK, WHO = st.sampled_from(DOORS), st.integers(0, 12), st.integers(0, 5)
NO = "支部大会决议"


class Memberships(RuleBasedStateMachine):
    """The registers of two branches beside the model."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.model = Model()
        self.today = FIRST
        self.issued = 0

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def make(self) -> None:
        self.people: list[int] = []
        for door in DOORS:
            make_district(self.session, f"530921/{door}", schools=1, pupils=0, staff=3)
            self.people += persons(self.session, f"530921/{door}")
            named = BranchFoundation(
                name=f"{door}支部", superior="镇党委", since=FOUNDED, full_members=3, authority=NO
            )
            self.at(door).found_branch(named)
        for number in range(4):  # two of each district begin as members
            self.enter_by(DOORS[number % 2], number, date(2010, 6, 20), date(2011, 6, 20))

    def at(self, door: str) -> MembersService:
        settings = Settings(clock=FixedClock.at(self.today))
        opened = District(self.session, f"530921/{door}", actor=MAKER, settings=settings)
        return opened.party.members

    def same(self, act: Callable[[], Any], model_act: Callable[[Any], None]) -> bool:
        """Do an act on both sides; either both do it or both refuse it for the same reasons."""
        before, made, codes = deepcopy(self.model), None, set[str]()
        try:
            made = act()
        except Problems as error:
            codes = {problem.error.code for problem in error.problems}
        except XuequError as error:
            codes = {error.code}
        try:
            model_act(made)
        except Refused as refused:
            self.model = before
            assert codes == refused.codes
            return False
        assert not codes
        return True

    def member(self, data: st.DataObject) -> int:
        """Draw a member; one who has not left the party rather than one who has."""
        staying = [key for key, one in self.model.members.items() if one.ended is None]
        return data.draw(st.sampled_from(sorted(staying or self.model.members)), label="member")

    def letter(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.model.letters)), label="letter")

    def near(self, key: int, stranger: bool, door: str) -> str:
        """Return the door that is responsible for a member, or any."""
        home = self.model.members[key].home
        return door if stranger or home is None else home

    # joining

    def enter_by(self, door: str, who: int, joined: date, full: date | None) -> None:
        state = MemberState.PROBATIONARY if full is None else MemberState.FULL
        entry = MemberEntry(person_id=self.people[who], state=state, joined_on=joined, full_on=full)
        self.same(
            lambda: self.at(door).enter_members([entry])[0],
            lambda key: self.model.enter(key, door, self.people[who], joined, full),
        )

    @rule(door=DOOR, who=WHO, back=st.integers(1, 900), full=st.booleans())
    def enter(self, door: str, who: int, back: int, full: bool) -> None:
        """A membership under way is entered, of whomever."""
        joined = self.today - timedelta(days=back)
        confirmed = months(joined, 12)
        self.enter_by(door, who, joined, confirmed if full and confirmed < self.today else None)

    @rule(door=DOOR, who=WHO, back=BACK)
    def admit(self, door: str, who: int, back: int) -> None:
        """A branch meeting passes somebody, who may be a member already."""
        on = self.today - timedelta(days=back)
        command = Admission(person_id=self.people[who], on=on, authority=NO)
        self.same(
            lambda: self.at(door).admit_probationary(command),
            lambda key: self.model.enter(key, door, self.people[who], on, None),
        )

    @rule(door=DOOR, who=WHO, back=BACK, other_day=st.booleans(), full=st.booleans())
    def take_in(self, door: str, who: int, back: int, other_day: bool, full: bool) -> None:
        """Somebody comes from outside the county, who may have gone there from here."""
        on, person = self.today - timedelta(days=back), self.people[who]
        known = self.model.of_person(person)
        joined = date(2012, 2, 29) if known is None or other_day else known.joined
        confirmed = months(joined, 12)
        full_on = confirmed if full and confirmed <= on else None
        if joined > on:
            return
        command = TakingIn(
            person_id=person,
            state=MemberState.PROBATIONARY if full_on is None else MemberState.FULL,
            joined_on=joined,
            full_on=full_on,
            from_outside="外县某支部",
            number=f"外{who}-{on}-{door}-{self.next()}",
            issued_on=on - timedelta(days=5),
            valid_days=30,
            on=on,
        )
        self.same(
            lambda: self.at(door).take_in(command),
            lambda key: self.model.take_in(key, door, person, joined, full_on, on),
        )

    def next(self) -> int:
        self.issued += 1
        return self.issued

    # what becomes of a membership

    @precondition(lambda self: self.model.members)
    @rule(data=st.data(), door=DOOR, stranger=st.booleans(), back=BACK)
    def confirm(self, data: st.DataObject, door: str, stranger: bool, back: int) -> None:
        """A probationary member becomes a full one, by whichever branch."""
        key, on = self.member(data), self.today - timedelta(days=back)
        door = self.near(key, stranger, door)
        self.same(
            lambda: self.at(door).confirm_full(key, on, NO), lambda _: self.model.confirm(key, door, on)
        )

    @precondition(lambda self: self.model.members)
    @rule(data=st.data(), count=st.integers(5, 13), back=BACK)
    def extend(self, data: st.DataObject, count: int, back: int) -> None:
        """A probation is extended by some months."""
        key, on = self.member(data), self.today - timedelta(days=back)
        door = self.near(key, False, "dasi")
        self.same(
            lambda: self.at(door).extend_probation(key, count, on),
            lambda _: self.model.extend(key, door, count, on),
        )

    @precondition(lambda self: self.model.members)
    @rule(data=st.data(), lost=st.integers(170, 200), back=BACK)
    def suspend(self, data: st.DataObject, lost: int, back: int) -> None:
        """Contact was lost about half a year ago."""
        key, on = self.member(data), self.today - timedelta(days=back)
        door, since = self.near(key, False, "dasi"), on - timedelta(days=lost)
        command = Suspension(lost_since=since, on=on, authority=NO)
        self.same(
            lambda: self.at(door).suspend(key, command),
            lambda _: self.model.suspend(key, door, since, on),
        )

    @precondition(lambda self: self.model.members)
    @rule(data=st.data(), back=BACK)
    def restore(self, data: st.DataObject, back: int) -> None:
        """Somebody is found again, or was never lost."""
        key, on = self.member(data), self.today - timedelta(days=back)
        door = self.near(key, False, "qianfeng")
        self.same(lambda: self.at(door).restore(key, on, NO), lambda _: self.model.restore(key, door, on))

    @precondition(lambda self: self.model.members)
    @rule(data=st.data(), exit_=st.sampled_from(MemberExit), back=BACK)
    def end(self, data: st.DataObject, exit_: MemberExit, back: int) -> None:
        """A membership ends in any way, fitting or not."""
        key, on = self.member(data), self.today - timedelta(days=back)
        door = self.near(key, False, "qianfeng")
        command = MemberEnding(exit=exit_, on=on, authority=NO)
        self.same(
            lambda: self.at(door).end_membership(key, command),
            lambda _: self.model.end(key, door, exit_.code, on),
        )

    # letters

    @precondition(lambda self: self.model.members)
    @rule(
        data=st.data(),
        door=DOOR,
        stranger=st.booleans(),
        to=st.sampled_from([*DOORS, None]),
        back=BACK,
        days=st.integers(1, 94),
    )
    def issue(
        self, data: st.DataObject, door: str, stranger: bool, to: str | None, back: int, days: int
    ) -> None:
        """A letter to either branch, or out of the county."""
        key, on = self.member(data), self.today - timedelta(days=back)
        door = self.near(key, stranger, door)
        command = LetterIssuing(
            member_id=key,
            number=f"出{self.next()}",
            to_district=to,
            to_outside="外县某支部" if to is None else None,
            issued_on=on,
            valid_days=days,
        )
        self.same(
            lambda: self.at(door).issue_transfer(command),
            lambda made: self.model.issue(made, door, key, to, on, days),
        )

    @precondition(lambda self: self.model.letters)
    @rule(data=st.data(), door=DOOR, stranger=st.booleans(), back=BACK)
    def receive(self, data: st.DataObject, door: str, stranger: bool, back: int) -> None:
        """A letter is received on any day, by the branch that it names or another, once or again."""
        key, on = self.letter(data), self.today - timedelta(days=back)
        to = self.model.letters[key].to
        door = door if stranger or to is None else to
        self.same(
            lambda: self.at(door).receive_transfer(key, on),
            lambda _: self.model.receive(key, door, on, outside=False),
        )

    @precondition(lambda self: self.model.letters)
    @rule(data=st.data(), back=BACK)
    def receipt_comes_from_outside(self, data: st.DataObject, back: int) -> None:
        """The receipt of a branch outside the county is recorded."""
        key, on = self.letter(data), self.today - timedelta(days=back)
        door = self.model.letters[key].origin
        self.same(
            lambda: self.at(door).confirm_received_outside(key, on),
            lambda _: self.model.receive(key, door, on, outside=True),
        )

    @precondition(lambda self: self.model.letters)
    @rule(data=st.data(), back=BACK)
    def give_back(self, data: st.DataObject, back: int) -> None:
        """A letter comes back."""
        key, on = self.letter(data), self.today - timedelta(days=back)
        door = self.model.letters[key].origin
        self.same(
            lambda: self.at(door).return_transfer(key, "退回", on),
            lambda _: self.model.give_back(key, door, on),
        )

    # time, the host, and questions

    @rule(days=st.integers(1, 120))
    def days_pass(self, days: int) -> None:
        """Time goes on."""
        self.today += timedelta(days=days)

    @rule(door=DOOR, who=WHO)
    def host_rolls_back(self, door: str, who: int) -> None:
        """What a host undoes is undone."""
        before = deepcopy(self.model)
        nested = self.session.begin_nested()
        self.admit(door, who, 0)
        nested.rollback()
        self.model = before

    @rule(door=DOOR, back=st.integers(0, 400))
    def who_is_in_a_branch_on_a_day(self, door: str, back: int) -> None:
        """The roster of any day, with what everybody was."""
        on = self.today - timedelta(days=back)
        found = {view.id: view.state.code for view in self.at(door).roster(on)}
        assert found == {
            key: one.state_on(on) for key, one in self.model.members.items() if one.branch_on(on) == door
        }

    @rule(door=DOOR, year=st.integers(2024, 2030))
    def a_years_turnover_adds_up(self, door: str, year: int) -> None:
        """Who came and who went, in any year."""
        flow = self.at(door).year_flow(year)
        assert flow.opening + sum(1 if line.turn.grows else -1 for line in flow.lines) == flow.closing
        gone = [line for line in flow.lines if line.turn is Turn.TRANSFERRED_OUT]
        assert len(gone) == sum(
            b.branch == door and b.until is not None and b.until.year == year and b.until != one.ended
            for one in self.model.members.values()
            for b in one.belonged
        )

    @rule(door=DOOR)
    def no_data_check_finds_anything(self, door: str) -> None:
        for result in run_data_checks(self.session, f"530921/{door}"):
            assert not result.findings, result

    # what always holds

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        status = select(MemberStatus.member_id, MemberStatus.state, MemberStatus.since, MemberStatus.until)
        found: dict[int, list[Any]] = {}
        for row in self.session.execute(status.order_by(MemberStatus.since)):
            found.setdefault(row.member_id, []).append(tuple(row)[1:])
        for key, one in self.model.members.items():
            ends = [*(since for _, since in one.states[1:]), one.ended]
            spans = [(state, since, until) for (state, since), until in zip(one.states, ends, strict=True)]
            assert found.pop(key) == spans, "a status follows another without a gap"
        assert not found

    @invariant()
    def one_branch_is_responsible_at_every_instant(self) -> None:
        names = {f"{door}支部": door for door in DOORS}
        query = (
            select(Affiliation.member_id, Branch.name, Affiliation.since, Affiliation.until)
            .join(Branch, Branch.id == Affiliation.branch_id)
            .order_by(Affiliation.since)
        )
        found: dict[int, list[Any]] = {}
        for member_id, name, since, until in self.session.execute(query):
            found.setdefault(member_id, []).append((names[name], since, until))
        assert found == {
            key: [(b.branch, b.since, b.until) for b in one.belonged]
            for key, one in self.model.members.items()
        }
        gone_out = {(one.member, one.to) for one in self.model.letters.values() if one.state == "received"}
        for key, one in self.model.members.items():
            answered = one.home is not None or one.ended is not None
            assert answered or (key, None) in gone_out

    @invariant()
    def a_membership_says_its_days(self) -> None:
        query = select(Member.id, Member.joined_on, Member.ended_on, Member.probation_ends_on)
        found = {row.id: tuple(row)[1:3] for row in self.session.execute(query)}
        assert found == {key: (one.joined, one.ended) for key, one in self.model.members.items()}


def test_any_order_of_acts_comes_to_what_a_plain_model_says(shared_engine: Engine) -> None:
    machine = type("Machine", (Memberships,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=15, stateful_step_count=30, deadline=None)
    )
