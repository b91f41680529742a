"""Data checks of the council: what is drawn, what was adopted, and who attended."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.money import Money
from xuequ.core.votes import Electorate
from xuequ.registry.repository import RegistryRepository, find_scope
from xuequ.standards.repository import load_standards
from xuequ.unified.budget.repository.council_checks import CouncilCheckRows
from xuequ.unified.budget.rules.council import vote_stands
from xuequ.unified.budget.states.council import ItemState

ITEM, ROLL = "xq_budget_decision_item", "xq_budget_council_attendance"


def _rows(ground: Ground) -> CouncilCheckRows:
    return CouncilCheckRows(ground.session, ground.scope, ground.place)


def _draws(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).undrawn():
        booked = Money(int(row.booked))
        yield Finding(ITEM, row.id, f"决议“{row.subject}”已占用 {row.drawn} 元，明细合计为 {booked} 元")


def _districts(ground: Ground) -> Iterator[Ground]:
    """Walk the district, or those of a county: each may have a rule of its own for votes."""
    if ground.scope.district_id is not None:
        yield ground
        return
    for row in RegistryRepository(ground.session, ground.scope, ground.place).districts():
        place = f"{ground.place}/{row.code}"
        yield Ground(ground.session, find_scope(ground.session, place), place, ground.storage)


def _votes(ground: Ground) -> Iterator[Finding]:
    for district in _districts(ground):
        yield from _votes_of(district)


def _votes_of(ground: Ground) -> Iterator[Finding]:
    standards = load_standards(ground.session, ground.scope, ground.place)
    for row in _rows(ground).voted():
        adopted = row.state == ItemState.ADOPTED
        within = row.due <= row.entitled and row.present <= row.came
        cast = row.yes + row.no + row.abstain == row.present
        stands = vote_stands(row.yes, Electorate(row.due, row.present), standards, row.day)
        if not (within and cast) or adopted is not stands:
            said = "通过" if adopted else "未通过"
            votes = f"赞成 {row.yes}、反对 {row.no}、弃权 {row.abstain}"
            there = f"应到 {row.due}、实到 {row.present}（名单 {row.entitled}、{row.came}）"
            yield Finding(ITEM, row.id, f"决议“{row.subject}”记为{said}，而{there}，{votes}")


def _attendance(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).strangers():
        said = f"〔{row.year}〕{row.number}号会议的应到名单中教职工 {row.staff_id} 当日不是校务委员会成员"
        yield Finding(ROLL, row.id, said)


CHECKS = (
    DataCheck(
        "budget.decisions_drawn",
        "决议已占用的额度等于明细合计",
        _draws,
        "额度已被绕过程序改动；请核对引用该决议的合同、报销，并检查谁有数据库所有者权限。",
    ),
    DataCheck(
        "budget.decisions_voted",
        "决议的结果与到会人数、票数相符",
        _votes,
        "请核对会议纪要；录错的作废会议重新登记，已据以支出的须重新提交校务委员会。",
    ),
    DataCheck(
        "budget.council_attendance",
        "应到名单都是会议当日的校务委员会成员",
        _attendance,
        "请核对成员任期的起止日期和会议纪要。",
    ),
)
