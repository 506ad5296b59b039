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
_LISTED = re.compile("[0-9]、[0-9]")
_UNREAD, _BREAKABLE = "<w:noProof/>", '<w:lang w:val="bo-CN"/>'
"""Let LibreOffice break a list of numbers where one may: `72、73、75` in English is one word to it, which
it cuts anywhere, 7 from 2. This is one of the few languages for which it asks Unicode's own rules; Word
breaks such a list rightly in any, and need not look for a dictionary.
"""


def run(text: str, properties: str = "") -> str:
    """A run of one kind of characters; `properties` are those of w:rPr from w:color to w:lang."""
    hint = "" if _AMBIGUOUS.isdisjoint(text) else _CHINESE
    if _LISTED.search(text):
        properties = f"{_UNREAD}{properties}{_BREAKABLE}"
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
