"""From when a question is asked."""

import datetime as dt
from typing import NamedTuple

from yzplan.model import Month


class Viewpoint(NamedTuple):
    """The three dates of a question.

    `as_of` (截至): the close of this day is what is asked about. `known_at`: what was recorded
    later is left out; None means all that the file knows. `today`: a deadline that ends today or
    later is not yet missed, whatever is asked; it is read from the clock once, by the caller.
    """

    as_of: dt.date
    today: dt.date
    known_at: dt.date | None = None

    @property
    def month(self) -> Month:
        """The month that is asked about."""
        return Month.of(self.as_of)

    def knows(self, day: dt.date) -> bool:
        """Whether what was recorded on `day` was known."""
        return self.known_at is None or day <= self.known_at

    def at(self, day: dt.date) -> "Viewpoint":
        """The same knowledge, asked about the close of another day."""
        return self._replace(as_of=day)


IN_THE_END = Viewpoint(as_of=dt.date.max, today=dt.date.max)
"""When all that the file holds has taken effect."""
