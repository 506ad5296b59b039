"""Paragraphs and runs of WordprocessingML as text.

A table of 3,000 rows has 24,000 cells: as objects they cost seconds, as text a few hundredths of one.
"""

import re
from collections.abc import Iterable
from html import escape

from yzplan.office.styles import PLACE

_MARKED = re.compile("(【[^】]*】)")
_AMBIGUOUS = frozenset("“”‘’…—·×")
"""Characters that Word sets in the Latin font unless it is told that they are Chinese."""
_CHINESE = '<w:rFonts w:hint="eastAsia"/>'


def run(text: str, properties: str = "") -> str:
    """A run of one kind of characters; `properties` are those of w:rPr that come after w:rFonts."""
    hint = "" if _AMBIGUOUS.isdisjoint(text) else _CHINESE
    settings = f"<w:rPr>{hint}{properties}</w:rPr>" if hint or properties else ""
    return f'<w:r>{settings}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def runs(text: str) -> str:
    """The runs of a text; a place that a person has to fill in (【…】) has a style of its own."""
    return "".join(
        _place(part) if part.startswith("【") else run(part) for part in _MARKED.split(text) if part
    )


def lines(texts: Iterable[str]) -> str:
    """The runs of texts that stand on lines of their own inside one paragraph."""
    return "<w:r><w:br/></w:r>".join(map(runs, texts))


def paragraph(style: str, content: str, settings: str = "") -> str:
    """A paragraph of these runs; `settings` are those of w:pPr that come after w:pStyle, in their order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{settings}</w:pPr>{content}</w:p>'


def _place(text: str) -> str:
    hint = "" if _AMBIGUOUS.isdisjoint(text) else _CHINESE
    return (
        f'<w:r><w:rPr><w:rStyle w:val="{PLACE}"/>{hint}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'
    )
