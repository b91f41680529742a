"""Which files may be attached, by their names and first bytes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.registry.errors.attachments import FileKindUnknown, FileNameUnfit, FileUnlikeItsName
from xuequ.registry.rules.attachments import KINDS, file_name, kind_of, unfit_name, unlike_its_name

BEGINNINGS = {
    "jpg": b"\xff\xd8\xff\xe0\0\x10JFIF",
    "png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "pdf": b"%PDF-1.7\n",
    "xlsx": b"PK\x03\x04\x14\0\x06\0",
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "txt": "发票".encode(),
}


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("发票.pdf", "发票.pdf"),
        ("C:\\fakepath\\发票.pdf", "发票.pdf"),
        ("../../etc/发票.pdf", "发票.pdf"),
        ("a/b\\c.png", "c.png"),
        ("  𠮷野 家.jpg . . ", "𠮷野 家.jpg"),
        ("..", ""),
        ("a/", ""),
        ("", ""),
    ],
)
def test_folders_blanks_and_dots_are_cut_off(given_name: str, cleaned: str) -> None:
    assert file_name(given_name) == cleaned


@given(st.text(max_size=40))
def test_a_cleaned_name_has_no_folder_and_stays_as_it_is(text: str) -> None:
    name = file_name(text)
    assert not set(name) & set("/\\")
    assert file_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "发票.pdf",
        "𠮷.JPG",
        "2026-09 会议记录（终稿）.docx",
        "a.b.c.xlsx",
        "con发票.pdf",
        "com0.txt",
        "x" * 196 + ".pdf",
    ],
)
def test_usual_names_are_fit(name: str) -> None:
    assert unfit_name(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".pdf",
        "发票\u202efdp.jpg",
        "a\u2066b.pdf",
        "a\u200fb.pdf",
        "a\0.pdf",
        "a\nb.pdf",
        "a\x7fb.pdf",
        "a\u2028b.pdf",
        "a\ud800b.pdf",
        'a"b.pdf',
        "a:b.pdf",
        "a|b.pdf",
        "a?.pdf",
        "CON.pdf",
        "con",
        "NUL .txt",
        "com1.tar.zip",
        "LPT².txt",
        "x" * 197 + ".pdf",
        "校" * 90 + ".pdf",
    ],
)
def test_names_that_hide_something_or_that_no_system_holds_are_refused(name: str) -> None:
    problems = unfit_name(name)
    assert problems
    for problem in problems:
        assert isinstance(problem.error, FileNameUnfit)
        assert all(unicodedata.category(sign) not in ("Cc", "Cs", "Cf") for sign in str(problem.error))


def test_everything_that_is_wrong_with_a_name_is_said_at_once() -> None:
    assert len(unfit_name("con." + "\u202e?" * 200)) == 4


@pytest.mark.parametrize(
    "name", ["run.exe", "发票.pdf.exe", "page.html", "x.svg", "x.js", "noextension", "x.lnk"]
)
def test_kinds_that_are_not_listed_are_not_kept(name: str) -> None:
    (problem,) = unfit_name(name)
    assert isinstance(problem.error, FileKindUnknown)


@pytest.mark.parametrize("extension", sorted(BEGINNINGS))
@pytest.mark.parametrize("content", sorted(BEGINNINGS))
def test_the_first_bytes_must_be_of_the_kind(extension: str, content: str) -> None:
    kind = KINDS[extension]
    assert kind_of(f"a.{extension.upper()}") is kind
    problems = unlike_its_name("a", kind, BEGINNINGS[content])
    fits = extension == content or (extension == "txt" and b"\0" not in BEGINNINGS[content])
    assert [type(problem.error) for problem in problems] == ([] if fits else [FileUnlikeItsName])


def test_nothing_is_no_picture() -> None:
    assert unlike_its_name("a.jpg", KINDS["jpg"], b"") != []
