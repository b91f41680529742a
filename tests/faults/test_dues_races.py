"""Dues paid, voided and remitted at once: one month is paid once, and no more goes up than there is."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.faults.test_post_races import Act
from tests.unified.party.treasury import MONTHLY, OPENING, paying, salaried, treasury
from xuequ import District, Money, XuequError
from xuequ.core.settings import FixedClock, Settings
from xuequ.testing.factories import MAKER
from xuequ.unified.party.models.dues import DuesAssessment, DuesMonth, DuesPayment
from xuequ.unified.party.schemas.dues import Giving, LedgerView, Remitting, Voiding
