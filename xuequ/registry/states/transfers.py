"""Code lists of transfers between schools, and the one table of their states."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("转学状态")
class TransferState(CodeEnum):
    """How far a transfer 转学 has come."""

    REQUESTED = "requested", "已申请，待转出学校核办"
    RELEASED = "released", "转出学校已同意，待转入学校接收"
    ACCEPTED = "accepted", "已接收"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"


T = TransferState
TRANSITIONS: Mapping[TransferState, frozenset[TransferState]] = {
    T.REQUESTED: frozenset({T.RELEASED, T.REFUSED, T.WITHDRAWN}),
    T.RELEASED: frozenset({T.ACCEPTED, T.REFUSED, T.WITHDRAWN}),
    T.ACCEPTED: frozenset(),
    T.REFUSED: frozenset(),
    T.WITHDRAWN: frozenset(),
}
"""State → the states that may follow."""


@code_list("转学方向")
class Direction(CodeEnum):
    """Whether a transfer stays in the county, leaves it or comes into it 转学方向."""

    WITHIN = "within", "县内转学"
    OUT = "out", "转出县外"
    IN = "in", "县外转入"


@code_list("经办学校")
class Side(CodeEnum):
    """Which of the two schools acts 经办学校."""

    SENDING = "sending", "转出学校"
    RECEIVING = "receiving", "转入学校"
