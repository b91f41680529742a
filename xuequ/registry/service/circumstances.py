"""Use cases of pupils' circumstances: traits by date, guardians, residence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import Place, Problem, refuse_if
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.pupils import RECORD_CIRCUMSTANCES, REVEAL_CIRCUMSTANCES, VIEW_PUPIL
from xuequ.registry.errors.circumstances import (
    NothingSealed,
    TraitKnown,
)
from xuequ.registry.errors.people import PersonForgotten
from xuequ.registry.errors.pupils import NotOfSchool, PupilUnknown
from xuequ.registry.facts.circumstances import (
    AddressRevealed,
    TraitNoteRevealed,
    TraitsRecorded,
)
from xuequ.registry.models.circumstances import ADDRESS, TRAIT_NOTE
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.circumstances import CircumstanceRows
from xuequ.registry.rules.circumstances import Change
from xuequ.registry.schemas.circumstances import (
    GuardianRecord,
    GuardianRow,
    GuardianshipEnd,
    GuardianView,
    ResidenceRecord,
    ResidenceRow,
    ResidenceView,
    TraitRecord,
    TraitRow,
    TraitView,
)
from xuequ.registry.service import guardianship, residences
from xuequ.registry.service.moving import placed
from xuequ.registry.service.records import Record, read_records, record_of, take_records
from xuequ.registry.service.traits import TraitDraft, seal_note
from xuequ.registry.states.circumstances import ResidenceKind, TraitDetail, TraitKind
from xuequ.standards.codes.people import Relation


class CircumstanceService(Service):
    """What is true of pupils for a time 学生情况, who looks after them, and where they live.

    What is sensitive is sealed; it is read by `reveal_…` only, which the journal shows.
    """

    @property
    def _rows(self) -> CircumstanceRows:
        return CircumstanceRows(self.context.session, self.context.scope, self.context.place)

    def _lock(self, pupil_id: int) -> Record:
        return take_records(self.context, self._rows, [pupil_id], RECORD_CIRCUMSTANCES)[0]

    def _look(self, pupil_id: int) -> Record:
        found = self._rows.records([pupil_id])
        if not found:
            raise PupilUnknown(pupil=str(pupil_id))
        record = record_of(found[0])
        self.context.permit(VIEW_PUPIL, school=record.school)
        return record

    # traits

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def set_trait(self, pupil_id: int, command: TraitRecord, on: date | None = None) -> TraitView:
        """Record that something is true of a pupil from a day; another detail ends the one before.

        Raises:
            TraitDetailWrong: for a detail that the kind does not have.
            TraitKnown: when it holds on that day already; a note may be added to it.
        """
        record, rows = self._lock(pupil_id), self._rows
        draft = TraitDraft(rows, [pupil_id])
        change = draft.begin(pupil_id, command.kind, command.detail, on or self.context.today)
        if isinstance(change, list):
            refuse_if(change)
        elif change is Change.STAYS and not command.note:
            raise TraitKnown(kind=command.kind.label)
        span = draft.last(pupil_id, command.kind)
        if command.note:
            draft.note(span, seal_note(self.context.vault, span, record.person_id, command.note))
        self._write(draft, guardianship.school_of(record))
        return self._trait(span.id)

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def end_trait(self, pupil_id: int, kind: TraitKind, on: date | None = None) -> None:
        """Record that something is true of a pupil no longer, from a day.

        Raises:
            TraitUnknown: when it does not hold.
        """
        record = self._lock(pupil_id)
        draft = TraitDraft(self._rows, [pupil_id])
        change = draft.end(pupil_id, kind, on or self.context.today)
        refuse_if(change if isinstance(change, list) else [])
        self._write(draft, guardianship.school_of(record))

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def record_traits(self, school: str, rows: Sequence[TraitRow]) -> int:
        """Record a school's list of circumstances, whole or not at all; return how many pupils it is of.

        What the list says and what is there already changes nothing.

        Raises:
            Problems: every problem with its row.
        """
        self.context.permit(RECORD_CIRCUMSTANCES, school=school)
        mine = self._rows
        ids = mine.ids_of({row.pupil_no for row in rows})
        records = read_records(mine, ids.values())
        draft = TraitDraft(mine, records)
        problems: list[Problem] = []
        for number, row in enumerate(rows, 1):
            record = records.get(ids.get(row.pupil_no, 0))
            problems += placed(_take(draft, record, school, row), Place(row=number))
        refuse_if(problems)
        self._write(draft, next((guardianship.school_of(record) for record in records.values()), None))
        return len(draft.pupil_ids)

    def _write(self, draft: TraitDraft, school_id: int | None) -> None:
        if draft.pupil_ids:
            draft.write()
            self.context.announce(TraitsRecorded(school_id=school_id, pupil_ids=draft.pupil_ids))

    def _trait(self, trait_id: int) -> TraitView:
        row = self._rows.trait(trait_id)
        assert row is not None, "it was written just now"
        return _trait_view(row)

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def traits_of(self, pupil_id: int) -> list[TraitView]:
        """List what was and is true of a pupil, by its first day."""
        self._look(pupil_id)
        return [_trait_view(row) for row in self._rows.traits([pupil_id])]

    @use_case(REVEAL_CIRCUMSTANCES, at=At.SCHOOL)
    def reveal_trait_note(self, trait_id: int) -> str:
        """Read the note of a trait; the journal shows who did.

        Raises:
            NothingSealed: when there is no such trait here, or it has no note.
            PersonForgotten: when it was destroyed with the pupil's personal data.
        """
        row = self._rows.trait(trait_id)
        if row is None or row.note is None:
            raise NothingSealed(what=TRAIT_NOTE.label)
        record = self._whose(row)
        fact = TraitNoteRevealed(
            school_id=guardianship.school_of(record), pupil_id=row.pupil_id, trait_id=row.id
        )
        self.context.announce(fact)
        return self.context.vault.open(TRAIT_NOTE, row.id, row.note, person_id=row.owner_id)

    def _whose(self, row: AnyRow) -> Record:
        """Return the pupil of a sealed row, when the actor may reveal it at the pupil's school.

        Raises:
            PersonForgotten: when nobody can open it any more.
        """
        record = record_of(self._rows.records([row.pupil_id])[0])
        self.context.permit(REVEAL_CIRCUMSTANCES, school=record.school)
        if row.forgotten:
            raise PersonForgotten(person=str(row.owner_id))
        return record

    # guardians

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def add_guardian(self, pupil_id: int, command: GuardianRecord, on: date | None = None) -> GuardianView:
        """Record a guardian 监护人 from a day; the person is found, or made.

        A person who is described is taken to be the only one of the county of that name, sex and birthday.

        Raises:
            GuardianKnown: when the person is one already.
            GuardianIsPupil, GuardianPersonUnknown: for the person.
        """
        said = {name: getattr(command, name) for name in GuardianRecord.model_fields}
        row = GuardianRow(**said, pupil_id=pupil_id, since=on or self.context.today)
        return self.record_guardians([row])[0]

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def record_guardians(self, rows: Sequence[GuardianRow]) -> list[GuardianView]:
        """Record guardians of pupils, all or none; return them in the order of the rows.

        Raises:
            Problems: what `add_guardian` refuses, of each with its row.
        """
        ids = guardianship.record(self.context, self._rows, rows)
        return self._guardians(ids)

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def end_guardianship(self, guardian_id: int, on: date | None = None) -> None:
        """Record that somebody is a guardian no longer, from a day.

        Raises:
            GuardianUnknown: when there is none of that id, or it has ended.
            SpanBackwards: when it would hold no day.
        """
        self.end_guardianships([GuardianshipEnd(guardian_id=guardian_id, on=on or self.context.today)])

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def end_guardianships(self, rows: Sequence[GuardianshipEnd]) -> None:
        """Record that people are guardians no longer, all or none.

        Raises:
            Problems: what `end_guardianship` refuses, of each with its row.
        """
        guardianship.end(self.context, self._rows, rows)

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def choose_primary(self, guardian_id: int) -> GuardianView:
        """Make a guardian the primary contact 主要联系人 instead of whoever is.

        Raises:
            GuardianUnknown: when there is none of that id, or it has ended.
        """
        self.choose_primaries([guardian_id])
        return self._guardians([guardian_id])[0]

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def choose_primaries(self, guardian_ids: Sequence[int]) -> None:
        """Make guardians the primary contacts of their pupils, all or none.

        Raises:
            Problems: what `choose_primary` refuses, of each with its row.
        """
        guardianship.choose(self.context, self._rows, guardian_ids)

    def _guardians(self, ids: Sequence[int]) -> list[GuardianView]:
        written = self._rows.guardians_by_id(ids)
        return [_guardian_view(written[guardian_id]) for guardian_id in ids]

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def guardians_of(self, pupil_id: int, on: date | None = None) -> list[GuardianView]:
        """List a pupil's guardians on a day, the primary contact first."""
        self._look(pupil_id)
        day = on or self.context.today
        return [
            _guardian_view(row)
            for row in self._rows.guardians([pupil_id])
            if day in DaySpan(row.since, row.until)
        ]

    # residence

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def record_residence(
        self, pupil_id: int, command: ResidenceRecord, on: date | None = None
    ) -> ResidenceView:
        """Record where a pupil is registered 户籍地, or lives 居住地, from a day on.

        Raises:
            AreaCodeWrong: for what is no area code.
            ResidenceBackwards: when the present one began later.
        """
        said = {name: getattr(command, name) for name in ResidenceRecord.model_fields}
        row = ResidenceRow(**said, pupil_id=pupil_id, since=on or self.context.today)
        (written,) = self._rows.residences_by_id(residences.record(self.context, self._rows, [row])).values()
        return _residence_view(written)

    @use_case(RECORD_CIRCUMSTANCES, at=At.SCHOOL)
    def record_residences(self, rows: Sequence[ResidenceRow]) -> None:
        """Record residences of pupils, all or none, each pupil's in the order of the rows.

        Raises:
            Problems: what `record_residence` refuses, of each with its row.
        """
        residences.record(self.context, self._rows, rows)

    @reading(VIEW_PUPIL, at=At.SCHOOL)
    def residences_of(self, pupil_id: int) -> list[ResidenceView]:
        """List where a pupil was and is registered, and lived and lives."""
        self._look(pupil_id)
        return [_residence_view(row) for row in self._rows.residences([pupil_id])]

    @use_case(REVEAL_CIRCUMSTANCES, at=At.SCHOOL)
    def reveal_address(self, residence_id: int) -> str:
        """Read an address; the journal shows who did.

        Raises:
            NothingSealed: when there is no such residence here, or it has no address.
            PersonForgotten: when it was destroyed with the pupil's personal data.
        """
        row = self._rows.residences_by_id([residence_id]).get(residence_id)
        if row is None or row.address is None:
            raise NothingSealed(what=ADDRESS.label)
        record = self._whose(row)
        fact = AddressRevealed(
            school_id=guardianship.school_of(record), pupil_id=row.pupil_id, residence_id=row.id
        )
        self.context.announce(fact)
        return self.context.vault.open(ADDRESS, row.id, row.address, person_id=row.owner_id)


def _take(draft: TraitDraft, record: Record | None, school: str, row: TraitRow) -> list[Problem]:
    """Take one row of a list, or return what is wrong with it."""
    if record is None:
        return [Problem(PupilUnknown(pupil=row.pupil_no))]
    if record.school != school:
        return [Problem(NotOfSchool(pupil=row.pupil_no, school=school))]
    if row.holds:
        change = draft.begin(record.pupil_id, row.kind, row.detail, row.on)
    else:
        change = draft.end(record.pupil_id, row.kind, row.on)
    return change if isinstance(change, list) else []


def _trait_view(row: AnyRow) -> TraitView:
    return TraitView(
        id=row.id,
        kind=TraitKind(row.kind),
        detail=TraitDetail(row.detail) if row.detail else None,
        since=row.since,
        until=row.until,
        has_note=row.note is not None and not row.forgotten,
        note_destroyed=row.note is not None and row.forgotten,
    )


def _guardian_view(row: AnyRow) -> GuardianView:
    return GuardianView(
        id=row.id,
        person_id=row.person_id,
        name=row.name,
        relation=Relation(row.relation),
        is_primary=row.is_primary,
        since=row.since,
        until=row.until,
    )


def _residence_view(row: AnyRow) -> ResidenceView:
    return ResidenceView(
        id=row.id,
        kind=ResidenceKind(row.kind),
        area=row.area,
        since=row.since,
        until=row.until,
        has_address=row.address is not None and not row.forgotten,
        address_destroyed=row.address is not None and row.forgotten,
    )
