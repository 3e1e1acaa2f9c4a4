"""`python -m promptgate` is the command line."""

from promptgate.cli import main

main()
