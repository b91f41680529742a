from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.codes import CodeEnum, code_list
from xuequ.core.facts import Fact, payload
from xuequ.core.halfdays import Half
from xuequ.core.money import LIMIT, Money


@code_list("性别")
class Sex(CodeEnum):
    FEMALE = "2", "女"


class Rate(Enum):
    HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveApproved(Fact):
    name: ClassVar[str] = "test.leave_approved"
    version: ClassVar[int] = 2
    teacher_id: int
    cover_ids: tuple[int, ...]
    since: date
    cost: Money
    approved_at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Fact):
    name: ClassVar[str] = "test.noted"
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked(Fact):
    name: ClassVar[str] = "test.linked"
    teacher_id: int | None
    is_id: bool = True


APPROVED = LeaveApproved(
    teacher_id=2**62,
    cover_ids=(1, 2),
    since=date(2026, 9, 4),
    cost=Money.yuan("12.30"),
    approved_at=datetime(2026, 9, 3, 8, 30, tzinfo=UTC),
    note="病假",
)


def written(value: object) -> Any:
    return json.loads(payload(Noted(value=value)))["value"]


def test_a_fact_is_written_in_one_way_only() -> None:
    assert payload(APPROVED) == (
        '{"approved_at":"2026-09-03T08:30:00+00:00","cost":{"fen":1230},"cover_ids":["1","2"],'
        '"note":"病假","since":"2026-09-04","teacher_id":"4611686018427387904"}'
    )


def test_the_name_and_version_of_a_fact_are_no_part_of_its_payload() -> None:
    assert not {"name", "version"} & set(json.loads(payload(APPROVED)))
    assert (Fact.name, Fact.version, APPROVED.name, APPROVED.version) == ("", 1, "test.leave_approved", 2)


def test_a_fact_cannot_be_changed() -> None:
    loose: Any = APPROVED
    with pytest.raises(FrozenInstanceError):
        loose.note = "事假"


@given(st.integers(1, 2**63 - 1))
def test_an_id_is_text_since_javascript_cannot_hold_it(made: int) -> None:
    assert json.loads(payload(Linked(teacher_id=made)))["teacher_id"] == str(made)


def test_a_missing_id_stays_missing_and_a_yes_stays_a_yes() -> None:
    assert payload(Linked(teacher_id=None)) == '{"is_id":true,"teacher_id":null}'


@given(st.integers(-LIMIT, LIMIT))
def test_money_is_written_in_fen(fen: int) -> None:
    assert written(Money(fen)) == {"fen": fen}


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (True, True),
        (41, 41),
        ("一\n“二”", "一\n“二”"),
        (date(2026, 9, 4), "2026-09-04"),
        (datetime(2026, 9, 4, 8, tzinfo=timezone(timedelta(hours=8))), "2026-09-04T08:00:00+08:00"),
        (Sex.FEMALE, "2"),
        (Half.PM, 1),
        ((), []),
        ((Money(1), (Sex.FEMALE, date(2026, 9, 4))), [{"fen": 1}, ["2", "2026-09-04"]]),
    ],
)
def test_a_value_is_written_plainly(value: object, plain: object) -> None:
    assert written(value) == plain


@pytest.mark.parametrize("value", [0.5, 1.0, float("nan"), (1, 0.5), ((0.5,),)])
def test_a_float_is_refused_and_its_field_named(value: object) -> None:
    with pytest.raises(TypeError, match="value is a float"):
        written(value)


@pytest.mark.parametrize("value", [[0.5], {"rate": 0.5}, Rate.HALF])
def test_a_float_is_refused_wherever_it_hides(value: object) -> None:
    with pytest.raises(TypeError):
        written(value)


@pytest.mark.parametrize("value", [Decimal("0.5"), frozenset({1}), b"1", object()])
def test_a_value_with_no_plain_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        written(value)
