"""The program's start, as `yzplan` and as `python -m yzplan`."""

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # A short run makes no garbage worth looking for, and looking costs a tenth of it.
    gc.disable()
    from yzplan.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
