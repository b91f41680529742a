"""The host's keys: read from a file, named, never shown; values shown masked."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.keys import (
    KeyFileUnusable,
    Keys,
    KeyUnknown,
    KeyUnusable,
    index_tag,
    mask,
    mask_phone,
    read_keys,
)

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


def keys(**changed: object) -> Keys:
    given_: dict[str, object] = {
        "wrapping": {"2025": OLD, "2026": NEW},
        "current": "2026",
        "index": {"a": OLD},
        "current_index": "a",
    }
    return Keys(**given_ | changed)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def test_no_key_is_ever_shown() -> None:
    shown = repr(keys()) + str(keys())
    for secret in (OLD, NEW):
        assert secret.hex() not in shown and repr(secret) not in shown
    assert "2026" in shown


def test_a_key_that_was_not_given_is_named() -> None:
    assert keys().wrapping_key("2025") == OLD
    with pytest.raises(KeyUnknown, match="2024"):
        keys().wrapping_key("2024")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"wrapping": {"2026": OLD[:31]}}, "31 字节"),
        ({"index": {"a": OLD * 2}}, "64 字节"),
        ({"current": "2024"}, "2024"),
        ({"current_index": "b"}, "不在所给的密钥之中"),
        ({"wrapping": {"": OLD}, "current": ""}, "1 至 40"),
        ({"wrapping": {"x" * 41: OLD}, "current": "x" * 41}, "1 至 40"),
    ],
)
def test_unusable_keys_are_refused_at_once(changed: dict[str, object], said: str) -> None:
    with pytest.raises(KeyUnusable, match=said):
        keys(**changed)


def test_a_blind_index_says_nothing_across_columns_and_counties() -> None:
    one = keys()
    places = [("t", "c", 1), ("t", "c", 2), ("t", "d", 1), ("u", "c", 1)]
    found = {one.blind_index(*place, "13800001234") for place in places}
    assert len(found) == len(places)
    assert one.blind_index("t", "c", 1, "13800001234") in found
    assert all(index.startswith(one.index_tag) for index in found)


def test_a_search_goes_by_every_index_key() -> None:
    both = keys(index={"a": OLD, "b": NEW})
    assert both.blind_index("t", "c", 1, "x") == both.blind_indexes("t", "c", 1, "x")[0]
    assert keys(index={"b": NEW}, current_index="b").blind_index("t", "c", 1, "x") in both.blind_indexes(
        "t", "c", 1, "x"
    )
    assert index_tag(OLD) != index_tag(NEW)


def text(**changed: str | None) -> str:
    said = {
        "current": 'current = "2026"',
        "current_index": 'current_index = "a"',
        "wrapping": f'[wrapping]\n2026 = "{base64.b64encode(NEW).decode()}"',
        "index": f'[index]\na = "{base64.b64encode(OLD).decode()}"',
    }
    return "\n".join(line for line in (said | changed).values() if line is not None)


def written(folder: Path, content: str, mode: int = 0o600) -> Path:
    path = folder / "keys.toml"
    path.write_text(content, "utf-8")
    path.chmod(mode)
    return path


def test_keys_are_read_from_a_file_of_the_owners_own(tmp_path: Path) -> None:
    read = read_keys(written(tmp_path, text()))
    assert (read.wrapping_key("2026"), read.current, read.index) == (NEW, "2026", {"a": OLD})


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (text(), 0o640, "600"),
        (text(), 0o604, "600"),
        (text(current=None), 0o600, "缺少 current"),
        (text(index=None), 0o600, "缺少 index"),
        (text(index="index = 3"), 0o600, "TOML"),
        (text(index='[index]\na = "no base64!"'), 0o600, "TOML"),
        (text(index="[index]\na = 5"), 0o600, "TOML"),
        ("= nonsense", 0o600, "TOML"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_repeats_none_of_it(
    tmp_path: Path, content: str, mode: int, said: str
) -> None:
    with pytest.raises(KeyFileUnusable, match=said) as caught:
        read_keys(written(tmp_path, content, mode))
    assert base64.b64encode(NEW).decode() not in str(caught.value)


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileUnusable):
        read_keys(tmp_path / "none.toml")
    path = tmp_path / "binary.toml"
    path.write_bytes(b"\xff\xfe\x00")
    path.chmod(0o600)
    with pytest.raises(KeyFileUnusable):
        read_keys(path)


@given(st.text(max_size=40), st.integers(0, 6), st.integers(0, 6))
def test_a_mask_keeps_the_length_and_hides_a_third_at_least(value: str, head: int, tail: int) -> None:
    shown = mask(value, head, tail)
    assert len(shown) == len(value)
    hidden = sum(one == "*" and one != was for one, was in zip(shown, value, strict=True))
    hidden += sum(one == was == "*" for one, was in zip(shown, value, strict=True))
    assert 3 * hidden >= len(value)


def test_a_phone_is_masked_as_forms_do() -> None:
    assert mask_phone("13800001234") == "138****1234"
    assert mask("") == ""


def test_a_table_of_keys_that_is_no_table_is_refused(tmp_path: Path) -> None:
    content = (
        f'current = "2026"\ncurrent_index = "a"\nwrapping = "{base64.b64encode(NEW).decode()}"\nindex = 1\n'
    )
    with pytest.raises(KeyFileUnusable, match="TOML"):
        read_keys(written(tmp_path, content))
