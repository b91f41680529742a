"""Files broken in every way: each is read or refused with an error of ours, in time, and nothing is left.

    python -m tests.faults.files --size full

A sound file of every format is cut, flipped, overwritten, its zip members swapped and its XML mangled; the
seed of a file is printed when it does harm, so that it can be made again.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.exchange.books import HEADINGS, ROSTER, Entry, write_as_excel
from tests.exchange.raw import write_xls
from xuequ.core.errors import XuequError
from xuequ.core.workbook import Column
from xuequ.exchange import open_tables, write_workbook
from xuequ.exchange.cells import read_cell
from xuequ.registry.states.people import Sex

SIZES = {"small": 60, "full": 3000}
SECONDS = 1.0
"""Of processor time, in which the worst of the files is done with."""

KNOWN_ERRORS = XuequError
Break = Callable[[random.Random, bytes], bytes]


def sound_files(folder: Path) -> dict[str, bytes]:
    """Return a file of each format, by name."""
    rows = [Entry(code=f"c{n}", name=f"王小明{n}", sex=Sex.MALE, count=n % 99 + 1) for n in range(40)]
    write_workbook(folder / "ours.xlsx", ROSTER, {"entries": rows})
    strings = [f"文字 {n}" for n in range(40)]
    lines = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n}</v></c></row>' for n in range(1, 40))
    write_as_excel(folder / "excel.xlsx", lines, strings)
    cells = [HEADINGS, *([row.code, row.name, "男", str(row.count)] for row in rows)]
    write_xls(folder / "old.xls", {"名册": cells, "空": []})
    text = "\r\n".join(",".join(row) for row in cells)
    for name, encoding in (("utf8", "utf-8"), ("gb", "gb18030"), ("wide", "utf-16")):
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    return {path.name: path.read_bytes() for path in folder.iterdir()}


# ways to break any file


def _cut(rng: random.Random, content: bytes) -> bytes:
    return content[: rng.randrange(len(content))]


def _flip(rng: random.Random, content: bytes) -> bytes:
    broken = bytearray(content)
    for _ in range(rng.choice((1, 3, 30))):
        broken[rng.randrange(len(broken))] ^= 1 << rng.randrange(8)
    return bytes(broken)


def _overwrite(rng: random.Random, content: bytes) -> bytes:
    at, length = rng.randrange(len(content)), rng.choice((1, 2, 4, 8, 64, 600))
    filling = rng.choice((b"\0", b"\xff", b'"', b"<", rng.randbytes(1))) * length
    return content[:at] + filling + content[at + length :]


def _drop(rng: random.Random, content: bytes) -> bytes:
    at = rng.randrange(len(content))
    return content[:at] + content[at + rng.choice((1, 7, 512)) :]


def _repeat(rng: random.Random, content: bytes) -> bytes:
    at, length = rng.randrange(len(content)), rng.choice((1, 64, 512, 4096))
    return content[:at] + content[at : at + length] * rng.randrange(2, 5) + content[at + length :]


def _huge_number(rng: random.Random, content: bytes) -> bytes:
    """Put a number without measure where a format may keep a length or an offset."""
    at = rng.randrange(0, max(1, len(content) - 8), 2)
    number = rng.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\x80", b"\xff\xff"))
    return content[:at] + number + content[at + len(number) :]


ANY: tuple[Break, ...] = (_cut, _flip, _overwrite, _drop, _repeat, _huge_number)


# ways to break a zip of XML that is itself in order


def _members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _swap_members(rng: random.Random, content: bytes) -> bytes:
    members = _members(content)
    one, other = rng.sample(sorted(members), 2)
    members[one], members[other] = members[other], members[one]
    return _zipped(members)


def _lose_member(rng: random.Random, content: bytes) -> bytes:
    members = _members(content)
    del members[rng.choice(sorted(members))]
    return _zipped(members)


def _break_member(rng: random.Random, content: bytes) -> bytes:
    members = _members(content)
    name = rng.choice(sorted(members))
    members[name] = rng.choice(ANY)(rng, members[name] or b"x")
    return _zipped(members)


def _mangle_xml(rng: random.Random, content: bytes) -> bytes:
    members = _members(content)
    name = rng.choice([name for name in sorted(members) if members[name]])
    text = members[name].decode()
    for _ in range(rng.choice((1, 1, 4))):
        text = rng.choice(MANGLINGS)(rng, text)
    members[name] = text.encode("utf-8", "surrogatepass")
    return _zipped(members)


def _one_match(rng: random.Random, text: str, pattern: str, new: str) -> str:
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    match = rng.choice(found)
    return text[: match.start()] + new + text[match.end() :]


def _lose_tag(rng: random.Random, text: str) -> str:
    return _one_match(rng, text, r"<[^>]*>", "")


def _odd_value(rng: random.Random, text: str) -> str:
    odd = ("-1", "1e999", "9" * 40, "", "NaN", "A" * 9000, "XFD1048577", "&#x10FFFF;", "\ud800", "0", "１")
    return _one_match(rng, text, r'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)', rng.choice(odd))


def _more_elements(rng: random.Random, text: str) -> str:
    elements = (
        "<c/>" * 9000,
        "<row/>" * 500,
        "<v>1</v>",
        "<f>A1</f>",
        "<a>" * 100 + "</a>" * 100,
        "<a>" * 99,
    )
    return _one_match(rng, text, r"(?<=>)(?=<)", rng.choice(elements))


def _declare(rng: random.Random, text: str) -> str:
    declared = (
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        '<?xml version="1.0" encoding="utf-7"?>',
        "<!--",
        "\ufeff",
        " ",
    )
    return rng.choice(declared) + text


def _repeat_element(rng: random.Random, text: str) -> str:
    found = list(re.finditer(r"<(\w+)[^>]*?(/>|>[^<]*</\1>)", text))
    if not found:
        return text
    match = rng.choice(found)
    return text[: match.end()] + match[0] * rng.choice((1, 50)) + text[match.end() :]


MANGLINGS = (_lose_tag, _odd_value, _odd_value, _more_elements, _declare, _repeat_element)
OF_ZIP: tuple[Break, ...] = (
    _swap_members,
    _lose_member,
    _break_member,
    _mangle_xml,
    _mangle_xml,
    _mangle_xml,
)


def broken(seed: int, sound: dict[str, bytes]) -> tuple[str, bytes]:
    """Return the broken file of a seed, and the name of the sound one that it comes from."""
    rng = random.Random(seed)
    name = rng.choice(sorted(sound))
    ways = (*ANY, *OF_ZIP) if name.endswith("xlsx") else ANY
    content = rng.choice(ways)(rng, sound[name])
    return name, content


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: how it ended, and in how much processor time."""

    ended: str
    seconds: float


def outcome_of(path: Path) -> Outcome:
    """Read a file through to the values of its cells.

    Raises:
        Exception: whatever is no error of ours.
    """
    began = time.process_time()
    ended = "read"
    try:
        with open_tables(path) as tables:
            for title in tables.titles:
                for _, cells in tables.lines(title):
                    for value in cells:
                        read_cell(value, ANY_COLUMN)
    except KNOWN_ERRORS as error:
        str(error).encode()  # what it says can be shown
        ended = error.code
    return Outcome(ended, time.process_time() - began)


ANY_COLUMN = Column("栏", "field")


def battery(files: int, first_seed: int = 0) -> tuple[Counter[str], float]:
    """Break and read so many files; return how they ended, and the longest time that one took."""
    ended: Counter[str] = Counter()
    longest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = sound_files(folder)
        for path in folder.iterdir():
            path.unlink()
        for seed in range(first_seed, first_seed + files):
            origin, content = broken(seed, sound)
            path = folder / origin
            path.write_bytes(content)
            opened = _open_files()
            try:
                outcome = outcome_of(path)
            except Exception as error:
                raise AssertionError(f"seed {seed} ({origin}): {error!r}") from error
            assert outcome.seconds < SECONDS, f"seed {seed} ({origin}): {outcome.seconds:.1f} s"
            assert _open_files() == opened, f"seed {seed} ({origin}): a file is left open"
            path.unlink()  # fails on Windows where it is left open
            assert not list(folder.iterdir()), f"seed {seed} ({origin}): something is left"
            ended[outcome.ended] += 1
            longest = max(longest, outcome.seconds)
    return ended, longest


def _open_files() -> int:
    descriptors = Path("/proc/self/fd")
    return len(list(descriptors.iterdir())) if descriptors.exists() else 0


def main() -> None:
    """Run the battery, and say how the files ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--seed", type=int, default=0, help="the first file's seed")
    chosen = parser.parse_args()
    ended, longest = battery(SIZES[chosen.size], chosen.seed)
    for name, count in ended.most_common():
        print(f"{count:6} {name}")
    print(f"longest {longest * 1000:.0f} ms")


if __name__ == "__main__":
    main()
