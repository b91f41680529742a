"""Use cases of acknowledgements: read, signed, overdue; and the matrix of all schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.actions.regulations import (
    READ_REGULATION,
    SIGN_REGULATION,
    VIEW_ACK_MATRIX,
    VIEW_ACKNOWLEDGEMENTS,
)
from xuequ.unified.leadership.errors.acknowledgements import AcknowledgementUnknown, SignedAlready
from xuequ.unified.leadership.errors.regulations import VersionUnknown
from xuequ.unified.leadership.facts.regulations import VersionAcknowledged
from xuequ.unified.leadership.repository.acknowledgements import AckRows
from xuequ.unified.leadership.rules.acknowledgements import (
    VALID,
    check_step,
    check_valid,
    is_overdue,
    state_for,
)
from xuequ.unified.leadership.rules.regulations import Force, state_on
from xuequ.unified.leadership.schemas.acknowledgements import (
    AckCell,
    AckMatrix,
    AckProgress,
    AckView,
    ReceiptView,
)
from xuequ.unified.leadership.service.basis import NOBODY, Headship, OfficeService, day_of
from xuequ.unified.leadership.states.acknowledgements import AckState
from xuequ.unified.leadership.states.regulations import VersionState


class AcknowledgementService(OfficeService):
    """Acknowledgement 签收 of the district's regulations by schools, and read receipts 阅读回执 of the staff.

    Whoever heads the school on the day reads and signs. At a school that need not have a head and has
    none, the academic director does, and the principal only when that post is vacant too.
    """

    @property
    def _rows(self) -> AckRows:
        return AckRows(self.context.session, self.context.scope, self.context.place)

    @use_case(SIGN_REGULATION, at=At.SCHOOL)
    def read(self, version_id: int, school: str) -> AckView:
        """Note that whoever heads the school has read a version 已阅; a second time changes nothing.

        Raises:
            SchoolUnknown, AcknowledgementUnknown: for the school.
            VersionNotValid: when the version is superseded or repealed.
            NotTheSigner, ActorIsNoStaff: when somebody else heads the school today.
            SignedAlready: when the school's signature is there.
        """
        row, me = self._owed(version_id, school)
        if row.read_by_id != me.id:
            self._rows.set_read(row.id, me.id, self.context.now)
        return self._one(version_id, row.school_id)

    @use_case(SIGN_REGULATION, at=At.SCHOOL)
    def sign(self, version_id: int, school: str) -> AckView:
        """Sign for a version 签收, as whoever heads the school today and has read it.

        Raises:
            IllegalTransition: when it is not read yet, or only a predecessor has read it.
            Others as `read` does.
        """
        row, me = self._owed(version_id, school)
        refuse_if(check_step(state_for(me.id, row.read_by_id, signed=False), AckState.SIGNED))
        self._rows.set_signed(row.id, me.id, self.context.now)
        fact = VersionAcknowledged(
            version_id=version_id, school_id=row.school_id, staff_id=me.id, on=self.context.today
        )
        self.context.announce(fact)
        return self._one(version_id, row.school_id)

    @use_case(READ_REGULATION, at=At.SCHOOL)
    def give_receipt(self, version_id: int, school: str) -> ReceiptView:
        """Note that the member of staff who acts has read a version; a second time changes nothing.

        Raises:
            SchoolUnknown, VersionUnknown: for what does not exist; a school sees no other school's rules.
            VersionNotValid: when the version is not issued, superseded or repealed.
            NotAtWorkHere, ActorIsNoStaff: for who reads.
        """
        self.context.permit(READ_REGULATION, school=school)
        at, rows, today = self._school(school), self._rows, self.context.today
        version = rows.valid_version(version_id)
        if version is None or version.school_id not in (None, at.id):
            raise VersionUnknown(version=str(version_id))
        me = self._me("阅读规章制度")
        problems = check_valid(version.title, version.number, state_on(_force(version), today))
        refuse_if(problems + self._at_work(me, today, at))
        rows.add_receipt(version_id, me.id, at.id, self.context.now)
        return next(_receipt(row) for row in rows.receipts(version_id) if row.staff_no == me.staff_no)

    # reading

    @reading(VIEW_ACKNOWLEDGEMENTS, at=At.SCHOOL)
    def outstanding(self, school: str, on: date | None = None) -> list[AckView]:
        """List what a school still owes for valid versions on a day, and who has to sign.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_ACKNOWLEDGEMENTS, school=school)
        views = self._views(self._rows.owed(self._school(school).id), on or self.context.today)
        return [view for view in views if view.state is not AckState.SIGNED]

    @reading(VIEW_ACKNOWLEDGEMENTS, at=At.SCHOOL)
    def receipts(self, version_id: int, school: str) -> list[ReceiptView]:
        """List who of a school has read a version, by number.

        Raises:
            SchoolUnknown, DistrictNeeded: for the school.
        """
        self.context.permit(VIEW_ACKNOWLEDGEMENTS, school=school)
        at = self._school(school)
        return [_receipt(row) for row in self._rows.receipts(version_id) if row.school_id == at.id]

    @reading(VIEW_ACK_MATRIX)
    def progress(self, on: date | None = None) -> list[AckProgress]:
        """Return how far the schools are with each valid version of a day: signed ÷ obliged at issue."""
        views = self._views(self._rows.owed(), on or self.context.today)
        return self._progress(views)

    @reading(VIEW_ACK_MATRIX)
    def matrix(self, on: date | None = None) -> AckMatrix:
        """Return the acknowledgement matrix 签收矩阵 of a day."""
        day = on or self.context.today
        views = self._views(self._rows.owed(), day)
        return AckMatrix(
            district=self._office.district_name(),
            as_of=day,
            versions=tuple(self._progress(views)),
            cells=tuple(map(_cell, views)),
        )

    # steps

    def _owed(self, version_id: int, school: str) -> tuple[AnyRow, AnyRow]:
        """Return what a school owes, locked, and the member of staff who acts, when it is who signs."""
        self.context.permit(SIGN_REGULATION, school=school)
        at, today = self._school(school), self.context.today
        row = self._rows.one_owed(version_id, at.id)
        if row is None:
            raise AcknowledgementUnknown(school=school, version=str(version_id))
        if row.signed_at is not None:
            by = self._office.staff([row.signed_by_id])[row.signed_by_id]
            raise SignedAlready(school=school, signed_on=str(day_of(row.signed_at)), by=by.name)
        me = self._sign_as("签收规章制度", at)
        refuse_if(check_valid(row.title, row.number, state_on(_force(row, row.version_id), today)))
        return row, me

    def _one(self, version_id: int, school_id: int) -> AckView:
        views = self._views(self._rows.owed(school_id), self.context.today)
        return next(view for view in views if view.version_id == version_id)

    def _views(self, rows: Sequence[AnyRow], on: date) -> list[AckView]:
        """Return what is owed for versions that were valid on a day, as it stood then."""
        valid = [row for row in rows if row.issued_on <= on]
        valid = [row for row in valid if state_on(_force(row, row.version_id), on) in VALID]
        headship = self._headship(on)
        signed_by = {row.signed_by_id for row in valid if row.signed_by_id is not None}
        names = {one.id: one.name for one in self._office.staff(signed_by).values()} if signed_by else {}
        return [_ack_view(row, headship, names, on) for row in valid]

    def _progress(self, views: Sequence[AckView]) -> list[AckProgress]:
        by_version: dict[int, list[AckView]] = defaultdict(list)
        for view in views:
            by_version[view.version_id].append(view)
        readers = self._rows.readers()
        return [_progress(some, readers.get(one, 0)) for one, some in by_version.items()]


def _force(row: AnyRow, version_id: int | None = None) -> Force:
    ended = VersionState(row.ended) if row.ended else None
    state = VersionState(row.state)
    return Force(version_id or row.id, row.number, state, row.since, row.until, ended)


def _ack_view(row: AnyRow, headship: Headship, names: dict[int, str], on: date) -> AckView:
    signed_on, read_on = day_of(row.signed_at), day_of(row.read_at)
    signed = signed_on is not None and signed_on <= on
    signer = headship.signer(row.school_id, row.school_kind)
    has_read = row.read_by_id if read_on is not None and read_on <= on else None
    state = state_for(None if signer is None else signer.staff_id, has_read, signed=signed)
    return AckView(
        version_id=row.version_id,
        code=row.code,
        title=row.title,
        number=row.number,
        document_no=row.document_no,
        school=row.school,
        school_name=row.school_name,
        issued_on=row.issued_on,
        due_on=row.due_on,
        state=state,
        overdue=is_overdue(state, row.due_on, on),
        signer=names[row.signed_by_id] if signed else "" if signer is None else signer.name,
        read_at=row.read_at if state is not AckState.PENDING else None,
        signed_at=row.signed_at if signed else None,
        closed=row.closed_on is not None and row.closed_on <= on,
    )


def _progress(views: Sequence[AckView], readers: int) -> AckProgress:
    one = views[0]
    return AckProgress(
        version_id=one.version_id,
        code=one.code,
        title=one.title,
        number=one.number,
        document_no=one.document_no,
        issued_on=one.issued_on,
        due_on=one.due_on,
        obliged=len(views),
        signed=sum(view.state is AckState.SIGNED for view in views),
        overdue=sum(view.overdue for view in views),
        readers=readers,
    )


def _cell(view: AckView) -> AckCell:
    remarks = ["学校已撤并"] if view.closed else []
    remarks += ["逾期"] if view.overdue else []
    return AckCell(
        version=f"《{view.title}》第{view.number}版（{view.document_no}）",
        school=view.school_name,
        signer=view.signer or NOBODY,
        state=view.state.label,
        due_on=view.due_on,
        signed_on=day_of(view.signed_at),
        remark="、".join(remarks),
    )


def _receipt(row: AnyRow) -> ReceiptView:
    return ReceiptView(
        version_id=row.version_id,
        staff_no=row.staff_no,
        name=row.name,
        school=row.school,
        read_at=row.read_at,
    )
