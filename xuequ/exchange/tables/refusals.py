"""Whatever a damaged file makes a library raise becomes one error of ours that names the file."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from xuequ.core.errors import UnreadableWorkbook, WorkbookTooLarge, WorkbookUnsafe, XuequError
from xuequ.core.text import visible


class Refused(Exception):
    """Raised deep inside, where the name of the file is not known: says what is wrong with it."""


class TooLarge(Refused):
    """More than a limit allows."""


class Unsafe(Refused):
    """Something that carries on when the file is opened, or is made to break its reader."""


@contextmanager
def refusing(path: Path) -> Generator[None]:
    """Turn what is raised into an error of ours; interrupts and exits pass.

    Libraries have no common family of errors for damage: RecursionError and MemoryError are among them.
    """
    name = visible(path.name)
    try:
        yield
    except XuequError:
        raise
    except TooLarge as error:
        raise WorkbookTooLarge(file=name, what=str(error)) from None
    except Unsafe as error:
        raise WorkbookUnsafe(file=name, found=str(error)) from None
    except Refused as error:
        raise UnreadableWorkbook(file=name, reason=str(error)) from None
    except FileNotFoundError:
        raise UnreadableWorkbook(file=name, reason="没有这个文件") from None
    except PermissionError:
        raise UnreadableWorkbook(file=name, reason="没有读取它的权限，或它正被别的程序占用") from None
    except Exception as error:
        reason = f"文件已损坏或不完整（{type(error).__name__}）"
        raise UnreadableWorkbook(file=name, reason=reason) from error
