"""Dated rule parameters 规则参数: national and provincial packs, and what a county or district sets."""
