"""Guardians of pupils: recorded, ended, chosen; any number of them in a handful of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from xuequ.core.context import Context
from xuequ.core.errors import Place, Problem, SpanBackwards, refuse_if
from xuequ.core.facts import Fact
from xuequ.core.ids import take_ids
from xuequ.core.pinyin import spell
from xuequ.registry.actions.pupils import RECORD_CIRCUMSTANCES
from xuequ.registry.errors.circumstances import (
    GuardianIsPupil,
    GuardianKnown,
    GuardianPersonUnknown,
    GuardianUnknown,
)
from xuequ.registry.facts.circumstances import GuardianshipsEnded, GuardiansRecorded, PrimaryContactsChosen
from xuequ.registry.models.circumstances import Guardian
from xuequ.registry.models.people import Person
from xuequ.registry.repository.circumstances import CircumstanceRows, Described
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.schemas.circumstances import GuardianRecord, GuardianRow, GuardianshipEnd
from xuequ.registry.service.records import Record, take_records
from xuequ.standards.codes.people import Relation

_SPAN = ("is_primary", "until")
_GUARDIAN = ("county_id", "id", "pupil_id", "person_id", "relation", "is_primary", "since", "until")
_PERSON = ("county_id", "id", "name", "sex", "birth_date", "initials")


@dataclass(slots=True)
class Guardianship:
    """Somebody is a pupil's guardian for a time."""

    id: int
    pupil_id: int
    person_id: int
    relation: Relation
    is_primary: bool
    since: date
    until: date | None
    stored: bool = False

    def meets(self, since: date, until: date | None) -> bool:
        """Tell whether it shares a day with another span."""
        return (until is None or self.since < until) and (self.until is None or since < self.until)


class GuardianDraft:
    """Who is to be whose guardian, of pupils who are locked: in memory until `write`."""

    def __init__(self, context: Context, rows: CircumstanceRows, pupil_ids: Sequence[int]) -> None:
        self.context = context
        self.rows = rows
        taken = take_records(context, rows, pupil_ids, RECORD_CIRCUMSTANCES)
        self.records: Mapping[int, Record] = {record.pupil_id: record for record in taken}
        self.of_pupil: defaultdict[int, list[Guardianship]] = defaultdict(list)
        self.stored: dict[int, Guardianship] = {}
        self.changed: dict[int, Guardianship] = {}
        self.begun: list[Guardianship] = []
        for row in rows.guardians(self.records):
            at = (row.id, row.pupil_id, row.person_id, Relation(row.relation))
            span = Guardianship(*at, row.is_primary, row.since, row.until, stored=True)
            self.of_pupil[row.pupil_id].append(span)
            self.stored[row.id] = span

    def begin(self, span: Guardianship) -> list[Problem]:
        """Add a guardian, or say what speaks against it."""
        there = self.of_pupil[span.pupil_id]
        if span.until is not None and span.until <= span.since:
            return [Problem(SpanBackwards(since=str(span.since), until=str(span.until)))]
        if span.person_id == self.records[span.pupil_id].person_id:
            return [Problem(GuardianIsPupil())]
        if any(one.person_id == span.person_id and one.meets(span.since, span.until) for one in there):
            return [Problem(GuardianKnown())]
        if span.is_primary and span.until is None:
            self._no_primary(span.pupil_id)
        there.append(span)
        self.begun.append(span)
        return []

    def open(self, guardian_id: int) -> Guardianship | None:
        """Return a guardianship that goes on."""
        span = self.stored.get(guardian_id)
        return span if span is not None and span.until is None else None

    def end(self, span: Guardianship, on: date) -> list[Problem]:
        """End a guardianship, or say that it would hold no day."""
        if on <= span.since:
            return [Problem(SpanBackwards(since=str(span.since), until=str(on)))]
        span.until = on
        self.changed[span.id] = span
        return []

    def choose(self, span: Guardianship) -> bool:
        """Make a guardian the primary contact; tell whether that is new."""
        if span.is_primary:
            return False
        self._no_primary(span.pupil_id)
        span.is_primary = True
        self.changed[span.id] = span
        return True

    def _no_primary(self, pupil_id: int) -> None:
        for span in self.of_pupil[pupil_id]:
            if span.is_primary and span.until is None:
                span.is_primary = False
                if span.stored:
                    self.changed[span.id] = span

    def write(self) -> None:
        """Write everything; who is the primary contact no longer goes first, since there is only one."""
        changed = sorted(self.changed.values(), key=lambda span: span.is_primary)
        rows = [(span.id, span.is_primary, span.until) for span in changed]
        self.rows.change_many(Guardian, _SPAN, rows)
        county_id = self.context.scope.county_id
        begun = [
            (
                *(county_id, span.id, span.pupil_id, span.person_id, span.relation.code),
                *(span.is_primary, span.since, span.until),
            )
            for span in self.begun
        ]
        self.rows.load(Guardian, _GUARDIAN, begun)

    def tell(self, kind: Callable[..., Fact], spans: Iterable[Guardianship]) -> None:
        """Announce a fact for each school of the spans' pupils."""
        by_school: defaultdict[int | None, list[Guardianship]] = defaultdict(list)
        for span in spans:
            by_school[school_of(self.records[span.pupil_id])].append(span)
        for school_id, some in by_school.items():
            pupil_ids = tuple(dict.fromkeys(span.pupil_id for span in some))
            guardian_ids = tuple(span.id for span in some)
            self.context.announce(kind(school_id=school_id, pupil_ids=pupil_ids, guardian_ids=guardian_ids))


def record(context: Context, rows: CircumstanceRows, commands: Sequence[GuardianRow]) -> list[int]:
    """Record guardians, all or none; return their ids in the order of the commands."""
    draft = GuardianDraft(context, rows, [one.pupil_id for one in commands])
    people, problems = _people(context, rows, commands)
    ids = take_ids(len(commands))
    for number, one in enumerate(commands, 1):
        if number in people:
            at = (ids[number - 1], one.pupil_id, people[number], one.relation)
            wrong = draft.begin(Guardianship(*at, one.is_primary, one.since, one.until))
            problems += placed(wrong, number, commands)
    refuse_if(problems)
    draft.write()
    draft.tell(GuardiansRecorded, draft.begun)
    return ids


def end(context: Context, rows: CircumstanceRows, commands: Sequence[GuardianshipEnd]) -> None:
    """End guardianships, all or none."""
    there = rows.guardians_by_id([one.guardian_id for one in commands])
    draft = GuardianDraft(context, rows, [row.pupil_id for row in there.values()])
    problems: list[Problem] = []
    ended: list[Guardianship] = []
    for number, one in enumerate(commands, 1):
        span = draft.open(one.guardian_id)
        if span is None:
            wrong = [Problem(GuardianUnknown(guardian=str(one.guardian_id)))]
        else:
            wrong = draft.end(span, one.on)
            ended.append(span)
        problems += placed(wrong, number, commands)
    refuse_if(problems)
    draft.write()
    draft.tell(GuardianshipsEnded, ended)


def choose(context: Context, rows: CircumstanceRows, guardian_ids: Sequence[int]) -> None:
    """Make guardians the primary contacts of their pupils, all or none."""
    there = rows.guardians_by_id(guardian_ids)
    draft = GuardianDraft(context, rows, [row.pupil_id for row in there.values()])
    problems: list[Problem] = []
    chosen: list[Guardianship] = []
    for number, guardian_id in enumerate(guardian_ids, 1):
        span = draft.open(guardian_id)
        if span is None:
            problems += placed([Problem(GuardianUnknown(guardian=str(guardian_id)))], number, guardian_ids)
        elif draft.choose(span):
            chosen.append(span)
    refuse_if(problems)
    draft.write()
    draft.tell(PrimaryContactsChosen, chosen)


def _people(
    context: Context, rows: CircumstanceRows, commands: Sequence[GuardianRow]
) -> tuple[dict[int, int], list[Problem]]:
    """Find or make the people whom commands mean: number of the command → person, and who is unknown."""
    asked = [one.person_id for one in commands if one.person_id is not None]
    known = PeopleRows(context.session, context.scope, context.place).kept(asked)
    described = {some for one in commands if (some := _described(one)) is not None}
    found = dict[Described | int, int](rows.only_people(described).items())
    made: dict[int, GuardianRow] = {}
    people: dict[int, int] = {}
    problems: list[Problem] = []
    for (number, one), new_id in zip(enumerate(commands, 1), take_ids(len(commands)), strict=True):
        if one.person_id is None:
            key: Described | int = _described(one) or number
            if found.setdefault(key, new_id) == new_id:
                made[new_id] = one
            people[number] = found[key]
        elif one.person_id in known:
            people[number] = known[one.person_id]
        else:
            problems += placed([Problem(GuardianPersonUnknown(person=str(one.person_id)))], number, commands)
    county_id = context.scope.county_id
    new = [
        (county_id, person_id, one.name, one.sex.code, one.birth_date, spell(one.name or ""))
        for person_id, one in made.items()
    ]
    rows.load(Person, _PERSON, new)
    return people, problems


def _described(one: GuardianRecord) -> Described | None:
    """Return by what the only person of the county is found; without a birthday nobody is."""
    if one.person_id is not None or one.name is None or one.birth_date is None:
        return None
    return one.name, one.sex.code, one.birth_date


def placed(problems: Iterable[Problem], number: int, commands: Collection[object]) -> list[Problem]:
    """Say which of several commands problems are of."""
    place = Place(row=number) if len(commands) > 1 else None
    return [Problem(problem.error, place) for problem in problems]


def school_of(record: Record) -> int | None:
    """Return the school that keeps a pupil's record today."""
    return record.status.school_id if record.status else None
