"""Dues that go up to the superior."""

from __future__ import annotations

from xuequ.core.context import use_case
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.unified.party.actions.dues import REMIT_DUES, VOID_DUES
from xuequ.unified.party.errors.dues import (
    LedgerShort,
    RemittanceUnfit,
    RemittanceUnknown,
    RemittanceUsed,
    RemittanceVoided,
)
from xuequ.unified.party.facts.dues import DuesRemittanceVoided, DuesRemitted
from xuequ.unified.party.models.dues import DuesRemittance
from xuequ.unified.party.schemas.dues import Remitting, Voiding
from xuequ.unified.party.service.dues.steps import DuesSteps
from xuequ.unified.party.service.dues.viewing import balance_of
from xuequ.unified.party.states.dues import Pot


class Sending(DuesSteps):
    """Remittances 上缴; the money for the Centre goes apart from the dues."""

    @use_case(REMIT_DUES)
    def remit(self, command: Remitting) -> int:
        """Remit dues to the superior 上缴党费; never more than the ledger holds.

        Returns:
            The remittance's id.

        Raises:
            LedgerMissing, BranchMissing: before there is a ledger.
            RemittanceUnfit: for nothing or less.
            RemittanceUsed: for a number that is there.
            LedgerShort: for more than there is.
            DayAhead: for a day to come.
        """
        branch = self._hold()
        ledger, day = self._ledger(branch), self._past(command.remitted_on)
        if command.amount.fen <= 0:
            raise RemittanceUnfit(amount=str(command.amount))
        if self._rows.number_used(branch.id, command.number):
            raise RemittanceUsed(number=command.number)
        if not self._rows.book(branch.id, {}, {command.pot: command.amount}):
            balance = str(balance_of(ledger, command.pot))
            raise LedgerShort(pot=command.pot.label, amount=str(command.amount), balance=balance)
        remittance_id = self._rows.add(
            DuesRemittance,
            district_id=ledger.district_id,
            branch_id=branch.id,
            number=command.number,
            pot=command.pot.code,
            amount=command.amount,
            remitted_on=day,
            remitted_by=self._whoever(command.remitted_by),
            receiver=command.receiver or branch.superior,
        )
        self.context.announce(
            DuesRemitted(
                remittance_id=remittance_id,
                branch_id=branch.id,
                pot=command.pot,
                amount=command.amount,
            )
        )
        return remittance_id

    @use_case(VOID_DUES)
    def void_remittance(self, remittance_id: int, command: Voiding) -> None:
        """Void a remittance that was entered by mistake: it stays, with a reversing entry and the reason.

        Raises:
            RemittanceUnknown: when the branch has none of that id.
            RemittanceVoided: when it was voided already.
            DayAhead: for a day to come.
        """
        ledger, day = self._ledger(self._hold()), self._past(command.on)
        found = next(iter(self._rows.remittances(ledger.branch_id, [remittance_id])), None)
        if found is None:
            raise RemittanceUnknown(remittance=str(remittance_id))
        if found.voided_id is not None or found.reverses_id is not None:
            raise RemittanceVoided(number=found.number)
        amount: Money = -found.amount
        booked = self._rows.book(ledger.branch_id, {}, {Pot(found.pot): amount})
        assert booked, "what was remitted can always come back"
        reversal_id = new_id()
        kept = ("district_id", "branch_id", "number", "pot", "receiver")
        self._rows.add_given(
            DuesRemittance,
            id=reversal_id,
            amount=amount,
            remitted_on=max(day, found.remitted_on),
            remitted_by=self._whoever(""),
            reverses_id=remittance_id,
            reason=command.reason,
            **{name: getattr(found, name) for name in kept},
        )
        self.context.announce(DuesRemittanceVoided(remittance_id=remittance_id, reversal_id=reversal_id))
