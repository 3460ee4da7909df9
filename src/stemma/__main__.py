"""`python -m stemma` is the command line."""

from stemma.cli import main

main()
