"""Who is named in a French, German or Spanish text, and what kind of word a noun is."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from variorum.stages.claims.foreign_lists import foreign, kind_of, noun_of, nouns
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.names import name_lists
from variorum.stages.claims.workspace import Workspace

_COUNSEL = frozenset(["me", "maître"])
_HIS_TITLE = frozenset(["m", "monsieur", "herr", "don", "sr", "señor"])
_HER_TITLE = frozenset(["mme", "mlle", "madame", "frau", "doña", "sra", "señora"])
_PARTICLES = words("de del la von van der den zu y di du le ben el")
_OF_MANY = frozenset(["des", "les", "los", "las", "le", "la", "el"])  # "Le Courrier,", too
_YEARS = frozenset(["ans", "años", "jahre"])
_PLACE_HEADS = words(
    "puerto villa sierra monte río costa valle san santa santo nueva playa castillo torre aldea campo "
    "saint sainte port mont val bois château ville pont côte vallée île mer lac nouvelle bourg"
)
_GERMAN_ARTICLES = frozenset(["der", "die", "ein", "eine", "dem", "den"])
_GENITIVES = frozenset(["der", "den"])
# Nouns for whoever holds some office; "la directiva" and "la ejecutiva" may be a board, too.
HOLDS_OFFICE = frozenset(
    [
        "élu",
        "élue",
        "edil",
        "politiker",
        "politikerin",
        "político",
        "política",
        "directiva",
        "ejecutiva",
    ]
)
QUANTITIES = words(
    "alle viele mehrere einige zahlreiche weitere beide keine manche tous plusieurs certains certaines "
    "beaucoup chaque quelques todos muchos varios varias algunos algunas ambos cada otros otras autres andere"
)
_ADJECTIVAL = (
    "te",
    "ten",
    "liche",
    "lichen",
    "ische",
    "ischen",
    "ige",
    "igen",
    "same",
    "lose",
    "bare",
)
_ABSTRACT = (
    "ungen",
    "ung",
    "heiten",
    "keiten",
    "heit",
    "keit",
    "tionen",
    "tion",
    "schaften",
    "täten",
)
_CHANNELS = words("info inter bleu culture télévisions travail nature musique assureurs")
_LED_BY = words(
    "für vor nach mit bei beim über gegen unter zum zur vom dank seit trotz ohne wegen obwohl wenn als wie dass "
    "zwei drei vier fünf sechs sieben acht neun zehn zwölf wenige kein keine können glauben anfang ende mitte haben "
    "sind gleichwohl ohnehin ursprünglich indem weil doch und aber"
)
_ROLE_REACH = 6  # tokens before a name in which its role stands
_REACH = 200  # mentions looked back over


@dataclass(slots=True)
class Person:
    """Somebody named: fullest name, gender, the nouns that stand beside the name."""

    name: str
    key: tuple[str, ...]
    gender: str = ""
    role: str | None = None
    words: set[str] = field(default_factory=set)
    first: int = 0


class ForeignNames:
    """The persons and organisations of a workspace's text, by first and last names."""

    def __init__(self, w: Workspace, code: str) -> None:
        self.w, self.r, self.code = w, w.r, code
        self.n = nouns(code)
        self.lists = name_lists()
        named = (s for s in w.found if s.rule != "verb of some subjects")  # "Erste Tests zeigen"
        self.sources = frozenset(s.source[0] for s in named if s.source is not None)
        lang = foreign(code)
        self._small = self.n.definite | self.n.possessive | self.n.indefinite | self.n.masculine
        self._small |= self.n.feminine | self.n.plural | self.n.of
        self.heads = lang.stop | lang.according | lang.adverbs | lang.aux | lang.that
        self.heads |= self.function_words() | QUANTITIES
        self.heads |= _LED_BY if code == "de" else frozenset()
        self.by_last: dict[str, Person] = {}
        self.at: dict[int, Person] = {}
        self.mentions: list[tuple[int, Person]] = []
        self.organisations: list[tuple[int, str]] = []
        self._find_names()

    def mentions_before(self, at: int) -> list[tuple[int, Person]]:
        """The last mentions before token ``at`` that are not in quotations, latest first; bounded,
        so that a page of names costs no more a pronoun than a short one."""
        k = bisect_left(self.mentions, at, key=lambda m: m[0])
        near = self.mentions[max(0, k - _REACH) : k]
        return [m for m in reversed(near) if self.w.quoted[m[0]] < 0]

    def mentions_after(self, at: int) -> list[tuple[int, Person]]:
        """The next mentions from token ``at`` on, bounded."""
        k = bisect_left(self.mentions, at, key=lambda m: m[0])
        return self.mentions[k : k + _REACH]

    def organisations_in(self, a: int, b: int) -> list[tuple[int, str]]:
        """The organisations named in tokens [a, b)."""
        k = bisect_left(self.organisations, a, key=lambda o: o[0])
        found = []
        while k < len(self.organisations) and self.organisations[k][0] < b:
            found.append(self.organisations[k])
            k += 1
        return found

    def organisation_before(self, at: int) -> str | None:
        """The organisation named last before token ``at``."""
        k = bisect_left(self.organisations, at, key=lambda o: o[0])
        return self.organisations[k - 1][1] if k else None

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
        n = r.size
        while i < n:
            if not self.capital(i):
                i += 1
                continue
            j = i + 1
            while j < n and r.sentence[j] == r.sentence[i]:
                if self.capital(j) or r.tag[j] == "a":
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
        if self.n.compounds and r.low[j] in _GENITIVES and r.low[j - 1] not in _PARTICLES:
            return False  # "die Studentin X | der Universität", but "van der Velde"
        if r.low[j] == "y" and self._two_given(j):
            return False  # "los hermanos Tomás | y Andrés Leiva", but "Ortega y Gasset"
        return (
            r.low[j] in _PARTICLES
            and j + 1 < r.size
            and self.capital(j + 1)
            and r.low[j + 1] not in self.n.organisations
        )

    def _two_given(self, j: int) -> bool:
        """Whether a first name, or a word that is one elsewhere, stands on either side of token j."""
        given, r = self.lists.first_names, self.r
        if j + 2 >= r.size or not self.capital(j + 2):
            return False
        return self.plain(j + 1) in given and (j < 2 or not self.capital(j - 2))

    def capital(self, i: int) -> bool:
        word = self.r.word[i]
        if "'" in word or "’" in word:
            word = word.replace("’", "'").rpartition("'")[2] or word
        if not word[0].isupper() or not word[0].isalpha():
            return False
        low = word.lower()
        if low in self.heads and i == self.r.sent_first[self.r.sentence[i]]:
            return False
        return not (self.r.tag[i] in "DSPORCUTWX" and low in self.function_words())

    def function_words(self) -> frozenset[str]:
        return self._small

    def plain(self, k: int) -> str:
        low = self.r.low[k]
        return low.rpartition("'")[2] if "'" in low and not low.endswith("'") else low

    def _name(self, start: int, end: int, *, full: bool) -> None:
        r = self.r
        if self.plain(start) in self.function_words() and start + 1 < end:
            start += 1
        core, titled = self._core(start, end)
        key = tuple(self.plain(k) for k in range(core, end) if r.tag[k] != "a")
        if not key or (key[0] == "von" and core > start and r.low[start - 1] in _GERMAN_ARTICLES):
            return  # "der Bischof | von Trier", but "Minister von Beust"
        if any(self.kind(k) == "organisation" or k in self.lists.org_words for k in key):
            if full and len(key) > 1:
                self.organisations.append((start, " ".join(r.said(start, end).split())))
            return
        if full:
            if len(key) < 2 or not self._person_like(core, end, key, start):
                return
            person = self.by_last.get(key[-1])
            if person is None or not set(key) <= set(person.key):
                person = Person(" ".join(r.said(core, end).split()), key, first=start)
                self.by_last.setdefault(key[-1], person)
        else:
            known = self.by_last.get(key[-1])
            if known is None and titled:
                known = Person(" ".join(r.said(core, end).split()), key, first=start)
                self.by_last[key[-1]] = known
            of_many = start > 0 and r.low[start - 1] in _OF_MANY  # "des Vernoliennes,"
            if known is None and len(key) == 1 and not of_many and self._told_after(end):
                known = Person(r.word[core], key, first=start)
                self.by_last[key[0]] = known
            if known is None and len(key) == 1 and key[0] in self.lists.first_names:
                known = Person(r.word[core], key, first=start)
                self.by_last[key[0]] = known
            if known is None:
                self._lone_organisation(core, end, key)
                return
            person = known
        self._note(person, start, core, end)

    def _core(self, start: int, end: int) -> tuple[int, bool]:
        """Where the name proper begins, and whether a title stands before it."""
        n, core, titled = self.n, start, False
        while core < end - 1 and self._before_name(core):
            titled = titled or self.plain(core) in n.titles
            core += 1
        if not n.compounds and core == start:
            core = self._after_place(start, end)
        if n.compounds and core == start:
            core = self._first_name(core, end)
        if n.compounds and core == start:
            core = self._after_roles(start, end)
        return core, titled

    def _after_place(self, start: int, end: int) -> int:
        """ "Le député du Gard | Luc Perrin", "el alcalde de Burgos | Luis Prado"."""
        given = self.lists.first_names
        if start == 0 or self.r.low[start - 1] not in self.n.of | {"del"}:
            return start
        if self.plain(start) in given:
            return start
        after = (k for k in range(start + 1, end - 1) if self.capital(k) and self.capital(k - 1))
        return next((k for k in after if self.plain(k) in given), start)

    def _after_roles(self, start: int, end: int) -> int:
        """ "Der Rechtsmediziner Professor | Ulf Brenner", "der Hydrologe | Pieter van Dongen"."""
        r = self.r
        led = [k for k in range(start, end - 2) if self._before_name(k)]
        if led:
            return led[-1] + 1
        article = start > 0 and r.low[start - 1] in _GERMAN_ARTICLES
        agent = self.plain(start).endswith(self.n.agents)
        return start + 1 if article and agent and end - start >= 3 else start

    def _first_name(self, core: int, end: int) -> int:
        """ "Zoologin | Frauke Lindemann": where the first name stands amid German capitals."""
        given = self.lists.first_names
        if self.plain(core) in given:
            return core
        return next((k for k in range(core + 1, end - 1) if self.plain(k) in given), core)

    def _before_name(self, k: int) -> bool:
        """ "Polizeisprecherin | Anke Dorn", "Maître | Claire Dumas"."""
        low = self.plain(k)
        noun = self.noun(low) and self.kind(low) != "organisation"
        return bool(noun) or low in self.n.titles or self.r.tag[k] == "a"

    def _person_like(self, core: int, end: int, key: tuple[str, ...], start: int) -> bool:
        """A first name, a role or title before it, an age or role after it; in French and Spanish
        two capitals that are no headline."""
        r = self.r
        if key[0] == "france" and key[1] in _CHANNELS:
            return False  # "sur France Info"
        if key[0] in self.lists.first_names or core > start:
            return True
        before = self.plain(start - 1) if start else ""
        beside = self._apposed_to(start)
        if beside == "person" and len(key) < 4:
            return True
        if self._organisation_before(start) or beside == "organisation":
            self.organisations.append((core, " ".join(r.said(core, end).split())))
            return False
        if (
            self.n.compounds
            and start in self.sources
            and not self.noun(key[-1])
            and len(key) in (2, 3)
        ):
            described = key[0].endswith(_ADJECTIVAL) and len(key[0]) > 6  # "Politische Beobachter"
            return not described and not any(p in key[-1] for p in self.n.anonymous)
        if self.n.compounds and len(key) == 2 and self._opens_sentence(start, end, key):
            return True
        if self.n.compounds and self.noun(key[-1]):
            return False
        if self.noun(before) or before in self.n.titles:
            return True
        if (
            end + 1 < r.size
            and r.tag[end] == ","
            and (r.word[end + 1].isdigit() or self.noun(self.plain(end + 1)))
        ):
            return True
        if self.n.compounds or not 2 <= len(key) <= 4:
            return False
        if before in self.n.of and (
            (start > 1 and self.plain(start - 2) in self.n.office) or key[0] in _PLACE_HEADS
        ):
            return False  # "la alcaldesa de Peñarroya del Mar", "una joyería de Puerto Alto"
        if before in ("del", "du"):
            return False  # "la directora del Sistema de Aguas"
        return before not in ("à", "en", "a") and before not in self.n.definite

    def _told_after(self, end: int) -> bool:
        """ "Erwan, le patron du bar", "Nadia, 52 ans": a first name by what follows its comma."""
        r = self.r
        if end + 2 >= r.size or r.tag[end] != ",":
            return False
        k = end + 1
        if r.word[k].isdigit():
            return r.low[k + 1] in _YEARS
        k += r.low[k] in self.n.definite | self.n.indefinite
        return bool(self.noun(self.plain(k))) and not self.n.compounds

    def _opens_sentence(self, start: int, end: int, key: tuple[str, ...]) -> bool:
        """ "Norbert Quast stieß": two German capitals without an article at the head of a sentence
        are a name, when neither is a noun that is known."""
        r = self.r
        if start != r.sent_first[r.sentence[start]] or end >= r.size:
            return False
        goes_on = r.tag[end] == "," or r.word[end][0].islower()
        if key[-1].endswith(_ABSTRACT) or (key[0].endswith(_ADJECTIVAL) and len(key[0]) > 6):
            return False  # "Betriebsbedingte Kündigungen"
        return goes_on and not any(map(self.kind, key)) and not r.word[start].isupper()

    def _apposed_to(self, start: int) -> str:
        """ "El operador, Ferrocarriles del Norte"."""
        r = self.r
        if start < 2 or r.tag[start - 1] != ",":
            return ""
        kind = ""
        for k in range(start - 2, max(-1, start - 9), -1):
            low = self.plain(k)
            if r.sentence[k] != r.sentence[start] or k in self.at or r.tag[k] in ",.:":
                break
            kind = self.kind(low) or kind
            whose = self.n.compounds and r.low[k] in ("des", "der") and r.word[k - 1][0].isupper()
            if low in self.n.possessive or (
                r.low[k] in self.n.definite and r.low[k - 1] not in self.n.of and not whose
            ):
                break
        return kind

    def _lone_organisation(self, core: int, end: int, key: tuple[str, ...]) -> None:
        """ "le constructeur Avionex", "La CGT": a name for an organisation."""
        r = self.r
        named = self._organisation_before(core)
        acronym = r.word[core].isupper() and len(key[0]) > 1 and not set(key[0]) <= set("ivxlc")
        if named or acronym:
            self.organisations.append((core, " ".join(r.said(core, end).split())))

    def _organisation_before(self, k: int) -> bool:
        """ "le constructeur X", "la empresa aceitera X": a noun for organisations, over an adjective."""
        r = self.r
        if k and self.kind(self.plain(k - 1)) == "organisation":
            return True
        if k < 2 or self.n.compounds or not r.word[k - 1].isalpha() or r.word[k - 1][0].isupper():
            return False
        if (
            self.plain(k - 1) in self.heads
            or self.noun(self.plain(k - 1))
            or self.n.of & {r.low[k - 1]}
        ):
            return False
        return self.kind(self.plain(k - 2)) == "organisation"

    def _note(self, person: Person, start: int, core: int, end: int) -> None:
        r, n = self.r, self.n
        self.mentions.append((start, person))
        for k in range(start, end):
            self.at[k] = person
        if n.compounds and core > start and not person.role:
            person.role = r.word[core - 1]
            person.words.add(self.plain(core - 1))
        if not _COUNSEL.isdisjoint(r.low[start:core]):
            person.words.update(("avocat", "avocate"))
            person.role = person.role or "avocat"
        for k in self._beside(start, core, end):
            the = k > 1 and r.low[k - 1] in n.definite and r.low[k - 2] in n.of
            if not n.compounds and k < start and (the or r.low[k - 1] in n.of):
                continue  # "le beau-frère de l'élu, X", "le frère de la victime, X"
            noun = self.noun(self.plain(k))
            if noun:
                person.words.update((noun, self.plain(k)))
                person.role = person.role or r.word[k]
                person.gender = person.gender or self.gender_of(noun)
        for k in range(max(0, start - 1), core):
            if not person.gender and r.low[k] in _HIS_TITLE | _HER_TITLE:
                person.gender = "m" if r.low[k] in _HIS_TITLE else "f"
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
        if end + 1 < r.size and r.tag[end] == ",":
            found += [k for k in range(end + 1, min(r.size, end + 4)) if r.tag[k] not in ",."]
        return found

    # -- nouns -----------------------------------------------------------------------------------
    def noun(self, low: str) -> str:
        """The noun for a person that a word is or ends in; "" if none."""
        return noun_of(self.n, low)

    def kind(self, low: str) -> str:
        return kind_of(self.n, low)

    def gender_of(self, noun: str) -> str:
        male, female = noun in self.n.male, noun in self.n.feminine_nouns
        return "" if male == female else "m" if male else "f"
