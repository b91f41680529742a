"""Who may do what with the calendar."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST, OFFICE

SET_CALENDAR = action("registry.set_calendar", "设定校历", OFFICE)


CLOSE_SCHOOLS = action(
    "registry.announce_closure", "宣布停课与复课", (*OFFICE, Post.GENERAL_AFFAIRS_DIRECTOR)
)


VIEW_CALENDAR = action("registry.view_calendar", "查看校历", EVERY_POST)
