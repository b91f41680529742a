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
