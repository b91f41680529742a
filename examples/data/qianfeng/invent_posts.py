"""Posts, certificates, teaching and head teachers of the example, as rows by the fields of their workbooks.

The report says which posts there are. Who holds them, who teaches what and who leads a class, is invented
with the persons themselves, and so is every number of a document. There is no post of a deputy principal in
the report's leadership, and so there is none here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, cast

import invent

from xuequ.core.access import Post
from xuequ.registry.schemas.set_up import ClassRow, StaffRow
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.staff import Title
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind

Row = dict[str, Any]
APPOINTED = date(2025, 9, 1)
BEGINS = date(invent.YEAR, 9, 1)
REGISTERED = date(2024, 6, 30)

AT_DISTRICT = (
    Post.PRINCIPAL,
    Post.PARTY_SECRETARY,
    Post.ACADEMIC_DIRECTOR,
    Post.GENERAL_AFFAIRS_DIRECTOR,
    Post.ACCOUNTANT,
    Post.CASHIER,
    Post.NUTRITION_ACCOUNTANT,
    Post.NUTRITION_CASHIER,
)
LEADERS = AT_DISTRICT[:4]
RELIEF = dict.fromkeys(LEADERS, 16) | {Post.SCHOOL_HEAD: 6}
"""Half lessons a week that a post stands for when lessons are shared out."""

S = Subject
LOWER = (
    (S.CHINESE, 8),
    (S.MATHS, 4),
    (S.PE, 4),
    (S.ETHICS, 2),
    (S.MUSIC, 2),
    (S.FINE_ART, 2),
    (S.SCIENCE, 1),
    (S.LABOUR, 1),
    (S.SCHOOL_BASED, 1),
    (S.CLASS_MEETING, 1),
)
"""Lessons a week of grades 1 and 2: 26, as the national curriculum plan says; their split is invented."""

UPPER = (
    (S.CHINESE, 6),
    (S.MATHS, 5),
    (S.PE, 3),
    (S.ETHICS, 2),
    (S.ENGLISH, 2),
    (S.SCIENCE, 2),
    (S.MUSIC, 2),
    (S.CALLIGRAPHY, 1),
    (S.FINE_ART, 1),
    (S.IT, 1),
    (S.LABOUR, 1),
    (S.PRACTICE, 1),
    (S.LOCAL, 1),
    (S.SCHOOL_BASED, 1),
    (S.CLASS_MEETING, 1),
)
"""Lessons a week of grades 3 to 6: 30."""

PRESCHOOL = ((S.PRESCHOOL, 20),)
WITHOUT_CERTIFICATE = (S.CLASS_MEETING, S.PRACTICE, S.LOCAL, S.SCHOOL_BASED)
"""Subjects that have no certificate of their own."""

CHANGE_OF_SUBJECT = 6
"""Half lessons by which somebody who teaches a subject already goes before one who does not."""

EXCEPTION = "小规模学校，一师多科"


@cache
def _staff() -> dict[str, list[StaffRow]]:
    """Return the staff of every school, by title and years of service."""
    ranks = {title: rank for rank, title in enumerate((Title.SENIOR, Title.FIRST, Title.SECOND))}
    rows = cast("list[StaffRow]", invent.invent()["staff"])
    found: dict[str, list[StaffRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (ranks[row.title], row.since)):
        found[row.school].append(row)
    return found


# posts


def post_rows() -> list[Row]:
    """Fill every post of the leadership and the purse from the central school, and every school's head."""
    central, *others = (code for code, _, _ in invent.SCHOOLS)
    experienced = [row for row in _staff()[central] if row.since <= APPOINTED]
    rows = [_appointment(*pair) for pair in zip(AT_DISTRICT, experienced[: len(AT_DISTRICT)], strict=True)]
    for code in others:
        head = next(row for row in _staff()[code] if row.since <= APPOINTED)
        rows.append(_appointment(Post.SCHOOL_HEAD, head) | {"school": code})
    return [row | {"authority": f"示例任〔2025〕{number}号"} for number, row in enumerate(rows, 1)]


def _appointment(post: Post, holder: StaffRow) -> Row:
    return {"post": post, "staff_no": holder.staff_no, "name": holder.name, "since": APPOINTED}


# teaching


class Sharing:
    """Shares the lessons of one school out among its staff, evenly and without needless subjects."""

    def __init__(self, staff: Sequence[StaffRow], posts: Iterable[Row]) -> None:
        self.members = staff
        self.staff = [row.staff_no for row in staff]
        self.load = dict.fromkeys(self.staff, 0)
        self.subjects: dict[str, set[Subject]] = {number: set() for number in self.staff}
        self.leading: set[str] = set()
        self.rows: list[Row] = []
        self.heads: list[Row] = []
        for row in posts:
            if row["staff_no"] in self.load:
                self.load[row["staff_no"]] += RELIEF.get(row["post"], 0)
                if row["post"] in LEADERS:
                    self.leading.add(row["staff_no"])

    def share(self, classes: Sequence[ClassRow]) -> None:
        """Give each class its head teacher, who teaches Chinese in it, and then its other lessons."""
        for one in classes:
            self._lead(one, _timetable(one)[0])
        rest = [(one, *line) for one in classes for line in _timetable(one)[1:]]
        for one, subject, lessons in sorted(rest, key=lambda line: -line[2]):
            self._teach(one, subject, lessons, self._freest(subject, self.staff))

    def _lead(self, one: ClassRow, first: tuple[Subject, int]) -> None:
        free = [number for number in self.staff if number not in self.leading]
        head = free[-1] if one.stage is Stage.PRESCHOOL else self._freest(first[0], free)
        self.leading.add(head)
        self.heads.append({**_named(one), "staff_no": head, "since": BEGINS})
        self._teach(one, *first, head)
        if one.stage is Stage.PRESCHOOL:  # who has the preschool class has it all day
            self.staff.remove(head)

    def _freest(self, subject: Subject, among: Sequence[str]) -> str:
        return min(among, key=lambda n: self.load[n] + CHANGE_OF_SUBJECT * (subject not in self.subjects[n]))

    def _teach(self, one: ClassRow, subject: Subject, lessons: int, teacher: str) -> None:
        row = {"subject": subject, "staff_no": teacher, "half_periods": 2 * lessons, "since": BEGINS}
        self.rows.append({**_named(one), **row})
        self.load[teacher] += 2 * lessons
        self.subjects[teacher].add(subject)


def _named(one: ClassRow) -> Row:
    return {"school": one.school, "stage": one.stage, "entry_year": one.entry_year, "number": one.number}


def _timetable(one: ClassRow) -> Sequence[tuple[Subject, int]]:
    if one.stage is Stage.PRESCHOOL:
        return PRESCHOOL
    return LOWER if invent.YEAR - one.entry_year < 2 else UPPER


@cache
def _shared() -> list[Sharing]:
    posts, classes = post_rows(), invent.classes()
    shared: list[Sharing] = []
    for code, _, _ in invent.SCHOOLS:
        sharing = Sharing(_staff()[code], posts)
        sharing.share([one for one in classes if one.school == code])
        shared.append(sharing)
    return shared


def head_teacher_rows() -> list[Row]:
    """Return who leads which class."""
    return [row for sharing in _shared() for row in sharing.heads]


def teaching_rows() -> list[Row]:
    """Return who teaches what; one without a certificate for it does so as a small school's exception."""
    certified = {row["staff_no"]: row["subject"] for row in certificate_rows()}
    return [
        row | ({"exception": EXCEPTION} if _is_exception(row, certified[row["staff_no"]]) else {})
        for sharing in _shared()
        for row in sharing.rows
    ]


def _is_exception(row: Row, certified: Subject | None) -> bool:
    return certified not in (None, row["subject"]) and row["subject"] not in WITHOUT_CERTIFICATE


def certificate_rows() -> list[Row]:
    """Give everybody a certificate for what they teach most; at the central school it is for all subjects."""
    central = {code for code, _, kind in invent.SCHOOLS if kind is SchoolKind.CENTRAL}
    rows: list[Row] = []
    for sharing in _shared():
        for teacher in sharing.members:
            main = _main_subject(sharing, teacher.staff_no)
            rows.append(_certificate(teacher, None if teacher.school in central else main))
            if main is S.PRESCHOOL:
                rows[-1] |= {"kind": CertificateKind.KINDERGARTEN, "subject": None}
    return rows


def _certificate(teacher: StaffRow, subject: Subject | None) -> Row:
    assert teacher.birth_date is not None, "everybody is invented with a birthday"
    issued = date(teacher.birth_date.year + 23, 6, 30)
    return {
        "staff_no": teacher.staff_no,
        "name": teacher.name,
        "number": f"示例资格{teacher.staff_no}",
        "kind": CertificateKind.PRIMARY,
        "subject": subject,
        "issued": issued,
        "registered": max(issued, REGISTERED),
    }


def _main_subject(sharing: Sharing, staff_no: str) -> Subject:
    lessons: dict[Subject, int] = defaultdict(int)
    for row in sharing.rows:
        if row["staff_no"] == staff_no and row["subject"] not in WITHOUT_CERTIFICATE:
            lessons[row["subject"]] += row["half_periods"]
    return max(lessons, key=lambda subject: lessons[subject])
