"""Correcting what is registered of a person, beside what stays."""

from __future__ import annotations

from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.pinyin import spell
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


class Correction:
    """One correction of one person, whose row is locked."""

    def __init__(self, context: Context, rows: PeopleRows, row: AnyRow, command: PersonCorrection) -> None:
        self.context = context
        self.rows = rows
        self.row = row
        self.command = command
        self.said: Said = read_sensitive(command, context.today)

    def run(self) -> None:
        """Refuse it, or write what changes and say which fields."""
        refuse_if([*self.said.problems, *self._taken(), *self._contradictions(), *self._born_late()])
        values = self._values()
        if not values:
            return
        self.rows.change(self.row.id, values)
        fields = [field.code for field, columns in _COLUMNS.items() if values.keys() & {*columns}]
        fact = RecordsCorrected(record="person", record_ids=(self.row.id,), fields=tuple(fields))
        self.context.announce(fact)

    def _clears(self, field: PersonField) -> bool:
        return field in self.command.clear

    def _taken(self) -> list[Problem]:
        if self.said.document is None:
            return []
        holders = self.rows.holders(document_indexes(self.context, self.said.document))
        others = sorted({holder for holder in holders.values() if holder != self.row.id})
        return [taken_by(self.rows, other) for other in others]

    def _contradictions(self) -> list[Problem]:
        """Compare the document as it will be with birth date and sex as they will be."""
        document = self.said.document
        if document is None and (self.command.birth_date or self.command.sex):
            document = self._document_that_stays()
        if document is None:
            return []
        stays = None if self._clears(PersonField.BIRTH_DATE) else self.row.birth_date
        born, sex = self.command.birth_date or stays, self.command.sex or Sex(self.row.sex)
        return document_contradictions(document, born, sex)

    def _document_that_stays(self) -> Document | None:
        if self.row.document_number is None or self._clears(PersonField.DOCUMENT):
            return None
        text = self.context.vault.open(DOCUMENT, self.row.id, self.row.document_number)
        return examine_document(*document_of(text), self.context.today).document

    def _born_late(self) -> list[Problem]:
        first = self.rows.first_role_day(self.row.id) if self.command.birth_date else None
        return [] if first is None else check_person(self.command.birth_date, first)

    def _values(self) -> dict[str, Any]:
        """Return the columns that change."""
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
        documents = [] if said.document is None else [(row.id, said.document)]
        phones = [] if said.phone is None else [(row.id, said.phone)]
        for _, sealed in (*seal_documents(self.context, documents), *seal_phones(self.context, phones)):
            values |= sealed
        return values
