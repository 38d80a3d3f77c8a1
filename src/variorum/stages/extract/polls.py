"""What the paper asks its readers to vote on: a question, its answers and the votes counted so far."""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from collections.abc import Sequence

from variorum.stages.extract.tree import Line
from variorum.text.caseless import Caseless

_POLL = Caseless(
    r"\W*(?:(?:quick |online |reader |readers['’] |today['’]s )?poll|have your say|umfrage|abstimmung|sondage|encuesta|sondaggio|enquete"
    r"|poll de opinião|peiling|omröstning|アンケート|استطلاع)\W*",
)
_VOTED = (
    r"\W*\d[\d.,  ]{0,8} (?:votes?|readers have voted|people have voted|stimmen|votes exprimés|votos|voti)"
    r"(?: so far| cast| in all| in total| bisher| abgegeben| jusqu['’]ici| hasta ahora| finora| até agora)?\W*"
)
_RESULT = rf"\W*(?:[^\d%]{{1,40}}\d{{1,3}}(?:[.,]\d{{1,2}})? ?%\W{{0,4}}){{2,6}}{_VOTED}"
_COUNT_OF_VOTES = Caseless(f"{_VOTED}|{_RESULT}")
_VOTES = Caseless(rf"{_VOTED}|.{{0,40}}\d ?%\W*")


def is_poll(lines: Sequence[Line]) -> bool:
    """Called so in its first line, or in its second with the votes counted; or a question with the
    votes on its answers counted, in lines of their own or all in one."""
    first, second, *rest = lines
    if _POLL.fullmatch(first.text):
        return True
    if _POLL.fullmatch(second.text):
        return any(_VOTES.fullmatch(x.text) for x in rest)
    if not first.text.endswith("?"):
        return False
    return any(_COUNT_OF_VOTES.fullmatch(x.text) for x in (second, *rest))
