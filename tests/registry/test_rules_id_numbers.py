"""Numbers of identity documents and telephones: what is caught, what only warns, what is never refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem, XuequError
from xuequ.registry.errors.people import (
    AreaOfAnotherKind,
    AreaUnknown,
    CitizenNumberBirth,
    CitizenNumberCheck,
    CitizenNumberShape,
    DocumentContradicts,
    DocumentCut,
    DocumentMaybeCut,
    DocumentUnusual,
    NotTheHouseholdBook,
    OldNumberConverted,
    PhoneUnreadable,
)
from xuequ.registry.rules.id_numbers import (
    Examined,
    bare_number,
    check_sign,
    document_contradictions,
    examine_document,
    holds_citizen_number,
    is_citizen_number,
    is_mobile,
    read_phone,
)
from xuequ.registry.states.people import Province, Sex
from xuequ.standards.codes.people import DocumentKind

TODAY = date(2026, 9, 1)
CARD = DocumentKind.IDENTITY_CARD
AREAS = ("533522", "530921", "110101", "990000", "659001")


def made(area: str, born: date, sequence: int) -> str:
    """Make a number as the standard says."""
    body = f"{area}{born:%Y%m%d}".replace(" ", "0") + f"{sequence:03d}"
    return body + check_sign(body)


numbers = st.builds(
    made,
    st.sampled_from([province.code for province in Province if province.code < "80"]).flatmap(
        lambda province: st.integers(0, 9999).map(lambda rest: f"{province}{rest:04d}")
    ),
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(0, 999),
)


def errors(problems: tuple[Problem, ...]) -> list[type[XuequError]]:
    return [type(problem.error) for problem in problems]


def examine(text: str, kind: DocumentKind = CARD) -> Examined:
    return examine_document(kind, text, TODAY)


def test_the_check_sign_is_that_of_the_standards_own_example() -> None:
    assert check_sign("11010519491231002") == "X"
    assert check_sign("44052418800101001") == "4"


@given(numbers)
def test_every_made_number_passes(number: str) -> None:
    examined = examine(number)
    assert examined.problems == ()
    assert examined.document is not None and examined.document.number == number
    assert set(errors(examined.warnings)) <= {DocumentMaybeCut}
    assert f"{examined.document.birth_date:%Y%m%d}" == number[6:14]
    assert examined.document.sex is (Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_changed_sign_is_caught(number: str, at: int, sign: str) -> None:
    changed = number[:at] + sign + number[at + 1 :]
    assert (examine(changed).document is None) == (changed != number)


@given(numbers, st.integers(0, 16))
def test_every_exchange_of_neighbours_is_caught(number: str, at: int) -> None:
    changed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    assert (examine(changed).document is None) == (changed != number)


@given(numbers, st.data())
def test_it_does_not_matter_how_a_number_is_typed(number: str, data: st.DataObject) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if data.draw(st.booleans()) else sign for sign in number)
    at = data.draw(st.integers(0, 18))
    typed = f"'{wide[:at]}\u3000{wide[at:]}\u202c \t".lower()
    assert bare_number(typed) == number
    assert examine(number).document is not None
    assert examine(typed).document == examine(number).document


@given(st.text(max_size=30))
def test_no_text_of_a_problem_repeats_what_was_typed(text: str) -> None:
    for kind in DocumentKind:
        examined = examine(text, kind)
        for problem in (*examined.problems, *examined.warnings):
            assert len(bare_number(text)) < 7 or bare_number(text) not in problem.text() + repr(problem)
        assert (examined.document is None) == bool(examined.problems)


@pytest.mark.parametrize("area", ["533522", "530921"])
def test_people_born_in_the_articles_own_county_are_not_even_warned_of(area: str) -> None:
    examined = examine(made(area, date(1985, 5, 1), 12))
    assert examined.document is not None and examined.warnings == ()


def test_an_area_of_no_province_only_warns() -> None:
    examined = examine(made("990000", date(1985, 5, 1), 12))
    assert examined.document is not None and errors(examined.warnings) == [AreaUnknown]


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", CitizenNumberShape),
        ("53092120100101123", CitizenNumberShape),
        ("5309212010010112345", CitizenNumberShape),
        ("5309212010010112A4", CitizenNumberShape),
        ("X30921201001011234", CitizenNumberShape),
        ("53092X201001011234", CitizenNumberShape),
        ("٥٣٠٩٢١٢٠١٠٠١٠١١٢٣٤", CitizenNumberShape),
        ("530921201001011235", CitizenNumberCheck),
        ("5.30921E+17", DocumentCut),
        ("5.30921201001011E17", DocumentCut),
        ("530921201001011234.0", DocumentCut),
        ("530921850501123.", DocumentCut),
        ("530921201001011000", DocumentCut),
    ],
)
def test_each_way_of_being_wrong_has_its_name(typed: str, wanted: type[XuequError]) -> None:
    assert errors(examine(typed).problems) == [wanted]


@pytest.mark.parametrize("born", ["20230229", "20101301", "20100100", "00000101", "20260902"])
def test_a_birth_date_is_a_real_day_that_has_come(born: str) -> None:
    body = f"530921{born}123"
    assert errors(examine(body + check_sign(body)).problems) == [CitizenNumberBirth]
    wrong = "0123456789X".replace(check_sign(body), "")[3]
    assert errors(examine(body + wrong).problems) == [CitizenNumberBirth, CitizenNumberCheck]


def test_who_is_born_today_is_born() -> None:
    assert examine(made("530921", TODAY, 1)).document is not None


def test_a_number_that_ends_in_zeros_and_fits_may_be_right() -> None:
    hundreds = (made("530921", date(2010, 1, day), n * 100) for day in range(1, 32) for n in range(10))
    examined = examine(next(number for number in hundreds if number.endswith("000")))
    assert examined.document is not None and errors(examined.warnings) == [DocumentMaybeCut]


def test_an_old_number_is_converted_with_a_warning() -> None:
    examined = examine("530921850501123")
    assert examined.document is not None
    assert examined.document.number == made("530921", date(1985, 5, 1), 123)
    assert errors(examined.warnings) == [OldNumberConverted]
    centenarian = examine("530921850501996").document
    assert centenarian is not None and centenarian.birth_date == date(1885, 5, 1)
    assert errors(examine("530921851301123").problems) == [CitizenNumberBirth]


def test_what_a_number_contradicts_is_said_at_once() -> None:
    document = examine(made("530921", date(2010, 1, 1), 123)).document
    assert document is not None
    assert document_contradictions(document, date(2010, 1, 1), Sex.MALE) == []
    assert document_contradictions(document, None, Sex.UNKNOWN) == []
    assert document_contradictions(document, None, Sex.UNSTATED) == []
    found = document_contradictions(document, date(2010, 1, 2), Sex.FEMALE)
    assert errors(tuple(found)) == [DocumentContradicts] * 2
    assert [problem.error.facts()["field"] for problem in found] == ["出生日期", "性别"]


@pytest.mark.parametrize(
    ("kind", "area", "warned"),
    [
        (DocumentKind.RESIDENCE_PERMIT, "810000", []),
        (DocumentKind.RESIDENCE_PERMIT, "830000", []),
        (DocumentKind.RESIDENCE_PERMIT, "530921", [AreaOfAnotherKind]),
        (CARD, "820000", [AreaOfAnotherKind]),
        (DocumentKind.FOREIGN_RESIDENT, "953156", []),
        (DocumentKind.FOREIGN_RESIDENT, "530921", [AreaUnknown]),
    ],
)
def test_permits_bear_citizen_numbers_of_their_own_areas(
    kind: DocumentKind, area: str, warned: list[type[XuequError]]
) -> None:
    number = made(area, date(2010, 1, 1), 123)
    examined = examine(number, kind)
    assert examined.document is not None and errors(examined.warnings) == warned
    assert examine(number[:17] + "0X"[number[17] == "0"], kind).document is None


def test_numbers_of_other_kinds_are_kept_as_they_are_and_only_warned_of() -> None:
    for kind, usual in (
        (DocumentKind.PASSPORT, "E12345678"),
        (DocumentKind.HONG_KONG, "H1234567890"),
        (DocumentKind.TAIWAN, "12345678"),
        (DocumentKind.FOREIGN_RESIDENT, "YEM310081010902"),
        (DocumentKind.HOUSEHOLD_BOOK, "凤003215"),
        (DocumentKind.OFFICER, "军字第1234567号"),
    ):
        examined = examine(usual.lower(), kind)
        assert examined.document is not None and examined.document.number == usual
        assert examined.warnings == ()
        assert repr(examined).find(usual) < 0
    assert errors(examine("E1", DocumentKind.PASSPORT).warnings) == [DocumentUnusual]
    assert errors(examine(" ", DocumentKind.PASSPORT).problems) == [DocumentUnusual]
    assert errors(examine("1.2E+11", DocumentKind.TAIWAN).problems) == [DocumentCut]


def test_a_citizen_number_is_not_that_of_a_household_book() -> None:
    number = made("530921", date(2010, 1, 1), 123)
    assert errors(examine(number, DocumentKind.HOUSEHOLD_BOOK).problems) == [NotTheHouseholdBook]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13800001234", "13800001234"),
        ("+86 138-0000-1234", "13800001234"),
        ("0086１３８００００１２３４", "13800001234"),
        ("8613800001234", "13800001234"),
        ("（0883）4212345", "08834212345"),
        ("0883－4212345", "08834212345"),
        ("4212345", "4212345"),
        ("+852 1234 5678", "+85212345678"),
        ("+95(1)1234567", "+9511234567"),
    ],
)
def test_a_telephone_number_has_one_form(typed: str, kept: str) -> None:
    assert read_phone(typed) == (kept, [])
    assert read_phone(kept) == (kept, [])


@pytest.mark.parametrize(
    "typed", ["", "1380000123", "138000012345", "1.38E+10", "13800001234.0", "无", "12800001234", "+0123"]
)
def test_what_is_no_telephone_number_is_refused_without_repeating_it(typed: str) -> None:
    kept, problems = read_phone(typed)
    assert kept == "" and errors(tuple(problems)) == [PhoneUnreadable]
    assert len(typed) < 5 or typed not in problems[0].text()


def test_short_tests_tell_numbers_apart() -> None:
    assert is_citizen_number(made("530921", date(2010, 1, 1), 123))
    assert not is_citizen_number("530921201001011235") and not is_citizen_number("530921850501123")
    assert is_mobile("138 0000 1234") and not is_mobile("08834212345")


@given(numbers, st.text("GL学号-", max_size=3), st.text("AB-", max_size=2))
def test_a_citizen_number_inside_another_number_is_seen_however_it_is_wrapped(
    number: str, before: str, after: str
) -> None:
    assert holds_citizen_number(before + number + after)
    assert holds_citizen_number(before + " ".join(number) + after)
    assert not holds_citizen_number(before + number[:17] + after)


@pytest.mark.parametrize("number", ["QF00036", "T001", "20260900001", "G5335221990051200", ""])
def test_an_offices_own_numbers_hold_none(number: str) -> None:
    assert not holds_citizen_number(number)
