"""Assessing dues: what members owe for some months."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from xuequ.core.context import use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.money import Money
from xuequ.unified.party.actions.dues import ASSESS_DUES
from xuequ.unified.party.errors.dues import DuesMonthsBackwards
from xuequ.unified.party.facts.dues import DuesAssessed
from xuequ.unified.party.rules.dues import first_of
from xuequ.unified.party.rules.dues_paying import month_text
from xuequ.unified.party.schemas.dues import Assessed
from xuequ.unified.party.service.dues.steps import DuesSteps


class Assessing(DuesSteps):
    """What everybody owes, reckoned for a month, or for a year at once."""

    @use_case(ASSESS_DUES)
    def assess(
        self, first: date, last: date | None = None, members: Collection[int] | None = None
    ) -> Assessed:
        """Reckon what members owe to this branch from a month to another, both included 核定.

        What was reckoned before is reckoned again, and a figure that differs is a new version; months that
        are paid keep theirs. Months of another branch, of a suspended member, and those settled before are
        not owed.

        Args:
            first: any day of the first month.
            last: any day of the last month; of the first one when left out.
            members: only these; all who belonged to the branch in those months when left out.

        Raises:
            LedgerMissing, BranchMissing: before there is a ledger.
            MemberUnknown: for a member of another district.
            DuesBaseMissing: for members whose base is not known; all of them at once.
            StandardNotSet: while the district has not set how dues are rounded.
        """
        begin, end = first_of(first), first_of(last or first)
        if end < begin:
            raise DuesMonthsBackwards(first=month_text(begin), last=month_text(end))
        ledger = self._ledger(self._hold())
        if members is not None:
            self._named(members)
        accounts = self._accounts(ledger, begin, end, members)
        amounts: list[Money] = []
        problems: list[Problem] = []
        owing = [one for one in accounts.members if accounts.owed(one)]
        for one in owing:
            for month in accounts.owed(one):
                if (one, month) in accounts.paid:
                    amounts.append(accounts.paid[one, month].amount)
                    continue
                due = accounts.assess(one, month)
                if isinstance(due, Problem):
                    problems.append(due)
                else:
                    amounts.append(due.amount)
        refuse_if(problems)
        ids = self._keep_figures(accounts)
        if ids:
            said = {"first": begin, "last": end}
            self.context.announce(DuesAssessed(branch_id=ledger.branch_id, assessment_ids=ids, **said))
        return Assessed(first=begin, last=end, members=len(owing), new=len(ids), amount=Money.total(amounts))
