"""Who may do what with dues: the branch's committee, and every member with what is their own.

Neither the principal nor the school's accountants hold a key to this room: dues are money of the party.
"""

from __future__ import annotations

from xuequ.core.access import Post, action

_SECRETARY = (Post.PARTY_SECRETARY,)
_COMMITTEE = (Post.PARTY_SECRETARY, Post.PARTY_COMMISSIONER)

OPEN_LEDGER = action("party.open_dues_ledger", "建立党费台账", _SECRETARY)
SET_BASES = action("party.set_dues_bases", "登记党费基数", _COMMITTEE)
REDUCE_DUES = action("party.reduce_dues", "登记党费减免", _SECRETARY)
ASSESS_DUES = action("party.assess_dues", "核定党费", _COMMITTEE)
RECEIVE_DUES = action("party.receive_dues", "收缴党费", _COMMITTEE)
VOID_DUES = action("party.void_dues", "作废党费记录", _SECRETARY)
REMIT_DUES = action("party.remit_dues", "上缴党费", _COMMITTEE)
PUBLISH_DUES = action("party.publish_dues", "公布党费", _SECRETARY)
VIEW_DUES = action("party.view_dues", "查看党费台账", _COMMITTEE)
VIEW_OWN_DUES = action("party.view_own_dues", "查看本人党费", tuple(Post))
