"""What happened to pupils."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilsEnrolled(Fact):
    """Pupils were enrolled in a class of a school on a day."""

    name: ClassVar[str] = "registry.pupils_enrolled"
    school_id: int
    class_id: int
    pupil_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilApplied(Fact):
    """Somebody applied to a school 报名."""

    name: ClassVar[str] = "registry.pupil_applied"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilAdmitted(Fact):
    """An applicant was admitted 录取."""

    name: ClassVar[str] = "registry.pupil_admitted"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilTurnedAway(Fact):
    """An applicant was not admitted, or did not come 未入学."""

    name: ClassVar[str] = "registry.pupil_turned_away"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilChangedClass(Fact):
    """A pupil changed to another class of the same school 调班."""

    name: ClassVar[str] = "registry.pupil_changed_class"
    school_id: int
    pupil_id: int
    class_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilSuspended(Fact):
    """A pupil was suspended 休学; `planned_until` is the first day back."""

    name: ClassVar[str] = "registry.pupil_suspended"
    school_id: int
    pupil_id: int
    since: date
    planned_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionExtended(Fact):
    """A suspension was extended 续休; `planned_until` is the new first day back."""

    name: ClassVar[str] = "registry.suspension_extended"
    school_id: int
    pupil_id: int
    planned_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilResumed(Fact):
    """A pupil came back from suspension 复学; `held_over` when into a lower grade."""

    name: ClassVar[str] = "registry.pupil_resumed"
    school_id: int
    pupil_id: int
    class_id: int
    since: date
    held_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutSuspected(Fact):
    """A pupil is absent without excuse 疑似辍学; the township and the county are to be told."""

    name: ClassVar[str] = "registry.dropout_suspected"
    school_id: int
    pupil_id: int
    since: date
    absent_since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutConfirmed(Fact):
    """Persuasion failed, and the pupil counts as dropped out 辍学; to be reported to township and county."""

    name: ClassVar[str] = "registry.dropout_confirmed"
    school_id: int
    pupil_id: int
    since: date
    absent_since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutReturned(Fact):
    """A pupil who was absent or had dropped out came back 劝返复学."""

    name: ClassVar[str] = "registry.dropout_returned"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilLeftCounty(Fact):
    """A pupil went to a school outside the county 转出县外."""

    name: ClassVar[str] = "registry.pupil_left_county"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilGraduated(Fact):
    """A pupil graduated 毕业."""

    name: ClassVar[str] = "registry.pupil_graduated"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilLeftPreschool(Fact):
    """A child left preschool 离园."""

    name: ClassVar[str] = "registry.pupil_left_preschool"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilWentAbroad(Fact):
    """A pupil went abroad to school 出国（境）."""

    name: ClassVar[str] = "registry.pupil_went_abroad"
    school_id: int
    pupil_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilDied(Fact):
    """A pupil died 死亡."""

    name: ClassVar[str] = "registry.pupil_died"
    school_id: int
    pupil_id: int
    since: date
