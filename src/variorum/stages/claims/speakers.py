"""Who the source of each statement is: resolved inside the article, never outside it.

Pronouns, "Mr X", "the prosecutor" and "the union" are taken back to the fullest name the article
gives. What could be another is said to be a guess.
"""

from __future__ import annotations

from weakref import WeakMethod

from variorum.model import Speaker
from variorum.model.claim import SpeakerKind
from variorum.stages.claims.descriptions import Descriptions
from variorum.stages.claims.firms import Firms
from variorum.stages.claims.focus import Focus, said_of
from variorum.stages.claims.interview import ANSWER
from variorum.stages.claims.it import named_in_clause, thing_before
from variorum.stages.claims.kind_words import (
    ABSTRACT,
    EXPERIMENTS,
    RUN_BY_SOMEBODY,
    THINGS,
)
from variorum.stages.claims.names import is_agent, is_role
from variorum.stages.claims.nounphrases import left_phrase, right_phrase
from variorum.stages.claims.objects import object_before
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.phrases import Phrase, bare_words, partitive, read_phrase
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.sayers import is_tag, named_by_himself, reverend_after, sayer_in
from variorum.stages.claims.subjects import Range, with_apposition
from variorum.stages.claims.workspace import Statement, Workspace

_HE = frozenset(["he", "him", "his", "he'd", "he's", "he'll", "himself"])
_SHE = frozenset(["she", "her", "hers", "she'd", "she's", "she'll", "herself"])
_THEY = frozenset(["they", "them", "their", "they'd", "they've", "they're", "they'll", "both"])
_IT = frozenset(["it", "its", "it's"])
_WE = frozenset(["i", "we", "me", "us", "my", "our", "i'm", "i've", "we've", "we're"])
_RELATIVE = frozenset(["who", "which", "that", "whose"])
_ONE = frozenset(["another", "someone", "somebody"])
_OTHERS = _ONE | frozenset(["another", "others", "some", "many", "several", "most", "few"])

_SOON = 6  # mentions after a pronoun in which it may be told whom it means
_SOME_OF = frozenset(["group", "team", "handful", "crowd", "number", "alliance"])
_MAY_BE_FIRMS = frozenset(["label", "newspaper", "paper", "magazine", "site", "website", "app"])

Resolved = tuple[Speaker, Entity | None]


class Speakers:
    """Resolves the sources of a workspace's statements, in reading order."""

    def __init__(self, w: Workspace, byline: tuple[str, ...] = ()) -> None:
        self.r: Reading = w.r
        self.w = w
        tokens = frozenset(k for s in w.found if s.source for k in range(*s.source))
        self.people = People(w.r, tokens, said_of(w), w.quoted)
        self.focus = Focus(w, self.people)
        self.descriptions = Descriptions(w, self.people, self.focus)
        self.firms = Firms(w, self.people, self.focus)
        # A ring of strong references would keep the whole reading until it is sought out.
        self.focus.described = WeakMethod(self._subject_person)
        self.byline = byline
        self._subjects: dict[int, Entity | None] = {}
        self.done: dict[int, Speaker] = {}

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
            return _guessed(self.of(s.inherits))
        if s.rule == ANSWER:
            entity = self.focus.interviewed(s.parts[0][0])
            return Speaker() if entity is None else _of_person(entity, True)[0]
        if s.source is None:
            return Speaker()
        found, entity = self._resolve(s.source)
        self.focus.heard(s.source[0], found, entity)
        return _guessed(found) if s.guess else found

    def _resolve(self, source: Range) -> Resolved:
        r = self.r
        a, b = source
        low = r.low[a]
        if b - a == 1 and low in _RELATIVE and not r.word[a].isupper():
            return self._antecedent(a)
        if b - a == 1 or (r.tag[a] == "P" and r.tag[a + 1] != "C"):
            pronoun = self._pronoun(low, a)
            if pronoun is not None:
                return pronoun
        return self._phrase(a, b)

    # -- pronouns --------------------------------------------------------------------------------
    def _pronoun(self, low: str, at: int) -> Resolved | None:
        if low in _HE or low in _SHE:
            gender = "m" if low in _HE else "f"
            e = self.focus.person(gender, at)
            if e is None:
                return self._not_named_yet(gender, at)
            return _of_person(e, self.focus.several(gender, at))
        if low in _THEY:
            return self._they(at), None
        if low in _IT:
            return self._it(at), None
        if low in _WE:
            name = self.byline[0] if len(self.byline) == 1 else None
            return Speaker(name, kind="person", guess=True), None
        if low in _OTHERS:
            return Speaker(self.r.word[at], kind="anonymous" if low in _ONE else "group"), None
        return None

    def _not_named_yet(self, gender: str, at: int) -> Resolved:
        """ "Police stopped a driver. | He said…": whom the sentence before brings in; else who is
        named next: "As she left court, | she said… Anna Berg was cleared"."""
        r, number = self.r, self.r.sentence[at]
        stop = r.sent_first[number]
        subject = self._subject(number, at)[1]  # "The widow wept as | she told"
        known = subject is not None and subject.person and not subject.doubtful
        if subject is not None and known and subject.gender in ("", gender):
            return _of_person(subject, True)
        for k in range(r.sent_first[number - 1] if number else stop, stop):
            if r.low[k] not in ("a", "an", "one") or self.w.quoted[k] >= 0:
                continue
            if k and r.low[k - 1] in ("as", "like"):
                continue  # "remembers her | as a fierce teacher"
            p = read_phrase(r, self.people.lists, k, max(k + 1, right_phrase(r, k, stop)))
            if self.descriptions.is_person(p) and self.descriptions.gender(p) in ("", gender):
                return _of_person(self.descriptions.person(p).entity, True)
        object_ = object_before(self.w, self.descriptions, gender, at)
        if object_ is not None:
            return _of_person(object_, True)
        for place, e in self.people.mentions_after(at, _SOON):
            if r.paragraph[place] <= r.paragraph[at] + 1 and e.person and e.gender in ("", gender):
                return _of_person(e, True)
        return _of_person(None, True)

    def _they(self, at: int) -> Speaker:
        """The group that spoke last or is the subject of the sentence before."""
        kinds: tuple[SpeakerKind, ...] = ("group", "organisation", "anonymous")
        found = self._before(at, kinds) or self.focus.last_group
        return _guessed(found) if found else Speaker(self.r.word[at], kind="group", guess=True)

    def _it(self, at: int) -> Speaker:
        """The organisation or thing that spoke last or is the subject of the sentence before."""
        kinds: tuple[SpeakerKind, ...] = ("organisation", "artefact")
        found = self._before(at, kinds)
        if found is None and self.r.low[at] == "its":
            found = named_in_clause(self.r, self.people, at)
        if found is None:
            near = self.focus.organisations_near(at)
            found = next(
                (_of_organisation(e) for e in near if self.focus.subject_place(e.places[-1])),
                self.focus.last_org,
            )
        if found is None:
            found = thing_before(self.r, self.people, at)
        return _guessed(found) if found else Speaker(None, kind="unattributed", guess=True)

    def _before(self, at: int, kinds: tuple[SpeakerKind, ...]) -> Speaker | None:
        """Who spoke in this sentence or one of the three before it, or is its subject, if of such
        a kind: "The bloc condemned what it called…"."""
        number = self.r.sentence[at]
        for n in range(number, max(-1, number - 4), -1):
            for place, _, speaker in reversed(self.focus.spoke.get(n, [])):
                if place < at and speaker.kind in kinds:
                    return speaker
            if n == number and self._parts_the_clause(n, at):
                continue
            found, _ = self._subject(n, at)
            if found.kind in kinds and not (found.kind == "group" and found.guess):
                return found
        return None

    def _parts_the_clause(self, number: int, at: int) -> bool:
        """ "The bakery's debts, | they said, would grow": a pronoun between a subject and its verb is
        another."""
        r = self.r
        subject = self.focus.subject_range(number, at)
        if subject is None:
            return False
        return (subject[1] == at - 1 and r.tag[at - 1] == ",") or is_tag(r, at)

    def _subject(self, number: int, at: int) -> Resolved:
        """The subject of a sentence, if it stands before token ``at`` and is no pronoun."""
        subject = self.focus.subject_range(number, at)
        if subject is None or self.r.tag[subject[0]] in "PO":
            return Speaker(), None
        return self._phrase(*with_apposition(self.r, subject, at))

    def _subject_person(self, number: int, at: int) -> Entity | None:
        """The person that the subject of an earlier sentence names or describes; once a sentence,
        and none while one is being sought ("the man" is taken back in its turn)."""
        if number in self._subjects or number == self.r.sentence[at]:
            return self._subjects.get(number)
        self._subjects[number] = None
        _, entity = self._subject(number, at)
        person = entity is not None and entity.person and not entity.doubtful
        self._subjects[number] = entity if person else None
        return self._subjects[number]

    def _antecedent(self, at: int) -> Resolved:
        """ "X, who said": the phrase before the relative pronoun."""
        r = self.r
        end = at
        while end > 0 and r.tag[end - 1] in ",-":
            end -= 1
        floor = r.sent_first[r.sentence[at]]
        for p in range(end - 1, max(floor, end - 30) - 1, -1):
            e = self.people.at.get(p)
            if e is not None and r.tag[at - 1] in ",-" and e.person:
                return _of_person(e, p < end - 1)
            if r.tag[p] in "VX." or r.low[p] == "according":
                break
        start = left_phrase(r, end, floor)
        if start is not None and r.low[start : start + 2] == ["according", "to"]:
            start += 2  # "according to | the mayor, who said"
        if start is not None and r.low[at] == "who":
            start = self._person_in(start, end)
        elif start is not None:
            start = sayer_in(r, self.people, start, end)
        named = self.people.at.get(start - 2) if start is not None and start > floor + 1 else None
        if named is not None and named.person and start is not None and r.tag[start - 1] == ",":
            return _of_person(named, False)  # "X, a resident who said"
        return self._phrase(start, end) if start is not None else (Speaker(), None)

    def _person_in(self, start: int, end: int) -> int:
        """ "A lawsuit by | a rancher who claimed": who says it is no thing."""
        r = self.r
        for k in range(start + 1, end - 1):
            if r.tag[k] == "R" and r.low[k - 1] in r.lex.artefacts:
                return k + 1
        return start

    # -- phrases ---------------------------------------------------------------------------------
    def _phrase(self, a: int, b: int) -> Resolved:
        r, people, lists = self.r, self.people, self.people.lists
        p = self._without_verb(read_phrase(r, lists, a, b))
        couple = self._couple(a, b)
        if couple is not None:
            return couple, None
        word = r.low[p.head]
        press = self.firms.press(p)
        if press is None and word in _MAY_BE_FIRMS and p.stop > p.end:
            press = self._named(p)  # "her label, Parrot,"
        if press is not None and not press.person:
            return _guessed(_of_organisation(press)), None
        if word == "newspaper" and p.bare:
            return Speaker(bare_words(r, a, p.end), None, None, "organisation"), None
        thing = word in r.lex.artefacts or word in THINGS
        if thing and not (p.head in people.at and people.at[p.head].person):
            maker = self.descriptions.maker(a, b)
            return Speaker(bare_words(r, a, p.end), None, maker, "artefact"), None
        entity = self._named(p) or reverend_after(r, people, b) or named_by_himself(r, people, p)
        if entity is None and word in EXPERIMENTS:
            return Speaker(bare_words(r, a, p.end), None, None, "artefact"), None
        if entity is not None and entity.person:
            return _of_person(entity, False)
        lowered = " ".join(r.said(a, b).split()).lower().replace("’", "'")
        unnamed = any(map(lowered.__contains__, lists.anonymous))
        if unnamed or not lists.sources.isdisjoint(r.low[a : p.head + 1]):
            return self._anonymous(p)
        if entity is not None:
            return _of_organisation(entity), None
        return self._described(p)

    def _without_verb(self, p: Phrase) -> Phrase:
        """ "The park authority | plans": without the verb at the end that looks like a noun."""
        r, lists, k = self.r, self.people.lists, p.head
        if r.lex.verb_forms.get(r.low[k]) != "third" or k - 1 <= p.first or k + 1 != p.end:
            return p
        noun = r.low[k - 1]
        singular = noun in lists.org_nouns or is_role(lists, noun)
        return read_phrase(r, lists, p.first, k) if singular and p.article else p

    def _anonymous(self, p: Phrase) -> Resolved:
        maker = self.descriptions.maker(p.first, p.stop)
        name = bare_words(self.r, p.first, p.end)
        if p.plural:
            return Speaker(name, None, maker, "anonymous"), None
        entity = self.descriptions.without_name(p)
        entity.kind = "anonymous"
        return Speaker(name, entity.role, maker, "anonymous"), entity

    def _couple(self, a: int, b: int) -> Speaker | None:
        """ "X and his wife, Y": two persons, a group of their own."""
        r, at = self.r, self.people.at
        first: Entity | None = None
        joined = False
        if r.low[a] in ("he", "she") and r.low[a + 1 : a + 2] == ["and"]:
            first = self.focus.person("m" if r.low[a] == "he" else "f", a)
        for k in range(a, b):
            if r.tag[k] in "WVXTR:":
                break
            e = at.get(k)
            if r.low[k] == "and" and first is not None:
                joined = True
            elif e is not None and e.person and not r.low[k].endswith("'s"):
                if first is None and not joined:
                    first = e
                elif joined and e is not first:
                    end = k
                    while end < b and at.get(end) is e:
                        end += 1
                    words = bare_words(r, a, end)
                    if end < b and r.tag[end] == "N":
                        return None  # "a Health and Safety Executive | inspector, X"
                    if r.tag[a] == "P" and first is not None:
                        words = f"{first.name} {bare_words(r, a + 1, end)}"
                    return Speaker(words, kind="group")
        return None

    def _named(self, p: Phrase) -> Entity | None:
        """The entity that the phrase names: at its head, or in apposition to it."""
        people, r = self.people, self.r
        e = people.at.get(p.head)
        if e is not None:
            return e
        astray = False
        for k in range(p.first, p.stop):
            astray = astray or (k > p.head and not self._still_apposed(p, k))
            e = people.at.get(k)
            if e is None or (k > p.first and people.at.get(k - 1) is e):
                continue
            end = k
            while end < p.stop and people.at.get(end) is e:
                end += 1
            if k == p.first and e.person and self._verb_taken_in(end, p.stop):
                return e
            if not (end >= p.stop or r.tag[end] in ",WR(:-"):
                continue
            if r.low[k - 1] in ("a", "an") and end == k + 1 and self._apposed(p, k):
                continue  # "Its jockey, an Irishman,"
            if r.low[end - 1].endswith("'s") and not (self._apposed(p, k) and not e.person):
                continue  # but "the auction house, Garland's,"
            before = r.tag[k - 1] if k > p.first else ","
            apposed = self._apposed(p, k)
            closes = self._closes(p, k, end)
            if astray and not apposed and not closes:
                continue
            if e.person and (
                before in ",NJaEGB#A" or (before == "D" and k - 1 == p.first) or apposed or closes
            ):
                if p.plural and (k > p.head or apposed):
                    continue
                return e
            if not e.person and apposed and (end >= p.stop or r.tag[end] == ","):
                return e
        return None

    def _verb_taken_in(self, k: int, stop: int) -> bool:
        """ "Ferreira | disagreed", "Trelawney | laughs": what the phrase holds after a name is its
        verb; not "Trelawney supporters"."""
        r, lists = self.r, self.people.lists
        if k >= stop or r.low[k - 1].endswith("'s") or not r.word[k][0].islower():
            return False
        low = r.low[k]
        if r.tag[k] in "EV" or r.lex.verb_forms.get(low) == "third":
            return k + 1 == stop or r.tag[k] != "E"
        bare = low.removesuffix("s")
        noun = not low.endswith("ed") and (
            low in lists.groups or low in lists.org_nouns or bare in lists.roles or is_agent(bare)
        )
        return k + 1 == stop and r.tag[k] == "N" and low.endswith(("s", "ed")) and not noun

    def _still_apposed(self, p: Phrase, k: int) -> bool:
        """Whether nothing between head and k takes the name elsewhere: "police searching for X"."""
        tag = self.r.tag
        return tag[k] not in "RWVXT:" and not (tag[k] in "EG" and tag[k - 1] not in ",D")

    def _closes(self, p: Phrase, k: int, end: int) -> bool:
        """ "minister of mines and energy Tom Alweendo", "cabinet member for housing X": the name ends
        what its role begins."""
        r, lists = self.r, self.people.lists
        before = r.low[k - 1]
        office = is_role(lists, p.word) or (is_agent(p.word) and r.tag[p.head] != "M")
        office = office and "W" not in r.tags[p.head + 1 : k]  # "the general, who is backed by X"
        role = r.tag[k - 1] in "NMG" and not is_role(lists, before) and office
        return role and end >= p.stop and not p.plural

    def _apposed(self, p: Phrase, k: int) -> bool:
        """Whether the name at k follows a comma: "the owner, Minera Sol", "its body, the X"."""
        r = self.r
        if r.low[k - 1] == "as" and "known" in r.low[max(p.first, k - 3) : k - 1]:
            return True  # "the officer, known only as W80"
        while k - 1 > p.first and r.tag[k - 1] in "DJANMGE":
            k -= 1
        return k > p.first and r.tag[k - 1] == ","

    def _described(self, p: Phrase) -> Resolved:
        """A description without a name: taken back to whom it describes, or left as written."""
        r, lists, word = self.r, self.people.lists, p.word
        name = bare_words(r, p.first, p.end).removesuffix("'s").removesuffix("’s")
        if partitive(r, p):
            return self._one_of(p, name)
        special = self._by_its_noun(p, name)
        if special is not None:
            return special
        firm = word in lists.org_nouns and word not in lists.groups
        if p.plural and p.definite and p.bare and (again := self.focus.several_again(p)):
            return _guessed(again), None
        if not firm and (p.plural or (word.endswith("s") and word[:-1] in lists.roles)):
            return Speaker(name, None, self.descriptions.maker(p.first, p.stop), "group"), None
        if word in lists.org_nouns:
            known = self.descriptions.known(p) if is_role(lists, word) or is_agent(word) else None
            if known is not None:
                return _of_person(known.entity, known.guess)  # "the developer", a man
            return self._organisation(p, name), None
        if self.descriptions.is_person(p) or r.tag[p.head] == "#":
            firm_meant = self.firms.firm_of(p) if is_agent(word) else None
            if firm_meant is not None:
                return _guessed(_of_organisation(firm_meant)), None
            meant = self.descriptions.person(p)
            return _of_person(meant.entity, meant.guess)
        if word.endswith("s") and not word.endswith("ss"):
            return Speaker(name, None, None, "group", guess=True), None
        if (
            p.article in ("the", "a", "his")
            and r.tag[p.head] in "NB"
            and not word.endswith(ABSTRACT)
        ):
            named = set(map(id, self.people.entities))
            meant = self.descriptions.person(p)
            meant.entity.doubtful = id(meant.entity) not in named
            return _of_person(meant.entity, True)
        if r.tag[p.head] == "M" and r.word[p.first][0].isupper():
            return Speaker(name, None, None, "person", guess=True), None
        return Speaker(name, None, None, "group", guess=True), None

    def _by_its_noun(self, p: Phrase, name: str) -> Resolved | None:
        """Nouns that are told by what stands beside them: "Friends of the Sea", "a group of
        residents", "a senior Labour figure", "the town hall"."""
        r, word = self.r, p.word
        after = r.low[p.head + 1 : p.head + 2] == ["of"]
        if word == "friends" and after and "M" in r.tags[p.head + 2 : p.head + 4]:
            return Speaker(name, None, None, "organisation"), None
        if word == "newspapers" or (word in _SOME_OF and p.article == "a" and self._of_people(p)):
            return Speaker(name, None, None, "group"), None
        if word == "figure" and p.article == "a":
            return self._anonymous(p)
        if word in RUN_BY_SOMEBODY and p.bare:
            return Speaker(name, None, None, "organisation"), None
        return None

    def _of_people(self, p: Phrase) -> bool:
        """ "A team | of scientists"."""
        r = self.r
        noun = next(
            (r.low[k] for k in range(p.head + 2, min(p.end, p.head + 5)) if r.low[k][-1] == "s"), ""
        )
        return r.low[p.head + 1] == "of" and bool(noun)

    def _one_of(self, p: Phrase, name: str) -> Resolved:
        one = self.r.low[p.first] == "one"
        kind: SpeakerKind = "anonymous" if one else "group"
        speaker = Speaker(name, None, None, kind)
        if not one:
            return speaker, None
        k = p.end + 2 if self.r.low[p.end : p.end + 2] == ["of", "them"] else p.end
        apposed = self.people.at.get(k + 1) if self.r.tags[k : k + 1] == "," else None
        if apposed is not None and apposed.person:
            return _of_person(apposed, False)  # "one of them, Piet Maas"
        return speaker, Entity(name, ("one",), True, places=[p.first], kind="anonymous")

    def _organisation(self, p: Phrase, name: str) -> Speaker:
        found = self.firms.organisation(p)
        if isinstance(found, Entity):
            return _guessed(_of_organisation(found))
        if found is not None:
            return Speaker(found, None, None, "organisation", guess=True)
        return Speaker(name, None, None, "organisation")


def _of_person(e: Entity | None, guess: bool) -> Resolved:
    if e is None:
        return Speaker(None, kind="person", guess=True), None
    return Speaker(e.name, e.role, e.organisation, e.kind, guess), e


def _of_organisation(e: Entity) -> Speaker:
    return Speaker(e.name, None, None, "organisation")


def _guessed(s: Speaker) -> Speaker:
    return Speaker(s.name, s.role, s.organisation, s.kind, True)
