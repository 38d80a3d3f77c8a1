"""Which of the words before a cue can say anything: after "which", and before a tag."""

from __future__ import annotations

from variorum.stages.claims.kind_words import THINGS
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.phrases import Phrase, read_phrase
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.workspace import Statement

_OPENS_OTHER = "WTUR"  # classes of the words that open another clause or an adverbial


def sayer_in(r: Reading, people: People, start: int, end: int) -> int:
    """ "At the request of | the council, which said": what says it is no request."""
    k = start
    while k < end:
        phrase = read_phrase(r, people.lists, k, end)
        if _could_say(r, people, phrase):
            return k
        k = next((j + 1 for j in range(phrase.head + 1, end) if r.tag[j] == "R"), end)
    return start


def _could_say(r: Reading, people: People, p: Phrase) -> bool:
    """Whether the phrase's noun is a body, a group or a document, or names one."""
    lists, word = people.lists, r.low[p.head]
    told = word in lists.org_nouns or word in lists.groups
    told = told or (p.plural and word.removesuffix("s") in lists.roles)
    return told or word in r.lex.artefacts or word in THINGS or people.at.get(p.head) is not None


def named_by_himself(r: Reading, people: People, p: Phrase) -> Entity | None:
    """ "One farmer, | who gave his name only as Zé", "a woman who asked to be identified as Ms Lin": who
    says the name by which a phrase is meant."""
    k = p.end
    k += r.tag[k : k + 1] == [","]
    if r.low[k : k + 1] != ["who"]:
        return None
    for j in range(k + 1, min(k + _LONGEST_NAMING, r.sentence_end(p.head) - 1)):
        if r.low[j] == "as" and r.tag[j + 1] == "M":
            return people.at.get(j + 1) or people.at.get(j + 2)
        if r.low[j] not in _NAMING:
            return None
    return None


_LONGEST_NAMING = 12  # tokens of "who asked to be identified only by her first name as"
_NAMING = words(
    "gave gives would give his her their own name names first last full surname given only just simply by "
    "identified identifies himself herself themselves asked wanted to be known introduced named called"
)


def is_put_to(r: Reading, s: Statement) -> bool:
    """ "Asked about the posts, | he said…": whether the source of a question is who is asked it."""
    if s.cue is None or s.source is None or r.low[s.cue[0]] != "asked":
        return False
    opens = s.cue[0] == r.sent_first[r.sentence[s.cue[0]]]
    return opens and s.source[0] >= s.parts[-1][1] and r.low[s.source[0] - 1] != "by"


def is_tag(r: Reading, at: int) -> bool:
    """ "The bees went on arriving, | they report.": a pronoun with its verb behind what it says, in whose
    words it is not meant."""
    first, stop = r.sent_first[r.sentence[at]], r.sentence_end(at)
    behind = at > first + 1 and r.tag[at - 1] in ',"q' and r.tag[first] not in _OPENS_OTHER
    said = r.low[at + 1 : at + 2]
    closes = at + 2 >= stop or r.tag[at + 2] in ".,"
    return behind and closes and bool(said) and said[0] in r.lex.cues


def reverend_after(r: Reading, people: People, b: int) -> Entity | None:
    """ "Vicar | the Rev Tim Lacey": the name that follows a bare role."""
    titles = ("rev", "revd", "reverend", "hon")
    led = b + 2 < r.size and r.low[b] == "the" and r.low[b + 1] in titles
    return people.at.get(b + 1) if led else None
