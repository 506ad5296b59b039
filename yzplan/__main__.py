"""``python -m yzplan``."""

from yzplan.cli.app import main

main()
