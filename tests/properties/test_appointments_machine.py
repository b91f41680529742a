"""A stateful machine: appointments, delegations and ends against a plain model, on both databases.

On any day a seat has at most one holder, what is lent lies inside what it is lent from, nobody holds duties
that exclude each other, and whoever asks as of any day is answered as the model answers.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest
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
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from tests.properties.appointments import (
    EXCLUDED,
    LEVELS,
    PEOPLE,
    PLACE,
    SEATS,
    Days,
    Held,
    Lent,
    Model,
    Refused,
    day,
)
from xuequ import Actor, District, Holding, Post, XuequError
from xuequ.core.errors import Problems
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.spans import DaySpan
from xuequ.embed import run_data_checks
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.schemas.posts import Appointing, Delegating, HandingOver
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.testing import make_district, rollback_session
from xuequ.testing.factories import MAKER

DAYS = st.integers(0, 40)
LENGTHS = st.none() | st.integers(1, 25)
POSTS, WHO = st.sampled_from(sorted(LEVELS)), st.sampled_from(PEOPLE)
SCHOOLS = st.sampled_from([None, "s1", "s2"])


class Appointments(RuleBasedStateMachine):
    """The registry beside the model."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.model = Model()
        self.today = 0

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    @initialize()
    def make(self) -> None:
        make_district(self.session, PLACE, schools=2, pupils=0, staff=2)
        rows = self.session.execute(select(Staff.staff_no, Staff.id))
        self.ids = {number.removeprefix("qianfeng-"): key for number, key in rows}

    def door(self, on: int | None = None, actor: Actor = MAKER) -> District:
        clock = FixedClock.at(day(self.today if on is None else on))
        return District(self.session, PLACE, actor=actor, settings=Settings(clock=clock))

    def same(self, act: Callable[[], Any], model_act: Callable[[int], None]) -> bool:
        """Do an act on both sides; either both do it or both refuse it for the same reasons."""
        before, made, codes = deepcopy(self.model), 0, set[str]()
        try:
            made = act()
        except Problems as error:
            codes = {problem.error.code for problem in error.problems}
        except XuequError as error:
            codes = {error.code}
        try:
            model_act(getattr(made, "id", 0))
        except Refused as refused:
            self.model = before
            assert codes == refused.codes
            return False
        assert not codes
        return True

    def pick(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.model.held)), label="appointment")

    def appoint_by(
        self, door: District, who: str, post: Post, school: str | None, days: Days, *, acting: bool
    ) -> bool:
        command = Appointing(
            staff_id=self.ids[who],
            post=post,
            school=school,
            since=day(days.since),
            until=day(days.until),
            acting=acting,
            authority="文",
        )
        place = f"{PLACE}/{school}" if school else PLACE
        new = Held(days.since, days.until, who, post, place, acting)
        return self.same(
            lambda: door.registry.posts.appoint(command), lambda key: self.model.appoint(key, new)
        )

    # acts

    @rule(who=WHO, post=POSTS, school=SCHOOLS, since=DAYS, length=LENGTHS)
    def appoint(self, who: str, post: Post, school: str | None, since: int, length: int | None) -> None:
        """A full appointment to any post at any place."""
        days = Days(since, None if length is None else since + length)
        self.appoint_by(self.door(), who, post, school, days, acting=False)

    @rule(who=WHO, post=POSTS, since=DAYS, length=LENGTHS, data=st.data())
    def appoint_where_it_exists(
        self, who: str, post: Post, since: int, length: int | None, data: st.DataObject
    ) -> None:
        """An appointment at a level at which there is such a post, for people of that school."""
        at_school = data.draw(st.sampled_from(sorted(LEVELS[post])))
        days = Days(since, None if length is None else since + length)
        school = who[:2] if at_school else None
        self.appoint_by(self.door(), who, post, school, days, acting=False)

    @rule(who=WHO, since=DAYS, length=LENGTHS, post=st.sampled_from([Post.PRINCIPAL, Post.AUDITOR]))
    def appoint_acting(self, who: str, since: int, length: int | None, post: Post) -> None:
        """An acting holder, of a post with a seat and of one without."""
        days = Days(since, None if length is None else since + length)
        self.appoint_by(self.door(), who, post, None, days, acting=True)

    @rule(who=WHO, later=st.integers(0, 9))
    def fill_after_the_acting(self, who: str, later: int) -> None:
        """A full principal some days after the last who sits there began."""
        since = max((one.since for one in self.model.held.values() if one.post is Post.PRINCIPAL), default=0)
        self.appoint_by(self.door(), who, Post.PRINCIPAL, None, Days(since + later, None), acting=False)

    @rule(by=WHO, who=WHO, since=DAYS)
    def somebody_appoints(self, by: str, who: str, since: int) -> None:
        """Whoever holds the principal's post that day, also by delegation, appoints; nobody else does."""
        door = self.door(actor=Actor(f"qianfeng-{by}"))
        held = self.model.holdings(by, self.today)
        if Holding(Post.PRINCIPAL, PLACE) not in held:
            with pytest.raises(XuequError) as caught:
                door.registry.posts.appoint(
                    Appointing(staff_id=self.ids[who], post=Post.AUDITOR, since=day(since), authority="文")
                )
            assert caught.value.code == "core.action_not_permitted"
            return
        if self.appoint_by(door, who, Post.AUDITOR, None, Days(since, since + 2), acting=False):
            new = list(self.model.held.values())[-1]
            for one in self.model.held.values():
                if one is not new and one.who == by and Holding(one.post, one.place) in held:
                    one.acted = True

    @precondition(lambda self: self.model.held)
    @rule(data=st.data(), on=DAYS)
    def end(self, data: st.DataObject, on: int) -> None:
        """An end on any day."""
        key = self.pick(data)
        posts = self.door().registry.posts
        self.same(
            lambda: posts.end_appointment(key, AppointmentEnd.REMOVED, day(on)),
            lambda _: self.model.end(self.model.held[key], on),
        )

    @precondition(lambda self: self.model.held)
    @rule(data=st.data())
    def end_twice(self, data: st.DataObject) -> None:
        """What has ended does not end again on its day or later."""
        key = self.pick(data)
        one = self.model.held[key]
        if one.ended:
            posts = self.door().registry.posts
            for on in (one.until, (one.until or 0) + 1):
                with pytest.raises(XuequError) as caught:
                    posts.end_appointment(key, AppointmentEnd.REMOVED, day(on))
                assert caught.value.code == "registry.appointment_over"

    @precondition(lambda self: self.model.held)
    @rule(data=st.data(), who=WHO, on=DAYS)
    def hand_over(self, data: st.DataObject, who: str, on: int) -> None:
        """A hand-over on any day to anybody."""
        key = self.pick(data)
        command = HandingOver(staff_id=self.ids[who], on=day(on), authority="文")
        self.same(
            lambda: self.door().registry.posts.hand_over(key, command),
            lambda new: self.model.hand_over(key, new, who, on),
        )

    @precondition(lambda self: self.model.held)
    @rule(data=st.data())
    def revoke(self, data: st.DataObject) -> None:
        """A mistake is taken back unless something stands on it."""
        key = self.pick(data)

        def model_revoke(_: int) -> None:
            one = self.model.held[key]
            if one.ended or one.lent or one.acted:
                raise Refused("something_stands_on")
            del self.model.held[key]

        self.same(lambda: self.door().registry.posts.revoke_appointment(key), model_revoke)

    @precondition(lambda self: self.model.held)
    @rule(data=st.data(), who=WHO, since=DAYS, length=LENGTHS, school=SCHOOLS)
    def lend(self, data: st.DataObject, who: str, since: int, length: int | None, school: str | None) -> None:
        """Powers lent for any days, for their own place or for a school."""
        self.lend_by(self.pick(data), who, Days(since, None if length is None else since + length), school)

    @precondition(lambda self: self.model.held)
    @rule(data=st.data(), who=WHO, later=st.integers(0, 5), length=LENGTHS)
    def lend_within(self, data: st.DataObject, who: str, later: int, length: int | None) -> None:
        """Powers lent for days that mostly lie in the term."""
        key = self.pick(data)
        since = self.model.held[key].since + later
        self.lend_by(key, who, Days(since, None if length is None else since + length), None)

    def lend_by(self, key: int, who: str, days: Days, school: str | None) -> None:
        one = self.model.held[key]
        place = f"{PLACE}/{school}" if school else one.place
        command = Delegating(
            staff_id=self.ids[who], since=day(days.since), until=day(days.until), school=school, reason="外出"
        )
        self.same(
            lambda: self.door().registry.posts.delegate(key, command),
            lambda new: self.model.lend(key, new, Lent(days.since, days.until, who, place), self.today),
        )

    @precondition(lambda self: any(one.lent for one in self.model.held.values()))
    @rule(data=st.data(), on=DAYS)
    def take_back(self, data: st.DataObject, on: int) -> None:
        """Powers are taken back on any day."""
        lent = {key: one for one in self.model.held.values() for key in one.lent}
        key = data.draw(st.sampled_from(sorted(lent)), label="delegation")

        def model_take_back(_: int) -> None:
            until = lent[key].lent[key].until
            if until is not None and on >= until:
                raise Refused("delegation_over")
            part = lent[key].lent[key]
            if part.since >= on:
                del lent[key].lent[key]
            else:
                part.until = on

        self.same(lambda: self.door().registry.posts.revoke_delegation(key, day(on)), model_take_back)

    @rule(who=WHO, on=st.integers(25, 40))
    def leave(self, who: str, on: int) -> None:
        """An employment ends, and everything that was held with it."""
        if self.model.leaves[who] is not None:
            return
        for model in (Placement, Employment):
            keyed = model.staff_id == self.ids[who]
            self.session.execute(update(model).where(keyed).values(until=day(on)))
        posts = self.door().registry.posts
        self.same(
            lambda: posts.end_all_of(self.ids[who], AppointmentEnd.RETIRED, day(on)),
            lambda _: self.model.leave(who, on),
        )
        assert posts.appointments_of(self.ids[who], day(on)) == []

    @rule(days=st.integers(1, 6))
    def days_pass(self, days: int) -> None:
        """Time goes on."""
        self.today = min(self.today + days, 45)

    @rule(who=WHO, post=POSTS, since=DAYS)
    def host_rolls_back(self, who: str, post: Post, since: int) -> None:
        """What a host undoes is undone."""
        before = deepcopy(self.model)
        nested = self.session.begin_nested()
        self.appoint_by(self.door(), who, post, None, Days(since, None), acting=False)
        nested.rollback()
        self.model = before

    # questions

    @rule(on=DAYS)
    def who_holds_what(self, on: int) -> None:
        """Holders, acting ones and delegations of any day."""
        posts = self.door().registry.posts
        held = {key: one for key, one in self.model.held.items() if on in one}
        assert {view.id for view in posts.holders(day(on))} == set(held)
        assert {view.id for view in posts.acting_holders(day(on))} == {
            key for key, one in held.items() if one.acting
        }
        lent = {key for one in held.values() for key, part in one.lent.items() if on in part}
        assert {view.id for view in posts.delegations(day(on))} == lent

    @rule(on=DAYS, post=st.sampled_from(sorted(SEATS)), school=SCHOOLS)
    def who_sits_in_a_seat(self, on: int, post: Post, school: str | None) -> None:
        """The holder of a seat on any day, and everybody who ever sat there."""
        posts, place = self.door().registry.posts, f"{PLACE}/{school}" if school else PLACE
        sat = {key for key, one in self.model.held.items() if (one.post, one.place) == (post, place)}
        found = posts.holder(post, school, day(on))
        assert ({found.id} if found else set[int]()) == {key for key in sat if on in self.model.held[key]}
        assert {view.id for view in posts.history(post, school)} == sat

    @rule(on=DAYS, who=WHO)
    def what_an_actor_holds(self, on: int, who: str) -> None:
        """The posts that are looked up for an actor, and those that are listed of a person."""
        held = self.door(on, Actor(f"qianfeng-{who}")).context.acting.holdings
        assert set(held or ()) == self.model.holdings(who, on)
        views = self.door().registry.posts.posts_of(self.ids[who], day(on))
        assert {Holding(view.post, view.place) for view in views} == self.model.holdings(who, on)

    @rule(on=DAYS)
    def what_is_vacant(self, on: int) -> None:
        """The vacancies of any day, among the posts that the model knows."""
        known = {(post, PLACE) for post in (Post.PRINCIPAL, Post.CASHIER, Post.ACCOUNTANT)}
        known |= {(Post.SCHOOL_HEAD, f"{PLACE}/{school}") for school in ("s1", "s2")}
        filled = {(one.post, one.place) for one in self.model.held.values() if on in one}
        views = self.door().registry.posts.vacancies(day(on))
        assert {(view.post, view.place) for view in views} & known == known - filled

    @rule(who=WHO, wanted=POSTS, since=DAYS, length=st.integers(1, 10))
    def who_may_not_do_what(self, who: str, wanted: Post, since: int, length: int) -> None:
        """What somebody held in some days that excludes a post."""
        days = Days(since, since + length)
        posts = self.door().registry.posts
        found = posts.held_incompatible(self.ids[who], wanted, DaySpan(day(since), day(since + length)))
        assert sorted((view.held.post, view.held.place) for view in found) == sorted(
            (post, place)
            for post, place, when in self.model.grounds(who)
            if frozenset({post, wanted}) in EXCLUDED and when.share(days)
        )

    @rule()
    def no_data_check_finds_anything(self) -> None:
        for result in run_data_checks(self.session, PLACE):
            assert not result.findings, result

    # what always holds

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        names = {key: who for who, key in getattr(self, "ids", {}).items()}
        columns = (Appointment.id, Appointment.staff_id, Appointment.post, Appointment.place)
        more = (Appointment.since, Appointment.until, Appointment.acting, Appointment.ended)
        found = {
            row.id: (
                names[row.staff_id],
                row.post,
                row.place,
                row.since,
                row.until,
                row.acting,
                bool(row.ended),
            )
            for row in self.session.execute(select(*columns, *more))
        }
        assert found == {
            key: (one.who, one.post.code, one.place, day(one.since), day(one.until), one.acting, one.ended)
            for key, one in self.model.held.items()
        }
        lent = select(Delegation.id, Delegation.appointment_id, Delegation.staff_id, Delegation.place)
        rows = self.session.execute(lent.add_columns(Delegation.since, Delegation.until))
        assert {row.id: (row.appointment_id, names[row.staff_id], *row[3:]) for row in rows} == {
            part_key: (key, part.who, part.place, day(part.since), day(part.until))
            for key, one in self.model.held.items()
            for part_key, part in one.lent.items()
        }

    @invariant()
    def a_seat_holds_one_and_nobody_duties_that_exclude_each_other(self) -> None:
        for one, other in combinations(self.model.held.values(), 2):
            if one.post in SEATS and (one.post, one.place) == (other.post, other.place):
                assert not one.share(other)
        for who in PEOPLE:
            for (post, _, days), (also, _, when) in combinations(self.model.grounds(who), 2):
                assert not (frozenset({post, also}) in EXCLUDED and days.share(when))

    @invariant()
    def what_is_lent_lies_inside_what_it_is_lent_from(self) -> None:
        for one in self.model.held.values():
            for part in one.lent.values():
                assert part.lies_in(one) and part.place.startswith(one.place)


def test_any_order_of_acts_comes_to_what_a_plain_model_says(shared_engine: Engine) -> None:
    machine = type("Machine", (Appointments,), {"engine": shared_engine})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=15, stateful_step_count=30, deadline=None)
    )
