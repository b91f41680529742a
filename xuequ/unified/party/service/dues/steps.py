"""Steps that the use cases of dues share: the branch under lock, its ledger, the accounts of its members."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from xuequ.core.context import Service
from xuequ.core.errors import Problem, refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.errors.dues import LedgerMissing
from xuequ.unified.party.errors.members import BranchMissing, DayAhead, MemberUnknown
from xuequ.unified.party.models.dues import DuesAssessment
from xuequ.unified.party.repository.dues_ledger import DuesLedgerRows
from xuequ.unified.party.service.dues.accounts import COLUMNS, Accounts


class DuesSteps(Service):
    """What the use cases of dues are made of; whatever writes holds the branch first, then its ledger."""

    @property
    def _rows(self) -> DuesLedgerRows:
        return DuesLedgerRows(self.context.session, self.context.scope, self.context.place)

    def _branch(self) -> AnyRow:
        today = self.context.today
        branch = self._rows.branch(today)
        if branch is None:
            raise BranchMissing(district=self.context.place, on=str(today))
        return branch

    def _hold(self) -> AnyRow:
        """Return the branch, and make everybody wait who writes of its dues."""
        branch = self._branch()
        self._rows.lock_branch(branch.id)
        return branch

    def _ledger(self, branch: AnyRow) -> AnyRow:
        ledger = self._rows.ledger(branch.id)
        if ledger is None:
            raise LedgerMissing(branch=branch.name)
        return ledger

    def _accounts(
        self, ledger: AnyRow, first: date, last: date, member_ids: Collection[int] | None = None
    ) -> Accounts:
        return Accounts(self._rows, self.context.standards, ledger, first, last, member_ids)

    def _named(self, member_ids: Iterable[int]) -> dict[int, str]:
        """Return the names of members; those of other districts are none of ours to name.

        Raises:
            MemberUnknown: or Problems with all of them.
        """
        wanted = list(dict.fromkeys(member_ids))
        names = self._rows.named(wanted)
        refuse_if([Problem(MemberUnknown(member=str(one))) for one in wanted if one not in names])
        return names

    def _past(self, on: date | None) -> date:
        """Return a day on which something happened, today when left out; none in the future."""
        today = self.context.today
        if on is not None and on > today:
            raise DayAhead(on=str(on), today=str(today))
        return on or today

    def _keep_figures(self, accounts: Accounts) -> tuple[int, ...]:
        """Write the figures that were reckoned anew; return their ids."""
        self._rows.load_given(DuesAssessment, COLUMNS, accounts.drafts)
        return tuple(draft[0] for draft in accounts.drafts)

    def _whoever(self, given: str) -> str:
        """Return who did something; the actor when it is left out."""
        return given or self.context.acting.staff_no
