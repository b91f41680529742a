"""Who may do what with rule parameters."""

from __future__ import annotations

from xuequ.core.access import Post, action

VIEW = action("standards.view", "查看规则参数", tuple(Post))
RECORD = action(
    "standards.record",
    "登记本县、本学区的规则参数",
    [Post.BUREAU_OFFICER, Post.PRINCIPAL],
)
