"""Data checks of members: one responsible branch at every instant, status without a gap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.party.repository.member_checks import MemberCheckRows

MEMBER, STATUS, AFFILIATION = "xq_party_member", "xq_party_member_status", "xq_party_affiliation"


def _rows(ground: Ground) -> MemberCheckRows:
    return MemberCheckRows(ground.session, ground.scope, ground.place)


def _broken(spans: Sequence[AnyRow], first: date, last: date | None) -> Iterator[tuple[int, str]]:
    """Yield where spans do not run from one day to another without gap or overlap: row and what."""
    day: date | None = first
    for row in spans:
        if day is None or row.since < day:
            yield row.id, f"自 {row.since} 起与前一段重叠"
        elif row.since > day:
            yield row.id, f"{day} 至 {row.since} 之间中断"
        day = row.until
    if spans and day != last:
        yield spans[-1].id, f"止于 {day or '今'}，而党籍止于 {last or '今'}"


def _statuses(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    statuses = rows.statuses()
    for member in rows.members():
        spans = statuses.get(member.id, [])
        if not spans:
            yield Finding(MEMBER, member.id, "没有党员状态")
        for row_id, what in _broken(spans, member.joined_on, member.ended_on):
            yield Finding(STATUS, row_id, f"党员 {member.id} 的状态{what}")


def _branches(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    belonged, gone_out = rows.affiliations(), rows.gone_out()
    for member in rows.members():
        stretch: list[AnyRow] = []
        for row in belonged[member.id]:  # days outside the county divide what must be without a gap
            if stretch and (member.id, stretch[-1].until) in gone_out:
                yield from _unanswered(member.id, stretch, stretch[-1].until)
                stretch = []
            stretch.append(row)
        outside = (member.id, stretch[-1].until) in gone_out
        yield from _unanswered(member.id, stretch, stretch[-1].until if outside else member.ended_on)


def _unanswered(member_id: int, spans: Sequence[AnyRow], last: date | None) -> Iterator[Finding]:
    for row_id, what in _broken(spans, spans[0].since, last):
        yield Finding(AFFILIATION, row_id, f"党员 {member_id} 的组织关系{what}")


def _offices(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).outside_their_branch():
        yield Finding(row.table_name, row.id, f"党员 {row.member_id} 任职或编组期间组织关系不在该支部")


CHECKS = (
    DataCheck(
        "party.one_responsible_branch",
        "每名党员任何时候有且只有一个党支部负责",
        _branches,
        "请核对介绍信和回执，补记转接日期。",
    ),
    DataCheck(
        "party.status_unbroken",
        "党员状态自入党之日起没有中断",
        _statuses,
        "请照党员档案补记状态起止日期。",
    ),
    DataCheck(
        "party.offices_in_own_branch",
        "支部委员、党小组成员和组长的组织关系在本支部",
        _offices,
        "请终止该职务或编组，或核对组织关系。",
    ),
)
