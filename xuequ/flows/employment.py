"""What follows when somebody leaves."""

from __future__ import annotations

from xuequ.core.context import Context
from xuequ.registry.facts.staff import EmploymentEnded
from xuequ.registry.rules.appointing import end_for
from xuequ.registry.service.posts import PostService
from xuequ.registry.states.staff import Exit


def end_posts(context: Context, fact: EmploymentEnded, fact_id: int) -> None:
    """Nobody holds a post longer than the employment."""
    PostService(context).end_all_of(fact.staff_id, end_for(Exit(fact.exit)), fact.on)
