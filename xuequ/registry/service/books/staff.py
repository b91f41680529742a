"""The workbook of staff."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.context import Context
from xuequ.core.intake import Book, Desk
from xuequ.registry.service.books.desk import Lookups
from xuequ.registry.service.books.employments import EmploymentDesk
from xuequ.registry.service.books.placements import PlacementDesk
from xuequ.registry.service.books.standings import CertificateDesk, StandingDesk
from xuequ.registry.templates.staff import STAFF


def _desks(context: Context) -> Mapping[str, Desk]:
    lookups = Lookups(context)
    return {
        "employments": EmploymentDesk(lookups),
        "placements": PlacementDesk(lookups),
        "standings": StandingDesk(lookups),
        "certificates": CertificateDesk(lookups),
    }


STAFF_BOOK = Book(STAFF, _desks, stale="教职工登记")
