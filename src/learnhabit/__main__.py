"""`python -m learnhabit`."""

import sys

from learnhabit.cli import main

if __name__ == "__main__":
    sys.exit(main())
