"""Codes of assets: the classes of fixed assets."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list(
    "固定资产类别",
    standard="《事业单位财务规则》（财政部令第108号）六类；代码为 GB/T 14885 大类",
    checked="memory",
)
class AssetClass(CodeEnum):
    """The six classes of fixed assets 固定资产类别 since 2022; their codes are from memory."""

    BUILDINGS = "A01", "房屋和构筑物", "房屋及构筑物", "房屋", "构筑物"
    EQUIPMENT = "A02", "设备", "通用设备", "专用设备"
    RELICS = "A03", "文物和陈列品", "文物", "陈列品"
    BOOKS = "A04", "图书和档案", "图书、档案", "图书", "档案"
    FURNITURE = "A05", "家具和用具", "家具", "用具"
    LIVING = "A06", "特种动植物", "动植物"
