"""Raw tables of files: xlsx, xls and csv as they stand, knowing no template, trusting nothing."""

from xuequ.exchange.tables.opening import open_tables
from xuequ.exchange.tables.values import ErrorValue, Formula, Raw, Tables

__all__ = ["ErrorValue", "Formula", "Raw", "Tables", "open_tables"]
