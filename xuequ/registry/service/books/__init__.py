"""The registry's workbooks: taken in, given out, and the history of both."""

from __future__ import annotations

from xuequ.registry.actions.books import EXPORT_BOOK, IMPORT_BOOK, VIEW_IMPORTS
from xuequ.registry.service.books.calendar import CALENDAR_BOOK
from xuequ.registry.service.books.circumstances import CIRCUMSTANCES_BOOK
from xuequ.registry.service.books.classes import CLASSES_BOOK
from xuequ.registry.service.books.figures import FIGURES_BOOK
from xuequ.registry.service.books.moves import PUPIL_MOVES_BOOK
from xuequ.registry.service.books.people import PEOPLE_BOOK
from xuequ.registry.service.books.posts import POSTS_BOOK
from xuequ.registry.service.books.premises import PREMISES_BOOK
from xuequ.registry.service.books.schools import SCHOOLS_BOOK
from xuequ.registry.service.books.shelf import Shelf, by_name
from xuequ.registry.service.books.staff import STAFF_BOOK
from xuequ.registry.service.books.teaching import TEACHING_BOOK
from xuequ.registry.service.books.villages import VILLAGES_BOOK
from xuequ.registry.service.set_up import SET_UP_BOOK


class BookService(Shelf):
    """Workbooks of everything in the registry: planned, applied whole or not at all, exported."""

    books = by_name(
        CALENDAR_BOOK,
        CIRCUMSTANCES_BOOK,
        CLASSES_BOOK,
        FIGURES_BOOK,
        PEOPLE_BOOK,
        POSTS_BOOK,
        PREMISES_BOOK,
        PUPIL_MOVES_BOOK,
        SCHOOLS_BOOK,
        SET_UP_BOOK,
        STAFF_BOOK,
        TEACHING_BOOK,
        VILLAGES_BOOK,
    )
    importing, exporting, viewing = IMPORT_BOOK, EXPORT_BOOK, VIEW_IMPORTS
