"""Code lists of figures: measured, published, reconciled."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("统计项目")
class Measure(CodeEnum):
    """What is measured at a school until the registers that will derive it 学校统计项目."""

    LAND_AREA = "land_area", "占地面积（平方米）", "占地面积"
    BUILDING_AREA = "building_area", "校舍建筑面积（平方米）", "校舍建筑面积", "建筑面积"
    BOOKS = "books", "图书（册）", "图书", "图书册数"
    COMPUTERS = "computers", "电脑（台）", "电脑", "计算机"
    WHITEBOARDS = "whiteboards", "电子白板（块）", "电子白板", "白板"


@code_list("对账数量")
class Quantity(CodeEnum):
    """Quantities that a published statement can speak of 对账数量."""

    SCHOOLS = "schools", "学校数", "学校"
    CLASSES = "classes", "教学班数", "教学班", "班级"
    PUPILS = "pupils", "在校生数", "在校生", "学生"
    PRESCHOOL_PUPILS = "preschool_pupils", "学前班人数", "学前班"
    COMPULSORY_PUPILS = "compulsory_pupils", "义务教育阶段学生数", "义务教育学生"
    STAFF = "staff", "专技教师数", "教师"
    SENIOR_STAFF = "staff_senior", "高级教师数", "高级教师"
    FIRST_STAFF = "staff_first", "一级教师数", "一级教师"
    SECOND_STAFF = "staff_second", "二级教师数", "二级教师"
    LAND_AREA = "land_area", "占地面积"
    BUILDING_AREA = "building_area", "校舍建筑面积"
    BOOKS = "books", "图书册数", "图书"
    COMPUTERS = "computers", "电脑台数", "电脑"
    WHITEBOARDS = "whiteboards", "电子白板块数", "电子白板"


@code_list("表述方式")
class Wording(CodeEnum):
    """How a published figure is meant 表述方式."""

    EXACT = "exact", "准确数", "准确"
    ROUNDED = "rounded", "约数", "四舍五入"
    AT_LEAST = "at_least", "达到", "不少于"


@code_list("对账结论")
class Verdict(CodeEnum):
    """What the reconciliation says of a published figure 对账结论."""

    AGREES = "agrees", "相符"
    ROUNDED_UP = "rounded_up", "四舍五入后相符（实际未达到）"
    OTHER_DENOMINATOR = "other_denominator", "不符（分母不是登记人数）"
    DIFFERS = "differs", "不符"
    UNKNOWN = "unknown", "无登记数据，无法核对"
