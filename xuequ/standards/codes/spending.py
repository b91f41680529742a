"""Codes of spending: economic and functional classification 支出经济分类, 支出功能分类."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("部门预算支出经济分类", standard="财政部 政府收支分类科目 部门预算支出经济分类", checked="memory")
class EconomicCode(CodeEnum):
    """A unit's spending by economic classification 支出经济分类: class 类 (3 figures), section 款 (5).

    Gaps between the last two figures are the list's own. `checked` of the list is that of its weakest
    member; each member knows its own.
    """

    WAGES = "301", "工资福利支出"
    BASIC_PAY = "30101", "基本工资"
    ALLOWANCES = "30102", "津贴补贴"
    BONUS = "30103", "奖金"
    STAFF_MEALS = "30106", "伙食补助费"
    PERFORMANCE_PAY = "30107", "绩效工资"
    PENSION = "30108", "机关事业单位基本养老保险缴费", "养老保险缴费"
    OCCUPATIONAL_PENSION = "30109", "职业年金缴费", "职业年金"
    MEDICAL_INSURANCE = "30110", "职工基本医疗保险缴费", "职工医保"
    CIVIL_MEDICAL = "30111", "公务员医疗补助缴费", "公务员医疗补助"
    OTHER_INSURANCE = "30112", "其他社会保障缴费", "其他社保"
    HOUSING_FUND = "30113", "住房公积金"
    MEDICAL_COST = "30114", "医疗费"
    OTHER_WAGES = "30199", "其他工资福利支出"
    GOODS = "302", "商品和服务支出"
    OFFICE = "30201", "办公费", "办公"
    PRINTING = "30202", "印刷费", "印刷"
    CONSULTING = "30203", "咨询费", "咨询"
    BANK_CHARGES = "30204", "手续费"
    WATER = "30205", "水费"
    POWER = "30206", "电费"
    POST = "30207", "邮电费", "邮电"
    HEATING = "30208", "取暖费", "取暖"
    PROPERTY = "30209", "物业管理费", "物业"
    TRAVEL = "30211", "差旅费", "差旅"
    ABROAD = "30212", "因公出国（境）费用", "出国"
    UPKEEP = "30213", "维修（护）费", "维修费", "日常维修"
    RENT = "30214", "租赁费", "租赁"
    MEETINGS = "30215", "会议费", "会议"
    TRAINING = "30216", "培训费", "培训"
    RECEPTION = "30217", "公务接待费", "接待"
    SPECIAL_MATERIALS = "30218", "专用材料费", "专用材料"
    CLOTHING = "30224", "被装购置费", "被装"
    SPECIAL_FUEL = "30225", "专用燃料费"
    LABOUR = "30226", "劳务费", "劳务"
    COMMISSIONED = "30227", "委托业务费", "委托业务"
    UNION = "30228", "工会经费"
    WELFARE = "30229", "福利费"
    OFFICIAL_CARS = "30231", "公务用车运行维护费", "公车运维"
    OTHER_TRANSPORT = "30239", "其他交通费用", "其他交通"
    TAXES = "30240", "税金及附加费用", "税金"
    OTHER_GOODS = "30299", "其他商品和服务支出"
    PERSONS = "303", "对个人和家庭的补助"
    LIVING_AID = "30305", "生活补助"
    STUDENT_AID = "30308", "助学金"
    REWARDS = "30309", "奖励金"
    OTHER_PERSONS = "30399", "其他对个人和家庭的补助"
    CAPITAL = "310", "资本性支出"
    BUILDINGS = "31001", "房屋建筑物购建", "房屋建筑物"
    OFFICE_EQUIPMENT = "31002", "办公设备购置", "办公设备"
    SPECIAL_EQUIPMENT = "31003", "专用设备购置", "专用设备"
    INFRASTRUCTURE = "31005", "基础设施建设", "基础设施"
    MAJOR_REPAIR = "31006", "大型修缮"
    NETWORKS = "31007", "信息网络及软件购置更新", "信息网络及软件"
    CAR_PURCHASE = "31013", "公务用车购置"
    INTANGIBLE = "31022", "无形资产购置", "无形资产"
    OTHER_CAPITAL = "31099", "其他资本性支出"

    @property
    def section_of(self) -> EconomicCode:
        """The class 类 that a section 款 belongs to; of a class, itself."""
        return EconomicCode(self.code[:3])

    @property
    def checked(self) -> str:
        """How this one member was checked: ``text``, ``secondary`` or ``memory``."""
        if self.code.startswith("301") or self is EconomicCode.STUDENT_AID:
            return "text"
        secondary = {"31003", "31005", "31006", "31007"}
        memory = {"30203", "30212", "30213", "30225", "30299"}
        sure = self.code in secondary or (self.code.startswith("302") and self.code not in memory)
        return "secondary" if sure else "memory"


@code_list("支出功能分类", standard="财政部 政府收支分类科目 205 教育支出", checked="memory")
class FunctionCode(CodeEnum):
    """Functional classification of spending on education 支出功能分类: class 类, section 款, item 项.

    Of the list only 20502 was read in a text (a county's notice); each member knows how it was checked.
    """

    EDUCATION = "205", "教育支出"
    ADMINISTRATION = "20501", "教育管理事务", "教育管理"
    GENERAL = "20502", "普通教育"
    PRESCHOOL = "2050201", "学前教育"
    PRIMARY = "2050202", "小学教育"
    JUNIOR = "2050203", "初中教育"
    OTHER_GENERAL = "2050299", "其他普通教育支出"
    SPECIAL = "20507", "特殊教育"
    TRAINING = "20508", "进修及培训"
    TEACHER_STUDY = "2050801", "教师进修"
    TRAINING_COST = "2050803", "培训支出"
    SURCHARGE = "20509", "教育费附加安排的支出", "教育费附加"
    OTHER = "20599", "其他教育支出"

    @property
    def checked(self) -> str:
        """How this one member was checked: ``text`` or ``memory``."""
        return "text" if self is FunctionCode.GENERAL else "memory"
