"""The vault: sensitive values as AES-256-GCM ciphertext, each person under a data key of their own.

A sensitive column is a plain ``LargeBinary``. What stands in it is one byte of version, a nonce and the
ciphertext; table, column, county and id are authenticated with it, so a ciphertext that was taken to
another row, column or county does not open. A person's data key is random, wrapped by a key of the
host's; deleting it makes everything of that person unreadable, wherever it is still stored.

Beside a column that must be searched stands a blind index: a keyed HMAC of the value.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session, SessionTransaction

from xuequ.core.data_keys import add_data_keys, drop_data_key, find_data_keys
from xuequ.core.extras import load
from xuequ.core.keys import DataKeyGone, Keys, KeysMissing, SealBroken

VERSION = b"\x01"
NONCE = 12
OVERHEAD = len(VERSION) + NONCE + 16
"""How much longer a ciphertext is than its text, in bytes."""

Normalise = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A sensitive column, declared once.

    Attributes:
        table, column: where the ciphertext stands.
        index: the column of its blind index; empty when it is not searched.
        normalise: what makes two ways of writing one value the same before it is indexed.
        label: what it is, in Chinese.
    """

    table: str
    column: str
    label: str
    index: str = ""
    normalise: Normalise = str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value as it is stored: ciphertext, and its blind index where the column has one."""

    ciphertext: bytes
    index: bytes | None


@dataclass(frozen=True, slots=True, repr=False)
class Clear:
    """A value that is to be sealed: the id of its row, the person it is of, the text."""

    row_id: int
    person_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A ciphertext that is to be opened: the id of its row, the person it is of, the bytes."""

    row_id: int
    person_id: int
    ciphertext: bytes


class Vault:
    """Seals and opens sensitive values of one county on the host's Session; flushes nothing, commits never.

    Unwrapped data keys are kept for one transaction or SAVEPOINT, since one that was made in it may be
    undone with it.

    Args:
        session: the host's.
        county_id: the county.
        keys: the host's keys; without them nothing sensitive is stored or read.
    """

    def __init__(self, session: Session, county_id: int, keys: Keys | None) -> None:
        self._session = session
        self.county_id = county_id
        self._keys = keys
        self._ciphers: dict[int, Any] = {}
        self._found_in: SessionTransaction | None = None

    def __repr__(self) -> str:
        return f"<Vault of county {self.county_id}>"

    @property
    def has_keys(self) -> bool:
        """Whether the host has given keys."""
        return self._keys is not None

    def keys_for(self, column: SealedColumn) -> Keys:
        """Return the host's keys.

        Raises:
            KeysMissing: when it has given none.
        """
        if self._keys is None:
            raise KeysMissing(what=column.label)
        return self._keys

    def seal(self, column: SealedColumn, row_id: int, text: str, *, person_id: int | None = None) -> Sealed:
        """Seal one value of a row; the row is a person's own unless `person_id` says whose it is.

        Raises:
            KeysMissing: when the host has given no keys. Nothing sensitive is stored in clear.
            ExtraMissing: when `cryptography` is not installed.
        """
        return self.seal_many(column, [Clear(row_id, row_id if person_id is None else person_id, text)])[0]

    def seal_many(
        self,
        column: SealedColumn,
        values: Sequence[Clear],
        indexes: Sequence[bytes] | None = None,
    ) -> list[Sealed]:
        """Seal many values of one column, in their order; data keys that are missing are made at once.

        Args:
            indexes: their blind indexes, where they are known already.
        """
        keys = self.keys_for(column)
        person_ids = [value.person_id for value in values]
        ciphers = self._ciphers_of(person_ids, keys, make=True)
        nonces = secrets.token_bytes(NONCE * len(values))
        sealed: list[Sealed] = []
        for number, value in enumerate(values):
            nonce = nonces[number * NONCE : (number + 1) * NONCE]
            place = self._place(column, value.row_id)
            ciphertext = ciphers[value.person_id].encrypt(nonce, value.text.encode(), place)
            index = self._index(column, keys, value.text) if indexes is None else indexes[number]
            sealed.append(Sealed(VERSION + nonce + ciphertext, index))
        return sealed

    def seal_newcomers(
        self, person_ids: Sequence[int], *columns: tuple[SealedColumn, Sequence[str | None]]
    ) -> list[list[bytes | None]]:
        """Seal values of people who are made in this very act, in rows of their own.

        None of them has a data key yet, so none is looked for; whoever has a value gets one. The keys are not
        kept in memory, however many there are. Each column has a text for every person, or None.

        Returns:
            The ciphertexts, column by column.

        Raises:
            KeysMissing: when there is something to seal and the host has given no keys.
        """
        has_some = [any(texts) for texts in zip(*[texts for _, texts in columns], strict=True)]
        if not any(has_some):
            return [[None] * len(has_some) for _ in columns]
        keys = self.keys_for(columns[0][0])
        aead: Any = load("cryptography.hazmat.primitives.ciphers.aead").AESGCM
        made = list(zip(person_ids, _pieces(32, len(has_some)), strict=True))
        ciphers: list[Any] = [
            aead(key) if has else None for (_, key), has in zip(made, has_some, strict=True)
        ]
        sealed = [self._seal_column(column, person_ids, texts, ciphers) for column, texts in columns]
        wanted = (one for one, has in zip(made, has_some, strict=True) if has)
        add_data_keys(self._session, wrap_all(self.county_id, wanted, keys))
        return sealed

    def _seal_column(
        self, column: SealedColumn, ids: Sequence[int], texts: Sequence[str | None], ciphers: Sequence[Any]
    ) -> list[bytes | None]:
        place, nonces = self._place(column, ""), _pieces(NONCE, len(ids))
        return [
            VERSION + nonce + cipher.encrypt(nonce, text.encode(), place + str(row_id).encode())
            if text
            else None
            for row_id, text, cipher, nonce in zip(ids, texts, ciphers, nonces, strict=True)
        ]

    def open(
        self, column: SealedColumn, row_id: int, ciphertext: bytes, *, person_id: int | None = None
    ) -> str:
        """Open one value.

        Raises:
            KeysMissing, KeyUnknown: when the host has not given the key.
            DataKeyGone: when the person's data key was destroyed.
            SealBroken: when the ciphertext was changed or does not belong to this row.
        """
        person = row_id if person_id is None else person_id
        return self.open_many(column, [Closed(row_id, person, ciphertext)])[0]

    def open_many(self, column: SealedColumn, values: Sequence[Closed]) -> list[str]:
        """Open many values of one column, in their order."""
        if not values:
            return []
        keys = self.keys_for(column)
        broken: type[Exception] = load("cryptography.exceptions").InvalidTag
        ciphers = self._ciphers_of([value.person_id for value in values], keys, make=False)
        opened: list[str] = []
        for value in values:
            sealed, place = value.ciphertext, self._place(column, value.row_id)
            if value.person_id not in ciphers:
                raise DataKeyGone(person=str(value.person_id))
            try:
                if sealed[:1] != VERSION or len(sealed) < OVERHEAD:
                    raise broken
                text = ciphers[value.person_id].decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], place)
            except broken:
                where = f"{column.table}.{column.column} {value.row_id}"
                raise SealBroken(where=where) from None
            opened.append(text.decode())
        return opened

    def index(self, column: SealedColumn, text: str) -> bytes | None:
        """Return the blind index of a value by the current index key; None for a column without one."""
        return self._index(column, self.keys_for(column), text)

    def indexer(self, column: SealedColumn) -> Callable[[str], bytes]:
        """Return what makes the blind indexes of a searched column, for many values.

        Raises:
            KeysMissing: when the host has given no keys.
        """
        blind = self.keys_for(column).blind_indexer(column.table, column.column, self.county_id)
        normalise = column.normalise
        return lambda text: blind(normalise(text))

    def indexes(self, column: SealedColumn, text: str) -> list[bytes]:
        """Return the blind indexes under which a value may stand: one for every index key given."""
        keys = self.keys_for(column)
        wanted = column.normalise(text)
        return keys.blind_indexes(column.table, column.column, self.county_id, wanted)

    def shred(self, person_id: int) -> None:
        """Destroy a person's data key: nothing that is sealed with it can be read any more.

        A backup made before still holds the wrapped key: it must be let go of in its own time.

        The caller empties the columns and blind indexes of the rows.
        """
        drop_data_key(self._session, self.county_id, person_id)
        self._ciphers.pop(person_id, None)

    def _index(self, column: SealedColumn, keys: Keys, text: str) -> bytes | None:
        if not column.index:
            return None
        return keys.blind_index(column.table, column.column, self.county_id, column.normalise(text))

    def _place(self, column: SealedColumn, row_id: int | str) -> bytes:
        """Write what is authenticated with the ciphertext: where it stands."""
        return "\0".join((column.table, column.column, str(self.county_id), str(row_id))).encode()

    def _ciphers_of(self, person_ids: Iterable[int], keys: Keys, *, make: bool) -> dict[int, Any]:
        """Return the persons' ciphers; with `make`, data keys that are missing are made and inserted."""
        wanted = sorted(set(person_ids))
        here = self._session.get_nested_transaction() or self._session.get_transaction()
        if here is None or here is not self._found_in:
            self._ciphers = {}
        unknown = [person_id for person_id in wanted if person_id not in self._ciphers]
        if unknown:
            found = find_data_keys(self._session, self.county_id, unknown)
            self._found_in = self._session.get_nested_transaction() or self._session.get_transaction()
            aead: Any = load("cryptography.hazmat.primitives.ciphers.aead").AESGCM
            unwrapped = unwrap_all(self.county_id, found, keys)
            self._ciphers |= {person_id: aead(key) for person_id, key in unwrapped}
            missing = [person_id for person_id in unknown if person_id not in self._ciphers]
            if make and missing:
                self._ciphers |= self._make(missing, keys, aead)
        return self._ciphers

    def _make(self, person_ids: Sequence[int], keys: Keys, aead: Any) -> dict[int, Any]:
        made = {person_id: secrets.token_bytes(32) for person_id in person_ids}
        add_data_keys(self._session, wrap_all(self.county_id, made.items(), keys))
        return {person_id: aead(key) for person_id, key in made.items()}


def _pieces(length: int, count: int) -> list[bytes]:
    """Draw so many random strings of bytes at once."""
    drawn = secrets.token_bytes(length * count)
    return [drawn[at : at + length] for at in range(0, length * count, length)]


def wrap_all(
    county_id: int, data_keys: Iterable[tuple[int, bytes]], keys: Keys
) -> Iterable[tuple[int, int, str, bytes, bytes]]:
    """Wrap data keys by the current key: county, person, name of the key, nonce, wrapped key."""
    wrapping: Any = load("cryptography.hazmat.primitives.ciphers.aead").AESGCM(
        keys.wrapping_key(keys.current)
    )
    for person_id, data_key in data_keys:
        nonce = secrets.token_bytes(NONCE)
        whose = _whose(county_id, person_id, keys.current)
        yield county_id, person_id, keys.current, nonce, wrapping.encrypt(nonce, data_key, whose)


def unwrap_all(county_id: int, rows: Iterable[Any], keys: Keys) -> Iterable[tuple[int, bytes]]:
    """Unwrap rows of the table of data keys: person and data key.

    Raises:
        KeyUnknown: when the host has not given the key that wraps one.
        SealBroken: when a row was changed or taken elsewhere, or the key of that name is another one.
    """
    aead: Any = load("cryptography.hazmat.primitives.ciphers.aead").AESGCM
    broken: type[Exception] = load("cryptography.exceptions").InvalidTag
    ciphers: dict[str, Any] = {}
    for row in rows:
        if row.key_id not in ciphers:
            ciphers[row.key_id] = aead(keys.wrapping_key(row.key_id))
        try:
            key = ciphers[row.key_id].decrypt(row.nonce, row.wrapped, _whose(county_id, row.id, row.key_id))
        except broken:
            raise SealBroken(where=f"xq_core_data_key {row.id}") from None
        yield row.id, key


def _whose(county_id: int, person_id: int, key_id: str) -> bytes:
    return f"xq_core_data_key\0{county_id}\0{person_id}\0{key_id}".encode()
