"""Data checks of dues: the ledger balances, and no month is paid twice."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.unified.party.repository.dues_ledger import DuesLedgerRows


def _rows(ground: Ground) -> DuesLedgerRows:
    return DuesLedgerRows(ground.session, ground.scope, ground.place)


def _unbalanced(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).unbalanced():
        yield Finding("xq_party_dues_ledger", row.id, "收缴、上缴的合计与逐笔记录不符")


def _paid_twice(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).paid_twice():
        yield Finding("xq_party_dues_month", row.id, f"党员 {row.member_id} {row.month:%Y-%m} 的党费交了两次")


def _unlike(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).unlike_their_months():
        yield Finding("xq_party_dues_payment", row.id, f"收据 {row.receipt} 的应交数与各月合计不符")


_REMEDY = "台账已被绕过程序改动；请从备份核对，并检查谁有数据库所有者权限。"

CHECKS = (
    DataCheck("party.dues_ledgers_balance", "党费台账与逐笔收缴、上缴相符", _unbalanced, _REMEDY),
    DataCheck(
        "party.dues_months_paid_once",
        "每月党费只交一次",
        _paid_twice,
        "请核对收据，作废重复的一笔。",
    ),
    DataCheck("party.dues_payments_add_up", "每笔党费等于所交各月之和", _unlike, _REMEDY),
)
