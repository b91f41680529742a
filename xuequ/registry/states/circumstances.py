"""Code lists of pupils' circumstances: traits, residence."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("学生情况")
class TraitKind(CodeEnum):
    """What may be true of a pupil for a time 学生情况."""

    LEFT_BEHIND = "left_behind", "留守儿童", "留守"
    MIGRANT = "migrant", "进城务工人员随迁子女", "随迁子女"
    BOARDER = "boarder", "寄宿生", "寄宿"
    SPECIAL_NEEDS = "special_needs", "特殊教育需要", "残疾学生"
    ORPHAN = "orphan", "孤儿"


@code_list("学生情况细类", checked="memory")
class TraitDetail(CodeEnum):
    """What kind of it, where the kind asks 学生情况细类; disabilities as in GB/T 26341."""

    BOTH_PARENTS_AWAY = "both_away", "父母双方外出"
    ONE_PARENT_AWAY = "one_away", "父母一方外出且另一方无监护能力"
    FROM_PROVINCE = "from_province", "省内迁入"
    FROM_ELSEWHERE = "from_elsewhere", "省外迁入"
    VISION = "vision", "视力残疾"
    HEARING = "hearing", "听力残疾"
    SPEECH = "speech", "言语残疾"
    LIMBS = "limbs", "肢体残疾"
    INTELLECT = "intellect", "智力残疾"
    MENTAL = "mental", "精神残疾"
    SEVERAL = "several", "多重残疾"
    OTHER_NEEDS = "other_needs", "其他特殊需要"


D = TraitDetail
DETAILS: Mapping[TraitKind, frozenset[TraitDetail]] = {
    TraitKind.LEFT_BEHIND: frozenset({D.BOTH_PARENTS_AWAY, D.ONE_PARENT_AWAY}),
    TraitKind.MIGRANT: frozenset({D.FROM_PROVINCE, D.FROM_ELSEWHERE}),
    TraitKind.BOARDER: frozenset(),
    TraitKind.SPECIAL_NEEDS: frozenset(
        {D.VISION, D.HEARING, D.SPEECH, D.LIMBS, D.INTELLECT, D.MENTAL, D.SEVERAL, D.OTHER_NEEDS}
    ),
    TraitKind.ORPHAN: frozenset(),
}
"""Kind → its details, one of which must be given; none where the kind has none."""


@code_list("居住类别")
class ResidenceKind(CodeEnum):
    """Whether it is where a pupil is registered or where they live 居住类别."""

    HUKOU = "hukou", "户籍地", "户口所在地"
    ACTUAL = "actual", "实际居住地", "居住地"
