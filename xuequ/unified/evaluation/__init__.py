"""⑦ 统一教师考核与奖惩: the evidence ledger, which every part writes to and appraisal reads.

“由校行政统一对学区内全体教师进行考核，考核得分统一用于晋职、晋档、绩效工资分配、评优选模，排除一切干扰，
一律遵循考核得分从高到低的准入原则。”
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.unified.evaluation.schemas import (
        EvidenceByHand,
        EvidenceEntry,
        EvidenceRow,
        EvidenceView,
        IndicatorTotal,
    )
    from xuequ.unified.evaluation.service import EvaluationService

__all__ = [
    "EvaluationService",
    "EvidenceByHand",
    "EvidenceEntry",
    "EvidenceRow",
    "EvidenceView",
    "IndicatorTotal",
]

_SCHEMAS = ("EvidenceByHand", "EvidenceEntry", "EvidenceRow", "EvidenceView", "IndicatorTotal")

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        **dict.fromkeys(_SCHEMAS, "xuequ.unified.evaluation.schemas"),
        "EvaluationService": "xuequ.unified.evaluation.service",
    },
)
