"""Who may do what with regulations and their acknowledgement."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST, LEADERS

DRAFT_REGULATION = action("leadership.draft_regulation", "起草规章制度", (*LEADERS, Post.SCHOOL_HEAD))
ISSUE_REGULATION = action(
    "leadership.issue_regulation", "下发、废止规章制度", (Post.PRINCIPAL, Post.SCHOOL_HEAD)
)
VIEW_REGULATIONS = action("leadership.view_regulations", "查看规章制度", EVERY_POST)
SIGN_REGULATION = action(
    "leadership.sign_regulation",
    "签收规章制度",
    (Post.SCHOOL_HEAD, Post.ACADEMIC_DIRECTOR, Post.PRINCIPAL),
)
READ_REGULATION = action("leadership.read_regulation", "阅读规章制度", EVERY_POST)
VIEW_ACKNOWLEDGEMENTS = action(
    "leadership.view_acknowledgements", "查看签收情况", (*LEADERS, Post.SCHOOL_HEAD)
)
VIEW_ACK_MATRIX = action("leadership.view_ack_matrix", "查看签收矩阵", LEADERS)
