"""From rows to text: machine formats, plain tables, terminal tables. Knows nothing of YAML or of commands."""
