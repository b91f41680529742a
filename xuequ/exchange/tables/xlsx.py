"""xlsx files: what sheets there are, and what their cells refer to."""

from __future__ import annotations

import posixpath
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from xuequ.exchange.tables import limits, sheets
from xuequ.exchange.tables.markup import BETWEEN, Element, elements
from xuequ.exchange.tables.moments import BUILT_IN, is_moment
from xuequ.exchange.tables.package import Package, open_package
from xuequ.exchange.tables.refusals import Refused, TooLarge, Unsafe, refusing
from xuequ.exchange.tables.values import Line

_TYPES = "[Content_Types].xml"
_WORKBOOK = (
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
)
_OTHERS = {
    "sheet.binary": "是二进制工作簿（.xlsb）",
    "wordprocessingml": "是 Word 文档，不是表格",
    "ms-word": "是 Word 文档，不是表格",
    "presentationml": "是演示文稿，不是表格",
    "ms-powerpoint": "是演示文稿，不是表格",
}
_MIMETYPE = "mimetype"
"""The member by which OpenDocument says what it is."""


@dataclass(frozen=True)
class XlsxTables:
    """An open workbook; its strings are read when the first row is."""

    path: Path
    package: Package
    parts: Mapping[str, str]
    related: Mapping[str, str]
    since_1904: bool

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of the sheets."""
        return tuple(self.parts)

    def lines(self, title: str) -> Iterator[Line]:
        """Stream the rows of a sheet."""
        with refusing(self.path):
            yield from sheets.rows(self.package.chunks(self.parts[title], limits.SHEET_PART), self._book)

    @cached_property
    def _book(self) -> sheets.Book:
        strings: list[str] = []
        if "sharedStrings" in self.related:
            strings = sheets.strings(self.package.chunks(self.related["sharedStrings"], limits.STRINGS_PART))
        moments: frozenset[str] = frozenset()
        if "styles" in self.related:
            moments = _moments(_elements(self.package, self.related["styles"]))
        return sheets.Book(strings, moments, self.since_1904)


@contextmanager
def open_xlsx(path: Path) -> Generator[XlsxTables]:
    """Open a workbook, and refuse what looks like one and is something else."""
    with open_package(path) as package:
        if _MIMETYPE in package:
            raise Refused("是 OpenDocument 文件（.ods 之类）")
        main = _main_part(package)
        related, by_id = _relations(package, main)
        parts, since_1904 = _sheets(_elements(package, main), by_id)
        yield XlsxTables(path, package, parts, related, since_1904)


def _elements(package: Package, name: str) -> Iterator[Element]:
    return elements(package.chunks(name, limits.SMALL_PART))


def _main_part(package: Package) -> str:
    """Return the name of the part that is the workbook."""
    if _TYPES not in package:
        raise Refused("是压缩包，不是 xlsx 工作簿")
    kinds = {element.attributes.get("ContentType", "") for element in _elements(package, _TYPES)}
    for kind in kinds:
        if "macroEnabled" in kind and "binary" not in kind:
            raise Unsafe("宏（.xlsm）")
        for sign, said in _OTHERS.items():
            if sign in kind:
                raise Refused(said)
    related, _ = _relations(package, "")
    if kinds.isdisjoint(_WORKBOOK) or "officeDocument" not in related:
        raise Refused("是压缩包，不是 xlsx 工作簿")
    return related["officeDocument"]


def _relations(package: Package, part: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of related parts, by what they are and by the id of the relation."""
    folder, name = posixpath.split(part)
    related: dict[str, str] = {}
    by_id: dict[str, str] = {}
    for element in _elements(package, posixpath.join(folder, "_rels", f"{name}.rels")):
        get = element.attributes.get
        if element.name != "Relationship" or get("TargetMode") == "External":
            continue
        target = posixpath.normpath(posixpath.join("/", folder, get("Target", ""))).lstrip("/")
        related[posixpath.basename(get("Type", ""))] = target
        by_id[get("Id", "")] = target
    return related, by_id


def _sheets(found: Iterator[Element], by_id: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """Return the part of each sheet by title, and whether days count since 1904."""
    parts: dict[str, str] = {}
    since_1904 = False
    for element in found:
        if element.name == "workbookPr":
            since_1904 = element.attributes.get("date1904") in ("1", "true")
        elif element.name == "sheet" and element.within == "sheets":
            title, part = element.attributes.get("name", ""), by_id.get(_relation(element), "")
            if not title or not part or title in parts:
                raise Refused("工作簿的表目录已损坏")
            parts[title] = part
    if not parts:
        raise Refused("工作簿里没有表")
    if len(parts) > limits.SHEETS:
        raise TooLarge(f"有 {len(parts)} 个表，至多 {limits.SHEETS} 个")
    return parts, since_1904


def _relation(element: Element) -> str:
    """Return the id of a sheet's relation: the attribute ``id`` of whichever namespace."""
    return next((value for name, value in element.attributes.items() if name.endswith(f"{BETWEEN}id")), "")


def _moments(found: Iterator[Element]) -> frozenset[str]:
    """Return the numbers of the styles that show a number as a day or a time."""
    formats: dict[str, bool] = {str(number): True for number in BUILT_IN}
    moments: set[str] = set()
    style = 0
    for element in found:
        if element.name == "numFmt" and element.within == "numFmts":
            get = element.attributes.get
            formats[get("numFmtId", "")] = is_moment(get("formatCode", ""))
        elif element.name == "xf" and element.within == "cellXfs":
            if formats.get(element.attributes.get("numFmtId", "0")):
                moments.add(str(style))
            style += 1
    return frozenset(moments)
