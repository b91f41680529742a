"""Reading what is said of somebody's identity, and sealing what is sensitive of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import SecretStr

from xuequ.core.context import Context
from xuequ.core.errors import Problem
from xuequ.core.vault import Clear, SealedColumn
from xuequ.registry.errors.people import DocumentTaken
from xuequ.registry.models.people import DOCUMENT, PHONE, sealed_document
from xuequ.registry.repository.people import PeopleRows
from xuequ.registry.rules.id_numbers import Document, Examined, examine_document, read_phone
from xuequ.registry.schemas.people import Sensitive
from xuequ.standards.codes.people import DocumentKind

SHARED_KINDS = frozenset({DocumentKind.HOUSEHOLD_BOOK, DocumentKind.OTHER})
"""Kinds whose numbers may be several people's, so that they are neither unique nor found by."""

NO_DOCUMENT: Mapping[str, None] = dict.fromkeys(("document_kind", "document_number", "document_index"))
NO_PHONE: Mapping[str, None] = dict.fromkeys(("phone", "phone_index"))


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What a command says of a person, read; and what is wrong with it, or only worth a look."""

    document: Document | None
    phone: str | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]

    @property
    def document_text(self) -> str | None:
        """The document as it is sealed."""
        one = self.document
        return None if one is None else sealed_document(one.kind, one.number)

    @property
    def warning_texts(self) -> tuple[str, ...]:
        """What is worth a look, in Chinese."""
        return tuple(problem.text() for problem in self.warnings)


def read_sensitive(command: Sensitive, today: date) -> Said:
    """Read document and telephone of a command."""
    return read_identity(command.document_kind, command.document_number, command.phone, today)


def read_identity(
    kind: DocumentKind | None, number: SecretStr | None, phone: SecretStr | None, today: date
) -> Said:
    """Read a document and a telephone."""
    examined, reached, wrong = _NO_EXAMINED, None, list[Problem]()
    if kind is not None and number is not None:
        examined = examine_document(kind, number.get_secret_value(), today)
    if phone is not None:
        reached, wrong = read_phone(phone.get_secret_value())
    return Said(examined.document, reached, (*examined.problems, *wrong), examined.warnings)


_NO_EXAMINED = Examined(None)


def document_indexes(context: Context, document: Document) -> list[bytes]:
    """Return the blind indexes under which the document may stand; none for a kind that people share."""
    if document.kind in SHARED_KINDS:
        return []
    return context.vault.indexes(DOCUMENT, sealed_document(document.kind, document.number))


def taken_by(rows: PeopleRows, person_id: int) -> Problem:
    """Say who holds a document; of another district's person only that there is one."""
    known = rows.person(person_id) is not None
    where = f"编号 {person_id}" if known else "属于其他学区，请由县教育局核对"
    return Problem(DocumentTaken(holder=where))


def seal_documents(
    context: Context,
    documents: Sequence[tuple[int, Document]],
    indexes: Sequence[bytes] | None = None,
) -> Iterable[tuple[int, dict[str, Any]]]:
    """Seal documents of people: person → columns.

    Args:
        indexes: their blind indexes, where they are known already.
    """
    texts = [(person_id, sealed_document(one.kind, one.number)) for person_id, one in documents]
    done = _sealed(context, DOCUMENT, texts, indexes)
    for (person_id, one), (sealed, index) in zip(documents, done, strict=True):
        values = {"document_kind": one.kind.code, "document_number": sealed}
        yield person_id, {**values, "document_index": None if one.kind in SHARED_KINDS else index}


def seal_phones(
    context: Context,
    phones: Sequence[tuple[int, str]],
    indexes: Sequence[bytes] | None = None,
) -> Iterable[tuple[int, dict[str, Any]]]:
    """Seal telephone numbers of people: person → columns.

    Args:
        indexes: their blind indexes, where they are known already.
    """
    done = _sealed(context, PHONE, phones, indexes)
    for (person_id, _), (sealed, index) in zip(phones, done, strict=True):
        yield person_id, {"phone": sealed, "phone_index": index}


def _sealed(
    context: Context,
    column: SealedColumn,
    texts: Sequence[tuple[int, str]],
    indexes: Sequence[bytes] | None,
) -> list[tuple[bytes, bytes | None]]:
    """Seal values; where there are none, no keys are needed."""
    if not texts:
        return []
    clear = [Clear(person_id, person_id, text) for person_id, text in texts]
    return [(one.ciphertext, one.index) for one in context.vault.seal_many(column, clear, indexes)]
