"""Defects of people, planted past the use cases: one for each data check."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from xuequ.registry.models.people import Person


def role_of_a_merged_row(session: Session) -> None:
    """Say of somebody with a role that they are somebody else."""
    first, last = session.execute(select(func.min(Person.id), func.max(Person.id))).one()
    session.execute(update(Person).where(Person.id == last).values(merged_into_id=first))


def unspelled(session: Session) -> None:
    last = session.scalar(select(func.max(Person.id)))
    session.execute(update(Person).where(Person.id == last).values(initials=None))


PLANTED: dict[str, Callable[[Session], None]] = {
    "registry.roles_are_of_kept_people": role_of_a_merged_row,
    "registry.names_are_spelled": unspelled,
}
"""Data check → what it must find, and no other check."""
