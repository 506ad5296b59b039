"""yzplan: the ledger of a city's yearly business-environment plan, kept as YAML in git."""

__version__ = "0.1.0"
