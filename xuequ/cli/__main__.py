"""``python -m xuequ.cli``."""

import sys

from xuequ.cli import main

sys.exit(main())
