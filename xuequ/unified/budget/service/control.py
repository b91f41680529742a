"""Use cases of budget control: overriding a refusal, execution, open commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from xuequ.core.access import Actor, Post
from xuequ.core.context import Service, reading, use_case
from xuequ.core.ids import new_id
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.control import OVERRIDE, VIEW_EXECUTION
from xuequ.unified.budget.errors.control import OverrideDiffers, OverrideNotYours
from xuequ.unified.budget.errors.ledger import AmountNotPositive, LineUnknown, YearClosed
from xuequ.unified.budget.repository.control import ControlRepository
from xuequ.unified.budget.repository.ledger import BudgetRepository
from xuequ.unified.budget.rules.control import execution_rate, overriding_post, time_progress
from xuequ.unified.budget.rules.ledger import Balances, Grant, granted
from xuequ.unified.budget.schemas.control import (
    CommitmentsView,
    ExecutionLine,
    ExecutionView,
    Figures,
    OpenCommitment,
    OverrideReason,
    OverrideView,
)
from xuequ.unified.budget.service.ledger.granting import grant
from xuequ.unified.budget.service.ledger.overspending import announce_override, override_row
from xuequ.unified.budget.states.control import ControlMode, ControlStage
from xuequ.unified.budget.states.ledger import Book, FundSource

__all__ = ["ControlService"]


class ControlService(Service):
    """Control 预算控制: what is refused, what may be overspent and by whose word, how the year goes."""

    @property
    def _rows(self) -> ControlRepository:
        return ControlRepository(self.context.session, self.context.scope, self.context.place)

    @use_case(OVERRIDE)
    def override(self, line_id: int, amount: Money, reason: str, source: Source) -> OverrideView:
        """Let a line be overspent by an amount 批准超预算, for a reason; a replay changes nothing.

        Raises:
            StandardNotSet: the district has not said whose posts may (``budget.control.override_posts``).
            OverrideNotYours: the actor holds none of these posts.
            AmountNotPositive, LineUnknown, YearClosed: for the amount and the line.
            OverrideDiffers: the source has overridden this line already, otherwise.
        """
        post = self._overriding_post()
        said = OverrideReason(reason=reason).reason
        if amount.fen <= 0:
            raise AmountNotPositive(amount=amount)
        line = self._rows.lock_line(line_id)
        if line is None:
            raise LineUnknown(line=str(line_id))
        values = {"day": self.context.today, "mode": ControlMode.REFUSE, "post": post, "reason": said}
        row = override_row(new_id(), line, amount, source, **values)
        if not self._rows.add_overrides([row]):
            return self._recorded(line, amount, said, source)
        if line.closed_on is not None:
            raise YearClosed(book=Book(line.book).label, year=line.year)
        ledger = BudgetRepository(self.context.session, self.context.scope, self.context.place)
        grant(ledger, {line_id: Grant(allowance=amount.fen)})
        announce_override(self.context, row)
        return _override(self._rows.override_by_hand(line_id, source), line.name)

    @reading(VIEW_EXECUTION)
    def overrides(self, year: int, *, book: Book = Book.SCHOOL) -> list[OverrideView]:
        """List by how much the lines of a year may be overspent, as it was allowed."""
        return [_override(row, row.line) for row in self._rows.overrides(book, year)]

    @reading(VIEW_EXECUTION)
    def execution(self, year: int, on: date | None = None, *, book: Book = Book.SCHOOL) -> ExecutionView:
        """Return how a year's budget stands at the end of a day: by line, by project and by school.

        What was reserved, committed and paid is as of that day, what was granted as it stands now.
        """
        day = on or self.context.today
        moved = self._rows.balances_on(book, year, day)
        rows = self._rows.lines_executed(book, year)
        lines = tuple(_line(row, moved.get(row.id, Balances())) for row in rows)
        return ExecutionView(
            district=self._rows.district_name(),
            year=year,
            book=book,
            as_of=day,
            time_progress=time_progress(year, day),
            lines=lines,
            projects=_summed(lines, lambda line: line.project_name),
            schools=_summed(lines, lambda line: line.school_name or "学区"),
            total=_sum("合计", lines),
        )

    @reading(VIEW_EXECUTION)
    def open_commitments(
        self, year: int, on: date | None = None, *, book: Book = Book.SCHOOL
    ) -> CommitmentsView:
        """Return what is still committed at the end of a day: for which purpose, and since when."""
        day = on or self.context.today
        lines = tuple(
            OpenCommitment(
                line_id=row.line_id,
                line=row.line,
                school_name=row.school_name,
                purpose=Source(row.purpose_kind, row.purpose_id),
                amount=Money(int(row.fen)),
                since=row.since,
                days=(day - row.since).days,
            )
            for row in self._rows.open_commitments(book, year, day)
        )
        return CommitmentsView(
            district=self._rows.district_name(), year=year, book=book, as_of=day, lines=lines
        )

    def _overriding_post(self) -> Post:
        named = self.context.standards.listed("budget.control.override_posts", on=self.context.today)
        posts = [Post.parse(str(code)) for code in named]
        actor: Actor = self.context.acting
        post = overriding_post(actor, self.context.place, posts)
        if post is None:
            labels = "、".join(one.label for one in posts)
            raise OverrideNotYours(actor=str(actor), posts=labels)
        return post

    def _recorded(self, line: AnyRow, amount: Money, reason: str, source: Source) -> OverrideView:
        """Return what the source allowed before, and refuse where it says something else now."""
        row = self._rows.override_by_hand(line.id, source)
        if (row.amount, row.reason) != (amount, reason):
            recorded, given = f"{row.amount} 元，{row.reason}", f"{amount} 元，{reason}"
            raise OverrideDiffers(line=line.name, source=str(source), recorded=recorded, given=given)
        return _override(row, line.name)


def _override(row: AnyRow, line: str) -> OverrideView:
    return OverrideView(
        id=row.id,
        line_id=row.line_id,
        line=line,
        entry_id=row.entry_id,
        source=Source(row.source_kind, row.source_id),
        amount=row.amount,
        day=row.day,
        stage=ControlStage(row.stage) if row.stage else None,
        mode=ControlMode(row.mode),
        post=Post(row.post) if row.post else None,
        reason=row.reason,
    )


def _line(row: AnyRow, moved: Balances) -> ExecutionLine:
    budget = Money(granted(row).total - row.allowance.fen)
    return ExecutionLine(
        id=row.id,
        label=row.name,
        project=row.project,
        project_name=row.project_name,
        school=row.school,
        school_name=row.school_name,
        fund=FundSource(row.fund),
        function=row.function,
        economic=row.economic,
        approved=row.approved,
        adjusted=row.adjusted,
        carried_in=row.carried_in,
        budget=budget,
        allowance=row.allowance,
        reserved=Money(moved.reserved),
        committed=Money(moved.committed),
        paid=Money(moved.paid),
        available=Money(granted(row).total - moved.used),
        rate=execution_rate(Money(moved.paid), budget),
    )


def _summed(lines: Iterable[ExecutionLine], key: Callable[[ExecutionLine], str]) -> tuple[Figures, ...]:
    groups: defaultdict[str, list[ExecutionLine]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return tuple(_sum(name, groups[name]) for name in sorted(groups))


def _sum(label: str, lines: Iterable[ExecutionLine]) -> Figures:
    lines = list(lines)
    names = [name for name in Figures.model_fields if name not in ("label", "rate")]
    sums = {name: Money.total(getattr(line, name) for line in lines) for name in names}
    return Figures(label=label, rate=execution_rate(sums["paid"], sums["budget"]), **sums)
