"""What happened to classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassesFormed(Fact):
    """Classes 教学班 were formed at a school."""

    name: ClassVar[str] = "registry.classes_formed"
    school_id: int
    class_ids: tuple[int, ...]
