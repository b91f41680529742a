"""States of a claim 报销单, the acts that lead from one to the next, and who may approve at all."""

from __future__ import annotations

from xuequ.core.access import Post
from xuequ.core.codes import CodeEnum, code_list

CLAIM_KIND = "budget.claim"
"""What a claim is called as the source of its payment, and as what money is held for."""

STEP_KIND = "budget.claim_step"
"""What an act on a claim is called as the source of entries that come and go with it."""

EXCESS_KIND = "budget.claim_excess"
"""What a claim is called as the source of what it pays beyond the commitment of its order."""

ORDER_KIND = "budget.order"
"""What a purchase order is called, for which money is committed."""


@code_list("报销单状态")
class ClaimState(CodeEnum):
    """How far a claim is."""

    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    CHECKED = "checked", "总务处已审核"
    APPROVED = "approved", "已审批"
    PAID = "paid", "已支付"
    POSTED = "posted", "已入账"
    ARCHIVED = "archived", "已归档"
    RETURNED = "returned", "已退回"
    VOIDED = "voided", "已作废"


@code_list("报销办理环节")
class Act(CodeEnum):
    """What is done with a claim."""

    DRAFT = "draft", "填写"
    REVISE = "revise", "修改"
    SUBMIT = "submit", "提交"
    ACCEPT = "accept", "验收"
    CHECK = "check", "审核"
    APPROVE = "approve", "审批"
    PAY = "pay", "支付"
    POST = "post", "入账"
    ARCHIVE = "archive", "归档"
    RETURN = "return", "退回"
    VOID = "void", "作废"


_OPEN = frozenset({ClaimState.DRAFT, ClaimState.RETURNED})

WAYS: dict[Act, tuple[frozenset[ClaimState], ClaimState]] = {
    Act.DRAFT: (frozenset(), ClaimState.DRAFT),
    Act.REVISE: (_OPEN, ClaimState.DRAFT),
    Act.SUBMIT: (_OPEN, ClaimState.SUBMITTED),
    Act.ACCEPT: (frozenset({ClaimState.SUBMITTED}), ClaimState.SUBMITTED),
    Act.CHECK: (frozenset({ClaimState.SUBMITTED}), ClaimState.CHECKED),
    Act.APPROVE: (frozenset({ClaimState.CHECKED}), ClaimState.APPROVED),
    Act.PAY: (frozenset({ClaimState.APPROVED}), ClaimState.PAID),
    Act.POST: (frozenset({ClaimState.PAID}), ClaimState.POSTED),
    Act.ARCHIVE: (frozenset({ClaimState.POSTED}), ClaimState.ARCHIVED),
    Act.RETURN: (
        frozenset({ClaimState.SUBMITTED, ClaimState.CHECKED, ClaimState.APPROVED}),
        ClaimState.RETURNED,
    ),
    Act.VOID: (_OPEN, ClaimState.VOIDED),
}
"""Act → the states in which it may be done, and the one that it leads to; a claim begins as a draft."""

HOLDING = frozenset({ClaimState.SUBMITTED, ClaimState.CHECKED, ClaimState.APPROVED})
"""The states in which money is held for a claim."""

SETTLED = frozenset({ClaimState.PAID, ClaimState.POSTED, ClaimState.ARCHIVED})
"""The states in which a claim is paid."""

COUNCIL = "council"
"""How a table of bands names the council 校务委员会, which is no post."""

APPROVERS = (
    Post.PRINCIPAL,
    Post.PARTY_SECRETARY,
    Post.ACADEMIC_DIRECTOR,
    Post.GENERAL_AFFAIRS_DIRECTOR,
    Post.SCHOOL_HEAD,
)
"""The posts that a table of bands may give approval to: those that lead."""
