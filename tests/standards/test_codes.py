"""The standard code lists."""

from __future__ import annotations

import re
from datetime import date

import pytest

from xuequ.cli.lists import every_list
from xuequ.standards.codes.assets import AssetClass
from xuequ.standards.codes.people import Education, Ethnicity, Relation
from xuequ.standards.codes.spending import EconomicCode, FunctionCode
from xuequ.standards.codes.staff import BackboneLevel
from xuequ.standards.national import national


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


SECTIONS = {
    "301": ("01 02 03 06 07 08 09 10 11 12 13 14 99", "", ""),
    "302": ("", "01 02 04 05 06 07 08 09 11 14 15 16 17 18 24 26 27 28 29 31 39 40", "03 12 13 25 99"),
    "303": ("08", "", "05 09 99"),
    "310": ("", "03 05 06 07", "01 02 13 22 99"),
}
"""Class → last figures of its sections that were read in a text, quoted by somebody, or remembered."""


@pytest.mark.parametrize("kind", SECTIONS)
def test_a_class_has_the_sections_of_the_list_with_its_gaps_each_as_sure_as_it_was_read(kind: str) -> None:
    members = [one for one in EconomicCode if one.section_of.code == kind and len(one.code) == 5]
    for checked, last in zip(("text", "secondary", "memory"), SECTIONS[kind], strict=True):
        assert {one.code[3:] for one in members if one.checked == checked} == set(last.split()), checked


def test_every_section_belongs_to_a_class_of_the_list() -> None:
    assert {one.section_of.code for one in EconomicCode} == set(SECTIONS)


def test_daily_upkeep_and_major_repair_are_of_two_classes() -> None:
    assert EconomicCode.parse("日常维修").section_of is EconomicCode.GOODS
    assert EconomicCode.parse("大型修缮").section_of is EconomicCode.CAPITAL


def test_of_the_functions_of_education_only_general_education_was_read() -> None:
    codes = "205 20501 20502 2050201 2050202 2050203 2050299 20507 20508 2050801 2050803 20509 20599"
    assert [one.code for one in FunctionCode] == codes.split()
    assert [one.code for one in FunctionCode if one.checked == "text"] == ["20502"]
    assert {one.checked for one in FunctionCode} == {"text", "memory"}


def test_a_list_is_no_surer_than_its_weakest_member() -> None:
    assert EconomicCode.about().checked == FunctionCode.about().checked == "memory"


@pytest.mark.parametrize("day", [date(2022, 2, 28), date(2022, 3, 1)])
def test_the_six_classes_of_fixed_assets_are_read_in_the_old_words_and_the_new(day: date) -> None:
    named = [str(one) for one in national().listed("resources.asset.categories", on=day)]
    assert len(named) == 6
    if day.month == 3:
        assert [one.label for one in AssetClass] == named
    assert AssetClass.parse("通用设备") is AssetClass.parse("专用设备") is AssetClass.EQUIPMENT
