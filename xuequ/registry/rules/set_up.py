"""Pure decisions about the set-up workbook."""

from __future__ import annotations

from datetime import date
from enum import Enum

from xuequ.core.errors import Problem
from xuequ.registry.errors.set_up import MovedBackwards


class Move(Enum):
    """What a new pair of place and first day means for the span that is open now."""

    STAYS = "stays"
    CORRECTED = "corrected"
    MOVED = "moved"


def decide_move(
    there: object, since: date | None, wanted: object, from_: date, free_from: date | None
) -> Move | Problem:
    """Tell a correction from a move.

    Another place from a later day is a move: the open span ends and a new one begins. Another place
    from the same day, or the same place from another day, corrects what was written.

    Args:
        there, since: the open span; `since` is None when there is none, and a new one begins.
        wanted, from_: what is wanted.
        free_from: the day from which no ended span stands in the way, if there is any.
    """
    if free_from is not None and from_ < free_from:
        return Problem(MovedBackwards(since=str(from_), current=str(free_from)))
    if since is None:
        return Move.MOVED
    if there == wanted:
        return Move.STAYS if since == from_ else Move.CORRECTED
    if from_ < since:
        return Problem(MovedBackwards(since=str(from_), current=str(since)))
    return Move.CORRECTED if from_ == since else Move.MOVED
