from __future__ import annotations

import json
import pickle

import pytest

from xuequ.core.access import Post
from xuequ.core.codes import CodeEnum, CodeList, code_list
from xuequ.core.errors import UnknownCode


@code_list("性别", standard="GB/T 2261.1", checked="memory")
class Sex(CodeEnum):
    MALE = "1", "男", "男性"
    FEMALE = "2", "女", "女性"


@code_list("票种")
class Ballot(CodeEnum):
    OPEN = "open", "举手"
    SECRET = "secret", "无记名 投票"


@code_list("统计项目")
class Measure(CodeEnum):
    BOOKS = "books", "图书（册）", "图书"


@pytest.mark.parametrize("text", ["1", 1, "男", "男性", "１", " 男 ", "男\u3000性", "男\n"])
def test_a_code_a_label_and_an_alias_name_the_same_member(text: str | int) -> None:
    assert Sex.parse(text) is Sex.MALE


@pytest.mark.parametrize("kind", [Sex, Post])
def test_every_member_is_found_by_all_its_names(kind: type[CodeEnum]) -> None:
    for member in kind:
        assert {kind.parse(name) for name in (member.code, member.label, *member.aliases)} == {member}


def test_a_member_knows_its_code_its_label_and_its_aliases() -> None:
    assert (Sex.FEMALE.code, Sex.FEMALE.label, Sex.FEMALE.aliases) == ("2", "女", ("女性",))
    assert Ballot.OPEN.aliases == ()


def test_a_member_is_its_code_where_text_is_wanted() -> None:
    assert str(Sex.MALE) == f"{Sex.MALE}" == "1"
    assert json.dumps({"sex": Sex.MALE}) == '{"sex": "1"}'
    assert Sex("2") is Sex.FEMALE


def test_a_member_survives_pickling_as_itself() -> None:
    assert pickle.loads(pickle.dumps(Post.PRINCIPAL)) is Post.PRINCIPAL


def test_a_list_says_where_it_comes_from_and_how_sure_that_is() -> None:
    assert Sex.about() == CodeList("性别", "GB/T 2261.1", "memory")


def test_a_list_of_our_own_is_marked_as_such() -> None:
    assert Ballot.about() == CodeList("票种", standard="xuequ", checked="text")


@pytest.mark.parametrize("text", ["3", 3, "", "未知", "男女", "MALE"])
def test_text_outside_the_list_is_refused_and_the_list_named(text: str | int) -> None:
    with pytest.raises(UnknownCode) as caught:
        Sex.parse(text)
    assert caught.value.facts() == {"list": "性别", "text": str(text), "known": "男、女"}


@pytest.mark.parametrize(
    ("kind", "text"), [(Measure, "图书（册）"), (Measure, "图书(册)"), (Ballot, "无记名 投票")]
)
def test_a_label_with_a_blank_or_full_width_brackets_is_found(kind: type[CodeEnum], text: str) -> None:
    assert kind.parse(text) in kind
