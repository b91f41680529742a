"""What a decision of the council covers: taking amounts out of its ceiling, and giving them back.

Other topics call these within their use cases, after their own document is locked and before any money is
posted on a line: item, then year, then lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import Context
from xuequ.core.errors import Stale, refuse_if
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.errors.council import DecisionUnknown, DrawDiffers, NothingDrawn
from xuequ.unified.budget.errors.ledger import AmountNotPositive
from xuequ.unified.budget.facts.council import CoverDrawn, CoverGivenBack
from xuequ.unified.budget.models.council import DecisionDraw
from xuequ.unified.budget.repository.council import ItemRows
from xuequ.unified.budget.rules.council import (
    Cover,
    citing_problems,
    decision_needed,
    draw_problems,
    matter_needing_decision,
)
from xuequ.unified.budget.states.council import DrawWay, ItemState, Matter


def draw(
    context: Context,
    item_id: int,
    amount: Money,
    source: Source,
    *,
    on: date,
    matter: str | None = None,
    line_id: int | None = None,
) -> None:
    """Take an amount out of an adopted item's ceiling; the same source again changes nothing.

    Args:
        context: of the use case that spends.
        item_id: the item.
        amount: more than nothing.
        source: the record that spends; having given back, it may take again.
        on: the day of the contract, order or payment.
        matter: what the spending is by `matter_needing_decision`, if it is any.
        line_id: the budget line that it comes from, if it is known.

    Raises:
        DecisionUnknown: when there is no such item here.
        DrawDiffers: when the source holds another amount of it.
        NotAdopted, OutsideDecision, RatificationOverdue, OverCeiling, OtherMatter, OtherLine: when the item
            does not cover it.
        Problems: when there is more than one of these.
    """
    if amount <= Money(0):
        raise AmountNotPositive(amount=amount)
    rows, item = _locked(context, item_id)
    before = rows.draws(item_id, source)
    if _holds(before):
        if before[0].amount != amount:
            recorded = {"recorded": before[0].amount, "given": amount}
            raise DrawDiffers(item=item_name(item), source=str(source), **recorded)
        return
    refuse_if(draw_problems(cover_of(item), amount, on, needed=matter, line_id=line_id))
    if not rows.take(item_id, amount, on):
        raise Stale(what=f"决议“{item_name(item)}”")
    number = before[0].round + 1 if before else 1
    _write(rows, item_id, source, number, DrawWay.DRAW, amount, on)
    context.announce(CoverDrawn(item_id=item_id, amount=amount, day=on, source=source))


def give_back(context: Context, item_id: int, source: Source) -> None:
    """Give back what a source holds of an item; having given it back, it changes nothing.

    Raises:
        DecisionUnknown: when there is no such item here.
        NothingDrawn: when the source never took anything out of it.
    """
    rows, item = _locked(context, item_id)
    before = rows.draws(item_id, source)
    if not before:
        raise NothingDrawn(item=item_name(item), source=str(source))
    if not _holds(before):
        return
    held = before[0]
    if not rows.put_back(item_id, held.amount):
        raise Stale(what=f"决议“{item_name(item)}”")
    _write(rows, item_id, source, held.round, DrawWay.GIVE_BACK, held.amount, context.today)
    context.announce(CoverGivenBack(item_id=item_id, amount=held.amount, day=context.today, source=source))


def draw_where_needed(
    context: Context,
    economic: str,
    amount: Money,
    source: Source,
    *,
    item_id: int | None,
    on: date,
    line_id: int | None = None,
) -> None:
    """Draw on the item that is cited, and refuse what needs a decision and cites none.

    Raises:
        DecisionNeeded: when it needs a decision and `item_id` is None.
        XuequError: as `draw` does.
    """
    matter = matter_needing_decision(economic, amount, context.standards, on)
    if item_id is not None:
        draw(context, item_id, amount, source, on=on, matter=matter, line_id=line_id)
    elif matter is not None:
        raise decision_needed(matter, amount, context.standards, on)


def cite(context: Context, item_id: int, matter: Matter) -> str:
    """Return the name of an adopted item on a matter, as another document cites it.

    Raises:
        DecisionUnknown, NotAdopted, OtherMatter: when there is none that can be cited.
    """
    item = ItemRows(context.session, context.scope, context.place).item(item_id)
    if item is None:
        raise DecisionUnknown(item=str(item_id))
    refuse_if(citing_problems(cover_of(item), matter))
    return item_name(item)


def cover_of(row: AnyRow) -> Cover:
    """Return what an item's row allows."""
    return Cover(
        name=item_name(row),
        matter=Matter(row.matter),
        state=ItemState(row.state),
        ceiling=row.ceiling,
        drawn=row.drawn,
        since=row.since,
        until=row.until,
        ratify_by=row.ratify_by,
        school_id=row.school_id,
        line_id=row.line_id,
    )


def minutes_name(year: int, number: int) -> str:
    """Write the number of minutes as people do."""
    return f"〔{year}〕{number}号"


def item_name(row: AnyRow) -> str:
    """Name an item by its minutes, number and subject; an emergency by its subject."""
    if row.meeting_id is None:
        return str(row.subject)
    return f"{minutes_name(row.year, row.minutes)}第{row.number}项 {row.subject}"


def _locked(context: Context, item_id: int) -> tuple[ItemRows, AnyRow]:
    rows = ItemRows(context.session, context.scope, context.place)
    item = rows.lock_item(item_id)
    if item is None:
        raise DecisionUnknown(item=str(item_id))
    return rows, item


def _holds(draws: Sequence[AnyRow]) -> bool:
    """Tell whether the latest round was not given back."""
    latest = [row for row in draws if row.round == draws[0].round]
    return len(latest) == 1


def _write(
    rows: ItemRows, item_id: int, source: Source, number: int, way: DrawWay, amount: Money, day: date
) -> None:
    rows.add(
        DecisionDraw,
        item_id=item_id,
        source_kind=source.kind,
        source_id=source.id,
        round=number,
        way=way.code,
        amount=amount,
        day=day,
    )
