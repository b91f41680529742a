"""What the workbooks of every part have in common: planned, applied, given out, and the history of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from xuequ.core.access import Action
from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import TemplateUnknown
from xuequ.core.imports import Export, ImportView, list_imports
from xuequ.core.intake import Book, apply_book, export_book, plan_book, take_book
from xuequ.core.plan import Decision, Plan
from xuequ.core.workbook import Reading
from xuequ.registry.service.books.desk import check_school


class Shelf(Service):
    """The workbooks of a part; a part derives its own, with its books and with who may do what."""

    books: ClassVar[Mapping[str, Book]]
    importing: ClassVar[Action]
    exporting: ClassVar[Action]
    viewing: ClassVar[Action]

    def __init_subclass__(cls) -> None:
        """Guard every verb by the part's own action."""
        guards = (
            ("plan", use_case(cls.importing)),
            ("apply", use_case(cls.importing)),
            ("take", use_case(cls.importing)),
            ("export", use_case(cls.exporting)),
            ("imports", reading(cls.viewing)),
        )
        for name, guard in guards:
            setattr(cls, name, guard(getattr(cls, name)))

    def plan(self, book: Reading, decision: Decision = Decision.ASK) -> Plan:
        """Compare a file with what is registered, and rehearse it; nothing stays written.

        A rehearsal takes the locks of a real import until the host's transaction ends.

        Args:
            decision: who is right where the file says something new of what was decided by hand.

        Raises:
            TemplateUnknown: when the part has no book of that template.
        """
        return plan_book(self.context, self._book(book.template.name), book, decision)

    def apply(self, plan: Plan) -> Plan:
        """Apply a plan, whole or not at all.

        Raises:
            Problems: when the plan holds problems.
            Stale: when the data that it was made over have changed since.
        """
        return apply_book(self.context, self._book(plan.template.name), plan)

    def take(self, book: Reading, decision: Decision = Decision.ASK) -> Plan:
        """Plan and apply a file in one go, whole or not at all.

        Raises:
            Problems: when anything is wrong; then nothing is written.
        """
        return take_book(self.context, self._book(book.template.name), book, decision)

    def export(self, template: str, school: str | None = None) -> Export:
        """Return what is registered, as rows that read back without a change; the journal says who did.

        Documents of people come out masked, and telephone numbers not at all.

        Args:
            template: its name.
            school: of which school; of the whole district when left out.

        Raises:
            TemplateUnknown: when the part has no book of that name.
            SchoolUnknown: when the district has no such school.
        """
        book = self._book(template)
        check_school(self.context, school)
        return export_book(self.context, book, school)

    def imports(self, template: str | None = None) -> list[ImportView]:
        """Return which files were applied here, the newest first.

        Args:
            template: by which template; by any when left out.
        """
        return list_imports(self.context.session, self.context.scope, template)

    def _book(self, name: str) -> Book:
        if name not in self.books:
            raise TemplateUnknown(name=name, known="、".join(self.books))
        return self.books[name]


def by_name(*books: Book) -> Mapping[str, Book]:
    """Return books by the names of their templates."""
    return {book.template.name: book for book in books}
