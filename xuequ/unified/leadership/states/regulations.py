"""States of regulations: what they are about, who deliberates, and the one table of their versions' steps."""

from __future__ import annotations

from collections.abc import Mapping

from xuequ.core.codes import CodeEnum, code_list


@code_list("制度类别")
class RegulationKind(CodeEnum):
    """What a regulation is about; the codes after the first are those of ``evaluation.assembly.passes``."""

    GENERAL = "general", "一般制度"
    APPRAISAL = "appraisal", "考核方案", "教师考核方案"
    DISTRIBUTION = "distribution", "绩效工资分配方案", "绩效工资方案"
    REWARD = "reward", "奖惩办法"


@code_list("审议机构")
class Body(CodeEnum):
    """Which body deliberated and passed a text 审议机构."""

    COUNCIL = "council", "校务委员会"
    ASSEMBLY = "assembly", "教代会", "教职工代表大会"


@code_list("制度版本状态")
class VersionState(CodeEnum):
    """Where a version of a regulation stands.

    A row holds `DRAFT`, `DELIBERATED` or `ISSUED`; the last three follow from its days, so that a version
    that is to come into force later does so by itself.
    """

    DRAFT = "draft", "草案"
    DELIBERATED = "deliberated", "已审议"
    ISSUED = "issued", "已下发"
    IN_FORCE = "in_force", "施行中"
    SUPERSEDED = "superseded", "已被取代"
    REPEALED = "repealed", "已废止"


V = VersionState
TRANSITIONS: Mapping[VersionState, frozenset[VersionState]] = {
    V.DRAFT: frozenset({V.DELIBERATED}),
    V.DELIBERATED: frozenset({V.DRAFT, V.ISSUED}),
    V.ISSUED: frozenset({V.IN_FORCE}),
    V.IN_FORCE: frozenset({V.SUPERSEDED, V.REPEALED}),
    V.SUPERSEDED: frozenset(),
    V.REPEALED: frozenset(),
}
"""State → the states that may follow. A text that is changed after its deliberation is a draft again."""

IN_THE_MAKING = frozenset({V.DRAFT, V.DELIBERATED})
"""The states in which a text may still be changed."""
