"""What the loader of packs takes, and what it refuses by file, key and field."""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from xuequ.core.money import Money
from xuequ.standards.errors import PackWrong
from xuequ.standards.loader import Pack, read_pack
from xuequ.standards.national import national

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
