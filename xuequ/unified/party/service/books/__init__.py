"""The workbooks of party: taken in, given out, and the history of both."""

from __future__ import annotations

from xuequ.registry.service.books.shelf import Shelf, by_name
from xuequ.unified.party.actions.books import EXPORT_BOOK, IMPORT_BOOK, VIEW_IMPORTS
from xuequ.unified.party.service.books.attendance import ATTENDANCE_BOOK
from xuequ.unified.party.service.books.development import DEVELOPMENT_BOOK
from xuequ.unified.party.service.books.dues import DUES_BOOK
from xuequ.unified.party.service.books.members import MEMBERS_BOOK


class BookService(Shelf):
    """Workbooks of party: planned, applied whole or not at all, exported."""

    books = by_name(
        ATTENDANCE_BOOK,
        DEVELOPMENT_BOOK,
        DUES_BOOK,
        MEMBERS_BOOK,
    )
    importing, exporting, viewing = IMPORT_BOOK, EXPORT_BOOK, VIEW_IMPORTS
