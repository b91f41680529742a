"""Who may do what with evidence; what a flow records is allowed with its cause."""

from __future__ import annotations

from xuequ.core.access import Post, action

OFFICE = (Post.PRINCIPAL, Post.ACADEMIC_DIRECTOR, Post.GENERAL_AFFAIRS_DIRECTOR)

RECORD_EVIDENCE = action("evaluation.record_evidence", "登记考核依据", OFFICE)
VIEW_EVIDENCE = action("evaluation.view_evidence", "查看考核依据", (*OFFICE, Post.SCHOOL_HEAD))
