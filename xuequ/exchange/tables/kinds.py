"""What a file is, by its content: a suffix says nothing, and people rename files."""

from __future__ import annotations

import codecs
import stat
from enum import Enum, auto
from pathlib import Path

from xuequ.exchange.tables.refusals import Refused


class FileKind(Enum):
    """What can be read."""

    XLSX = auto()
    XLS = auto()
    TEXT = auto()
    FOLDER = auto()


ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Microsoft's compound file: xls, doc, and an encrypted xlsx."""

LOCK = "~$"
"""Begins the name of the file that Excel puts beside one that is open."""

OTHERS = {
    b"PK\x05\x06": "是空的压缩包",
    b"%PDF": "是 PDF 文件，不是表格",
    b"{\\rtf": "是 RTF 文档，不是表格",
    b"\x89PNG": "是图片，不是表格",
    b"\xff\xd8\xff": "是图片，不是表格",
    b"GIF8": "是图片，不是表格",
    b"Rar!": "是压缩包，请先解压",
    b"7z\xbc\xaf": "是压缩包，请先解压",
    b"\x1f\x8b": "是压缩包，请先解压",
}
MARKUP = {
    "urn:schemas-microsoft-com:office:spreadsheet": "是“XML 电子表格 2003”，虽可用 Excel 打开，却不是工作簿",
    "<html": "是网页（HTML），虽可用 Excel 打开，却不是工作簿",
    "<!doctype html": "是网页（HTML），虽可用 Excel 打开，却不是工作簿",
    "<table": "是网页（HTML），虽可用 Excel 打开，却不是工作簿",
    "<?xml": "是 XML 文件，不是表格",
}
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks, and the codec that takes them off."""

HEAD = 4096


def kind_of(path: Path) -> FileKind:
    """Tell what a file is.

    Raises:
        Refused: names what it is instead.
        OSError: when it is not there.
    """
    if path.name.startswith(LOCK):
        raise Refused("是 Excel 打开文件时的临时文件，请选名字里没有“~$”的那个")
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        return FileKind.FOLDER
    if not stat.S_ISREG(mode):
        raise Refused("不是普通文件")  # a pipe or a device would be waited for without end
    with path.open("rb") as file:
        head = file.read(HEAD)
    return _kind_of(head)


def _kind_of(head: bytes) -> FileKind:
    if not head:
        raise Refused("文件是空的")
    if head.startswith(ZIP):
        return FileKind.XLSX
    if head.startswith(COMPOUND):
        return FileKind.XLS
    for magic, said in OTHERS.items():
        if head.startswith(magic):
            raise Refused(said)
    _refuse_markup(head)
    return FileKind.TEXT


def _refuse_markup(head: bytes) -> None:
    """Pages and XML that call themselves .xls are text too, and would be read as nonsense."""
    codec = mark_of(head) or "latin-1"
    text = head.decode(codec, "ignore").lstrip().lower()
    if text.startswith("mime-version:"):
        raise Refused("是网页（MHT），虽可用 Excel 打开，却不是工作簿")
    if text.startswith("<"):
        for sign, said in MARKUP.items():
            if sign in text:
                raise Refused(said)


def mark_of(head: bytes) -> str | None:
    """Return the codec that a byte order mark stands for."""
    return next((codec for mark, codec in MARKS.items() if head.startswith(mark)), None)
