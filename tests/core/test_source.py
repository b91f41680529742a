"""Where a record came from, as a value: in commands, views, facts and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from xuequ.core.facts import Fact, payload
from xuequ.core.fields import SourceField, View
from xuequ.core.source import Source


class Kept(View):
    source: SourceField


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Fact):
    name: ClassVar[str] = "test.said"
    source: Source


@pytest.mark.parametrize("kind", ["budget.claim", "a.b", "flows.leave.cover_2", "a." + "x" * 78])
def test_a_kind_is_a_part_and_a_thing_of_it(kind: str) -> None:
    assert str(Source(kind, 7)) == f"{kind}:7"


@pytest.mark.parametrize(
    "kind", ["", "budget", "Budget.claim", "budget.", ".claim", "1.a", "a b.c", "a.b\n", "a." + "x" * 79]
)
def test_what_is_no_kind_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="a source's kind is like"):
        Source(kind, 1)


@pytest.mark.parametrize("row_id", [0, -1, 2**63, True, 1.0, "1", None])
def test_what_is_no_rows_id_is_refused(row_id: Any) -> None:
    with pytest.raises(ValueError, match="row's id"):
        Source("a.b", row_id)


@given(st.integers(1, 2**63 - 1))
def test_its_id_is_a_string_in_json_and_comes_back_as_it_was(row_id: int) -> None:
    view = Kept(source=Source("budget.claim", row_id))
    text = view.model_dump_json()
    assert json.loads(text) == {"source": {"kind": "budget.claim", "id": str(row_id)}}
    assert Kept.model_validate_json(text) == view
    assert json.loads(payload(Said(source=view.source))) == json.loads(text)


@pytest.mark.parametrize(
    "values", [{"kind": "claim", "id": "1"}, {"kind": "a.b", "id": "x"}, {"id": 1}, "a.b:1", 1]
)
def test_what_cannot_be_read_as_a_source_is_refused(values: Any) -> None:
    with pytest.raises(ValidationError):
        Kept.model_validate({"source": values})
