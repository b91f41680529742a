"""Use cases of purchases that only read."""

from __future__ import annotations

from xuequ.core.context import At, reading
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.service.books.desk import check_school
from xuequ.unified.budget.actions.purchases import VIEW_PURCHASE, VIEW_PURCHASES
from xuequ.unified.budget.errors.purchases import AcceptanceUnknown, OrderUnknown
from xuequ.unified.budget.schemas.purchases import AcceptanceSheet, OrderSheet, PurchaseList, PurchaseView
from xuequ.unified.budget.service.purchases.steps import PurchaseSteps
from xuequ.unified.budget.service.purchases.views import order_view, purchase_line


class PurchaseViewing(PurchaseSteps):
    """Purchases as they stand."""

    @reading(VIEW_PURCHASE, at=At.SCHOOL)
    def purchase(self, request_id: int) -> PurchaseView:
        """Return a purchase: its items, its order, what was accepted, and who did what.

        Raises:
            PurchaseUnknown: when there is none of that id here.
        """
        self._purchase(request_id, VIEW_PURCHASE)
        return self._view(request_id)

    @reading(VIEW_PURCHASE, at=At.SCHOOL)
    def order_sheet(self, number: str) -> OrderSheet:
        """Return an order as it is printed 采购订单.

        Raises:
            OrderUnknown: when there is none of that number here.
        """
        row = self._permitted(self._rows.ordered(number))
        if row is None:
            raise OrderUnknown(order=number)
        view = self._view(row.id)
        return OrderSheet(
            district=self._people.district_name(),
            purchase=view,
            order=order_view(row, view.items),
            lines=tuple(item for item in view.items if item.order_line_id is not None),
            capitals=f"人民币{row.total.capitals()}",
        )

    @reading(VIEW_PURCHASE, at=At.SCHOOL)
    def acceptance_sheet(self, number: str) -> AcceptanceSheet:
        """Return an acceptance as it is printed 验收单.

        Raises:
            AcceptanceUnknown: when there is none of that number here.
        """
        found = self._rows.acceptance(number)
        row = self._permitted(None if found is None else self._rows.of_order(found.order_id))
        if row is None:
            raise AcceptanceUnknown(acceptance=number)
        view = self._view(row.id)
        return AcceptanceSheet(
            district=self._people.district_name(),
            purchase=view,
            order=order_view(row, view.items),
            acceptance=next(one for one in view.acceptances if one.number == number),
        )

    @reading(VIEW_PURCHASES, at=At.SCHOOL)
    def list(self, year: int, school: str | None = None) -> PurchaseList:
        """List what was requested in a year 采购台账, by day and number; of one school or of all.

        Raises:
            SchoolUnknown: for the school.
        """
        self.context.permit(VIEW_PURCHASES, school=school or "")
        check_school(self.context, school)
        rows = self._rows.purchases_of(year, school)
        paid = self._rows.paid([row.order_id for row in rows if row.order_id is not None])
        lines = tuple(purchase_line(row, paid) for row in rows)
        return PurchaseList(district=self._people.district_name(), year=year, purchases=lines)

    def _permitted(self, row: AnyRow | None) -> AnyRow | None:
        self.context.permit(VIEW_PURCHASE, school="" if row is None else row.school or "")
        return row
