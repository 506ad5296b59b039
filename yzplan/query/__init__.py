"""Which tasks: selections, and the rows that answer them."""
