"""The ledger of a year, what is published of it, and the slips of what went up."""

from __future__ import annotations

from datetime import date, timedelta

from xuequ.core.context import reading, use_case
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.actions.dues import PUBLISH_DUES, VIEW_DUES
from xuequ.unified.party.errors.dues import RemittanceUnknown
from xuequ.unified.party.facts.dues import DuesPublished
from xuequ.unified.party.models.dues import DuesPublication
from xuequ.unified.party.schemas.dues import AnnualLine, AnnualView, LedgerSheet, RemittanceView
from xuequ.unified.party.service.dues.viewing import ledger_line, remittance_view
from xuequ.unified.party.service.dues.views import Viewing


class Yearly(Viewing):
    """Forms of dues, and that a year was published to the members."""

    @reading(VIEW_DUES)
    def ledger_sheet(self, year: int, on: date | None = None) -> LedgerSheet:
        """Return the ledger of a year by member and month, with arrears and their age 党费收缴台账.

        Args:
            year: of which months.
            on: as of which day the arrears are told; today when left out.

        Raises:
            LedgerMissing, BranchMissing: before there is a ledger.
        """
        branch, day = self._branch(), on or self.context.today
        ledger, begin = self._ledger(branch), date(year, 1, 1)
        accounts = self._accounts(ledger, begin, date(year, 12, 1))
        late = self._overdue(ledger, day).arrears
        extra = self._extra(ledger, begin)
        lines = [
            ledger_line(
                accounts,
                one,
                year,
                day,
                extra=extra.get(one, Money(0)),
                arrears=late[one].amount if one in late else Money(0),
                age=late[one].age if one in late else None,
            )
            for one in accounts.members
        ]
        said = {"district": self._rows.district_name(), "branch": branch.name}
        return LedgerSheet(year=year, as_of=day, lines=tuple(lines), **said)

    def _extra(self, ledger: AnyRow, begin: date) -> dict[int, Money]:
        rows = self._rows.paid_by_member(ledger.branch_id, begin, begin.replace(year=begin.year + 1))
        return {row.member_id: Money(int(row.extra)) for row in rows}

    @reading(VIEW_DUES)
    def annual(self, year: int, on: date | None = None) -> AnnualView:
        """Return a year's dues as they are published to the members 党费年度公布, by the day of payment.

        Args:
            year: the calendar year.
            on: up to and with which day; the year's last, or today if that is earlier, when left out.

        Raises:
            LedgerMissing, BranchMissing: before there is a ledger.
        """
        branch = self._branch()
        return self._annual(branch, self._ledger(branch), year, on)

    def _annual(self, branch: AnyRow, ledger: AnyRow, year: int, on: date | None) -> AnnualView:
        rows, begin, end = self._rows, date(year, 1, 1), date(year + 1, 1, 1)
        last = min(on or self.context.today, end - timedelta(1))
        until = max(last + timedelta(1), begin)
        before = (branch.id, date.min, begin)
        opening = ledger.opening + rows.received_between(*before) - rows.remitted_between(*before)
        received = rows.received_between(branch.id, begin, until)
        remitted = rows.remitted_between(branch.id, begin, until)
        lines = [
            AnnualLine(
                name=row.name,
                dues=Money(int(row.dues)),
                extra=Money(int(row.extra) - int(row.to_centre)),
                to_centre=Money(int(row.to_centre)),
                amount=Money(int(row.dues) + int(row.extra)),
            )
            for row in rows.paid_by_member(branch.id, begin, until)
        ]
        return AnnualView(
            district=rows.district_name(),
            branch=branch.name,
            year=year,
            as_of=last,
            lines=tuple(lines),
            opening=opening,
            received=received,
            remitted=remitted,
            balance=opening + received - remitted,
            published_on=tuple(rows.publications(branch.id, year)),
        )

    @use_case(PUBLISH_DUES)
    def publish(self, year: int, on: date | None = None) -> AnnualView:
        """Record that a year's dues were published to the members, with the sums that were said.

        Raises:
            LedgerMissing, BranchMissing: before there is a ledger.
            DayAhead: for a day to come.
        """
        branch, day = self._hold(), self._past(on)
        ledger = self._ledger(branch)
        view = self._annual(branch, ledger, year, day)
        sums = ("opening", "received", "remitted", "balance")
        said = {"year": year, "published_on": day} | {name: getattr(view, name) for name in sums}
        publication_id = self._rows.add(
            DuesPublication, district_id=ledger.district_id, branch_id=branch.id, **said
        )
        self.context.announce(DuesPublished(publication_id=publication_id, branch_id=branch.id, year=year))
        return self._annual(branch, ledger, year, day)

    @reading(VIEW_DUES)
    def remittances(self) -> list[RemittanceView]:
        """Return what was remitted, by day, also voided remittances."""
        branch, district = self._branch(), self._rows.district_name()
        return [remittance_view(row, district, branch.name) for row in self._rows.remittances(branch.id)]

    @reading(VIEW_DUES)
    def remittance(self, number: str) -> RemittanceView:
        """Return one remittance by its number, as its slip shows it 上缴单.

        Raises:
            RemittanceUnknown: when the branch has none of that number.
        """
        found = next((one for one in self.remittances() if one.number == number), None)
        if found is None:
            raise RemittanceUnknown(remittance=number)
        return found
