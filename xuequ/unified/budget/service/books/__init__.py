"""The workbooks of the budget: taken in, given out, and the history of both."""

from __future__ import annotations

from xuequ.registry.service.books.shelf import Shelf, by_name
from xuequ.unified.budget.actions.books import EXPORT_BOOK, IMPORT_BOOK, VIEW_IMPORTS
from xuequ.unified.budget.service.books.claims import CLAIMS_BOOK
from xuequ.unified.budget.service.books.lines import LINES_BOOK


class BookService(Shelf):
    """Workbooks of the budget: planned, applied whole or not at all, exported."""

    books = by_name(
        CLAIMS_BOOK,
        LINES_BOOK,
    )
    importing, exporting, viewing = IMPORT_BOOK, EXPORT_BOOK, VIEW_IMPORTS
