"""The workbook of development cases."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.templates.columns import NAME, STAFF_NO
from xuequ.unified.party.schemas.books.development import CaseRow, ReplacementRow, StepRow
from xuequ.unified.party.states.development import Outcome, Role, StepKind

_WHO = replace(STAFF_NO, blamed=(*STAFF_NO.blamed, "party.development_unknown", "party.development_over"))
_REASON = Column("例外原因", "reason", required=False, note="与规定不同之处必须写明原因；没有例外的不填")

CASES = Sheet(
    "cases",
    "在办人员",
    CaseRow,
    (
        replace(
            STAFF_NO,
            blamed=(
                *STAFF_NO.blamed,
                "party.development_open_already",
                "party.development_member_already",
                "party.development_birth_missing",
            ),
        ),
        NAME,
        Column(
            "申请日期",
            "applied_on",
            Kind.DAY,
            blamed=("party.development_too_young", "party.development_without_branch"),
            note="递交入党申请书之日",
        ),
        Column("申请书编号", "document", note="书面申请的存放编号"),
        _REASON,
    ),
    key=("staff_no", "applied_on"),
)
STEPS = Sheet(
    "steps",
    "步骤",
    StepRow,
    (
        _WHO,
        Column(
            "步骤",
            "kind",
            codes=StepKind,
            example=StepKind.TALK.label,
            blamed=("party.development_step_there", "core.illegal_transition"),
            note="按办理先后逐行填写；入党申请填在“在办人员”表",
        ),
        Column(
            "日期",
            "on",
            Kind.DAY,
            blamed=(
                "party.development_too_early",
                "party.development_too_late",
                "party.development_step_before_last",
                "party.development_step_in_future",
            ),
            note="办理之日；公示、培训填第一天",
        ),
        Column(
            "结果",
            "outcome",
            codes=Outcome,
            required=False,
            blamed=("party.development_vote_says_otherwise",),
            note="不填即完成、合格、批准、通过或同意转正；支部大会的须与表决结果一致",
        ),
        Column(
            "截止日期",
            "until",
            Kind.DAY,
            required=False,
            example=None,
            blamed=("party.development_notice_short",),
            note="公示必填最后一天；培训填最后一天",
        ),
        Column(
            "学时",
            "hours",
            Kind.WHOLE,
            required=False,
            example=None,
            blamed=("party.development_training_short",),
            note="只有培训填写",
        ),
        Column(
            "延长月数",
            "months",
            Kind.WHOLE,
            required=False,
            example=None,
            blamed=("party.development_extension_unfit", "party.development_extension_spent"),
            note="只有延长预备期填写，六至十二个月",
        ),
        Column(
            "文件号",
            "document",
            required=False,
            example=None,
            blamed=("party.development_document_missing",),
            note="备案、预审、批复或申请书的文号",
        ),
        Column(
            "备案或同意日期",
            "document_on",
            Kind.DAY,
            required=False,
            example=None,
            blamed=("party.development_consent_missing",),
            note="上级党委备案或同意之日",
        ),
        Column(
            "离开单位日期",
            "leaving_on",
            Kind.DAY,
            required=False,
            example=None,
            blamed=("party.development_leaving_soon",),
            note="预审时已知将调离的填写",
        ),
        Column(
            "联系人或介绍人工号",
            "sponsors",
            required=False,
            example=None,
            blamed=(
                "party.development_sponsor_count",
                "party.development_sponsor_twice",
                "party.development_sponsor_unfit",
            ),
            note="确定积极分子填培养联系人，支部大会接收填介绍人；两人之间用顿号",
        ),
        Column(
            "应到人数",
            "due",
            Kind.WHOLE,
            required=False,
            example=None,
            blamed=(
                "party.development_tally_impossible",
                "party.development_tally_missing",
                "party.development_tally_differs",
                "party.development_vote_missing",
            ),
            note="应到会有表决权的党员；接续登记的两次支部大会必填，其余以已登记的表决为准",
        ),
        Column(
            "实到人数",
            "present",
            Kind.WHOLE,
            required=False,
            example=None,
            blamed=("party.no_quorum",),
            note="实到会有表决权的党员",
        ),
        Column("赞成票", "yes", Kind.WHOLE, required=False, example=None, note="含会前提出的书面赞成意见"),
        _REASON,
        Column("备注", "remark", required=False, note="可以不填"),
    ),
    key=("staff_no", "kind", "on"),
    required=False,
)
REPLACEMENTS = Sheet(
    "replacements",
    "联系人更换",
    ReplacementRow,
    (
        _WHO,
        Column("类别", "role", codes=Role, note="培养联系人或入党介绍人"),
        Column("离任人工号", "old_no", blamed=("party.development_sponsor_unknown",), note="不再担任的党员"),
        Column(
            "接任人工号",
            "new_no",
            blamed=("party.development_sponsor_unfit", "party.development_sponsor_twice"),
            note="须为本支部正式党员",
        ),
        Column(
            "日期",
            "on",
            Kind.DAY,
            blamed=("party.development_step_in_future",),
            note="接任的第一天",
        ),
        Column("原因", "reason", note="如转出、停止党籍"),
    ),
    key=("staff_no", "role", "old_no", "on"),
    required=False,
)

DEVELOPMENT = Template(
    name="party.development",
    title="发展党员台账",
    sheets=(CASES, STEPS, REPLACEMENTS),
    part="party.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
