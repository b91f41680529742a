"""Code lists of office goods in stock."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("办公用品收发类别")
class StockKind(CodeEnum):
    """What a movement of stock is."""

    RECEIVED = "received", "入库"
    ISSUED = "issued", "领用"
    RETURNED = "returned", "退库"
    COUNTED = "counted", "盘点"
    REVERSED = "reversed", "红字冲销"
