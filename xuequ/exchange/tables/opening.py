"""Opening a file, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from xuequ.exchange.tables.kinds import FileKind, kind_of
from xuequ.exchange.tables.refusals import refusing
from xuequ.exchange.tables.text import open_folder, open_text
from xuequ.exchange.tables.values import Tables
from xuequ.exchange.tables.xls import open_xls
from xuequ.exchange.tables.xlsx import open_xlsx

OPENERS: Mapping[FileKind, Callable[[Path], AbstractContextManager[Tables]]] = {
    FileKind.XLSX: open_xlsx,
    FileKind.XLS: open_xls,
    FileKind.TEXT: open_text,
    FileKind.FOLDER: open_folder,
}


@contextmanager
def open_tables(path: Path) -> Generator[Tables]:
    """Open an xlsx, xls or csv file, or a folder of csv files, by its content and not by its suffix.

    Rows are streamed, and may be gone through again; they end with the context.

    Raises:
        UnreadableWorkbook: says what the file is instead, or how it is damaged; also while it is read.
        WorkbookTooLarge: more than a limit of `xuequ.exchange.tables.limits`; also while it is read.
        WorkbookUnsafe: macros, links to other files, embedded objects, and what is made to harm a reader.
        ExtraMissing: for xls without xlrd.
    """
    with ExitStack() as opened:
        with refusing(path):
            tables = opened.enter_context(OPENERS[kind_of(path)](path))
        yield tables
