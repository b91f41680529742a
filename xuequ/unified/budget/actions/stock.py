"""Who may do what with office goods in stock.

The keeper 财物保管员 takes in and hands out; what is on the shelf is counted by others than the keeper.
"""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.actions.ledger import HOLDERS

_KEEPER = (Post.KEEPER,)

ADD_STOCK_ITEMS = action(
    "budget.add_stock_items", "登记办公用品品目", (Post.KEEPER, Post.GENERAL_AFFAIRS_DIRECTOR)
)
CLOSE_STOCK_ITEM = action("budget.close_stock_item", "停用办公用品品目", (Post.GENERAL_AFFAIRS_DIRECTOR,))
RECEIVE_STOCK = action("budget.receive_stock", "办公用品入库", _KEEPER)
ISSUE_STOCK = action("budget.issue_stock", "办公用品领用", _KEEPER)
TAKE_BACK_STOCK = action("budget.take_back_stock", "办公用品退库", _KEEPER)
COUNT_STOCK = action("budget.count_stock", "办公用品盘点", (Post.GENERAL_AFFAIRS_DIRECTOR, Post.ACCOUNTANT))
REVERSE_STOCK = action("budget.reverse_stock", "红字冲销办公用品收发", (Post.GENERAL_AFFAIRS_DIRECTOR,))
VIEW_STOCK = action(
    "budget.view_stock", "查看办公用品库存", (*HOLDERS, Post.KEEPER, Post.BUYER, Post.AUDITOR)
)
