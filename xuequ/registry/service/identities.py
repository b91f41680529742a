"""Documents and telephones in workbooks: compared by tokens, exported masked, shown nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

from pydantic import SecretStr

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.fields import Command
from xuequ.core.intake import Desk, Hidden
from xuequ.core.plan import Values
from xuequ.core.vault import Closed, SealedColumn
from xuequ.registry.errors.people import DocumentKindMissing, DocumentMasked
from xuequ.registry.models.people import DOCUMENT, PHONE, document_of
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.rules.people import mask_document
from xuequ.registry.schemas.set_up import Identified
from xuequ.registry.service.identifying import SHARED_KINDS, Said, read_identity


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What a row says of document and telephone, and the tokens under which both are compared."""

    said: Said
    document: Hidden | None
    phone: Hidden | None

    def document_columns(self, sealed: bytes | None) -> tuple[str | None, bytes | None, bytes | None]:
        """Return kind, ciphertext and blind index; none of a kind whose numbers people share."""
        one, token = self.said.document, self.document
        if one is None or token is None:
            return None, None, None
        return one.kind.code, sealed, None if one.kind in SHARED_KINDS else token.value

    @property
    def phone_index(self) -> bytes | None:
        """The blind index of the telephone."""
        return None if self.phone is None else self.phone.value

    @property
    def compared(self) -> Values:
        """The fields of a row as they are compared with what is registered."""
        return {"document_number": self.document, "phone": self.phone, "document_kind": None}


NOTHING_SAID = Identity(Said(None, None, (), ()), None, None)


class Identities:
    """What rows say of documents and telephones, beside what is registered of them."""

    def __init__(self, context: Context, people: PeopleRows) -> None:
        self.people = people
        self.today = context.today
        self.vault = context.vault
        self._indexers: dict[str, Callable[[str], bytes]] = {}

    def read(self, row: Identified) -> Identity | None:
        """Return what a row says; None when it says nothing."""
        if row.document_number is None and row.phone is None:
            return None
        said = read_identity(*row.identity, self.today)
        return Identity(said, self.token(DOCUMENT, said.document_text), self.token(PHONE, said.phone))

    def token(self, column: SealedColumn, text: str | None) -> Hidden | None:
        """Return what stands for a sealed value: the same for the same text, and nothing is seen of it."""
        if not text:
            return None
        if column.column not in self._indexers:
            self._indexers[column.column] = self.vault.indexer(column)
        return Hidden(self._indexers[column.column](text))

    def hide(self, people: Iterable[dict[str, Any]]) -> None:
        """Put tokens where the sealed values of people stand; each knows its `person_id`."""
        known = list(people)
        for column in (DOCUMENT, PHONE):
            some = [one for one in known if one[column.column]]
            closed = [Closed(one["person_id"], one["person_id"], one[column.column]) for one in some]
            for one, text in zip(some, self.vault.open_many(column, closed), strict=True):
                one[column.column] = self.token(column, text)

    def masked(self, people: Iterable[Values]) -> Mapping[int, dict[str, Any]]:
        """Return documents of people as they may be shown: person → columns of a sheet."""
        held = self.people.documents_of([one["person_id"] for one in people])
        closed = [Closed(person_id, person_id, text) for person_id, text in held.items()]
        if not self.vault.has_keys:
            return {}
        shown: dict[int, dict[str, Any]] = {}
        for one, text in zip(closed, self.vault.open_many(DOCUMENT, closed), strict=True):
            kind, number = document_of(text)
            shown[one.person_id] = {"document_kind": kind, "document_number": mask_document(kind, number)}
        return shown


class IdentityDesk(Desk):
    """A desk of rows with somebody's number, document and telephone."""

    context: Context
    number: ClassVar[str]

    @cached_property
    def people(self) -> PeopleRows:
        """The people of the scope."""
        return PeopleRows(self.context.session, self.context.scope, self.context.place)

    @cached_property
    def identities(self) -> Identities:
        """What rows say, beside what is registered."""
        return Identities(self.context, self.people)

    @cached_property
    def several_keys(self) -> bool:
        """Whether documents may stand under the index of an older key."""
        keys = self.context.settings.keys
        return keys is not None and len(keys.index) > 1

    @cached_property
    def identity(self) -> dict[str, Identity]:
        """What the rows of this chunk say, by number."""
        return {}

    def number_of(self, row: Command) -> str:
        """Return the staff or pupil number of a row."""
        return cast(str, getattr(row, self.number))

    def identity_of(self, row: Command) -> Identity:
        """Return what a row of this chunk says."""
        return self.identity.get(self.number_of(row), NOTHING_SAID)

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with a token for what is sealed."""
        self.identity.clear()
        return [self._values(cast("Identified", row)) for row in rows]

    def _values(self, row: Identified) -> Values:
        identity = self.identities.read(row)
        if identity is None:
            return row.__dict__
        self.identity[self.number_of(row)] = identity
        return {**row.__dict__, **identity.compared}

    def hide(self, found: dict[str, dict[str, Any]]) -> None:
        """Put tokens for sealed values of people, by number; none where no row says one."""
        self.identities.hide(one for number, one in found.items() if number in self.identity)
        for number in found.keys() - self.identity.keys():
            found[number] |= {DOCUMENT.column: None, PHONE.column: None}

    def masked(self, people: Iterable[Values]) -> Mapping[int, dict[str, Any]]:
        """Return documents of people as they may be shown: person → columns of the sheet."""
        return self.identities.masked(people)


def identity_problems(row: Identified, said: Said, *, new: bool) -> list[Problem]:
    """Say what is wrong with what a row says; somebody new cannot have a document with a part hidden."""
    if row.masked and new:
        return [Problem(DocumentMasked())]
    if row.document_kind is not None and row.document_number is None:
        return [Problem(DocumentKindMissing())]
    return list(said.problems)


def sensitive(said: Said, fields: Iterable[str]) -> dict[str, Any]:
    """Return what is said of those of the fields that are sealed."""
    values: dict[str, Any] = {}
    if said.document is not None and DOCUMENT.column in fields:
        number = SecretStr(said.document.number)
        values |= {"document_kind": said.document.kind, "document_number": number}
    if said.phone is not None and PHONE.column in fields:
        values["phone"] = SecretStr(said.phone)
    return values
