"""Use cases of the ledgers of safety: drills held, hazards found, rectified, verified by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from xuequ.core.access import Action
from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.open_schools import keep_all_open
from xuequ.unified.leadership.actions.safety import (
    RECORD_DRILL,
    RECTIFY_HAZARD,
    REPORT_HAZARD,
    VERIFY_HAZARD,
    VIEW_SAFETY,
)
from xuequ.unified.leadership.errors.ledgers import LedgerRowUnknown
from xuequ.unified.leadership.errors.safety import DrillKnown
from xuequ.unified.leadership.facts.safety import (
    DrillCorrected,
    DrillsRecorded,
    DrillVoided,
    HazardRectified,
    HazardReported,
    HazardReturned,
    HazardVerified,
    HazardVoided,
)
from xuequ.unified.leadership.models.safety import Drill, Hazard
from xuequ.unified.leadership.repository.safety import HAZARD, SafetyRows
from xuequ.unified.leadership.rules.ledgers import check_not_ahead, check_not_before, check_proof
from xuequ.unified.leadership.rules.safety import check_step, check_verifier, is_overdue
from xuequ.unified.leadership.schemas.ledgers import Done, Voiding
from xuequ.unified.leadership.schemas.safety import (
    DrillCorrection,
    DrillRecord,
    DrillView,
    HazardReport,
    HazardView,
    SafetyLedger,
    SendingBack,
)
from xuequ.unified.leadership.service.basis import OfficeService
from xuequ.unified.leadership.states.safety import DrillKind, HazardState

DRILL, RECORD = "演练", "隐患"


class SafetyService(OfficeService):
    """Drills 演练 that schools held, and hazards 隐患 from finding to verification.

    Nothing is erased: a wrong record is voided with a reason, and a corrected one stands beside it.
    """

    @property
    def _rows(self) -> SafetyRows:
        return SafetyRows(self.context.session, self.context.scope, self.context.place)

    # drills

    @use_case(RECORD_DRILL, at=At.SCHOOL)
    def record_drills(self, commands: Sequence[DrillRecord]) -> list[DrillView]:
        """Record drills, many at once and whole or not at all.

        Raises:
            SchoolUnknown, SchoolNotOpen: for the school on that day.
            DrillKnown, DayAhead: for the drills; Problems with all of them.
        """
        codes = sorted({one.school for one in commands})
        for code in codes or [""]:
            self.context.permit(RECORD_DRILL, school=code)
        schools = {code: self._school(code) for code in codes}
        self._rows.lock_ledgers(row.id for row in schools.values())
        keep_all_open(self._rows, [(schools[one.school].id, one.held_on, one.held_on) for one in commands])
        refuse_if(self._against(commands, schools))
        ids = self._rows.add_all(Drill, [_drill_row(one, schools[one.school].id) for one in commands])
        if ids:
            self.context.announce(DrillsRecorded(drill_ids=tuple(ids)))
        made = self._rows.drills_of(ids)
        return [_drill_view(made[one]) for one in ids]

    @use_case(RECORD_DRILL, at=At.SCHOOL)
    def correct_drill(self, drill_id: int, command: DrillCorrection) -> DrillView:
        """Correct what a drill's record says 更正: it is voided with the reason and made anew.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: for the drill.
        """
        row = self._entered_drill(drill_id)
        self._void(Drill, drill_id, command.reason)
        said = {"participants": command.participants, "minutes": command.minutes}
        kept = {"school_id": row.school_id, "kind": row.kind, "held_on": row.held_on}
        new_id = self._rows.add(Drill, **kept, **said, problems=command.problems)
        self.context.announce(DrillCorrected(voided_id=drill_id, drill_id=new_id))
        return _drill_view(self._drill(new_id))

    @use_case(RECORD_DRILL, at=At.SCHOOL)
    def void_drill(self, drill_id: int, command: Voiding) -> None:
        """Void a drill that was recorded by mistake 作废.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: for the drill.
        """
        self._entered_drill(drill_id)
        self._void(Drill, drill_id, command.reason)
        self.context.announce(DrillVoided(drill_id=drill_id))

    @reading(VIEW_SAFETY, at=At.SCHOOL)
    def drills(
        self,
        first: date | None = None,
        last: date | None = None,
        school: str | None = None,
        *,
        voided: bool = False,
    ) -> list[DrillView]:
        """List drills by day and school.

        Args:
            first, last: of which days, both inside; of all when left out.
            school: of which school; of all of them when left out.
            voided: whether what was voided is among them.
        """
        self.context.permit(VIEW_SAFETY, school=school or "")
        schools = None if school is None else [self._school(school).code]
        return [_drill_view(row) for row in self._rows.drills(first, last, schools, voided=voided)]

    # hazards

    @use_case(REPORT_HAZARD, at=At.SCHOOL)
    def report_hazard(self, command: HazardReport) -> HazardView:
        """Report a hazard with who rectifies it, somebody of the district, and by which day.

        Raises:
            SchoolUnknown, SchoolNotOpen, StaffUnknown: for where and who.
            NotAtWorkHere, DayAhead, DayTooEarly: for owner and days; Problems with all of them.
        """
        self.context.permit(REPORT_HAZARD, school=command.school)
        school, owner, found_on = (
            self._school(command.school),
            self._staff(command.owner_id),
            command.found_on,
        )
        keep_all_open(self._rows, [(school.id, found_on, found_on)])
        refuse_if(
            self._at_work(owner, found_on)
            + check_not_ahead("发现", found_on, self.context.today)
            + check_not_before("整改期限", command.due_on, found_on)
        )
        who: dict[str, Any] = {"school_id": school.id, "owner_id": owner.id}
        days: dict[str, Any] = {"found_on": found_on, "due_on": command.due_on}
        said = {"spot": command.spot, "text": command.text, "state": HazardState.FOUND.code}
        hazard_id = self._rows.add(Hazard, **who, **days, **said)
        self.context.announce(HazardReported(hazard_id=hazard_id, **who, **days))
        return self._view(hazard_id)

    @use_case(RECTIFY_HAZARD, at=At.SCHOOL)
    def rectify(self, hazard_id: int, command: Done) -> HazardView:
        """Say that a hazard is rectified 整改, with words or a file to prove it.

        Raises:
            LedgerRowUnknown, LedgerRowVoided, IllegalTransition: for the hazard.
            NotTheOwner: when it is neither its owner nor who may verify there that says so.
            ProofMissing, DayAhead, DayTooEarly: for proof and day; or Problems with all of them.
        """
        row = self._entered(hazard_id, RECTIFY_HAZARD)
        self._only_owner_or(VERIFY_HAZARD, row.owner_id, row.school)
        on = command.on or self.context.today
        attached = bool(self._rows.attached(Source(HAZARD, hazard_id)))
        refuse_if(
            check_step(HazardState(row.state), HazardState.RECTIFIED)
            + check_proof(f"“{row.spot}”的整改", command.proof, attached=attached)
            + check_not_ahead("整改", on, self.context.today)
            + check_not_before("整改", on, row.found_on)
        )
        actor = self.context.actor
        me = self._office.staff_of_no(actor.staff_no) if actor.staff_no else None
        values = {"state": HazardState.RECTIFIED.code, "rectified_on": on, "proof": command.proof}
        values |= {"rectified_by_id": row.owner_id if me is None else me.id, "returned": ""}
        self._rows.change(Hazard, hazard_id, values)
        self.context.announce(HazardRectified(hazard_id=hazard_id, school_id=row.school_id, on=on))
        return self._view(hazard_id)

    @use_case(VERIFY_HAZARD, at=At.SCHOOL)
    def verify(self, hazard_id: int) -> HazardView:
        """Verify that a hazard is rectified 验收销号: somebody who neither was to do it nor did it.

        Raises:
            LedgerRowUnknown, LedgerRowVoided, IllegalTransition: for the hazard.
            VerifiedByRectifier, ActorIsNoStaff: for who verifies.
        """
        row, me = self._verifying(hazard_id, HazardState.VERIFIED)
        today = self.context.today
        values = {"state": HazardState.VERIFIED.code, "verified_on": today, "verified_by_id": me.id}
        self._rows.change(Hazard, hazard_id, values)
        self.context.announce(HazardVerified(hazard_id=hazard_id, school_id=row.school_id, on=today))
        return self._view(hazard_id)

    @use_case(VERIFY_HAZARD, at=At.SCHOOL)
    def send_back(self, hazard_id: int, command: SendingBack) -> HazardView:
        """Do not accept a rectification 验收不通过: the hazard is open again, and the reason stands.

        Raises:
            As `verify` does.
        """
        row, _ = self._verifying(hazard_id, HazardState.FOUND)
        values: dict[str, Any] = {"state": HazardState.FOUND.code, "returned": command.reason}
        values |= {"rectified_on": None, "rectified_by_id": None, "proof": ""}
        self._rows.change(Hazard, hazard_id, values)
        today = self.context.today
        self.context.announce(HazardReturned(hazard_id=hazard_id, school_id=row.school_id, on=today))
        return self._view(hazard_id)

    @use_case(VERIFY_HAZARD, at=At.SCHOOL)
    def void_hazard(self, hazard_id: int, command: Voiding) -> None:
        """Void a hazard that was recorded by mistake 作废.

        Raises:
            LedgerRowUnknown, LedgerRowVoided: for the hazard.
        """
        row = self._entered(hazard_id, VERIFY_HAZARD)
        self._void(Hazard, hazard_id, command.reason)
        self.context.announce(HazardVoided(hazard_id=hazard_id, school_id=row.school_id))

    @reading(VIEW_SAFETY, at=At.SCHOOL)
    def hazards(
        self, school: str | None = None, first: date | None = None, last: date | None = None
    ) -> list[HazardView]:
        """List hazards as they stand today, voided ones among them, the oldest first.

        Args:
            school: of which school; of all of them when left out.
            first, last: found on which days, both inside; on any when left out.
        """
        self.context.permit(VIEW_SAFETY, school=school or "")
        rows = self._rows.hazards(first, last, self._school_id(school))
        return [_hazard_view(row, self.context.today) for row in rows]

    @reading(VIEW_SAFETY)
    def ledger(self, first: date, last: date) -> SafetyLedger:
        """Return the ledger of drills and hazards 演练与隐患台账 of some days, both inside, as of today."""
        hazards = [one for one in self.hazards(None, first, last) if not one.voided]
        return SafetyLedger(
            district=self._office.district_name(),
            first=first,
            last=last,
            drills=tuple(self.drills(first, last)),
            hazards=tuple(hazards),
            overdue=sum(one.overdue for one in hazards),
        )

    # steps

    def _against(self, commands: Sequence[DrillRecord], schools: dict[str, AnyRow]) -> list[Problem]:
        days = [one.held_on for one in commands]
        if not days:
            return []
        standing = self._rows.drills(min(days), max(days), schools)
        taken = {(row.school, row.kind, row.held_on) for row in standing}
        problems: list[Problem] = []
        for one in commands:
            problems += check_not_ahead(DRILL, one.held_on, self.context.today)
            key = (one.school, one.kind.code, one.held_on)
            if key in taken:
                name, on = schools[one.school].name, str(one.held_on)
                problems.append(Problem(DrillKnown(school=name, kind=one.kind.label, on=on)))
            taken.add(key)
        return problems

    def _drill(self, drill_id: int) -> AnyRow:
        row = self._rows.drill(drill_id)
        if row is None:
            raise LedgerRowUnknown(record=DRILL, id=str(drill_id))
        return row

    def _entered_drill(self, drill_id: int) -> AnyRow:
        row = self._drill(drill_id)
        self.context.permit(RECORD_DRILL, school=row.school)
        self._standing(Drill, drill_id, DRILL)
        return row

    def _entered(self, hazard_id: int, action: Action) -> AnyRow:
        row = self._rows.hazard(hazard_id)
        if row is None:
            raise LedgerRowUnknown(record=RECORD, id=str(hazard_id))
        self.context.permit(action, school=row.school)
        self._standing(Hazard, hazard_id, RECORD)
        again = self._rows.hazard(hazard_id)
        assert again is not None, "hazards are never deleted"
        return again

    def _verifying(self, hazard_id: int, to: HazardState) -> tuple[AnyRow, AnyRow]:
        row = self._entered(hazard_id, VERIFY_HAZARD)
        me = self._me("验收隐患")
        refuse_if(
            check_step(HazardState(row.state), to)
            + check_verifier(me.staff_no, me.id, row.owner_id, row.rectified_by_id)
        )
        return row, me

    def _view(self, hazard_id: int) -> HazardView:
        row = self._rows.hazard(hazard_id)
        assert row is not None, "it was written in this use case"
        return _hazard_view(row, self.context.today)


def _drill_row(command: DrillRecord, school_id: int) -> dict[str, Any]:
    values = command.model_dump(exclude={"school", "kind"})
    return {"school_id": school_id, "kind": command.kind.code, **values}


def _drill_view(row: AnyRow) -> DrillView:
    return DrillView(
        id=row.id,
        school=row.school,
        school_name=row.school_name,
        kind=DrillKind(row.kind),
        held_on=row.held_on,
        participants=row.participants,
        minutes=row.minutes,
        problems=row.problems,
        voided=row.void_reason,
    )


def _hazard_view(row: AnyRow, on: date) -> HazardView:
    return HazardView(
        id=row.id,
        school=row.school,
        school_name=row.school_name,
        state=HazardState(row.state),
        spot=row.spot,
        text=row.text,
        found_on=row.found_on,
        owner_id=row.owner_id,
        owner=row.owner,
        due_on=row.due_on,
        rectified_on=row.rectified_on,
        rectified_by=row.rectified_by or "",
        proof=row.proof,
        verified_on=row.verified_on,
        verified_by=row.verified_by or "",
        returned=row.returned,
        overdue=row.voided_at is None and is_overdue(row.due_on, row.rectified_on, on),
        voided=row.void_reason,
    )
