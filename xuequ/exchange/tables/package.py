"""The zip that an xlsx file is: looked over before anything is read, and counted while it is."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from xuequ.exchange.tables import limits
from xuequ.exchange.tables.refusals import Refused, TooLarge, Unsafe

UNSAFE = {
    "vbaproject.bin": "宏（VBA）",
    "xl/macrosheets/": "宏（Excel 4.0 宏表）",
    "xl/externallinks/": "指向其他文件的外部链接（或 DDE）",
    "xl/connections.xml": "外部数据连接",
    "xl/querytables/": "外部数据连接",
    "xl/embeddings/": "嵌入的对象（OLE）",
    "xl/activex/": "嵌入的控件（ActiveX）",
    "xl/ctrlprops/": "嵌入的控件",
}
"""Parts of a workbook that act, or reach out, when somebody opens it; values alone never need them."""

_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ENCRYPTED = 0x1


class Package:
    """The members of a zip, by their names in small letters, as the standard compares them."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        """Look the list of members over.

        Raises:
            TooLarge: too many members, or more bytes in all than any workbook has.
            Unsafe: names that lead out of the archive or stand twice, macros, links and the like.
        """
        self._archive = archive
        self._size = size
        self._members: dict[str, zipfile.ZipInfo] = {}
        members = archive.infolist()
        if len(members) > limits.MEMBERS:
            raise TooLarge(f"压缩包里有 {len(members)} 个成员")
        if sum(member.file_size for member in members) > limits.TOTAL:
            raise TooLarge("解压后过大，像是“压缩炸弹”")
        for member in members:
            self._add(member)

    def _add(self, member: zipfile.ZipInfo) -> None:
        name = member.orig_filename.lower()
        if _CONTROL.search(name) or "\\" in name or _DRIVE.match(name):
            raise Unsafe("名称不正当的成员")
        if name.startswith("/") or ".." in name.split("/"):
            raise Unsafe("名称指向别处的成员")
        if name in self._members:
            raise Unsafe("重名的成员")
        for sign, said in UNSAFE.items():
            if sign in name:
                raise Unsafe(said)
        self._members[name] = member

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._members

    def chunks(self, name: str, limit: int) -> Iterator[bytes]:
        """Stream a member, counting what really comes out.

        Raises:
            Refused: when it is not there, or the archive is damaged.
            TooLarge: when it is larger than the limit.
            Unsafe: when it grows as only a bomb does.
        """
        member = self._members.get(name.lower())
        if member is None:
            raise Refused(f"缺少“{name}”，不是完好的 xlsx 工作簿")
        if member.flag_bits & _ENCRYPTED:
            raise Refused("已加密，请先取消密码")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("压缩方法不是 Excel 所用的")
        packed = min(member.compress_size, self._size)
        grown = 0
        with self._archive.open(member) as file:
            while chunk := file.read(limits.CHUNK):
                grown += len(chunk)
                if grown > limit:
                    raise TooLarge(f"“{name}”解压后超过 {limit // limits.MIB} MB")
                if grown > limits.RATIO_FROM and grown > limits.RATIO * packed:
                    raise Unsafe("“压缩炸弹”（解压后大过百倍）")
                yield chunk


@contextmanager
def open_package(path: Path) -> Generator[Package]:
    """Open the zip; the file is let go of whatever happens."""
    with path.open("rb") as file, zipfile.ZipFile(file) as archive:
        yield Package(archive, path.stat().st_size)
