"""What the office's papers say: blocks of text and tables, built once for all formats."""
