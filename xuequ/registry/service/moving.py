"""The steps of a pupil's record 学籍异动: decided by rules, then drafted; verbs and lists share them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.facts import Fact
from xuequ.core.ids import new_id
from xuequ.registry.facts.pupils import (
    DropoutConfirmed,
    DropoutReturned,
    DropoutSuspected,
    PupilChangedClass,
    PupilDied,
    PupilGraduated,
    PupilLeftCounty,
    PupilLeftPreschool,
    PupilResumed,
    PupilSuspended,
    PupilWentAbroad,
    SuspensionExtended,
)
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.repository.records import RecordRows
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.pupils import (
    check_absence,
    check_act,
    check_dropout,
    check_extension,
    check_in_class,
    check_seat_day,
    check_suspension,
)
from xuequ.registry.rules.seats import Klass, check_change, check_completion, check_resumption
from xuequ.registry.rules.transfers import check_voluntary
from xuequ.registry.schemas.pupils import Departure, Suspension
from xuequ.registry.service.records import Draft, Record
from xuequ.registry.states.pupils import EXITS, Entered, Left, PupilState, Reason, Step
from xuequ.registry.states.transfers import Direction, Side, TransferState

_TRANSFER_COLUMNS = (
    *("county_id", "id", "pupil_id", "direction", "from_district_id", "from_school_id", "from_class_id"),
    *("outside", "state", "requested_by", "guardian_applied", "reason", "requested_on", "released_on"),
    *("due_provisional", "decided_on", "effective_on", "remark"),
)
_EXIT_FACTS: dict[Step, Callable[..., Fact]] = {
    Step.LEAVE_COUNTY: PupilLeftCounty,
    Step.GRADUATE: PupilGraduated,
    Step.LEAVE_PRESCHOOL: PupilLeftPreschool,
    Step.GO_ABROAD: PupilWentAbroad,
    Step.DIE: PupilDied,
}
_EXIT_REASONS: dict[Step, Reason] = {
    Step.GRADUATE: Reason.GRADUATION,
    Step.LEAVE_PRESCHOOL: Reason.GRADUATION,
    Step.GO_ABROAD: Reason.EMIGRATION,
    Step.DIE: Reason.DEATH,
}

Problems = list[Problem]


class Moving:
    """Steps of many pupils in one use case; each returns its problems, or drafts what it does.

    Nothing is written before `finish`, so a list with a problem anywhere writes nothing.
    """

    def __init__(self, context: Context, rows: RecordRows) -> None:
        self.context = context
        self.rows = rows
        self.draft = Draft(rows)
        self.schooling = cache(self._schooling)
        self._facts: list[Fact] = []
        self._departures: list[tuple[Any, ...]] = []
        self._without_transfer: list[int] = []

    def _schooling(self, on: date) -> Schooling:
        return Schooling.of(self.context.standards, on)

    def announce(self, fact: Fact) -> None:
        """Keep a fact to be announced when everything is written."""
        self._facts.append(fact)

    def finish(self) -> None:
        """Write all drafts, then say what happened."""
        self.draft.write()
        self.rows.load(Transfer, _TRANSFER_COLUMNS, self._departures)
        self.rows.withdraw_open_transfers(self._without_transfer, self.context.today)
        for fact in self._facts:
            self.context.announce(fact)

    def check(self, record: Record, step: Step, on: date) -> Problems:
        """Return what is wrong with a step by the table of states and the days."""
        return check_act(record.standing, step, on, self.context.today)

    def _about(self, record: Record, on: date) -> dict[str, Any]:
        return {"school_id": record.school_id, "pupil_id": record.pupil_id, "since": on}

    # within the school

    def change_class(self, record: Record, klass: Klass, on: date) -> Problems:
        """Put a pupil into another class of the same cohort and school 调班."""
        found = check_in_class(record.standing, record.pupil_no)
        if found or record.seat is None:
            return found
        schooling, own = self.schooling(on), record.seat.klass
        found = check_change(own, klass, record.pupil_no, record.school, on, schooling)
        found += check_seat_day(record.standing, on)
        if found:
            return found
        self._sit(record, klass, on, Entered.CLASS_CHANGE, Left.CLASS_CHANGE)
        self.announce(PupilChangedClass(class_id=klass.id, **self._about(record, on)))
        return []

    def _sit(self, record: Record, klass: Klass, on: date, entered: Entered, left: Left) -> None:
        assert record.seat is not None, "who changes class has one"
        self.draft.sit(record, klass, record.seat.district_id, on, entered, left)

    def suspend(self, record: Record, on: date, asked: Suspension) -> Problems:
        """Suspend a pupil 休学; the place in the class is kept."""
        found = self.check(record, Step.SUSPEND, on)
        found += check_suspension(on, asked.planned_until, self.context.standards, extended=False)
        if found:
            return found
        said = {"reason": asked.reason, "authority": asked.authority, "planned_until": asked.planned_until}
        self.draft.stand(record, PupilState.SUSPENDED, on, **said)
        self.announce(PupilSuspended(planned_until=asked.planned_until, **self._about(record, on)))
        return []

    def extend(self, record: Record, until: date, on: date) -> Problems:
        """Put off the end of a suspension once 续休."""
        status = record.status
        if status is None or status.state is not PupilState.SUSPENDED:
            return self.check(record, Step.RESUME, on)
        planned = status.planned_until or status.since
        found = check_extension(status.since, planned, until, status.extended_on, self.context.standards)
        if found:
            return found
        self.draft.restate(record, planned_until=until, extended_on=on)
        about = {"school_id": record.school_id, "pupil_id": record.pupil_id}
        self.announce(SuspensionExtended(planned_until=until, **about))
        return []

    def resume(self, record: Record, on: date, klass: Klass | None, decision: str) -> Problems:
        """Let a pupil come back from suspension 复学, into the own class or one that the rule allows."""
        found = self.check(record, Step.RESUME, on)
        if found or record.seat is None or record.status is None:
            return found
        own, suspended = record.seat.klass, record.status.since
        to = klass or own
        found = check_resumption(own, to, suspended, on, decision, self.schooling(on))
        if to.id != own.id:
            found += check_seat_day(record.standing, on)
        if found:
            return found
        lower = to.entry_year > own.entry_year
        if to.id != own.id:
            how = (Entered.HELD_OVER, Left.HELD_OVER) if lower else (Entered.CLASS_CHANGE, Left.CLASS_CHANGE)
            self._sit(record, to, on, *how)
        self.draft.stand(record, PupilState.REGISTERED, on, reason=Reason.RETURN, authority=decision)
        self.announce(PupilResumed(class_id=to.id, held_over=lower, **self._about(record, on)))
        return []

    # dropping out

    def suspect(self, record: Record, on: date, absent_since: date, remark: str) -> Problems:
        """Record that a pupil is absent without excuse 疑似辍学."""
        found = self.check(record, Step.SUSPECT, on) + check_absence(absent_since, on)
        if found:
            return found
        said = {"reason": Reason.TRUANCY, "authority": remark, "absent_since": absent_since}
        self.draft.stand(record, PupilState.SUSPECTED, on, **said)
        self.announce(DropoutSuspected(absent_since=absent_since, **self._about(record, on)))
        return []

    def drop(self, record: Record, on: date, persuasion: str) -> Problems:
        """Confirm a dropout 辍学 after the weeks of absence, when persuasion has failed."""
        found = self.check(record, Step.DROP, on)
        if found or record.status is None:
            return found
        absent = record.status.absent_since or record.status.since
        found = check_dropout(absent, on, persuasion, self.context.standards)
        if found:
            return found
        said = {"reason": Reason.TRUANCY, "authority": persuasion, "absent_since": absent}
        self.draft.stand(record, PupilState.DROPPED, on, **said)
        self.announce(DropoutConfirmed(absent_since=absent, **self._about(record, on)))
        return []

    def come_back(self, record: Record, on: date, remark: str) -> Problems:
        """Record that a pupil who was absent is back in class 劝返复学."""
        found = self.check(record, Step.RETURN, on)
        if found:
            return found
        self.draft.stand(record, PupilState.REGISTERED, on, reason=Reason.RETURN, authority=remark)
        self.announce(DropoutReturned(**self._about(record, on)))
        return []

    # leaving

    def leave(
        self, record: Record, step: Step, on: date, remark: str = "", reason: Reason | None = None
    ) -> Problems:
        """Take a pupil off the roll by one of the steps that lead there."""
        found = self.check(record, step, on) + self._check_completion(record, step, on)
        if found:
            return found
        if step is Step.DIE and record.standing.status is PupilState.TRANSFERRING:
            self._without_transfer.append(record.pupil_id)
        self.draft.leave(record, on, EXITS[step.to])
        said = reason or _EXIT_REASONS.get(step, Reason.OTHER)
        self.draft.stand(record, step.to, on, reason=said, authority=remark)
        self.announce(_EXIT_FACTS[step](**self._about(record, on)))
        return []

    def _check_completion(self, record: Record, step: Step, on: date) -> Problems:
        if step not in (Step.GRADUATE, Step.LEAVE_PRESCHOOL) or record.seat is None:
            return []
        return check_completion(step, record.seat.klass, on, self.schooling(on))

    def leave_county(self, record: Record, on: date, asked: Departure) -> Problems:
        """Take a pupil off the roll whom a school outside has taken in; it stands as a transfer too.

        One whose transfer is open already leaves by that transfer.
        """
        found = check_voluntary(asked.guardian_applied, on, self.context.standards)
        found += self.check(record, Step.ASK_TRANSFER, on)
        seat = record.seat
        if not found:
            found = self.leave(record, Step.LEAVE_COUNTY, on, asked.authority, asked.reason)
        if found or seat is None:
            return found
        self._departures.append(
            (
                *(self.rows.scope.county_id, new_id(), record.pupil_id, Direction.OUT.code),
                *(seat.district_id, seat.klass.school_id, seat.klass.id, asked.outside),
                *(TransferState.ACCEPTED.code, Side.SENDING.code, True, asked.reason.code),
                *(on, on, False, on, on, asked.authority),
            )
        )
        return []


def placed(problems: Sequence[Problem], place: Any) -> Problems:
    """Say of problems where they stand."""
    return [Problem(problem.error, place) for problem in problems]
