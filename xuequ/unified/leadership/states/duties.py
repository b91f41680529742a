"""States of the duty roster."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("值班职责")
class DutyRole(CodeEnum):
    """As what somebody is on duty 值班职责."""

    LEAD = "lead", "带班"
    DUTY = "duty", "值班"
    GATE = "gate", "护校", "校门值守"
