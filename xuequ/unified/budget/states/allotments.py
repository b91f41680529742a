"""What 公用经费 is allotted for, and how far a release of money is."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("公用经费核定项目")
class AllotmentItem(CodeEnum):
    """What a line of an allotment is for 核定项目; each has a standard a pupil of its own."""

    BASE = "base", "基准定额"
    BOARDING = "boarding", "寄宿生增加"
    SPECIAL = "special", "特殊教育和随班就读"
    HEATING = "heating", "取暖费"


@code_list("核拨状态")
class ReleaseState(CodeEnum):
    """How far a release 核拨 is: an envelope that can be used, or ended one way or the other."""

    OPEN = "open", "在用"
    RETURNED = "returned", "余款已交回"
    VOIDED = "voided", "已作废"


RELEASE_KIND = "budget.release"
"""Kind of the source and of the purpose of what a release holds: its envelope."""
