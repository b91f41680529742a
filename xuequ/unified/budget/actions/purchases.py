"""Who may do what with purchases."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.states.claims import APPROVERS

_BUYERS = (Post.BUYER, Post.GENERAL_AFFAIRS_DIRECTOR)
_ALL = (*APPROVERS, Post.ACCOUNTANT, Post.BUYER, Post.KEEPER, Post.TEACHER)

REQUEST_PURCHASE = action("budget.request_purchase", "申购", _ALL)
APPROVE_PURCHASE = action("budget.approve_purchase", "批准申购", APPROVERS)
REFUSE_PURCHASE = action("budget.refuse_purchase", "不批准申购", APPROVERS)
PLACE_ORDER = action("budget.place_order", "订购", _BUYERS)
ACCEPT_DELIVERY = action("budget.accept_delivery", "验收到货", (*APPROVERS, Post.KEEPER, Post.TEACHER))
CLOSE_PURCHASE = action("budget.close_purchase", "结清采购", (*_BUYERS, Post.ACCOUNTANT))
CANCEL_PURCHASE = action("budget.cancel_purchase", "取消采购", (*APPROVERS, Post.BUYER))
VIEW_PURCHASE = action("budget.view_purchase", "查看采购", (*_ALL, Post.AUDITOR, Post.CASHIER))
VIEW_PURCHASES = action(
    "budget.view_purchases",
    "查看采购台账",
    (*APPROVERS, Post.BUYER, Post.KEEPER, Post.ACCOUNTANT, Post.AUDITOR),
)
