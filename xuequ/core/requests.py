"""Requests that may be sent again: the same key gives the same answer, and has one effect.

The key is written in the transaction of the act, so a server that was killed before its answer arrived
has either done it, and answers the second time from what is kept, or has not, and does it then.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import String, Table, Text, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from xuequ.core.bulk import insert_new
from xuequ.core.context import Context
from xuequ.core.database import translate
from xuequ.core.errors import Conflict, Invalid
from xuequ.core.ids import new_id
from xuequ.core.tables import Base, TenantRow, UtcDateTime, tenant_table, tenant_unique

T = TypeVar("T")
LONGEST_KEY = 200


class RequestKeyUnfit(Invalid):
    """A key that is empty or too long."""

    code = "core.request_key_unfit"
    longest: int


class RequestKeyReused(Conflict):
    """The key has been used for something else."""

    code = "core.request_key_reused"
    key: str


class RequestRow(TenantRow, Base):
    """One request that was answered: whose key it was, what was asked, and the answer as JSON."""

    __tablename__ = "xq_core_request"
    __table_args__ = tenant_table("xq_core_request", tenant_unique("xq_core_request", "digest"), county=False)

    digest: Mapped[str] = mapped_column(String(64))
    key: Mapped[str] = mapped_column(String(LONGEST_KEY))
    asked: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def once(
    context: Context, key: str, act: Callable[[], T], *, answer: type[T], asked: Any = None, owner: str = ""
) -> T:
    """Do an act once for a key, and give its answer to whoever sends the key again.

    A refusal is not kept: what was refused may be tried again with the same key. Answers are kept in clear,
    so nothing that reveals a sealed value belongs in here; reading it again does no harm anyway.

    Args:
        key: the sender's, at most 200 characters.
        act: calls the use cases; all of them are one atomic act.
        answer: the type of what `act` returns, a view or a list of them, to read it from JSON again.
        asked: what the request says; the same key with another content is refused when it is given.
        owner: whose keys these are, since two people may choose the same one.

    Raises:
        RequestKeyUnfit, RequestKeyReused: for what the key is, or was used for.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise RequestKeyUnfit(longest=LONGEST_KEY)
    digest = _digest([owner, key])
    wanted = _digest(_adapter(type(asked)).dump_python(asked, mode="json"))
    try:
        found = _find(context, digest)
        if found is None:
            with context.writing():
                if (row_id := _take(context, digest, key, wanted)) is not None:
                    done = act()
                    _keep(context, row_id, _adapter(answer).dump_json(done).decode())
                    return done
            found = _find(context, digest)
    except DBAPIError as error:
        raise translate(error) from error
    assert found is not None, "whoever held the key has committed"
    if found[0] != wanted:
        raise RequestKeyReused(key=key)
    return cast("T", _adapter(answer).validate_json(found[1]))


def _adapter(kind: Any) -> TypeAdapter[Any]:
    return _made(kind)


@cache
def _made(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _digest(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def _find(context: Context, digest: str) -> tuple[str, str] | None:
    query = select(RequestRow.asked, RequestRow.answer).where(
        RequestRow.county_id == context.scope.county_id, RequestRow.digest == digest
    )
    found = context.session.execute(query).one_or_none()
    return None if found is None else (found.asked, found.answer)


def _take(context: Context, digest: str, key: str, asked: str) -> int | None:
    """Write the key; return the row's id, or None when somebody else has just written it."""
    row = {"county_id": context.scope.county_id, "id": new_id(), "digest": digest, "key": key}
    row |= {"asked": asked, "answer": "", "at": context.now}
    return next(iter(insert_new(context.session, cast("Table", RequestRow.__table__), [row])), None)


def _keep(context: Context, row_id: int, answer: str) -> None:
    here = (RequestRow.county_id == context.scope.county_id, RequestRow.id == row_id)
    context.session.execute(update(RequestRow).where(*here).values(answer=answer))
