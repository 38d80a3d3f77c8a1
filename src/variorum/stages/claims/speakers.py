"""Who the source of each statement is: resolved inside the article, never outside it.

Pronouns, "Mr X", "the prosecutor" and "the union" are taken back to the fullest name the article
gives. What could be another is said to be a guess.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from variorum.model import Speaker
from variorum.model.claim import SpeakerKind
from variorum.stages.claims.names import is_role
from variorum.stages.claims.nounphrases import clause_subject, left_phrase
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_HE = frozenset(
    ["lui", "ihm", "il", "er", "él", "he", "him", "his", "he'd", "he's", "he'll", "himself"]
)
_SHE = frozenset(
    ["elle", "ella", "sie", "she", "her", "hers", "she'd", "she's", "she'll", "herself"]
)
_THEY = frozenset(["they", "them", "their", "they'd", "they've", "they're", "they'll"])
_IT = frozenset(["it", "its", "it's"])
_WE = frozenset(["i", "we", "me", "us", "my", "our", "i'm", "i've", "we've", "we're"])
_RELATIVE = frozenset(["who", "which", "that", "whose"])
_SKIP = frozenset(
    ["the", "a", "an", "one", "this", "that", "another", "some", "its", "his", "her", "their"]
)


_LEAD = 2  # paragraphs of a lead, the headline being the first
_AHEAD = 60  # mentions looked ahead for a name


class Speakers:
    """Resolves the sources of a workspace's statements, in reading order."""

    def __init__(self, w: Workspace, byline: tuple[str, ...] = (), *, english: bool = True) -> None:
        self.r: Reading = w.r
        self.w = w
        sources = frozenset(s.source[0] for s in w.found if s.source is not None)
        self.people = People(w.r, sources, english=english)
        self.byline = byline
        self.done: dict[int, Speaker] = {}
        self.last_person: Entity | None = None
        self.last_of: dict[str, Entity] = {}
        self.last_group: Speaker | None = None
        self.last_org: Speaker | None = None
        self.described: dict[str, Entity] = {}

    def of(self, s: Statement) -> Speaker:
        """The speaker of a statement; ask in reading order."""
        known = self.done.get(id(s))
        if known is not None:
            return known
        speaker = self._speaker(s)
        self.done[id(s)] = speaker
        return speaker

    def _speaker(self, s: Statement) -> Speaker:
        if s.inherits is not None:
            before = self.of(s.inherits)
            return _guessed(before)
        if s.source is None:
            return Speaker()
        found = self._resolve(s.source, s)
        return _guessed(found) if s.guess else found

    def _resolve(self, source: Range, s: Statement) -> Speaker:
        r = self.r
        a, b = source
        low = r.low[a]
        if "-" in low and low.rsplit("-", 1)[-1] in ("il", "elle"):  # French "dit-il"
            low = low.rsplit("-", 1)[-1]
        if b - a == 1 and low in _RELATIVE:
            return self._antecedent(a, s)
        if b - a == 1 or r.tag[a] == "P":
            pronoun = self._pronoun(low, a)
            if pronoun is not None:
                return pronoun
        if low in ("his", "her") and b - a == 1:
            return self._of_person(self._recent("m" if low == "his" else "f", a), True)
        return self._phrase(a, b)

    # -- pronouns --------------------------------------------------------------------------------
    def _pronoun(self, low: str, at: int) -> Speaker | None:
        if low in _HE:
            return self._of_person(self._recent("m", at), self._several("m", at))
        if low in _SHE:
            return self._of_person(self._recent("f", at), self._several("f", at))
        if low in _THEY:
            known = self.last_group
            return _guessed(known) if known else Speaker(self.r.word[at], kind="group", guess=True)
        if low in _IT:
            known = self._subject_organisation(at) or self._organisation_near(at) or self.last_org
            return _guessed(known) if known else Speaker(None, kind="unattributed", guess=True)
        if low in _WE:
            name = self.byline[0] if len(self.byline) == 1 else None
            return Speaker(name, kind="person", guess=True)
        return None

    def _subject_organisation(self, at: int) -> Speaker | None:
        """The organisation that the sentence of "it" has for its subject: "The bloc condemned what
        it called…"."""
        r = self.r
        subject = clause_subject(r, r.sent_first[r.sentence[at]], at)
        if subject is None or subject[1] >= at:
            return None
        found = self._phrase(*subject)
        return found if found.kind == "organisation" else None

    def _organisation_near(self, at: int) -> Speaker | None:
        """The organisation named last in this paragraph or the one before: what "it" takes up."""
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - 1)]
        for place, e in self.people.mentions_before(at, floor):
            if not e.person and self._subject_place(place):
                return Speaker(e.name, None, None, "organisation")
        return None

    def _organisations_near(self, at: int) -> list[tuple[int, Entity]]:
        """The organisations named in this paragraph and the two before, latest first."""
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - 2)]
        return [
            m
            for m in self.people.mentions_before(at, floor)
            if not m[1].person and len(m[1].key) > 1
        ]

    def _several(self, gender: str, at: int) -> bool:
        """Whether more than one person in reach could be meant."""
        return len(self._in_reach(gender, at)) != 1

    def _in_reach(self, gender: str, at: int) -> list[Entity]:
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - 2)]
        found = {
            id(e): e
            for _, e in self.people.mentions_before(at, floor)
            if e.person and e.gender in ("", gender)
        }
        return list(found.values())

    def _recent(self, gender: str, at: int) -> Entity | None:
        """The person a pronoun takes up: the subject of the clauses before it, latest first, else
        the last speaker, else the last one named."""
        weak: Entity | None = None
        for e in self._subjects_before(at):
            if e.gender == gender:
                return e
            if not e.gender and e.sure:
                e.gender = gender  # told by the pronoun, once, by the nearest subject
                return e
            if not e.gender and weak is None:
                weak = e  # a lone capitalised word may be a firm's or a dog's
        last = self.last_person
        if last is not None and last.gender == gender:
            return last
        if gender in self.last_of:
            return self.last_of[gender]
        if weak is not None:
            return weak
        if last is not None and not last.gender:
            return last
        for _, e in self.people.mentions_before(at):
            if e.person and e.gender in ("", gender):
                return e
        return None

    def _subjects_before(self, at: int) -> Iterator[Entity]:
        """The persons that are subjects in the sentence of ``at`` and the three before it; the
        latest sentence first, each from its beginning."""
        r, people = self.r, self.people
        for number in range(r.sentence[at], max(-1, r.sentence[at] - 4), -1):
            first = r.sent_first[number]
            stop = at if number == r.sentence[at] else r.sent_first[number + 1]
            if number == r.sentence[at] and r.low[first] == "asked":
                continue  # "Asked if X was lazy, he said": he is not X
            for p in range(first, stop):
                e = people.at.get(p)
                if e is None or not e.person or self.w.quoted[p] >= 0:
                    continue
                if self._subject_place(p):
                    yield e

    def _subject_place(self, p: int) -> bool:
        """Whether a name stands as a subject: not possessive, not after a preposition or verb."""
        r, people = self.r, self.people
        e = people.at[p]
        start = p
        while start > 0 and people.at.get(start - 1) is e:
            start -= 1
        end = p + 1
        while end < len(r) and people.at.get(end) is e:
            end += 1
        if r.low[end - 1].endswith("'s"):
            return False
        k = start - 1
        while k >= 0 and r.tag[k] in "NJDSA#" and r.sentence[k] == r.sentence[start]:
            k -= 1
        if k < 0 or r.sentence[k] != r.sentence[start]:
            return True
        if r.low[k] in ("said", "says", "added", "told", "wrote", "by") and self.w.quoted[k] < 0:
            return True
        return r.tag[k] in ',CUT"q-:'

    def _antecedent(self, at: int, s: Statement) -> Speaker:
        """ "X, who said": the phrase before the relative pronoun."""
        r = self.r
        end = at
        while end > 0 and r.tag[end - 1] in ",":
            end -= 1
        floor = r.sent_first[r.sentence[at]]
        for p in range(end - 1, max(floor, end - 30) - 1, -1):
            e = self.people.at.get(p)
            if e is not None and r.tag[at - 1] == "," and e.person:
                return self._of_person(e, p < end - 1)
            if r.tag[p] in "VX.":
                break
        start = left_phrase(r, end, floor)
        return self._phrase(start, end) if start is not None else Speaker()

    # -- phrases ---------------------------------------------------------------------------------
    def _phrase(self, a: int, b: int) -> Speaker:
        r, people, lists = self.r, self.people, self.people.lists
        phrase = " ".join(r.said(a, b).split())
        lowered = phrase.lower().replace("’", "'")
        head = self._head(a, b)
        word = r.low[head]
        artefact = word in r.lex.artefacts and not (head in people.at and people.at[head].person)
        entity = self._named(a, b, head)
        if artefact:
            return Speaker(_bare(phrase), None, self._maker(a, b), "artefact")
        if entity is not None and entity.person:
            return self._of_person(entity, not entity.sure and len(entity.key) == 1 and False)
        if any(p in lowered for p in lists.anonymous) or word in lists.sources:
            return Speaker(_bare(phrase), None, self._maker(a, b), "anonymous")
        if entity is not None:
            found = Speaker(entity.name, None, None, "organisation")
            self.last_org = found
            return found
        return self._described(a, b, head, phrase)

    def _named(self, a: int, b: int, head: int) -> Entity | None:
        """The entity that the phrase names: at its head, or in apposition to it."""
        people, r = self.people, self.r
        e = people.at.get(head)
        if e is not None:
            return e
        for k in range(a, b):
            e = people.at.get(k)
            if e is None:
                continue
            if not e.person and k > a and r.tag[k - 1] == "," and self._ends_phrase(k, b):
                return e
            possessive = any(r.low[m].endswith("'s") for m in range(k, b) if people.at.get(m) is e)
            if (
                e.person
                and not possessive
                and (k == a or r.tag[k - 1] in ",NJDa" or k - 1 in people.at)
            ):
                if k > a and r.tag[k - 1] == "R":
                    continue
                end = k
                while end < b and people.at.get(end) is e:
                    end += 1
                if end >= b or r.tag[end] in ",WR(":
                    return e
        return None

    def _ends_phrase(self, k: int, b: int) -> bool:
        """Whether the entity at k reaches the phrase's end: "the owner, Minera Sol"."""
        e = self.people.at.get(k)
        while k < b and self.people.at.get(k) is e:
            k += 1
        return k >= b or self.r.tag[k] in ","

    def _head(self, a: int, b: int) -> int:
        """The head of a phrase: the last noun before a preposition, comma or relative clause."""
        r = self.r
        head = a
        for k in range(a, b):
            t = r.tag[k]
            if t in "NMBJ#Z" or (t == "P" and k == a):
                head = k
            elif t in "R,WTVX(-" and k > a and r.tag[head] in "NMBJ#Z":
                break
            elif t == "C" and r.low[k] == "and":
                continue
        return head

    def _maker(self, a: int, b: int) -> str | None:
        """Whose report it is: "by the auditors", "the ministry's statement", "released by…"."""
        r, people = self.r, self.people
        for k in range(a, b):
            e = people.at.get(k)
            if e is not None and (
                r.low[k].endswith("'s") or (k > a and (r.tag[k - 1] == "R" or r.tag[k - 1] == "D"))
            ):
                return e.name
            if e is not None and not e.person:
                return e.name
        return None

    def _described(self, a: int, b: int, head: int, phrase: str) -> Speaker:
        """A description without a name: taken back to whom it describes, or left as written."""
        r, lists = self.r, self.people.lists
        word = r.low[head]
        definite = r.low[a] in ("the", "this", "that", "his", "her", "its", "their")
        plural = (word.endswith("s") and word[:-1] in lists.roles) or word in lists.groups
        if plural:
            group = Speaker(_bare(phrase), None, self._maker(a, b), "group")
            self.last_group = group
            return group
        if word in lists.org_nouns:
            return self._organisation(a, word, phrase, definite)
        if is_role(lists, word) or r.tag[head] == "#" or "-old" in word:
            if definite and r.low[a] == "the":
                e = self._by_role(word, a) or self._later_by_role(word, a) or self._only_one(a)
                if e is not None:
                    return self._of_person(e, True)
            if r.low[a] in ("a", "an") and r.paragraph[a] <= _LEAD:
                e = self._later_by_role(word, a)
                if e is not None:
                    return self._of_person(e, True)
            organisation = self._maker(a, b)
            return Speaker(_bare(phrase), _role_words(r, a, head), organisation, "anonymous")
        if word.endswith("s") and not word.endswith("ss"):
            group = Speaker(_bare(phrase), None, None, "group", guess=True)
            self.last_group = group
            return group
        if any(c.isupper() for c in phrase[:1]) and r.tag[head] == "M":
            return Speaker(_bare(phrase), None, None, "person", guess=True)
        return Speaker(_bare(phrase), None, None, "group", guess=True)

    def _organisation(self, a: int, word: str, phrase: str, definite: bool) -> Speaker:
        """ "The union": the organisation whose name or description has the word."""
        if definite:
            before = [e for _, e in self.people.mentions_before(a)]
            for e in before:
                if not e.person and any(word in k for k in e.key):
                    return Speaker(e.name, None, None, "organisation", guess=True)
            for e in before:
                if e.organisation and word in e.organisation.lower().split():
                    return Speaker(e.organisation, None, None, "organisation", guess=True)
            near = {id(e): e for _, e in self._organisations_near(a)}
            if len(near) == 1:
                only = next(iter(near.values()))
                return Speaker(only.name, None, None, "organisation", guess=True)
        found = Speaker(_bare(phrase), None, None, "organisation")
        self.last_org = found
        return found

    def _later_by_role(self, word: str, at: int) -> Entity | None:
        """The one person whom the article names after the description, with that role: leads say
        "a minister", the next paragraph who."""
        k = bisect_left(self.people.mentions, at, key=lambda m: m[0])
        later = {
            id(e): e
            for _, e in self.people.mentions[k : k + _AHEAD]
            if e.person and e.role and word in e.role.lower().split()
        }
        return next(iter(later.values())) if len(later) == 1 else None

    def _only_one(self, at: int) -> Entity | None:
        """The person whom a description can mean because no other is in reach."""
        near = {
            id(e): e
            for place, e in self.people.mentions_before(
                at, self.r.para_first[max(0, self.r.paragraph[at] - 2)]
            )
            if e.person and e.sure
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def _by_role(self, word: str, at: int) -> Entity | None:
        """The person described by a role before: "the prosecutor"."""
        for _, e in self.people.mentions_before(at):
            if e.person and e.role:
                role = e.role.lower().split()
                if word in role or word in (r.split("-")[-1] for r in role):
                    return e
        if word in ("man", "woman", "lawmaker", "politician", "nominee", "candidate", "leader"):
            return self.last_person
        return None

    def _of_person(self, e: Entity | None, guess: bool) -> Speaker:
        if e is None:
            return Speaker(None, kind="person", guess=True)
        self.last_person = e
        self.last_of[e.gender] = e
        return Speaker(e.name, e.role, e.organisation, "person", guess)


def _guessed(s: Speaker) -> Speaker:
    return Speaker(s.name, s.role, s.organisation, s.kind, True)


def _bare(phrase: str) -> str:
    """Without a leading article, "A report" -> "report", and marks at the ends."""
    phrase = phrase.strip(" ,;:–—-")
    for article in ("The ", "A ", "An ", "the ", "a ", "an "):
        if phrase.startswith(article) and len(phrase) > len(article) + 1:
            return phrase if article == "The " and phrase[4].isupper() else phrase[len(article) :]
    return phrase


def _role_words(r: Reading, a: int, head: int) -> str | None:
    start = a
    while start < head and r.low[start] in _SKIP:
        start += 1
    return " ".join(r.said(start, head + 1).split())


KINDS: tuple[SpeakerKind, ...] = (
    "person",
    "organisation",
    "group",
    "artefact",
    "anonymous",
    "unattributed",
)
