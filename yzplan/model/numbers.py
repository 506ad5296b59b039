"""Quantities as people and files write them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def exact(value: float) -> "Decimal":
    """A number of the file as the decimal number that is written there."""
    from decimal import Decimal

    return Decimal(repr(value))


def decimal_text(value: "Decimal") -> str:
    """A decimal number in plain digits, as many as it needs: `80`, `16.65`."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_text(value: float) -> str:
    """A number in plain decimal digits that read back equal: `80`, `0.5`; never `80.0` or `1e-07`."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    digits = f"{exact(value):f}"
    return digits if "." in digits else f"{digits}.0"
