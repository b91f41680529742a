"""The standard code lists."""

from __future__ import annotations

import re

import pytest

from xuequ.cli.lists import every_list
from xuequ.standards.codes.people import Education, Ethnicity, Relation
from xuequ.standards.codes.spending import EconomicCode, FunctionCode
from xuequ.standards.codes.staff import BackboneLevel


def test_there_are_56_ethnic_groups_numbered_from_1() -> None:
    groups = [one for one in Ethnicity if one.label.endswith("族")]
    assert [one.code for one in groups] == [f"{number:02d}" for number in range(1, 57)]
    assert len({one.label for one in groups}) == 56


@pytest.mark.parametrize("lists", every_list(), ids=lambda one: one.__name__)
def test_no_two_members_of_a_list_are_written_alike(lists: type[Education]) -> None:
    ways = [way for one in lists for way in {one.code, one.label, *one.aliases}]
    assert len(ways) == len(set(ways))


@pytest.mark.parametrize(
    ("education", "level", "reached"),
    [
        (Education.COLLEGE, Education.COLLEGE, True),
        (Education.BACHELOR, Education.COLLEGE, True),
        (Education.DOCTOR, Education.BACHELOR, True),
        (Education.SECONDARY_SPECIALISED, Education.COLLEGE, False),
        (Education.OTHER, Education.PRIMARY, False),
    ],
)
def test_a_higher_education_reaches_a_lower_level(
    education: Education, level: Education, reached: bool
) -> None:
    assert education.reaches(level) is reached


def test_backbone_of_county_and_above() -> None:
    reached = [one for one in BackboneLevel if one.reaches(BackboneLevel.COUNTY)]
    assert BackboneLevel.SCHOOL not in reached and len(reached) == 4


def test_grandparents_are_told_apart() -> None:
    assert [Relation.parse(word).code for word in ("爷爷", "奶奶", "外公", "姥姥")] == [
        "61",
        "62",
        "63",
        "64",
    ]


def test_sections_belong_to_classes_and_know_how_they_were_checked() -> None:
    assert EconomicCode.TRAINING.section_of is EconomicCode.GOODS
    assert EconomicCode.GOODS.section_of is EconomicCode.GOODS
    assert all(re.fullmatch(r"\d{3}(\d{2})?", one.code) for one in EconomicCode)
    assert all(re.fullmatch(r"205(\d{2}(\d{2})?)?", one.code) for one in FunctionCode)
    assert EconomicCode.PERFORMANCE_PAY.checked == "text"
    assert EconomicCode.STUDENT_AID.checked == "text"
    assert EconomicCode.TRAINING.checked == "secondary"
    assert EconomicCode.MAJOR_REPAIR.checked == "secondary"
    assert EconomicCode.UPKEEP.checked == "memory"
    assert EconomicCode.BUILDINGS.checked == "memory"
    assert {one.checked for one in EconomicCode} == {"text", "secondary", "memory"}
