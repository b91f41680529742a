"""A stateful machine: every step of pupils' records in any order against plain lists, on both databases.

Over two districts of one county pupils apply, change class, are suspended, drop out, are transferred and
leave. The model is one list of statuses and one of seats a pupil; it decides by itself what may be done.
After every step the tables must say just what the model says: no day of a pupil on the roll without a
class, none with two, nobody counted twice in the county.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.registry.roster import (
    DASI,
    FIRST,
    QIANFENG,
    agree,
    class_id,
    county_on,
    door_on,
    make_county_of_two,
    set_up,
)
from xuequ.core.errors import XuequError
from xuequ.core.journal import FactRow
from xuequ.core.spans import months_later
from xuequ.district import District
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import District as DistrictRow
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.schemas.pupils import Departure, MoveRow, NewPupil, PupilApplication, Suspension
from xuequ.registry.schemas.set_up import PupilRow, SchoolRow
from xuequ.registry.schemas.transfers import TransferArrival, TransferRequest
from xuequ.registry.service.transfers import TransferService
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.pupils import MoveKind
from xuequ.registry.states.transfers import Side
from xuequ.testing import rollback_session

PLACES = {"q1": (QIANFENG, "s1"), "q2": (QIANFENG, "s2"), "d1": (DASI, "s1")}
CLASSES = {
    "a": (Stage.PRIMARY, 2026, 1),
    "b": (Stage.PRIMARY, 2026, 2),
    "c": (Stage.PRIMARY, 2027, 1),
    "z": (Stage.PRIMARY, 2021, 1),
    "p": (Stage.PRESCHOOL, 2026, 1),
}
AT_FIRST = {
    "N1": ("q1", "a"),
    "N2": ("q1", "a"),
    "N3": ("q2", "a"),
    "N4": ("d1", "a"),
    "N5": ("q1", "z"),
    "N6": ("q1", "p"),
}
NUMBERS = (*AT_FIRST, "N7", "N8", "N9")
UNDER_WAY = {"N2": "d1", "N4": "q2"}
"""Transfers that are released when the machine starts, so that it comes to the end of some."""

SECOND, LONG_AGO = FIRST + timedelta(days=1), date(2026, 7, 1)
HALF_A_YEAR = months_later(SECOND, 6)
ON_ROLL = {"registered", "suspended", "dropout_suspected", "dropped", "transferring"}
GONE = {"", "not_admitted", "transferred", "graduated", "left_preschool", "abroad"}
AWAY = {"registered", "suspended", "dropout_suspected", "dropped"}

BACK = st.sampled_from([0] * 9 + [1, 20])
SCHOOLS, KLASSES, YES = (
    st.sampled_from(sorted(PLACES)),
    st.sampled_from("abczp"),
    st.sampled_from([True] * 4 + [False]),
)
RARELY = st.sampled_from([False, False, False, True])
"""What ends a story is taken up one time in four, or else soon nobody is left to tell of."""

DATA = st.data()


def running(klass: str, on: date) -> bool:
    """Tell whether a class has begun and has not left its stage."""
    stage, entry, _ = CLASSES[klass]
    last = entry + (1 if stage is Stage.PRESCHOOL else 6)
    return date(entry, 9, 1) <= on < date(last, 9, 1)


def cohort(klass: str) -> tuple[Stage, int]:
    stage, entry, _ = CLASSES[klass]
    return stage, entry


def school_year(on: date) -> int:
    return on.year - (on.month < 9)


@dataclass
class Model:
    """One pupil: [state, school, since, until] and [school, class, since, until], the open ones last."""

    statuses: list[list[Any]] = field(default_factory=list[list[Any]])
    seats: list[list[Any]] = field(default_factory=list[list[Any]])
    absent: date = date.min
    planned: date = date.min
    extended: bool = False
    transfer: dict[str, Any] = field(default_factory=dict[str, Any])

    @property
    def state(self) -> str:
        return str(self.statuses[-1][0]) if self.statuses else ""

    @property
    def school(self) -> str:
        return str(self.statuses[-1][1])

    @property
    def since(self) -> date:
        since: date = self.statuses[-1][2] if self.statuses else date.min
        return since

    @property
    def klass(self) -> str:
        return str(self.seats[-1][1])

    @property
    def seated(self) -> date:
        since: date = self.seats[-1][2]
        return since

    def begin(self, state: str, on: date, school: str | None = None) -> None:
        at = school or self.school
        _follow(self.statuses, [state, at, on, None])

    def sit(self, school: str, klass: str, on: date) -> None:
        _follow(self.seats, [school, klass, on, None])

    def leave(self, state: str, on: date) -> None:
        self.seats[-1][3] = on
        self.begin(state, on)

    def at(self, on: date) -> list[Any] | None:
        """Return the seat of a day."""
        return next((s for s in self.seats if s[2] <= on and (s[3] is None or on < s[3])), None)

    def may(self, on: date, *states: str) -> bool:
        return self.state in states and on >= self.since

    def may_leave(self, on: date, *states: str) -> bool:
        return self.may(on, *states) and on > self.seated


def _follow(spans: list[list[Any]], new: list[Any]) -> None:
    """End the open span and append another; one of the same day gives way."""
    if spans and spans[-1][3] is None:
        if spans[-1][2] == new[2]:
            spans.pop()
        else:
            spans[-1][3] = new[2]
    spans.append(new)


class Pupils(RuleBasedStateMachine):
    """Pupils N1 to N9 of the county, in the middle of several stories; the last one is unknown at first."""

    engine: Engine
    done: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.opened = rollback_session(self.engine)
        self.session: Session = self.opened.__enter__()
        self.classes: dict[tuple[str, str], int] = {}
        self.today = SECOND
        self.model = {number: Model() for number in NUMBERS}
        for number, (school, klass) in AT_FIRST.items():
            self.model[number].begin("registered", FIRST, school)
            self.model[number].sit(school, klass, FIRST)
        self.model["N7"].begin("applied", FIRST, "q2")
        self.model["N7"].begin("admitted", SECOND)
        self.model["N8"].begin("applied", FIRST, "d1")
        self.model["N1"].begin("suspended", SECOND)
        self.model["N1"].planned = HALF_A_YEAR
        self.model["N3"].begin("dropout_suspected", SECOND)
        self.model["N3"].absent = LONG_AGO
        for number, to in UNDER_WAY.items():
            self.model[number].begin("transferring", SECOND)
            by = self.model[number].school
            self.model[number].transfer = {"to": to, "by": by, "released": True, "turn": SECOND}

    def teardown(self) -> None:
        self.opened.__exit__(None, None, None)

    # what acts

    def door(self, school: str) -> District:
        return door_on(self.session, self.today, PLACES[school][0])

    def at_home(self, number: str) -> District:
        model = self.model[number]
        return self.door(model.school if model.statuses else "q1")

    def id_of(self, number: str) -> int:
        return self.session.scalar(select(Pupil.id).where(Pupil.pupil_no == number)) or 0

    def class_of(self, school: str, klass: str) -> int:
        if (school, klass) not in self.classes:
            stage, entry, number = CLASSES[klass]
            place, code = PLACES[school]
            found = class_id(self.session, code, entry, number, place=place, stage=stage)
            self.classes[school, klass] = found
        return self.classes[school, klass]

    def pick(self, data: st.DataObject, *states: str) -> str:
        """Draw a pupil, one in a fitting state rather than another."""
        fitting = [number for number in NUMBERS if self.model[number].state in states]
        return data.draw(st.sampled_from([*fitting * 20, *NUMBERS]))

    def any_in(self, *states: str) -> bool:
        return any(model.state in states for model in self.model.values())

    def acts(self, verb: str, may: bool, act: Callable[[], object]) -> bool:
        """Do it; it must be done when the model allows it, and be refused by an error of ours when not."""
        try:
            act()
        except XuequError as error:
            assert not may, (verb, error.code, str(error))
            return False
        assert may, verb
        self.done[verb] += 1
        return True

    def new(self, number: str) -> NewPupil:
        return NewPupil(pupil_no=number, name=f"生{number}", sex=Sex.MALE)

    # rules

    @rule(days=st.sampled_from([1, 1, 2, 7, 15, 30, 180]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(data=DATA, school=SCHOOLS, back=BACK)
    def apply(self, data: st.DataObject, school: str, back: int) -> None:
        number, on = self.pick(data, *GONE), self.today - timedelta(days=back)
        model = self.model[number]
        command = PupilApplication(
            pupil=self.new(number), school=PLACES[school][1], stage=Stage.PRIMARY, entry_year=2026
        )
        may = model.may(on, *GONE)
        if self.acts("apply", may, lambda: self.door(school).registry.pupils.apply(command, on)):
            model.begin("applied", on, school)

    @precondition(lambda self: self.any_in("applied"))
    @rule(data=DATA, back=BACK)
    def admit(self, data: st.DataObject, back: int) -> None:
        number, on = self.pick(data, "applied"), self.today - timedelta(days=back)
        pupils, one = self.at_home(number).registry.pupils, [self.id_of(number)]
        if self.acts("admit", self.model[number].may(on, "applied"), lambda: pupils.admit(one, on)):
            self.model[number].begin("admitted", on)

    @precondition(lambda self: self.any_in("applied", "admitted"))
    @rule(data=DATA, back=BACK, really=RARELY)
    def turn_away(self, data: st.DataObject, back: int, really: bool) -> None:
        number, on = self.pick(data, "applied"), self.today - timedelta(days=back)
        pupils, one = self.at_home(number).registry.pupils, [self.id_of(number)]
        may = self.model[number].may(on, "applied", "admitted")
        if may and not really:
            return
        if self.acts("turn_away", may, lambda: pupils.turn_away(one, on)):
            self.model[number].begin("not_admitted", on)

    @precondition(lambda self: self.any_in("admitted"))
    @rule(data=DATA, klass=KLASSES, back=BACK)
    def register(self, data: st.DataObject, klass: str, back: int) -> None:
        number, on = self.pick(data, "admitted"), self.today - timedelta(days=back)
        model = self.model[number]
        school = model.school if model.statuses else "q1"
        seat = self.class_of(school, klass)
        may = model.may(on, "admitted") and cohort(klass) == cohort("a") and running(klass, on)
        pupils = self.at_home(number).registry.pupils
        if self.acts("register", may, lambda: pupils.register([self.id_of(number)], seat, on)):
            model.begin("registered", on)
            model.sit(school, klass, on)

    @rule(data=DATA, school=SCHOOLS, klass=KLASSES, same=YES, back=BACK)
    def change_class(self, data: st.DataObject, school: str, klass: str, same: bool, back: int) -> None:
        number, on = self.pick(data, *ON_ROLL), self.today - timedelta(days=back)
        model = self.model[number]
        if same and model.statuses:
            school = model.school
        may = model.state in ON_ROLL and school == model.school and on >= model.seated
        may = may and klass != model.klass and cohort(klass) == cohort(model.klass) and running(klass, on)
        pupils, seat = self.at_home(number).registry.pupils, self.class_of(school, klass)
        if self.acts("change_class", may, lambda: pupils.change_class(self.id_of(number), seat, on)):
            model.sit(school, klass, on)

    @rule(data=DATA, months=st.sampled_from([0, 1, 6, 12, 13]), back=BACK)
    def suspend(self, data: st.DataObject, months: int, back: int) -> None:
        number, on = self.pick(data, "registered"), self.today - timedelta(days=back)
        model, until = self.model[number], months_later(on, months)
        may = model.may(on, "registered") and 0 < months <= 12
        pupils, asked = self.at_home(number).registry.pupils, Suspension(planned_until=until)
        if self.acts("suspend", may, lambda: pupils.suspend(self.id_of(number), asked, on)):
            model.begin("suspended", on)
            model.planned, model.extended = until, False

    @precondition(lambda self: self.any_in("suspended"))
    @rule(data=DATA, months=st.sampled_from([6, 12, 18, 24, 25]))
    def extend(self, data: st.DataObject, months: int) -> None:
        number = self.pick(data, "suspended")
        model = self.model[number]
        until = months_later(model.since if model.statuses else self.today, months)
        may = model.state == "suspended" and not model.extended and until > model.planned and months <= 24
        pupils = self.at_home(number).registry.pupils
        if self.acts("extend", may, lambda: pupils.extend_suspension(self.id_of(number), until)):
            model.planned, model.extended = until, True

    @precondition(lambda self: self.any_in("suspended"))
    @rule(data=DATA, back=BACK)
    def resume(self, data: st.DataObject, back: int) -> None:
        number, on = self.pick(data, "suspended"), self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = model.may(on, "suspended") and running(model.klass, on)
        if self.acts("resume", may, lambda: pupils.resume(self.id_of(number), on)):
            model.begin("registered", on)

    @precondition(lambda self: self.any_in("suspended"))
    @rule(data=DATA, klass=KLASSES, decision=st.sampled_from(["", "校务会"]), back=BACK)
    def resume_elsewhere(self, data: st.DataObject, klass: str, decision: str, back: int) -> None:
        number, on = self.pick(data, "suspended"), self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = model.may(on, "suspended") and running(klass, on)
        if may:
            (stage, entry), (own_stage, own_entry) = cohort(klass), cohort(model.klass)
            most = max(1, school_year(on) - school_year(model.since))
            may = stage is own_stage and 0 <= entry - own_entry <= most
            may = may and (entry == own_entry or decision != "")
            may = may and (klass == model.klass or on >= model.seated)
        seat = self.class_of(model.school if model.statuses else "q1", klass)
        more: dict[str, Any] = {"class_id": seat, "decision": decision}
        if self.acts("resume_elsewhere", may, lambda: pupils.resume(self.id_of(number), on, **more)):
            if klass != model.klass:
                model.sit(model.school, klass, on)
            model.begin("registered", on)

    @rule(data=DATA, ago=st.sampled_from([-1, 0, 28, 40, 40]), back=BACK)
    def suspect(self, data: st.DataObject, ago: int, back: int) -> None:
        number, on = self.pick(data, "registered", "suspended"), self.today - timedelta(days=back)
        model, absent = self.model[number], on - timedelta(days=ago)
        may = model.may(on, "registered", "suspended") and ago >= 0
        pupils = self.at_home(number).registry.pupils
        if self.acts("suspect", may, lambda: pupils.suspect_dropout(self.id_of(number), absent, on)):
            model.begin("dropout_suspected", on)
            model.absent = absent

    @precondition(lambda self: self.any_in("dropout_suspected"))
    @rule(data=DATA, persuasion=st.sampled_from(["", "家访未果", "电话劝返"]), back=BACK)
    def confirm_dropout(self, data: st.DataObject, persuasion: str, back: int) -> None:
        number, on = self.pick(data, "dropout_suspected"), self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = model.may(on, "dropout_suspected") and persuasion != ""
        may = may and on >= model.absent + timedelta(days=28)
        if self.acts("confirm", may, lambda: pupils.confirm_dropout(self.id_of(number), persuasion, on)):
            model.begin("dropped", on)

    @precondition(lambda self: self.any_in("dropout_suspected", "dropped"))
    @rule(data=DATA, back=BACK)
    def bring_back(self, data: st.DataObject, back: int) -> None:
        number, on = self.pick(data, "dropout_suspected", "dropped"), self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = model.may(on, "dropout_suspected", "dropped")
        if self.acts("bring_back", may, lambda: pupils.bring_back(self.id_of(number), on)):
            model.begin("registered", on)

    @rule(data=DATA, verb=st.sampled_from(["graduate", "leave_preschool"]), back=BACK)
    def complete(self, data: st.DataObject, verb: str, back: int) -> None:
        last = {"z": "graduate", "p": "leave_preschool"}
        ready = [n for n, m in self.model.items() if m.seats and last.get(m.klass) == verb]
        number = data.draw(st.sampled_from([*ready * 9, *NUMBERS]))
        on = self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = (
            model.state == "registered"
            and model.may_leave(on, "registered")
            and last.get(model.klass) == verb
        )
        if self.acts(verb, may, lambda: getattr(pupils, verb)([self.id_of(number)], on)):
            model.leave({"graduate": "graduated"}.get(verb, "left_preschool"), on)

    @rule(data=DATA, back=BACK, really=RARELY)
    def leave_abroad(self, data: st.DataObject, back: int, really: bool) -> None:
        number, on = self.pick(data, *AWAY), self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = model.may_leave(on, *AWAY)
        if may and not really:
            return
        if self.acts("abroad", may, lambda: pupils.leave_abroad(self.id_of(number), on)):
            model.leave("abroad", on)

    @rule(data=DATA, guardian=YES, back=BACK, really=RARELY)
    def leave_county(self, data: st.DataObject, guardian: bool, back: int, really: bool) -> None:
        number, on = self.pick(data, "registered"), self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = model.may_leave(on, "registered") and guardian
        away = Departure(outside="县外", guardian_applied=guardian)
        if may and not really:
            return
        if self.acts("leave_county", may, lambda: pupils.leave_county(self.id_of(number), away, on)):
            model.leave("transferred", on)

    @rule(data=DATA, back=BACK, really=RARELY)
    def die(self, data: st.DataObject, back: int, really: bool) -> None:
        number, on = self.pick(data, "transferring"), self.today - timedelta(days=back)
        model, pupils = self.model[number], self.at_home(number).registry.pupils
        may = model.may_leave(on, *ON_ROLL)
        if may and not really:
            return
        if self.acts("die", may, lambda: pupils.record_death(self.id_of(number), on)):
            model.leave("deceased", on)
            model.transfer = {}

    # transfers

    @rule(data=DATA, to=SCHOOLS, side=st.sampled_from(Side), guardian=YES, back=BACK)
    def ask(self, data: st.DataObject, to: str, side: Side, guardian: bool, back: int) -> None:
        number, on = self.pick(data, "registered"), self.today - timedelta(days=back)
        model, (place, code) = self.model[number], PLACES[to]
        door = self.at_home(number) if side is Side.SENDING else self.door(to)
        may = model.may(on, "registered") and guardian and to != model.school
        command = TransferRequest(
            pupil_no=number,
            to_district=place.partition("/")[2],
            to_school=code,
            requested_by=side,
            guardian_applied=guardian,
        )
        if self.acts("ask", may, lambda: door.registry.transfers.request(command, on)):
            by = model.school if side is Side.SENDING else to
            model.transfer = {"to": to, "by": by, "released": False, "turn": on}
            model.begin("transferring", on)

    @rule(data=DATA, back=BACK)
    def ask_to_leave(self, data: st.DataObject, back: int) -> None:
        number, on = self.pick(data, "registered"), self.today - timedelta(days=back)
        model, door = self.model[number], self.at_home(number)
        command = TransferRequest(pupil_no=number, outside="县外", guardian_applied=True)
        may = model.may(on, "registered")
        if self.acts("ask_to_leave", may, lambda: door.registry.transfers.request(command, on)):
            model.transfer = {"to": "", "by": model.school, "released": False, "turn": on}
            model.begin("transferring", on)

    def transferring(self, data: st.DataObject, *, released: bool) -> tuple[Model, int, TransferService]:
        """Draw a pupil and return the last transfer, with the door of the side whose turn it is."""
        ready = [n for n in NUMBERS if self.model[n].transfer.get("released") is released]
        number = data.draw(st.sampled_from([*ready * 20, *NUMBERS]))
        model = self.model[number]
        query = select(Transfer.id).where(Transfer.pupil_id == self.id_of(number))
        last = self.session.scalars(query.order_by(Transfer.id.desc()).limit(1)).first()
        way = model.transfer
        side = way["to"] if way.get("released") and way["to"] else model.school if model.statuses else "q1"
        return model, last or 0, self.door(side).registry.transfers

    @precondition(lambda self: self.any_in("transferring"))
    @rule(data=DATA, back=BACK)
    def release(self, data: st.DataObject, back: int) -> None:
        model, transfer, transfers = self.transferring(data, released=False)
        on, way = self.today - timedelta(days=back), model.transfer
        may = bool(way) and not way["released"] and on >= way["turn"]
        if self.acts("release", may, lambda: transfers.release(transfer, on)):
            way |= {"released": True, "turn": on}

    @precondition(lambda self: self.any_in("transferring"))
    @rule(data=DATA, back=BACK)
    def accept(self, data: st.DataObject, back: int) -> None:
        model, transfer, transfers = self.transferring(data, released=True)
        own = model.klass * 6 if model.seats else ""
        klass = data.draw(st.sampled_from([*own, *CLASSES]))
        on, way = self.today - timedelta(days=back), model.transfer
        to = way.get("to", "q1")
        seat = self.class_of(to, klass) if to else None
        may = bool(way) and way["released"] and on >= way["turn"] and on > model.seated
        if may and to:
            may = cohort(klass) == cohort(model.klass) and running(klass, on)
        if self.acts("accept" if to else "depart", may, lambda: transfers.accept(transfer, seat, on)):
            if to:
                model.begin("registered", on, to)
                model.sit(to, klass, on)
            else:
                model.leave("transferred", on)
            model.transfer = {}

    @precondition(lambda self: self.any_in("transferring"))
    @rule(data=DATA, back=BACK, really=st.booleans())
    def refuse(self, data: st.DataObject, back: int, really: bool) -> None:
        model, transfer, transfers = self.transferring(data, released=True)
        on, way = self.today - timedelta(days=back), model.transfer
        may = bool(way) and on >= way["turn"]
        if may and not really:
            return
        if self.acts("refuse", may, lambda: transfers.refuse(transfer, "学位已满", on)):
            model.begin("registered", on)
            model.transfer = {}

    @precondition(lambda self: self.any_in("transferring"))
    @rule(data=DATA, back=BACK, really=st.booleans())
    def withdraw(self, data: st.DataObject, back: int, really: bool) -> None:
        model, transfer, transfers = self.transferring(data, released=True)
        on, way = self.today - timedelta(days=back), model.transfer
        if way:
            transfers = self.door(way["by"]).registry.transfers
        may = bool(way) and on >= way["turn"]
        if may and not really:
            return
        if self.acts("withdraw", may, lambda: transfers.withdraw(transfer, on)):
            model.begin("registered", on)
            model.transfer = {}

    @rule(data=DATA, school=SCHOOLS, klass=KLASSES, guardian=YES, back=BACK)
    def take_in(self, data: st.DataObject, school: str, klass: str, guardian: bool, back: int) -> None:
        number, on = self.pick(data, *GONE), self.today - timedelta(days=back)
        model, seat = self.model[number], self.class_of(school, klass)
        may = model.may(on, *GONE) and guardian and running(klass, on)
        command = TransferArrival(
            pupil=self.new(number), outside="县外", class_id=seat, guardian_applied=guardian
        )
        transfers = self.door(school).registry.transfers
        if self.acts("take_in", may, lambda: transfers.take_in(command, on)):
            model.begin("registered", on, school)
            model.sit(school, klass, on)

    # lists, replays, rollbacks

    @rule(data=DATA, school=SCHOOLS, size=st.integers(1, 3))
    def record_moves(self, data: st.DataObject, school: str, size: int) -> None:
        """A list is done whole or not at all: pupils go into suspension or come back from an absence."""
        on = self.today
        numbers = [data.draw(st.sampled_from(NUMBERS)) for _ in range(size)]
        rows: list[MoveRow] = []
        after: dict[str, str] = {}
        may = True
        for number in numbers:
            model = self.model[number]
            state = after.get(number, model.state)
            kind = MoveKind.RETURN if state == "dropout_suspected" else MoveKind.SUSPEND
            rows.append(MoveRow(pupil_no=number, kind=kind, on=on, planned_until=months_later(on, 12)))
            here = bool(model.statuses) and model.school == school and on >= model.since
            may = may and here and state in ("registered", "dropout_suspected")
            after[number] = "registered" if kind is MoveKind.RETURN else "suspended"
        pupils = self.door(school).registry.pupils
        if self.acts("record_moves", may, lambda: pupils.record_moves(PLACES[school][1], rows)):
            for number, state in after.items():
                self.model[number].begin(state, on)
                self.model[number].planned, self.model[number].extended = months_later(on, 12), False

    @rule(data=DATA)
    def the_host_rolls_back(self, data: st.DataObject) -> None:
        """What a host undoes was never done."""
        number = self.pick(data, *AWAY)
        nested = self.session.begin_nested()
        with suppress(XuequError):
            self.at_home(number).registry.pupils.leave_abroad(self.id_of(number))
        nested.rollback()

    @rule(data=DATA)
    def decided_transfers_are_decided(self, data: st.DataObject) -> None:
        """A replay of any answer to a decided transfer is refused and writes nothing."""
        query = select(Transfer.id).where(Transfer.decided_on.is_not(None)).order_by(Transfer.id)
        decided = self.session.scalars(query).all()
        if not decided:
            return
        transfer = data.draw(st.sampled_from(decided))
        transfers = county_on(self.session, self.today).registry.transfers
        before = self.session.scalars(select(FactRow.id)).all()
        answers: list[Callable[[], object]] = [
            lambda: transfers.release(transfer),
            lambda: transfers.accept(transfer, self.class_of("q1", "a")),
            lambda: transfers.accept(transfer),
            lambda: transfers.refuse(transfer, "x"),
            lambda: transfers.withdraw(transfer),
        ]
        self.acts("replay", False, data.draw(st.sampled_from(answers)))
        assert self.session.scalars(select(FactRow.id)).all() == before

    # what must be seen

    def count(self, school: str, on: date) -> int:
        seats = (model.at(on) for model in self.model.values())
        return sum(seat is not None and seat[0] == school for seat in seats)

    @rule(ago=st.integers(-3, 120))
    def the_county_counts_everybody_once(self, ago: int) -> None:
        on = self.today - timedelta(days=ago)
        rolls = county_on(self.session, self.today).registry.pupils.rolls(on)
        found = {roll.school_id: roll.pupils for roll in rolls}
        expected = {self.school_id(school): self.count(school, on) for school in PLACES}
        assert found == expected
        assert all(sum(c.pupils for c in roll.classes) == roll.pupils for roll in rolls)

    def school_id(self, school: str) -> int:
        place, code = PLACES[school]
        query = select(School.id).join(DistrictRow, DistrictRow.id == School.district_id)
        here = (School.code == code, DistrictRow.code == place.partition("/")[2])
        return self.session.scalars(query.where(*here)).one()

    @rule(school=SCHOOLS, ago=st.integers(1, 120), length=st.integers(1, 120))
    def gains_and_losses_explain_the_difference(self, school: str, ago: int, length: int) -> None:
        first = self.today - timedelta(days=ago)
        last = first + timedelta(days=length)
        changes = self.door(school).registry.pupils.roll_changes(PLACES[school][1], first, last)
        assert (changes.before, changes.after) == (self.count(school, first), self.count(school, last))
        gained, lost = (sum(one.pupils for one in some) for some in (changes.gains, changes.losses))
        assert changes.before + gained - lost == changes.after

    @rule(data=DATA, ago=st.integers(-3, 120))
    def a_pupil_is_where_the_model_says(self, data: st.DataObject, ago: int) -> None:
        number, on = data.draw(st.sampled_from(list(AT_FIRST))), self.today - timedelta(days=ago)
        seen = county_on(self.session, self.today).registry.pupils.pupil_as_of(self.id_of(number), on)
        seat = self.model[number].at(on)
        wanted = None if seat is None else self.class_of(seat[0], seat[1])
        assert (seen.class_id, seen.status is not None and seen.status.on_roll) == (wanted, seat is not None)

    @invariant()
    def the_tables_say_what_the_model_says(self) -> None:
        assert self.stored_statuses() == {n: m.statuses for n, m in self.model.items() if m.statuses}
        assert self.stored_seats() == {n: m.seats for n, m in self.model.items() if m.seats}
        assert agree(self.session)

    def _keyed(self, query: Any, columns: int) -> dict[str, list[list[Any]]]:
        schools = {(place.partition("/")[2], code): key for key, (place, code) in PLACES.items()}
        found: dict[str, list[list[Any]]] = {}
        klasses = {at: key for key, at in CLASSES.items()}
        rows: list[list[Any]] = [list(row) for row in self.session.execute(query)]
        for row in rows:
            number, school = row[0], schools[row[1], row[2]]
            days = row[3 + columns :]
            if columns == 1:
                found.setdefault(number, []).append([row[3], school, *days])
            else:
                klass = klasses[Stage(row[3]), row[4], row[5]]
                found.setdefault(number, []).append([school, klass, *days])
        return found

    def stored_statuses(self) -> dict[str, list[list[Any]]]:
        query = (
            select(Pupil.pupil_no, DistrictRow.code, School.code)
            .add_columns(PupilStatus.status, PupilStatus.since, PupilStatus.until)
            .join(PupilStatus, PupilStatus.pupil_id == Pupil.id)
            .join(School, School.id == PupilStatus.school_id)
            .join(DistrictRow, DistrictRow.id == School.district_id)
            .order_by(Pupil.pupil_no, PupilStatus.since)
        )
        return self._keyed(query, 1)

    def stored_seats(self) -> dict[str, list[list[Any]]]:
        query = (
            select(Pupil.pupil_no, DistrictRow.code, School.code)
            .add_columns(SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
            .add_columns(Enrolment.since, Enrolment.until)
            .join(Enrolment, Enrolment.pupil_id == Pupil.id)
            .join(School, School.id == Enrolment.school_id)
            .join(SchoolClass, SchoolClass.id == Enrolment.class_id)
            .join(DistrictRow, DistrictRow.id == School.district_id)
            .order_by(Pupil.pupil_no, Enrolment.since)
        )
        return self._keyed(query, 3)


VERBS = {
    *("apply", "admit", "turn_away", "register", "change_class", "suspend", "extend", "resume"),
    *("resume_elsewhere", "suspect", "confirm", "bring_back", "graduate", "leave_preschool", "abroad"),
    *("leave_county", "die", "ask", "ask_to_leave", "release", "accept", "depart", "refuse", "withdraw"),
    *("take_in", "record_moves"),
}


def enrol_at_first(session: Session) -> None:
    """Make the county, register the pupils who are there at first, and bring some stories under way."""
    make_county_of_two(session, pupils=0)
    for place in (QIANFENG, DASI):
        codes = sorted({code for at, code in PLACES.values() if at == place})
        rows = [
            PupilRow(
                pupil_no=number,
                name=f"生{number}",
                sex=Sex.MALE,
                school=PLACES[school][1],
                stage=CLASSES[klass][0],
                entry_year=CLASSES[klass][1],
                number=CLASSES[klass][2],
                since=FIRST,
            )
            for number, (school, klass) in AT_FIRST.items()
            if PLACES[school][0] == place
        ]
        schools = [SchoolRow(code=code, name=f"{code}完小", kind=SchoolKind.COMPLETE) for code in codes]
        set_up(door_on(session, FIRST, place), schools=schools, pupils=rows)
    pupils = door_on(session, SECOND).registry.pupils
    applied = {
        number: door_on(session, SECOND, place).registry.pupils.apply(
            PupilApplication(
                pupil=NewPupil(pupil_no=number, name=f"生{number}", sex=Sex.MALE),
                school=code,
                stage=Stage.PRIMARY,
                entry_year=2026,
            ),
            FIRST,
        )
        for number, (place, code) in (("N7", PLACES["q2"]), ("N8", PLACES["d1"]))
    }
    pupils.admit([applied["N7"].id])
    ids = {row.pupil_no: row.id for row in session.execute(select(Pupil.pupil_no, Pupil.id))}
    pupils.suspend(ids["N1"], Suspension(planned_until=HALF_A_YEAR))
    pupils.suspect_dropout(ids["N3"], LONG_AGO)
    for number, to in UNDER_WAY.items():
        transfers = door_on(session, SECOND, PLACES[AT_FIRST[number][0]][0]).registry.transfers
        place, code = PLACES[to]
        at: dict[str, Any] = {"to_district": place.partition("/")[2], "to_school": code}
        asked = transfers.request(TransferRequest(pupil_no=number, guardian_applied=True, **at))
        transfers.release(asked.id)


@pytest.mark.parametrize("steps", [80])
def test_any_order_of_steps_leaves_no_gap_and_no_double_count(engine: Engine, steps: int) -> None:
    with Session(engine) as session:
        enrol_at_first(session)
        session.commit()
    done = Counter[str]()
    machine = type("Machine", (Pupils,), {"engine": engine, "done": done})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=100, stateful_step_count=steps, deadline=None)
    )
    assert set(done) >= VERBS, f"never done: {VERBS - set(done)}"
