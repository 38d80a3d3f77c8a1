"""The full-text index over distinct sentences in PostgreSQL: a tsvector beside each sentence.

Words are cut and folded here, not by PostgreSQL's parser, so that a search finds the same sentences
in every archive: runs of letters and digits, marks folded off, no stemming, no stop words (the rules
of FTS5's unicode61 with remove_diacritics 2).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from sqlalchemy import Connection, text

_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORD_CATEGORIES = frozenset("LN")
# What a tsvector can hold: words of 2,046 bytes, positions up to 16,383, one MB in all.
_LONGEST = 500
_MOST_WORDS = 16_000


def words_of(sentence: str) -> Iterator[str]:
    """The words of a text, folded."""
    letters: list[str] = []
    for char in unicodedata.normalize("NFD", sentence).casefold():
        category = unicodedata.category(char)
        if category[0] in _WORD_CATEGORIES:
            letters.append(char)
        elif category != "Mn" and letters:
            yield "".join(letters)[:_LONGEST]
            letters = []
    if letters:
        yield "".join(letters)[:_LONGEST]


def vector(sentence: str) -> str:
    """A tsvector as PostgreSQL reads it."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words_of(sentence), 1):
        if place > _MOST_WORDS:
            break
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def index_sentences(connection: Connection, numbered: list[tuple[int, str]]) -> None:
    connection.execute(
        text("INSERT INTO sentence_fts (id, words) VALUES (:id, CAST(:words AS tsvector))"),
        [{"id": number, "words": vector(sentence)} for number, sentence in numbered],
    )


def forget_sentence(connection: Connection, number: int) -> None:
    connection.execute(text("DELETE FROM sentence_fts WHERE id = :id"), {"id": number})


def match_expression(query: str) -> str | None:
    """What people type, as a tsquery: words and "phrases", all of them wanted, a trailing ``*`` for
    a prefix. Only folded words get into it, so no input is syntax. None when nothing is left."""
    terms = []
    for phrase, word in _TERM.findall(query.replace("\x00", " ")):
        term = phrase or word
        prefix = ":*" if not phrase and term.endswith("*") else ""
        words = list(words_of(term))
        if words:
            told = [f"'{w}'" for w in words]
            told[-1] += prefix
            terms.append("(" + " <-> ".join(told) + ")")
    return " & ".join(terms) or None
