from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import pytest

from xuequ.core.errors import (
    Busy,
    CellRequired,
    Conflict,
    DatabaseBusy,
    IllegalTransition,
    InexactMoney,
    Invalid,
    NotFound,
    NotPermitted,
    Place,
    Problem,
    Problems,
    RowTwice,
    RuleBroken,
    SpanBackwards,
    UnknownCode,
    XuequError,
    catalogue,
    concrete_errors,
    refuse_if,
)

KINDS = (NotFound, Conflict, NotPermitted, Invalid, RuleBroken, Busy)
CORE = sorted(
    (kind for kind in concrete_errors() if kind.__module__ == "xuequ.core.errors"), key=lambda kind: kind.code
)
SAMPLES: dict[str, Any] = {
    "str": "{某}%s",
    "int": 7,
    "tuple[Problem, ...]": (
        Problem(CellRequired(), Place(sheet="教师", row=3)),
        Problem(RowTwice(key="T1", first_row=2)),
    ),
}

every_core_error = pytest.mark.parametrize("kind", CORE, ids=lambda kind: kind.code)


def sample(kind: type[XuequError]) -> XuequError:
    return kind(
        **{name: SAMPLES[field.annotation] for name, field in inspect.signature(kind).parameters.items()}
    )


def several(count: int) -> list[Problem]:
    return [Problem(RowTwice(key=f"T{row:03}", first_row=2), Place(row=row)) for row in range(3, 3 + count)]


# One error


@every_core_error
def test_an_error_survives_pickling_and_copying_with_its_fields(kind: type[XuequError]) -> None:
    error = sample(kind)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is kind
        assert str(twin) == str(error)
        assert list(twin.facts()) == list(error.facts())


def test_the_fields_that_come_back_have_the_values_that_went_in() -> None:
    error = RowTwice(key="T001", first_row=4)
    twin = pickle.loads(pickle.dumps(error))
    assert twin.facts() == error.facts() == {"key": "T001", "first_row": 4}


def test_the_problems_that_come_back_keep_their_places() -> None:
    problems = pickle.loads(pickle.dumps(Problems(problems=tuple(several(2)))))
    assert [problem.place for problem in problems.problems] == [Place(row=3), Place(row=4)]
    assert [problem.error.facts()["key"] for problem in problems.problems] == ["T003", "T004"]


@every_core_error
def test_an_error_says_what_is_wrong_what_to_do_and_its_code(kind: type[XuequError]) -> None:
    error = sample(kind)
    assert str(error) == f"{error.message()} {error.remedy()}[{kind.code}]"
    for language in ("zh", "en"):
        assert error.message(language).strip()
        assert error.remedy(language).strip()


@every_core_error
def test_an_error_is_of_one_of_the_six_kinds_and_stands_in_the_catalogue(kind: type[XuequError]) -> None:
    assert sum(issubclass(kind, base) for base in KINDS) == 1
    assert kind.code.startswith("core.")
    assert set(catalogue()[kind.code]) == {"zh", "zh_remedy", "en", "en_remedy"}


def test_no_two_errors_have_the_same_code() -> None:
    assert len({kind.code for kind in CORE}) == len(CORE)
    assert not {*KINDS, XuequError} & {*concrete_errors()}


def test_an_error_speaks_chinese_first_and_english_when_asked() -> None:
    error = IllegalTransition(machine="请假", from_="草稿", to="已批准")
    assert error.message() == "“请假”不能由“草稿”变为“已批准”。"
    assert error.remedy() == "请先办理中间的步骤。"
    assert error.message("en") == "“请假” cannot go from “草稿” to “已批准”."
    assert error.remedy("en") == "Take the steps between first."


def test_a_remedy_may_name_the_values_of_its_error() -> None:
    error = UnknownCode(list="性别", text="未知", known="男、女")
    assert error.remedy() == "可填：男、女。"
    assert error.remedy("en") == "It knows: 男、女."


def test_braces_in_a_value_are_shown_as_they_are() -> None:
    assert InexactMoney(value="{text}").message("en") == "{text} is not an exact number of fen."


def test_fields_are_given_by_name_and_none_may_be_left_out() -> None:
    loose: Any = SpanBackwards
    for arguments, named in (
        ((1, 2), {}),
        ((), {"since": "1"}),
        ((), {"since": "1", "until": "2", "more": "3"}),
    ):
        with pytest.raises(TypeError):
            loose(*arguments, **named)


def test_a_short_form_shows_the_code_and_no_values() -> None:
    assert repr(DatabaseBusy(reason="locked")) == "<DatabaseBusy core.database_busy>"


def test_two_errors_alike_are_still_two() -> None:
    one, other = CellRequired(), CellRequired()
    assert one != other
    assert len({one, other}) == 2


def test_a_host_catches_an_error_by_its_kind() -> None:
    with pytest.raises(Busy):
        raise DatabaseBusy(reason="locked")


# Places


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place(sheet="教师"), "表“教师”"),
        (Place(row=12), "第12行"),
        (Place(column="性别"), "“性别”栏"),
        (Place(value="未知"), "（未知）"),
        (Place(sheet="教师", row=12, column="性别", value="未知"), "表“教师”第12行“性别”栏（未知）"),
    ],
)
def test_a_place_names_what_is_known_of_it(place: Place, text: str) -> None:
    assert str(place) == text


# Several problems


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem(CellRequired(), Place(sheet="教师", row=12, column="姓名"))
    assert problem.text() == "表“教师”第12行“姓名”栏：必填而为空。 请填写。"
    assert problem.text("en") == "表“教师”第12行“姓名”栏：It is required and empty. Fill it in."


def test_a_problem_without_a_place_says_what_only() -> None:
    assert Problem(CellRequired()).text() == "必填而为空。 请填写。"


def test_a_problem_at_a_place_of_which_nothing_is_known_says_what_only() -> None:
    assert Problem(CellRequired(), Place()).text() == "必填而为空。 请填写。"


@pytest.mark.parametrize(("count", "listed"), [(1, 1), (10, 10), (11, 10), (250, 10)])
def test_at_most_ten_problems_are_listed_and_all_are_counted(count: int, listed: int) -> None:
    error = Problems(problems=tuple(several(count)))
    head, *lines = error.message().splitlines()
    assert head == f"共有 {count} 处问题："
    assert lines == [problem.text() for problem in several(count)[:listed]]
    assert len(error.problems) == count


def test_problems_are_listed_in_english_when_asked() -> None:
    error = Problems(problems=(Problem(CellRequired()), Problem(RowTwice(key="T1", first_row=2))))
    assert error.message("en").splitlines() == [
        "There are 2 problems:",
        "It is required and empty. Fill it in.",
        "It repeats row 2 (T1). Keep one of them.",
    ]


def test_no_problems_refuse_nothing() -> None:
    refuse_if([])


def test_one_problem_without_a_place_is_raised_as_itself() -> None:
    error = CellRequired()
    with pytest.raises(CellRequired) as caught:
        refuse_if([Problem(error)])
    assert caught.value is error


@pytest.mark.parametrize("problems", [several(1), several(3), [Problem(CellRequired())] * 2])
def test_a_problem_with_a_place_or_several_are_raised_together(problems: list[Problem]) -> None:
    with pytest.raises(Problems) as caught:
        refuse_if(problems)
    assert caught.value.problems == tuple(problems)
