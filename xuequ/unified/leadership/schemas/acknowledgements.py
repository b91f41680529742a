"""Views of acknowledgements."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

from xuequ.core.fields import Id, View
from xuequ.unified.leadership.states.acknowledgements import AckState


class AckView(View):
    """What a school owes for a version; `signer` is who has signed, or has to on the day asked for.

    `signer` is empty when nobody heads the school; a school that is `closed` by then signs no more, but is
    counted among those that were obliged.
    """

    version_id: Id
    code: str
    title: str
    number: int
    document_no: str
    school: str
    school_name: str
    issued_on: date
    due_on: date
    state: AckState
    overdue: bool
    signer: str
    read_at: datetime | None
    signed_at: datetime | None
    closed: bool


class ReceiptView(View):
    """That a member of staff has read a version."""

    version_id: Id
    staff_no: str
    name: str
    school: str
    read_at: datetime


class AckProgress(View):
    """How far a version is: schools of those obliged when it was issued, and who of the staff has read it."""

    version_id: Id
    code: str
    title: str
    number: int
    document_no: str
    issued_on: date
    due_on: date
    obliged: int
    signed: int
    overdue: int
    readers: int

    @property
    def rate(self) -> Fraction | None:
        """Signed ÷ obliged at issue date, exactly."""
        return Fraction(self.signed, self.obliged) if self.obliged else None

    @property
    def percent(self) -> str:
        """The rate as a form prints it."""
        return f"{round(self.rate * 100)}%" if self.rate is not None else "—"


class AckCell(View):
    """One school under one version, as the matrix prints it."""

    version: str
    school: str
    signer: str
    state: str
    due_on: date
    signed_on: date | None
    remark: str


class AckMatrix(View):
    """The acknowledgement matrix 签收矩阵 of a day: the valid versions, and every school under each."""

    district: str
    as_of: date
    versions: tuple[AckProgress, ...]
    cells: tuple[AckCell, ...]
