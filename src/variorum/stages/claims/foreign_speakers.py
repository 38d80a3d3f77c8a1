"""Who speaks in French, German and Spanish texts: names, roles, pronouns, organisations.

The English resolver reads classes of words that these languages do not share; this one reads words:
a name is a run of capitals with a first name or a role beside it, a description is told by its noun
(``lexicons/foreign_people.toml``; German compounds by their end), and is taken back to whoever the
article gives that noun, or, like a pronoun, to who spoke last of that gender.
"""

from __future__ import annotations

from variorum.model import Speaker
from variorum.model.claim import SpeakerKind
from variorum.stages.claims.foreign_german import ADVERBS
from variorum.stages.claims.foreign_lists import foreign, nouns
from variorum.stages.claims.foreign_names import HOLDS_OFFICE, ForeignNames, Person
from variorum.stages.claims.foreign_offices import complemented, office_holder, office_in
from variorum.stages.claims.foreign_taken_up import (
    apposed,
    left_out,
    name_in_marks,
    nameless_before,
    only_one,
    pointing,
    several,
    taken_up,
    whoever_tells,
)
from variorum.stages.claims.foreign_unnamed import place_of
from variorum.stages.claims.workspace import Statement, Workspace

_THE_LATTER = frozenset(["celui-ci", "celle-ci"])
_LATTER_REACH = 40  # tokens
_OWNERS = {"seinen": "er", "ihren": "sie"}  # "Nach seinen Worten"
_I = frozenset(["je", "ich", "yo"])
_THEN = frozenset(["puis", "et", "ensuite", "luego", "después", "y", "und", "dann", "mais", "pero"])
_BY = frozenset(["par", "por", "von", "durch", "avec", "con", "mit", "à", "a", "contre", "contra"])
_ONE = frozenset(["l'un", "l'une", "einer", "eine", "uno", "una"])
_OF_SEVERAL = frozenset(["des", "de", "d'entre", "der", "von"])
_NO_SUBJECT = frozenset(["den", "ob", "während", "über", "doch", "von", "unter", "alors", "si"])
_LATTER_HE = frozenset(["dernier", "último"])
_LATTER = _LATTER_HE | frozenset(["dernière", "última"])
_ACCORDING = frozenset(["pour", "selon", "für", "laut", "para", "según"])
_LEADS_TO = 4  # tokens of "Pour l'historienne" before the name
_LONGEST_OFFICE = 10  # tokens of "du syndicat des vins du Sorgue" before the comma
_ALSO = frozenset(["auch", "sogar", "inzwischen", "también", "incluso", "aussi"])
_AGED = ("jährige", "jähriger")
_SPOKE = 50  # statements looked back over for an organisation
_LEAD = 2  # paragraphs of a lead, the headline being the first


class ForeignSpeakers:
    """Resolves the sources of a workspace's statements, in reading order."""

    def __init__(self, w: Workspace, code: str) -> None:
        self.w, self.r = w, w.r
        self.n = nouns(code)
        self.names = ForeignNames(w, code)
        lang = foreign(code)
        self.pronouns = lang.pronouns
        self.no_source = (lang.stop | lang.aux | lang.that | _NO_SUBJECT) - self.n.definite
        self.done: dict[int, Speaker] = {}
        self.teller: Speaker | None = None  # who says "je"
        self.last: list[tuple[int, str, Speaker]] = []  # who spoke: token, gender, speaker

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
            since = self._named_since(s)
            if since is not None:
                return since
            before = self.of(s.inherits)
            return Speaker(before.name, before.role, before.organisation, before.kind, True)
        if s.source is None:
            person = left_out(self.names, s)
            return Speaker() if person is None else self._of(person, guess=True)
        a, b = s.source
        while b - a > 1 and self.r.low[a] in _ALSO:
            a += 1  # "Das bestätigte | auch die Bahn"
        according = s.rule.endswith("according to X") or s.rule.startswith("according")
        found, gender = self._resolve(a, b, speech=bool(s.quotes) or according)
        if found.kind != "unattributed":
            self.last.append((a, gender, found))
        return found

    def _resolve(self, a: int, b: int, *, speech: bool = False) -> tuple[Speaker, str]:
        if b - a == 1 and self.r.low[a] in ("quien", "qui"):
            named = next((x for _, x in self.names.mentions_before(a)), None)
            return (Speaker(), "") if named is None else (self._of(named, guess=True), named.gender)
        kind = pointing(self.r.low[a]) if b - a == 1 and self.n.compounds else ""
        if kind:
            return taken_up(self.names, a, kind, self.last), ""
        if self.r.low[a] in _I or self.r.low[a].startswith("j'"):
            self.teller = self.teller or whoever_tells(self.names)
            return self.teller, ""
        if b - a == 1 and self.r.low[a] in _THEN and self.last:
            return self.last[-1][2], self.last[-1][1]
        marked = name_in_marks(self.w, a, b)
        if marked:
            return Speaker(marked, None, None, "organisation"), ""
        pronoun = self._as_pronoun(a, b)
        if pronoun is not None:
            return self._pronoun(pronoun, a, speech=speech)
        head, kind = self._head(a, b)
        person = self._named(a, b) or (self._name_after(b) if kind == "person" else None)
        if person is not None:
            return self._of(person, guess=False), person.gender
        name = self._bare(a, self._trim(a, b, head))
        if self._is_anonymous(a, b):
            return Speaker(name, None, None, "anonymous"), self._article(a, head)
        if b - a > 1 and self._no_subject(a):
            return Speaker(), ""
        beside = apposed(self.names, a, b)
        if beside is not None and kind != "artefact":
            return Speaker(beside, None, None, "organisation"), self._article(a, head)
        return self._of_kind(a, b, head, kind, name)

    def _name_after(self, b: int) -> Person | None:
        """ "son avocat, | Me X", "Sa première adjointe, | X, a dit": the name after the comma of a
        description."""
        r = self.r
        k = b if r.tag[b - 1] == "," else b + 1
        if k >= r.size or r.tag[k - 1] != "," or r.sentence[k] != r.sentence[b - 1]:
            return None
        return self.names.at.get(k)

    def _as_pronoun(self, a: int, b: int) -> str | None:
        """The pronoun that a source is or begins with ("Er ist überzeugt"): "ce dernier" is one."""
        n, low = self.n, self.r.low[a].rsplit("-", 1)[-1]
        if self.r.low[a] in _THE_LATTER:
            return self.r.low[a]
        low = _OWNERS.get(low, low) if b - a == 1 else low
        if b - a == 1:
            known = low in n.masculine or low in n.feminine or low in n.plural or low == "on"
            return low if known else None
        if low in self.pronouns:
            return low
        if b - a == 2 and self.names.plain(b - 1) in _LATTER:
            return "celui-ci" if self.names.plain(b - 1) in _LATTER_HE else "celle-ci"
        return None

    def _is_anonymous(self, a: int, b: int) -> bool:
        r = self.r
        lowered = " ".join(r.said(a, b).split()).lower().replace("’", "'")
        if any(phrase in lowered for phrase in self.n.anonymous):
            return True
        several = a + 1 < r.size and (r.low[a + 1] in _OF_SEVERAL or r.low[a + 1].startswith("d'"))
        return several and r.low[a] in _ONE

    def _no_subject(self, a: int) -> bool:
        """ "Während des Rennens", "den Clip": what stands before the verb is not who speaks."""
        low = self.r.low[a]
        return low in self.no_source and low not in self.n.indefinite

    def _of_kind(self, a: int, b: int, head: int, kind: str, name: str) -> tuple[Speaker, str]:
        r, n = self.r, self.n
        if several(self.names, a, b, head, kind):
            return Speaker(name, None, None, "group"), ""
        if (
            kind == "organisation"
            and self.names.plain(head) == "policía"
            and r.low[a] in ("un", "una")
        ):
            return Speaker(name, name, None, "anonymous"), self._article(a, head)
        if self.names.plain(head) in HOLDS_OFFICE and (here := self._speaking(a, head)):
            return self._of(here, guess=True), here.gender
        if kind == "artefact":
            return Speaker(name, None, None, "artefact"), self._article(a, head)
        added = self._trim(a, b, head) if kind == "person" else b  # "La regidora, | del Partido X,"
        office = office_in(self.names, head, added) if kind == "person" else None
        if office is not None:
            return office_holder(self.names, a, name, head, office), self._article(a, head)
        if kind == "organisation" or self._organisation_at(a, added):
            return self._organisation(a, b, head, name), self._article(a, head)
        if kind == "person" or self._agent(a, head):
            return self._described(a, b, head, name)
        if r.word[head][0].isupper() and not n.compounds:
            return Speaker(name, None, None, "organisation", True), ""
        the = r.low[a].split("'")[0] in n.definite
        bare = the and head + 1 == self._trim(a, b, head)
        here = self._speaking(a, head) if bare and not n.compounds else None
        if here is None and bare and not n.compounds:
            here = only_one(self.names, a, self._article(a, head))
        if here is not None:
            return self._of(here, guess=True), here.gender  # "le maçon", a noun of no list
        return Speaker(name, None, None, "group", True), self._article(a, head)

    def _speaking(self, a: int, head: int) -> Person | None:
        """ "L'élu" and "la directiva" after somebody of that gender has spoken in the paragraph."""
        if not self.last or not self._in_paragraph(self.last[-1][0], a):
            return None
        if self.last[-1][2].kind != "person":
            return None
        name = self.last[-1][2].name
        gender = self._article(a, head)
        near = (x for _, x in self.names.mentions_before(a) if x.name == name)
        found = next(near, None)
        return found if found is not None and found.gender in ("", gender or found.gender) else None

    def _agent(self, a: int, head: int) -> bool:
        """An unknown noun that ends as one for a person: "ein Pendler", "l'ouvrière"."""
        word = self.names.plain(head)
        led = head > a or "'" in self.r.low[a]
        return (
            led
            and len(word) > 5
            and word.endswith(self.n.agents)
            and self.r.low[a] not in self.n.plural
        )

    def _pronoun(self, low: str, at: int, *, speech: bool) -> tuple[Speaker, str]:
        """Whom a pronoun takes up; with ``speech`` (a quotation) it is a person."""
        n = self.n
        if low == "on":
            there = place_of(self.w, foreign("fr"), at)
            if there is not None:
                return self._resolve(*there)
            read = self.r.low[at + 1 : at + 2] == ["y"]  # "On y apprend que"
            return taken_up(self.names, at, "artefact", self.last) if read else Speaker(), ""
        if low in _THE_LATTER:
            return self._latter(at, "f" if low == "celle-ci" else "m")
        if low in ("ils", "elles", "ellos", "ellas"):
            groups = [s for _, _, s in reversed(self.last[-6:]) if s.kind == "group"]
            known = groups[0] if groups else Speaker(self.r.word[at], kind="group")
            return Speaker(known.name, None, None, known.kind, True), ""
        gender = "m" if low in n.masculine or low == "il" else "f"
        here = self.last[-1] if self.last and self._in_paragraph(self.last[-1][0], at) else None
        kinds: tuple[str, ...] = ("person", "anonymous")
        if not speech or (here is not None and here[2].kind == "organisation"):
            kinds = ("person", "organisation")
        if here is not None and here[2].kind == "anonymous":
            kinds = (*kinds, "anonymous")  # "Une ancienne secrétaire a raconté… Elle affirme"
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

    def _in_paragraph(self, a: int, b: int) -> bool:
        return self.r.paragraph[a] == self.r.paragraph[b]

    def _latter(self, at: int, gender: str) -> tuple[Speaker, str]:
        """ "A-t-il lancé à la présidente. Celle-ci…": who was mentioned last before, of that
        gender."""
        r, names = self.r, self.names
        for k in range(at - 1, max(0, at - _LATTER_REACH), -1):
            person = names.at.get(k)
            if person is not None and person.gender in (gender, ""):
                return self._of(person, guess=True), gender
            if names.kind(names.plain(k)) == "organisation" and self._article(k - 1, k) == gender:
                end = self._trim(k, min(k + 4, r.sentence_end(k)), k)
                return Speaker(self._bare(k, end), None, None, "organisation", True), gender
            noun = names.noun(names.plain(k))
            if noun and names.gender_of(noun) in (gender, "") and self._article(k - 1, k) == gender:
                found, _ = self._described(k - 1, k + 1, k, r.word[k])
                return Speaker(found.name, found.role, found.organisation, found.kind, True), gender
        return Speaker(None, kind="person", guess=True), gender

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
        adverb = self.n.compounds and r.low[first] in ADVERBS and first + 2 < r.sentence_end(first)
        first += 2 * adverb  # "Nun hat | die 80-Jährige Erfolg"
        end = min(first + 4, r.sentence_end(first))
        head, kind = self._head(first, end)
        named = next((k for k in range(first, min(first + 3, end)) if k in self.names.at), None)
        if named is not None and (not kind or named <= head):
            head, kind = named, "person"
        named_after = (
            self._apposed_name(head + 1, r.sentence_end(first)) if kind == "person" else None
        )
        if named_after is not None and named_after.gender in ("", gender or named_after.gender):
            return self._of(named_after, guess=True)
        found, own = self._resolve(first, head + 1)
        if not kind or (gender and own not in (gender, "")):
            return None
        return Speaker(found.name, found.role, found.organisation, found.kind, True)

    def _apposed_name(self, k: int, stop: int) -> Person | None:
        """ "Le président du syndicat des vins, | Olivier Daumas, a demandé": the name after the first
        comma, no verb before it."""
        r = self.r
        for j in range(k, min(stop - 1, k + _LONGEST_OFFICE)):
            if r.tag[j] == ",":
                return self.names.at.get(j + 1)
            if j in self.names.at or r.tag[j] in "VX.:":
                return None
        return None

    def _named_since(self, s: Statement) -> Speaker | None:
        """ "El italiano se despidió. «Me voy», declaró.": the subject of the sentence between."""
        at = s.parts[0][0] if s.cue is None else min(s.parts[0][0], s.cue[0])
        r, before = self.r, s.inherits
        number = r.sentence[at] - 1
        if before is None or s.cue is None or number < 0 or r.sent_first[number] < before.span[1]:
            return None
        if r.paragraph[at] != r.paragraph[r.sent_first[number]]:
            return None
        found = self._subject_before(at, "")
        return found if found is not None and found.kind == "person" else None

    def _subject_since(self, place: int, at: int, gender: str) -> Person | None:
        """Somebody of that gender who opens a sentence between the last speaker and the pronoun."""
        r = self.r
        for p, person in self.names.mentions_before(at):
            if p <= place:
                return None
            if person.gender == gender:
                first = r.sent_first[r.sentence[p]]
                led = r.low[first] in _ACCORDING and p - first <= _LEADS_TO
                if (led or p - first <= 1) and r.sentence[p] > r.sentence[place]:
                    return person
        return None

    def _recent(self, gender: str, at: int) -> Person | None:
        for _, person in self.names.mentions_before(at):
            if person.gender in ("", gender):
                person.gender = person.gender or gender
                return person
        return None

    def _named(self, a: int, b: int) -> Person | None:
        """The person the source names: in apposition or after a role, not after "of"."""
        r, of = self.r, self.n.of
        inside: Person | None = None
        for k in range(a, b):
            person = self.names.at.get(k)
            if person is None or (self.names.at.get(k - 1) is person and k > a):
                continue
            whose = k > a and (
                r.low[k - 1] in of or r.low[k - 1] in _BY or r.low[k].startswith(("d'", "de'"))
            )
            if not whose or (self.n.compounds and r.low[k - 1] in ("der", "die")):
                return person
            inside = inside or None
        return inside

    def _head(self, a: int, b: int) -> tuple[int, str]:
        """The first word that is a noun for a speaker, and its kind; else the first name."""
        r = self.r
        for k in range(a, b):
            kind = self.names.kind(self.names.plain(k))
            if kind:
                return k, kind
            if r.tag[k] in ",:(":
                break
        first = next((k for k in range(a, b) if r.word[k][0].isupper() and k > a), None)
        start = a + 1 if b - a > 1 and self.names.plain(a) in self.names.function_words() else a
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
        return bool(self.names.organisations_in(a, b))

    def _organisation(self, a: int, b: int, head: int, name: str) -> Speaker:
        r, n = self.r, self.n
        inside = self.names.organisations_in(a, b)
        if inside:
            place, known = inside[0]
            end = self._trim(a, b, place)
            rest = " ".join(r.said(place, end).split())
            short = rest.startswith(known) and len(rest.split()) - len(known.split()) <= 2
            return Speaker(rest if short else known, None, None, "organisation")
        bare = head + 1 >= self._trim(a, b, head)
        if bare and self.names.plain(head) in n.general and r.low[a].split("'")[0] in n.definite:
            before = self.names.organisation_before(a)
            if before is not None:
                return Speaker(before, None, None, "organisation", True)
            spoke = (
                s.name for _, _, s in reversed(self.last[-_SPOKE:]) if s.kind == "organisation"
            )
            said = next((name for name in spoke if name), "")
            if said[:1].isupper() and said.lower() not in n.organisations:  # "Polizei" is no name
                return Speaker(said, None, None, "organisation", True)
        return Speaker(name, None, None, "organisation")

    def _described(self, a: int, b: int, head: int, name: str) -> tuple[Speaker, str]:
        r, n = self.r, self.n
        noun = self.names.noun(self.names.plain(head)) or self.names.plain(head)
        gender = self.names.gender_of(noun) or self._article(a, head)
        opening = r.low[a].split("'")[0]
        if opening in n.indefinite or r.low[a] in n.indefinite:
            return Speaker(name, name, None, "anonymous"), gender
        if opening in n.definite and not self.names.plain(head).endswith(_AGED):
            person = self._fitting({noun, self.names.plain(head)}, gender, a)
            if person is not None:
                return self._of(person, guess=True), gender
        if opening in n.definite:
            person = self._introduced(noun, gender, a)
            if person is not None:
                return self._of(person, guess=True), gender
        lead = r.paragraph[a] < _LEAD
        again = opening in n.definite and nameless_before(self.names, self.names.plain(head), a)
        if again:
            return Speaker(name, name, None, "person"), gender
        if opening in n.definite and noun not in n.office and not complemented(self.names, head, b):
            person = self._spoken(gender, a, self.names.plain(head))
            if person is None and lead:
                later = (x for _, x in self.names.mentions_after(a) if x.gender in ("", gender))
                person = next(later, None)
            if person is not None:
                return self._of(person, guess=True), gender
        return Speaker(name, name, None, "person"), gender

    def _introduced(self, noun: str, gender: str, at: int) -> Person | None:
        """ "Der Landwirt" after a lead that begins "Ein Landwirt aus X hat": who is named next."""
        r = self.r
        for first in r.para_first[:_LEAD]:
            if first >= at or r.low[first] not in self.n.indefinite:
                continue
            stop = min(first + _LEADS_TO, r.sentence_end(first))
            head, kind = self._head(first + 1, stop) if first + 1 < stop else (first, "")
            led = self.names.plain(head)
            if kind == "person" and noun in (led, self.names.noun(led)):
                later = (x for p, x in self.names.mentions_after(head) if p < at)
                free = (x for x in later if not x.words or noun in x.words)
                return next((x for x in free if x.gender in ("", gender)), None)
        return None

    def _spoken(self, gender: str, at: int, said: str) -> Person | None:
        """Who was named last of that gender: "le technicien", "la mujer", "der 49-Jährige", who is
        nobody of another age."""
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - 2)]
        near = [x for p, x in self.names.mentions_before(at) if p >= floor]
        if said.endswith(_AGED):
            near = [x for x in near if all(w[:2] == said[:2] for w in x.words if w.endswith(_AGED))]
        exact = (x for x in near if x.gender == gender)
        either = (x for x in near if not gender or not x.gender)
        return next(exact, None) or next(either, None)

    def _fitting(self, said: set[str], gender: str, at: int) -> Person | None:
        """The person beside whose name one of the nouns stands: named last before, else next."""
        around = self.names.mentions_before(at), self.names.mentions_after(at)
        said = said.union(*(self.n.wider.get(word, ()) for word in said))
        for mentions in around:
            for _, x in mentions:
                if said & x.words and x.gender in ("", gender or x.gender):
                    return x
        return None

    def _of(self, person: Person, *, guess: bool) -> Speaker:
        kind: SpeakerKind = "person"
        return Speaker(person.name, person.role, None, kind, guess)
