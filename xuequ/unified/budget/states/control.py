"""What happens when more is asked of a line than is available, and at which stage."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list
from xuequ.unified.budget.states.ledger import Movement


@code_list("预算控制环节")
class ControlStage(CodeEnum):
    """Where a line is controlled: when money is asked for, bound, and paid."""

    REQUEST = "request", "申请"
    COMMITMENT = "commitment", "占用"
    ACTUAL = "actual", "支付"


@code_list("预算控制方式")
class ControlMode(CodeEnum):
    """What happens to what does not fit its line: refused, passed with a warning, or passed."""

    REFUSE = "refuse", "拒绝"
    WARN = "warn", "预警"
    ALLOW = "allow", "放行"


STAGE_OF: dict[Movement, ControlStage] = {
    Movement.RESERVE: ControlStage.REQUEST,
    Movement.COMMIT: ControlStage.COMMITMENT,
    Movement.PAY: ControlStage.ACTUAL,
}
"""Movement that takes from what is available → the stage at which it is controlled."""
