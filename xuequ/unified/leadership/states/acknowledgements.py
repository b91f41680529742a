"""States of acknowledgements."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("签收状态")
class AckState(CodeEnum):
    """How far a school is with a regulation 签收状态, as seen by whoever has to sign for it."""

    PENDING = "pending", "待阅"
    READ = "read", "已阅未签"
    SIGNED = "signed", "已签收"


A = AckState
TRANSITIONS: Mapping[AckState, frozenset[AckState]] = {
    A.PENDING: frozenset({A.READ}),
    A.READ: frozenset({A.SIGNED}),
    A.SIGNED: frozenset(),
}
"""State → the states that may follow. A successor who has not read it yet stands at `PENDING`."""
