"""What the council's decisions cover: the seam to where they are kept."""

from __future__ import annotations

from datetime import date

from xuequ.core.context import Context
from xuequ.core.money import Money
from xuequ.core.source import Source
from xuequ.unified.budget.errors.claims import DecisionsNotKept


def draw(context: Context, item_id: int, amount: Money, source: Source, *, on: date) -> None:
    """Take an amount out of a decision item's ceiling.

    Raises:
        DecisionsNotKept: as long as no decisions are kept, none can be cited.
    """
    raise DecisionsNotKept(item=str(item_id))


def give_back(context: Context, item_id: int, source: Source) -> None:
    """Give back what a source has drawn.

    Raises:
        DecisionsNotKept: as `draw` does.
    """
    raise DecisionsNotKept(item=str(item_id))
