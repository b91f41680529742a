"""Standard codes 代码: enumerations that know their number, their Chinese label and their source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import Self, TypeVar, cast

from xuequ.core.errors import UnknownCode
from xuequ.core.text import half_width


class CodeEnum(StrEnum):
    """A list of codes; each member is ``code, label, *other ways in which people write it``.

    Every class is decorated with `code_list`, which names it and its standard.

    >>> @code_list("性别", standard="GB/T 2261.1", checked="memory")
    ... class Sex(CodeEnum):
    ...     MALE = "1", "男"
    ...     FEMALE = "2", "女"
    >>> Sex.parse("女").code, Sex.parse("1").label
    ('2', '男')
    """

    label: str
    aliases: tuple[str, ...]

    def __new__(cls, code: str, label: str = "", *aliases: str) -> Self:
        """Make a member whose value is its code; every member is declared with a label."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.aliases = aliases
        return member

    @property
    def code(self) -> str:
        """The code that the database and other systems hold."""
        return cast("str", self._value_)

    @classmethod
    def parse(cls, text: str | int) -> Self:
        """Read a code, a label or an alias, in full-width or half-width characters.

        Raises:
            UnknownCode: names the list and what it holds.
        """
        member = _known_ways(cls).get(_squeeze(str(text)))
        if member is not None:
            return cast("Self", member)
        labels = "、".join(member.label for member in cls)
        raise UnknownCode(list=cls.about().title, text=str(text), known=labels)

    @classmethod
    def about(cls) -> CodeList:
        """Return what the list is called, which standard it follows and how that was checked."""
        return _ABOUT[cls]


@cache
def _known_ways(cls: type[CodeEnum]) -> dict[str, CodeEnum]:
    """Return the members by every way of writing them; the first that is written so has it."""
    known: dict[str, CodeEnum] = {}
    for member in cls:
        for way in (member.code, member.label, *member.aliases):
            known.setdefault(_squeeze(way), member)
    return known


@lru_cache(4096)
def _squeeze(text: str) -> str:
    return "".join(half_width(text).split())


@dataclass(frozen=True, slots=True)
class CodeList:
    """What a list says of itself; `checked` is ``text``, ``secondary`` or ``memory``."""

    title: str
    standard: str
    checked: str


_ABOUT: dict[type[CodeEnum], CodeList] = {}

E = TypeVar("E", bound=CodeEnum)


def code_list(title: str, *, standard: str = "xuequ", checked: str = "text") -> Callable[[type[E]], type[E]]:
    """Name a list in Chinese, and its standard with how sure that is; ``xuequ`` means a list of our own."""

    def mark(cls: type[E]) -> type[E]:
        _ABOUT[cls] = CodeList(title, standard, checked)
        return cls

    return mark
