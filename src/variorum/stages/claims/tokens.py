"""The tokens of the stage: words with their hyphens and apostrophes, numbers, single marks."""

from __future__ import annotations

import re
from itertools import accumulate

# Alternatives start with different characters and none can be read in two ways: linear. The first
# only is the commonest case of the third, read in half the time.
# The group keeps the tokens between the gaps that ``split`` gives; at a gap nothing is tried.
_TOKEN = re.compile(
    r"((?=\S)(?:[a-zA-Z]++(?=[ ,])|\d+(?:[.,:]\d+)*\w*(?:-[^\W\d]\w*)*|\w+(?:[.'’&-]\w+)*|"
    r"''|``|--+|\.\.+|\S))"
)


def tokens(text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    """The tokens of ``text[start:end]``, and where each starts in ``text``."""
    pieces = _TOKEN.split(text[start:end])
    places = list(accumulate(map(len, pieces), initial=start))
    return pieces[1::2], places[1:-1:2]
