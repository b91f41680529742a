"""The workbooks of leadership: taken in, given out, and the history of both."""

from __future__ import annotations

from xuequ.registry.service.books.shelf import Shelf, by_name
from xuequ.unified.leadership.actions.books import EXPORT_BOOK, IMPORT_BOOK, VIEW_IMPORTS
from xuequ.unified.leadership.service.books.duties import DRILLS_BOOK, DUTY_BOOK
from xuequ.unified.leadership.service.books.leave import LEAVE_BOOK


class BookService(Shelf):
    """Workbooks of leadership: planned, applied whole or not at all, exported."""

    books = by_name(
        DRILLS_BOOK,
        DUTY_BOOK,
        LEAVE_BOOK,
    )
    importing, exporting, viewing = IMPORT_BOOK, EXPORT_BOOK, VIEW_IMPORTS
