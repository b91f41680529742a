"""The host's keys: which wrap the data keys of persons, which index; and masked ways to show a value.

The host owns the keys, keeps them outside the database and hands them over in `Settings`. No value of a
key is ever shown, and none is stored.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import stat
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, cast

from xuequ.core.errors import Conflict, Invalid, NotFound

KEY_BYTES = 32
TAG_BYTES = 4
"""How much of a blind index says by which index key it was made."""

KEY_ID_LENGTH = 40


class KeysMissing(Invalid):
    """A sensitive value is to be stored or read, and the host has given no keys."""

    code = "core.keys_missing"
    what: str


class KeyUnusable(Invalid):
    """A key is not 32 bytes, has an impossible name, or the current one is not among those given."""

    code = "core.key_unusable"
    key: str
    reason: str


class KeyUnknown(NotFound):
    """A data key is wrapped by a key that the host has not given, or a value indexed by such a one."""

    code = "core.key_unknown"
    key: str


class KeyFileUnusable(Invalid):
    """A file of keys cannot be read, or others than its owner can."""

    code = "core.key_file_unusable"
    file: str
    reason: str


class DataKeyGone(NotFound):
    """A person's data key was destroyed (crypto-shredding), so nothing of it can be read any more."""

    code = "core.data_key_gone"
    person: str


class SealBroken(Conflict):
    """A ciphertext was changed, cut, or taken to another row, column or county."""

    code = "core.seal_broken"
    where: str


@dataclass(frozen=True, slots=True)
class Keys:
    """The host's keys by their names; a name is stored beside what the key wraps, the key never.

    Args:
        wrapping: key-encryption keys, name → 32 bytes. Old ones stay until nothing is wrapped by them.
        current: the name of the one that wraps what is new.
        index: keys of the blind index, name → 32 bytes.
        current_index: the name of the one that indexes what is new.

    Raises:
        KeyUnusable: when a key is not 32 bytes or the current one is not there.
    """

    wrapping: Mapping[str, bytes] = field(repr=False)
    current: str
    index: Mapping[str, bytes] = field(repr=False)
    current_index: str

    def __post_init__(self) -> None:
        for given, current in ((self.wrapping, self.current), (self.index, self.current_index)):
            for name, key in given.items():
                if len(key) != KEY_BYTES:
                    raise KeyUnusable(key=name, reason=f"应为 {KEY_BYTES} 字节，实为 {len(key)} 字节")
                if not 0 < len(name) <= KEY_ID_LENGTH:
                    raise KeyUnusable(key=name, reason=f"名称须为 1 至 {KEY_ID_LENGTH} 个字符")
            if current not in given:
                raise KeyUnusable(key=current, reason="指定为当前，却不在所给的密钥之中")

    def wrapping_key(self, name: str) -> bytes:
        """Return a key-encryption key.

        Raises:
            KeyUnknown: when the host has not given it.
        """
        if name not in self.wrapping:
            raise KeyUnknown(key=name)
        return self.wrapping[name]

    def blind_index(self, table: str, column: str, county_id: int, value: str) -> bytes:
        """Return the blind index of a value by the current index key: its tag and an HMAC-SHA256.

        The same value gives another index in another county or column, so nothing can be joined.
        """
        return self.blind_indexer(table, column, county_id)(value)

    def blind_indexer(self, table: str, column: str, county_id: int) -> Callable[[str], bytes]:
        """Return what makes blind indexes of one column by the current index key, for many values."""
        return _blinding(self.index[self.current_index], table, column, county_id)

    def blind_indexes(self, table: str, column: str, county_id: int, value: str) -> list[bytes]:
        """Return the blind indexes of a value by every index key, for a search while keys change."""
        return [_blinding(key, table, column, county_id)(value) for key in self.index.values()]

    @property
    def index_tag(self) -> bytes:
        """The beginning of every blind index of the current index key."""
        return index_tag(self.index[self.current_index])


@cache
def index_tag(key: bytes) -> bytes:
    """Return the few bytes by which the indexes of one index key are told from others."""
    return hmac.digest(key, b"xuequ index tag", hashlib.sha256)[:TAG_BYTES]


def _blinding(key: bytes, table: str, column: str, county_id: int) -> Callable[[str], bytes]:
    tag, place = index_tag(key), f"{table}\0{column}\0{county_id}\0".encode()

    def blind(value: str) -> bytes:
        return tag + hmac.digest(key, place + value.encode(), "sha256")

    return blind


def read_keys(path: Path) -> Keys:
    """Read the keys from a TOML file that nobody but its owner may read.

    ::

        current = "2026"
        current_index = "2026"
        [wrapping]
        2026 = "…44 signs of base64…"
        [index]
        2026 = "…"

    Raises:
        KeyFileUnusable: when it is missing, no TOML, incomplete, or open to others.
        KeyUnusable: when a key in it is not 32 bytes.
    """
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyFileUnusable(file=path.name, reason="除所有者外的人也能读写它（应为 600）")
        said = tomllib.loads(path.read_text("utf-8"))
        return Keys(
            wrapping=_decoded(said["wrapping"]),
            current=str(said["current"]),
            index=_decoded(said["index"]),
            current_index=str(said["current_index"]),
        )
    except OSError as error:
        raise KeyFileUnusable(file=path.name, reason=error.strerror or "无法读取") from None
    except KeyError as error:
        raise KeyFileUnusable(file=path.name, reason=f"缺少 {error.args[0]}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, binascii.Error, TypeError, ValueError):
        # what the parser says of it would repeat a piece of the file
        raise KeyFileUnusable(file=path.name, reason="不是应有的 TOML 内容") from None


def add_key(path: Path, name: str) -> Keys:
    """Add a new random pair of keys to a file, made when it is not there, and let them be the current ones.

    The file is written beside its place and moved there, so that no half file ever stands under its name.

    Raises:
        KeyUnusable: when the file has a key of that name, or the name is none.
        KeyFileUnusable: when the file cannot be read or written.
    """
    old = read_keys(path) if path.exists() else None
    wrapping = dict(old.wrapping) if old else {}
    index = dict(old.index) if old else {}
    if name in wrapping or name in index:
        raise KeyUnusable(key=name, reason="文件中已有同名的密钥")
    wrapping[name], index[name] = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES)
    keys = Keys(wrapping=wrapping, current=name, index=index, current_index=name)
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(_written(keys))  # such files can be read by their owner only
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).replace(path)
    except OSError as error:
        raise KeyFileUnusable(file=path.name, reason=error.strerror or "无法写入") from None
    return keys


def _written(keys: Keys) -> str:
    lines = [f"current = {_quoted(keys.current)}", f"current_index = {_quoted(keys.current_index)}"]
    for table, listed in (("wrapping", keys.wrapping), ("index", keys.index)):
        lines += ["", f"[{table}]"]
        lines += [f'{_quoted(name)} = "{base64.b64encode(key).decode()}"' for name, key in listed.items()]
    return "\n".join([*lines, ""])


def _quoted(name: str) -> str:
    return json.dumps(name, ensure_ascii=True)  # a JSON string is a TOML string too


def _decoded(listed: Any) -> dict[str, bytes]:
    if not isinstance(listed, dict):
        raise TypeError
    named = cast("dict[str, str]", listed)
    return {name: base64.b64decode(text, validate=True) for name, text in named.items()}


def mask(text: str, head: int = 4, tail: int = 4) -> str:
    """Show the beginning and the end of a sensitive value, never more than two thirds of it.

    >>> mask("530921201001011234"), mask("13800001234", 3), mask("A123456"), mask("12")
    ('5309**********1234', '138****1234', 'A*****6', '**')
    """
    if (head + tail) * 3 > len(text) * 2:
        head = tail = 1 if len(text) > 3 else 0
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[len(text) - tail :]


def mask_phone(text: str) -> str:
    """Show a telephone number as forms do.

    >>> mask_phone("13800001234"), mask_phone("08837123456")
    ('138****1234', '088****3456')
    """
    return mask(text, head=3)


def mask_name(name: str) -> str:
    """Show the first sign of a name, and of a longer one the last.

    >>> mask_name("王芳"), mask_name("张三丰"), mask_name("王")
    ('王*', '张*丰', '*')
    """
    return mask(name, head=1, tail=int(len(name) > 2))


def mask_document(number: str) -> str:
    """Show of a citizen number the area only, and of another document number its ends.

    With the birth date beside it and the last four signs, the rest of a citizen number could be filled in.

    >>> mask_document("530921201001011234"), mask_document("E12345678")
    ('530921************', 'E1*****78')
    """
    return mask(number, head=6, tail=0) if len(number) == 18 else mask(number, head=2, tail=2)
