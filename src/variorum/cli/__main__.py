"""``python -m variorum.cli``."""

from variorum.cli import main

main()
