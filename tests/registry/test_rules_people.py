"""What the search box means, how names are compared, what may stand in a reason, how values are masked."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.core.spans import DaySpan
from xuequ.registry.rules.id_numbers import check_sign
from xuequ.registry.rules.merging import (
    Held,
    Identity,
    Ward,
    check_merge,
    check_roles,
    check_wards,
    open_roles,
)
from xuequ.registry.rules.people import (
    Search,
    Wanted,
    check_person,
    check_reason,
    mask_document,
    name_key,
    read_search,
)
from xuequ.registry.states.people import Sex
from xuequ.standards.codes.people import DocumentKind

CITIZEN = "53092120100101123" + check_sign("53092120100101123")
DAY, LATER = date(2026, 9, 1), date(2027, 2, 1)


@pytest.mark.parametrize(
    ("text", "wanted", "key"),
    [
        ("张三", Wanted.NAME, "张三"),
        (" 张　三 ", Wanted.NAME, "张三"),
        ("阿依·古丽", Wanted.NAME, "阿依古丽"),
        ("ཚེ་རིང", Wanted.NAME, "ཚེ་རིང"),
        ("O'Brien", Wanted.NAME, "O'Brien"),
        ("zs", Wanted.INITIALS, "zs"),
        ("Ｚ Ｓ", Wanted.INITIALS, "ZS"),
        (CITIZEN, Wanted.DOCUMENT, CITIZEN),
        (f"'{CITIZEN[:6]} {CITIZEN[6:]}", Wanted.DOCUMENT, CITIZEN),
        ("138 0000 1234", Wanted.PHONE, "13800001234"),
        ("G" + CITIZEN, Wanted.NUMBER, "G" + CITIZEN),
        ("T-001", Wanted.NUMBER, "T-001"),
        ("53092120100101", Wanted.NUMBER, "53092120100101"),
    ],
)
def test_a_text_in_the_search_box_is_understood(text: str, wanted: Wanted, key: str) -> None:
    search = read_search(text)
    assert isinstance(search, Search)
    assert (search.wanted, search.text) == (wanted, key)
    assert key not in repr(search)


@pytest.mark.parametrize("text", ["", " ", "·", "　", "张\x00", "\ud800"])
def test_a_text_without_anything_to_search_by_is_refused(text: str) -> None:
    assert isinstance(read_search(text), Problem)


@given(st.text("张三李·• \u3000a", max_size=8), st.integers(0, 8))
def test_blanks_and_points_make_no_other_name(name: str, at: int) -> None:
    assert name_key(name[:at] + " " + name[at:]) == name_key(name) == name_key(name_key(name))


def test_a_reason_that_is_fit_passes() -> None:
    for reason in ("核对学籍", "县教发〔2026〕12号", "2026-09-01 家访", "第 1234567 号".replace("7", "七")):
        assert check_reason(reason, ["张三", ""]) == []


def test_everything_unfit_in_a_reason_is_said() -> None:
    found = check_reason("给张 三打１３８-００００-１２３４\n" + "x" * 200, ["张三"])
    told = [problem.error.facts()["what"] for problem in found]
    assert told == ["超过 200 个字符", "含有控制字符", "含有号码", "含有姓名"]
    assert len(check_reason(" ")) == 1


@given(st.integers(0, 999))
def test_a_mask_beside_the_birth_date_does_not_give_a_citizen_number_away(sequence: int) -> None:
    body = f"53092120100101{sequence:03d}"
    assert mask_document(DocumentKind.IDENTITY_CARD, body + check_sign(body)) == "530921" + "*" * 12


@given(st.text("0123456789ABCDE", max_size=20))
def test_a_mask_hides_a_third_at_least_and_keeps_the_length(number: str) -> None:
    shown = mask_document(DocumentKind.OTHER, number)
    assert len(shown) == len(number) and shown.count("*") * 3 >= len(number)


def test_nobody_begins_before_being_born() -> None:
    assert check_person(None, DAY) == check_person(date(2020, 1, 1), DAY) == []
    assert len(check_person(DAY, DAY)) == 1


# merging


def identity(**values: object) -> Identity:
    said: dict[str, object] = {"name": "张三", "sex": Sex.MALE, "birth_date": None, "document": None}
    return Identity(**{**said, **values})  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


identities = st.builds(
    Identity,
    st.sampled_from(["张三", "张 三", "李四"]),
    st.sampled_from(Sex),
    st.sampled_from([None, DAY, LATER]),
    st.sampled_from([None, "a", "b"]),
)


@given(identities, identities)
def test_whether_two_contradict_does_not_depend_on_which_is_kept(one: Identity, other: Identity) -> None:
    fields = [[p.error.facts()["field"] for p in check_merge(*pair)] for pair in ((one, other), (other, one))]
    assert fields[0] == fields[1]
    assert check_merge(one, one) == []


def test_what_one_does_not_say_agrees_with_everything() -> None:
    silent = identity(sex=Sex.UNSTATED)
    assert check_merge(silent, identity(name="张 三", birth_date=DAY, document="a", sex=Sex.FEMALE)) == []
    full = identity(birth_date=DAY, document="a")
    other = Identity("李四", Sex.FEMALE, LATER, "b")
    assert len(check_merge(full, other)) == 4


def test_roles_overlap_only_between_the_two_and_for_the_same_thing() -> None:
    def held(
        who: int, role: str = "在读", once: int = 0, since: date = DAY, until: date | None = None
    ) -> Held:
        return Held(who, role, once, DaySpan(since, until))

    assert check_roles([held(1, until=LATER), held(2, since=LATER)], 1) == []
    assert check_roles([held(1), held(1)], 1) == []
    assert check_roles([held(1), held(2, role="任职")], 1) == []
    assert check_roles([held(1, "监护", 7), held(2, "监护", 8)], 1) == []
    for kept in (1, 2):
        assert len(check_roles([held(1), held(2, since=LATER), held(2, until=LATER)], kept)) == 2


def test_a_role_that_ends_today_is_over() -> None:
    def role(until: date | None, since: date = DAY) -> Held:
        return Held(1, "在读", 0, DaySpan(since, until))

    assert open_roles([role(LATER)], LATER) == []
    assert len(open_roles([role(LATER)], date(2027, 1, 31))) == 1
    assert len(open_roles([role(None), role(None, since=LATER)], DAY)) == 2


def test_a_ward_may_not_become_the_own_guardian() -> None:
    assert len(check_wards([Ward(1, 2, 9), Ward(1, 2, 9)], 1, 2)) == 1
    assert len(check_wards([Ward(2, 1, 9)], 1, 2)) == 1
    assert check_wards([Ward(1, 3, 9), Ward(3, 2, 9)], 1, 2) == []
