"""Use cases of transfers between schools 转学: no day without a school, none with two."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import ActionNotPermitted, Problem, refuse_if
from xuequ.registry.actions.pupils import TRANSFER_PUPIL, VIEW_PUPIL
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.errors.transfers import (
    TransferElsewhere,
    TransferNeedsClass,
    TransferOpen,
    TransferPlace,
    TransferUnknown,
)
from xuequ.registry.facts.transfers import (
    TransferAccepted,
    TransferRefused,
    TransferReleased,
    TransferRequested,
    TransferWithdrawn,
)
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.records import RecordRows
from xuequ.registry.repository.transfers import TransferRows
from xuequ.registry.rules.people import check_person
from xuequ.registry.rules.seats import Klass, check_applied, check_seat
from xuequ.registry.rules.transfers import (
    check_class_named,
    check_day,
    check_destination,
    check_turn,
    check_voluntary,
    turn_of,
)
from xuequ.registry.schemas.transfers import TransferArrival, TransferRequest, TransferView
from xuequ.registry.service.admitting import Admitting
from xuequ.registry.service.moving import Moving
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.service.records import Record, read_records, take_class
from xuequ.registry.service.transfer_views import arrived, asked, due, transfer_views
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason, Step
from xuequ.registry.states.transfers import Side, TransferState

T = TransferState


class TransferService(Service):
    """Transfers 转学 within the county, out of it and into it.

    A pupil stays on the roll and in the class of the sending school until the day on which the receiving
    one accepts. Each step is taken at the door of its own side; a county's door may take either.
    """

    @property
    def _rows(self) -> TransferRows:
        return TransferRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _records(self) -> RecordRows:
        """Records of the whole county, since a transfer may cross districts."""
        return RecordRows(self.context.session, self.context.scope, self.context.place).county

    # asking

    @use_case(TRANSFER_PUPIL, at=At.SCHOOL)
    def request(self, command: TransferRequest, on: date | None = None) -> TransferView:
        """Record a guardian's application for a transfer; the sending school's days to answer begin.

        Raises:
            PupilUnknown, SchoolUnknown, SchoolNotOpen, TransferPlace: for what is named.
            TransferForced: when no guardian has applied.
            TransferOpen: when the pupil has one already.
            IllegalTransition: when the pupil is not simply on the roll, as during a suspension.
        """
        day = on or self.context.today
        to = self._destination(command)
        moving = Moving(self.context, self._records)
        record = self._find(command, to, day)
        if record.standing.status is PupilState.TRANSFERRING:
            raise TransferOpen(pupil=record.pupil_no)
        problems = check_day(day, day, None, self.context.today)
        problems += check_voluntary(command.guardian_applied, day, self.context.standards)
        problems += moving.check(record, Step.ASK_TRANSFER, day)
        if to is not None and record.status is not None:
            problems += check_destination(record.school_id, to.id, to.code)
        refuse_if(problems)
        transfer_id = self._rows.add(asked(self.context, record, command, to, day))
        moving.draft.stand(record, PupilState.TRANSFERRING, day, reason=command.reason)
        moving.announce(
            TransferRequested(
                transfer_id=transfer_id,
                pupil_id=record.pupil_id,
                school_id=record.school_id,
                to_school_id=to.id if to is not None else None,
                on=day,
            )
        )
        moving.finish()
        return self._view(self._seen(transfer_id))

    def _destination(self, command: TransferRequest) -> AnyRow | None:
        """Return the school of the county that is to receive; None when the way leads out of it."""
        if (command.to_school is None) == (not command.outside):
            raise TransferPlace()
        if command.to_school is None:
            return None
        rows = RecordRows(self.context.session, self.context.scope, self.context.place)
        found = rows.school(command.to_school, command.to_district)
        if found is None:
            raise SchoolUnknown(school=command.to_school)
        return found

    def _find(self, command: TransferRequest, to: AnyRow | None, on: date) -> Record:
        """Lock and return the pupil, when this door may ask for the side that the guardian went to."""
        ids = self._records.ids_of([command.pupil_no])
        if to is not None:
            keep_open(self._records, [to.id], on, beside=self._records.schools_of(ids.values()))
        records = read_records(self._records, ids.values())
        if not records:
            raise PupilUnknown(pupil=command.pupil_no)
        record = records[ids[command.pupil_no]]
        if command.requested_by is Side.SENDING:
            if not self._is_here(record.district_id):
                raise PupilUnknown(pupil=command.pupil_no)
            self.context.permit(TRANSFER_PUPIL, school=record.school)
        else:
            if to is None:
                raise TransferPlace()
            self._permit(Side.RECEIVING, to.district_id, to.code)
        return record

    # answering

    @use_case(TRANSFER_PUPIL, at=At.SCHOOL)
    def release(self, transfer_id: int, on: date | None = None) -> TransferView:
        """Let the sending school agree 同意转出; the receiving school's days to answer begin."""
        day = on or self.context.today
        row, record = self._take(transfer_id, Side.SENDING)
        self._check(row, T.RELEASED, day)
        self._rows.change(row.id, {"state": T.RELEASED.code, "released_on": day, **due(self.context, day)})
        about: dict[str, Any] = {
            "transfer_id": row.id,
            "pupil_id": record.pupil_id,
            "school_id": row.from_school_id,
        }
        self.context.announce(TransferReleased(on=day, **about))
        return self._view(self._seen(row.id))

    @use_case(TRANSFER_PUPIL, at=At.SCHOOL)
    def accept(self, transfer_id: int, class_id: int | None = None, on: date | None = None) -> TransferView:
        """Let the receiving school take the pupil in 接收; from that day the pupil is counted there.

        For a transfer out of the county the sending school records that the other one has accepted.

        Args:
            class_id: the class of the receiving school, of the pupil's own cohort; None out of the county.

        Raises:
            IllegalTransition: when it is not the receiving school's turn, or it is decided.
            TransferNeedsClass, CohortDiffers, ClassNotBegun, ClassDissolved, SchoolNotOpen: for the class.
        """
        day = on or self.context.today
        klass = self._receiving_class(transfer_id, class_id, day)
        row, record = self._take(transfer_id, Side.RECEIVING)
        problems = check_class_named(
            row.to_school or row.outside, within=row.to_school is not None, named=class_id is not None
        )
        self._check(row, T.ACCEPTED, day, problems)
        moving = Moving(self.context, self._records)
        changed: dict[str, Any] = {"state": T.ACCEPTED.code, "decided_on": day, "effective_on": day}
        if klass is None:
            refuse_if(moving.leave(record, Step.LEAVE_COUNTY, day, row.outside, Reason(row.reason)))
        else:
            self._move_in(moving, row, record, klass, day)
            changed["to_class_id"] = class_id
        self._rows.change(row.id, changed)
        moving.finish()
        return self._view(self._seen(row.id))

    def _receiving_class(self, transfer_id: int, class_id: int | None, on: date) -> Klass | None:
        """Hold the class that is named, for the side that may name it, before the pupil is locked."""
        row = self._seen(transfer_id)
        self._permit_side(row, Side.RECEIVING)
        return None if class_id is None else take_class(self._records, class_id, [row.pupil_id], on)

    def _move_in(self, moving: Moving, row: AnyRow, record: Record, klass: Klass, on: date) -> None:
        """End the class at the sending school and begin the one at the receiving school on one day."""
        problems = moving.check(record, Step.CHANGE_SCHOOL, on)
        seat = record.seat
        if klass.school_id != row.to_school_id:
            problems.append(Problem(TransferNeedsClass(school=row.to_school)))
        elif seat is not None:
            cohort = (klass.school_id, seat.klass.stage, seat.klass.entry_year)
            problems += check_applied(*cohort, klass, on, moving.schooling(on))
        refuse_if(problems)
        at = {"district_id": row.to_district_id, "school_id": row.to_school_id}
        moving.draft.stand(record, PupilState.REGISTERED, on, reason=Reason(row.reason), **at)
        moving.draft.sit(record, klass, row.to_district_id, on, Entered.TRANSFER_IN, Left.TRANSFER_OUT)
        if record.district_id != row.to_district_id:
            moving.rows.rehome(record.pupil_id, row.to_district_id)
        moving.announce(
            TransferAccepted(
                transfer_id=row.id,
                pupil_id=record.pupil_id,
                from_school_id=row.from_school_id,
                school_id=klass.school_id,
                class_id=klass.id,
                since=on,
            )
        )

    @use_case(TRANSFER_PUPIL, at=At.SCHOOL)
    def refuse(self, transfer_id: int, why: str, on: date | None = None) -> TransferView:
        """Let the side whose turn it is decline 不同意; the pupil stays where they are.

        Args:
            why: the grounds, which the guardian is told.
        """
        row = self._seen(transfer_id)
        side = turn_of(T(row.state)) or Side.RECEIVING
        row, record = self._take(transfer_id, side)
        self._stay(row, record, T.REFUSED, Reason.REFUSED, on or self.context.today, why)
        school_id = row.from_school_id if side is Side.SENDING else row.to_school_id or row.from_school_id
        about: dict[str, Any] = {"transfer_id": row.id, "pupil_id": record.pupil_id, "school_id": school_id}
        self.context.announce(TransferRefused(on=on or self.context.today, **about))
        return self._view(self._seen(row.id))

    @use_case(TRANSFER_PUPIL, at=At.SCHOOL)
    def withdraw(self, transfer_id: int, on: date | None = None) -> TransferView:
        """Take an application back for the guardian, at the school where it was made 撤回."""
        row = self._seen(transfer_id)
        row, record = self._take(transfer_id, Side(row.requested_by))
        self._stay(row, record, T.WITHDRAWN, Reason.WITHDRAWN, on or self.context.today, row.remark)
        about: dict[str, Any] = {
            "transfer_id": row.id,
            "pupil_id": record.pupil_id,
            "school_id": row.from_school_id,
        }
        self.context.announce(TransferWithdrawn(on=on or self.context.today, **about))
        return self._view(self._seen(row.id))

    def _stay(
        self, row: AnyRow, record: Record, to: TransferState, reason: Reason, on: date, why: str
    ) -> None:
        """End a transfer without a change of school."""
        moving = Moving(self.context, self._records)
        self._check(row, to, on, moving.check(record, Step.STAY, on))
        moving.draft.stand(record, PupilState.REGISTERED, on, reason=reason)
        self._rows.change(row.id, {"state": to.code, "decided_on": on, "remark": why})
        moving.finish()

    def _check(self, row: AnyRow, to: TransferState, on: date, more: list[Problem] | None = None) -> None:
        """Refuse a step that is not the next one; only then look at days and at what else is wrong."""
        refuse_if(check_turn(T(row.state), to))
        refuse_if(check_day(on, row.requested_on, row.released_on, self.context.today) + (more or []))

    # whose it is

    def _seen(self, transfer_id: int) -> AnyRow:
        row = self._rows.transfer(transfer_id)
        if row is None:
            raise TransferUnknown(transfer=str(transfer_id))
        return row

    def _take(self, transfer_id: int, side: Side) -> tuple[AnyRow, Record]:
        """Return a transfer and its pupil, both locked, the pupil first; only for the side that may act.

        What two clerks do at once comes one after the other here, and the second sees what the first did.
        """
        row = self._seen(transfer_id)
        self._permit_side(row, side)
        record = read_records(self._records, [row.pupil_id])[row.pupil_id]
        locked = self._rows.transfer(transfer_id, for_update=True)
        assert locked is not None, "no transfer is ever deleted"
        return locked, record

    def _permit_side(self, row: AnyRow, side: Side) -> None:
        if side is Side.SENDING or row.to_school is None:
            self._permit(Side.SENDING, row.from_district_id, row.from_school)
        else:
            self._permit(Side.RECEIVING, row.to_district_id, row.to_school)

    def _is_here(self, district_id: int | None) -> bool:
        return self.context.scope.district_id in (None, district_id)

    def _permit(self, side: Side, district_id: int | None, school: str | None) -> None:
        """Ask the permission at a school of this door; another district's may have the same code."""
        if not self._is_here(district_id):
            raise TransferElsewhere(side=side.label)
        self.context.permit(TRANSFER_PUPIL, school=school or "")

    # from outside

    @use_case(TRANSFER_PUPIL, at=At.SCHOOL)
    def take_in(self, command: TransferArrival, on: date | None = None) -> TransferView:
        """Take in a pupil from outside the county 县外转入; somebody who was here before keeps the number.

        Raises:
            PupilKnown: when somebody of that number is on a roll of the county already.
            TransferForced: when no guardian has applied.
            ClassUnknown, ClassNotBegun, ClassDissolved, SchoolNotOpen: for the class.
        """
        day = on or self.context.today
        rows = RecordRows(self.context.session, self.context.scope, self.context.place)
        found = rows.classes([command.class_id])
        if command.class_id not in found:
            raise ClassUnknown(name=str(command.class_id))
        at = found[command.class_id]
        self.context.permit(TRANSFER_PUPIL, school=at.school)
        klass = take_class(rows, command.class_id, (), day)
        moving = Moving(self.context, rows)
        problems = check_day(day, day, None, self.context.today) + check_person(command.pupil.birth_date, day)
        problems += check_voluntary(command.guardian_applied, day, self.context.standards)
        refuse_if(problems + check_seat(klass, day, moving.schooling(day)))
        record = Admitting(self.context, rows).newcomer(command.pupil, Step.TAKE_IN)
        refuse_if(moving.check(record, Step.TAKE_IN, day))
        where = {"district_id": at.district_id, "school_id": at.school_id}
        moving.draft.stand(record, PupilState.REGISTERED, day, reason=command.reason, **where)
        moving.draft.sit(record, klass, at.district_id, day, Entered.TRANSFER_IN)
        transfer_id = self._rows.add(arrived(record, command, at, day))
        about: dict[str, Any] = {
            "transfer_id": transfer_id,
            "pupil_id": record.pupil_id,
            "from_school_id": None,
        }
        moving.announce(TransferAccepted(**about, school_id=at.school_id, class_id=klass.id, since=day))
        moving.finish()
        return self._view(self._seen(transfer_id))

    # views

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def transfer(self, transfer_id: int) -> TransferView:
        """Return a transfer, for either of its schools.

        Raises:
            TransferUnknown: when it concerns no school of this scope.
        """
        row = self._seen(transfer_id)
        self._permit_view(row)
        return self._view(row)

    def _permit_view(self, row: AnyRow) -> None:
        """Ask at this door's school; when both are its own, at either."""
        sides = ((row.from_district_id, row.from_school), (row.to_district_id, row.to_school))
        mine = [school for district_id, school in sides if school and self._is_here(district_id)]
        for school in mine[:-1]:
            with suppress(ActionNotPermitted):
                self.context.permit(VIEW_PUPIL, school=school)
                return
        self.context.permit(VIEW_PUPIL, school=mine[-1])

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def open_transfers(self, school: str | None = None) -> list[TransferView]:
        """List what is not decided, the oldest first.

        Args:
            school: the code of a school on either side; every school here when left out.
        """
        self.context.permit(VIEW_PUPIL, school=school or "")
        return transfer_views(self.context, self._rows.open_ones(school))

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def transfers_of(self, pupil_id: int) -> list[TransferView]:
        """List a pupil's transfers that concern a school here, as they came."""
        rows = self._rows.of_pupil(pupil_id)
        for row in rows:
            self._permit_view(row)
        if not rows:
            self.context.permit(VIEW_PUPIL, school="")
        return transfer_views(self.context, rows)

    def _view(self, row: AnyRow) -> TransferView:
        return transfer_views(self.context, [row])[0]
