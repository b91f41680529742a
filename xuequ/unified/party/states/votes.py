"""Code lists of votes."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list
from xuequ.unified.party.states.meetings import MeetingKind


@code_list("表决事项")
class VoteKind(CodeEnum):
    """What is voted on; each kind has its own quorum."""

    ORDINARY = "ordinary", "一般决议"
    ADMISSION = "admission", "接收预备党员"
    CONVERSION = "conversion", "预备党员转正"
    ELECTION = "election", "选举"


SOURCE_KIND = "party.vote"
"""What a vote is called where something stands on it."""

SECRET = frozenset({VoteKind.ADMISSION, VoteKind.CONVERSION, VoteKind.ELECTION})
"""What is voted on by secret ballot 无记名投票."""

ONE_BY_ONE = frozenset({VoteKind.ADMISSION, VoteKind.CONVERSION})
"""What is voted on for each candidate by itself 逐个表决."""

QUORUM_KEYS: Mapping[VoteKind, str] = {
    VoteKind.ORDINARY: "party.votes.ordinary",
    VoteKind.ADMISSION: "party.votes.admission",
    VoteKind.CONVERSION: "party.votes.admission",
    VoteKind.ELECTION: "party.votes.election",
}
"""Kind → the rule parameter with its quorum and majority."""

PLACES: Mapping[VoteKind, frozenset[MeetingKind]] = {
    VoteKind.ORDINARY: frozenset({MeetingKind.BRANCH, MeetingKind.COMMITTEE, MeetingKind.GROUP}),
    VoteKind.ADMISSION: frozenset({MeetingKind.BRANCH}),
    VoteKind.CONVERSION: frozenset({MeetingKind.BRANCH}),
    VoteKind.ELECTION: frozenset({MeetingKind.BRANCH, MeetingKind.COMMITTEE}),
}
"""Kind → at what meetings it is voted on: a 主题党日 votes only through the 党员大会 that it contains."""
