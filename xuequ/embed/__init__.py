"""What hosts need around the doors: engines, migrations beside their own, retrying, data checks, keys."""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.core.database import configure_sqlite
    from xuequ.embed.checks import run_data_checks
    from xuequ.embed.migrations import (
        check,
        current,
        downgrade,
        exclude_xuequ,
        head,
        metadata,
        stamp,
        upgrade,
    )
    from xuequ.embed.retry import retrying
    from xuequ.embed.sealed import keys_in_use, rotate_keys

__all__ = [
    "check",
    "configure_sqlite",
    "current",
    "downgrade",
    "exclude_xuequ",
    "head",
    "keys_in_use",
    "metadata",
    "retrying",
    "rotate_keys",
    "run_data_checks",
    "stamp",
    "upgrade",
]

_MIGRATIONS = ("check", "current", "downgrade", "exclude_xuequ", "head", "metadata", "stamp", "upgrade")

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        **dict.fromkeys(_MIGRATIONS, "xuequ.embed.migrations"),
        "configure_sqlite": "xuequ.core.database",
        "retrying": "xuequ.embed.retry",
        "run_data_checks": "xuequ.embed.checks",
        **dict.fromkeys(("keys_in_use", "rotate_keys"), "xuequ.embed.sealed"),
    },
)
