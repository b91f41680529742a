"""Dues 党费: what members owe, what they pay, and the branch's own ledger of it."""

from __future__ import annotations

from xuequ.unified.party.service.dues.assessing import Assessing
from xuequ.unified.party.service.dues.paying import Receiving
from xuequ.unified.party.service.dues.remitting import Sending
from xuequ.unified.party.service.dues.setting import Setting
from xuequ.unified.party.service.dues.yearly import Yearly

__all__ = ["DuesService"]


class DuesService(Setting, Assessing, Receiving, Sending, Yearly):
    """Dues of the branch's members; money of the party, which no budget of the school knows."""
