"""The measures of GB/T 9704-2012, in twips (a twentieth of a point) unless they say otherwise."""

import unicodedata

PAPER_WIDTH, PAPER_HEIGHT = 11906, 16838
"""A4 (5.1)."""
TOP, BOTTOM, LEFT, RIGHT = 2098, 1984, 1588, 1474
"""天头 37 mm, 地脚 35 mm, 订口 28 mm, 切口 26 mm: what a 版心 of 156 x 225 mm leaves (5.2.1)."""
TEXT_WIDTH = PAPER_WIDTH - LEFT - RIGHT
TEXT_HEIGHT = PAPER_HEIGHT - TOP - BOTTOM

LINE = 579
"""Of a line: 22 of them fill a page (5.2.3). 29 pt, as one often reads, leaves room for 21 only."""
TIGHTENING = 5
"""What each character gives up: 28 of 16 pt are 448 pt, and the line has 442.2."""
CHARACTER = 320 - TIGHTENING
"""How wide a character of the body is."""
LINE_CHARACTERS = 28

PAGE_NUMBER_FROM_EDGE = 1446
"""Of the page number's lower side: its dash is 7 mm below the text, 28 mm above the edge (7.5)."""
PAGE_NUMBER_SIZE = 280
"""四号, 14 pt."""


def halves(text: str) -> int:
    """How wide a text is, in half characters: a digit or Latin letter takes one, all else two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WFA" else 1 for each in text)
