"""Codes of staff: certificates, establishment, backbone levels."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("教师资格种类", standard="《教师资格条例》第四条；代码为证书号码的种类位", checked="memory")
class CertificateKind(CodeEnum):
    """Kinds of teacher's certificates 教师资格种类."""

    KINDERGARTEN = "1", "幼儿园教师资格", "幼儿园"
    PRIMARY = "2", "小学教师资格", "小学"
    JUNIOR = "3", "初级中学教师资格", "初级中学", "初中"
    SENIOR = "4", "高级中学教师资格", "高级中学", "高中"
    VOCATIONAL = "5", "中等职业学校教师资格", "中等职业学校", "中职"
    VOCATIONAL_INSTRUCTOR = "6", "中等职业学校实习指导教师资格", "实习指导教师", "中职实习指导"
    HIGHER = "7", "高等学校教师资格", "高等学校", "高校"


@code_list("用工形式")
class Establishment(CodeEnum):
    """On what footing somebody is employed 编制与用工形式."""

    REGULAR = "regular", "在编", "在编在岗", "事业编制"
    SPECIAL_POST = "special_post", "特岗教师", "特岗"
    CONTRACT = "contract", "合同制", "聘用制", "临聘", "编外"
    SUBSTITUTE = "substitute", "代课教师", "代课"
    REHIRED = "rehired", "退休返聘", "返聘"
    PURCHASED = "purchased", "政府购买服务", "购买服务"
    SECONDED = "seconded", "外单位借入", "借调", "借用"
    VOLUNTEER = "volunteer", "志愿支教", "西部计划", "银龄讲学"


@code_list("骨干教师级别")
class BackboneLevel(CodeEnum):
    """Levels of backbone teachers 骨干教师, the lowest first."""

    SCHOOL = "school", "校级骨干", "校级"
    COUNTY = "county", "县级骨干", "县级"
    CITY = "city", "市级骨干", "市级", "州级骨干", "州级"
    PROVINCE = "province", "省级骨干", "省级"
    NATION = "nation", "国家级骨干", "国家级"

    def reaches(self, level: BackboneLevel) -> bool:
        """Tell whether it is that level or a higher one, as “县级以上骨干” asks.

        >>> BackboneLevel.CITY.reaches(BackboneLevel.COUNTY)
        True
        """
        order = list(BackboneLevel)
        return order.index(self) >= order.index(level)
