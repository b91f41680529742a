"""Code lists of dues: who pays by which rule, what pay is made of, what a place may choose."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("党费类别", standard="中组发〔2008〕3号", checked="secondary")
class DuesCategory(CodeEnum):
    """By which rule a member pays dues 党费类别."""

    SALARIED = "salaried", "在职", "在职职工"
    RETIRED = "retired", "离退休", "退休", "离休"
    STUDENT = "student", "学生"
    RELIEF = "relief", "领取低保", "低保", "领取最低生活保障金"
    FARMER = "farmer", "农民"


@code_list("工资项目")
class PayItem(CodeEnum):
    """What a month's pay is made of, and what goes off it 工资项目."""

    POST_WAGE = "post_wage", "岗位工资"
    GRADE_WAGE = "grade_wage", "薪级工资"
    PERFORMANCE_BASIC = "performance_basic", "基础性绩效工资"
    ALLOWANCES = "allowances", "津贴补贴"
    PERFORMANCE_INCENTIVE = "performance_incentive", "奖励性绩效工资"
    REFORM_SUBSIDIES = "reform_subsidies", "改革性补贴"
    PENSION = "pension", "离退休费（养老金）"
    INCOME_TAX = "income_tax", "个人所得税"
    SOCIAL_INSURANCE = "social_insurance", "社会保险费（个人）"
    HOUSING_FUND = "housing_fund", "住房公积金（个人）"
    ANNUITY = "annuity", "职业年金（个人）"


DEDUCTIONS = frozenset({PayItem.INCOME_TAX, PayItem.SOCIAL_INSURANCE, PayItem.HOUSING_FUND, PayItem.ANNUITY})
"""What goes off the pay; to leave it out of the base is to take it off what counts."""


@code_list("党费基数核定")
class BaseFixed(CodeEnum):
    """When a new salary changes the dues."""

    MONTH = "month", "自工资变动当月起"
    YEAR = "year", "年初核定"


@code_list("党费首月")
class FirstMonth(CodeEnum):
    """What is due for the month in which the meeting passed somebody."""

    WHOLE = "whole", "全月"
    NONE = "none", "不计"
    DAYS = "days", "按日"


@code_list("党费取整")
class Rounding(CodeEnum):
    """To what unit dues are rounded, half of it upwards."""

    FEN = "fen", "分"
    JIAO = "jiao", "角"


FEN_IN = {Rounding.FEN: 1, Rounding.JIAO: 10}
"""How many fen a unit has."""


@code_list("党费资金")
class Pot(CodeEnum):
    """Which money of the ledger: dues, or great gifts that go wholly to the Centre."""

    DUES = "dues", "党费"
    CENTRE = "centre", "全额上缴中央的大额党费", "大额党费"
