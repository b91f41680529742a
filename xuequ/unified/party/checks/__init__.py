"""Data checks of the party."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.unified.party.checks.dues import CHECKS as DUES
from xuequ.unified.party.checks.meetings import CHECKS as MEETINGS
from xuequ.unified.party.checks.members import CHECKS as MEMBERS

CHECKS: tuple[DataCheck, ...] = (*DUES, *MEETINGS, *MEMBERS)
"""Every check of the part; a topic with checks of its own has a module here."""
