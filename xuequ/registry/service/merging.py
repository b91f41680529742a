"""Merging people who are one, undoing it, and forgetting people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xuequ.core.context import Context
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import new_id
from xuequ.core.vault import Clear, Closed, SealedColumn
from xuequ.registry.errors.people import (
    MergedWithOneself,
    MergeOverlaid,
    MergeUnknown,
    PersonElsewhere,
    PersonForgotten,
    PersonMerged,
    PersonUnknown,
)
from xuequ.registry.facts import people as facts
from xuequ.registry.models.circumstances import ADDRESS, TRAIT_NOTE, PupilTrait, Residence
from xuequ.registry.models.people import DOCUMENT, PHONE, SEALED
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.merging import MergeRows
from xuequ.registry.rules.merging import (
    KNOWN_SEX,
    Identity,
    check_merge,
    check_roles,
    check_wards,
    open_roles,
)
from xuequ.registry.rules.people import FORGOTTEN_NAME, check_reason
from xuequ.registry.service.identifying import NO_DOCUMENT, NO_PHONE
from xuequ.registry.service.imprints import forget_imprints
from xuequ.registry.states.people import Sex

MOST_GROUPS = 100
OF_PUPILS = ((TRAIT_NOTE, PupilTrait), (ADDRESS, Residence))
"""What is sealed of pupils, with the key of the person: column → table."""


def candidates(context: Context, rows: MergeRows) -> list[tuple[str, Sequence[AnyRow]]]:
    """Return groups of people who may be one, and why."""
    found = [("姓名和出生日期相同", group) for group in rows.alike("birth_date", MOST_GROUPS)]
    found += [("姓名和联系电话相同", group) for group in rows.alike("phone_index", MOST_GROUPS)]
    return [*_of_one_document(context, rows), *found]


def _of_one_document(context: Context, rows: MergeRows) -> list[tuple[str, Sequence[AnyRow]]]:
    """Find one document under several index keys: while keys change, the database cannot see that."""
    vault = context.vault
    if not vault.has_keys:
        return []
    before = rows.indexed_otherwise(vault.keys_for(DOCUMENT).index_tag)
    texts = vault.open_many(DOCUMENT, [Closed(row.id, row.id, row.document_number) for row in before])
    indexes = [vault.index(DOCUMENT, text) or b"" for text in texts]
    holders = rows.holders(indexes)
    pairs = [(row, holders[index]) for row, index in zip(before, indexes, strict=True) if index in holders]
    others = {row.id: row for row in rows.people([holder for _, holder in pairs])}
    return [("身份证件相同", (row, others[holder])) for row, holder in pairs if holder in others]


def merge(context: Context, rows: MergeRows, keep: int, duplicate: int, reason: str) -> int:
    """Merge a duplicate into the row that is kept; return the id of the merge."""
    if keep == duplicate:
        raise MergedWithOneself()
    kept, merged = _pair(rows, keep, duplicate)
    both = (keep, duplicate)
    if rows.reach_elsewhere(both):
        raise PersonElsewhere()
    document = _documents(context, (kept, merged))
    refuse_if(
        [
            *check_reason(reason, [kept.name, merged.name]),
            *check_merge(_identity(kept, document), _identity(merged, document)),
            *check_roles(rows.held(both), keep),
            *check_wards(rows.wards(both), keep, duplicate),
        ]
    )
    merge_id, filled = new_id(), _filled(context, kept, merged)
    values = {"id": merge_id, "kept_id": keep, "merged_id": duplicate, "reason": reason.strip()}
    named = ",".join(f"sex={kept.sex}" if name == "sex" else name for name in filled)
    rows.add_merge({**values, "filled": named, "merged_at": context.now})
    rows.point(merge_id, duplicate, keep)
    _seal_for(context, rows, merge_id, duplicate, keep)
    rows.change(duplicate, {"merged_into_id": keep})
    if filled:
        rows.change(keep, filled)
    fact = facts.PeopleMerged(merge_id=merge_id, kept_id=keep, merged_id=duplicate, reason=reason.strip())
    context.announce(fact)
    return merge_id


def _pair(rows: MergeRows, keep: int, duplicate: int) -> tuple[AnyRow, AnyRow]:
    """Lock both rows; refuse one that is nobody's here, was merged before, or forgotten."""
    locked = rows.lock((keep, duplicate))
    problems: list[Problem] = []
    for person_id in (keep, duplicate):
        row, survivor = locked.get(person_id), rows.person(person_id)
        if survivor is None:
            problems.append(Problem(PersonUnknown(person=str(person_id))))
        elif survivor.id != person_id:
            problems.append(Problem(PersonMerged(person=str(person_id), into=str(survivor.id))))
        elif row is None or row.forgotten_on is not None:
            problems.append(Problem(PersonForgotten(person=str(person_id))))
    refuse_if(problems)
    return locked[keep], locked[duplicate]


def _documents(context: Context, people: Sequence[AnyRow]) -> dict[int, str]:
    """Open the documents of two people, if both have one that must be compared."""
    if any(row.document_number is None for row in people):
        return {}
    closed = [Closed(row.id, row.id, row.document_number) for row in people]
    texts = context.vault.open_many(DOCUMENT, closed)
    return {row.id: DOCUMENT.normalise(text) for row, text in zip(people, texts, strict=True)}


def _identity(row: AnyRow, documents: dict[int, str]) -> Identity:
    return Identity(row.name, Sex(row.sex), row.birth_date, documents.get(row.id))


def _filled(context: Context, kept: AnyRow, merged: AnyRow) -> dict[str, Any]:
    """Return what the kept row lacks and the other has; sealed values are sealed anew for their new row."""
    filled: dict[str, Any] = {}
    if kept.birth_date is None and merged.birth_date is not None:
        filled["birth_date"] = merged.birth_date
    if Sex(kept.sex) not in KNOWN_SEX and Sex(merged.sex) in KNOWN_SEX:
        filled["sex"] = merged.sex
    if kept.document_number is None and merged.document_number is not None:
        filled["document_kind"] = merged.document_kind
        filled |= _sealed_anew(context, DOCUMENT, kept, merged)
    if kept.phone is None and merged.phone is not None:
        filled |= _sealed_anew(context, PHONE, kept, merged)
    return filled


def _sealed_anew(context: Context, column: SealedColumn, kept: AnyRow, merged: AnyRow) -> dict[str, Any]:
    text = context.vault.open(column, merged.id, getattr(merged, column.column))
    sealed = context.vault.seal(column, kept.id, text)
    index = sealed.index if getattr(merged, column.index) is not None else None
    return {column.column: sealed.ciphertext, column.index: index}


def _seal_for(context: Context, rows: MergeRows, merge_id: int, before: int, now: int) -> None:
    """Seal anew, for whom a merge pointed its pupils to, the notes and addresses of these pupils.

    What is sealed opens only with the key of the person whom its pupil is.
    """
    for column, model in OF_PUPILS:
        if found := rows.sealed_of_pupils(merge_id, model, column.column):
            texts = context.vault.open_many(column, [Closed(row.id, before, row.sealed) for row in found])
            clear = [Clear(row.id, now, text) for row, text in zip(found, texts, strict=True)]
            sealed = (one.ciphertext for one in context.vault.seal_many(column, clear))
            rows.reseal(model, column.column, zip((row.id for row in found), sealed, strict=True))


def undo(context: Context, rows: MergeRows, merge_id: int, reason: str) -> None:
    """Give back what a merge changed, exactly; refuse when that is no longer possible."""
    found = rows.merge(merge_id)
    if found is None or rows.person(found.kept_id) is None:
        raise MergeUnknown(merge=str(merge_id))
    kept, merged = rows.locked_pair(found.kept_id, found.merged_id)
    if rows.reach_elsewhere((kept.id,)):
        raise PersonElsewhere()
    refuse_if(check_reason(reason, [kept.name, merged.name]))
    if kept.forgotten_on is not None:
        raise PersonForgotten(person=str(kept.id))
    filled = [name.partition("=")[::2] for name in found.filled.split(",") if name]
    changed = [name for name, _ in filled if not _as_filled(context, name, kept, merged)]
    changed += [] if merged.merged_into_id == kept.id else ["merged_into_id"]
    changed += rows.point_back(found)
    if changed:
        raise MergeOverlaid(what="、".join(changed))
    _seal_for(context, rows, merge_id, kept.id, merged.id)
    if filled:
        rows.change(kept.id, {name: before or None for name, before in filled})
    rows.change(merged.id, {"merged_into_id": None})
    rows.end_merge(merge_id, context.now)
    context.announce(facts.MergeUndone(merge_id=merge_id, reason=reason.strip()))


def _as_filled(context: Context, name: str, kept: AnyRow, merged: AnyRow) -> bool:
    """Tell whether a field that a merge filled still says what the other row says."""
    mine, theirs = getattr(kept, name), getattr(merged, name)
    column = next((sealed for sealed in SEALED if name in (sealed.column, sealed.index)), None)
    if column is None or None in (mine, theirs):
        return bool(mine == theirs)
    if name == column.index:  # made by whichever key was current; the value beside it tells
        return True
    closed = [Closed(row.id, row.id, getattr(row, name)) for row in (kept, merged)]
    return len(set(context.vault.open_many(column, closed))) == 1


def forget(context: Context, rows: MergeRows, person_id: int, authority: str) -> None:
    """Destroy the personal data of somebody and of the rows merged into theirs; statistics stay."""
    row = rows.person(person_id, for_update=True)
    if row is None:
        raise PersonUnknown(person=str(person_id))
    if row.forgotten_on is not None:
        raise PersonForgotten(person=str(row.id))
    group = [row, *rows.merged_into(row.id)]
    ids = [one.id for one in group]
    if rows.reach_elsewhere(ids):
        raise PersonElsewhere()
    refuse_if([*check_reason(authority, [row.name]), *open_roles(rows.held(ids), context.today)])
    forget_imprints(context, group)
    nothing = {**NO_DOCUMENT, **NO_PHONE, "initials": None, "birth_date": None}
    left = {**nothing, "name": FORGOTTEN_NAME, "forgotten_on": context.today}
    for one in group:
        rows.change(one.id, {**left, "birth_year": one.birth_date.year if one.birth_date else None})
        context.vault.shred(one.id)
    context.announce(facts.PersonForgotten(person_ids=tuple(ids), authority=authority.strip()))
