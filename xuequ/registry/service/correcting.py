"""Correcting what is registered of people, beside what stays; many of them take as few statements as one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Place, Problem, RowTwice, refuse_if
from xuequ.core.pinyin import spell
from xuequ.core.vault import Closed
from xuequ.registry.errors.people import PersonForgotten, PersonUnknown
from xuequ.registry.facts.set_up import RecordsCorrected
from xuequ.registry.models.people import DOCUMENT, document_of
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.rules.id_numbers import Document, document_contradictions, examine_document
from xuequ.registry.rules.people import check_person
from xuequ.registry.schemas.people import PersonCorrection
from xuequ.registry.service.identifying import (
    NO_DOCUMENT,
    NO_PHONE,
    Said,
    document_indexes,
    read_sensitive,
    seal_documents,
    seal_phones,
    taken_by,
)
from xuequ.registry.states.people import PersonField, Sex

_COLUMNS = {
    PersonField.NAME: ("name", "initials"),
    PersonField.SEX: ("sex",),
    PersonField.BIRTH_DATE: ("birth_date",),
    PersonField.DOCUMENT: tuple(NO_DOCUMENT),
    PersonField.PHONE: tuple(NO_PHONE),
}

Asked = tuple[int, PersonCorrection]
"""Whom a correction is of, and what it says."""


def correct(context: Context, rows: PeopleRows, asked: Sequence[Asked]) -> list[Correction]:
    """Lock people, refuse what cannot be, write what changes, and say which fields; all or nothing."""
    there = rows.take([person_id for person_id, _ in asked])
    problems: list[Problem] = []
    found: list[Correction] = []
    first: dict[int, int] = {}
    for number, (person_id, command) in enumerate(asked, 1):
        place = Place(row=number) if len(asked) > 1 else None
        row = there.get(person_id)
        if row is None:
            problems.append(Problem(PersonUnknown(person=str(person_id)), place))
        elif row.forgotten_on is not None:
            problems.append(Problem(PersonForgotten(person=str(row.id)), place))
        elif first.setdefault(row.id, number) != number:
            problems.append(Problem(RowTwice(key=str(row.id), first_row=first[row.id]), place))
        else:
            found.append(Correction(row, command, read_sensitive(command, context.today), place))
    beside = _Beside(context, rows, found)
    for one in found:
        problems += [Problem(problem.error, one.place) for problem in beside.problems(one)]
    refuse_if(problems)
    _write(context, rows, found)
    return found


@dataclass(frozen=True, slots=True, repr=False)
class Correction:
    """One correction of one person, whose row is locked; `place` says which of several it is."""

    row: AnyRow
    command: PersonCorrection
    said: Said
    place: Place | None

    def clears(self, field: PersonField) -> bool:
        """Tell whether a field is emptied."""
        return field in self.command.clear

    @property
    def keeps_document(self) -> bool:
        """Whether a document stays that a new birth date or sex has to agree with."""
        asked = self.said.document is None and bool(self.command.birth_date or self.command.sex)
        return asked and self.row.document_number is not None and not self.clears(PersonField.DOCUMENT)

    def plain(self) -> dict[str, Any]:
        """Return the columns that change, but for those that are sealed."""
        row, command, said = self.row, self.command, self.said
        born, sex = command.birth_date, command.sex
        if said.document is not None:
            born = born or row.birth_date or said.document.birth_date
            if sex is None and Sex(row.sex) is Sex.UNKNOWN:
                sex = said.document.sex
        plain: dict[str, Any] = {"name": command.name, "sex": sex and sex.code, "birth_date": born}
        values = {name: value for name, value in plain.items() if value not in (None, getattr(row, name))}
        if "name" in values:
            values["initials"] = spell(values["name"])
        for field in command.clear:
            values |= {name: None for name in _COLUMNS[field] if getattr(row, name) is not None}
        return values


class _Beside:
    """What stands beside corrections, each kind read at once: who has documents, what stays, first days."""

    def __init__(self, context: Context, rows: PeopleRows, corrections: Sequence[Correction]) -> None:
        self.rows = rows
        self.indexes = {
            one.row.id: document_indexes(context, one.said.document)
            for one in corrections
            if one.said.document is not None
        }
        self.holders = rows.holders([index for some in self.indexes.values() for index in some])
        self.first: dict[bytes, int] = {}
        """Documents of these corrections, and whose they are to be."""
        self.stays = _documents_that_stay(context, [one for one in corrections if one.keeps_document])
        born = [one.row.id for one in corrections if one.command.birth_date]
        self.first_days: Mapping[int, date] = rows.first_role_days(born)

    def problems(self, one: Correction) -> list[Problem]:
        """Say what speaks against a correction."""
        return [*one.said.problems, *self._taken(one), *self._contradictions(one), *self._born_late(one)]

    def _taken(self, one: Correction) -> list[Problem]:
        indexes = self.indexes.get(one.row.id, [])
        holders = {self.holders[index] for index in indexes if index in self.holders}
        holders |= {self.first.setdefault(index, one.row.id) for index in indexes}
        return [taken_by(self.rows, other) for other in sorted(holders - {one.row.id})]

    def _contradictions(self, one: Correction) -> list[Problem]:
        """Compare the document as it will be with birth date and sex as they will be."""
        document = one.said.document or self.stays.get(one.row.id)
        if document is None:
            return []
        stays = None if one.clears(PersonField.BIRTH_DATE) else one.row.birth_date
        born, sex = one.command.birth_date or stays, one.command.sex or Sex(one.row.sex)
        return document_contradictions(document, born, sex)

    def _born_late(self, one: Correction) -> list[Problem]:
        first = self.first_days.get(one.row.id)
        return [] if first is None else check_person(one.command.birth_date, first)


def _documents_that_stay(context: Context, corrections: Sequence[Correction]) -> dict[int, Document]:
    closed = [Closed(one.row.id, one.row.id, one.row.document_number) for one in corrections]
    found: dict[int, Document] = {}
    for one, text in zip(corrections, context.vault.open_many(DOCUMENT, closed), strict=True):
        document = examine_document(*document_of(text), context.today).document
        if document is not None:
            found[one.row.id] = document
    return found


def _write(context: Context, rows: PeopleRows, corrections: Iterable[Correction]) -> None:
    """Write what changes, and tell it: one fact for all of whom the same fields were corrected."""
    found = list(corrections)
    values = {one.row.id: one.plain() for one in found}
    documents = [(one.row.id, one.said.document) for one in found if one.said.document is not None]
    phones = [(one.row.id, one.said.phone) for one in found if one.said.phone is not None]
    for person_id, sealed in (*seal_documents(context, documents), *seal_phones(context, phones)):
        values[person_id] |= sealed
    rows.change_all({person_id: some for person_id, some in values.items() if some})
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for person_id, some in values.items():
        if some:
            fields = (field.code for field, columns in _COLUMNS.items() if some.keys() & {*columns})
            alike[tuple(fields)].append(person_id)
    for same, person_ids in alike.items():
        context.announce(RecordsCorrected(record="person", record_ids=tuple(person_ids), fields=same))
