"""Views of people: masked, with their roles in the scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xuequ.core.context import Context
from xuequ.core.keys import mask_phone
from xuequ.core.vault import Closed, SealedColumn
from xuequ.registry.models.people import DOCUMENT, PHONE, document_of
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.rules.people import mask_document
from xuequ.registry.schemas.people import PersonView, RoleView
from xuequ.registry.states.people import RoleKind, Sex
from xuequ.standards.codes.people import DocumentKind

HIDDEN = "******"
"""What is shown of a value when the host has given no keys."""


def person_views(
    context: Context, people: Sequence[AnyRow], roles_of_people: Sequence[AnyRow]
) -> list[PersonView]:
    """Return views of people, in their order; one statement for their data keys."""
    roles: dict[int, list[RoleView]] = defaultdict(list)
    for row in roles_of_people:
        roles[row.person_id].append(_role_view(row))
    documents, phones = (_opened(context, column, people) for column in (DOCUMENT, PHONE))
    return [
        PersonView(
            id=row.id,
            name=row.name,
            sex=Sex(row.sex),
            birth_date=row.birth_date,
            birth_year=row.birth_date.year if row.birth_date else row.birth_year,
            document_kind=DocumentKind(row.document_kind) if row.document_kind else None,
            document=_shown_document(documents.get(row.id)),
            phone=_shown_phone(phones.get(row.id)),
            forgotten_on=row.forgotten_on,
            roles=tuple(roles[row.id]),
        )
        for row in people
    ]


def _role_view(row: AnyRow) -> RoleView:
    return RoleView(
        kind=RoleKind(row.kind),
        record_id=row.record_id,
        number=row.number,
        school=row.school,
        since=row.since,
        until=row.until,
    )


def _opened(context: Context, column: SealedColumn, people: Sequence[AnyRow]) -> dict[int, str]:
    """Open one column of people; without keys every value that is there is hidden."""
    sealed = {row.id: getattr(row, column.column) for row in people}
    closed = [Closed(row_id, row_id, text) for row_id, text in sealed.items() if text is not None]
    if not context.vault.has_keys:
        return {one.row_id: "" for one in closed}
    texts = context.vault.open_many(column, closed)
    return {one.row_id: text for one, text in zip(closed, texts, strict=True)}


def _shown_document(text: str | None) -> str | None:
    if text is None:
        return None
    return mask_document(*document_of(text)) if text else HIDDEN


def _shown_phone(text: str | None) -> str | None:
    if text is None:
        return None
    return mask_phone(text) if text else HIDDEN
