"""Invents schools' figures, classes and persons of the example: the rows of ``qianfeng.xlsx``.

The totals are the article's: 8 schools, 47 classes, 603 pupils of whom 155 in preschool, 66 teachers
(5 + 37 + 24), 18,994 m², 4,715 m², 19,520 books, 58 computers, 21 whiteboards. Everything below the totals
is made up by a fixed seed: every name, number and birthday, and how the totals fall on the schools. No
person here exists.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from xuequ.core.fields import Command
from xuequ.registry.schemas.set_up import ClassRow, PlaceRow, PupilRow, SchoolRow, StaffRow, StatementRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.figures import Quantity, Wording
from xuequ.registry.states.people import Sex
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title

SEED = 20_260_901
YEAR = 2026
COUNT_DAY = date(YEAR, 9, 1)

SCHOOLS = (
    ("qianfeng", "前锋中心学校", SchoolKind.CENTRAL),
    ("qunxing", "群兴完小", SchoolKind.COMPLETE),
    ("zongyuan", "棕园完小", SchoolKind.COMPLETE),
    ("dayou", "大有完小", SchoolKind.COMPLETE),
    ("daoxiang", "稻香完小", SchoolKind.COMPLETE),
    ("xiangtang", "象塘完小", SchoolKind.COMPLETE),
    ("fengping", "凤平完小", SchoolKind.COMPLETE),
    ("wengqing", "翁箐小学", SchoolKind.TEACHING_POINT),
)
GRADES = {
    "qianfeng": (1, 2, 3, 4, 5, 6),
    "qunxing": (1, 2, 3, 4, 5, 6),
    "zongyuan": (1, 2, 3, 4, 6),
    "dayou": (1, 2, 3, 4, 5, 6),
    "daoxiang": (1, 2, 4, 5, 6),
    "xiangtang": (1, 2, 3, 5, 6),
    "fengping": (1, 2, 3, 4, 5),
    "wengqing": (1, 2),
}
"""The grades of each school: 40 primary classes; preschool is everywhere but at the teaching point."""

PUPIL_WEIGHTS = {"qianfeng": 20, "wengqing": 8}
STAFF_WEIGHTS = {"qianfeng": 11, "wengqing": 3}

SURNAMES = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧"
    "程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎字左鲁禹茶毕施段"
)
GIVEN = (
    "文华明志军丽芳秀英敏静强磊洋勇艳杰娟涛超霞平刚桂玉兰凤春梅海"
    "燕云龙雪晨宇欣怡子涵梓轩浩然思雨佳慧嘉俊鹏天睿博梦瑶"
)


def share(total: int, weights: Sequence[int]) -> list[int]:
    """Split a whole number by weights, the largest remainders first."""
    whole = sum(weights)
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def invent_name(dice: random.Random) -> str:
    """Make up a name of two or three characters."""
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))


def day_in(dice: random.Random, first: date, days: int) -> date:
    """Return some day of a stretch."""
    return first + timedelta(days=dice.randrange(days))


def schools(dice: random.Random) -> Iterator[SchoolRow]:
    """Let the article's totals fall on the schools."""
    weights = [len(GRADES[code]) * 10 + dice.randrange(12) for code, _, _ in SCHOOLS]
    totals = (18_994, 4_715, 19_520, 58, 21)
    columns = [[Decimal(part) for part in share(total, weights)] for total in totals]
    for (code, name, kind), figures in zip(SCHOOLS, zip(*columns, strict=True), strict=True):
        land, building, books, computers, whiteboards = figures
        yield SchoolRow(
            code=code,
            name=name,
            kind=kind,
            land_area=land,
            building_area=building,
            books=books,
            computers=computers,
            whiteboards=whiteboards,
        )


def classes() -> list[ClassRow]:
    """Form 40 primary and 7 preschool classes."""
    formed: list[ClassRow] = []
    for code, _, kind in SCHOOLS:
        if kind is not SchoolKind.TEACHING_POINT:
            formed.append(ClassRow(school=code, stage=Stage.PRESCHOOL, entry_year=YEAR, number=1))
        for grade in GRADES[code]:
            formed.append(ClassRow(school=code, stage=Stage.PRIMARY, entry_year=YEAR + 1 - grade, number=1))
    return formed


def pupils(dice: random.Random, formed: Sequence[ClassRow]) -> Iterator[PupilRow]:
    """Invent 155 preschool and 448 primary pupils."""
    serial = 0
    for stage, total in ((Stage.PRESCHOOL, 155), (Stage.PRIMARY, 448)):
        rooms = [row for row in formed if row.stage is stage]
        weights = [PUPIL_WEIGHTS.get(row.school, 11) + dice.randrange(3) for row in rooms]
        for row, heads in zip(rooms, share(total, weights), strict=True):
            age = 6 if stage is Stage.PRIMARY else 5
            for _ in range(heads):
                serial += 1
                yield PupilRow(
                    pupil_no=f"QF{serial:05d}",
                    name=invent_name(dice),
                    sex=dice.choice((Sex.MALE, Sex.FEMALE)),
                    birth_date=day_in(dice, date(row.entry_year - age - 1, 9, 1), 365),
                    school=row.school,
                    stage=row.stage,
                    entry_year=row.entry_year,
                    number=row.number,
                    since=date(row.entry_year, 9, 1),
                )


def staff(dice: random.Random) -> Iterator[StaffRow]:
    """Invent 66 teachers: 5 senior, 37 first grade, 24 second grade."""
    weights = [STAFF_WEIGHTS.get(code, 8) for code, _, _ in SCHOOLS]
    places = [
        code for (code, _, _), heads in zip(SCHOOLS, share(66, weights), strict=True) for _ in range(heads)
    ]
    titles = [Title.SENIOR] * 5 + [Title.FIRST] * 37 + [Title.SECOND] * 24
    dice.shuffle(titles)
    for serial, (place, title) in enumerate(zip(places, titles, strict=True), 1):
        oldest = {Title.SENIOR: 1968, Title.FIRST: 1974, Title.SECOND: 1988}[title]
        born = day_in(dice, date(oldest, 1, 1), 365 * 12)
        since = date(dice.randrange(max(born.year + 22, 2005), YEAR + 1), 9, 1)
        yield StaffRow(
            staff_no=f"T{serial:03d}",
            name=invent_name(dice),
            sex=dice.choice((Sex.MALE, Sex.FEMALE, Sex.FEMALE)),
            birth_date=born,
            title=title,
            school=place,
            since=since,
        )


def statements() -> list[StatementRow]:
    """Return the figures as the article prints them."""
    source = "前锋学区管理经验交流材料"
    teachers = "有专技教师66人"
    people = Quantity.PUPILS
    lines = (
        ("下辖8所学校", "8", Quantity.SCHOOLS, None, Wording.EXACT, ""),
        ("有47个教学班", "47", Quantity.CLASSES, None, Wording.EXACT, ""),
        ("在校生603人", "603", people, None, Wording.EXACT, ""),
        ("含学前班155人", "155", Quantity.PRESCHOOL_PUPILS, None, Wording.EXACT, ""),
        (teachers, "66", Quantity.STAFF, None, Wording.EXACT, ""),
        ("高级教师5人", "5", Quantity.SENIOR_STAFF, None, Wording.EXACT, teachers),
        ("一级教师37人", "37", Quantity.FIRST_STAFF, None, Wording.EXACT, teachers),
        ("二级教师24人", "24", Quantity.SECOND_STAFF, None, Wording.EXACT, teachers),
        ("总占地面积18994平方米", "18994", Quantity.LAND_AREA, None, Wording.EXACT, ""),
        ("生均占地面积32.4平方米", "32.4", Quantity.LAND_AREA, people, Wording.ROUNDED, ""),
        ("校舍建筑面积4715平方米", "4715", Quantity.BUILDING_AREA, None, Wording.EXACT, ""),
        ("生均使用面积达到了8平方米", "8", Quantity.BUILDING_AREA, people, Wording.AT_LEAST, ""),
        ("图书19520册", "19520", Quantity.BOOKS, None, Wording.EXACT, ""),
        ("生均图书33.3册", "33.3", Quantity.BOOKS, people, Wording.ROUNDED, ""),
        ("电子白板21块", "21", Quantity.WHITEBOARDS, None, Wording.EXACT, ""),
        ("电脑58台", "58", Quantity.COMPUTERS, None, Wording.EXACT, ""),
    )
    return [
        StatementRow(
            label=label,
            printed=printed,
            numerator=top,
            denominator=bottom,
            wording=wording,
            part_of=part_of,
            source=source,
        )
        for label, printed, top, bottom, wording, part_of in lines
    ]


def invent() -> dict[str, list[Command]]:
    """Return the rows of every sheet; the same ones each time."""
    dice = random.Random(SEED)
    place = PlaceRow(
        county="530921",
        county_name="凤庆县教育体育局",
        district="qianfeng",
        district_name="凤山镇前锋学区",
        as_of=COUNT_DAY,
    )
    formed = classes()
    return {
        "place": [place],
        "schools": [*schools(dice)],
        "classes": [*formed],
        "staff": [*staff(dice)],
        "pupils": [*pupils(dice, formed)],
        "statements": [*statements()],
    }
