"""Use cases of the branch and its members."""

from __future__ import annotations

from xuequ.unified.party.service.members.entering import Entering
from xuequ.unified.party.service.members.following import Following
from xuequ.unified.party.service.members.lists import MemberLists
from xuequ.unified.party.service.members.organising import Organising

__all__ = ["MembersService"]


class MembersService(Organising, Entering, Following, MemberLists):
    """The branch 党支部, its groups and committee, and who is a member of it on any day.

    One branch for the whole district: who goes to another of its schools changes the group, not the branch.
    """
