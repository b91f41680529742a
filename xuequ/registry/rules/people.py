"""Pure decisions about people: who is looked for, what may stand in a reason, how values are shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from xuequ.core.errors import Problem
from xuequ.core.keys import mask
from xuequ.core.text import half_width
from xuequ.registry.errors.people import BornAfter, NumberHoldsCitizenNumber, ReasonUnfit, SearchUnreadable
from xuequ.registry.rules.id_numbers import bare_number, holds_citizen_number, is_citizen_number, is_mobile
from xuequ.standards.codes.people import DocumentKind

BETWEEN = " \u3000\u00a0\u2003·•‧・･．."
"""What may stand between the parts of a name; a search passes over it."""

FORGOTTEN_NAME = "（已注销）"
LONGEST_REASON = 200


def check_person(born: date | None, since: date) -> list[Problem]:
    """Refuse somebody who begins before being born.

    Source: our decision.
    """
    if born is not None and born >= since:
        return [Problem(BornAfter(born=str(born), since=str(since)))]
    return []


class Wanted(Enum):
    """What a text in the search box is."""

    NAME = "name"
    INITIALS = "initials"
    DOCUMENT = "document"
    PHONE = "phone"
    NUMBER = "number"


@dataclass(frozen=True, slots=True, repr=False)
class Search:
    """What is looked for; its `repr` shows nothing, since it may be somebody's number."""

    wanted: Wanted
    text: str


def name_key(name: str) -> str:
    """Return a name as it is compared: 张 三 is 张三, and it does not matter which point a name has.

    Source: our decision.

    >>> name_key("张　三"), name_key("阿依古丽•买买提")
    ('张三', '阿依古丽买买提')
    """
    return name.translate(dict.fromkeys(map(ord, BETWEEN)))


def read_search(text: str) -> Search | Problem:
    """Tell what somebody looks for: a document or telephone number, another number, initials, a name.

    A whole citizen number is looked for in the vault only, so it goes into no other comparison.

    Source: our decision.
    """
    number = bare_number(text)
    if is_citizen_number(number):
        return Search(Wanted.DOCUMENT, number)
    if is_mobile(number):
        return Search(Wanted.PHONE, number)
    key = name_key(half_width(text)).strip()
    if not key or any(unicodedata.category(sign) in ("Cc", "Cs") for sign in key):
        return Problem(SearchUnreadable())
    if any(sign.isdecimal() for sign in key):
        return Search(Wanted.NUMBER, half_width(text).strip())
    letters = key.isascii() and key.isalpha()
    return Search(Wanted.INITIALS if letters else Wanted.NAME, key)


def check_reason(reason: str, names: Iterable[str] = ()) -> list[Problem]:
    """Refuse a reason that says nothing, or says a name or a long number: it stays in the journal for ever.

    A day, as ``2026-09-01``, is no long number.

    Source: 个人信息保护法 第六条 (no more than the purpose needs).
    """
    found: list[str] = []
    if not reason.strip():
        found.append("没有写明事由")
    if len(reason) > LONGEST_REASON:
        found.append(f"超过 {LONGEST_REASON} 个字符")
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in reason):
        found.append("含有控制字符")
    if re.search(r"[0-9]{7}|[0-9](?:[ -]?[0-9]){8}", half_width(reason)):
        found.append("含有号码")
    if any(name_key(name) in name_key(reason) for name in names if name_key(name)):
        found.append("含有姓名")
    return [Problem(ReasonUnfit(what=what)) for what in found]


def mask_document(kind: DocumentKind, number: str) -> str:
    """Show a document number so that a view with the birth date beside it does not give it away.

    Of a citizen number only the area is shown: with the birth date and the last four signs the hidden
    part could simply be filled in.

    Source: our decision.

    >>> mask_document(DocumentKind.IDENTITY_CARD, "530921201001011234")
    '530921************'
    >>> mask_document(DocumentKind.PASSPORT, "E12345678")
    'E1*****78'
    """
    if is_citizen_number(number):
        return mask(number, head=6, tail=0)
    return mask(number, head=2, tail=2)


def check_record_number(what: str, number: str) -> list[Problem]:
    """Refuse a staff or pupil number that holds a citizen number, as the national 学籍号 does.

    Such numbers stand in clear, in lists and in every workbook.

    Args:
        what: ``"工号"`` or ``"学号"``.

    Source: 《个人信息保护法》 (敏感个人信息须采取严格保护措施); that they are refused is our decision.
    """
    return [Problem(NumberHoldsCitizenNumber(what=what))] if holds_citizen_number(number) else []
