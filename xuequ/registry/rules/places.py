"""Pure decisions about places: schools, districts, villages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.access import OUTSIDE
from xuequ.core.errors import Problem, UnknownCode
from xuequ.registry.errors.places import (
    CountAhead,
    DistrictNotEmpty,
    GovernanceBackwards,
    IdentifierUnfit,
    SchoolNotOpen,
    SecondLegalPerson,
    StageNotTaught,
)
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import IdentifierKind, SchoolKind

_COUNTY_CODE = re.compile("[0-9]{6}")


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What rules ask of a school; an unknown day of opening lies before every other."""

    id: int
    code: str
    name: str
    kind: SchoolKind
    district_id: int | None = None
    legal_person: bool = False
    preschool_attached: bool = False
    opened_on: date | None = None
    closed_on: date | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that it teaches."""
        return stages_of(self.kind, preschool_attached=self.preschool_attached)


def stages_of(kind: SchoolKind, *, preschool_attached: bool) -> tuple[Stage, ...]:
    """Return the stages that a school teaches: those of its kind, and of an attached preschool class.

    Source: our decision; a nine-year school 九年一贯制 has two, an attached class 附设学前班 adds one.

    >>> [stage.label for stage in stages_of(SchoolKind.NINE_YEAR, preschool_attached=True)]
    ['学前', '小学', '初中']
    """
    own = kind.stages
    return (Stage.PRESCHOOL, *own) if preschool_attached and Stage.PRESCHOOL not in own else own


def check_stage(school: SchoolFacts, stage: Stage) -> list[Problem]:
    """Refuse a class of a stage that the kind of the school does not teach; preschool may be attached.

    Source: our decision.
    """
    if stage in school.stages or stage is Stage.PRESCHOOL:
        return []
    taught = "、".join(one.label for one in school.stages)
    return [Problem(StageNotTaught(school=school.name, stage=stage.label, taught=taught))]


def is_open(school: SchoolFacts, on: date) -> bool:
    """Tell whether a school is open on a day.

    Source: our decision; the day of closing is the first day without it.
    """
    begun = school.opened_on is None or school.opened_on <= on
    return begun and (school.closed_on is None or on < school.closed_on)


def check_open(school: SchoolFacts, on: date, last: date | None = None) -> list[Problem]:
    """Refuse what needs a school that is open from a day on: until a last day, and without one for good.

    Source: our decision.
    """
    stays = school.closed_on is None if last is None else is_open(school, last)
    if is_open(school, on) and stays:
        return []
    opened, closed = (str(day) if day else "未登记" for day in (school.opened_on, school.closed_on))
    error = SchoolNotOpen(school=school.name, on=str(on), opened=opened, closed=closed)
    return [Problem(error)]


def is_legal_person(kind: SchoolKind, *, outside: bool, wanted: bool | None) -> bool:
    """Tell whether a school is a legal person 法人: in a district the central school, and no other.

    Outside any district a school is one unless it is said not to be.

    Source: the article 二 (学区内其他学校不具有法人资格); outside a district our decision.
    """
    if outside:
        return wanted is not False
    return kind is SchoolKind.CENTRAL


def check_central(name: str, kind: SchoolKind, central: str | None) -> list[Problem]:
    """Refuse a second central school in a district.

    Args:
        central: the name of the other open school that is the central one, None without one.

    Source: the article 二 (学区内其他学校不具有法人资格).
    """
    if kind is not SchoolKind.CENTRAL or central is None:
        return []
    return [Problem(SecondLegalPerson(school=name, central=central))]


def check_identifier(identifier: str, county: str) -> list[Problem]:
    """Refuse what cannot be a school's identifier 学校（机构）标识码 in this county; all reasons at once.

    It has 10 digits and no check digit: 2 of the kind of school, 2 of the province, 6 of a serial number.

    Args:
        county: the county's code, whose first two digits are the province's.

    Source: 教育部《学校（机构）代码管理办法》 (2011); read from descriptions of it, not from its text.
    """
    reasons: list[str] = []
    if not re.fullmatch("[0-9]{10}", identifier):
        reasons.append("不是 10 位数字")
    else:
        try:
            IdentifierKind.parse(identifier[:2])
        except UnknownCode:
            reasons.append(f"没有学校类别 {identifier[:2]}")
        if _COUNTY_CODE.fullmatch(county) and identifier[2:4] != county[:2]:
            reasons.append(f"第三、四位 {identifier[2:4]} 不是本省的 {county[:2]}")
    return [Problem(IdentifierUnfit(identifier=identifier, reason=reason)) for reason in reasons]


def check_governance(since: date, current: date | None) -> list[Problem]:
    """Refuse a governance mode that does not begin later than the present one.

    Source: our decision.
    """
    if current is None or current < since:
        return []
    return [Problem(GovernanceBackwards(since=str(since), current=str(current)))]


def check_count_day(village: str, as_of: date, today: date) -> list[Problem]:
    """Refuse a figure of a day that has not come.

    Source: our decision.
    """
    return [Problem(CountAhead(village=village, as_of=str(as_of)))] if today < as_of else []


def check_dissolution(district: str, schools: Sequence[str], villages: Sequence[str]) -> list[Problem]:
    """Refuse to dissolve a district that has open schools or serves villages.

    Source: our decision.
    """
    left = [f"学校 {'、'.join(schools)}"] if schools else []
    left += [f"村 {'、'.join(villages)}"] if villages else []
    return [Problem(DistrictNotEmpty(district=district, left="；".join(left)))] if left else []


def school_path(code: str, *, outside: bool) -> str:
    """Return how a school is named below its door's place: its code, or ``-/code`` outside any district.

    Source: ADR 0007.
    """
    return f"{OUTSIDE}/{code}" if outside else code
