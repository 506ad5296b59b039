"""Quantities as people and files write them."""


def number_text(value: float) -> str:
    """A number in plain decimal digits that read back equal: `80`, `0.5`; never `80.0` or `1e-07`."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    from decimal import Decimal

    digits = f"{Decimal(text):f}"
    return digits if "." in digits else f"{digits}.0"
