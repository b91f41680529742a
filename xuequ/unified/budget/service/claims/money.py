"""What the acts on a claim do to the money of its lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.schemas.ledger import Posting
from xuequ.unified.budget.states.claims import CLAIM_KIND, EXCESS_KIND, ORDER_KIND, STEP_KIND
from xuequ.unified.budget.states.ledger import Movement, Pot


@dataclass(frozen=True, slots=True)
class Share:
    """What a claim takes of a budget line: all of it, and the part that its order has committed."""

    line_id: int
    year: int
    amount: Money
    from_order: Money

    @property
    def own(self) -> Money:
        """What is reserved and committed for the claim itself."""
        return self.amount - self.from_order


def shares(lines: Iterable[AnyRow]) -> list[Share]:
    """Add up a claim's lines by budget line."""
    found: defaultdict[tuple[int, int], list[AnyRow]] = defaultdict(list)
    for line in lines:
        found[line.line_id, line.year].append(line)
    return [
        Share(
            line_id,
            year,
            Money.total(line.amount for line in some),
            Money.total(line.from_order for line in some),
        )
        for (line_id, year), some in sorted(found.items())
    ]


def reserving(claim_id: int, step_id: int, parts: Iterable[Share], day: date) -> list[Posting]:
    """Reserve what a claim takes of what is available."""
    return _own(claim_id, step_id, parts, day, Movement.RESERVE, Pot.AVAILABLE)


def committing(claim_id: int, step_id: int, parts: Iterable[Share], day: date) -> list[Posting]:
    """Commit what was reserved."""
    return _own(claim_id, step_id, parts, day, Movement.COMMIT, Pot.RESERVED)


def releasing(claim_id: int, step_id: int, parts: Iterable[Share], day: date, out_of: Pot) -> list[Posting]:
    """Release what was reserved or committed."""
    return _own(claim_id, step_id, parts, day, Movement.RELEASE, out_of)


def paying(claim_id: int, order_id: int | None, parts: Iterable[Share], day: date) -> list[Posting]:
    """Pay out of what is committed: first for the order, the rest for the claim itself.

    The claim is the source of its payment. Where one line pays both, what goes beyond the order's commitment
    is told apart from what the order pays, since a source makes each entry once.
    """
    claim, postings = Source(CLAIM_KIND, claim_id), list[Posting]()
    for part in parts:
        if part.from_order and order_id is not None:
            order = Source(ORDER_KIND, order_id)
            postings.append(_posting(part, part.from_order, Movement.PAY, Pot.COMMITTED, claim, order, day))
        if part.own:
            source = Source(EXCESS_KIND, claim_id) if part.from_order else claim
            postings.append(_posting(part, part.own, Movement.PAY, Pot.COMMITTED, source, claim, day))
    return postings


def _own(
    claim_id: int, step_id: int, parts: Iterable[Share], day: date, movement: Movement, out_of: Pot
) -> list[Posting]:
    source, purpose = Source(STEP_KIND, step_id), Source(CLAIM_KIND, claim_id)
    return [
        _posting(part, part.own, movement, out_of, source, purpose, _within(day, part.year, movement))
        for part in parts
        if part.own
    ]


def _within(day: date, year: int, movement: Movement) -> date:
    """Return the day of an entry: what is held of last year's line is moved on that year's last day.

    Until the year is closed a claim may still come back, and its money with it.
    """
    return day if movement is Movement.RESERVE else min(day, date(year, 12, 31))


def _posting(
    part: Share,
    amount: Money,
    movement: Movement,
    out_of: Pot,
    source: Source,
    purpose: Source,
    day: date,
) -> Posting:
    return Posting(
        line_id=part.line_id,
        movement=movement,
        out_of=out_of,
        amount=amount,
        source=source,
        purpose=purpose,
        day=day,
    )
