"""The workbook that sets up a district."""

from __future__ import annotations

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, PupilRow, SchoolRow, StaffRow, StatementRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Quantity, Wording
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title
from xuequ.registry.templates.columns import DOCUMENT, PHONE

_PLACE = Sheet(
    "place",
    "学区",
    PlaceRow,
    (
        Column("县代码", "county", note="六位行政区划代码"),
        Column("县教育局", "county_name"),
        Column("学区代码", "district", note="小写字母、数字和连字符"),
        Column("学区名称", "district_name"),
        Column("统计日期", "as_of", Kind.DAY, note="学校统计数的日期"),
    ),
    key=("county", "district"),
    filled=True,
)
_SCHOOLS = Sheet(
    "schools",
    "学校",
    SchoolRow,
    (
        Column("学校代码", "code", note="小写字母、数字和连字符"),
        Column("学校名称", "name"),
        Column("学校类别", "kind", codes=SchoolKind),
        Column("占地面积（平方米）", "land_area", Kind.DECIMAL, required=False),
        Column("校舍建筑面积（平方米）", "building_area", Kind.DECIMAL, required=False),
        Column("图书（册）", "books", Kind.DECIMAL, required=False),
        Column("电脑（台）", "computers", Kind.DECIMAL, required=False),
        Column("电子白板（块）", "whiteboards", Kind.DECIMAL, required=False),
    ),
    key=("code",),
)
_IN_CLASS = (
    Column("学校代码", "school"),
    Column("学段", "stage", codes=Stage),
    Column("入学年份", "entry_year", Kind.WHOLE, note="秋季入学的公历年份；年级由此推算"),
    Column("班号", "number", Kind.WHOLE),
)
_CLASSES = Sheet("classes", "班级", ClassRow, _IN_CLASS, key=("school", "stage", "entry_year", "number"))
_PERSON = (
    Column("姓名", "name"),
    Column("性别", "sex", codes=Sex),
    Column("出生日期", "birth_date", Kind.DAY, required=False),
)
_DOCUMENT = tuple(column.field for column in DOCUMENT)
_STAFF = Sheet(
    "staff",
    "教师",
    StaffRow,
    (
        Column("工号", "staff_no"),
        *_PERSON,
        Column("职称", "title", codes=Title),
        Column("任教学校代码", "school"),
        Column("起始日期", "since", Kind.DAY, note="在该校任教的第一天"),
        *DOCUMENT,
        PHONE,
    ),
    key=("staff_no",),
    together=(("school", "since"), _DOCUMENT),
)
_PUPILS = Sheet(
    "pupils",
    "学生",
    PupilRow,
    (
        Column("学号", "pupil_no"),
        *_PERSON,
        *_IN_CLASS,
        Column("起始日期", "since", Kind.DAY, note="在该班就读的第一天"),
        *DOCUMENT,
        PHONE,
    ),
    key=("pupil_no",),
    together=(("school", "stage", "entry_year", "number", "since"), _DOCUMENT),
)
_STATEMENTS = Sheet(
    "statements",
    "公布数据",
    StatementRow,
    (
        Column("说法", "label"),
        Column("公布数字", "printed", note="照原文填写，保留小数位数"),
        Column("分子", "numerator", codes=Quantity),
        Column("分母", "denominator", codes=Quantity, required=False, note="总数留空"),
        Column("表述方式", "wording", codes=Wording),
        Column("属于合计", "part_of", required=False, note="是某一合计的组成部分时，填合计的说法"),
        Column("出处", "source", required=False),
    ),
    key=("label",),
)

SET_UP = Template(
    name="registry.set_up",
    title="学区基础数据",
    sheets=(_PLACE, _SCHOOLS, _CLASSES, _STAFF, _PUPILS, _STATEMENTS),
    part="registry",
    plan="plan_set_up",
    apply="set_up",
    take="take_set_up",
    export="books.export",
)
