"""xuequ: the whole administration of a Chinese school district 学区.

The names here are loaded when they are first used, so that importing the package costs nothing.
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.core.access import Actor, Holding, Post
    from xuequ.core.errors import XuequError
    from xuequ.core.money import Money
    from xuequ.core.settings import Settings
    from xuequ.district import AsyncDistrict, County, District

__version__ = "0.1.0"
__all__ = [
    "Actor",
    "AsyncDistrict",
    "County",
    "District",
    "Holding",
    "Money",
    "Post",
    "Settings",
    "XuequError",
]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "Actor": "xuequ.core.access",
        "AsyncDistrict": "xuequ.district",
        "County": "xuequ.district",
        "District": "xuequ.district",
        "Holding": "xuequ.core.access",
        "Money": "xuequ.core.money",
        "Post": "xuequ.core.access",
        "Settings": "xuequ.core.settings",
        "XuequError": "xuequ.core.errors",
    },
)
