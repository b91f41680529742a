"""What is to be seen of pupils on a day: one pupil, a class list, a school's roll, its gains and losses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from xuequ.core.context import Context
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.pupils import VIEW_PUPIL
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.pupils import PupilUnknown
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.rolls import RollRows
from xuequ.registry.rules.classes import Schooling, class_name, grade
from xuequ.registry.schemas.pupils import (
    ClassMember,
    ClassRoll,
    Gain,
    Loss,
    PupilAsOf,
    PupilHistory,
    RollChanges,
    SchoolRoll,
    SeatSpanView,
    StatusSpanView,
    TraitCount,
    TraitNow,
)
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.people import Sex
from xuequ.registry.states.pupils import Entered, Left, PupilState, Reason

K = TypeVar("K")


class RollViews:
    """Views over one scope."""

    def __init__(self, context: Context, rows: RollRows) -> None:
        self.context = context
        self.rows = rows

    # one pupil

    def _find(self, pupil_id: int, on: date) -> AnyRow:
        """Return a pupil whom this scope may see: who is here now, or was on the day.

        Permission is asked at the school that counts here; another district's may have the same code.
        """
        row, here = self.rows.pupil(pupil_id, on), self.context.scope.district_id
        if row is None:
            raise PupilUnknown(pupil=str(pupil_id))
        if here is None or row.district_id == here:
            school = row.school or row.now_school
        elif row.now_district_id == here:
            school = row.now_school
        else:
            raise PupilUnknown(pupil=str(pupil_id))
        self.context.permit(VIEW_PUPIL, school=school or "")
        return row

    def pupil(self, pupil_id: int, on: date) -> PupilAsOf:
        """Return all that is to be said of a pupil on a day."""
        row = self._find(pupil_id, on)
        schooling = Schooling.of(self.context.standards, on)
        areas = self.rows.residences(pupil_id, on)
        seated = row.class_id is not None
        return PupilAsOf(
            id=row.id,
            pupil_no=row.pupil_no,
            name=row.name,
            sex=Sex(row.sex),
            birth_date=row.birth_date,
            on=on,
            status=PupilState(row.status) if row.status else None,
            status_since=row.since,
            school=row.school,
            class_id=row.class_id,
            class_name=_name(row, on, schooling) if seated else None,
            grade=grade(row.entry_year, on, schooling) if seated else None,
            traits=tuple(
                TraitNow(kind=TraitKind(one.kind), detail=_detail(one))
                for one in self.rows.traits(pupil_id, on)
            ),
            hukou_area=areas.get(ResidenceKind.HUKOU),
            residence_area=areas.get(ResidenceKind.ACTUAL),
        )

    def history(self, pupil_id: int) -> PupilHistory:
        """Return a pupil's spans; only its own ones for a district that the pupil has left."""
        here, today = self.context.scope.district_id, self.context.today
        statuses, seats = self.rows.statuses(pupil_id), self.rows.seats(pupil_id)
        if here is not None and (not statuses or statuses[-1].district_id != here):
            statuses = [row for row in statuses if row.district_id == here]
            seats = [row for row in seats if row.district_id == here]
        seen_on = statuses[-1].since if statuses else today
        row = self._find(pupil_id, seen_on)
        return PupilHistory(
            id=row.id,
            pupil_no=row.pupil_no,
            name=row.name,
            statuses=tuple(map(_status, statuses)),
            classes=tuple(map(_seat, seats)),
        )

    # classes and schools

    def class_list(self, class_id: int, on: date) -> list[ClassMember]:
        """List who is in a class on a day."""
        found = self.rows.class_of(class_id)
        if found is None:
            raise ClassUnknown(name=str(class_id))
        self.context.permit(VIEW_PUPIL, school=found.school)
        return [
            ClassMember(
                id=row.id,
                pupil_no=row.pupil_no,
                name=row.name,
                sex=Sex(row.sex),
                status=PupilState(row.status),
            )
            for row in self.rows.members(class_id, on)
        ]

    def rolls(self, on: date) -> list[SchoolRoll]:
        """Count every school's pupils on a day."""
        counts, traits = _by_school(self.rows.counts(on)), _by_school(self.rows.trait_counts(on))
        return [
            self._roll(row.id, row.code, on, counts[row.id], traits[row.id]) for row in self.rows.schools()
        ]

    def school_roll(self, school: str, on: date) -> SchoolRoll:
        """Count one school's pupils on a day."""
        school_id = self._school_id(school)
        counts = self.rows.counts(on, school_id)
        return self._roll(school_id, school, on, counts, self.rows.trait_counts(on, school_id))

    def _school_id(self, school: str) -> int:
        found = self.rows.school_id(school)
        if found is None:
            raise SchoolUnknown(school=school)
        return found

    def _roll(
        self, school_id: int, school: str, on: date, counts: Sequence[AnyRow], traits: Sequence[AnyRow]
    ) -> SchoolRoll:
        schooling = Schooling.of(self.context.standards, on)
        by_class: dict[int, list[AnyRow]] = defaultdict(list)
        for row in counts:
            by_class[row.class_id].append(row)
        return SchoolRoll(
            school_id=school_id,
            school=school,
            pupils=sum(row.pupils for row in counts),
            in_school=_in_school(counts),
            sexes=_tally((Sex(row.sex), row.pupils) for row in counts),
            statuses=_tally((PupilState(row.status), row.pupils) for row in counts),
            classes=tuple(_class_roll(some, on, schooling) for some in by_class.values()),
            traits=tuple(
                TraitCount(kind=TraitKind(row.kind), detail=_detail(row), pupils=row.pupils) for row in traits
            ),
        )

    def changes(self, school: str, first: date, last: date) -> RollChanges:
        """Explain the difference of a school's counts on two days."""
        DaySpan(first, last)
        school_id = self._school_id(school)
        counts = self.rows.both_counts(school_id, first, last)
        return RollChanges(
            school=school,
            first=first,
            last=last,
            before=counts.before,
            gains=tuple(
                Gain(entered_as=Entered(row.entered_as) if row.entered_as else None, pupils=row.pupils)
                for row in self.rows.gains(school_id, first, last)
            ),
            losses=tuple(
                Loss(left_as=Left(row.left_as) if row.left_as else None, pupils=row.pupils)
                for row in self.rows.losses(school_id, first, last)
            ),
            after=counts.after,
        )


def _name(row: AnyRow, on: date, schooling: Schooling) -> str:
    return class_name(Stage(row.stage), row.entry_year, row.number, on, schooling)


def _detail(row: AnyRow) -> TraitDetail | None:
    return TraitDetail(row.detail) if row.detail else None


def _by_school(rows: Iterable[AnyRow]) -> defaultdict[int, list[AnyRow]]:
    found: defaultdict[int, list[AnyRow]] = defaultdict(list)
    for row in rows:
        found[row.school_id].append(row)
    return found


def _in_school(rows: Iterable[AnyRow]) -> int:
    return sum(row.pupils for row in rows if PupilState(row.status).in_school)


def _tally(counted: Iterable[tuple[K, int]]) -> dict[K, int]:
    found = Counter[K]()
    for key, pupils in counted:
        found[key] += pupils
    return dict(found)


def _class_roll(rows: Sequence[AnyRow], on: date, schooling: Schooling) -> ClassRoll:
    one = rows[0]
    return ClassRoll(
        class_id=one.class_id,
        class_name=_name(one, on, schooling),
        grade=grade(one.entry_year, on, schooling),
        pupils=sum(row.pupils for row in rows),
        in_school=_in_school(rows),
        sexes=_tally((Sex(row.sex), row.pupils) for row in rows),
    )


def _status(row: AnyRow) -> StatusSpanView:
    return StatusSpanView(
        status=PupilState(row.status),
        reason=Reason(row.reason),
        school=row.school,
        since=row.since,
        until=row.until,
        authority=row.authority,
    )


def _seat(row: AnyRow) -> SeatSpanView:
    return SeatSpanView(
        school=row.school,
        stage=Stage(row.stage),
        entry_year=row.entry_year,
        number=row.number,
        since=row.since,
        until=row.until,
        entered_as=Entered(row.entered_as) if row.entered_as else None,
        left_as=Left(row.left_as) if row.left_as else None,
    )
