"""Use cases of the budget of a year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions import years as actions
from xuequ.unified.budget.errors.years import BudgetThere, VersionMissing
from xuequ.unified.budget.facts.years import (
    BudgetBegun,
    BudgetDeliberated,
    BudgetProposed,
    BudgetReturned,
    BudgetSubmitted,
    ControlFigureReceived,
)
from xuequ.unified.budget.repository.years import YearRows
from xuequ.unified.budget.rules.years import approval_differs, over_control, unclear_control
from xuequ.unified.budget.schemas.years import (
    BudgetAdoption,
    BudgetApproval,
    BudgetDraft,
    BudgetReturn,
    BudgetSheet,
    ControlFigure,
    Deliberation,
    OpeningBalances,
    OpeningView,
    ProvisionalAllotment,
    ProvisionalView,
    Submission,
    VersionView,
    YearCopy,
    YearView,
)
from xuequ.unified.budget.service.ledger.granting import Cells
from xuequ.unified.budget.service.years.adopting import adopt_whole
from xuequ.unified.budget.service.years.approving import enact
from xuequ.unified.budget.service.years.copying import copy_year
from xuequ.unified.budget.service.years.opening import open_ledger
from xuequ.unified.budget.service.years.provisional import allot, provisional_view
from xuequ.unified.budget.service.years.rounds import Open, draft, version_view
from xuequ.unified.budget.service.years.sheets import sheet
from xuequ.unified.budget.states.ledger import Book
from xuequ.unified.budget.states.years import BACK, Round, Side, Stage

__all__ = ["YearService"]


class YearService(Service):
    """The budget 预算 of a book's fiscal year, which is the calendar year: two up, two down 二上二下.

    Its rows stand in versions. The last one is open while it is drafted, and what went up, came back or was
    approved stays as it was. Nothing can be spent of a version before it is approved.
    """

    @property
    def _rows(self) -> YearRows:
        return YearRows(self.context.session, self.context.scope, self.context.place)

    @use_case(actions.BEGIN_BUDGET)
    def begin(self, year: int, *, book: Book = Book.SCHOOL, on: date | None = None) -> VersionView:
        """Begin a year's budget with an empty version; one that is being drafted already stays as it is.

        Raises:
            BudgetThere: the budget has gone further.
        """
        rows = self._rows
        row = rows.lock_year(book.code, year)
        if row.stage != Stage.DRAFTING:
            raise BudgetThere(book=book.label, year=year, stage=Stage(row.stage).label)
        if rows.last_version(row.id) is None:
            day = on or self.context.today
            values = {"number": 1, "round": Round.FIRST.code, "begun_on": day}
            version_id = rows.add_version(row.id, values)
            self.context.announce(BudgetBegun(version_id=version_id, book=book.code, year=year, on=day))
        return Open(self.context, rows, book, year).view()

    @use_case(actions.DRAFT_BUDGET)
    def draft_lines(self, command: BudgetDraft) -> VersionView:
        """Replace the rows of the open version 编制, before the first time up or within the control figure.

        Raises:
            VersionMissing: the budget was not begun.
            IllegalTransition: nothing is drafted at this stage.
            Stale: somebody has written since `revision` was read.
            Problems: unknown codes, forbidden uses, rows that stand twice, negative amounts.
        """
        return draft(self.context, self._rows, command)

    @use_case(actions.DRAFT_BUDGET)
    def copy_last_year(self, command: YearCopy) -> VersionView:
        """Write last year's amounts, times a factor each, into the open version, which must be empty.

        Raises:
            DraftNotEmpty, NothingToCopy: there is a draft already, or nothing that it could be made of.
            Problems: factors of what last year did not have, codes that this year does not have.
            VersionMissing, IllegalTransition, Stale: as `draft_lines` does.
        """
        return copy_year(self.context, self._rows, command)

    @use_case(actions.DELIBERATE_BUDGET)
    def deliberate(self, command: Deliberation) -> VersionView:
        """Record that the school council deliberated on the draft 校务委员会审议, which is whole from now on.

        Raises:
            BudgetEmpty: there is no income or no expenditure.
            Problems: deficits.
            IllegalTransition, StepOutOfOrder, VersionMissing: for the stage and the day.
        """
        held = self._open(command)
        day = held.day(Stage.DELIBERATED, command.on)
        held.complete()
        said = {"deliberated_on": day, "minutes_no": command.minutes_no}
        held.take(Stage.DELIBERATED, day, BudgetDeliberated, **said)
        return held.view()

    @use_case(actions.PROPOSE_BUDGET)
    def propose(self, command: Submission) -> VersionView:
        """Send the proposal 建议数 up, the first time 一上.

        Raises:
            IllegalTransition, StepOutOfOrder, VersionMissing: for the stage and the day.
        """
        held = self._open(command)
        day = held.day(Stage.PROPOSED, command.on)
        said = {"submitted_on": day, "submission_no": command.document_no}
        held.take(Stage.PROPOSED, day, BudgetProposed, **said)
        return held.view()

    @use_case(actions.RECEIVE_CONTROL)
    def receive_control_figure(self, command: ControlFigure) -> VersionView:
        """Record the control figure 控制数 that came down 一下; a version opens as the first one was.

        Raises:
            ControlFigureUnclear: it is of the whole and of sources and projects, or of neither.
            ProjectUnknown: a project is not the district's.
            IllegalTransition, StepOutOfOrder, VersionMissing: for the stage and the day.
        """
        held = self._open(command)
        day = held.day(Stage.CONTROLLED, command.on)
        pockets = {(one.fund.code, one.project): one.amount for one in command.pockets}
        refuse_if(unclear_control(command.whole, pockets))
        held.control(command)
        said = {"controlled_on": day, "control_no": command.document_no}
        held.take(Stage.CONTROLLED, day, ControlFigureReceived, **said)
        held.follow(Round.SECOND, day)
        return held.view()

    @use_case(actions.SUBMIT_BUDGET)
    def submit_draft(self, command: Submission) -> VersionView:
        """Send the draft up the second time 二上, within the control figure.

        Raises:
            OverControlFigure: more is planned than the figure allows.
            BudgetEmpty, DeficitBudget, Problems: as `deliberate` does.
            IllegalTransition, StepOutOfOrder, VersionMissing: for the stage and the day.
        """
        held = self._open(command)
        day = held.day(Stage.REDRAFTED, command.on)
        planned, (whole, pockets) = held.complete()[Side.EXPENDITURE], held.controls()
        refuse_if(over_control(planned, whole, pockets, held.names))
        said = {"submitted_on": day, "submission_no": command.document_no}
        held.take(Stage.REDRAFTED, day, BudgetSubmitted, **said)
        return held.view()

    @use_case(actions.RETURN_BUDGET)
    def return_for_redraft(self, command: BudgetReturn) -> VersionView:
        """Take a draft back 退回修改, from the council or from the authority; a version opens as it was.

        Raises:
            IllegalTransition: it is at neither of them, or is approved.
            StepOutOfOrder, VersionMissing: for the day and the year.
        """
        held = self._open(command)
        to = BACK.get(held.stage, Stage.DRAFTING)
        day = held.day(to, command.on, back=True)
        held.take(to, day, BudgetReturned, returned_on=day, return_reason=command.reason)
        held.follow(Round(held.version.round), day)
        return held.view()

    @use_case(actions.APPROVE_BUDGET)
    def approve(self, command: BudgetApproval) -> VersionView:
        """Record the approval 批复 of what went up 二下: its lines can be used, and nothing is provisional.

        The same approval again changes nothing.

        Raises:
            ApprovalDiffers: it says other totals than the version that went up.
            GrantTooSmall: more was used of provisional money than is approved.
            IllegalTransition, StepOutOfOrder, VersionMissing: for the stage and the day.
        """
        held = self._open(command)
        said = {"approved_on": command.approved_on, "approval_no": command.document_no}
        version = held.view()
        approved, sent = (command.income, command.expenditure), (version.income, version.expenditure)
        if held.says(said) and approved == sent:
            return version
        held.day(Stage.APPROVED, command.approved_on)
        refuse_if(approval_differs(approved, sent))
        held.rows.mark(held.version.id, said)
        cells = Cells(self.context, held.rows, command.book, command.year)
        enact(self.context, held.rows, cells, held.version.id, command.approved_on)
        return held.view()

    @use_case(actions.ADOPT_BUDGET)
    def adopt(self, command: BudgetAdoption) -> YearView:
        """Record a budget that was approved outside 补录批复, whole; its lines can be used from now on.

        The same again changes nothing.

        Raises:
            BudgetThere: the book's year has a budget, or one under way.
            Problems: unknown codes, forbidden uses, cells that stand twice, deficits.
        """
        adopt_whole(self.context, self._rows, command)
        return self.view(command.year, book=command.book)

    @use_case(actions.ALLOT_PROVISIONALLY)
    def allot_provisionally(self, command: ProvisionalAllotment) -> list[ProvisionalView]:
        """Allot money before the approval 批复前安排, each on its ground; the approval replaces it.

        Raises:
            ProvisionalOver: the budget is approved.
            Problems: grounds that are not allowed or not named, days outside the year, amounts that are
                more than what was paid in last year's same period or what last year left over.
            DocumentDiffers: a document of that number said something else.
        """
        return allot(self.context, self._rows, command)

    @use_case(actions.OPEN_BALANCES)
    def open_balances(self, command: OpeningBalances) -> list[OpeningView]:
        """Record what was paid and committed before the ledger was kept here 期初; again, it changes nothing.

        Raises:
            CellWithoutLine, OpeningEmpty, CellTwice, Problems: for the rows.
            InsufficientBudget, DayOutsideYear, YearClosed: as every entry.
            DocumentDiffers: a line's balance by that reference says something else.
        """
        return open_ledger(self.context, self._rows, command)

    @reading(actions.VIEW_BUDGET)
    def view(self, year: int, *, book: Book = Book.SCHOOL) -> YearView:
        """Return how far the budget of a book's year is.

        Raises:
            VersionMissing: nothing was done for that year yet.
        """
        row = self._rows.year(book.code, year)
        if row is None:
            raise VersionMissing(book=book.label, year=year)
        return YearView(id=row.id, book=book, year=year, stage=Stage(row.stage), closed_on=row.closed_on)

    @reading(actions.VIEW_BUDGET)
    def versions(self, year: int, *, book: Book = Book.SCHOOL) -> list[VersionView]:
        """List the versions of a book's year by number, with their rows."""
        rows = self._rows
        row = rows.year(book.code, year)
        if row is None:
            return []
        of: defaultdict[int, list[AnyRow]] = defaultdict(list)
        for one in rows.rows_by_version(row.id):
            of[one.version_id].append(one)
        return [version_view(row, version, of[version.id]) for version in rows.versions(row.id)]

    @reading(actions.VIEW_BUDGET)
    def provisional(self, year: int, *, book: Book = Book.SCHOOL) -> list[ProvisionalView]:
        """List what was allotted in a year before its approval."""
        rows = self._rows
        row = rows.year(book.code, year)
        return [] if row is None else [provisional_view(one) for one in rows.provisional(row.id)]

    @reading(actions.VIEW_BUDGET)
    def proposal_sheet(self, year: int, *, book: Book = Book.SCHOOL) -> BudgetSheet:
        """Return the last version that went up or is being drafted, as it is printed 预算建议表.

        Raises:
            VersionMissing: the budget was not begun.
        """
        return sheet(self.context, self._rows, book, year, approved=False)

    @reading(actions.VIEW_BUDGET)
    def approved_sheet(self, year: int, *, book: Book = Book.SCHOOL) -> BudgetSheet:
        """Return the approved version, as it is printed 批复表.

        Raises:
            VersionMissing: no version is approved.
        """
        return sheet(self.context, self._rows, book, year, approved=True)

    def _open(
        self, command: Deliberation | Submission | ControlFigure | BudgetReturn | BudgetApproval
    ) -> Open:
        return Open(self.context, self._rows, command.book, command.year)
