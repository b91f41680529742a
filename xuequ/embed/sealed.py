"""Every sealed column of the library, and the change of the host's keys over all of them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from xuequ.core.keys import Keys
from xuequ.core.rotation import BATCH, KeyUsage, key_usage, reindex, rewrap
from xuequ.core.vault import SealedColumn
from xuequ.registry.models import circumstances, people

SEALED: tuple[SealedColumn, ...] = (*people.SEALED, circumstances.TRAIT_NOTE, circumstances.ADDRESS)
"""The sealed columns of every part; a part with any adds its own."""


def rotate_keys(session: Session, county_id: int, keys: Keys, limit: int = BATCH) -> int:
    """Do the next batch of a change of keys; return how many rows were changed, 0 when all is done.

    Data keys are wrapped by the current key, then blind indexes are made anew by the current index key.
    The caller commits each batch; a run that is killed at any moment is simply begun again.

    Raises:
        KeyUnknown: when a key that is still in use was not given.
    """
    if count := rewrap(session, county_id, keys, limit):
        return count
    for column in SEALED:
        if column.index and (count := reindex(session, county_id, keys, column, limit)):
            return count
    return 0


def keys_in_use(session: Session, county_id: int, keys: Keys) -> KeyUsage:
    """Count what stands under each key of a county; an old key may go when nothing does."""
    return key_usage(session, county_id, keys, SEALED)
