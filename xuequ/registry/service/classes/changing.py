"""Forming, dissolving, merging and splitting classes, under the lock of their schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.registry.errors.classes import (
    ClassKnown,
    ClassNotEmpty,
    ClassUnknown,
    NotInClass,
    SpanEndsBeforeItBegins,
)
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.facts.classes import ClassChanged, ClassesDissolved, ClassesFormed, GroupsSeparated
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.class_changes import ClassChangeRows
from xuequ.registry.repository.classes import ClassRows
from xuequ.registry.rules.classes import (
    Cohort,
    Formation,
    begins,
    check_class,
    check_group,
    check_lasting,
    check_merger,
    check_size,
    check_split,
    free_numbers,
    share_out,
)
from xuequ.registry.schemas.classes import ClassForming, ClassMerger, ClassSplit
from xuequ.registry.service.classes.views import Day, formation
from xuequ.registry.service.open_schools import keep_open
from xuequ.registry.states.classes import GroupKind, Stage
from xuequ.registry.states.pupils import Entered
from xuequ.registry.states.teaching import TeachingChange

CLASS_COLUMNS = ("county_id", "id", "district_id", "school_id", "stage", "entry_year", "number", "formed_on")
_ENROLMENT_COLUMNS = (
    *("county_id", "id", "district_id", "school_id", "class_id", "pupil_id"),
    *("since", "until", "entered_as", "left_as"),
)


def cohort_of(row: AnyRow) -> Cohort:
    """Return what decides with which classes a class can be put together."""
    return Cohort(row.school_id, Stage(row.stage), row.entry_year)


class ClassChanges:
    """One act on classes as of a day."""

    def __init__(self, context: Context, day: Day) -> None:
        self.context = context
        self.day = day
        here = (context.session, context.scope, context.place)
        self.rows = ClassRows(*here)
        self.changes = ClassChangeRows(*here)

    def lock(self, class_ids: Collection[int]) -> dict[int, AnyRow]:
        """Lock classes after their schools; return them as they stand under the lock.

        Raises:
            ClassUnknown: names the first that is not of this scope.
        """
        found = self.rows.classes(class_ids, self.day.on)
        for class_id in class_ids:
            if class_id not in found:
                raise ClassUnknown(name=str(class_id))
        self.rows.lock_schools({row.school_id for row in found.values()})
        self.rows.lock_classes(class_ids)
        return self.rows.classes(class_ids, self.day.on)

    def lock_open(self, class_ids: Collection[int]) -> dict[int, AnyRow]:
        """Do as `lock` does for classes that are given something, whose schools must be open."""
        classes = self.lock(class_ids)
        self.keep_open({row.school_id for row in classes.values()})
        return classes

    def keep_open(self, school_ids: Collection[int]) -> None:
        """Refuse schools that are not open on the day; ask when they are locked."""
        keep_open(self.rows, school_ids, self.day.on)

    # forming

    def form(self, asked: Sequence[ClassForming]) -> list[int]:
        """Form classes; return their ids in the order in which they were asked for."""
        school_ids = {one.school_id for one in asked}
        schools = self.rows.schools(school_ids)
        for school_id in school_ids:
            if school_id not in schools:
                raise SchoolUnknown(school=str(school_id))
        self.rows.lock_schools(school_ids)
        self.keep_open(school_ids)
        numbered = self._numbered(asked)
        ids = take_ids(len(asked))
        county_id = self.context.scope.county_id
        rows = (
            (
                *(county_id, class_id, schools[one.school_id].district_id, one.school_id),
                *(one.stage.code, one.entry_year, number, self._formed_on(one.entry_year)),
            )
            for class_id, one, number in zip(ids, asked, numbered, strict=True)
        )
        self.changes.load(SchoolClass, CLASS_COLUMNS, rows)
        by_school: defaultdict[int, list[int]] = defaultdict(list)
        for class_id, one in zip(ids, asked, strict=True):
            by_school[one.school_id].append(class_id)
        for school_id, class_ids in by_school.items():
            self.context.announce(ClassesFormed(school_id=school_id, class_ids=tuple(class_ids)))
        return ids

    def _formed_on(self, entry_year: int) -> date | None:
        """Return the first day of a class that is younger than its cohort."""
        return self.day.on if self.day.on > begins(entry_year, self.day.schooling) else None

    def _numbered(self, asked: Sequence[ClassForming]) -> list[int]:
        """Give a number to each class: the one asked for, or the first that nobody has or asks for."""
        taken = self.rows.numbers({one.school_id for one in asked})
        problems: list[Problem] = []
        for one in asked:
            used = taken.setdefault((one.school_id, one.stage.code, one.entry_year), set())
            number = one.number or 1
            problems += check_class(one.stage, one.entry_year, number, self.day.on, self.day.schooling)
            if one.number is not None and one.number in used:
                name = Formation(one.stage, one.entry_year, number).name(self.day.on, self.day.schooling)
                problems.append(Problem(ClassKnown(name=name)))
            if one.number is not None:
                used.add(one.number)
        refuse_if(problems)
        free = {cohort: free_numbers(used) for cohort, used in taken.items()}
        return [one.number or next(free[one.school_id, one.stage.code, one.entry_year]) for one in asked]

    # dissolving

    def dissolve(self, row: AnyRow) -> None:
        """Dissolve a class that nobody is in from the day on."""
        enrolled = {one.pupil_id for one in self.changes.enrolled_from([row.id], self.day.on)}
        problems = self.check_end([row])
        if enrolled:
            problems.append(Problem(ClassNotEmpty(name=self.day.name(row), pupils=len(enrolled))))
        refuse_if(problems)
        self.end([row], None)

    def check_end(self, rows: Sequence[AnyRow]) -> list[Problem]:
        """Refuse to end a class before it begins, or what belongs to it."""
        on, named = self.day.on, {row.id: self.day.name(row) for row in rows}
        early = [(named[row.id], row.formed_on) for row in rows if row.formed_on and row.formed_on >= on]
        begun = self.changes.begun_from(named, on)
        early += [(f"{named[class_id]}的{what}", since) for what, class_id, since in begun]
        return [
            Problem(SpanEndsBeforeItBegins(what=what, since=str(since), on=str(on))) for what, since in early
        ]

    def end(self, rows: Sequence[AnyRow], successor_id: int | None) -> None:
        """End classes of one school and what belongs to them."""
        ids, on = [row.id for row in rows], self.day.on
        unfit = self._unfit_groups(ids)
        self.changes.end_what_belongs(ids, on, TeachingChange.CLASS_SPLIT)
        self.changes.end_classes(ids, on, successor_id)
        school_id = rows[0].school_id
        self.context.announce(
            ClassesDissolved(school_id=school_id, class_ids=tuple(ids), successor_id=successor_id, on=on)
        )
        if unfit:
            self.changes.end_groups(unfit, on)
            self.context.announce(GroupsSeparated(school_id=school_id, group_ids=tuple(unfit), on=on))

    def _unfit_groups(self, class_ids: Collection[int]) -> list[int]:
        return unfit_groups(self.changes.grouped_with(class_ids, self.day.on), class_ids)

    # merging and splitting

    def merge(self, command: ClassMerger) -> None:
        """Merge classes into one of their cohort."""
        classes = self.lock([command.into_id, *command.class_ids])
        into, merged = classes[command.into_id], [classes[one] for one in command.class_ids]
        problems = [p for row in classes.values() for p in self._check_lasting(row)]
        refuse_if(problems + check_merger([cohort_of(row) for row in classes.values()]))
        self.changes.lock_pupils_of(command.class_ids, self.day.on)
        enrolled = self.changes.enrolled_from(command.class_ids, self.day.on)
        coming = sum(_holds(one, self.day.on) for one in enrolled)
        limit = self.day.limits[Stage(into.stage)]
        size = check_size(self.day.name(into), into.pupils + coming, limit) if coming else []
        refuse_if(self.check_end(merged) + size)
        self.move(enrolled, into.id)
        self.end(merged, into.id)

    def split(self, command: ClassSplit) -> list[int]:
        """Split a class; return it and the new ones."""
        row = self.lock_open([command.class_id])[command.class_id]
        refuse_if(self._check_lasting(row))
        self.changes.lock_pupils_of([row.id], self.day.on)
        enrolled = self.changes.enrolled_from([row.id], self.day.on)
        here = {one.pupil_id: one.pupil_no for one in enrolled if _holds(one, self.day.on)}
        shares = self._shares(command, row, here)
        new = self.form([self._like(row, number) for number in command.numbers or [None] * len(shares)])
        for class_id, share in zip(new, shares, strict=True):
            going = set(share)
            self.move([one for one in enrolled if one.pupil_id in going], class_id)
        return [row.id, *new]

    def _shares(self, command: ClassSplit, row: AnyRow, here: Mapping[int, str]) -> Sequence[Sequence[int]]:
        """Return who goes into each new class."""
        shares: Sequence[Sequence[int]] = command.lists
        if command.into is not None:
            shares = share_out(list(here), command.into)[1:]
        name = self.day.name(row)
        listed = [pupil_id for share in shares for pupil_id in share]
        absent = [pupil_id for pupil_id in listed if pupil_id not in here]
        refuse_if([Problem(NotInClass(pupil=str(pupil_id), name=name)) for pupil_id in absent])
        refuse_if(check_split(name, list(here), shares, [here[pupil_id] for pupil_id in listed]))
        return shares

    def _like(self, row: AnyRow, number: int | None) -> ClassForming:
        cohort = cohort_of(row)
        return ClassForming(
            school_id=cohort.school_id, stage=cohort.stage, entry_year=cohort.entry_year, number=number
        )

    def _check_lasting(self, row: AnyRow) -> list[Problem]:
        return check_lasting(formation(row), self.day.on, self.day.schooling)

    def move(self, enrolled: Sequence[AnyRow], class_id: int) -> None:
        """Let pupils go on in another class of the school, without a day between.

        What begins on the day or later leads to the other class from its beginning.
        """
        if not enrolled:
            return
        on = self.day.on
        begun = [one for one in enrolled if one.since < on]
        self.changes.leave_for_another_class([one.id for one in begun], on)
        rows = (
            (
                *(one.county_id, row_id, one.district_id, one.school_id, class_id, one.pupil_id),
                *(on, one.until, Entered.CLASS_CHANGE.code, one.left_as),
            )
            for row_id, one in zip(take_ids(len(begun)), begun, strict=True)
        )
        self.changes.load(Enrolment, _ENROLMENT_COLUMNS, rows)
        self.changes.turn_to([one.id for one in enrolled if one.since >= on], class_id)
        self._announce_moved(enrolled, class_id)

    def _announce_moved(self, enrolled: Iterable[AnyRow], class_id: int) -> None:
        pupils: defaultdict[tuple[int, int], dict[int, None]] = defaultdict(dict)
        for one in enrolled:
            pupils[one.school_id, one.class_id][one.pupil_id] = None
        for (school_id, from_class_id), pupil_ids in pupils.items():
            fact = ClassChanged(
                school_id=school_id,
                from_class_id=from_class_id,
                to_class_id=class_id,
                pupil_ids=tuple(pupil_ids),
                on=self.day.on,
            )
            self.context.announce(fact)


def unfit_groups(members: Iterable[AnyRow], class_ids: Collection[int]) -> list[int]:
    """Return the groups that are none any more when these classes are gone from them."""
    kinds: dict[int, GroupKind] = {}
    left: defaultdict[int, list[Cohort]] = defaultdict(list)
    for row in members:
        kinds[row.id] = GroupKind(row.kind)
        if row.class_id not in class_ids:
            left[row.id].append(cohort_of(row))
    return [group_id for group_id, kind in kinds.items() if check_group(kind, left[group_id])]


def _holds(enrolment: AnyRow, day: date) -> bool:
    return bool(enrolment.since <= day)  # none that ended before was read
