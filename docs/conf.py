"""Sphinx configuration: ``make docs`` builds this folder into ``docs/_build/html``, warnings being errors."""

from __future__ import annotations

import argparse
import inspect
import os
import pkgutil
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cached_property
from importlib import import_module
from typing import Any, get_type_hints

from pydantic import BaseModel
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

import xuequ
from xuequ.cli import parser
from xuequ.cli.lists import every_list
from xuequ.core import errors
from xuequ.core.context import Service
from xuequ.district import District

project = "xuequ 学区"
author = "the authors of xuequ"
project_copyright = author
version = release = xuequ.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
smartquotes = False  # messages and commands are shown as they are
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"{project} {release}"
html_show_copyright = False
html_copy_source = False

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
default_role = "code"
napoleon_numpy_docstring = False

KINDS = (
    errors.NotFound,
    errors.Conflict,
    errors.NotPermitted,
    errors.Invalid,
    errors.RuleBroken,
    errors.Busy,
)


def error_catalogue() -> str:
    """Write the page of errors from the catalogue: a section a kind, an entry a code."""
    for module in pkgutil.walk_packages(xuequ.__path__, "xuequ."):
        if "errors" in module.name.split("."):
            import_module(module.name)
    classes = {error.code: error for error in errors.concrete_errors()}
    missing = set(classes) ^ set(errors.catalogue())
    assert not missing, f"code and catalogue disagree on {missing}"
    lines: list[str] = []
    for kind in KINDS:
        lines += [f"## {kind.__name__}", "", _escaped(_first_line(kind)), ""]
        for code, texts in errors.catalogue().items():
            if issubclass(classes[code], kind):
                lines += _error_entry(classes[code], texts)
    return "\n".join(lines)


def _error_entry(error: type[errors.XuequError], texts: dict[str, str]) -> Iterator[str]:
    known = ", ".join(f"`{field.name}`" for field in fields(error)) or "none"
    yield from (f"### `{error.code}`", "")
    yield from (f"`{error.__module__}.{error.__name__}`, fields: {known}. {_escaped(_first_line(error))}", "")
    for text in ("zh", "zh_remedy", "en", "en_remedy"):
        lead = {"zh": "- ", "en": "- "}.get(text, "  ")
        yield f"{lead}{_escaped(texts[text])}"
    yield ""


def _first_line(documented: type) -> str:
    return (documented.__doc__ or "").partition("\n")[0]


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", text)


def command_help() -> str:
    """Write what ``--help`` of every command prints."""
    os.environ.update(COLUMNS="100", NO_COLOR="1")
    lines: list[str] = []
    for command in _commands(parser()):
        lines += [f"### `{command.prog}`", "", "```text", command.format_help().rstrip(), "```", ""]
    return "\n".join(lines)


def _commands(of: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    groups = [action for action in of._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield of
    for group in groups:
        for command in group.choices.values():
            yield from _commands(command)


def code_lists() -> str:
    """Write a table for every code list of the library."""
    lines: list[str] = []
    for codes in sorted(every_list(), key=lambda codes: (codes.__module__, codes.__name__)):
        about = codes.about()
        lines += [f"## `{codes.__module__}.{codes.__name__}`", ""]
        lines += [f"{about.title}. Standard: {about.standard}; checked: {about.checked}.", ""]
        lines += ["| code | label | also read as | member |", "|---|---|---|---|"]
        lines += [f"| `{m.code}` | {m.label} | {'、'.join(m.aliases)} | `{m.name}` |" for m in codes]
        lines += [""]
    return "\n".join(lines)


def services() -> str:
    """Write a section for every service that hangs on a door, or on a service."""
    lines: list[str] = []
    for path, service in sorted(_services(District, "district")):
        lines += [f"### `{path}`", "", "```{eval-rst}"]
        lines += [f".. autoclass:: {service.__module__}.{service.__name__}", "   :members:", "```", ""]
    return "\n".join(lines)


def _services(owner: type, path: str) -> Iterator[tuple[str, type[Service]]]:
    for name, found in inspect.getmembers(owner, lambda member: isinstance(member, cached_property)):
        kind = get_type_hints(found.func)["return"]
        if isinstance(kind, type) and issubclass(kind, Service):
            yield f"{path}.{name}", kind
            yield from _services(kind, f"{path}.{name}")


def modules(room: str) -> Callable[[], str]:
    """Return what writes the commands and views, or the facts, of every part, topic by topic."""

    def write() -> str:
        lines: list[str] = []
        for module in pkgutil.walk_packages(xuequ.__path__, "xuequ."):
            if re.search(rf"\.{room}(\.\w+)?$", module.name) and not module.name.startswith("xuequ.core"):
                said = (".. automodule:: " + module.name, "   :members:", "   :undoc-members:")
                lines += ["```{eval-rst}", *said, "   :exclude-members: model_config", "```", ""]
        return "\n".join(lines)

    return write


GENERATED = {
    "reference/api": {
        "<!-- the services -->": services,
        "<!-- the commands and views -->": modules("schemas"),
        "<!-- the facts -->": modules("facts"),
    },
    "reference/codes": {"<!-- the code lists -->": code_lists},
    "reference/errors": {"<!-- the catalogue -->": error_catalogue},
    "reference/cli": {"<!-- the help -->": command_help},
}


def fill_in(app: Any, page: str, source: list[str]) -> None:
    """Put what is generated in the place of its mark."""
    for mark, write in GENERATED.get(page, {}).items():
        assert mark in source[0], f"{page} lacks {mark}"
        source[0] = source[0].replace(mark, write())


def shorten(app: Any, what: str, name: str, documented: Any, options: Any, *signature: Any) -> Any:
    """Leave out the signatures of commands and views, whose fields are listed below them."""
    return ("", None) if isinstance(documented, type) and issubclass(documented, BaseModel) else None


class Homonyms(SphinxPostTransform):
    """Let a short name in a field's type mean what its module means by it: two parts may use the same one."""

    default_priority = 5  # before references are resolved

    def run(self, **kwargs: Any) -> None:
        """Give such references the full name."""
        documented: dict[str, list[str]] = defaultdict(list)
        for full in self.env.get_domain("py").data["objects"]:
            documented[full.rpartition(".")[2]].append(full)
        for node in self.document.findall(pending_xref):
            name, among = str(node.get("reftarget", "")), sys.modules.get(node.get("py:module") or "")
            named = documented[name]
            found = [full for full in named if _meant(full) is getattr(among, name, None)]
            if not found and len({id(_meant(full)) for full in named}) == 1:
                found = named  # names of one and the same type serve alike
            if found and len(named) > 1:
                node["reftarget"] = found[0]


def _meant(full: str) -> object:
    """Return what a documented name of a module stands for; itself where it is none of a module."""
    module, _, name = full.rpartition(".")
    return getattr(sys.modules.get(module), name, full)


def setup(app: Any) -> None:
    """Register all of it with Sphinx."""
    app.add_post_transform(Homonyms)
    app.connect("source-read", fill_in)
    app.connect("autodoc-process-signature", shorten)
