"""Data checks of meetings and votes: rolls of the branch, tallies of the roll, decisions of the tally."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.votes import Electorate
from xuequ.standards.national import national
from xuequ.unified.party.repository.meeting_checks import MeetingCheckRows
from xuequ.unified.party.rules.votes import passes, rule_of
from xuequ.unified.party.states.votes import VoteKind

ROLL, VOTE = "xq_party_roll", "xq_party_vote"


def _rows(ground: Ground) -> MeetingCheckRows:
    return MeetingCheckRows(ground.session, ground.scope, ground.place)


def _attendance(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    for row in rows.strangers():
        yield Finding(ROLL, row.id, f"会议 {row.number} 的应到名单中党员 {row.member_id} 当日不属本支部")
    for row in rows.early():
        yield Finding(ROLL, row.id, f"会议 {row.number} 没有召开，党员 {row.member_id} 却记为到会")


def _tallies(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).votes():
        if row.due > row.entitled or row.present > row.came:
            yield Finding(
                VOTE,
                row.id,
                f"应到 {row.due}、实到 {row.present}，而名单上有表决权的至多 {row.entitled}、到会 {row.came}",
            )
        elif row.cast > row.present or row.written > row.due - row.present:
            said = f"收回 {row.cast} 票、书面意见 {row.written} 份，多于到会和未到会有表决权的人数"
            yield Finding(VOTE, row.id, said)


def _decisions(ground: Ground) -> Iterator[Finding]:
    standards = national()  # quorums and majorities are set by the party's rules, and by no district
    for row in _rows(ground).votes():
        rule = rule_of(VoteKind(row.kind), standards, row.decided_on)
        yes, voters = row.yes + row.written_yes, Electorate(row.due, row.present)
        reached = voters.due > 0 and rule.quorum.reached(voters.present, voters.due)
        if row.passed is not (reached and passes(yes, voters, rule)):
            said = "通过" if row.passed else "未通过"
            yield Finding(
                VOTE,
                row.id,
                f"记为{said}，而应到 {row.due}、实到 {row.present}、赞成 {yes}（{rule.authority}）",
            )


CHECKS = (
    DataCheck(
        "party.attendance_within_those_due",
        "到会的都在应到之列",
        _attendance,
        "请核对组织关系的转接日期和会议记录，作废后重新登记。",
    ),
    DataCheck(
        "party.tallies_within_those_entitled",
        "票数不超过有表决权的人数",
        _tallies,
        "请核对会议记录，作废该表决后重新登记。",
    ),
    DataCheck(
        "party.votes_agree_with_their_tallies",
        "表决结果与票数相符",
        _decisions,
        "请核对会议记录，作废该表决后重新登记；有步骤以它为依据的先作废步骤。",
    ),
)
