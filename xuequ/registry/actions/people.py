"""Who may do what with people."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

RECORD_PEOPLE = action("registry.record_people", "登记人员", OFFICE)

CORRECT_PERSON = action("registry.correct_person", "更正人员信息", OFFICE)

VIEW_PERSON = action("registry.view_person", "查看人员", (*LEADERS, Post.SCHOOL_HEAD))

SEARCH_PEOPLE = action("registry.search_people", "查找人员", LEADERS)

REVEAL_DOCUMENT = action("registry.reveal_document", "查看身份证件号码", (*OFFICE, Post.SCHOOL_HEAD))

REVEAL_PHONE = action("registry.reveal_phone", "查看联系电话", (*LEADERS, Post.SCHOOL_HEAD))

MERGE_PEOPLE = action("registry.merge_people", "合并重复人员", OFFICE)

FORGET_PERSON = action("registry.forget_person", "销毁个人信息", (Post.BUREAU_OFFICER, Post.PRINCIPAL))
