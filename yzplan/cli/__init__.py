"""The command line: arguments, the clock, streams, exit codes. Everything else is called from here."""
