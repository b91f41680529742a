"""XML, streamed through expat: no DTD, no entities, no depths, no endless tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

from xuequ.exchange.tables import limits
from xuequ.exchange.tables.refusals import Refused, Unsafe

BETWEEN = "}"
"""Parts a namespace from a name, as expat gives it."""

_MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespace of workbooks as everybody writes them, and that of the strict standard."""


def main_names(*names: str) -> dict[str, str]:
    """Return how expat calls elements of a workbook, each with its name alone."""
    return {f"{space}{BETWEEN}{name}": name for space in _MAIN for name in names}


class Handler:
    """Is told of elements and text as they come, and keeps count of how deep they lie."""

    depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Hear that an element begins."""
        raise NotImplementedError

    def end(self, name: str) -> None:
        """Hear that an element ends."""
        raise NotImplementedError

    def text(self, text: str) -> None:
        """Hear a piece of text."""


def parse(chunks: Iterable[bytes], handler: Handler) -> Iterator[None]:
    """Parse XML and pause after each chunk, so that what the handler has gathered can be taken.

    Raises:
        Unsafe: a DTD (no workbook has one), elements too deep, or a tag without end.
        Refused: when it is no XML.
    """
    parser: Any = expat.ParserCreate(namespace_separator=BETWEEN)
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.buffer_text = True
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if handler.depth > limits.DEPTH:
                raise Unsafe("层层相套的 XML")
            if fed - parser.CurrentByteIndex > limits.TOKEN:
                raise Unsafe("没有尽头的 XML 标记")
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused(f"XML 已损坏或不完整（第 {error.lineno} 行）") from None
    yield


def _refuse_doctype(*_: Any) -> None:
    raise Unsafe("XML 文档类型定义（DTD），可藏“实体炸弹”")


@dataclass(frozen=True, slots=True)
class Element:
    """The beginning of an element, and within which it stands."""

    within: str
    name: str
    attributes: dict[str, str]


class _Elements(Handler):
    def __init__(self) -> None:
        self.open: list[str] = []
        self.found: list[Element] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(BETWEEN)[2]
        self.found.append(Element(self.open[-1] if self.open else "", local, attributes))
        self.open.append(local)
        self.depth += 1

    def end(self, name: str) -> None:
        self.open.pop()
        self.depth -= 1


def elements(chunks: Iterable[bytes]) -> Iterator[Element]:
    """Stream the elements of a part, for parts that say everything in attributes."""
    handler = _Elements()
    for _ in parse(chunks, handler):
        yield from handler.found
        handler.found.clear()
