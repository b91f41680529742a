"""Code lists of people."""

from __future__ import annotations

from xuequ.core.codes import CodeEnum, code_list


@code_list("性别", standard="GB/T 2261.1", checked="memory")
class Sex(CodeEnum):
    """Sex 性别."""

    UNKNOWN = "0", "未知的性别", "未知"
    MALE = "1", "男", "男性"
    FEMALE = "2", "女", "女性"
    UNSTATED = "9", "未说明的性别", "未说明"


@code_list("省级行政区划", standard="GB/T 2260", checked="memory")
class Province(CodeEnum):
    """With what a citizen number begins 省级行政区划代码: GB/T 2260's, and 83 of residence permits.

    Since 2018 the permits of residents from Hong Kong, Macao and Taiwan bear citizen numbers that begin
    with 810000, 820000 and 830000.
    """

    BEIJING = "11", "北京"
    TIANJIN = "12", "天津"
    HEBEI = "13", "河北"
    SHANXI = "14", "山西"
    INNER_MONGOLIA = "15", "内蒙古"
    LIAONING = "21", "辽宁"
    JILIN = "22", "吉林"
    HEILONGJIANG = "23", "黑龙江"
    SHANGHAI = "31", "上海"
    JIANGSU = "32", "江苏"
    ZHEJIANG = "33", "浙江"
    ANHUI = "34", "安徽"
    FUJIAN = "35", "福建"
    JIANGXI = "36", "江西"
    SHANDONG = "37", "山东"
    HENAN = "41", "河南"
    HUBEI = "42", "湖北"
    HUNAN = "43", "湖南"
    GUANGDONG = "44", "广东"
    GUANGXI = "45", "广西"
    HAINAN = "46", "海南"
    CHONGQING = "50", "重庆"
    SICHUAN = "51", "四川"
    GUIZHOU = "52", "贵州"
    YUNNAN = "53", "云南"
    TIBET = "54", "西藏"
    SHAANXI = "61", "陕西"
    GANSU = "62", "甘肃"
    QINGHAI = "63", "青海"
    NINGXIA = "64", "宁夏"
    XINJIANG = "65", "新疆"
    TAIWAN = "71", "台湾"
    HONG_KONG = "81", "香港"
    MACAO = "82", "澳门"
    RESIDENT_OF_TAIWAN = "83", "台湾居民居住证"


@code_list("人员身份")
class RoleKind(CodeEnum):
    """What a person may be to the county's schools 身份."""

    STAFF = "staff", "教职工"
    PUPIL = "pupil", "学生"
    GUARDIAN = "guardian", "监护人"


@code_list("个人信息项")
class PersonField(CodeEnum):
    """What is registered of a person's identity 个人信息项."""

    NAME = "name", "姓名"
    SEX = "sex", "性别"
    BIRTH_DATE = "birth_date", "出生日期"
    DOCUMENT = "document", "身份证件"
    PHONE = "phone", "联系电话"


@code_list("人员编号类别")
class NumberedRole(CodeEnum):
    """By what number somebody is known in a list 身份: the staff number or the pupil number."""

    STAFF = "staff", "教职工", "教师"
    PUPIL = "pupil", "学生"
