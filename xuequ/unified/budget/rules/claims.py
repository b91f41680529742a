"""What stands against a claim before anybody signs it, and how much of it an order pays."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.core.money import Money
from xuequ.core.standards import Standards
from xuequ.unified.budget.errors.claims import (
    ClaimAhead,
    ClaimDecisionMissing,
    ClaimEmpty,
    InvoiceOutsideYear,
    InvoicesShort,
    InvoiceTwice,
    LineOfOtherBook,
    LineOfOtherSchool,
)
from xuequ.unified.budget.errors.ledger import DayOutsideYear, UseForbidden, YearClosed
from xuequ.unified.budget.rules.cells import economic_codes, forbidden_use
from xuequ.unified.budget.rules.council import matter_needing_decision
from xuequ.unified.budget.states.claims import WAYS, Act, ClaimState
from xuequ.unified.budget.states.council import Matter
from xuequ.unified.budget.states.ledger import Book, Purse

_NOTHING = Money(0)


@dataclass(frozen=True, slots=True)
class LineSaid:
    """A line of a claim with what matters of its budget line; an order has committed `from_order` of it."""

    line_id: int
    name: str
    book: Book
    year: int
    closed: bool
    school_id: int | None
    project: str
    purse: Purse
    economic: str
    what: str
    amount: Money
    from_order: Money = _NOTHING


@dataclass(frozen=True, slots=True)
class InvoiceSaid:
    """An invoice of a claim."""

    code: str
    number: str
    day: date
    amount: Money

    def __str__(self) -> str:
        return f"{self.code} {self.number}".strip()


@dataclass(frozen=True, slots=True)
class ClaimSaid:
    """A claim with what it names; `decided` where a decision stands behind it."""

    number: str
    school_id: int | None
    spent_on: date
    uninvoiced: str
    decided: bool
    lines: Sequence[LineSaid]
    invoices: Sequence[InvoiceSaid]

    @property
    def total(self) -> Money:
        """What is claimed in all."""
        return Money.total(line.amount for line in self.lines)


def supplier_key(name: str) -> str:
    """Return how a supplier's name is compared: without spaces, marks, widths and letter case.

    Source: our decision.

    >>> supplier_key("凤山 文具（店）ＡＢ") == supplier_key("凤山文具(店)ab")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")[:100] or folded[:100]


def invoices_twice(invoices: Iterable[InvoiceSaid]) -> list[Problem]:
    """Return the invoices that one claim names more than once.

    Source: domain rules A §3, Claim (invoice number unique across the district).
    """
    times = Counter(str(invoice) for invoice in invoices)
    return [Problem(InvoiceTwice(invoice=name)) for name, count in times.items() if count > 1]


def claim_problems(claim: ClaimSaid, standards: Standards, *, today: date) -> list[Problem]:
    """Return all that stands against submitting a claim; who may sign it is asked elsewhere.

    Source: domain rules A §3, Claim; 财教〔2006〕5号 §3; 预算法 §13, §18.
    """
    problems = [] if claim.lines else [Problem(ClaimEmpty(claim=claim.number))]
    if claim.spent_on > today:
        problems.append(Problem(ClaimAhead(day=str(claim.spent_on), today=str(today))))
    for line in claim.lines:
        problems += line_problems(line, claim.school_id, claim.spent_on, standards)
    problems += _invoice_problems(claim)
    problems += _undecided(claim, standards)
    return problems


def line_problems(line: LineSaid, school_id: int | None, day: date, standards: Standards) -> list[Problem]:
    """Return what stands against a school, or the district, spending on a budget line on a day.

    Source: 财教〔2006〕5号 §3; 预算法 §13, §18.
    """
    problems: list[Problem] = []
    if line.book is not Book.SCHOOL:
        problems.append(Problem(LineOfOtherBook(line=line.name, book=line.book.label)))
    if line.year != day.year:
        said = {"line": line.name, "day": str(day)}
        problems.append(Problem(DayOutsideYear(**said, year=line.year)))
    if line.closed:
        problems.append(Problem(YearClosed(book=line.book.label, year=line.year)))
    if line.school_id is not None and line.school_id != school_id:
        problems.append(Problem(LineOfOtherSchool(line=line.name)))
    forbidden = forbidden_use(line.purse, line.economic, standards, line.year)
    if forbidden is not None:
        label = economic_codes(standards, line.year).get(line.economic, "")
        named = {"project": line.project, "economic": f"{line.economic} {label}".strip()}
        problems.append(Problem(UseForbidden(**named, use=forbidden[0], authority=forbidden[1])))
    return problems


def _invoice_problems(claim: ClaimSaid) -> list[Problem]:
    problems = invoices_twice(claim.invoices)
    for year in sorted({line.year for line in claim.lines}):
        problems += [
            Problem(InvoiceOutsideYear(invoice=str(invoice), day=str(invoice.day), year=year))
            for invoice in claim.invoices
            if invoice.day.year != year
        ]
    come_to = Money.total(invoice.amount for invoice in claim.invoices)
    if come_to < claim.total and not claim.uninvoiced:
        problems.append(Problem(InvoicesShort(invoices=come_to, total=claim.total)))
    return problems


def decided_matters(
    lines: Iterable[tuple[str, Money]], standards: Standards, on: date
) -> dict[str, tuple[Matter, Money]]:
    """Return the economic codes of lines whose sums need a decision of the council: the matter and the sum.

    Source: the article, 三、（三） (大宗物品采购、校舍维修、基建由校务委员会集体研究决定).
    """
    amounts: defaultdict[str, Money] = defaultdict(lambda: Money(0))
    for economic, amount in lines:
        amounts[economic] += amount
    needing = (
        (code, matter_needing_decision(code, sum_, standards, on), sum_)
        for code, sum_ in amounts.items()
        if sum_
    )
    return {code: (Matter(matter), sum_) for code, matter, sum_ in needing if matter is not None}


def _undecided(claim: ClaimSaid, standards: Standards) -> list[Problem]:
    """Return what the council decides on, by economic codes, where no decision is cited.

    What an order has committed was asked for when it was ordered.
    """
    if claim.decided:
        return []
    lines = ((line.economic, line.amount - line.from_order) for line in claim.lines)
    return [
        Problem(ClaimDecisionMissing(matter=matter.label, what=f"{economic} 合计 {amount} 元"))
        for economic, (matter, amount) in sorted(decided_matters(lines, standards, claim.spent_on).items())
    ]


def act_problems(act: Act, state: ClaimState) -> list[Problem]:
    """Return that a claim is not in a state in which an act may be done.

    Source: domain rules A §3, Claim (the flow).
    """
    if state in WAYS[act][0]:
        return []
    return [Problem(IllegalTransition(machine="报销单", from_=state.label, to=act.label))]


def parts_of_order(
    lines: Sequence[tuple[int, Money]], held: Mapping[int, Money], spoken: Mapping[int, Money]
) -> list[Money]:
    """Return how much of each line comes out of what the order has committed on its budget line.

    What is committed goes first, to the lines in their order; of it other claims of the order that are
    under way have `spoken` for a part. The rest comes out of what is available.

    Args:
        lines: budget line and amount of each line of the claim.
        held, spoken: by budget line.

    Source: domain rules A §3, Control formula (claims consume their commitment first).
    """
    left = {line: max(held.get(line, Money(0)) - spoken.get(line, Money(0)), Money(0)) for line, _ in lines}
    parts: list[Money] = []
    for line, amount in lines:
        part = min(amount, left[line])
        left[line] -= part
        parts.append(part)
    return parts
