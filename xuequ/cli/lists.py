"""Every code list of the library, found by walking the modules that declare them."""

from __future__ import annotations

import pkgutil
import re
from functools import cache
from importlib import import_module

import xuequ
from xuequ.core.codes import CodeEnum
from xuequ.standards.errors import ListUnknown

_DECLARING = re.compile(r"\.(states|codes)(\.|$)|\.core\.access$")


@cache
def every_list() -> tuple[type[CodeEnum], ...]:
    """Return the code lists by their class names."""
    for module in pkgutil.walk_packages(xuequ.__path__, "xuequ."):
        if _DECLARING.search(module.name):
            import_module(module.name)
    found = [one for one in _below(CodeEnum) if one.__module__.startswith("xuequ.")]
    return tuple(sorted(found, key=lambda one: one.__name__))


def _below(kind: type[CodeEnum]) -> list[type[CodeEnum]]:
    return [found for sub in kind.__subclasses__() for found in (sub, *_below(sub))]


def find_list(name: str) -> type[CodeEnum]:
    """Return a list by its class name, in any case, or by its Chinese title.

    Raises:
        ListUnknown: names those there are.
    """
    for one in every_list():
        if name.lower() == one.__name__.lower() or name == one.about().title:
            return one
    known = "、".join(f"{one.__name__}（{one.about().title}）" for one in every_list())
    raise ListUnknown(list=name, known=known)
