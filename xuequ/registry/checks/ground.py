"""Data checks of spans, scopes and files."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.storage import ContentDiffers, ContentMissing
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement
from xuequ.registry.repository.attachments import AttachmentRows
from xuequ.registry.repository.checks import PERSON, CheckRows


def _rows(ground: Ground) -> CheckRows:
    return CheckRows(ground.session, ground.scope, ground.place)


def _placements_overlap(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).overlapping(Placement, "staff_id"):
        yield Finding("xq_registry_placement", row.id, f"与 {row.other} 同为教职工 {row.owner}，时间重叠")


def _enrolments_overlap(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).overlapping(Enrolment, "pupil_id"):
        yield Finding("xq_registry_enrolment", row.id, f"与 {row.other} 同为学生 {row.owner}，时间重叠")


def _enrolled_elsewhere(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).enrolled_elsewhere():
        yield Finding("xq_registry_enrolment", row.id, f"学生 {row.pupil_id} 的在读学校不是其班级的学校")


def _without_roles(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).persons_without_roles():
        yield Finding(PERSON, row.id, "没有任何身份")


def _in_two_districts(ground: Ground) -> Iterator[Finding]:
    for table, row in _rows(ground).of_another_district_than_their_school():
        yield Finding(table, row.id, f"记为学区 {row.district_id}，而其学校属于学区 {row.of_school}")


def _contents(ground: Ground) -> Iterator[Finding]:
    assert ground.storage is not None, "the check says that it needs a storage"
    for row in AttachmentRows(ground.session, ground.scope, ground.place).contents():
        try:
            ground.storage.open(row.sha256).close()
        except ContentMissing:
            yield Finding("xq_registry_attachment", row.id, f"“{row.name}”的内容 {row.sha256} 不在存储中")
        except ContentDiffers:
            yield Finding("xq_registry_attachment", row.id, f"“{row.name}”的内容 {row.sha256} 已被改动或损坏")


CHECKS = (
    DataCheck(
        "registry.placements_do_not_overlap",
        "一人的任职时段互不重叠",
        _placements_overlap,
        "请核对该教职工的调动记录，改正其中一段的起止日期。",
    ),
    DataCheck(
        "registry.enrolments_do_not_overlap",
        "一名学生的在读时段互不重叠",
        _enrolments_overlap,
        "请核对该学生的学籍变动，改正其中一段的起止日期。",
    ),
    DataCheck(
        "registry.enrolments_are_at_their_class",
        "在读学校就是班级的学校",
        _enrolled_elsewhere,
        "请为该学生重新编班。",
    ),
    DataCheck(
        "registry.persons_have_a_role",
        "每个人都有身份",
        _without_roles,
        "多为重复登记合并不全或导入中断所留；请核对后合并。",
    ),
    DataCheck(
        "registry.districts_agree",
        "记录所属学区就是其学校的学区",
        _in_two_districts,
        "请核对学校的归属和该记录，按实际更正。",
    ),
    DataCheck(
        "registry.attachments_are_whole",
        "附件的内容都在存储中且未被改动",
        _contents,
        "请从备份恢复存储文件夹；重新上传同一原件也可修复。",
        needs_storage=True,
    ),
)
