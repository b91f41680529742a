"""The workbook of land, buildings and rooms."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.premises import BuildingChangeRow, BuildingRow, DangerRow, LandRow, RoomRow
from xuequ.registry.states.premises import DangerLevel, LandUse, PremisesState, RoomUse, Structure
from xuequ.registry.templates.columns import SCHOOL

_FIRST = replace(
    SCHOOL, blamed=("registry.school_unknown",), note="登记该校舍或地块时的学校；移交别校后仍填原来的"
)
_BUILDING = Column("校舍名称", "building", blamed=("registry.premises_unknown", "registry.name_shared"))

LAND = Sheet(
    "land",
    "用地",
    LandRow,
    (
        SCHOOL,
        Column("地块名称", "name"),
        Column("面积（平方米）", "area", Kind.DECIMAL),
        Column("用途", "use", codes=LandUse, required=False, note="不填即校园"),
        Column("权属证号", "certificate", required=False, blamed=("registry.land_certificate_known",)),
        Column("起始日期", "since", Kind.DAY, note="归该校使用的第一天"),
    ),
    key=("school", "name"),
    required=False,
)
BUILDINGS = Sheet(
    "buildings",
    "校舍",
    BuildingRow,
    (
        SCHOOL,
        Column("校舍名称", "name"),
        Column("建筑面积（平方米）", "area", Kind.DECIMAL),
        Column("结构", "structure", codes=Structure),
        Column("建成年份", "built_year", Kind.WHOLE, required=False),
        Column(
            "地块名称",
            "land",
            required=False,
            blamed=("registry.land_unknown", "registry.name_shared"),
            note="见“用地”表",
        ),
        Column("地块学校代码", "land_school", required=False, note="地块不是本校登记的才填"),
        Column("起始日期", "since", Kind.DAY, note="该校使用的第一天；以后的变动填“校舍变动”表"),
    ),
    key=("school", "name"),
    required=False,
)
ROOMS = Sheet(
    "rooms",
    "用房",
    RoomRow,
    (
        _FIRST,
        replace(_BUILDING, required=False, blamed=("registry.premises_unknown",), note="房间填校舍"),
        Column("地块名称", "land", required=False, blamed=("registry.land_unknown",), note="室外场地填地块"),
        Column("编号", "number", blamed=("registry.room_closed", "registry.room_without_place")),
        Column(
            "起始日期",
            "since",
            Kind.DAY,
            blamed=("registry.span_not_later", "registry.premises_gone"),
            note="用途、面积有变动的，另起一行，填变动的第一天和变动后的各项",
        ),
        Column("用途", "use", codes=RoomUse, blamed=("registry.field_indoors",)),
        Column("使用面积（平方米）", "area", Kind.DECIMAL, blamed=("registry.rooms_too_large",)),
        Column("容纳人数", "capacity", Kind.WHOLE, required=False),
        Column("是否联网", "networked", Kind.FLAG, required=False, note="不填即否"),
        Column(
            "停用日期",
            "until",
            Kind.DAY,
            required=False,
            blamed=("registry.room_row_past",),
            note="拆除或并入别间的第一天；只填在该房间最后一行",
        ),
    ),
    key=("school", "building", "land", "number", "since"),
    required=False,
)
CHANGES = Sheet(
    "changes",
    "校舍变动",
    BuildingChangeRow,
    (
        _FIRST,
        _BUILDING,
        Column("变动日期", "since", Kind.DAY, blamed=("registry.span_not_later",), note="变动后的第一天"),
        Column("状态", "state", codes=PremisesState, blamed=("core.illegal_transition",)),
        Column(
            "使用学校代码",
            "used_by",
            required=False,
            blamed=("registry.premises_school_missing", "registry.school_not_open"),
            note="在用的必填；闲置、拆除的不填",
        ),
        Column("依据", "authority", required=False),
    ),
    key=("school", "building", "since"),
    required=False,
)
DANGERS = Sheet(
    "dangers",
    "危房鉴定",
    DangerRow,
    (
        _FIRST,
        _BUILDING,
        Column("鉴定日期", "assessed_on", Kind.DAY, blamed=("registry.premises_gone",)),
        Column("等级", "level", codes=DangerLevel),
        Column("依据", "authority", note="鉴定机构和文号"),
    ),
    key=("school", "building", "assessed_on"),
    required=False,
)

PREMISES = Template(
    name="registry.premises",
    title="校舍用地",
    # rooms come before what becomes of their buildings, as a demolished one takes none
    sheets=(LAND, BUILDINGS, ROOMS, CHANGES, DANGERS),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
