"""Numbers of identity documents and telephones as people type them, and what is wrong with them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from operator import mul

from xuequ.core.errors import Problem, XuequError
from xuequ.core.text import half_width
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
from xuequ.registry.states.people import PersonField, Province, Sex
from xuequ.standards.codes.people import DocumentKind

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_SIGNS = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)
_PERMIT_AREAS = ("810000", "820000", "830000")
_CENTENARIANS = ("996", "997", "998", "999")
_SCIENTIFIC = re.compile(r"[+-]?[0-9](\.[0-9]+)?E[+]?[0-9]+")
_PROVINCES = frozenset(province.code for province in Province)
_FIGURES = re.compile(r"[0-9]+")
_CITIZEN = re.compile(r"[0-9]{17}[0-9X]")

_USUAL: Mapping[DocumentKind, re.Pattern[str]] = {
    DocumentKind.HONG_KONG: re.compile(r"[A-Z]{1,2}[0-9]{6,10}(\([0-9A]\))?"),
    DocumentKind.MACAO: re.compile(r"[A-Z]?[0-9]{6,10}(\([0-9]\))?"),
    DocumentKind.TAIWAN: re.compile(r"[0-9]{8}([0-9]{2})?"),
    DocumentKind.FOREIGN_RESIDENT: re.compile(r"[A-Z]{3}[0-9]{12}"),
    DocumentKind.PASSPORT: re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}"),
}
"""How numbers of a kind usually look; another look only warns, since the forms change every few years."""


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """An identity document in the form that is kept; what its number says of the holder, if it does."""

    kind: DocumentKind
    number: str
    birth_date: date | None = None
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """A document that was read, or the problems for which it was not; and what is only worth a look."""

    document: Document | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def bare_number(text: str) -> str:
    """Return a number without blanks, invisible signs and Excel's text mark, half-width, in capitals.

    Source: our decision.

    >>> bare_number("'５３０９２１ 20100101 123ｘ")
    '53092120100101123X'
    """
    if text.isascii() and text.isalnum():
        return text.upper()
    seen = (sign for sign in half_width(text) if unicodedata.category(sign) not in ("Cf", "Cc"))
    return "".join("".join(seen).split()).lstrip("'’‘`").upper()


def check_sign(body: str) -> str:
    """Return the check sign of the first 17 figures: MOD 11-2 of ISO 7064.

    Source: GB 11643-1999, 公民身份号码, 4.2.4 (from memory).

    >>> check_sign("53092120100101123")
    '4'
    """
    return _CHECK_SIGNS[(sum(map(mul, body.encode(), _WEIGHTS)) - _ZEROS) % 11]


def examine_document(kind: DocumentKind, text: str, today: date) -> Examined:
    """Read a document's number and say everything that is wrong with it; no text repeats the number.

    Where the number is one by GB 11643 it is checked; of other kinds there is no binding form, so an
    unusual look only warns.

    Source: GB 11643-1999; 港澳台居民居住证申领发放办法 (国办发〔2018〕81号) 第五条 for residence permits.
    """
    number = bare_number(text)
    if kind in (DocumentKind.IDENTITY_CARD, DocumentKind.RESIDENCE_PERMIT):
        return _examine_citizen_number(kind, number, today)
    if kind is DocumentKind.FOREIGN_RESIDENT and len(number) == 18:  # the cards since 2023
        return _examine_citizen_number(kind, number, today)
    cut = _cut(number)
    if cut:
        return Examined(None, tuple(cut))
    if not number:
        return Examined(None, (Problem(DocumentUnusual(kind=kind.label)),))
    if kind is DocumentKind.HOUSEHOLD_BOOK and is_citizen_number(number):
        return Examined(None, (Problem(NotTheHouseholdBook()),))
    usual = _USUAL.get(kind)
    fits = usual is None or usual.fullmatch(number) is not None
    warnings = () if fits else (Problem(DocumentUnusual(kind=kind.label)),)
    return Examined(Document(kind, number), (), warnings)


def is_citizen_number(text: str) -> bool:
    """Tell whether a text is a whole citizen number with a check sign that fits.

    Source: GB 11643-1999.
    """
    number = bare_number(text)
    return _CITIZEN.fullmatch(number) is not None and check_sign(number[:17]) == number[17]


def holds_citizen_number(text: str) -> bool:
    """Tell whether a citizen number stands anywhere in a text, as in a national pupil number 学籍号.

    Source: GB 11643-1999; that a national pupil number is G and the citizen number is from memory.

    >>> holds_citizen_number("G533522199005120021"), holds_citizen_number("QF00036")
    (True, False)
    """
    number = bare_number(text)
    return any(is_citizen_number(number[at : at + 18]) for at in range(len(number) - 17))


def document_contradictions(document: Document, born: date | None, sex: Sex) -> list[Problem]:
    """Return what a citizen number says otherwise than is registered; what is not registered agrees.

    Source: GB 11643-1999, 4.2.2 and 4.2.3: figures 7 to 14 are the birth date, the 17th is odd for men.
    """
    fields: list[PersonField] = []
    if document.birth_date is not None and born is not None and document.birth_date != born:
        fields.append(PersonField.BIRTH_DATE)
    if document.sex is not None and sex in (Sex.MALE, Sex.FEMALE) and document.sex is not sex:
        fields.append(PersonField.SEX)
    return [Problem(DocumentContradicts(field=field.label)) for field in fields]


def _cut(number: str) -> list[Problem]:
    """Name what a spreadsheet did to a number that it took for a quantity."""
    if "." not in number and "E" not in number:
        return []
    if _SCIENTIFIC.fullmatch(number):
        return [Problem(DocumentCut(how="成了科学计数法"))]
    if re.fullmatch(r"[0-9]+\.0*", number):
        return [Problem(DocumentCut(how="带有小数点"))]
    return []


def _examine_citizen_number(kind: DocumentKind, number: str, today: date) -> Examined:
    warnings: list[XuequError] = []
    if len(number) == 15 and _FIGURES.fullmatch(number):
        number = _converted(number)
        warnings.append(OldNumberConverted())
    if not _CITIZEN.fullmatch(number):
        wrong = _cut(number) or [Problem(CitizenNumberShape(length=len(number)))]
        return Examined(None, tuple(wrong))
    born = _birth_date(number)
    problems: list[XuequError] = []
    if born is None or born > today:
        problems.append(CitizenNumberBirth())
    if check_sign(number[:17]) != number[17]:
        cut_off = number.endswith("000")
        problems.append(DocumentCut(how="末三位成了000") if cut_off else CitizenNumberCheck())
    elif number.endswith("000"):
        warnings.append(DocumentMaybeCut())
    if problems:
        return Examined(None, tuple(map(Problem, problems)))
    warnings += _unusual_area(kind, number)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return Examined(Document(kind, number, born, sex), (), tuple(map(Problem, warnings)))


def _converted(old: str) -> str:
    """Write an old number as one of 18: the century, and a check sign; 996 to 999 were centenarians."""
    century = "18" if old[12:] in _CENTENARIANS else "19"
    body = old[:6] + century + old[6:]
    return body + check_sign(body)


def _birth_date(number: str) -> date | None:
    try:
        return date.fromisoformat(number[6:14])
    except ValueError:
        return None


def _unusual_area(kind: DocumentKind, number: str) -> list[XuequError]:
    """Warn of an area that is nobody's, never of a county: counties are made, renamed and renumbered."""
    area = number[:6]
    if kind is DocumentKind.FOREIGN_RESIDENT:
        return [] if area[0] == "9" else [AreaUnknown(area=area[:2])]
    if (area in _PERMIT_AREAS) != (kind is DocumentKind.RESIDENCE_PERMIT):
        permit = kind is DocumentKind.IDENTITY_CARD
        other = DocumentKind.RESIDENCE_PERMIT if permit else DocumentKind.IDENTITY_CARD
        return [AreaOfAnotherKind(area=area, kind=other.label)]
    return [] if area[:2] in _PROVINCES else [AreaUnknown(area=area[:2])]


_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIXED = re.compile(r"0[1-9][0-9]{8,10}|[2-8][0-9]{6,7}")
_FOREIGN = re.compile(r"\+[1-9][0-9]{6,14}")


def read_phone(text: str) -> tuple[str, list[Problem]]:
    """Return a telephone number in the form that is kept, and what is wrong with it.

    Blanks, hyphens, brackets and China's own prefix fall away, so that one number is always the same.

    Source: our decision; 电信网编号计划 (2017年版) for the shapes.

    >>> read_phone("+86 138-0000-1234")[0], read_phone("（0883）712 3456")[0]
    ('13800001234', '08837123456')
    """
    if _MOBILE.fullmatch(text):
        return text, []
    number = re.sub(r"[-‐‑–—()]", "", bare_number(text))
    number = re.sub(r"^(\+86|0086|86(?=1[3-9][0-9]{9}$))", "", number)
    if _cut(number):
        return "", [Problem(PhoneUnreadable(reason="已被电子表格当作数字处理而残缺"))]
    if any(shape.fullmatch(number) for shape in (_MOBILE, _FIXED, _FOREIGN)):
        return number, []
    return "", [Problem(PhoneUnreadable(reason=f"去掉空格和横线后为 {len(number)} 个字符"))]


def is_mobile(text: str) -> bool:
    """Tell whether a text is a mobile telephone number.

    Source: 电信网编号计划 (2017年版).
    """
    return _MOBILE.fullmatch(read_phone(text)[0]) is not None
