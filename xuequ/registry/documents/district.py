"""Documents of a whole district: the page on which it is seen at a glance, and its conditions."""

from __future__ import annotations

from collections import Counter

from xuequ.core.document import (
    ON,
    Align,
    Chart,
    Document,
    DocumentColumn,
    DocumentTable,
    KeyFigure,
    Paper,
    Series,
)
from xuequ.registry.schemas.district_forms import Conditions, DistrictPage
from xuequ.registry.schemas.figures import ReconciledLine, Reconciliation
from xuequ.registry.states.figures import Verdict

_R, _C = Align.RIGHT, Align.CENTER
_AREAS = "面积以校舍登记为准，没有登记的用统计数；同一所学校的两种数字不相加。"


# what the page says in words


def _subtitle(view: DistrictPage) -> str:
    return f"{view.glance.county} · 人数截至 {view.glance.as_of}"


def _kinds(view: DistrictPage) -> str:
    counts = Counter(school.kind.label for school in view.glance.schools)
    return "、".join(f"{kind} {count} 所" for kind, count in counts.items())


def _class_size(view: DistrictPage) -> str:
    pupils, classes = view.glance.pupil_count, view.glance.class_count
    return f"平均每班 {round(pupils / classes)} 人" if classes else ""


def _each_teacher(view: DistrictPage) -> str:
    each = view.pupils_each_teacher
    return "" if each is None else f"平均每名教师对应 {each} 名学生"


def _vacancies(view: DistrictPage) -> str:
    if view.vacancies is None:
        return "岗位任免未登记"
    return "规定必须配齐、现在没有人任职" if view.vacancies else "必配岗位全部配齐"


def _missing(view: DistrictPage) -> str:
    counted = "本页人数由登记逐人计数，人均数由总量除以人数得出，没有手工填写的数字。"
    if not view.missing:
        return counted
    return f"{counted}未登记：{'、'.join(view.missing)}；登记后重新生成，本页会自动列出。"


def _conditions_note(view: DistrictPage) -> str:
    day = view.glance.figures_as_of
    measured = f"图书和设备统计于 {day}。" if day else ""
    return f"{_AREAS}{measured}人均数按全部在校生（含学前班）计算；“—”表示该校没有登记。"


def _term_note(view: DistrictPage) -> str:
    term = view.term
    if term is None:
        return ""
    return f"{term.name}共 {term.teaching_days} 个教学日。{term.provisional}"


def _reconciliation_note(view: DistrictPage) -> str:
    """Say what the check found, and how to read it."""
    found: Reconciliation = view.glance.reconciliation
    counts = Counter(line.verdict for line in found.lines)
    told = "，".join(f"{counts[verdict]} 项{verdict.label}" for verdict in Verdict if counts[verdict])
    if not found.lines:
        return "没有登记公布数据。"
    text = f"共核对 {len(found.lines)} 项：{told}。"
    stale = [line for line in found.lines if line.verdict is Verdict.OTHER_DENOMINATOR]
    if stale and found.common_low is not None:
        low, high = found.common_low, found.common_high
        span = f"{low}" if low == high else f"{low}–{high}"
        text += (
            f"不符的 {len(stale)} 项人均数都只在分母为 {span} 人时成立，而登记为 {_denominators(stale)} 人。"
            "这说明公布时用的不是登记的人数，总量本身没有出入；引用人均数时应先统一人数口径。"
        )
    return text


def _denominators(lines: list[ReconciledLine]) -> str:
    return "、".join(sorted({f"{line.denominator:f}" for line in lines if line.denominator is not None}))


_SCHOOLS = DocumentTable(
    "各校基本情况",
    lambda view: view.glance.schools,
    (
        DocumentColumn("学校", "name", wide=True),
        DocumentColumn("类别", "kind", _C),
        DocumentColumn("教学班（个）", "classes", _R, total=True),
        DocumentColumn("在校生（人）", "pupils", _R, total=True),
        DocumentColumn("其中学前", "preschool_pupils", _R, total=True),
        DocumentColumn("义务教育", "compulsory_pupils", _R, total=True),
        DocumentColumn("教师（人）", "staff", _R, total=True),
    ),
    number=True,
)

_CONDITION_COLUMNS = (
    DocumentColumn("学校", "school", wide=True),
    DocumentColumn("在校生（人）", "pupils", _R, total=True),
    DocumentColumn("占地（㎡）", "land", _R, total=True),
    DocumentColumn("人均占地", "land_each", _R),
    DocumentColumn("校舍（㎡）", "building", _R, total=True),
    DocumentColumn("人均校舍", "building_each", _R),
    DocumentColumn("图书（册）", "books", _R, total=True),
    DocumentColumn("人均图书", "books_each", _R),
    DocumentColumn("电脑（台）", "computers", _R, total=True),
    DocumentColumn("每百人电脑", "computers_each_hundred", _R),
    DocumentColumn("电子白板（块）", "whiteboards", _R, total=True),
)

_POSTS = DocumentTable(
    "岗位任职与空缺",
    lambda view: view.posts,
    (
        DocumentColumn("单位", "place", wide=True),
        DocumentColumn("岗位", "post"),
        DocumentColumn("任职人", "name"),
        DocumentColumn("任职起", "since", _C),
        DocumentColumn("说明", "remark", wide=True),
    ),
    optional=True,
)

_VILLAGES = DocumentTable(
    "服务的村",
    lambda view: view.villages,
    (
        DocumentColumn("村", "name", wide=True),
        DocumentColumn("村民小组（个）", "groups", _R, total=True),
        DocumentColumn("户数", "households", _R, total=True),
        DocumentColumn("人口", "people", _R, total=True),
        DocumentColumn("适龄儿童少年", "school_age", _R, total=True),
    ),
    number=True,
    optional=True,
)

_TERM = DocumentTable(
    "本学期重要日期",
    lambda view: view.term.dates if view.term else (),
    (
        DocumentColumn("事项", "name", wide=True),
        DocumentColumn("开始", "first", _C),
        DocumentColumn("结束", "last", _C),
        DocumentColumn("天数", "days", _R),
    ),
    note=_term_note,
    optional=True,
)

_RECONCILED = DocumentTable(
    "公布数据与登记数据对账",
    lambda view: view.glance.reconciliation.lines,
    (
        DocumentColumn("公布的说法", "label", wide=True),
        DocumentColumn("公布", "printed", _R),
        DocumentColumn("按登记核算", "working", wide=True),
        DocumentColumn("只算义务教育", "computed_compulsory", _R),
        DocumentColumn("公布数成立须除以", "implied_text", _R),
        DocumentColumn("数据日期", "dates_text", wide=True),
        DocumentColumn("结论", "verdict", wide=True),
    ),
    note=_reconciliation_note,
    number=True,
    optional=True,
)

_SUMS = DocumentTable(
    "合计与分项",
    lambda view: view.glance.reconciliation.sums,
    (
        DocumentColumn("合计", "whole", wide=True),
        DocumentColumn("公布", "printed", _R),
        DocumentColumn("公布的分项", "parts"),
        DocumentColumn("分项之和", "computed", _R),
        DocumentColumn("结论", "verdict"),
    ),
    optional=True,
)

DISTRICT_GLANCE = Document(
    name="registry.district_at_a_glance",
    title="基本情况一览表",
    part="registry.forms",
    view="district_page",
    arguments=(ON,),
    subtitle=_subtitle,
    figures=(
        KeyFigure("学校", "glance.school_count", "所", _kinds),
        KeyFigure("教学班", "glance.class_count", "个", _class_size),
        KeyFigure(
            "在校生", "glance.pupil_count", "人", lambda view: f"含学前班 {view.glance.preschool_count} 人"
        ),
        KeyFigure("义务教育阶段", "glance.compulsory_count", "人", lambda _: "一年级及以上，不含学前班"),
        KeyFigure("教师", "glance.staff_count", "人", _each_teacher),
        KeyFigure("空缺岗位", "vacancies", "个", _vacancies),
    ),
    charts=(
        Chart(
            "各校在校生", lambda view: view.glance.schools, "name", (Series("在校生", "pupils"),), unit="人"
        ),
        Chart("教师职称", lambda view: view.glance.titles, "title", (Series("教师", "staff"),), unit="人"),
    ),
    tables=(
        _SCHOOLS,
        _POSTS,
        _VILLAGES,
        DocumentTable(
            "校舍、图书和设备",
            lambda view: view.conditions,
            _CONDITION_COLUMNS,
            note=_conditions_note,
            optional=True,
        ),
        _TERM,
        _RECONCILED,
        _SUMS,
    ),
    notice=_missing,
    paper=Paper.PORTRAIT,
)


def _conditions_subtitle(view: Conditions) -> str:
    day = f"图书和设备统计于 {view.figures_as_of}" if view.figures_as_of else "图书和设备未登记"
    return f"人数截至 {view.as_of} · {day}"


CONDITIONS = Document(
    name="registry.school_conditions",
    title="办学条件表",
    part="registry.forms",
    view="conditions",
    arguments=(ON,),
    subtitle=_conditions_subtitle,
    tables=(
        DocumentTable(
            "办学条件表",
            lambda view: view.lines,
            (
                *_CONDITION_COLUMNS[:6],
                DocumentColumn("教学及辅助用房（㎡）", "teaching", _R, total=True),
                DocumentColumn("体育场地（㎡）", "sports", _R, total=True),
                *_CONDITION_COLUMNS[6:],
                DocumentColumn("面积来源", "source_text"),
            ),
            note=lambda view: f"{_AREAS}“—”表示没有登记。",
            number=True,
        ),
    ),
    paper=Paper.LANDSCAPE,
)
