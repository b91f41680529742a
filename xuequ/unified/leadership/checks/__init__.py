"""Data checks of leadership."""

from __future__ import annotations

from xuequ.core.checks import DataCheck
from xuequ.unified.leadership.checks.leave import CHECKS as LEAVE
from xuequ.unified.leadership.checks.links import CHECKS as LINKS
from xuequ.unified.leadership.checks.office import CHECKS as OFFICE

CHECKS: tuple[DataCheck, ...] = (*LEAVE, *LINKS, *OFFICE)
"""Every check of the part; a topic with checks of its own has a module here."""
