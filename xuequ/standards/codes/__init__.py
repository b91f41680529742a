"""Standard code lists 代码表, each with its standard and how that was checked."""
