"""Who may do what with attachments."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST, LEADERS

ATTACH_FILE = action("registry.attach_file", "上传附件", EVERY_POST)

VIEW_ATTACHMENTS = action(
    "registry.view_attachments", "查看附件", (*LEADERS, Post.ACCOUNTANT, Post.CASHIER, Post.SCHOOL_HEAD)
)

REMOVE_ATTACHMENT = action("registry.remove_attachment", "撤下附件", (*LEADERS, Post.SCHOOL_HEAD))
