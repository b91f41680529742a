"""Initials of names: every reading is found, and none is found that is not one."""

from __future__ import annotations

import re
import string
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core import pinyin
from xuequ.core.errors import ExtraMissing
from xuequ.core.pinyin import LONGEST, MARKS, MOST, initials_pattern, require_pinyin, spell

SURNAMES = "赵钱孙李曾单解仇区尉迟万俟盖查翟朴乐繁缪覃任华员种折令狐长孙澹台𠮷䶮〇"
signs = st.one_of(st.sampled_from(SURNAMES), st.characters(codec="utf-8"))


def like(kept: str, pattern: str) -> bool:
    """Compare as SQL's LIKE does."""
    return re.fullmatch(".*".join(map(re.escape, pattern.split("%"))), kept, re.S) is not None


def readings(kept: str) -> list[str]:
    """Return the letters of each sign."""
    return re.split(f"[{MARKS}]", kept)[1:-1]


@given(st.text(signs, max_size=30), st.data())
def test_every_reading_finds_the_name_from_its_beginning(name: str, data: st.DataObject) -> None:
    kept = spell(name)
    assert kept is not None and len(kept) <= LONGEST
    letters = readings(kept)
    typed = "".join(data.draw(st.sampled_from(some)) for some in letters)
    for end in range(1, len(typed) + 1):
        assert like(kept, initials_pattern(typed[:end].lower()))
    assert not like(kept, initials_pattern(typed + "a")) or len(typed) == MOST


@given(st.text(signs, min_size=1, max_size=8), st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8))
def test_other_letters_do_not_find_it(name: str, typed: str) -> None:
    kept = spell(name)
    assert kept is not None
    letters = readings(kept)
    wanted = len(typed) <= len(letters) and all(
        letter in some for letter, some in zip(typed.upper(), letters, strict=False)
    )
    assert like(kept, initials_pattern(typed)) == wanted


@given(st.text(max_size=40))
def test_no_name_is_refused(name: str) -> None:
    assert spell(name) is not None


def test_names_are_spelled_as_they_are_kept() -> None:
    assert spell("曾小明") == "①CZ②X③M④"
    assert spell("张 三") == spell("张·三") == "①Z②S③"
    assert spell("Anna 李") == "①A②N③N④A⑤L⑥"
    assert spell("") == spell(" ·") == "①"
    assert spell("𠮷") == f"①{string.ascii_uppercase}②"
    long = spell("单" * 100)
    assert long is not None and long.count("CDS") == MOST and long.endswith(MARKS[-1])


def test_without_the_extra_there_are_no_initials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    pinyin.first_letters.cache_clear()
    assert spell("张三") is None
    with pytest.raises(ExtraMissing):
        require_pinyin()
    monkeypatch.undo()
    assert spell("张三") is not None


def test_each_sign_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    import pypinyin  # noqa: PLC0415 — an optional library

    asked: list[str] = []
    known: Any = pypinyin.pinyin

    def look_up(sign: str, **more: Any) -> Any:
        asked.append(sign)
        return known(sign, **more)

    monkeypatch.setattr(pypinyin, "pinyin", look_up)
    pinyin.first_letters.cache_clear()
    for _ in range(50):
        spell("张三丰张")
    assert asked == ["张", "三", "丰"]
