"""Data checks of cover."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.unified.teaching.repository.cover import CoverRows

NEED, ASSIGNMENT = "xq_teaching_cover_need", "xq_teaching_cover_assignment"


def _rows(ground: Ground) -> CoverRows:
    return CoverRows(ground.session, ground.scope, ground.place)


def _awry(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).states_awry():
        yield Finding(NEED, row.id, "状态与顶班安排不符")


def _away(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).away_while_covering():
        yield Finding(ASSIGNMENT, row.id, "顶班教师当时也在请假")


CHECKS = (
    DataCheck(
        "teaching.cover_states_are_true",
        "顶班需求的状态与顶班安排相符",
        _awry,
        "请核对该课的顶班安排，重新安排或取消。",
    ),
    DataCheck(
        "teaching.substitutes_are_not_away",
        "顶班教师当时不在请假",
        _away,
        "请取消该顶班，另行安排。",
    ),
)
