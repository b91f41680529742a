"""Types of fields that commands and views share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from xuequ.core.source import Source
from xuequ.core.text import person_name


def _id(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


Id = Annotated[int, BeforeValidator(_id), PlainSerializer(str, return_type=str, when_used="json")]
"""A row id: a 63-bit integer in Python, a string in JSON, since JavaScript cannot hold it."""


def _source(value: Any) -> Any:
    return {**value, "id": _id(value.get("id"))} if isinstance(value, dict) else value  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _source_json(source: Source) -> dict[str, str]:
    return {"kind": source.kind, "id": str(source.id)}


SourceField = Annotated[
    Source, BeforeValidator(_source), PlainSerializer(_source_json, dict[str, str], when_used="json")
]
"""Where a record came from; its id is a string in JSON as every id is."""


def clean_text(text: str) -> str:
    """Return text without blanks around it.

    Control characters, NUL, lone surrogates and the two signs that no file may hold are refused.

    Nothing is refused by character class: rare characters of names lie in every plane of Unicode.
    """
    wrong = _UNFIT.search(text)
    if wrong is not None:
        raise ValueError(f"不能含有控制字符 U+{ord(wrong[0]):04X}")
    return text.strip()


_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""The categories Cc and Cs of Unicode, and the two signs."""


Text = Annotated[str, AfterValidator(clean_text), Field(max_length=200)]
Name = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=100)]
PersonName = Annotated[
    str, AfterValidator(clean_text), AfterValidator(person_name), Field(min_length=1, max_length=100)
]
"""A person's name as registers hold it: 张　三 is 张三."""

CODE = "[a-z0-9][a-z0-9_-]{0,39}"
"""The form of a code of our own."""

Code = Annotated[str, Field(pattern=f"^{CODE}$", max_length=40)]
"""A code of our own in paths and files: small letters, digits, ``-`` and ``_``."""

Number = Annotated[str, AfterValidator(clean_text), Field(min_length=1, max_length=40)]
"""A number that is text: a staff number, a pupil number."""

Measured = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2)]
"""A measured quantity with at most two decimals."""


class Command(BaseModel):
    """What goes into a use case; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class View(BaseModel):
    """What comes out: frozen, detached, ready for JSON."""

    model_config = ConfigDict(frozen=True)
