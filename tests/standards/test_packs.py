"""The packs in the wheel, and what the loader refuses."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import cast

import pytest

from xuequ.core.errors import Problems
from xuequ.core.money import Money
from xuequ.core.standards import StandardNotSet, Standards
from xuequ.standards.errors import PackWrong
from xuequ.standards.loader import Pack, read_pack
from xuequ.standards.national import combine, every_pack, national
from xuequ.standards.service import list_rules

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


def wrong(pack: Pack) -> list[tuple[str, str, str]]:
    errors = [cast(PackWrong, problem.error) for problem in pack.problems]
    return [(error.file, error.key, error.field) for error in errors]


# the loader


def test_a_right_entry_is_taken() -> None:
    pack = read_pack("p.toml", ENTRY)
    assert pack.problems == ()
    assert [one.value for one in pack.standards] == [Money(20)]
    assert [one.key for one in pack.declared] == ["party.dues.flat"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (('value = "0.20"', "value = 0.20"), "value"),
        (('value = "0.20"', 'value = "much"'), "value"),
        (('value = "0.20"', ""), "value"),
        (('kind = "money"', 'kind = "cash"'), "kind"),
        (('kind = "money"', ""), "kind"),
        (('label = "党费"', ""), "label"),
        (('label = "党费"', "label = 3"), "label"),
        (("since = 2008-04-01", ""), "since"),
        (("since = 2008-04-01", 'since = "2008"'), "since"),
        (("since = 2008-04-01", "since = 2008-04-01\nuntil = 2008-04-01"), "until"),
        (("since = 2008-04-01", 'since = 2008-04-01\nuntil = "later"'), "until"),
        (('authority = "中组发〔2008〕3号"', ""), "authority"),
        (('checked = "secondary"', ""), "checked"),
        (('checked = "secondary"', 'checked = "surely"'), "checked"),
        (('checked = "secondary"', 'checked = "text"\nstrength = "perhaps"'), "strength"),
        (('checked = "secondary"', 'checked = "text"\nbound = "wall"'), "bound"),
        (('checked = "secondary"', 'checked = "text"\nset_by = "village"'), "set_by"),
        (('checked = "secondary"', 'checked = "text"\nplace = 53'), "place"),
        (('checked = "secondary"', 'checked = "text"\nauthor = "x"'), "author"),
    ],
)
def test_a_wrong_entry_is_refused_by_file_key_and_field(change: tuple[str, str], field: str) -> None:
    pack = read_pack("p.toml", ENTRY.replace(*change))
    assert ("p.toml", "party.dues.flat", field) in wrong(pack)


@pytest.mark.parametrize("text", ['"a.b" = 3', "[a]\nb = 3", '["a.b"]\nvalue = 3'])
def test_a_key_that_is_no_list_of_entries_is_refused(text: str) -> None:
    assert [field for _, _, field in wrong(read_pack("p.toml", text))] == ["条目"]


def test_what_is_no_toml_is_refused_as_a_whole() -> None:
    assert wrong(read_pack("p.toml", "[[")) == [("p.toml", "", "TOML")]


def test_all_problems_of_a_file_are_named_at_once() -> None:
    two = ENTRY.replace('"0.20"', "0.20") + ENTRY.replace("flat", "bands").replace("since", "sense")
    assert {key for _, key, _ in wrong(read_pack("p.toml", two))} == {"party.dues.flat", "party.dues.bands"}


def test_later_entries_take_label_and_kind_from_the_first_and_places_may_be_many() -> None:
    more = '[["party.dues.flat"]]\nvalue = "1"\nsince = 2008-04-01\nplace = ["53", "36"]\n'
    more += 'authority = "省"\nchecked = "memory"\n'
    pack = read_pack("p.toml", ENTRY + more)
    assert pack.problems == ()
    assert [(one.place, one.label) for one in pack.standards] == [
        ("", "党费"),
        ("53", "党费"),
        ("36", "党费"),
    ]


def test_a_file_of_a_county_names_known_keys_and_needs_no_label() -> None:
    known = national().declared
    text = '[["leadership.visits_per_term"]]\nvalue = 4\nsince = 2026-09-01\n'
    text += 'authority = "文"\nchecked = "text"\n'
    pack = read_pack("own.toml", text + 'reason = "补录"\n', known)
    assert pack.problems == () and pack.declared == ()
    assert [(one.label, one.value, one.note) for one in pack.standards] == [
        ("挂钩领导到挂钩学校督导每学期次数", 4, "补录")
    ]
    assert wrong(read_pack("own.toml", text.replace("visits", "trips"), known)) == [
        ("own.toml", "leadership.trips_per_term", "键名")
    ]
    assert wrong(read_pack("own.toml", text + 'place = "53"\n', known)) == [
        ("own.toml", "leadership.visits_per_term", "place")
    ]


# the packs


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
        "budget.claims.bands",
        "autonomy.envelope.base",
        "leadership.visits_per_term",
        "resources.staff_per_class",
        "budget.insurance.rate",
    ],
)
def test_what_is_for_the_county_or_district_to_set_has_no_default_that_looks_like_law(key: str) -> None:
    with pytest.raises(StandardNotSet):
        national("530921/qianfeng").value(key, on=TODAY)


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
