"""Writing xlsx a row at a time, so that a million rows need no more memory than one."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xuequ.core.extras import load
from xuequ.core.text import inert
from xuequ.exchange.whole import whole_file

TEXT_FORMAT, DAY_FORMAT = "@", "yyyy-mm-dd"
LONGEST = 32_767
"""Characters that a cell of Excel holds."""

_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


@contextmanager
def streamed_book(path: Path) -> Generator[Any]:
    """Give an openpyxl workbook to append rows to; it is at `path` when all went well, and nowhere else.

    Raises:
        ExtraMissing: without openpyxl.
    """
    book = load("openpyxl").Workbook(write_only=True)
    writing = load("openpyxl.writer.excel")
    with whole_file(path) as beside:
        try:
            yield book
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
                writing.ExcelWriter(book, archive).save()
        finally:
            _drop_rows(book)


def _drop_rows(book: Any) -> None:
    """Remove the temporary files of sheets that were not saved: openpyxl keeps them until Python ends."""
    for sheet in book.worksheets:
        writer = sheet._writer
        if writer is not None and Path(writer.out).exists():
            if sheet._rows is not None:
                sheet._rows.close()
            writer.xf.close()
            writer.cleanup()


def new_cell(sheet: Any, form: str = "") -> Any:
    """Return a cell to append; one may be appended again and again with another value."""
    cell = load("openpyxl.cell").WriteOnlyCell(sheet)
    if form:
        cell.number_format = form
    return cell


def put_text(cell: Any, text: str) -> Any:
    """Write text as text, whatever it looks like."""
    cell.value = xml_text(inert(text))
    cell.data_type = "s"  # openpyxl guesses formulas and error values
    return cell


def xml_text(text: str) -> str:
    """Return text as a workbook's XML holds it: with escapes for what XML has not, cut to what Excel takes.

    >>> xml_text("a\\rb _x000D_")
    'a_x000D_b _x005F_x000D_'
    """
    written = _LIKE_AN_ESCAPE.sub("_x005F_", text) if "_x" in text else text
    written = _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", written)
    return written if len(written) <= LONGEST else written[: LONGEST - 8] + "…"
