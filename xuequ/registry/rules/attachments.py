"""Which files may be attached, by their names and first bytes; no content is ever run or unpacked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from xuequ.core.errors import Problem
from xuequ.registry.errors.attachments import FileKindUnknown, FileNameUnfit, FileUnlikeItsName

HEAD = 16
"""How many first bytes tell the kind."""

LONGEST_NAME, LONGEST_BYTES = 200, 255
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[1-9¹²³])\s*(\..*)?", re.IGNORECASE)
_TURNING = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is kept: what it is called, its media type, and how it begins."""

    label: str
    media_type: str
    begins: tuple[bytes, ...] = ()
    """Empty for text, which begins with anything but has no NUL."""


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, FileKind] = {
    "jpg": FileKind("JPEG 图片", "image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": FileKind("JPEG 图片", "image/jpeg", (b"\xff\xd8\xff",)),
    "png": FileKind("PNG 图片", "image/png", (b"\x89PNG\r\n\x1a\n",)),
    "pdf": FileKind("PDF 文件", "application/pdf", (b"%PDF-",)),
    "xlsx": FileKind("Excel 工作簿", f"{_OFFICE}.spreadsheetml.sheet", _ZIP[:1]),
    "docx": FileKind("Word 文档", f"{_OFFICE}.wordprocessingml.document", _ZIP[:1]),
    "ofd": FileKind("OFD 版式文件", "application/ofd", _ZIP[:1]),
    "zip": FileKind("ZIP 压缩包", "application/zip", _ZIP),
    "xls": FileKind("Excel 97 工作簿", "application/vnd.ms-excel", _OLE),
    "doc": FileKind("Word 97 文档", "application/msword", _OLE),
    "wps": FileKind("WPS 文档", "application/vnd.ms-works", _OLE),
    "csv": FileKind("CSV 文件", "text/csv"),
    "txt": FileKind("文本文件", "text/plain"),
}
"""Extension → kind; what is not listed is not kept, so nothing that a computer runs by itself."""


def file_name(text: str) -> str:
    """Return the name without the folders that browsers send with it, and without blanks and dots behind.

    Source: our decision.

    >>> file_name("C:\\\\fakepath\\\\发票 1.pdf. ")
    '发票 1.pdf'
    """
    return re.split(r"[/\\]", text)[-1].strip().rstrip(". ")


def unfit_name(name: str) -> list[Problem]:
    """Return what is wrong with a cleaned name, and whether its kind is one that is kept.

    Signs that turn the direction of writing are refused: ``发票‮fdp.exe`` looks like ``发票exe.pdf``.

    Source: our decision; the names that no file may bear are those of Windows.
    """
    reasons: list[str] = []
    if not name or name.startswith("."):
        reasons.append("没有名称")
    if len(name) > LONGEST_NAME or len(name.encode("utf-8", "replace")) > LONGEST_BYTES:
        reasons.append("过长")
    if any(map(_hides, name)):
        reasons.append("含有控制字符或改变书写方向的字符")
    if set(name) & set('<>:"|?*'):
        reasons.append('含有 < > : " | ? * 之一')
    if _RESERVED.fullmatch(name):
        reasons.append("是 Windows 保留的设备名")
    shown = "".join(f"\\u{ord(sign):04x}" if _hides(sign) else sign for sign in name[:LONGEST_NAME])
    problems = [Problem(FileNameUnfit(name=shown, reason=reason)) for reason in reasons]
    if not problems and kind_of(name) is None:
        problems.append(Problem(FileKindUnknown(name=name, known="、".join(KINDS))))
    return problems


def _hides(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") or sign in _TURNING


def kind_of(name: str) -> FileKind | None:
    """Return the kind that a name's extension says.

    Source: our decision.
    """
    return KINDS.get(name.rpartition(".")[2].lower()) if "." in name else None


def unlike_its_name(name: str, kind: FileKind, head: bytes) -> list[Problem]:
    """Return a problem when the first bytes are not of the kind.

    Source: our decision; the bytes are those of the formats' own specifications.
    """
    fits = head.startswith(kind.begins) if kind.begins else b"\0" not in head
    return [] if fits else [Problem(FileUnlikeItsName(name=name, kind=kind.label))]
