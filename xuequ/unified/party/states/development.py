"""States of a development case 发展党员: its steps, what came of each, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list

CASE_KIND = "party.development_case"
"""What a case is called where a vote, or anything else, is about it."""


@code_list("发展党员步骤")
class StepKind(CodeEnum):
    """The dated steps of a case, in their order."""

    APPLICATION = "application", "递交入党申请书", "申请入党", "申请"
    TALK = "talk", "派人谈话", "谈话"
    ACTIVIST = "activist", "确定入党积极分子", "积极分子"
    REVIEW = "review", "半年考察", "考察"
    NOTICE = "notice", "公示"
    CANDIDATE = "candidate", "确定发展对象", "发展对象"
    POLITICAL_REVIEW = "political_review", "政治审查", "政审"
    TRAINING = "training", "短期集中培训", "培训"
    PRE_REVIEW = "pre_review", "支委会审查和上级党委预审", "预审"
    MEETING = "meeting", "支部大会讨论接收", "支部大会接收"
    APPROVAL = "approval", "上级党委审批", "审批"
    OATH = "oath", "入党宣誓", "宣誓"
    REQUEST = "request", "提出转正申请", "转正申请"
    CONVERSION = "conversion", "支部大会讨论转正", "支部大会转正"
    CONVERSION_APPROVAL = "conversion_approval", "上级党委审批转正", "转正审批"


@code_list("发展党员步骤结果")
class Outcome(CodeEnum):
    """What came of a step."""

    DONE = "done", "完成"
    PASSED = "passed", "通过", "合格"
    FAILED = "failed", "未通过", "不合格"
    CONVERT = "convert", "同意按期转正", "转正"
    EXTEND = "extend", "延长预备期"
    CANCEL = "cancel", "取消预备党员资格"


@code_list("发展阶段")
class Phase(CodeEnum):
    """How far a case has come 发展阶段, as the funnel counts it."""

    APPLICANT = "applicant", "入党申请人"
    ACTIVIST = "activist", "入党积极分子"
    CANDIDATE = "candidate", "发展对象"
    PROBATIONARY = "probationary", "预备党员"


@code_list("发展工作结束原因")
class CaseEnd(CodeEnum):
    """Why a case is closed."""

    CONVERTED = "converted", "转为正式党员"
    CANCELLED = "cancelled", "取消预备党员资格"
    WITHDRAWN = "withdrawn", "本人撤回申请"
    STOPPED = "stopped", "停止培养"
    TRANSFERRED = "transferred", "转出本支部"


@code_list("培养人类别")
class Role(CodeEnum):
    """What a full member is to an applicant."""

    CONTACT = "contact", "培养联系人"
    INTRODUCER = "introducer", "入党介绍人"


Reached = tuple[StepKind, Outcome]
"""Where a case stands: its last step and what came of it."""

_S, _O = StepKind, Outcome
_PRE_REVIEWED = frozenset({(_S.PRE_REVIEW, _O.PASSED), (_S.PRE_REVIEW, _O.FAILED)})
_EXTENDED = (_S.CONVERSION_APPROVAL, _O.PASSED)
_ADMITTED = frozenset({(_S.APPROVAL, _O.PASSED), (_S.OATH, _O.DONE), _EXTENDED})
_NOT_CONVERTED = frozenset({(_S.CONVERSION, _O.FAILED), (_S.CONVERSION_APPROVAL, _O.FAILED)})

AFTER: Mapping[StepKind, frozenset[Reached]] = {
    _S.APPLICATION: frozenset(),
    _S.TALK: frozenset({(_S.APPLICATION, _O.DONE)}),
    _S.ACTIVIST: frozenset({(_S.TALK, _O.DONE)}),
    _S.REVIEW: frozenset({(_S.ACTIVIST, _O.DONE), (_S.REVIEW, _O.DONE), (_S.NOTICE, _O.DONE)}),
    _S.NOTICE: frozenset({(_S.REVIEW, _O.DONE), (_S.NOTICE, _O.DONE)}),
    _S.CANDIDATE: frozenset({(_S.REVIEW, _O.DONE), (_S.NOTICE, _O.DONE)}),
    _S.POLITICAL_REVIEW: frozenset({(_S.CANDIDATE, _O.DONE), (_S.POLITICAL_REVIEW, _O.FAILED)}),
    _S.TRAINING: frozenset({(_S.POLITICAL_REVIEW, _O.PASSED)}),
    _S.PRE_REVIEW: _PRE_REVIEWED
    | {(_S.TRAINING, _O.DONE), (_S.MEETING, _O.FAILED), (_S.MEETING, _O.PASSED), (_S.APPROVAL, _O.FAILED)},
    _S.MEETING: frozenset({(_S.PRE_REVIEW, _O.PASSED)}),
    _S.APPROVAL: frozenset({(_S.MEETING, _O.PASSED)}),
    _S.OATH: frozenset({(_S.APPROVAL, _O.PASSED)}),
    _S.REQUEST: _ADMITTED | _NOT_CONVERTED,
    _S.CONVERSION: _ADMITTED | _NOT_CONVERTED | {(_S.REQUEST, _O.DONE)},
    _S.CONVERSION_APPROVAL: frozenset({(_S.CONVERSION, o) for o in (_O.CONVERT, _O.EXTEND, _O.CANCEL)}),
}
"""After what each step may come. A conversion that is approved closes the case, so what goes on after an
approval is an extended probation; a meeting that passed is done anew when its approval took too long."""

OUTCOMES: Mapping[StepKind, frozenset[Outcome]] = {
    **dict.fromkeys(StepKind, frozenset({_O.DONE})),
    **dict.fromkeys(
        (_S.POLITICAL_REVIEW, _S.PRE_REVIEW, _S.MEETING, _S.APPROVAL, _S.CONVERSION_APPROVAL),
        frozenset({_O.PASSED, _O.FAILED}),
    ),
    _S.CONVERSION: frozenset({_O.CONVERT, _O.EXTEND, _O.CANCEL, _O.FAILED}),
}
"""What may come of each step."""
