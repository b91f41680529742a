"""The set-up workbook 学区基础数据: what its sheets say, sheet by sheet, and how it is written."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.context import Context
from xuequ.core.intake import Book, Desk
from xuequ.registry.repository import RegistryRepository
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.service.set_up.places import ClassDesk, PlaceDesk, SchoolDesk
from xuequ.registry.service.set_up.pupils import PupilDesk
from xuequ.registry.service.set_up.staff import StaffDesk
from xuequ.registry.service.set_up.statements import StatementDesk
from xuequ.registry.service.set_up.working import Working
from xuequ.registry.templates.set_up import SET_UP

__all__ = ["SET_UP_BOOK"]


def _rows(context: Context) -> RegistryRepository:
    return RegistryRepository(context.session, context.scope, context.place)


def _desks(context: Context) -> Mapping[str, Desk]:
    working = Working(context, _rows(context))
    return {
        "place": PlaceDesk(working),
        "schools": SchoolDesk(working),
        "classes": ClassDesk(working),
        "staff": StaffDesk(working),
        "pupils": PupilDesk(working),
        "statements": StatementDesk(working),
    }


def _hold(context: Context) -> None:
    """Make other set-ups of the district wait, and whoever gives something to its schools and staff."""
    rows = _rows(context)
    rows.lock_district()
    rows.lock_schools()
    StaffRows(context.session, context.scope, context.place).lock_all()


SET_UP_BOOK = Book(SET_UP, _desks, _hold, stale="学区的登记数据")
