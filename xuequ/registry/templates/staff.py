"""The workbook of staff."""

from __future__ import annotations

from dataclasses import replace

from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.registry.schemas.books.staff import CertificateRow, EmploymentRow, PlacementRow, StandingRow
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry, Exit, PlacementKind, StandingKind
from xuequ.registry.templates.columns import AUTHORITY, DOCUMENT, NAME, PHONE, SCHOOL, STAFF_NO, since, until
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind

_EMPLOYMENTS = Sheet(
    "employments",
    "聘用",
    EmploymentRow,
    (
        STAFF_NO,
        replace(NAME, note="新进人员必填；已登记的人员可以不填，填写时须与登记的一致"),
        Column("性别", "sex", codes=Sex, required=False, note="新进人员须填，或填写居民身份证号码"),
        Column("出生日期", "birth_date", Kind.DAY, required=False, blamed=("registry.born_after",)),
        replace(SCHOOL, note="编制所在学校的代码"),
        since("聘用的第一天"),
        Column("进入原因", "entry", codes=Entry, blamed=("registry.return_refused",)),
        AUTHORITY,
        until(
            "不再聘用的第一天，仍在职的留空",
            "registry.employment_follows",
            "registry.not_employed",
            "registry.teaching_left",
        ),
        Column("离开原因", "exit", codes=Exit, required=False, note="填写终止日期时必填"),
        Column("离开依据", "exit_authority", required=False),
        DOCUMENT[0],
        replace(DOCUMENT[1], note="加密保存，不导出；不填不作改动"),
        PHONE,
    ),
    key=("staff_no", "since"),
    required=False,
    together=(("until", "exit", "exit_authority"),),
)
_PLACEMENTS = Sheet(
    "placements",
    "任教",
    PlacementRow,
    (
        STAFF_NO,
        NAME,
        replace(SCHOOL, note="实际工作学校的代码；在编制所在学校工作的不用填表"),
        Column(
            "任教方式",
            "kind",
            codes=PlacementKind,
            note="回编制所在学校的，填“本校任教”和回校的第一天",
            blamed=("registry.placement_kind_unfit", "registry.placed_already", "registry.not_away"),
        ),
        since("到该校工作的第一天"),
        until("回到编制所在学校的第一天，未定的留空", "registry.placement_in_the_way"),
        AUTHORITY,
    ),
    key=("staff_no", "since"),
    required=False,
)
_STANDINGS = Sheet(
    "standings",
    "资格职称",
    StandingRow,
    (
        STAFF_NO,
        NAME,
        Column("项目", "kind", codes=StandingKind),
        Column(
            "内容",
            "held",
            note="职称、学历、学位等各自的代码表中的一项，如“一级教师”",
            blamed=("core.unknown_code", "registry.standing_held", "registry.standing_that_day"),
        ),
        since("取得或聘任的第一天"),
        until("失效的第一天，由下一项接替的可以留空", "registry.standing_ended", "registry.shifted_over"),
        AUTHORITY,
    ),
    key=("staff_no", "kind", "since"),
    required=False,
)
_CERTIFICATES = Sheet(
    "certificates",
    "教师资格证",
    CertificateRow,
    (
        STAFF_NO,
        NAME,
        Column("证书号码", "number", blamed=("registry.certificate_known", "registry.certificate_renewed")),
        Column("资格种类", "kind", codes=CertificateKind),
        Column("任教学科", "subject", codes=Subject, required=False, note="不分学科的留空"),
        Column("发证日期", "issued", Kind.DAY),
        Column(
            "注册日期",
            "registered",
            Kind.DAY,
            required=False,
            note="每次注册一行，填该次注册的第一天；首次注册不填即发证日期",
            blamed=("registry.registered_before_issue", "registry.registration_begins"),
        ),
        replace(AUTHORITY, heading="注册依据"),
    ),
    key=("number", "registered"),
    required=False,
)

STAFF = Template(
    name="registry.staff",
    title="教职工登记",
    sheets=(_EMPLOYMENTS, _PLACEMENTS, _STANDINGS, _CERTIFICATES),
    part="registry.books",
    plan="plan",
    apply="apply",
    take="take",
    export="export",
)
