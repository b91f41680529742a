"""For the tests of hosts: a Session that is rolled back, a district made in one call, and strategies.

from xuequ.testing import make_district, rollback_session

with rollback_session(engine) as session:
    district = make_district(session)
    ...
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.testing.factories import DAY, make_budget, make_county, make_district, reading_of
    from xuequ.testing.sessions import rollback_session

__all__ = ["DAY", "make_budget", "make_county", "make_district", "reading_of", "rollback_session"]

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        "DAY": "xuequ.testing.factories",
        "make_budget": "xuequ.testing.factories",
        "make_county": "xuequ.testing.factories",
        "make_district": "xuequ.testing.factories",
        "reading_of": "xuequ.testing.factories",
        "rollback_session": "xuequ.testing.sessions",
    },
)
