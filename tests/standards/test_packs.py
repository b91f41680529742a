"""The packs in the wheel."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from importlib.resources import files
from itertools import pairwise
from typing import cast

import pytest

from xuequ.core.access import Post
from xuequ.core.codes import CodeEnum
from xuequ.core.errors import Problems
from xuequ.core.money import Money
from xuequ.core.standards import StandardNotSet, Standards
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.staff import Title
from xuequ.standards.codes.people import Education, Ethnicity
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import BackboneLevel
from xuequ.standards.loader import read_pack
from xuequ.standards.national import combine, every_pack, national
from xuequ.standards.service import list_rules
from xuequ.unified.budget.states.ledger import Book

ENTRY = """
[["party.dues.flat"]]
label = "党费"
kind = "money"
value = "0.20"
since = 2008-04-01
authority = "中组发〔2008〕3号"
checked = "secondary"
"""
TODAY = date(2026, 11, 24)


def test_every_entry_has_label_authority_and_how_sure_it_is() -> None:
    for one in every_pack():
        assert one.label and one.authority and one.checked in ("text", "secondary", "memory"), one.key
        assert one.strength in ("", "must", "usually", "may") and one.bound in (
            "",
            "floor",
            "ceiling",
            "fixed",
        )


def test_every_key_is_in_one_pack_only_and_has_a_value_or_somebody_to_set_it() -> None:
    seen: dict[str, str] = {}
    for file in files("xuequ.standards").joinpath("packs").iterdir():
        for one in read_pack(file.name, file.read_text("utf-8")).declared:
            assert one.key not in seen, (one.key, seen[one.key], file.name)
            seen[one.key] = file.name
            assert one.set_by or every_pack().of(one.key), one.key
    assert set(seen) == set(every_pack().declared)


def test_no_value_holds_before_the_document_it_stands_on() -> None:
    for one in every_pack():
        years = [int(year) for year in re.findall(r"[〔（](\d{4})(?:[〕）]| 年起| 年公布)", one.authority)]
        assert all(year <= one.span.since.year for year in years), (one.key, one.authority, one.span.since)


def test_between_two_versions_of_a_rule_no_day_is_left_out() -> None:
    for key in every_pack().declared:
        for before, after in pairwise(every_pack().of(key)):
            if before.place == after.place:
                assert before.span.until == after.span.since, (key, before.place)


def test_only_what_was_read_in_the_named_document_is_marked_so() -> None:
    for one in every_pack():
        if "读到的是" in one.note or "只见于" in one.note or "由竞赛规程定" in one.note:
            assert one.checked != "text", one.key


def test_our_own_conventions_bind_nobody_and_have_no_force_of_law() -> None:
    ours = [one for one in every_pack() if one.authority == "本库约定"]
    assert len(ours) > 20
    for one in ours:
        assert one.bound == "" and one.strength in ("", "usually"), one.key


def test_what_is_left_to_a_place_has_no_value_for_the_nation() -> None:
    for key, one in every_pack().declared.items():
        if one.set_by:
            assert all(value.place for value in every_pack().of(key)), key


def test_shares_lie_between_nothing_and_the_whole() -> None:
    shares = [one for one in every_pack() if re.search(r"(_share|quorum|\.coverage)$", one.key)]
    assert len(shares) > 15
    for one in shares:
        assert isinstance(one.value, int | Fraction) and 0 < one.value <= 1, one.key


def codes_in(key: str, column: str = "") -> set[str]:
    """Every code that a list, a text or a column of any version holds."""
    found: set[str] = set()
    for one in every_pack().of(key):
        cells = one.value if isinstance(one.value, tuple) else (one.value,)
        found |= {str(cell[column]) if isinstance(cell, Mapping) else str(cell) for cell in cells}
    return {code for cell in found for code in cell.split("+")}


@pytest.mark.parametrize(
    ("key", "column", "known"),
    [
        ("teaching.shares", "subjects", Subject),
        ("teaching.timetable.morning_subjects", "", Subject),
        ("teaching.timetable.late_subjects", "", Subject),
        ("resources.textbooks.recycled_subjects", "", Subject),
        ("balance.2017.l3_subjects", "", Subject),
        ("balance.2017.above_required.primary", "", Education),
        ("balance.2017.above_required.junior", "", Education),
        ("balance.2012.above_required.primary", "", Education),
        ("balance.2012.middle_titles_from", "", Title),
        ("balance.2017.backbone_from", "", BackboneLevel),
        ("equity.aid.small_groups", "", Ethnicity),
        ("budget.books", "", Book),
        ("budget.operating.stages", "", Stage),
        ("budget.nutrition.stages", "", Stage),
        ("budget.insurance.stages", "", Stage),
        ("leave.cover.assigned_by", "", Post),
        ("resources.textbooks.ordered_by", "", Post),
        ("resources.supplements.ordered_by", "", Post),
        ("resources.review_papers.printed_by", "", Post),
        ("resources.asset.bought_by", "", Post),
    ],
)
def test_a_code_in_a_pack_is_a_code_of_its_list(key: str, column: str, known: type[CodeEnum]) -> None:
    assert codes_in(key, column) and codes_in(key, column) <= {one.code for one in known}


def test_the_eight_small_groups_of_yunnan_are_named() -> None:
    codes = codes_in("equity.aid.small_groups")
    names = {one.label[:-1] for one in Ethnicity if one.code in codes}
    assert names == {"景颇", "布朗", "阿昌", "普米", "怒", "德昂", "独龙", "基诺"}


def test_one_entry_that_cannot_be_taken_refuses_all_packs() -> None:
    good, bad = read_pack("a.toml", ENTRY), read_pack("b.toml", ENTRY.replace('"0.20"', "0.20"))
    assert combine([good]).money("party.dues.flat", on=TODAY) == Money(20)
    with pytest.raises(Problems) as refused:
        combine([good, bad])
    assert "b.toml" in str(refused.value) and "party.dues.flat" in str(refused.value)


def test_a_province_s_value_holds_in_its_own_counties_only() -> None:
    day, key = date(2018, 9, 1), "budget.operating.primary"
    assert national("530921/qianfeng").money(key, on=day) == Money.yuan(600)
    assert national("440103").money(key, on=day) == Money.yuan(650)
    assert national().money(key, on=day) == Money.yuan(600)


@pytest.mark.parametrize(
    ("key", "day", "value"),
    [
        ("budget.operating.primary", date(2016, 9, 1), Money.yuan(600)),
        ("budget.operating.primary", date(2022, 9, 1), Money.yuan(650)),
        ("budget.operating.primary", date(2023, 9, 1), Money.yuan(720)),
        ("budget.operating.junior", date(2023, 9, 1), Money.yuan(940)),
        ("budget.operating.small_school_counts", TODAY, 100),
        ("budget.training_share", TODAY, Fraction(1, 20)),
        ("budget.nutrition.rate", date(2021, 8, 31), Money.yuan(4)),
        ("budget.nutrition.rate", date(2021, 9, 1), Money.yuan(5)),
        ("budget.care_fee.last_year_charged", date(2025, 8, 31), True),
        ("budget.care_fee.last_year_charged", date(2025, 9, 1), False),
        ("resources.asset.capital_from", date(2010, 1, 1), Money.yuan(500)),
        ("resources.asset.capital_from", TODAY, Money.yuan(1000)),
        ("resources.pupils_per_staff.primary.rural", date(2014, 1, 1), 23),
        ("resources.pupils_per_staff.primary.rural", TODAY, 19),
        ("resources.pupils_per_staff.junior.rural", TODAY, Fraction(27, 2)),
        ("party.development.notice_working_days", date(2026, 5, 17), 0),
        ("party.development.notice_working_days", date(2026, 5, 18), 5),
        ("leave.head_approves_days", TODAY, Fraction(1, 2)),
        ("evaluation.excellent.usual_share", date(2016, 12, 31), Fraction(3, 20)),
        ("evaluation.excellent.most_share", date(2016, 12, 31), Fraction(1, 5)),
        ("evaluation.pay.basic_share", TODAY, Fraction(7, 10)),
        ("events.training.hours", date(2010, 1, 1), 240),
        ("events.training.hours", TODAY, 360),
        ("inspection.tests.cross_school", date(2021, 8, 29), True),
        ("inspection.tests.cross_school", date(2021, 8, 30), False),
        ("balance.2017.cv.primary", TODAY, Fraction(1, 2)),
        ("balance.2017.cv.junior", TODAY, Fraction(9, 20)),
        ("balance.2012.cv.primary", TODAY, Fraction(13, 20)),
        ("status.suspension_months", TODAY, 12),
        ("status.transfer_working_days", TODAY, 10),
        ("status.dropout_weeks", TODAY, 4),
        ("calendar.weeks.total", TODAY, 39),
        ("calendar.first_lesson.primary", TODAY, "08:20"),
        ("schooling.grades.preschool", TODAY, 1),
        ("schooling.grades.primary", TODAY, 6),
        ("schooling.grades.junior", TODAY, 3),
        ("schooling.year_begins", TODAY, "09-01"),
    ],
)
def test_a_known_rule_has_its_value_on_its_day(key: str, day: date, value: object) -> None:
    assert national("530921").value(key, on=day) == value


def test_the_aid_of_yunnan_rises_in_2025() -> None:
    here = national("530921")
    assert here.money("equity.aid.boarder.primary", on=date(2025, 8, 31)) == Money.yuan(1000)
    assert here.money("equity.aid.boarder.primary", on=date(2025, 11, 1)) == Money.yuan(1250)
    assert here.entry("equity.aid.boarder.primary", on=date(2025, 11, 1)).place == "53"


def test_the_dues_bands_are_whole_base_bands_in_order() -> None:
    rows = national().rows("party.dues.bands", on=TODAY)
    assert [row.get("upto") for row in rows] == [*map(Money.yuan, (3000, 5000, 10000)), None]
    assert [row["rate"] for row in rows] == [Fraction(n, 200) for n in (1, 2, 3, 4)]


def test_the_holidays_of_2026_give_84_teaching_days_from_september() -> None:
    """88 plain weekdays, less those off, with two make-up days: as counted by hand from the notice."""
    rows = national().rows("calendar.holidays", on=date(2026, 9, 1))
    days = {"off": set[date](), "work": set[date]()}
    for row in rows:
        first, last = cast(date, row["first"]), cast(date, row["last"])
        days[str(row["kind"])] |= {
            date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)
        }
    assert (len(days["off"]), len(days["work"])) == (33, 6)
    autumn = [
        date.fromordinal(n) for n in range(date(2026, 9, 1).toordinal(), date(2026, 12, 31).toordinal() + 1)
    ]
    plain = [day for day in autumn if day.weekday() < 5]
    taught = [day for day in autumn if day in days["work"] or (day.weekday() < 5 and day not in days["off"])]
    assert (len(plain), len(taught)) == (88, 84)


@pytest.mark.parametrize(
    "key",
    [
        "autonomy.envelope.base",
        "autonomy.envelope.per_pupil",
        "autonomy.envelope.remainder",
        "budget.care_fee.attached_exempt",
        "budget.care_fee.standard",
        "budget.claims.bands",
        "budget.claims.split_days",
        "budget.council.ratify_within_days",
        "budget.insurance.rate",
        "calendar.holiday_week_keeps_number",
        "equity.aid.cut_off",
        "equity.retention.formula",
        "evaluation.excellent.base_has_newcomers",
        "evaluation.pay.parts",
        "evaluation.tie_break",
        "events.meet.age_on",
        "events.safety.pupils_per_adult",
        "events.training.per_day_most",
        "events.union.gift_limit",
        "inspection.analysis.denominator",
        "inspection.exam.seats",
        "inspection.sweeps.office",
        "leadership.visits_per_term",
        "party.development.redo_after_months",
        "party.dues.first_month",
        "party.dues.rounding",
        "party.lecture.per_quarter",
        "resources.load.head_teacher_periods",
        "resources.rotation.eligible_years",
        "resources.staff_per_class",
        "resources.weak_result.k",
        "teaching.pace.tolerance_periods",
        "teaching.timetable.weights",
    ],
)
def test_what_is_for_the_county_or_district_to_set_has_no_default_that_looks_like_law(key: str) -> None:
    with pytest.raises(StandardNotSet):
        national("530921/qianfeng").value(key, on=TODAY)


@pytest.mark.parametrize(
    ("key", "day", "checked"),
    [
        # read in the words of the named document
        ("party.branch_meeting.per_quarter", TODAY, "text"),
        ("party.votes.ordinary", TODAY, "text"),
        ("party.transfer.away_months", TODAY, "text"),
        ("budget.duties.cashier", TODAY, "text"),
        ("budget.duties.bookkeeper", TODAY, "text"),
        ("budget.provisional_uses", TODAY, "text"),
        ("budget.nutrition.canteen_wages_from", TODAY, "text"),
        ("events.union.fund_share", TODAY, "text"),
        ("resources.asset.capital_from", TODAY, "text"),
        ("resources.pupils_per_staff.primary.rural", date(2014, 1, 1), "text"),
        ("teaching.weekly_periods", TODAY, "text"),
        ("balance.2017.cv.primary", TODAY, "text"),
        # quoted by somebody
        ("party.dues.bands", TODAY, "secondary"),
        ("party.theme_day.per_month", TODAY, "secondary"),
        ("party.votes.election", TODAY, "secondary"),
        ("party.development.notice_working_days", TODAY, "secondary"),
        ("budget.nutrition.rate", TODAY, "secondary"),
        ("budget.operating.primary", date(2022, 9, 1), "secondary"),
        ("budget.operating.small_school_counts", TODAY, "secondary"),
        ("budget.duties.bookkeeper", date(2024, 6, 30), "secondary"),
        ("events.training.hours", TODAY, "secondary"),
        ("resources.rotation.share", TODAY, "secondary"),
        ("status.transfer_working_days", TODAY, "secondary"),
        ("evaluation.excellent.most_share", date(2016, 12, 31), "secondary"),
        # remembered
        ("budget.operating.primary", TODAY, "memory"),
        ("budget.operating.boarding", TODAY, "memory"),
        ("budget.nutrition.rate", date(2021, 8, 31), "memory"),
        ("budget.parallel_entries", TODAY, "memory"),
        ("budget.duties.kin_avoided", TODAY, "memory"),
        ("party.study_hours.member", TODAY, "memory"),
        ("events.womens_day.half_days", TODAY, "memory"),
        ("events.safety.off_site_approval", TODAY, "memory"),
        ("evaluation.votes.assembly", TODAY, "memory"),
        ("evaluation.assembly.delegates_from", TODAY, "memory"),
        ("evaluation.excellent.most_share", TODAY, "memory"),
        ("inspection.analysis.low_below", TODAY, "memory"),
        ("resources.asset.depreciation", TODAY, "memory"),
        ("resources.supplements.margin", TODAY, "memory"),
        ("teaching.pe_daily", TODAY, "memory"),
    ],
)
def test_a_figure_is_as_sure_as_its_source_was_read(key: str, day: date, checked: str) -> None:
    assert national("530921").entry(key, on=day).checked == checked


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("36", "resources.rotation.eligible_years", 6),
        ("36", "budget.insurance.rate", Money.yuan(5)),
        ("23", "resources.supplements.from_grade", 3),
        ("35", "resources.supplements.consent", True),
        ("53", "resources.textbooks.free.primary", Money.yuan(90)),
        ("53", "equity.aid.small_groups_extra", Money.yuan(250)),
    ],
)
def test_what_was_read_of_a_province_stands_at_the_province(place: str, key: str, value: object) -> None:
    found = national(place).entry(key, on=TODAY)
    assert (found.place, found.value) == (place, value)


def test_a_floor_is_declared_where_the_law_says_never_lower() -> None:
    assert national().entry("budget.operating.primary", on=TODAY).bound == "floor"


# listing


def test_unchecked_lists_exactly_what_was_not_read_in_the_text() -> None:
    here = national("530921")
    holding = [one for key in here.declared if (one := here.find(key, on=TODAY))]
    doubtful = {one.key for one in holding if one.checked != "text"}
    listed = list_rules(here, on=TODAY, unchecked=True)
    assert {view.key for view in listed} == doubtful and doubtful
    assert {view.checked for view in listed} == {"secondary", "memory"}


def test_a_list_holds_every_key_also_those_that_nobody_has_set() -> None:
    listed = list_rules(national(), on=TODAY)
    assert [view.key for view in listed] == sorted(every_pack().declared)
    unset = {view.key for view in listed if not view.is_set}
    assert "budget.claims.bands" in unset


def test_the_beginning_of_keys_lists_those_below_it_only() -> None:
    keys = {view.key for view in list_rules(national(), "party.dues.bands", on=TODAY)}
    assert keys == {"party.dues.bands", "party.dues.bands.retired"}
    assert list_rules(national(), "party.due", on=TODAY) == []


def test_an_empty_set_of_standards_lists_nothing() -> None:
    assert list_rules(Standards([]), on=TODAY) == []
