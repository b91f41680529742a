"""Desks whose rows say who somebody is: what is sealed is compared by tokens, and never shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, cast

from xuequ.core.context import Context
from xuequ.core.fields import Command
from xuequ.core.intake import Desk, Hidden
from xuequ.core.plan import Values
from xuequ.core.vault import Closed, SealedColumn, Vault
from xuequ.registry.models.people import DOCUMENT, PHONE, document_of, sealed_document
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.rules.people import mask_document
from xuequ.registry.schemas.set_up import Identified
from xuequ.registry.service.identifying import Said, read_identity


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What a row says of document and telephone, and the tokens under which both are compared."""

    said: Said
    document: Hidden | None
    phone: Hidden | None


NOTHING_SAID = Identity(Said(None, None, (), ()), None, None)


class IdentityDesk(Desk):
    """A desk of rows with somebody's number, document and telephone."""

    context: Context
    number: ClassVar[str]

    @cached_property
    def people(self) -> PeopleRows:
        """The people of the scope."""
        return PeopleRows(self.context.session, self.context.scope, self.context.place)

    @cached_property
    def today(self) -> date:
        """The day by which documents are judged."""
        return self.context.today

    @cached_property
    def vault(self) -> Vault:
        """What seals and opens."""
        return self.context.vault

    @cached_property
    def several_keys(self) -> bool:
        """Whether documents may stand under the index of an older key."""
        keys = self.context.settings.keys
        return keys is not None and len(keys.index) > 1

    @cached_property
    def identity(self) -> dict[str, Identity]:
        """What the rows of this chunk say of document and telephone, by number."""
        return {}

    def number_of(self, row: Command) -> str:
        """Return the staff or pupil number of a row."""
        return cast(str, getattr(row, self.number))

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with a token for what is sealed."""
        self.identity.clear()
        return [self._values(cast("Identified", row)) for row in rows]

    def _values(self, row: Identified) -> Values:
        if row.document_number is None and row.phone is None:
            return row.__dict__
        said = read_identity(*row.identity, self.today)
        held = said.document
        text = None if held is None else sealed_document(held.kind, held.number)
        document, phone = self._token(DOCUMENT, text), self._token(PHONE, said.phone)
        self.identity[self.number_of(row)] = Identity(said, document, phone)
        return {**row.__dict__, "document_number": document, "phone": phone, "document_kind": None}

    def identity_of(self, row: Command) -> Identity:
        """Return what a row of this chunk says."""
        return self.identity.get(self.number_of(row), NOTHING_SAID)

    def _token(self, column: SealedColumn, text: str | None) -> Hidden | None:
        if not text:
            return None
        return Hidden(self.vault.index(column, text) or b"")

    def hide(self, found: Mapping[str, dict[str, Any]]) -> None:
        """Put tokens for sealed values of people, by number; none where no row says one."""
        for column in (DOCUMENT, PHONE):
            some = [one for number, one in found.items() if number in self.identity and one[column.column]]
            closed = [Closed(one["person_id"], one["person_id"], one[column.column]) for one in some]
            for one, text in zip(some, self.context.vault.open_many(column, closed), strict=True):
                one[column.column] = self._token(column, text)
        for number in found.keys() - self.identity.keys():
            one = found[number]
            one[DOCUMENT.column] = one[PHONE.column] = None

    def masked(self, people: Iterable[Values]) -> dict[int, dict[str, Any]]:
        """Return documents of people as they may be shown: person → columns of the sheet."""
        held = self.people.documents_of([one["person_id"] for one in people])
        closed = [Closed(person_id, person_id, text) for person_id, text in held.items()]
        texts = (
            self.context.vault.open_many(DOCUMENT, closed) if closed and self.context.vault.has_keys else ()
        )
        shown: dict[int, dict[str, Any]] = {}
        for one, text in zip(closed, texts, strict=False):
            kind, number = document_of(text)
            shown[one.person_id] = {"document_kind": kind, "document_number": mask_document(kind, number)}
        return shown
