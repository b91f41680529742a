"""Task a: import pupils with two sealed fields, an error list and the journal, against coercion by hand.

What makes it fair:

- Both sides read the same csv file from its first byte to the commit, into a database of their own that is
  made anew for every sample: one district with its schools and classes, and nobody in them.
- The limit coerces every cell by hand, seals the document and the telephone under a data key of the
  person's own, with blind indexes, spells the initials, and loads the same five tables by the driver:
  executemany on SQLite, COPY on PostgreSQL, all rows of a table at once. It checks nothing.
- Ours goes through the public way: it finds columns by their headings, checks every cell, citizen numbers and
  what contradicts them, seats in classes and that nobody stands there twice, compares with what is there,
  seals, loads, notes imprints and history, and writes the journal.
- The answers are compared row by row, with the sealed values opened.
"""

from __future__ import annotations

import csv
import hmac
import secrets
import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.benchmarks.harness import Arena, Case, Goal, Sample, Size, Stopwatch, Task
from xuequ import Actor, District, Settings
from xuequ.core.extras import load
from xuequ.core.ids import take_ids
from xuequ.core.keys import Keys, index_tag
from xuequ.core.pinyin import spell
from xuequ.core.settings import FixedClock
from xuequ.exchange import apply_file
from xuequ.registry.models.people import DOCUMENT, PHONE, Person
from xuequ.registry.models.pupils import Enrolment, Pupil
from xuequ.registry.rules.id_numbers import check_sign
from xuequ.registry.service import RegistryService
from xuequ.registry.templates import SET_UP
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER

PUPILS: dict[Size, int] = {"small": 2_000, "full": 100_000}
PLACE = "530921/qianfeng"
DAY = date(2026, 9, 1)
PER_CLASS = 40
CLASSES_OF_SCHOOL = 20
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "明华建国秀英伟芳娜敏静丽强磊军洋勇艳杰娟涛超兰霞平刚桂"
Seen = tuple[Any, ...]


def pupils(count: int) -> Iterator[list[str]]:
    """Invent pupils in the order of their classes, as a roster has them; nobody of them exists."""
    for number in range(count):
        born = date.fromordinal(date(2018, 9, 1).toordinal() + number // 1000 % 360)
        body = f"{530000 + number // 360_000:06}{born:%Y%m%d}{number % 1000:03}"
        klass = number // PER_CLASS
        yield [
            f"P{number:07}",
            SURNAMES[number % 20] + GIVEN[number // 20 % 27] + GIVEN[number // 540 % 27],
            "男" if int(body[16]) % 2 else "女",
            born.isoformat(),
            f"s{klass // CLASSES_OF_SCHOOL}",
            "小学",
            "2025",
            str(klass % CLASSES_OF_SCHOOL + 1),
            DAY.isoformat(),
            "居民身份证",
            body + check_sign(body),
            f"138{number:08}",
        ]


def write_folder(folder: Path, count: int) -> Path:
    """Write the set-up workbook of so many pupils as csv files."""
    folder.mkdir()
    classes = -(-count // PER_CLASS)
    rows: dict[str, Any] = {
        "place": [["530921", "县530921教育局", "qianfeng", "qianfeng学区", DAY.isoformat()]],
        "schools": [[f"s{n}", f"s{n}完小", "完小"] for n in range(-(-classes // CLASSES_OF_SCHOOL))],
        "classes": [
            [f"s{n // CLASSES_OF_SCHOOL}", "小学", "2025", str(n % CLASSES_OF_SCHOOL + 1)]
            for n in range(classes)
        ],
        "pupils": pupils(count),
    }
    for sheet in SET_UP.sheets:
        with (folder / f"{sheet.title}.csv").open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow([column.heading for column in sheet.columns])
            writer.writerows(rows.get(sheet.name, ()))
    return folder


@dataclass(frozen=True)
class Ground:
    """What both sides need: the files, the keys, and how to get at a database with classes."""

    arena: Arena
    files: Path
    keys: Keys

    @property
    def settings(self) -> Settings:
        return Settings(keys=self.keys, clock=FixedClock.at(DAY))

    @contextmanager
    def database(self) -> Generator[Engine]:
        """Make a database with schools and classes and nobody in them."""
        with self.arena.database() as engine:
            with Session(engine) as session:
                make_district(session, schools=0)
                self.take(session, self.files / "ground")
            yield engine

    def take(self, session: Session, folder: Path) -> None:
        """Import a folder as users of the library do."""
        self.taking(session, folder, self.keys)

    @staticmethod
    def taking(session: Session, folder: Path, keys: Keys) -> None:
        """Import a folder with these keys."""
        settings = Settings(keys=keys, clock=FixedClock.at(DAY))
        apply_file(District(session, PLACE, actor=MAKER, settings=settings), folder, SET_UP)
        session.commit()

    def ours(self, _number: int) -> Sample[list[Seen]]:
        with self.database() as engine:
            watch = Stopwatch()
            with Session(engine) as session, watch:
                self.take(session, self.files / "whole")
            return Sample(watch.seconds, self.seen(engine))

    def limit(self, _number: int) -> Sample[list[Seen]]:
        with self.database() as engine:
            with Session(engine) as session:
                district = District(session, PLACE, actor=Actor.system("bench"), settings=self.settings)
                scope = district.context.scope
                seats = _seats(district.registry)
            assert scope.district_id is not None
            hand = ByHand(self.keys, scope.county_id, scope.district_id, seats)
            watch = Stopwatch()
            with watch:
                hand.take(engine, self.files / "whole" / "学生.csv")
            return Sample(watch.seconds, self.seen(engine))

    def seen(self, engine: Engine) -> list[Seen]:
        """Return what stands in the tables, opened; of one pupil in fifty, and how many there are."""
        columns = (Person.id, Person.name, Person.sex, Person.birth_date, Person.initials)
        sealed = (Person.document_number, Person.document_index, Person.phone, Person.phone_index)
        query = (
            select(Pupil.pupil_no, *columns, *sealed, Enrolment.class_id, Enrolment.since)
            .join(Person, Person.id == Pupil.person_id)
            .join(Enrolment, Enrolment.pupil_id == Pupil.id)
            .order_by(Pupil.pupil_no)
        )
        with Session(engine) as session:
            district = District(session, PLACE, actor=Actor.system("bench"), settings=self.settings)
            vault = district.context.vault
            classes = {one.id: (one.school, one.number) for one in district.registry.classes.class_list(DAY)}
            rows = session.execute(query).all()
            answer: list[Seen] = []
            for row in rows[::50]:
                document = vault.open(DOCUMENT, row.id, row.document_number)
                phone = vault.open(PHONE, row.id, row.phone)
                found = (vault.index(DOCUMENT, document), vault.index(PHONE, phone))
                same = found == (row.document_index, row.phone_index)
                person = (row.pupil_no, row.name, row.sex, row.birth_date, row.initials)
                answer.append((len(rows), *person, classes[row.class_id], row.since, document, phone, same))
            return answer


def _seats(registry: RegistryService) -> dict[tuple[str, str], tuple[int, int]]:
    """Return school and class by the school's code and the number of the class."""
    return {
        (one.school, str(one.number)): (one.school_id, one.id) for one in registry.classes.class_list(DAY)
    }


TABLES = {
    "xq_core_data_key": "county_id id key_id nonce wrapped",
    "xq_registry_person": "county_id id name sex birth_date initials document_kind document_number"
    " document_index phone phone_index",
    "xq_registry_pupil": "county_id id district_id person_id pupil_no",
    "xq_registry_enrolment": "county_id id district_id school_id class_id pupil_id since until entered_as",
    "xq_registry_pupil_status": "county_id id district_id school_id pupil_id since until status reason"
    " authority",
}


class ByHand:
    """The limit: what somebody would write who needs just this."""

    def __init__(
        self, keys: Keys, county_id: int, district_id: int, seats: dict[tuple[str, str], tuple[int, int]]
    ) -> None:
        self.keys = keys
        self.here = (county_id, district_id)
        self.seats = seats
        self.index_key = keys.index[keys.current_index]
        self.tag = index_tag(self.index_key)
        self.aead: Any = load("cryptography.hazmat.primitives.ciphers.aead").AESGCM
        self.wrapping = self.aead(keys.wrapping_key(keys.current))

    def take(self, engine: Engine, path: Path) -> None:
        """Read, coerce, seal, load."""
        rows: dict[str, list[Seen]] = {table: [] for table in TABLES}
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.reader(file)
            next(lines)
            for line in lines:
                for table, row in zip(TABLES, self.rows_of([cell.strip() for cell in line]), strict=True):
                    rows[table].append(row)
        self.load(engine, rows)

    def rows_of(self, line: Sequence[str]) -> tuple[Seen, ...]:
        """Return a line as rows of the five tables."""
        county, district = self.here
        number, name, sex, born, school, _, _, klass, since, _, document, phone = line
        person, pupil, enrolment, status = take_ids(4)
        school_id, class_id = self.seats[school, klass]
        birth, day = date.fromisoformat(born), date.fromisoformat(since)
        key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
        whose = f"xq_core_data_key\0{county}\0{person}\0{self.keys.current}".encode()
        cipher = self.aead(key)
        sealed = self.seal(cipher, "document_number", person, f"1:{document}", document)
        reached = self.seal(cipher, "phone", person, phone, phone)
        named = (county, person, name, "1" if sex == "男" else "2", birth, spell(name))
        return (
            (county, person, self.keys.current, nonce, self.wrapping.encrypt(nonce, key, whose)),
            (*named, "1", *sealed, *reached),
            (county, pupil, district, person, number),
            (county, enrolment, district, school_id, class_id, pupil, day, None, "set_up"),
            (county, status, district, school_id, pupil, day, None, "registered", "set_up", ""),
        )

    def seal(self, cipher: Any, column: str, person: int, text: str, indexed: str) -> tuple[bytes, bytes]:
        """Return ciphertext and blind index."""
        county = self.here[0]
        nonce = secrets.token_bytes(12)
        place = f"xq_registry_person\0{column}\0{county}\0{person}".encode()
        said = f"xq_registry_person\0{column}\0{county}\0{indexed}".encode()
        digest = hmac.digest(self.index_key, said, "sha256")
        return b"\x01" + nonce + cipher.encrypt(nonce, text.encode(), place), self.tag + digest

    def load(self, engine: Engine, rows: dict[str, list[Seen]]) -> None:
        """Load all rows of a table at once, and commit."""
        pooled = engine.raw_connection()
        driver: Any = pooled.driver_connection
        try:
            if engine.dialect.name == "sqlite":
                self.load_sqlite(driver, rows)
            else:
                self.load_postgresql(driver, rows)
        finally:
            pooled.close()

    def load_sqlite(self, driver: sqlite3.Connection, rows: dict[str, list[Seen]]) -> None:
        driver.execute("BEGIN IMMEDIATE")
        for table, columns in TABLES.items():
            names = columns.split()
            marks = ", ".join("?" * len(names))
            written = (tuple(str(v) if isinstance(v, date) else v for v in row) for row in rows[table])
            driver.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", written)
        driver.execute("COMMIT")

    def load_postgresql(self, driver: Any, rows: dict[str, list[Seen]]) -> None:
        with driver.cursor() as cursor:
            for table, columns in TABLES.items():
                with cursor.copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
                    for row in rows[table]:
                        copy.write_row(row)
        driver.commit()


def write_folders(files: Path, count: int) -> Path:
    """Write two set-up workbooks in a folder: the whole, and the ground without the pupils."""
    files.mkdir()
    write_folder(files / "whole", count)
    write_folder(files / "ground", count)
    headings = ",".join(column.heading for column in SET_UP.sheet("pupils").columns)
    (files / "ground" / "学生.csv").write_text(headings + "\n", "utf-8")
    return files


@contextmanager
def prepare(arena: Arena) -> Generator[Case[list[Seen]]]:
    """Write the files and make the keys."""
    count = PUPILS[arena.size]
    files = write_folders(arena.folder / f"import-{arena.engine}", count)
    keys = Keys(
        wrapping={"k1": secrets.token_bytes(32)},
        current="k1",
        index={"i1": secrets.token_bytes(32)},
        current_index="i1",
    )
    ground = Ground(arena, files, keys)
    yield Case(limit=ground.limit, ours=ground.ours, operations=count)


TASK: Task[list[Seen]] = Task(
    name="a",
    title="import one of many pupils",
    goals={"sqlite": Goal(1.3), "postgresql": Goal(1.6)},
    prepare=prepare,
    rounds=5,
)
