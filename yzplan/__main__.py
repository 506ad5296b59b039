"""The program's start, as `yzplan` and as `python -m yzplan`."""

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # A short run makes no garbage worth looking for, and looking costs a tenth of it.
    gc.disable()
    try:
        from yzplan.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
