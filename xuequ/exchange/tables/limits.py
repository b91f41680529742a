"""How much of a file is read at all: each figure is far above what a school's file has, and ends an attack.

What a file says of itself (sizes in a zip, numbers of rows) is never trusted: what comes out is counted.
"""

from __future__ import annotations

KIB, MIB, GIB = 2**10, 2**20, 2**30

ROWS = 1_048_576
"""Rows that Excel has; more in a csv file would be cut off by whoever opens it."""

COLUMNS = 16_384
"""Columns that Excel has: A to XFD."""

CELL = 32_767
"""Characters that a cell of Excel holds."""

BLANK_ROWS = 100_000
"""Rows one after the other that hold nothing but formats: borders drawn to the end of the sheet."""

CELLS = 50_000_000
"""Cells of one sheet, gaps counted in: a million rows of 47 columns."""

SHEETS = 500
"""Sheets of a workbook, or csv files of a folder."""

STRINGS = 8_000_000
"""Entries in a workbook's table of strings: they are held in memory while it is read."""

MEMBERS = 10_000
"""Members of a zip: each costs memory before anything is read."""

SMALL_PART = 16 * MIB
"""A part that says how a workbook is built: sheets, styles, relations."""

STRINGS_PART = 256 * MIB
"""The table of strings, which is held in memory."""

SHEET_PART = GIB
"""One sheet; a million rows of 15 columns take about 700 MiB."""

TOTAL = 2 * GIB
"""All members of a zip together, as they say of themselves."""

RATIO = 100
"""How many times a part may grow when it is unpacked; sheets grow 10 to 40 times, a bomb a thousand."""

RATIO_FROM = 32 * MIB
"""Below this size nobody is hurt by any ratio."""

XLS = 64 * MIB
"""An xls file: it is read into memory whole, and its 65,536 rows seldom take half of this."""

TEXT = 2 * GIB
"""A csv file: it is streamed, and this is ten times a million rows of 15 columns."""

TEXT_LINE = MIB
"""Characters of one line of a csv file."""

DEPTH = 64
"""Elements of XML inside one another; a sheet has about ten."""

TOKEN = 4 * MIB
"""Bytes that one tag may take before it ends: the parser looks through them again at every read."""

CHUNK = 64 * KIB
"""Bytes read at a time."""
