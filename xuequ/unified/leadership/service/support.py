"""Use cases of support: a leader and a class or grade group, from a baseline to a result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from xuequ.core.access import Post
from xuequ.core.context import Service, reading, use_case
from xuequ.core.errors import refuse_if
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.classes import Schooling, begins, class_name, grade, school_year
from xuequ.registry.states.classes import Stage
from xuequ.unified.leadership.actions.links import SUPPORT, VIEW_TEAM
from xuequ.unified.leadership.errors.support import SupportDone, SupportUnknown
from xuequ.unified.leadership.facts.support import (
    SupportResultRecorded,
    SupportTargetSet,
    SupportTargetWithdrawn,
)
from xuequ.unified.leadership.models.support import SupportTarget
from xuequ.unified.leadership.repository.support import SupportRows
from xuequ.unified.leadership.rules.links import plan_problems
from xuequ.unified.leadership.rules.support import (
    Cohort,
    Period,
    Supported,
    is_there,
    support_gain,
    support_problems,
)
from xuequ.unified.leadership.schemas.support import SupportResult, SupportSetting, SupportView
from xuequ.unified.leadership.states.links import TargetKind

_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Target:
    """A target that was looked up."""

    kind: TargetKind
    key: str
    called: str
    school_id: int | None
    class_id: int | None
    stage: Stage
    entry_year: int
    classes: tuple[Cohort, ...]


class SupportService(Service):
    """Support 帮扶: each leader a class or a grade group in a term or school year, and what it gained."""

    @property
    def _rows(self) -> SupportRows:
        return SupportRows(self.context.session, self.context.scope, self.context.place)

    @use_case(SUPPORT)
    def set_target(self, command: SupportSetting, on: date | None = None) -> SupportView:
        """Give a leader a class or a grade group to support, with the baseline of a measure.

        Args:
            on: the day as of which the post is held; today when left out.

        Raises:
            DistrictNeeded, ClassUnknown, SchoolUnknown: for where and whom.
            NotALeader, LeaderMissing, TargetAbsent, SupportedTwice, SupportsAlready: alone or as `Problems`.
        """
        rows, day = self._rows, on or self.context.today
        rows.lock_district(rows.district_id)
        period = Period(command.school_year, command.term)
        target = self._target(command)
        leaders = rows.leaders(rows.district_id, day)
        problems = plan_problems([("", command.post)], {}, leaders, day, opening=True)
        wanted = Supported(command.post, period, target.key, target.called)
        standing = [self._standing(row) for row in rows.of_year(command.school_year)]
        there = is_there(target.classes, command.school_year, self._schooling(command.school_year))
        refuse_if(problems + support_problems(wanted, standing, there=there))
        said = command.model_dump(include={"school_year", "term", "measure", "baseline", "baseline_mean"})
        values = {
            **said,
            "district_id": rows.district_id,
            "post": command.post.code,
            "staff_id": leaders[command.post],
            "kind": target.kind.code,
            "target": target.key,
            "school_id": target.school_id,
            "class_id": target.class_id,
            "stage": target.stage.code,
            "entry_year": target.entry_year,
            "result": None,
            "result_mean": None,
        }
        (target_id,) = rows.write(SupportTarget, [], [], [values])
        fact = SupportTargetSet(
            target_id=target_id,
            staff_id=leaders[command.post],
            school_year=command.school_year,
            term=command.term,
            class_id=target.class_id,
        )
        self.context.announce(fact)
        return self._view(self._known(target_id))

    @use_case(SUPPORT)
    def record_result(self, target_id: int, command: SupportResult) -> SupportView:
        """Record what the measure came to at the end; recording it again corrects it.

        Raises:
            SupportUnknown: when the district has none of that id.
        """
        rows = self._rows
        rows.lock_district(rows.district_id)
        self._known(target_id)
        rows.write(SupportTarget, [], [{"id": target_id, **command.model_dump()}], [])
        self.context.announce(SupportResultRecorded(target_id=target_id))
        return self._view(self._known(target_id))

    @use_case(SUPPORT)
    def withdraw_target(self, target_id: int, reason: str) -> None:
        """Take a target back before its result is recorded; the journal keeps it and why.

        Raises:
            SupportUnknown, SupportDone: for which.
        """
        rows = self._rows
        rows.lock_district(rows.district_id)
        row = self._known(target_id)
        if row.result is not None:
            raise SupportDone(target=self._called(row))
        rows.write(SupportTarget, [target_id], [], [])
        self.context.announce(SupportTargetWithdrawn(target_id=target_id, reason=reason))

    @reading(VIEW_TEAM)
    def targets(self, year: int | None = None) -> list[SupportView]:
        """List the support targets of a school year, with their gains.

        Args:
            year: the year in which the school year begins; the present one when left out.
        """
        today = self.context.today
        wanted = school_year(today, Schooling.of(self.context.standards, today)) if year is None else year
        return [self._view(row) for row in self._rows.of_year(wanted)]

    # inner

    def _schooling(self, year: int) -> Schooling:
        today = Schooling.of(self.context.standards, self.context.today)
        return Schooling.of(self.context.standards, begins(year, today))

    def _known(self, target_id: int) -> AnyRow:
        row = self._rows.target(target_id)
        if row is None:
            raise SupportUnknown(target=str(target_id))
        return row

    def _target(self, command: SupportSetting) -> _Target:
        if command.class_id is not None:
            return self._class(command.class_id, command.school_year)
        assert command.stage is not None and command.entry_year is not None, "checked by the command"
        stage, entry_year = command.stage, command.entry_year
        school = self._rows.school_row(command.school) if command.school is not None else None
        if command.school is not None and school is None:
            raise SchoolUnknown(school=command.school)
        found = self._rows.classes_of_cohort(stage.code, entry_year, command.school)
        key = f"grade:{stage.code}:{entry_year}:{school.id if school else 0}"
        called = self._group(school.name if school else "全学区", stage, entry_year, command.school_year)
        return _Target(
            kind=TargetKind.SCHOOL_GRADE if school else TargetKind.DISTRICT_GRADE,
            key=key,
            called=called,
            school_id=school.id if school else None,
            class_id=None,
            stage=stage,
            entry_year=entry_year,
            classes=tuple(map(_cohort, found)),
        )

    def _class(self, class_id: int, year: int) -> _Target:
        row = self._rows.class_row(class_id)
        if row is None:
            raise ClassUnknown(name=str(class_id))
        stage = Stage(row.stage)
        return _Target(
            kind=TargetKind.CLASS,
            key=f"class:{class_id}",
            called=self._of_class(row.school_name, stage, row.entry_year, row.number, year),
            school_id=row.school_id,
            class_id=class_id,
            stage=stage,
            entry_year=row.entry_year,
            classes=(_cohort(row),),
        )

    def _of_class(self, school: str, stage: Stage, entry_year: int, number: int, year: int) -> str:
        schooling = self._schooling(year)
        return school + class_name(stage, entry_year, number, begins(year, schooling), schooling)

    def _group(self, where: str, stage: Stage, entry_year: int, year: int) -> str:
        schooling = self._schooling(year)
        at = grade(entry_year, begins(year, schooling), schooling)
        if not 1 <= at <= schooling.grades(stage):
            return f"{where}{entry_year}级{stage.label}年级组"
        named = f"{_NUMERALS[at - 1]}年级组"
        return where + (named if stage is Stage.PRIMARY else stage.label + named)

    def _called(self, row: AnyRow) -> str:
        stage, where = Stage(row.stage), row.school_name or "全学区"
        if row.class_id is None:
            return self._group(where, stage, row.entry_year, row.school_year)
        return self._of_class(where, stage, row.entry_year, row.class_number, row.school_year)

    def _standing(self, row: AnyRow) -> Supported:
        period = Period(row.school_year, row.term)
        return Supported(Post(row.post), period, row.target, self._called(row))

    def _view(self, row: AnyRow) -> SupportView:
        gain = support_gain(row.baseline, row.result, row.baseline_mean, row.result_mean)
        return SupportView(
            id=row.id,
            post=Post(row.post),
            staff_id=row.staff_id,
            name=row.name,
            school_year=row.school_year,
            term=row.term,
            period=str(Period(row.school_year, row.term)),
            kind=TargetKind(row.kind),
            target=self._called(row),
            school=row.school,
            class_id=row.class_id,
            measure=row.measure,
            baseline=row.baseline,
            baseline_mean=row.baseline_mean,
            result=row.result,
            result_mean=row.result_mean,
            gain=gain,
        )


def _cohort(row: AnyRow) -> Cohort:
    return Cohort(Stage(row.stage), row.entry_year, row.formed_on, row.dissolved_on)
