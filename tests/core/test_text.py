"""Text as people type it, and as spreadsheets take it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.text import bare, half_width, inert, person_name, visible
from xuequ.testing.strategies import names

LIVE = ("=", "+", "-", "@", "\t", "\r")
tricky = st.tuples(st.text("'", max_size=3), st.sampled_from(["", *LIVE]), st.text()).map("".join)
texts = st.text() | tricky


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "="])
def test_what_a_spreadsheet_would_take_for_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "王", "1", " =1", "'", "'王", "''", "a=b", "＝1"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == bare(text) == text


@given(texts)
def test_no_text_is_live_and_every_text_comes_back(text: str) -> None:
    written = inert(text)
    assert not written.startswith(LIVE)
    assert bare(written) == text


@given(texts, texts)
def test_two_texts_never_become_one(one: str, other: str) -> None:
    assert (inert(one) == inert(other)) is (one == other)


@given(st.text())
def test_what_is_shown_can_be_written_anywhere(text: str) -> None:
    shown = visible(text + "\ud800\0\u202e")
    shown.encode()
    assert not any(ord(sign) < 32 or sign == "\u202e" for sign in shown)


@given(names())
def test_a_name_is_shown_as_it_is(name: str) -> None:
    assert visible(name) == name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张　三", "张三"),
        ("张 三", "张三"),
        (" 欧 阳\u00a0修 ", "欧阳修"),
        ("𠮷 田", "𠮷田"),
        ("王\ue000 明", "王\ue000明"),
        ("〇 一", "〇一"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽 · 买买提"),
        ("Anna Maria", "Anna Maria"),
        ("Anna　 Maria 王 明", "Anna Maria 王明"),
        ("张\u200b三\ufeff", "张三"),
        ("", ""),
    ],
)
def test_blanks_between_han_characters_are_no_part_of_a_name(typed: str, name: str) -> None:
    assert person_name(typed) == name


@given(st.text() | names())
def test_a_name_that_is_in_order_stays_so(typed: str) -> None:
    name = person_name(typed)
    assert person_name(name) == name == name.strip()
    assert "".join(name.split()) == "".join(
        sign for sign in typed if not sign.isspace() and sign not in "\u00ad\u200b\u2060\ufeff"
    )


def test_only_full_width_signs_become_half_width() -> None:
    assert half_width("１２　Ａ－㎡²") == "12 A-㎡²"
