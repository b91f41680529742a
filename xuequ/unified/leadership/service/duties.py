"""Use cases of the duty roster: assigned, swapped, handed over, voided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.halfdays import HalfDay
from xuequ.core.spans import DaySpan
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.open_schools import keep_all_open
from xuequ.registry.states.calendar import DayHalf, Weekday
from xuequ.unified.leadership.actions.duties import ROSTER_DUTY, VIEW_DUTY
from xuequ.unified.leadership.errors.duties import SwappedWithOneself
from xuequ.unified.leadership.errors.ledgers import LedgerRowUnknown, LedgerRowVoided
from xuequ.unified.leadership.facts.duties import DutiesAssigned, DutiesSwapped, DutyReplaced, DutyVoided
from xuequ.unified.leadership.models.duties import DutyTurn
from xuequ.unified.leadership.repository.duties import DutyRows
from xuequ.unified.leadership.rules.duties import Stay, Turn, check_to_come, roster_problems
from xuequ.unified.leadership.schemas.duties import (
    DutyAssignment,
    DutyInLeave,
    DutyReplacement,
    DutyRoster,
    DutySwap,
    DutyView,
    RosterLine,
)
from xuequ.unified.leadership.schemas.ledgers import Voiding
from xuequ.unified.leadership.service.basis import OfficeService
from xuequ.unified.leadership.states.duties import DutyRole

RECORD = "值班"


class DutyService(OfficeService):
    """The duty roster 值班: who is on duty at which school in which half-day.

    People are on duty where they work that day, and never at two places at once, in the whole county. What
    was wrong is voided with a reason; a swap voids two records and makes two.
    """

    @property
    def _rows(self) -> DutyRows:
        return DutyRows(self.context.session, self.context.scope, self.context.place)

    @use_case(ROSTER_DUTY, at=At.SCHOOL)
    def assign(self, commands: Sequence[DutyAssignment]) -> list[DutyView]:
        """Put people on duty 排班, many at once and whole or not at all.

        Raises:
            SchoolUnknown, SchoolNotOpen, StaffUnknown: for where and who.
            NotAtWorkHere, OnLeave, OnDutyAlready: for who is not there, is away, or has duty already.
            Problems: when there is more than one of these.
        """
        codes = sorted({one.school for one in commands})
        for code in codes or [""]:
            self.context.permit(ROSTER_DUTY, school=code)
        schools = {code: self._school(code) for code in codes}
        turns = [
            (Turn(one.staff_id, schools[one.school].id, HalfDay(one.day, half.half)), one.role)
            for one in commands
            for half in (DayHalf if one.half is None else (one.half,))
        ]
        ids = self._write(turns)
        if ids:
            self.context.announce(DutiesAssigned(duty_ids=tuple(ids)))
        made = self._rows.turns_of(ids)
        return [_view(made[one]) for one in ids]

    @use_case(ROSTER_DUTY, at=At.SCHOOL)
    def swap(self, command: DutySwap) -> list[DutyView]:
        """Let two people do each other's duty 调班; each must work at the school of the other's duty then.

        Raises:
            LedgerRowUnknown, LedgerRowVoided, DutyPassed, SwappedWithOneself: for the two duties.
            NotAtWorkHere, OnLeave, OnDutyAlready: for what they would become; Problems with all of them.
        """
        one, other = self._standing_turns([command.duty_id, command.with_id])
        if one.staff_id == other.staff_id:
            raise SwappedWithOneself(staff=one.staff_no)
        turns = [(_turn(one), DutyRole(one.role)), (_turn(other), DutyRole(other.role))]
        refuse_if([p for turn, _ in turns for p in check_to_come(turn.half_day, self.context.today)])
        swapped = [
            (replace(turn, staff_id=staff_id), role)
            for (turn, role), staff_id in zip(turns, (other.staff_id, one.staff_id), strict=True)
        ]
        ids = self._instead_of([one.id, other.id], swapped, command.reason)
        self.context.announce(DutiesSwapped(voided_ids=(one.id, other.id), duty_ids=tuple(ids)))
        made = self._rows.turns_of(ids)
        return [_view(made[new]) for new in ids]

    @use_case(ROSTER_DUTY, at=At.SCHOOL)
    def hand_over(self, duty_id: int, command: DutyReplacement) -> DutyView:
        """Give a duty that is to come to somebody else 替班.

        Raises:
            LedgerRowUnknown, LedgerRowVoided, DutyPassed: for the duty.
            StaffUnknown, NotAtWorkHere, OnLeave, OnDutyAlready: for who takes it.
        """
        [row] = self._standing_turns([duty_id])
        refuse_if(check_to_come(_turn(row).half_day, self.context.today))
        return self._replaced(row, command)

    @use_case(ROSTER_DUTY, at=At.SCHOOL)
    def correct(self, duty_id: int, command: DutyReplacement) -> DutyView:
        """Correct a record of duty, also of days that have passed 更正: it is voided and made anew.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: for the duty.
            StaffUnknown, NotAtWorkHere, OnLeave, OnDutyAlready: for who was on duty.
        """
        [row] = self._standing_turns([duty_id])
        return self._replaced(row, command)

    @use_case(ROSTER_DUTY, at=At.SCHOOL)
    def void(self, duty_id: int, command: Voiding) -> None:
        """Void a duty 作废: it was a mistake, or falls out.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: for the duty.
        """
        [row] = self._standing_turns([duty_id])
        self._void(DutyTurn, row.id, command.reason)
        self.context.announce(DutyVoided(duty_id=row.id))

    # reading

    @reading(VIEW_DUTY, at=At.SCHOOL)
    def on_duty(
        self, first: date, last: date, school: str | None = None, *, voided: bool = False
    ) -> list[DutyView]:
        """List who is on duty on some days, both inside, by school, day and half.

        Args:
            first, last: the days.
            school: at which school; at all of them when left out.
            voided: whether what was voided is among them.
        """
        self.context.permit(VIEW_DUTY, school=school or "")
        ids = None if school is None else [self._school(school).id]
        return [_view(row) for row in self._rows.turns(first, last, ids, voided=voided)]

    @reading(VIEW_DUTY, at=At.SCHOOL)
    def in_leave(self, first: date, last: date, school: str | None = None) -> list[DutyInLeave]:
        """List the duties of some days, both inside, that fall into a leave approved since.

        Args:
            first, last: the days.
            school: at which school; at all of them when left out.
        """
        views = self.on_duty(first, last, school)
        away = self._rows.away({one.staff_id for one in views}, {one.day for one in views})
        keyed = [((one.staff_id, HalfDay(one.day, one.half.half).index), one) for one in views]
        return [DutyInLeave(duty=one, leave_id=away[key]) for key, one in keyed if key in away]

    @reading(VIEW_DUTY, at=At.SCHOOL)
    def roster(self, first: date, last: date, school: str | None = None) -> DutyRoster:
        """Return the duty roster 值班表 of some days, both inside: a line for each school and day.

        Args:
            first, last: the days.
            school: of which school; of all of them when left out.
        """
        by_day: dict[tuple[str, date], list[DutyView]] = defaultdict(list)
        for view in self.on_duty(first, last, school):
            by_day[view.school_name, view.day].append(view)
        return DutyRoster(
            district=self._office.district_name(),
            first=first,
            last=last,
            lines=tuple(_line(name, day, views) for (name, day), views in by_day.items()),
        )

    # steps

    def _standing_turns(self, ids: Sequence[int]) -> list[AnyRow]:
        """Return turns that were not voided, locked, once the actor is known to be permitted at each."""
        rows = self._rows.turns_of(ids)
        for one in ids:
            if one not in rows:
                raise LedgerRowUnknown(record=RECORD, id=str(one))
            self.context.permit(ROSTER_DUTY, school=rows[one].school)
            if rows[one].voided_at is not None:
                raise LedgerRowVoided(record=RECORD, reason=rows[one].void_reason)
        return [rows[one] for one in ids]

    def _replaced(self, row: AnyRow, command: DutyReplacement) -> DutyView:
        turn = replace(_turn(row), staff_id=command.staff_id)
        role = command.role or DutyRole(row.role)
        [duty_id] = self._instead_of([row.id], [(turn, role)], command.reason)
        self.context.announce(DutyReplaced(voided_id=row.id, duty_id=duty_id))
        return _view(self._rows.turns_of([duty_id])[duty_id])

    def _instead_of(
        self, old: Sequence[int], turns: Sequence[tuple[Turn, DutyRole]], reason: str
    ) -> list[int]:
        voided = {"voided_at": self.context.now, "voided_by": str(self.context.actor), "void_reason": reason}
        self._rows.void_turns(old, voided)
        return self._write(turns)

    def _write(self, turns: Sequence[tuple[Turn, DutyRole]]) -> list[int]:
        """Check turns together and write them; people are locked, so nobody gives them two at once."""
        wanted = [turn for turn, _ in turns]
        if not wanted:
            return []
        keep_all_open(self._rows, [(one.school_id, one.half_day.day, one.half_day.day) for one in wanted])
        refuse_if(self._problems(wanted))
        rows = [
            {"school_id": turn.school_id, "staff_id": turn.staff_id, "day": turn.half_day.day}
            | {"half": DayHalf[turn.half_day.half.name].code, "role": role.code}
            for turn, role in turns
        ]
        return self._rows.add_all(DutyTurn, rows)

    def _problems(self, wanted: Sequence[Turn]) -> list[Problem]:
        rows, people = self._rows, {one.staff_id for one in wanted}
        rows.lock_staff(people)
        known = rows.staff(people)
        for missing in sorted(people - known.keys()):
            raise StaffUnknown(staff=str(missing))
        days = [one.half_day.day for one in wanted]
        standing = rows.standing_of(people, days)
        stays = [
            Stay(row.staff_id, row.school_id, DaySpan(row.since, row.until))
            for row in rows.placements(people, min(days), max(days))
        ]
        names = {row.school_id: row.school_name for row in standing} | self._names(wanted)
        numbers = {one: row.staff_no for one, row in known.items()}
        away = {(who, HalfDay.at(index)) for who, index in rows.away(people, days)}
        return roster_problems(wanted, map(_turn, standing), stays, numbers, names, away)

    def _names(self, wanted: Collection[Turn]) -> dict[int, str]:
        return self._rows.school_names(one.school_id for one in wanted)


def _turn(row: AnyRow) -> Turn:
    return Turn(row.staff_id, row.school_id, HalfDay(row.day, DayHalf(row.half).half))


def _view(row: AnyRow) -> DutyView:
    return DutyView(
        id=row.id,
        school=row.school,
        school_name=row.school_name,
        day=row.day,
        half=DayHalf(row.half),
        staff_id=row.staff_id,
        staff_no=row.staff_no,
        name=row.name,
        role=DutyRole(row.role),
        voided=row.void_reason,
    )


def _line(school: str, day: date, views: Sequence[DutyView]) -> RosterLine:
    def named(*, half: DayHalf | None = None, lead: bool = False) -> str:
        some = [v for v in views if (v.role is DutyRole.LEAD) == lead and half in (None, v.half)]
        return "、".join(dict.fromkeys(view.name for view in some))

    return RosterLine(
        school=school,
        day=f"{day}（{Weekday(day.isoweekday()).label}）",
        lead=named(lead=True),
        am=named(half=DayHalf.AM),
        pm=named(half=DayHalf.PM),
    )
