"""Code lists of posts: at what level a post is held, which duties it brings, how an appointment ended."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("任职层级")
class Level(CodeEnum):
    """At what kind of place a post is held 任职层级."""

    COUNTY = "county", "县"
    DISTRICT = "district", "学区"
    SCHOOL = "school", "学校"


@code_list("免职原因")
class AppointmentEnd(CodeEnum):
    """Why an appointment ended 免职原因."""

    EXPIRED = "expired", "任期届满", "期满"
    MOVED = "moved", "工作调动", "调动"
    REMOVED = "removed", "免职", "撤职"
    RESIGNED = "resigned", "辞去职务", "辞职"
    RETIRED = "retired", "退休"
    DIED = "died", "死亡", "病故"
    SUCCEEDED = "succeeded", "正式任命到位", "结束主持工作"
    LEFT = "left", "离开单位"
    ABOLISHED = "abolished", "机构撤并", "撤并"


@code_list("任职依据")
class Ground(CodeEnum):
    """On what ground somebody holds a post 任职依据."""

    APPOINTMENT = "appointment", "任命"
    DELEGATION = "delegation", "授权"
    PLACEMENT = "placement", "在校任教"


@code_list("财务职责", checked="secondary")
class Duty(CodeEnum):
    """Duties that the law keeps apart 不相容职责.

    Which of them exclude which is a dated rule parameter, ``budget.duties.<code>``; which a post brings
    is another, ``posts.duties``.
    """

    CASHIER = "cashier", "出纳"
    BOOKKEEPER = "bookkeeper", "记账"
    REVIEW = "review", "稽核"
    ARCHIVE = "archive", "会计档案保管"
    INCOME_LEDGER = "income_ledger", "收入账目登记"
    EXPENSE_LEDGER = "expense_ledger", "支出、费用账目登记"
    CLAIMS_LEDGER = "claims_ledger", "债权债务账目登记"
    APPROVE = "approve", "审批"
    HANDLE = "handle", "经办"
    KEEP = "keep", "财物保管"
    CLAIMANT = "claimant", "报销经手"
    WITNESS = "witness", "证明"
    BUYER = "buyer", "采购"
    ACCEPT = "accept", "验收"
