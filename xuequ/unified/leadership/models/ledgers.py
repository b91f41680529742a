"""What the tables of ledgers share."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.tables import UtcDateTime


class Voidable:
    """A row that was a mistake is voided 作废 with a reason, and stays."""

    voided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    voided_by: Mapped[str] = mapped_column(String(200), default="")
    void_reason: Mapped[str] = mapped_column(String(200), default="")
