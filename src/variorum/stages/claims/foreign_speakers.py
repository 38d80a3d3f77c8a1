"""Who speaks in French, German and Spanish texts: names, roles, pronouns, organisations.

The English resolver reads classes of words that these languages do not share; this one reads words:
a name is a run of capitals with a first name or a role beside it, a description is told by its noun
(``lexicons/foreign_people.toml``; German compounds by their end), and is taken back to whoever the
article gives that noun, or, like a pronoun, to who spoke last of that gender.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.model import Speaker
from variorum.model.claim import SpeakerKind
from variorum.stages.claims.foreign_lists import foreign, nouns
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.names import name_lists
from variorum.stages.claims.workspace import Statement, Workspace

_PARTICLES = words("de del la von van der den zu y di du le ben el")
_ONE = frozenset(["l'un", "l'une", "einer", "eine", "uno", "una"])
_OF_SEVERAL = frozenset(["des", "de", "d'entre", "der", "von"])
_ROLE_REACH = 6  # tokens before a name in which its role stands
_LEAD = 2  # paragraphs of a lead, the headline being the first
_REACH = 200  # mentions looked back over
_SHORTEST_COMPOUND = 4  # letters of the noun that ends a German compound


@dataclass(slots=True)
class Person:
    """Somebody named: fullest name, gender, the nouns that stand beside the name."""

    name: str
    key: tuple[str, ...]
    gender: str = ""
    role: str | None = None
    words: set[str] = field(default_factory=set)
    first: int = 0


class ForeignSpeakers:
    """Resolves the sources of a workspace's statements, in reading order."""

    def __init__(self, w: Workspace, code: str) -> None:
        self.w, self.r = w, w.r
        self.n = nouns(code)
        self.code = code
        self.lists = name_lists()
        self.sources = frozenset(s.source[0] for s in w.found if s.source is not None)
        lang = foreign(code)
        self.heads = lang.stop | lang.according | lang.adverbs | lang.aux | lang.that
        self.persons: list[Person] = []
        self.by_last: dict[str, Person] = {}
        self.at: dict[int, Person] = {}
        self.mentions: list[tuple[int, Person]] = []
        self.done: dict[int, Speaker] = {}
        self.last: list[tuple[int, str, Speaker]] = []  # who spoke: token, gender, speaker
        self.organisations: list[tuple[int, str]] = []
        self._find_names()

    # -- names -----------------------------------------------------------------------------------
    def _find_names(self) -> None:
        runs = self._runs()
        for full in (True, False):
            for start, end in runs:
                if start not in self.at:
                    self._name(start, end, full=full)
        self.mentions.sort(key=lambda m: m[0])
        self.organisations.sort()

    def _runs(self) -> list[tuple[int, int]]:
        """Runs of capitalised words, particles between them."""
        r, found, i = self.r, [], 0
        n = len(r)
        while i < n:
            if not self._capital(i):
                i += 1
                continue
            j = i + 1
            while j < n and r.sentence[j] == r.sentence[i]:
                if self._capital(j) or r.tag[j] == "a":
                    j += 1
                elif self._particle(j):
                    j += 2
                else:
                    break
            found.append((i, j))
            i = j
        return found

    def _particle(self, j: int) -> bool:
        r = self.r
        return (
            r.low[j] in _PARTICLES
            and j + 1 < len(r)
            and self._capital(j + 1)
            and r.low[j + 1] not in self.n.organisations
        )

    def _capital(self, i: int) -> bool:
        word = self.r.word[i]
        if "'" in word or "’" in word:
            word = word.replace("’", "'").rpartition("'")[2] or word
        if not word[0].isupper() or not word[0].isalpha():
            return False
        low = word.lower()
        if low in self.heads and i == self.r.sent_first[self.r.sentence[i]]:
            return False
        return not (self.r.tag[i] in "DSPORCUTWX" and low in self._function_words())

    def _function_words(self) -> frozenset[str]:
        n = self.n
        return n.definite | n.possessive | n.indefinite | n.masculine | n.feminine | n.plural | n.of

    def _plain(self, k: int) -> str:
        low = self.r.low[k]
        return low.rpartition("'")[2] if "'" in low and not low.endswith("'") else low

    def _name(self, start: int, end: int, *, full: bool) -> None:
        r, n = self.r, self.n
        if self._plain(start) in self._function_words() and start + 1 < end:
            start += 1
        core = start
        titled = False
        while core < end - 1 and self._before_name(core):
            titled = titled or self._plain(core) in n.titles
            core += 1
        key = tuple(self._plain(k) for k in range(core, end) if r.tag[k] != "a")
        if not key:
            return
        if any(self._kind(k) == "organisation" or k in self.lists.org_words for k in key):
            if full and len(key) > 1:
                self.organisations.append((start, " ".join(r.said(start, end).split())))
            return
        if full:
            if len(key) < 2 or not self._person_like(core, end, key, start):
                return
            person = self.by_last.get(key[-1])
            if person is None or not set(key) <= set(person.key):
                person = Person(" ".join(r.said(core, end).split()), key, first=start)
                self.persons.append(person)
                self.by_last.setdefault(key[-1], person)
        else:
            known = self.by_last.get(key[-1])
            if known is None and titled:
                known = Person(" ".join(r.said(core, end).split()), key, first=start)
                self.by_last[key[-1]] = known
            if known is None and len(key) == 1 and key[0] in self.lists.first_names:
                known = Person(r.word[core], key, first=start)
                self.by_last[key[0]] = known
            if known is None:
                self._lone_organisation(core, end, key)
                return
            person = known
        self._note(person, start, core, end)

    def _before_name(self, k: int) -> bool:
        """ "Polizeisprecherin | Anke Dorn", "Maître | Claire Dumas"."""
        low = self._plain(k)
        noun = self._noun(low) and self._kind(low) != "organisation"
        return bool(noun) or low in self.n.titles or self.r.tag[k] == "a"

    def _person_like(self, core: int, end: int, key: tuple[str, ...], start: int) -> bool:
        """A first name, a role or title before it, an age or role after it; in French and Spanish
        two capitals that are no headline."""
        r = self.r
        if key[0] in self.lists.first_names or core > start:
            return True
        before = self._plain(start - 1) if start else ""
        if self._kind(before) == "organisation":
            self.organisations.append((core, " ".join(r.said(core, end).split())))
            return False
        if self.n.compounds and start in self.sources and len(key) in (2, 3):
            return not any(p in key[-1] for p in self.n.anonymous)
        if self._noun(before) or before in self.n.titles:
            return True
        if (
            end + 1 < len(r)
            and r.tag[end] == ","
            and (r.word[end + 1].isdigit() or self._noun(self._plain(end + 1)))
        ):
            return True
        if self.n.compounds or not 2 <= len(key) <= 4:
            return False
        return before not in ("à", "en", "a") and before not in self.n.definite

    def _lone_organisation(self, core: int, end: int, key: tuple[str, ...]) -> None:
        """ "le constructeur Avionex", "La CGT": a name for an organisation."""
        r = self.r
        before = self._plain(core - 1) if core else ""
        named = self._kind(before) == "organisation"
        acronym = r.word[core].isupper() and len(key[0]) > 1 and not set(key[0]) <= set("ivxlc")
        if named or acronym:
            self.organisations.append((core, " ".join(r.said(core, end).split())))

    def _note(self, person: Person, start: int, core: int, end: int) -> None:
        r = self.r
        self.mentions.append((start, person))
        for k in range(start, end):
            self.at[k] = person
        for k in self._beside(start, core, end):
            noun = self._noun(self._plain(k))
            if noun:
                person.words.update((noun, self._plain(k)))
                person.role = person.role or r.word[k]
                person.gender = person.gender or self._gender_of(noun)
        if not person.gender:
            first = person.key[0]
            if len(person.key) > 1 and (first in self.lists.male) != (first in self.lists.female):
                person.gender = "m" if first in self.lists.male else "f"
            elif r.low[start - 1] in ("m", "mme"):
                person.gender = "m" if r.low[start - 1] == "m" else "f"

    def _beside(self, start: int, core: int, end: int) -> list[int]:
        """The tokens that may give the role: before the name, over one comma; after its comma."""
        r = self.r
        found, k = list(range(start, core)), start - 1
        commas = 0
        while k >= 0 and start - k <= _ROLE_REACH and r.sentence[k] == r.sentence[start]:
            if r.tag[k] == ",":
                commas += 1
                if commas > 1 or k != start - 1:
                    break
            elif self.w.quoted[k] >= 0 or r.tag[k] in ".:" or k in self.at:
                break
            found.append(k)
            k -= 1
        if end + 1 < len(r) and r.tag[end] == ",":
            found += [k for k in range(end + 1, min(len(r), end + 4)) if r.tag[k] not in ",."]
        return found

    # -- nouns -----------------------------------------------------------------------------------
    def _noun(self, low: str) -> str:
        """The noun for a person that a word is or ends in; "" if none."""
        n = self.n
        if low in n.male or low in n.feminine_nouns:
            return low
        if "-jährige" in low:
            return "jährige"
        if n.compounds:
            return self._ending(low, n.male | n.feminine_nouns)
        return ""

    def _ending(self, low: str, choice: frozenset[str]) -> str:
        return next(
            (low[k:] for k in range(2, len(low) - _SHORTEST_COMPOUND + 1) if low[k:] in choice), ""
        )

    def _kind(self, low: str) -> str:
        n = self.n
        if low in n.organisations:
            return "organisation"
        if low in n.artefacts:
            return "artefact"
        if n.compounds and self._ending(low, n.organisations):
            return "organisation"
        if n.compounds and self._ending(low, n.artefacts):
            return "artefact"
        return "person" if self._noun(low) else ""

    def _gender_of(self, noun: str) -> str:
        male, female = noun in self.n.male, noun in self.n.feminine_nouns
        return "" if male == female else "m" if male else "f"

    # -- resolving -------------------------------------------------------------------------------
    def of(self, s: Statement) -> Speaker:
        """The speaker of a statement; ask in reading order."""
        known = self.done.get(id(s))
        if known is None:
            known = self._speaker(s)
            self.done[id(s)] = known
        return known

    def _speaker(self, s: Statement) -> Speaker:
        if s.inherits is not None:
            before = self.of(s.inherits)
            return Speaker(before.name, before.role, before.organisation, before.kind, True)
        if s.source is None:
            return Speaker()
        a, b = s.source
        found, gender = self._resolve(a, b, speech=bool(s.quotes))
        if found.kind != "unattributed":
            self.last.append((a, gender, found))
        return found

    def _resolve(self, a: int, b: int, *, speech: bool = False) -> tuple[Speaker, str]:
        r, n = self.r, self.n
        low = r.low[a].rsplit("-", 1)[-1]
        if b - a == 1 and (
            low in n.masculine or low in n.feminine or low in n.plural or low == "on"
        ):
            return self._pronoun(low, a, speech=speech)
        lowered = " ".join(r.said(a, b).split()).lower().replace("’", "'")
        person = self._named(a, b)
        if person is not None:
            return self._of(person, guess=False), person.gender
        head, kind = self._head(a, b)
        name = self._bare(a, self._trim(a, b, head))
        if any(phrase in lowered for phrase in n.anonymous):
            return Speaker(name, None, None, "anonymous"), ""
        if b - a > 1 and r.low[a] in _ONE and r.low[a + 1] in _OF_SEVERAL:
            return Speaker(name, None, None, "anonymous"), self._article(a, head)
        apposed = self._apposed(a, b)
        if apposed is not None and kind != "artefact":
            return Speaker(apposed, None, None, "organisation"), self._article(a, head)
        if r.low[a] in n.plural:
            return Speaker(name, None, None, "group"), ""
        if kind == "artefact":
            return Speaker(name, None, None, "artefact"), self._article(a, head)
        if kind == "organisation" or self._organisation_at(a, b):
            return self._organisation(a, b, head, name), self._article(a, head)
        if kind == "person":
            return self._described(a, b, head, name)
        if r.word[head][0].isupper() and not n.compounds:
            return Speaker(name, None, None, "organisation", True), ""
        return Speaker(name, None, None, "group", True), self._article(a, head)

    def _apposed(self, a: int, b: int) -> str | None:
        """A name between commas that is no person's: "Le propriétaire, Logis-Est,"."""
        r = self.r
        for k in range(a + 1, b):
            if r.tag[k] != "," or k + 1 >= b or not self._capital(k + 1):
                continue
            end = k + 1
            while end < b and (self._capital(end) or r.low[end] in _PARTICLES):
                end += 1
            if end >= b or r.tag[end] == ",":
                return " ".join(r.said(k + 1, end).split())
        return None

    def _pronoun(self, low: str, at: int, *, speech: bool) -> tuple[Speaker, str]:
        """Whom a pronoun takes up; with ``speech`` (a quotation) it is a person."""
        n = self.n
        if low == "on":
            return Speaker(None, kind="unattributed"), ""
        if low in ("ils", "elles", "ellos", "ellas"):
            groups = [s for _, _, s in reversed(self.last[-6:]) if s.kind == "group"]
            known = groups[0] if groups else Speaker(self.r.word[at], kind="group")
            return Speaker(known.name, None, None, known.kind, True), ""
        gender = "m" if low in n.masculine else "f"
        kinds = ("person",) if speech else ("person", "organisation")
        subject_of = self._subject_before(at, gender)
        if subject_of is not None and subject_of.kind in kinds:
            return subject_of, gender
        for place, sex, speaker in reversed(self.last[-6:]):
            near = self.r.paragraph[at] - self.r.paragraph[place] <= 1
            if near and sex in (gender, "") and speaker.kind in kinds:
                subject = self._subject_since(place, at, gender)
                if subject is not None:
                    return self._of(subject, guess=True), gender
                return Speaker(
                    speaker.name, speaker.role, speaker.organisation, speaker.kind, True
                ), gender
        person = self._recent(gender, at)
        if person is None:
            return Speaker(None, kind="person", guess=True), gender
        return self._of(person, guess=True), gender

    def _subject_before(self, at: int, gender: str) -> Speaker | None:
        """ "La mairie a interdit… Elle": the subject of the sentence before, if no one spoke in
        it."""
        r = self.r
        number = r.sentence[at] - 1
        if number < 0:
            return None
        first = r.sent_first[number]
        spoke = self.last and r.sentence[self.last[-1][0]] >= number
        if spoke or self.w.quoted[first] >= 0 or r.paragraph[at] - r.paragraph[first] > 1:
            return None
        head, kind = self._head(first, min(first + 4, r.sentence_end(first)))
        found, own = self._resolve(first, head + 1)
        if not kind or own not in (gender, ""):
            return None
        return Speaker(found.name, found.role, found.organisation, found.kind, True)

    def _subject_since(self, place: int, at: int, gender: str) -> Person | None:
        """Somebody of that gender who opens a sentence between the last speaker and the pronoun."""
        r = self.r
        for p, person in reversed(self.mentions[-_REACH:]):
            if place < p < at and person.gender == gender and self.w.quoted[p] < 0:
                first = r.sent_first[r.sentence[p]]
                if p - first <= 1 and r.sentence[p] > r.sentence[place]:
                    return person
        return None

    def _recent(self, gender: str, at: int) -> Person | None:
        before = [(p, x) for p, x in self.mentions if p < at][-_REACH:]
        for p, person in reversed(before):
            if person.gender in ("", gender) and self.w.quoted[p] < 0:
                person.gender = person.gender or gender
                return person
        return None

    def _named(self, a: int, b: int) -> Person | None:
        """The person the source names: in apposition or after a role, not after "of"."""
        r, of = self.r, self.n.of
        inside: Person | None = None
        for k in range(a, b):
            person = self.at.get(k)
            if person is None or (self.at.get(k - 1) is person and k > a):
                continue
            whose = k > a and (r.low[k - 1] in of or r.low[k].startswith(("d'", "de'")))
            if not whose or (self.n.compounds and r.low[k - 1] in ("der", "die")):
                return person
            inside = inside or None
        return inside

    def _head(self, a: int, b: int) -> tuple[int, str]:
        """The first word that is a noun for a speaker, and its kind; else the first name."""
        r = self.r
        for k in range(a, b):
            kind = self._kind(self._plain(k))
            if kind:
                return k, kind
            if r.tag[k] in ",:(":
                break
        first = next((k for k in range(a, b) if r.word[k][0].isupper() and k > a), None)
        start = a + 1 if b - a > 1 and self._plain(a) in self._function_words() else a
        return (first if first is not None else start), ""

    def _trim(self, a: int, b: int, head: int) -> int:
        """The end of a description: before a relative clause or what a comma adds."""
        r = self.r
        for k in range(head + 1, b):
            if r.tag[k] in ",-(:" or r.low[k] in ("qui", "que", "dont", "who"):
                return k
        return b

    def _article(self, a: int, head: int) -> str:
        low = self.r.low[a]
        if a == head and "'" not in low:
            return ""
        if low in self.n.masculine:
            return "m"
        return "f" if low in self.n.feminine else ""

    def _bare(self, a: int, b: int) -> str:
        r = self.r
        while a < b - 1 and r.low[a] in self.n.definite | self.n.indefinite:
            a += 1
        said = " ".join(r.said(a, b).split()).strip(" ,")
        for elided in ("l'", "l’", "L'", "L’", "d'", "d’"):
            said = said.removeprefix(elided)
        return said

    def _organisation_at(self, a: int, b: int) -> bool:
        return any(a <= p < b for p, _ in self.organisations)

    def _organisation(self, a: int, b: int, head: int, name: str) -> Speaker:
        r, n = self.r, self.n
        inside = [o for p, o in self.organisations if a <= p < b]
        if inside:
            return Speaker(inside[0], None, None, "organisation")
        bare = head + 1 >= self._trim(a, b, head)
        if bare and self._plain(head) in n.general and r.low[a].split("'")[0] in n.definite:
            before = [o for p, o in self.organisations if p < a]
            said = [s.name for _, _, s in self.last if s.kind == "organisation" and s.name]
            if before:
                return Speaker(before[-1], None, None, "organisation", True)
            if said and said[-1][0].isupper():
                return Speaker(said[-1], None, None, "organisation", True)
        return Speaker(name, None, None, "organisation")

    def _described(self, a: int, b: int, head: int, name: str) -> tuple[Speaker, str]:
        r, n = self.r, self.n
        noun = self._noun(self._plain(head))
        gender = self._gender_of(noun) or self._article(a, head)
        opening = r.low[a].split("'")[0]
        if opening in n.indefinite or r.low[a] in n.indefinite:
            return Speaker(name, name, None, "anonymous"), gender
        fits = [
            x for p, x in self.mentions
            if {noun, self._plain(head)} & x.words and x.gender in ("", gender or x.gender)
        ]  # fmt: skip
        if fits and opening in n.definite:
            before = [x for p, x in self.mentions if p < a and x in fits]
            return self._of((before or fits)[-1 if before else 0], guess=True), gender
        lead = r.paragraph[a] < _LEAD
        if opening in n.definite and noun not in n.office:
            person = self._spoken(gender, a)
            if person is None and lead:
                person = next(
                    (x for p, x in self.mentions if p > a and x.gender in ("", gender)), None
                )
            if person is not None:
                return self._of(person, guess=True), gender
        return Speaker(name, name, None, "person"), gender

    def _spoken(self, gender: str, at: int) -> Person | None:
        """Who was named last of that gender: "le technicien", "la mujer", "der 49-Jährige"."""
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - 2)]
        near = [(p, x) for p, x in self.mentions if floor <= p < at and self.w.quoted[p] < 0]
        for _, person in reversed(near[-_REACH:]):
            if not gender or person.gender in ("", gender):
                return person
        return None

    def _of(self, person: Person, *, guess: bool) -> Speaker:
        kind: SpeakerKind = "person"
        return Speaker(person.name, person.role, None, kind, guess)
