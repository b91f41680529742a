"""What the sheets of teachers and of pupils share: who somebody is, with document and telephone sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, cast

from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.ids import take_ids
from xuequ.core.pinyin import spell
from xuequ.core.plan import Outcome, PlannedRow, State, Values
from xuequ.core.vault import Closed
from xuequ.registry.errors.people import DocumentTaken
from xuequ.registry.errors.set_up import MovedAway
from xuequ.registry.models.people import DOCUMENT, PHONE, Person, document_of
from xuequ.registry.models.pupils import Pupil
from xuequ.registry.models.staff import Staff
from xuequ.registry.rules.id_numbers import Document, document_contradictions, examine_document
from xuequ.registry.rules.people import check_person, check_record_number
from xuequ.registry.schemas.set_up import PupilRow, StaffRow
from xuequ.registry.service.identifying import (
    NO_DOCUMENT,
    NO_PHONE,
    SHARED_KINDS,
    document_indexes,
    seal_documents,
    seal_phones,
    taken_by,
)
from xuequ.registry.service.identities import Identity, IdentityDesk, identity_problems
from xuequ.registry.service.set_up.working import SetUpDesk, Working, at_row
from xuequ.registry.states.people import Sex

PersonRow = StaffRow | PupilRow
PERSON_FIELDS = ("name", "sex", "birth_date")
PERSON_COLUMNS = ("county_id", "id", *PERSON_FIELDS, "initials", *NO_DOCUMENT, *NO_PHONE)


class PersonDesk(IdentityDesk, SetUpDesk):
    """A desk of people: their identity; what they are here is the sheet's own."""

    number_label: ClassVar[str]
    model: ClassVar[type[Staff] | type[Pupil]]

    def __init__(self, working: Working) -> None:
        super().__init__(working)
        self.nobody_yet = not self.rows.has(self.model)
        """Whether the county has none of them, so that nobody has to be looked for."""
        self.nothing_yet = self.nobody_yet
        self.nobody_known = not self.rows.has(Person)

    # what is there

    def read_there(self, numbers: Sequence[str]) -> State:
        """Return what is registered of people by their numbers."""
        raise NotImplementedError

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what is registered of the people of rows; sealed values as tokens where rows say some."""
        if self.nobody_yet:
            return {}
        there = self.read_there([self.number_of(row) for row in rows])
        found = {key[0]: cast("dict[str, Any]", values) for key, values in there.items()}
        self.hide(found)
        return there

    # judging

    def check_people(self, planned: Sequence[PlannedRow], there: State) -> list[Problem]:
        """Check birthdays, numbers and documents, and that nobody has them already."""
        found: list[Problem] = []
        wanted: list[PlannedRow] = []
        for row in planned:
            command = cast("PersonRow", row.source.command)
            known = there.get((self.number_of(command),), {})
            born = command.birth_date or known.get("birth_date")
            wrong = [] if has_left(row) else check_person(born, command.since)
            if row.outcome is Outcome.ADDED:
                wrong += check_record_number(self.number_label, self.number_of(command))
            said = self.identity_of(command).said
            wrong += identity_problems(command, said, new=row.outcome is Outcome.ADDED)
            if said.document is not None and not said.problems:
                wrong += document_contradictions(said.document, born, command.sex)
                if row.outcome is not Outcome.UNCHANGED:
                    wanted.append(row)
            elif any(change.field in ("birth_date", "sex") for change in row.changes):
                wrong += self._contradictions(command, known)
            if wrong:
                found += at_row(row, wrong)
        return [*found, *self._taken(wanted, there), *self._strangers(planned)]

    def _indexes(self, row: PlannedRow) -> list[bytes]:
        """Return the blind indexes under which the document of a row may stand, the current one first."""
        one = self.identity_of(row.source.command)
        assert one.said.document is not None and one.document is not None, "only rows with one are asked"
        current = one.document.value
        others = document_indexes(self.context, one.said.document) if self.several_keys else [current]
        return [current, *(index for index in others if index != current)]

    def _contradictions(self, command: PersonRow, known: Values) -> list[Problem]:
        """Compare a corrected birthday or sex with the document that stays."""
        for text in self.people.documents_of([known["person_id"]]).values():
            closed = [Closed(known["person_id"], known["person_id"], text)]
            kind, number = document_of(self.context.vault.open_many(DOCUMENT, closed)[0])
            document = examine_document(kind, number, self.context.today).document
            if document is not None:
                return document_contradictions(document, command.birth_date, command.sex)
        return []

    def _taken(self, wanted: Sequence[PlannedRow], there: State) -> list[Problem]:
        """Refuse documents that somebody else has, or that stand in the workbook twice."""
        unique = (row for row in wanted if not _shared(self.identity_of(row.source.command)))
        indexed = [(row, self._indexes(row)) for row in unique]
        holders: dict[bytes, int] = {}
        if not self.nobody_known:
            holders = self.people.holders([index for _, indexes in indexed for index in indexes])
        found: list[Problem] = []
        for row, indexes in indexed:
            own = there.get((self.number_of(row.source.command),), {}).get("person_id")
            holder = next((holders[index] for index in indexes if index in holders), None)
            if holder not in (None, own):
                found += at_row(row, [taken_by(self.people, holder)])
        ids = [int.from_bytes(indexes[0][-8:]) >> 1 for _, indexes in indexed]
        rows = [row.source.place.row or 0 for row, _ in indexed]
        first = self.working.documents.add(ids, rows, self.sheet.title)
        for (row, _), document_id in zip(indexed, ids, strict=True):
            before = first.get(document_id)
            if before is not None and before != (self.sheet.title, row.source.place.row):
                found += at_row(row, [Problem(DocumentTaken(holder=f"本表“{before[0]}”第 {before[1]} 行"))])
        return found

    def _strangers(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Refuse new numbers that belong to another district of the county."""
        if self.nobody_yet:
            return []
        added = [row for row in planned if row.outcome is Outcome.ADDED]
        by_number = {self.number_of(row.source.command): row for row in added}
        elsewhere = self.rows.numbers_elsewhere(self.model, list(by_number))
        return [
            problem
            for number in sorted(elsewhere)
            for problem in at_row(by_number[number], [Problem(MovedAway(number=number))])
        ]

    # writing

    def load_people(self, added: Sequence[PersonRow]) -> list[int]:
        """Insert the people of new rows; return their ids."""
        ids = take_ids(len(added))
        said = [self.identity_of(row) for row in added]
        documents, phones = self.context.vault.seal_newcomers(
            ids,
            (DOCUMENT, [one.said.document_text for one in said]),
            (PHONE, [one.said.phone for one in said]),
        )
        county_id = self.working.here[0]
        every = zip(ids, added, said, documents, phones, strict=True)
        rows = (
            (
                *(county_id, person_id, row.name),
                *_sex_and_birth(row, one.said.document),
                *(spell(row.name), *one.document_columns(document), phone, one.phone_index),
            )
            for person_id, row, one, document, phone in every
        )
        self.rows.load(Person, PERSON_COLUMNS, rows)
        return ids

    def _seal_documents(self, pairs: Iterable[tuple[int, Identity]]) -> Iterable[tuple[int, dict[str, Any]]]:
        some = [
            (person_id, one.said.document, one.document.value)
            for person_id, one in pairs
            if one.said.document is not None and one.document is not None
        ]
        documents = [(person_id, document) for person_id, document, _ in some]
        return seal_documents(self.context, documents, [index for _, _, index in some])

    def _seal_phones(self, pairs: Iterable[tuple[int, Identity]]) -> Iterable[tuple[int, dict[str, Any]]]:
        some = [
            (person_id, one.said.phone, one.phone.value)
            for person_id, one in pairs
            if one.said.phone is not None and one.phone is not None
        ]
        phones = [(person_id, phone) for person_id, phone, _ in some]
        return seal_phones(self.context, phones, [index for _, _, index in some])

    def correct_person(self, row: PlannedRow, there: Values) -> None:
        """Correct what a row changes of a person."""
        changed: dict[str, Any] = {c.field: c.after for c in row.changes if c.field in PERSON_FIELDS}
        person_id: int = there["person_id"]
        if "name" in changed:
            self.rows.change(Person, person_id, {"initials": spell(changed["name"])})
        self.correct("person", Person, person_id, changed)
        fields = {change.field for change in row.changes} & {DOCUMENT.column, PHONE.column}
        one = [(person_id, self.identity_of(row.source.command))]
        documents = self._seal_documents(one) if DOCUMENT.column in fields else ()
        phones = self._seal_phones(one) if PHONE.column in fields else ()
        for _, values in (*documents, *phones):
            self.rows.change(Person, person_id, values)
        if fields:
            self.note("person", tuple(sorted(fields)), person_id)


def has_left(row: PlannedRow) -> bool:
    """Tell whether somebody is at no school any more, and the file says only where they were before."""
    return any(change.field == "since" and change.before is None for change in row.kept)


def _shared(one: Identity) -> bool:
    """Tell whether a document is of a kind whose numbers may be several people's."""
    return one.said.document is not None and one.said.document.kind in SHARED_KINDS


def _sex_and_birth(row: PersonRow, document: Document | None) -> tuple[Any, ...]:
    """Return sex and birthday; what the row leaves out is taken from the citizen number."""
    if document is None:
        return row.sex.code, row.birth_date
    sex = document.sex if row.sex is Sex.UNKNOWN and document.sex is not None else row.sex
    return sex.code, row.birth_date or document.birth_date
