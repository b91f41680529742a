"""Calling the command line in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from xuequ.cli import main
from xuequ.cli.common import URL

PLACE = "530921/qianfeng"
GLANCE = "registry.district_at_a_glance"


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit code."""

    code: object
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on the standard output; nothing may stand on the other."""
        assert self.err == ""
        return json.loads(self.out)

    def refused(self, code: str) -> bool:
        """Whether the library refused with an error of that code, and said so in one place only."""
        return self.code == 1 and f"[{code}]" in self.err and self.out == ""

    def misused(self, words: str) -> bool:
        """Whether the arguments were wrong, and the words were said about them."""
        return type(self.code) is int and self.code == 2 and words in self.err and self.out == ""


Call = Callable[..., Said]


def caller(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Return what calls a command without the environment's own settings."""
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.delenv("XUEQU_LANG", raising=False)

    def call(*arguments: object) -> Said:
        capsys.readouterr()
        code: object
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as exited:
            code = exited.code
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return call
