"""Data checks of the evidence ledger."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.unified.evaluation.repository import EvaluationRepository

TABLE = "xq_evaluation_evidence"


def _rows(ground: Ground) -> EvaluationRepository:
    return EvaluationRepository(ground.session, ground.scope, ground.place)


def _factless(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).without_fact():
        yield Finding(TABLE, row.id, f"所依据的记录 {row.fact_id} 不在日志中")


def _crooked(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).unlike_what_they_reverse():
        yield Finding(TABLE, row.id, f"与所冲销的 {row.reverses_id} 不相抵")


CHECKS = (
    DataCheck(
        "evaluation.evidence_has_its_fact",
        "每条考核依据都出自日志中的一条记录",
        _factless,
        "这些依据不是经本程序登记的；请核实来源，冲销后以手工登记重新录入。",
    ),
    DataCheck(
        "evaluation.reversals_cancel",
        "冲销与被冲销的依据相抵",
        _crooked,
        "台账已被绕过程序改动；请从备份核对，并检查谁有数据库所有者权限。",
    ),
)
