"""The workbooks of party: taken in, given out, and the history of both."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import TemplateUnknown
from xuequ.core.imports import Export, ImportView, list_imports
from xuequ.core.intake import Book, apply_book, export_book, plan_book, take_book
from xuequ.core.plan import Decision, Plan
from xuequ.core.workbook import Reading
from xuequ.registry.service.books.desk import check_school
from xuequ.unified.party.actions.books import EXPORT_BOOK, IMPORT_BOOK, VIEW_IMPORTS
from xuequ.unified.party.service.books.attendance import ATTENDANCE_BOOK
from xuequ.unified.party.service.books.development import DEVELOPMENT_BOOK
from xuequ.unified.party.service.books.dues import DUES_BOOK
from xuequ.unified.party.service.books.members import MEMBERS_BOOK

_DECLARED: tuple[Book, ...] = (
    DEVELOPMENT_BOOK,
    MEMBERS_BOOK,
    ATTENDANCE_BOOK,
    DUES_BOOK,
)
BOOKS: Mapping[str, Book] = {book.template.name: book for book in _DECLARED}


class BookService(Service):
    """Workbooks of party: planned, applied whole or not at all, exported."""

    @use_case(IMPORT_BOOK)
    def plan(self, book: Reading, decision: Decision = Decision.ASK) -> Plan:
        """Compare a file with what is registered, and rehearse it; nothing stays written.

        A rehearsal takes the locks of a real import until the host's transaction ends.

        Args:
            decision: who is right where the file says something new of what was decided by hand.

        Raises:
            TemplateUnknown: when the part has no book of that template.
        """
        return plan_book(self.context, _book(book.template.name), book, decision)

    @use_case(IMPORT_BOOK)
    def apply(self, plan: Plan) -> Plan:
        """Apply a plan, whole or not at all.

        Raises:
            Problems: when the plan holds problems.
            Stale: when the data that it was made over have changed since.
        """
        return apply_book(self.context, _book(plan.template.name), plan)

    @use_case(IMPORT_BOOK)
    def take(self, book: Reading, decision: Decision = Decision.ASK) -> Plan:
        """Plan and apply a file in one go, whole or not at all.

        Raises:
            Problems: when anything is wrong; then nothing is written.
        """
        return take_book(self.context, _book(book.template.name), book, decision)

    @use_case(EXPORT_BOOK)
    def export(self, template: str, school: str | None = None) -> Export:
        """Return what is registered, as rows that read back without a change; the journal says who did.

        Args:
            template: its name.
            school: of which school; of the whole district when left out.

        Raises:
            TemplateUnknown: when the part has no book of that name.
            SchoolUnknown: when the district has no such school.
        """
        book = _book(template)
        check_school(self.context, school)
        return export_book(self.context, book, school)

    @reading(VIEW_IMPORTS)
    def imports(self, template: str | None = None) -> list[ImportView]:
        """Return which files were applied here, the newest first.

        Args:
            template: by which template; by any when left out.
        """
        return list_imports(self.context.session, self.context.scope, template)


def _book(name: str) -> Book:
    if name not in BOOKS:
        raise TemplateUnknown(name=name, known="、".join(BOOKS))
    return BOOKS[name]
