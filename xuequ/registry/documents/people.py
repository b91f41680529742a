"""Documents of people: class and staff lists, the staff's month, changes of the roll, transfers."""

from __future__ import annotations

from collections import Counter
from datetime import date

from xuequ.core.document import (
    ANY_SCHOOL,
    ON,
    SCHOOL,
    Align,
    Argument,
    Document,
    DocumentColumn,
    DocumentTable,
    Mask,
    Paper,
)
from xuequ.registry.schemas.forms import (
    FormView,
    PupilList,
    RollChangesForm,
    StaffMonth,
    TransferLedger,
)

_R, _C = Align.RIGHT, Align.CENTER
INTERNAL = "内部资料，含个人信息：只供本单位办理业务使用，不得张贴、转发。"


def _unit(view: FormView) -> str:
    return view.unit


def _pupils_subtitle(view: PupilList) -> str:
    sexes = Counter(pupil.sex.label for pupil in view.pupils)
    told = "，".join(f"{sex} {count} 人" for sex, count in sorted(sexes.items(), reverse=True))
    return f"截至 {view.as_of} · {view.classes} 个班，{len(view.pupils)} 人{f'（{told}）' if told else ''}"


PUPIL_LIST = Document(
    name="registry.pupil_list",
    title="学生花名册",
    part="registry.forms",
    view="pupil_list",
    arguments=(
        SCHOOL,
        Argument("class_name", "班级，如 三（1）班（默认全部班级）", required=False),
        ON,
    ),
    unit=_unit,
    subtitle=_pupils_subtitle,
    tables=(
        DocumentTable(
            "学生花名册",
            lambda view: view.pupils,
            (
                DocumentColumn("学号", "pupil_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("性别", "sex", _C),
                DocumentColumn("出生日期", "birth_date", _C),
                DocumentColumn("证件号码", "document", _C, mask=Mask.DOCUMENT),
                DocumentColumn("学籍状态", "status", _C),
                DocumentColumn("备注", wide=True),
            ),
            number=True,
            group="class_name",
        ),
    ),
    signers=("班主任", "审核人", "负责人"),
    notice=INTERNAL,
    paper=Paper.PORTRAIT,
)

STAFF_LIST = Document(
    name="registry.staff_list",
    title="教职工花名册",
    part="registry.forms",
    view="staff_list",
    arguments=(ANY_SCHOOL, ON),
    unit=_unit,
    subtitle=lambda view: f"截至 {view.as_of} · 共 {len(view.staff)} 人",
    tables=(
        DocumentTable(
            "教职工花名册",
            lambda view: view.staff,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                DocumentColumn("性别", "sex", _C),
                DocumentColumn("出生日期", "birth_date", _C),
                DocumentColumn("证件号码", "document", _C, mask=Mask.DOCUMENT),
                DocumentColumn("联系电话", "phone", _C, mask=Mask.PHONE),
                DocumentColumn("学历", "education"),
                DocumentColumn("职称", "title"),
                DocumentColumn("人员类别", "category"),
                DocumentColumn("编制", "establishment"),
                DocumentColumn("到校方式", "kind"),
                DocumentColumn("到校日期", "placed_since", _C),
            ),
            number=True,
            group="school",
        ),
    ),
    notice=INTERNAL,
)


def _month_subtitle(view: StaffMonth) -> str:
    return f"{view.first} 至 {view.last} · 学校开课 {view.school_half_days} 个半天"


def _month_note(view: StaffMonth) -> str:
    missing = (
        f"有 {view.missing_rolls} 个半天没有点名，计入“未点名”，不算到岗。" if view.missing_rolls else ""
    )
    return f"单位：半天。应到按本人在校日期计算；迟到、早退算到岗。{missing}{view.provisional}"


STAFF_MONTH = Document(
    name="registry.staff_month",
    title="教职工考勤月报",
    part="registry.forms",
    view="staff_month",
    arguments=(SCHOOL, Argument("year", "年份，如 2026", int), Argument("month", "月份，1 至 12", int)),
    unit=_unit,
    subtitle=_month_subtitle,
    tables=(
        DocumentTable(
            "教职工考勤月报",
            lambda view: view.lines,
            (
                DocumentColumn("工号", "staff_no"),
                DocumentColumn("姓名", "name"),
                *(
                    DocumentColumn(heading, field, _R, total=True)
                    for heading, field in (
                        ("应到", "due"),
                        ("到岗", "there"),
                        ("请假", "on_leave"),
                        ("公出", "official"),
                        ("旷工", "absent"),
                        ("迟到", "late"),
                        ("早退", "left_early"),
                        ("未点名", "unknown"),
                    )
                ),
                DocumentColumn("本人签字", wide=True),
            ),
            note=_month_note,
            number=True,
        ),
    ),
    signers=("考勤员", "审核人", "学校负责人"),
    paper=Paper.PORTRAIT,
)


def _changes_note(view: RollChangesForm) -> str:
    return (
        f"期初为 {view.first} 的人数，期末为 {view.last} 的人数；期初 + 增加 − 减少 = 期末。"
        "校内调班不算增减；建账登记、返校和学校撤并的转来转出计入“其他”。"
    )


ROLL_CHANGES = Document(
    name="registry.roll_changes",
    title="在校生变动表",
    part="registry.forms",
    view="roll_changes",
    arguments=(
        Argument("first", "期初日期，如 2026-03-01", date.fromisoformat),
        Argument("last", "期末日期，如 2026-09-01", date.fromisoformat),
        ANY_SCHOOL,
    ),
    unit=_unit,
    subtitle=lambda view: f"{view.first} 至 {view.last}",
    tables=(
        DocumentTable(
            "在校生变动表",
            lambda view: view.lines,
            (
                DocumentColumn("学校", "school", wide=True),
                *(
                    DocumentColumn(heading, field, _R, total=True)
                    for heading, field in (
                        ("期初", "before"),
                        ("增加：新生", "entered"),
                        ("增加：转入", "transferred_in"),
                        ("增加：其他", "other_gains"),
                        ("增加合计", "gains"),
                        ("减少：毕业离园", "graduated"),
                        ("减少：转出", "transferred_out"),
                        ("减少：其他", "other_losses"),
                        ("减少合计", "losses"),
                        ("期末", "after"),
                    )
                ),
            ),
            note=_changes_note,
            number=True,
        ),
    ),
)


def _transfers_subtitle(view: TransferLedger) -> str:
    overdue = f"，其中 {view.overdue} 件已超过办理期限" if view.overdue else ""
    return f"截至 {view.as_of} · 待办 {len(view.lines)} 件{overdue}"


TRANSFERS = Document(
    name="registry.open_transfers",
    title="转学办理台账",
    part="registry.forms",
    view="open_transfers",
    arguments=(ANY_SCHOOL,),
    unit=_unit,
    subtitle=_transfers_subtitle,
    tables=(
        DocumentTable(
            "转学办理台账",
            lambda view: view.lines,
            (
                DocumentColumn("学号", "transfer.pupil_no"),
                DocumentColumn("姓名", "pupil"),
                DocumentColumn("转出学校", "from_name", wide=True),
                DocumentColumn("转入学校", "to_name", wide=True),
                DocumentColumn("申请日期", "transfer.requested_on", _C),
                DocumentColumn("办理进度", "transfer.state", wide=True),
                DocumentColumn("待办学校", "transfer.turn"),
                DocumentColumn("办理期限", "transfer.due_on", _C),
                DocumentColumn("已超期", "transfer.overdue", _C),
                DocumentColumn("备注", "transfer.remark", wide=True),
            ),
            number=True,
        ),
    ),
    notice=INTERNAL,
)
