"""The plan's history, as git keeps it."""
