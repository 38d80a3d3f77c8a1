"""Interviews printed as questions and answers without names: "How is your hearing?", "Bad. I’m 46."

Nothing but their form tells: paragraphs that ask "you", each with one after it that says "I". Frequently
asked questions have no "I" in their answers, and letters to an agony aunt have one in the question.
"""

from __future__ import annotations

from variorum.stages.claims.workspace import Statement, Workspace

ANSWER = "answer in an interview"
_ME = frozenset(["i", "i'm", "i've", "i'd", "i'll", "my", "me", "myself", "mine"])
_YOU = frozenset(["you", "you're", "you've", "you'd", "you'll", "your", "yours", "yourself"])
_QUESTIONS = 3  # with answers, at least
_SURE = 2  # of them that ask "you", and of their answers that say "I"
_LONGEST_QUESTION = 60  # tokens


def answers(w: Workspace) -> list[bool]:
    """Makes each answer of an interview a statement, whose speaker is whom the text is about; says
    which tokens they cover ([] if the text is no interview)."""
    r = w.r
    if r.text.count("?\n") < _QUESTIONS:
        return []
    last = len(r.para_first) - 1
    asks = [_asks(w, n) for n in range(last + 1)]
    pairs = [n for n in range(last) if asks[n] and not asks[n + 1] and not _is_quoted(w, n + 1)]
    you = sum(_has(w, n, _YOU) for n in pairs)
    mine = sum(_has(w, n + 1, _ME) for n in pairs)
    if any(r.word[r.para_first[n + 1]] in ("A", "Q") for n in pairs):
        return []  # turns with a label of their own
    if len(pairs) < _QUESTIONS or min(you, mine) < _SURE or any(_has(w, n, _ME) for n in pairs):
        return []
    covered = [False] * r.size
    answered = {n + 1 for n in pairs}
    for n in range(pairs[0] + 1, last + 1):
        goes_on = n - 1 in answered or (not asks[n - 1] and _has(w, n - 1, _YOU))
        if n in answered or (goes_on and not asks[n] and _has(w, n, _ME) and not _is_quoted(w, n)):
            answered.add(n)
            _make(w, n, covered)
    return covered


def _make(w: Workspace, n: int, covered: list[bool]) -> None:
    first = w.r.para_first[n]
    stop = w.r.paragraph_end(first)
    statement = Statement([(first, stop)], None, None, ANSWER)
    w.found.append(statement)
    covered[first:stop] = [True] * (stop - first)
    for q in w.quotes:
        if first <= q.first < stop:
            w.owner[q.first] = statement


def _asks(w: Workspace, n: int) -> bool:
    first = w.r.para_first[n]
    stop = w.r.paragraph_end(first)
    return (
        w.r.word[stop - 1] == "?"
        and stop - first <= _LONGEST_QUESTION
        and not _is_quoted(w, n)
        and w.quoted[stop - 1] < 0
    )


def _is_quoted(w: Workspace, n: int) -> bool:
    """Whether somebody's words stand in quotation marks there: then it is told, and no answer."""
    first = w.r.para_first[n]
    return max(w.quoted[first : w.r.paragraph_end(first)], default=-1) >= 0


def _has(w: Workspace, n: int, said: frozenset[str]) -> bool:
    first = w.r.para_first[n]
    return not said.isdisjoint(
        x.replace("’", "'") for x in w.r.low[first : w.r.paragraph_end(first)]
    )
