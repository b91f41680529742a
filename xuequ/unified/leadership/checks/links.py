"""Data checks of links."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.access import Post
from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.unified.leadership.repository.links import LinkRows
from xuequ.unified.leadership.rules.links import unpartitioned

LINK, SCHOOL = "xq_leadership_link", "xq_registry_school"


def _rows(ground: Ground) -> LinkRows:
    return LinkRows(ground.session, ground.scope, ground.place)


def _unpartitioned(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    for district_id in rows.districts():
        schools = rows.schools(district_id)
        for school, what in unpartitioned(schools.values(), rows.links(district_id)):
            yield Finding(SCHOOL, school.id, f"学校 {school.code} {what}")


def _never_led(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).never_led():
        post = Post(row.post).label
        yield Finding(LINK, row.id, f"教职工 {row.staff_id} 在 {row.since} 不任{post}")


CHECKS = (
    DataCheck(
        "leadership.links_partition_the_schools",
        "自首次划定起，每一天每所在办学校恰由一名班子成员挂钩",
        _unpartitioned,
        "请核对学校的开办、停办日期和挂钩起止日期，补划或更正挂钩。",
    ),
    DataCheck(
        "leadership.links_begin_with_a_leader",
        "挂钩起始日挂钩人在任",
        _never_led,
        "请核对任免文件；任命有误而撤销的，请重新划定其挂钩学校。",
    ),
)
