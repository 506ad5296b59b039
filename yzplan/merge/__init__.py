"""Two versions of a data file that go back to one, brought together record by record: text in, text out."""
