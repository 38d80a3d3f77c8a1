"""Who is named in a text: persons with role and organisation as written, and organisations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from variorum.model.claim import SpeakerKind
from variorum.stages.claims import no_name
from variorum.stages.claims.callings import firm_nouns, learnt, named_with_s, speaks_with_s
from variorum.stages.claims.crafts import craft_names
from variorum.stages.claims.genders import anothers, gender_in, pronoun_before, title_gender
from variorum.stages.claims.kind_words import (
    FIRST_NAME_TITLES,
    LETTERS_AFTER,
    NATIONALITIES,
    OFFICE_WORDS,
)
from variorum.stages.claims.name_kinds import ORGANISATION, PERSON, PLACE, UNKNOWN, NameKinds
from variorum.stages.claims.names import (
    Name,
    is_role,
    name_lists,
    names,
    without_article,
)
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.roles import Roles, without_possessive

_TRIES = 6  # mentions looked at for a role: news gives it at the first or second
_LATEST = 20  # mentions of one person looked at when two share a surname
_REACH = 200  # mentions looked back over
_EVIDENCE = 40  # tokens after a mention in which a pronoun tells the gender
_BEFORE_NAME = frozenset('NJDSA#EGBq"')
_OPENS = frozenset(',CUT"q-:')
_SAID = frozenset(["said", "says", "added", "told", "wrote", "by"])
_CALLED = frozenset(["named", "called", "nicknamed", "dubbed"])
_SURER = (PERSON, ORGANISATION, PLACE, UNKNOWN)
_NOTHING: Mapping[int, str] = MappingProxyType({})


@dataclass(slots=True)
class Entity:
    """A person or organisation. ``name`` is the fullest form; ``key`` its words in lower case;
    ``words`` the nouns that describe it."""

    name: str
    key: tuple[str, ...]
    person: bool
    gender: str = ""  # m, f or unknown
    role: str | None = None
    organisation: str | None = None
    places: list[int] = field(default_factory=list)
    sure: bool = True
    words: set[str] = field(default_factory=set)
    deeds: set[str] = field(default_factory=set)  # "owner" of one "who owns the shop"
    spouse: Entity | None = None
    age: str = ""  # "44" of one brought in as "X, 44,"
    doubtful: bool = False  # without a name, by a noun that may be a thing's
    kind: SpeakerKind = "person"  # of one without a name: "anonymous" when nobody says who it is

    def described(self, text: str | None) -> None:
        """Adds the nouns of a role or description, the parts of "singer-songwriter" too."""
        if not text:
            return
        for word in text.lower().replace("’", "'").split():
            self.words.add(word)
            if "-" in word:
                self.words.update(word.split("-"))


class People:
    """All named in a reading, with the fullest form of each."""

    def __init__(
        self,
        r: Reading,
        sources: frozenset[int] = frozenset(),
        said_of: Mapping[int, str] = _NOTHING,
        quoted: Sequence[int] = (),
    ) -> None:
        """``sources``: the tokens in the sources of statements; ``said_of``: see ``NameKinds``;
        ``quoted``: not -1 for tokens inside quotations."""
        self.r = r
        self.quoted = quoted or [-1] * r.size
        self.plain = set(r.word)
        self.lists = name_lists()
        self.entities: list[Entity] = []
        self.at: dict[int, Entity] = {}
        self.mentions: list[tuple[int, Entity]] = []
        self.by_last: dict[str, list[Entity]] = {}
        self.by_first: dict[str, list[Entity]] = {}
        self.roles = Roles(r)
        found = names(r)
        for name in found:
            if name.facts.key is None:
                name.key = name.facts.key = self._key(name)
        self.crafts = craft_names(r, found, sources)
        self.kinds = self._kinds(found, sources, said_of)
        self._alone: dict[str, list[Name]] = {}
        self._lone: dict[str, str] = {}
        for name in found:
            if len(name.key) > 1:
                self._full(name)
            elif name.key and name.core == name.first:
                self._alone.setdefault(name.key[0], []).append(name)
        starts = [name.first for name in found]
        self._tell_genders(starts)
        for name in found:
            if name.key and name.first not in self.at:
                self._short(name)
        self.mentions.sort(key=lambda m: m[0])
        self._tell_genders(starts)

    def mentions_before(self, at: int, floor: int = 0) -> list[tuple[int, Entity]]:
        """The last mentions, at most 200, before token ``at``, latest first; none before ``floor``."""
        k = bisect_left(self.mentions, (at,))
        first = bisect_left(self.mentions, (floor,)) if floor else 0
        return self.mentions[max(first, k - _REACH) : k][::-1]

    def mentions_after(self, at: int, most: int) -> list[tuple[int, Entity]]:
        """The next ``most`` mentions from token ``at`` on."""
        k = bisect_left(self.mentions, (at,))
        return self.mentions[k : k + most]

    def _kinds(
        self, found: list[Name], sources: frozenset[int], said_of: Mapping[int, str]
    ) -> NameKinds:
        r, alone, titled = self.r, set[str](), set[str]()
        for name in found:
            if len(name.key) != 1:
                continue
            word = name.key[0]
            if name.core > name.first and r.tag[name.core - 1] != "M":
                titled.add(word)
            if r.low[name.first - 1] != "the":
                alone.add(word)
        return NameKinds(r, sources, said_of, alone, titled)

    def _lone_kind(self, word: str) -> str:
        """What a name of one word is that says it of itself in one place only: "Shares in
        Ferrotek", "Castleton boss Iain Petrie"; a person before a firm before a place. Asked of few:
        most lone names are the surnames of persons known."""
        if word in self._lone:
            return self._lone[word]
        told = UNKNOWN
        for name in self._alone.get(word, ()):
            kind = self.kinds.of(name, name.key)
            if kind == PLACE and not self.kinds.modifier(name, name.key):
                continue
            if kind and _SURER.index(kind) < _SURER.index(told):
                told = kind
        self._lone[word] = told
        return told

    # -- first pass: full names ------------------------------------------------------------------
    def _key(self, name: Name) -> tuple[str, ...]:
        r = self.r
        if name.end - name.core == 1:
            k = name.core
            low = r.low[k] if r.low[k][2:3] != "-" else without_article(r.low[k])
            return (low.removesuffix("'s"),) if r.tag[k] != "a" and r.word[k][0].isalnum() else ()
        return tuple(
            [
                r.low[k].removesuffix("'s") if r.low[k][2:3] != "-" else without_article(r.low[k])
                for k in range(name.core, self._end(name))
                if r.tag[k] != "a" and r.word[k][0].isalnum()
            ]
        )

    def _end(self, name: Name) -> int:
        """The end of a name without the letters after it ("KC", "MP")."""
        r, end = self.r, name.end
        while end > name.core + 2 and (r.tag[end - 1] == "a" or r.low[end - 1] in LETTERS_AFTER):
            end -= 1
        return end

    def _full(self, name: Name) -> None:
        """Of a name of two words or more."""
        key, facts = name.key, name.facts
        if key in self.crafts or self._described_by_first_name(name, key):
            return
        if facts.dull is None:
            facts.dull = (len(key) > 2 and self._shouted(name)) or no_name.half_and_origin(
                self.r, name, key
            )
        if facts.dull:
            return
        kind = self.kinds.of(name, key)
        if kind not in (PERSON, ORGANISATION):
            return
        if key[0] not in self.lists.first_names and self.r.titled(name.first):
            return  # "Exit Marks": a headline's capitals say nothing
        person = kind == PERSON
        existing = self._same(key, person)
        if existing is None:
            existing = self._new(name, key, person)
        elif len(key) > len(existing.key):
            existing.key, existing.name = key, self._proper(name)
        self._note(existing, name)

    def _described_by_first_name(self, name: Name, key: tuple[str, ...]) -> bool:
        """ "Brunette Lorna", at the head of a sentence, of somebody known by that first name."""
        known = len(key) == 2 and key[1] in self.by_first and key[1] not in self.by_last
        return known and self._opens(name) and key[0] not in self.lists.first_names

    def _new(self, name: Name, key: tuple[str, ...], person: bool, sure: bool = True) -> Entity:
        if person or name.core == name.first:
            said = self._proper(name)
        else:
            said = without_possessive(self.r, self._org_start(name), self._end(name))
        entity = Entity(said, key, person, sure=sure)
        self.entities.append(entity)
        self.by_last.setdefault(key[-1], []).append(entity)
        if person:
            self.by_first.setdefault(key[0], []).append(entity)
            if len(key) == 3:  # Winifred “Winnie” Dace, "Visitor Casper Lyle"
                self.by_first.setdefault(key[1], []).append(entity)
        elif len(key) > 1:
            self.by_last.setdefault(key[0], []).append(entity)
            acronym = "".join(w[0] for w in key if w not in ("of", "and", "the", "&", "for"))
            if len(acronym) > 1:
                self.by_last.setdefault(acronym, []).append(entity)
        return entity

    def _proper(self, name: Name) -> str:
        """The name without its titles, letters and possessive."""
        if name.facts.proper is None:
            name.facts.proper = without_possessive(self.r, name.core, self._end(name))
        return name.facts.proper

    def _org_start(self, name: Name) -> int:
        """ "Developer | Greenfell": the noun that opens the sentence is no part of the name."""
        return name.core if self.r.low[name.core - 1] in self.lists.org_nouns else name.first

    def _shouted(self, name: Name) -> bool:
        """A run of words all in capitals: a headline rather than a name."""
        return all(self.r.word[k].isupper() for k in range(name.first, name.end))

    def _same(self, key: tuple[str, ...], person: bool) -> Entity | None:
        for e in self.by_last.get(key[-1], ()):
            if e.key == key:
                return e
            if e.person == person and (e.key[0] == key[0] or set(key) <= set(e.key)):
                return e
        return None

    # -- second pass: short forms ----------------------------------------------------------------
    def _short(self, name: Name) -> None:
        key, facts = name.key, name.facts
        if key in self.crafts or (
            len(key) == 1 and name.core == name.first and no_name.common(self, key[0], name)
        ):
            return
        if facts.short is None:
            facts.short = not (
                no_name.half_and_origin(self.r, name, key)
                if len(key) > 1
                else no_name.takes_up(self.r, name, key)
            )
        if not facts.short:
            return
        entity = self._known(name, key) or self._named_anew(name, key)
        if entity is not None:
            self._note(entity, name)

    def _known(self, name: Name, key: tuple[str, ...]) -> Entity | None:
        """The entity that a shorter form takes up; of two of one surname the one of the title's
        gender, else the one named last."""
        gender = title_gender(self.r, name) if name.core > name.first else ""
        lone = len(key) == 1 and name.core == name.first
        if lone:
            fits = self.by_last.get(key[0]) or self.by_first.get(key[0], [])
        else:
            fits = self._bearers(name, key, gender)
        if len(fits) > 1:
            exact = [e for e in fits if gender and e.gender == gender]
            fits = exact or fits
            if lone:  # "Varga", not his daughter, Klara Varga
                kin = self.lists.kin
                fits = [e for e in fits if kin.isdisjoint(e.words)] or fits
                # "When he was interviewed, Fossett said"
                told = pronoun_before(self.r, self.quoted, name.first)
                fits = [e for e in fits if told and e.gender == told] or fits
            return max(fits, key=lambda e: self._last_before(e, name.first))
        if fits:
            whose = not fits[0].person and len(key) == 1 and self._before_noun(name)
            return None if whose else fits[0]
        return self._relative(name, key, gender) if gender else None

    def _bearers(self, name: Name, key: tuple[str, ...], gender: str) -> list[Entity]:
        """Those whom a name of more than one word, or one with a title, may take up."""
        fits = self.by_last.get(key[-1], [])
        if fits and len(key) > 1:
            fits = [e for e in fits if e.key == key or set(key) <= set(e.key)]
        if fits and gender:
            fits = [e for e in fits if e.gender in ("", gender)]
        if not fits and self._described_by_first_name(name, key):
            fits = self.by_first[key[1]]
        if not fits and len(key) == 1 and self._by_first_name(name):
            fits = self.by_first.get(key[0], [])
        return fits

    def _by_first_name(self, name: Name) -> bool:
        """ "Sir Hugh", "Dame Felicity", "Sister Bernadette": titles that go with a first name."""
        return self.r.low[name.core - 1] in FIRST_NAME_TITLES

    def _last_before(self, e: Entity, at: int) -> int:
        """The place of the entity's last mention before ``at`` among its latest; -1 if none."""
        return max(filter(at.__gt__, e.places[-_LATEST:]), default=-1)

    def _before_noun(self, name: Name) -> bool:
        """ "the Namibian | and South African governments", "Treasury | officials"."""
        r, k = self.r, name.end
        if k >= r.size or r.low[k - 1].endswith("'s") or r.sentence[k] != r.sentence[name.first]:
            return False
        return r.tag[k] == "N" and r.word[k][0].islower() and r.word[k].isalpha()

    def _relative(self, name: Name, key: tuple[str, ...], gender: str) -> Entity | None:
        """ "Mrs Rao" after "Anil Rao" and "his widow, Meera": she."""
        if not any(e.person for e in self.by_last.get(key[-1], ())):
            return None
        for e in reversed(self.entities[-_REACH:]):
            kin = e.person and len(e.key) == 1 and e.gender == gender and e.words & self.lists.kin
            if kin and e.places and e.places[0] < name.first:
                e.name = f"{e.name} {self._proper(name)}"
                e.key = (*e.key, key[-1])
                self.by_last.setdefault(key[-1], []).append(e)
                return e
        return None

    def _named_anew(self, name: Name, key: tuple[str, ...]) -> Entity | None:
        titled, facts = name.core > name.first, name.facts
        if facts.anew is None:
            facts.anew = self._may_be_new(name, key)
        if not facts.anew:
            return None
        kind = self.kinds.of(name, key)
        if kind == UNKNOWN and len(key) == 1 and not titled:
            kind = self._lone_kind(key[0])
        if kind == PLACE or (
            kind == UNKNOWN
            and len(key) == 1
            and self._opens(name)
            and not self.kinds.speaks(name, key)
        ):
            return None
        if len(key) == 1 and not titled and name.end < self.r.size and speaks_with_s(self.r, name):
            kind = ORGANISATION
        person = kind == PERSON or (kind == UNKNOWN and (titled or len(key) <= 2))
        return self._new(name, key, person, sure=titled or kind == PERSON or len(key) == 2)

    def _may_be_new(self, name: Name, key: tuple[str, ...]) -> bool:
        if len(key) == 1 and key[0] in self.lists.groups and name.core > name.first:
            return False  # "Rebel MPs"
        if name.core > name.first:  # not "Solicitor General"
            return len(key) > 1 or key[0] not in OFFICE_WORDS or name.core - name.first > 2
        if self._no_name(name, key) or (key[0] in NATIONALITIES and self._before_noun(name)):
            return False
        other = len(key) == 1 and (key[0] in self.r.lex.tags or key[0] in self.lists.groups)
        the = len(key) == 1 and name.first > 0 and self.r.low[name.first - 1] == "the"
        if the and is_role(self.lists, key[0]):
            return False  # "the Minister": who was named before
        if (
            other
            and the
            and (key[0] in self.lists.known or self.r.word[name.core] in ("US", "WHO"))
        ):
            return True  # "the Met"
        return not other or self._kin(name, key)  # "his sister, Win,", "her son Will"

    def _kin(self, name: Name, key: tuple[str, ...]) -> bool:
        """Whether a noun for a person stands beside a name that is a common word, too."""
        return PERSON in (self.kinds.apposed(name, key), self.kinds.noun_before(name, key))

    def _no_name(self, name: Name, key: tuple[str, ...]) -> bool:
        """What has its capital from its place: a shouted headline, "Harbour master…"."""
        r = self.r
        if len(key) > 2 and self._shouted(name):
            return True
        after = name.end < r.size and (
            r.tag[name.end] in "NJ" or (r.tag[name.end] == "R" and key[0].endswith("s"))
        )
        return len(key) == 1 and after and self._opens(name)

    def _opens(self, name: Name) -> bool:
        return name.first == self.r.sent_first[self.r.sentence[name.first]]

    # -- pronouns that tell ----------------------------------------------------------------------
    def _tell_genders(self, starts: list[int]) -> None:
        """The gender of those whose first name does not tell, by the pronouns between their name
        and the next; ``starts`` of all names, in order."""
        tried: dict[int, int] = {}
        for place, e in self.mentions:
            if not e.person or e.gender or tried.get(id(e), 0) >= _TRIES:
                continue
            tried[id(e)] = tried.get(id(e), 0) + 1
            if not self.subject_place(place) or self.r.low[place - 1] == "and":
                continue
            k = bisect_right(starts, place)
            stop = min(self.r.size, place + _EVIDENCE)
            until = min(stop, starts[k]) if k < len(starts) else stop
            told = gender_in(self.r, self.quoted, place, until)
            if told and not anothers(self.r, place, told):
                e.gender = told

    def subject_place(self, p: int) -> bool:
        """Whether a name stands as a subject: not possessive, not after a preposition or verb."""
        r, at = self.r, self.at
        e = at[p]
        start = p
        while start > 0 and at.get(start - 1) is e:
            start -= 1
        end = p + 1
        while end < r.size and at.get(end) is e:
            end += 1
        if r.low[end - 1].endswith("'s"):
            return False
        k, sentence = start - 1, r.sentence[start]
        while k >= 0 and r.sentence[k] == sentence:
            if r.tag[k] not in _BEFORE_NAME and not r.low[k].endswith("'s"):
                break
            k -= 1
        if r.low[start - 1] in _CALLED and start > 0:
            return False  # "a 3-year-old named Duchess"
        if k < 0 or r.sentence[k] != sentence:
            return True
        return r.tag[k] in _OPENS or (r.low[k] in _SAID and self.quoted[k] < 0)

    # -- what is said about them -----------------------------------------------------------------
    def _note(self, e: Entity, name: Name) -> None:
        e.places.append(name.first)
        self.mentions.append((name.first, e))
        for k in range(name.first, name.end):
            self.at[k] = e
        if e.person:
            if len(e.places) <= _TRIES:
                self._note_person(e, name)
        else:
            self._note_organisation(e, name)

    def _note_organisation(self, e: Entity, name: Name) -> None:
        for k in range(name.first, name.end):
            self.roles.organisation_at[k] = e.name
        if named_with_s(self.r, name) and not e.name.endswith(("'s", "’s")):
            e.name += self.r.word[name.end - 1][-2:]
        if len(e.places) <= _TRIES:
            e.words |= firm_nouns(self.r, name) if name.facts.firm is None else name.facts.firm

    def _note_person(self, e: Entity, name: Name) -> None:
        facts = name.facts
        called = learnt(self.r, name) if facts.called is None else facts.called
        role, organisation = self.roles.remembered(name)
        if e.role is None:
            e.role = role
            e.organisation = e.organisation or organisation
        elif e.organisation is None:
            e.organisation = self.roles.organisation_after(name)
        e.described(role)
        e.deeds |= facts.deeds
        e.age = e.age or facts.age
        e.words |= called
        if not e.gender:
            e.gender = self._gender(e, name)
        if e.spouse is None and role is not None and e.words & self.lists.spouse:
            self._marry(e, name)

    def _marry(self, e: Entity, name: Name) -> None:
        """ "X and his wife, Y": each is the other's."""
        r = self.r
        for k in range(
            name.first - 1, max(r.sent_first[r.sentence[name.first]], name.first - 8) - 1, -1
        ):
            other = self.at.get(k)
            if other is not None and other is not e and other.person:
                e.spouse, other.spouse = other, e
                return

    def _gender(self, e: Entity, name: Name) -> str:
        """By title, first name, or a noun such as "widow"; "" where none tells."""
        lists = self.lists
        by_title = title_gender(self.r, name) if name.core > name.first else ""
        if by_title:
            return by_title
        by_name = self._first_name_gender(e.key[0])
        if by_name and len(e.key) > 1:
            return by_name
        male, female = e.words & lists.male_nouns, e.words & lists.female_nouns
        if bool(male) != bool(female):
            return "m" if male else "f"
        return by_name

    def _first_name_gender(self, word: str) -> str:
        """Of a first name that only men or only women have; "" of "Jean" and "Kim"."""
        if word in self.lists.either:
            return ""
        return "m" if word in self.lists.male else "f" if word in self.lists.female else ""
