"""Villages, land, buildings and rooms of the example, as rows by the fields of their workbooks.

The report gives the four villages with 61 groups, 2,497 households and 10,196 people in all, 18,994 m² of
land, 4,715 m² of buildings, and a classroom for every class. How the totals fall on villages and schools,
every parcel, building and room, and which village a school serves, are invented; whatever has a source says
so in its row. Books, computers and whiteboards stand with the schools in ``qianfeng.xlsx``.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

import invent

from xuequ.registry.schemas.set_up import SchoolRow
from xuequ.registry.states.places import VillageMeasure
from xuequ.registry.states.premises import LandUse, RoomUse, Structure

Row = dict[str, Any]
SOURCE = "前锋学区管理经验交流材料（合计）；各村数为示例拟定"
LAND_SINCE = date(1996, 9, 1)
NETWORKED = (RoomUse.CLASSROOM, RoomUse.COMPUTER, RoomUse.LIBRARY, RoomUse.OFFICE)

VILLAGES = (("qianfeng", "前锋村"), ("dayou", "大有村"), ("xiangtang", "象塘村"), ("houshan", "后山村"))
SERVED = {
    "qianfeng": ("qianfeng", "qunxing", "zongyuan"),
    "dayou": ("dayou", "daoxiang"),
    "xiangtang": ("xiangtang", "fengping"),
    "houshan": ("wengqing",),
}
BUILDINGS = (("教学楼", 62), ("综合楼", 23), ("食堂", 10), ("厕所", 5))
"""Every school has these, with so many hundredths of its building area."""

ROOMS = {
    "综合楼": (("201", RoomUse.LIBRARY, 30), ("202", RoomUse.COMPUTER, 30), ("101", RoomUse.OFFICE, 25)),
    "食堂": (("食堂", RoomUse.CANTEEN, 80),),
    "厕所": (("厕所", RoomUse.TOILET, 85),),
}
"""Rooms beside the classrooms, with so many hundredths of their building."""

LARGEST_CLASSROOM = Decimal(54)


def _schools() -> list[SchoolRow]:
    return cast("list[SchoolRow]", invent.invent()["schools"])


def _share(total: Decimal | None, weights: Sequence[int]) -> list[Decimal]:
    """Split an area of whole square metres by weights."""
    assert total is not None, "the report gives it"
    return [Decimal(part) for part in invent.share(int(total), weights)]


# villages


def township_rows() -> list[Row]:
    """Return the township."""
    return [{"code": "fengshan", "name": "凤山镇"}]


def village_rows() -> list[Row]:
    """Return the four villages."""
    return [
        {"code": code, "name": name, "township": "fengshan", "district": "qianfeng"}
        for code, name in VILLAGES
    ]


def village_count_rows() -> list[Row]:
    """Let the report's totals fall on the villages."""
    totals = (
        (VillageMeasure.GROUPS, 61),
        (VillageMeasure.HOUSEHOLDS, 2_497),
        (VillageMeasure.PEOPLE, 10_196),
    )
    return [
        {"village": code, "measure": measure, "as_of": invent.COUNT_DAY, "value": value, "source": SOURCE}
        for measure, total in totals
        for (code, _), value in zip(VILLAGES, invent.share(total, (34, 27, 24, 15)), strict=True)
    ]


def served_rows() -> list[Row]:
    """Return which village a school serves."""
    return [
        {"school": school, "village": village, "since": invent.COUNT_DAY}
        for village, schools in SERVED.items()
        for school in schools
    ]


# land and buildings


def land_rows() -> list[Row]:
    """Cut the land of every school into campus, sports ground and school farm."""
    parts = (("校园", LandUse.SCHOOL, 66), ("运动场", LandUse.SPORTS, 26), ("劳动实践基地", LandUse.FARM, 8))
    return [
        {"school": school.code, "name": name, "area": area, "use": use, "since": LAND_SINCE}
        for school in _schools()
        for (name, use, _), area in zip(
            parts, _share(school.land_area, [weight for *_, weight in parts]), strict=True
        )
    ]


def premises_rows() -> list[Row]:
    """Cut the buildings of every school out of its building area."""
    dice = random.Random(invent.SEED + 1)
    rows: list[Row] = []
    for school in _schools():
        areas = _share(school.building_area, [weight for _, weight in BUILDINGS])
        for (name, _), area in zip(BUILDINGS, areas, strict=True):
            built = dice.randrange(2004, 2019)
            rows.append(
                {
                    "school": school.code,
                    "name": name,
                    "area": area,
                    "structure": Structure.FRAME if built >= 2009 else Structure.BRICK_CONCRETE,
                    "built_year": built,
                    "land": "校园",
                    "since": date(built, 9, 1),
                }
            )
    return rows


def room_rows() -> list[Row]:
    """Give every class a classroom, and every school its other rooms and a playground."""
    classes = [row.school for row in invent.classes()]
    rows: list[Row] = []
    for building in premises_rows():
        rows += _rooms(building, classes.count(building["school"]))
    for land in land_rows():
        if land["use"] is LandUse.SPORTS:
            field = {"number": "运动场", "use": RoomUse.FIELD, "area": land["area"], "since": land["since"]}
            rows.append({"school": land["school"], "land": land["name"], **field})
    return rows


def _rooms(building: Row, classes: int) -> Iterator[Row]:
    where = {"school": building["school"], "building": building["name"], "since": building["since"]}
    for number, use, area in _plan(building, classes):
        row = {**where, "number": number, "use": use, "area": area, "networked": use in NETWORKED}
        yield row | ({"capacity": 45} if use is RoomUse.CLASSROOM else {})


def _plan(building: Row, classes: int) -> list[tuple[str, RoomUse, Decimal]]:
    area: Decimal = building["area"]
    if building["name"] == "教学楼":
        size = min(LARGEST_CLASSROOM, (area * 7 / 10 / classes).quantize(Decimal(1)))
        return [(f"{1 + n // 4}0{1 + n % 4}", RoomUse.CLASSROOM, size) for n in range(classes)]
    return [
        (number, use, (area * weight / 100).quantize(Decimal("0.1")))
        for number, use, weight in ROOMS[building["name"]]
    ]
