"""Commands and views of transfers between schools."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Code, Command, Id, Name, Number, Text, View
from xuequ.registry.schemas.pupils import NewPupil
from xuequ.registry.states.pupils import Reason
from xuequ.registry.states.transfers import Direction, Side, TransferState


class TransferRequest(Command):
    """Apply for a transfer 转学申请, at the sending or at the receiving school.

    Args:
        to_district, to_school: the school of the county that is to receive; the door's own district when
            none is named.
        outside: the place outside the county instead.
        requested_by: at which school the guardian has applied; it must be one of this door's.
        guardian_applied: that the guardian has applied; nobody is transferred without.
    """

    pupil_no: Number
    to_district: Code | None = None
    to_school: Code | None = None
    outside: Text = ""
    requested_by: Side = Side.SENDING
    reason: Reason = Reason.FAMILY_MOVED
    guardian_applied: bool
    remark: Text = ""


class TransferArrival(Command):
    """Take in a pupil from outside the county 县外转入, in a class of this door."""

    pupil: NewPupil
    outside: Name
    class_id: Id
    reason: Reason = Reason.FROM_OUTSIDE
    guardian_applied: bool
    remark: Text = ""


class TransferView(View):
    """A transfer as it stands.

    `turn` says which side has to answer, `due_on` its last day for it; `provisional` that the day may move
    when the holiday notice of its year is known. `overdue` is as of today.
    """

    id: Id
    pupil_id: Id
    pupil_no: str
    direction: Direction
    from_district: str | None
    from_school: str | None
    to_district: str | None
    to_school: str | None
    outside: str
    state: TransferState
    requested_by: Side
    reason: Reason
    requested_on: date
    released_on: date | None
    turn: Side | None
    due_on: date | None
    provisional: bool
    overdue: bool
    decided_on: date | None
    effective_on: date | None
    remark: str
