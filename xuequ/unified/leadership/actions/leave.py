"""Who may do what with leave; whether somebody may decide on one leave is a rule of its own."""

from __future__ import annotations

from xuequ.core.access import Post, action

_TEAM = (
    Post.PRINCIPAL,
    Post.PARTY_SECRETARY,
    Post.ACADEMIC_DIRECTOR,
    Post.GENERAL_AFFAIRS_DIRECTOR,
)
_OFFICE = (Post.PRINCIPAL, Post.ACADEMIC_DIRECTOR)

REQUEST = action("leadership.request_leave", "请假", (*_TEAM, Post.SCHOOL_HEAD, Post.TEACHER))

REQUEST_FOR_OTHERS = action("leadership.request_leave_for_others", "代办请假", (*_OFFICE, Post.SCHOOL_HEAD))

APPROVE = action("leadership.approve_leave", "审批请假", (Post.PRINCIPAL, Post.SCHOOL_HEAD))

RECORD_DECISION = action(
    "leadership.record_leave_decision", "登记请假审批结果", (*_OFFICE, Post.BUREAU_OFFICER)
)

REPORT = action("leadership.report_leave", "请假报告校长", (*_OFFICE, Post.SCHOOL_HEAD))

RECORD_RETURN = action("leadership.record_return", "销假", (*_OFFICE, Post.SCHOOL_HEAD))

CANCEL = action("leadership.cancel_leave", "作废请假", _OFFICE)

RECORD_TAKEN = action("leadership.record_leave_taken", "结转已休请假", _OFFICE)

VIEW = action(
    "leadership.view_leave", "查看请假", (*_TEAM, Post.BUREAU_OFFICER, Post.SCHOOL_HEAD, Post.TEACHER)
)

VIEW_OTHERS = action(
    "leadership.view_leaves", "查看请假台账", (*_TEAM, Post.BUREAU_OFFICER, Post.SCHOOL_HEAD)
)
