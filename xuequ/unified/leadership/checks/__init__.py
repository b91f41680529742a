"""Data checks of leadership."""

from __future__ import annotations

from xuequ.core.checks import DataCheck

CHECKS: tuple[DataCheck, ...] = ()
"""Every check of the part; a topic with checks of its own has a module here."""
