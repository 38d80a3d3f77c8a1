"""Descriptions without a name ("the union", "her husband", "a pensioner") taken to whom they mean.

A description is taken back to a name when the article gives one that it fits: by the role or noun
that stands with the name, by a wider or narrower noun ("the lawyer", a barrister), or, for what
only takes somebody up ("the Swede", "the 55-year-old"), by who is spoken of. Everything but the
first is said to be a guess.
"""

from __future__ import annotations

from dataclasses import dataclass

from variorum.stages.claims.focus import Focus
from variorum.stages.claims.kind_words import OFFICES, ONE_OF_TWO
from variorum.stages.claims.ledes import former_or_latter, is_counsel, named_in_next_sentence
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.names import is_agent, is_origin, is_role
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.phrases import AGED, Phrase, bare_words, read_phrase
from variorum.stages.claims.relations import client_of, of_that_place, parent_of
from variorum.stages.claims.verbs import PARENTS
from variorum.stages.claims.workspace import Workspace

_OTHER_OFFICES = frozenset(["shadow", "deputy", "vice", "former", "ex"])
_PROSECUTING = frozenset(["district", "prosecutor", "prosecuting", "prosecution", "general"])
# What somebody with any calling may be for a while.
_SITUATIONS = words(
    "visitor passenger customer shopper diner tourist holidaymaker walker hiker motorist cyclist pedestrian "
    "tenant patient commuter guest buyer victim swimmer camper viewer"
)
# What says whose somebody is, or how learned, and leaves open what they do.
_BESIDE_ANY_CALLING = words(
    "colleague friend neighbour neighbor partner relative rival predecessor successor mate pal "
    "dr doctor prof professor expert researcher author co-author scientist academic captain skipper"
)
# What somebody is besides a trade: "the sprinter X", "the Olympic champion said".
_HONOURS = words("champion medallist medalist olympian finalist")
_OFFICIALS = words("officer official executive")
_HEADS = words("head director chief manager leader chair deputy")
_ELECTED = words("councillor senator representative mp member cllr coun")
_BY_ELECTED = words(
    "leader mayor minister secretary chair chairman chairwoman president chancellor"
)
_LEAD = 2  # paragraphs of a lead, the headline being the first
_PAIR = 8  # tokens of "Nesta Bowen, 68, and" before the other of two
_AHEAD = 60  # mentions looked ahead for a name
_SOON_NAMED = 4  # mentions after a kinsman's in which his name may come
_SAID = frozenset(["said", "says", "told", "added"])
_SOON = 3  # paragraphs after the lead in which the person it describes is named


@dataclass(frozen=True, slots=True)
class Meant:
    """Who is meant by a description, and whether that is a guess."""

    entity: Entity
    guess: bool = True


class Descriptions:
    """Resolves descriptions of persons and organisations inside one article."""

    def __init__(self, w: Workspace, people: People, focus: Focus) -> None:
        self.r, self.people, self.focus = w.r, people, focus
        self.lists = people.lists
        self.unnamed: dict[str, Entity] = {}

    # -- persons ---------------------------------------------------------------------------------
    def is_person(self, p: Phrase) -> bool:
        """Whether the head is a noun for one person: "ombudsman", "55-year-old"."""
        word = p.word
        return (
            is_role(self.lists, word)
            or (is_agent(word) and self.r.tag[p.head] != "M")
            or word in self.lists.kin
            or self._taker(p)
            or word.endswith(("-year-old", "-old", "in-law"))
        )

    def _taker(self, p: Phrase) -> bool:
        """ "The Swede", "the celebrity", "the father of two": what only takes somebody up."""
        if p.word in self.lists.anaphors or (self.r.tag[p.head] == "M" and is_origin(p.word)):
            return True
        after = self.r.tags[p.head + 1 : p.head + 3]
        return p.word in PARENTS and after == "R#" and self.r.low[p.head + 1] == "of"

    def gender(self, p: Phrase) -> str:
        """m, f, or "" of the noun."""
        word = p.word.removeprefix("ex-").partition("-of-")[0]
        if word in self.lists.male_nouns:
            return "m"
        return "f" if word in self.lists.female_nouns else ""

    def person(self, p: Phrase) -> Meant:
        """The person a phrase describes: one named in the article, or the one described."""
        of_two = former_or_latter(self.r, self.people, p)
        if of_two is not None:
            return Meant(of_two)
        return self._named(p) or Meant(self.without_name(p), guess=False)

    def known(self, p: Phrase) -> Meant | None:
        """The person named in the article beside whose name the noun stands; None if there is
        none."""
        return (self._with_role(p) or self._later(p)) if p.definite and p.bare else None

    def _named(self, p: Phrase) -> Meant | None:
        aged = self._of_that_age(p)
        if aged is not None:
            return aged
        if p.article == "his" and (owned := self._owned(p)):
            return owned
        if p.article == "'s" and (p.bare or p.word in self.lists.kin):
            return self._possessed(p) or self._named_at_once(p)
        lead = self._leads(p)
        if p.definite:
            found = self._taken_back(p)
            if found is not None or not lead:
                return found
        if lead and p.article not in ("his", "'s"):
            soon = self._named_at_once(p) or self._later(p) or self._named_soon(p)
            return soon or self._named_next(p)
        if lead:
            return self._named_next(p)
        return self._tagged_next(p) if p.article == "a" and is_role(self.lists, p.word) else None

    def _leads(self, p: Phrase) -> bool:
        return self.r.paragraph[p.first] < _LEAD

    def _named_at_once(self, p: Phrase) -> Meant | None:
        """Whom the sentence after a lead's description names."""
        kin = p.word in self.lists.kin and p.article != "a"
        e = None if kin else named_in_next_sentence(self.r, self.people, p)
        return Meant(e) if e is not None and self._sex_fits(e, p) else None

    def _taken_back(self, p: Phrase) -> Meant | None:
        """Whom a description with "the" takes up, in the order of what tells it."""
        low = self.r.low
        found = self._just_spoke(p) or self._as_before(p)
        found = found or self._with_role(p) or self._same_again(p)
        if found is not None and low[p.first + 1] == "former":
            found = found if "former" in found.entity.words else None
        found = found or self._speaking(p) or self._later(p)
        takes_up = self._taker(p) or p.word.endswith(AGED)  # "the 38-year-old, whose father…"
        if found is None and (p.bare or self._taker(p)) and (not p.qualified or takes_up):
            found = self._introduced(p) or self._spoken_of(p) or self._taken_up(p)
        if found is None and p.bare and (p.telling or p.word in self.lists.institutional):
            found = self._tagged_next(p)
        if found is None and low[p.head + 1 : p.head + 2] == ["of"]:
            found = self._holder(p) or self._tagged_next(p)
        return found

    def _just_spoke(self, p: Phrase) -> Meant | None:
        """ "One minister, who asked not to be named, said… | the minister said": who spoke last in the
        paragraph without a name, whatever minister has one."""
        r, number = self.r, self.r.sentence[p.first]
        for n in (number, number - 1):
            if n < 0 or r.paragraph[r.sent_first[n]] != r.paragraph[p.first] or not p.bare:
                return None
            spoke = [x for x in self.focus.spoke.get(n, ()) if x[0] < p.first]
            if spoke:
                entity = spoke[-1][1]
                nameless = entity is not None and entity.kind == "anonymous"
                return Meant(entity, True) if nameless and entity and p.word in entity.key else None
        return None

    def _possessed(self, p: Phrase) -> Meant | None:
        """ "Mr Ostrow's father", "Brandt's attorney"; "the hotel's manager" before "the manager, X"."""
        if p.word in self.lists.kin:
            return self._later(p) or self._kin_of(p)
        if self.lists.fits("lawyer", p.word):
            return self._counsel(p)
        found = self._later(p) if is_role(self.lists, p.word) else None
        return found or (self._named_soon(p) or self._named_next(p) if self._leads(p) else None)

    def _owned(self, p: Phrase) -> Meant | None:
        """ "Her husband", "his sister", "his client"."""
        if p.word in self.lists.spouse and (spouse := self._spouse(p)):
            return spouse
        if p.word in ONE_OF_TWO and (other := self._sibling(p)):
            return other
        if p.word in self.lists.kin and p.bare:
            child = self.focus.person(
                {"his": "m", "her": "f"}.get(self.r.low[p.first], ""), p.first
            )
            parent = parent_of(self.r, self.people, child, p.word)
            if parent is not None:
                return Meant(parent)
        client = client_of(self.r, self.people, p.first) if p.word == "client" else None
        known = self._the_one_with_role(p) or (None if client is None else Meant(client))
        return known or (self._kin_named_soon(p) if p.word in self.lists.kin and p.bare else None)

    def _kin_named_soon(self, p: Phrase) -> Meant | None:
        """ "His mother told the hearing X. “…,” Janine Birtwell said": who speaks next in the
        paragraph, brought in there with the surname of somebody named before."""
        r = self.r
        before = {e.key[-1] for _, e in self.people.mentions_before(p.first) if e.person}
        for place, e in self.people.mentions_after(p.stop, _SOON_NAMED):
            if r.paragraph[place] != r.paragraph[p.first]:
                return None
            new = e.person and e.places[0] == place and e.role is None and not e.age
            tagged = r.tag[place - 1] == '"' or r.low[place - 1] in _SAID
            if new and tagged and len(e.key) > 1 and e.key[-1] in before:
                return Meant(e) if self._sex_fits(e, p) else None
        return None

    def _of_that_age(self, p: Phrase) -> Meant | None:
        """ "The 52-year-old": the one person whose age is given so."""
        told = next((w for w in self.r.low[p.first : p.head + 1] if w.endswith(AGED)), None)
        if told is None or p.article != "the":
            return None
        years = told.removesuffix(AGED)
        of_age = [e for e in self.people.entities if e.age == years]
        return Meant(of_age[0], guess=False) if len(of_age) == 1 else None

    def _introduced(self, p: Phrase) -> Meant | None:
        """ "The driver" after a lead that begins "A bus driver who… has been cleared": whom the
        paragraphs after it bring in."""
        r = self.r
        for first in r.para_first[:_LEAD]:
            if first >= p.first:
                break
            if r.low[first] not in ("a", "an"):
                continue
            lead = read_phrase(r, self.lists, first, right_phrase(r, first, r.sentence_end(first)))
            if lead.word == p.word and self.is_person(lead):
                return self._later(lead) or self._named_soon(lead, office=True)
        return None

    def _named_next(self, p: Phrase) -> Meant | None:
        """Who is named first in the paragraph after a lead's "the minister said" or "its owner
        said", as its subject and without another role."""
        r = self.r
        number = r.paragraph[p.first] + 1
        for place, e in self.people.mentions_after(p.stop, _AHEAD):
            if r.paragraph[place] < number:
                continue
            if r.paragraph[place] > number or not e.person or e.places[0] < place:
                return None
            if not self.focus.subject_place(place) or not self._sex_fits(e, p):
                return None
            if is_counsel(r, self.people, place, p):
                return None
            return Meant(e) if e.role is None or self._fits(e, p, lead=True) else None
        return None

    def _tagged_next(self, p: Phrase) -> Meant | None:
        """ "The transport secretary denied it. “…,” Leo Hatch said": who speaks next in the
        paragraph, brought in there without a role."""
        r = self.r
        for place, e in self.people.mentions_after(p.stop, 3):
            if (
                r.paragraph[place] != r.paragraph[p.first]
                or r.sentence[place] == r.sentence[p.first]
            ):
                continue
            tagged = r.tag[place - 1] == '"' or r.low[place - 1] in _SAID
            new = e.person and e.places[0] == place and e.role is None and self._sex_fits(e, p)
            bare = p.definite or (not e.age and not e.words & self.lists.roles)
            return Meant(e) if new and tagged and bare else None
        return None

    def _holder(self, p: Phrase) -> Meant | None:
        """ "The mayor of Riva" after "X said": the one person of the paragraph so far, if no role
        of theirs is known."""
        floor = self.r.para_first[self.r.paragraph[p.first]]
        here = {id(e): e for _, e in self.people.mentions_before(p.first, floor) if e.person}
        e = next(iter(here.values()), None)
        free = len(here) == 1 and e is not None and e.role is None and self._sex_fits(e, p)
        return Meant(e) if free and e is not None else None

    def _speaking(self, p: Phrase) -> Meant | None:
        """ "The biologist" after "Dr Imai said": who spoke last in the paragraph, if nothing says
        what else that is."""
        last = self.focus.last_person
        if last is None or not p.bare or p.telling or p.qualified or not last.places:
            return None
        if p.word in self.lists.institutional or self._otherwise(last, p):
            return None
        e = self.focus.person(self.gender(p), p.first)
        if e is not last or not self._sex_fits(e, p):
            return None
        r = self.r
        here = r.paragraph[self.focus.last_at] == r.paragraph[p.first]
        return Meant(e) if here and r.sentence[self.focus.last_at] != r.sentence[p.first] else None

    def _spoken_of(self, p: Phrase) -> Meant | None:
        """ "The defender": the one person of the paragraph so far, whatever else is known of whom;
        not for an office's noun."""
        if p.word in self.lists.institutional or p.telling:
            return None
        r = self.r
        floor = r.para_first[r.paragraph[p.first]]
        here = {id(e): e for _, e in self.people.mentions_before(p.first, floor) if e.person}
        if len(here) != 1:
            return None
        (e,) = here.values()
        if self._otherwise(e, p) and r.tags.count("M", p.first, p.head) > 1:
            return None  # "the Stanwick Town manager" after the striker
        return Meant(e) if self._sex_fits(e, p) else None

    def _fits(self, e: Entity, p: Phrase, *, lead: bool = False) -> bool:
        """Whether the entity's role can be meant by the phrase's words; a lead tells more of
        somebody than stands beside the name later."""
        if not e.person or (not lead and e.role is not None and p.telling - e.words):
            return False
        sex = self.gender(p)
        if sex and e.gender and sex != e.gender:
            return False
        return any(self.lists.fits(p.word, word) for word in e.words | e.deeds)

    def _counsel(self, p: Phrase) -> Meant | None:
        """ "Brandt's attorney": the one lawyer named so far who does not prosecute."""
        before = {id(e): e for _, e in self.people.mentions_before(p.first) if self._fits(e, p)}
        for_him = [e for e in before.values() if not e.words & _PROSECUTING]
        return Meant(for_him[0]) if len(for_him) == 1 else None

    def _with_role(self, p: Phrase) -> Meant | None:
        """The person with that role named last before."""
        before = self.people.mentions_before(p.first)
        placed = self.r.low[p.head + 1 : p.head + 2] == ["of"]
        fit = (e for _, e in before if self._fits(e, p))
        found = of_that_place(self.r, list(fit), p) if placed else fit
        return next((Meant(e, guess=True) for e in found), None)

    def _the_one_with_role(self, p: Phrase) -> Meant | None:
        """ "Her mother" after "her mother, Ana Silva,": if nobody else has that role."""
        before = {id(e): e for _, e in self.people.mentions_before(p.first) if self._fits(e, p)}
        return Meant(next(iter(before.values()))) if len(before) == 1 else None

    def _later(self, p: Phrase) -> Meant | None:
        """The one person whom the article names after the description, with that role: leads say
        "a minister", the next paragraph who."""
        here = self.r.paragraph[p.first]
        of = self.r.low[p.head + 1 : p.head + 2] == ["of"]
        reach = _AHEAD if here <= _LEAD else 1  # paragraphs: after the lead, who is named at once
        later = {
            id(e): e
            for _, e in self.people.mentions_after(p.first, _AHEAD)
            if e.places[0] > p.first
            and self.r.paragraph[e.places[0]] <= here + reach
            and self._fits(e, p, lead=p.article != "the")
            and not (of and self._other_office(e, p))
            and not (e.words & _OTHER_OFFICES).difference(self.r.low[p.first : p.head])
        }
        return Meant(next(iter(later.values()))) if len(later) == 1 else None

    def _other_office(self, e: Entity, p: Phrase) -> bool:
        """ "The leader of Penhallow council" is no "group leader"."""
        more = (e.role or "").lower().split()[:-1]
        return bool(more) and not set(more) & set(self.r.low[p.first : p.stop])

    def _named_soon(self, p: Phrase, *, office: bool = False) -> Meant | None:
        """The first person whom the paragraphs after a lead bring in as a subject, when nothing
        says that it is another: "A widow has… Doreen Halsall, 77, said"."""
        held = p.word in self.lists.institutional and p.word not in self.lists.kin
        if held and not office:
            return None
        r, sex = self.r, self.gender(p)
        for place, e in self.people.mentions_after(p.stop, _AHEAD):
            if r.paragraph[place] > r.paragraph[p.first] + _SOON:
                return None
            if not e.person or e.places[0] < p.first or r.paragraph[place] == r.paragraph[p.first]:
                continue
            if sex and e.gender and e.gender != sex:
                continue
            if not self.focus.subject_place(place) and not e.age:
                continue
            if is_counsel(r, self.people, place, p):
                continue
            also = _ELECTED if p.word in _BY_ELECTED else frozenset[str]()
            other = e.words & self.lists.roles - also and not self._fits(e, p, lead=True)
            other = other and p.word not in _SITUATIONS
            if not other or "defendant" in e.words:
                return Meant(e)
        return None

    def _taken_up(self, p: Phrase) -> Meant | None:
        """ "The Swede", "the singer": the person spoken of, unless the noun is an office's, or the
        person is known to be something else."""
        lists, word = self.lists, p.word
        former = self.r.low[p.first + 1] == "former"
        sure = self._taker(p) or word in ("man", "woman") or self.r.tag[p.head] == "#"
        sure = sure or "-of-" in word or word in _HONOURS  # "the mum-of-three"
        aged = any(w.endswith(AGED) for w in self.r.low[p.first : p.head])
        sure = sure or aged  # "the 31-year-old striker"
        apt = word in lists.hypernyms and word not in OFFICES  # "the gambling tycoon"
        if not sure and not former and (word in lists.institutional or (p.telling and not apt)):
            return None
        e = self.focus.person(self.gender(p), p.first)
        if sure:
            return None if e is None else Meant(e)
        near = self.focus.persons_near(p.first)
        free = [x for x in near if not self._otherwise(x, p) and self._sex_fits(x, p)]
        spoke = e is self.focus.last_person and e is not None and not self._otherwise(e, p)
        if e is not None and (e in free or (spoke and self._sex_fits(e, p))):
            return Meant(e)
        return Meant(free[0]) if len(free) == 1 else None

    def _otherwise(self, e: Entity, p: Phrase) -> bool:
        """Whether it is known what somebody is; "a mother" may be a baker too, and "the official" a
        head of something."""
        known = (e.words & self.lists.roles) - self.lists.kin - _BESIDE_ANY_CALLING
        return bool(known - _HEADS if p.word in _OFFICIALS else known)

    def _sex_fits(self, e: Entity, p: Phrase) -> bool:
        sex = self.gender(p)
        return not sex or not e.gender or sex == e.gender

    def _kin_of(self, p: Phrase) -> Meant | None:
        """ "Mr Ostrow's father said. “…,” said Claude Ostrow": who is named soon after with the
        surname of whose kin it is."""
        r, at = self.r, self.people.at
        owner = next((e for k in range(p.first, p.head) if (e := at.get(k)) and e.person), None)
        if owner is None:
            return None
        for place, e in self.people.mentions_after(p.stop, _SOON_NAMED):
            near = r.paragraph[place] <= r.paragraph[p.first] + 1
            kin = (
                e is not owner and e.person and e.places[0] == place and e.key[-1] == owner.key[-1]
            )
            if near and kin and self._sex_fits(e, p):
                return Meant(e)
        return None

    def _spouse(self, p: Phrase) -> Meant | None:
        """ "Her husband": hers who was spoken of."""
        owner = self.focus.person({"his": "m", "her": "f"}.get(self.r.low[p.first], ""), p.first)
        if owner is not None and owner.spouse is not None:
            return Meant(owner.spouse)
        return self._other_of_two(owner, p)  # "Dave and Carol Hurst"

    def _sibling(self, p: Phrase) -> Meant | None:
        """ "Her sister" after "Nesta Bowen, 68, and Menna Lloyd, 65,": the other of the two."""
        owner = self.focus.person({"his": "m", "her": "f"}.get(self.r.low[p.first], ""), p.first)
        return self._other_of_two(owner, p)

    def _other_of_two(self, owner: Entity | None, p: Phrase) -> Meant | None:
        if owner is None or not owner.places:
            return None
        place = owner.places[0]
        for e in self.people.entities:
            if e is owner or not e.person or not e.places or not self._sex_fits(e, p):
                continue
            first, last = sorted((place, e.places[0]))
            if last - first <= _PAIR and "and" in self.r.low[first:last]:
                return Meant(e)
        return None

    # -- persons without a name ------------------------------------------------------------------
    def _as_before(self, p: Phrase) -> Meant | None:
        """ "The official" after "a US official", nobody having been named since the last of them."""
        known = self.unnamed.get(p.word)
        if known is None or not p.bare or p.telling - known.words:
            return None
        since = self.people.mentions_before(p.first, known.places[-1])
        return None if any(e.person for _, e in since) else Meant(known, guess=False)

    def _same_again(self, p: Phrase) -> Meant | None:
        """ "The doctor" after "a doctor at the hospital"."""
        known = self.unnamed.get(p.word)
        last = self.focus.last_person
        if known is None and last is not None and last.kind == "anonymous" and p.bare:
            role = next(iter(last.key), "")
            known = last if self.lists.fits(p.word, role) else None
        return None if known is None or p.telling - known.words else Meant(known, guess=False)

    def without_name(self, p: Phrase) -> Entity:
        """Somebody without a name, as first described."""
        again = self._same_again(p) if p.article in ("the", "his") and p.bare else None
        if again is not None:
            return again.entity
        r = self.r
        name = bare_words(r, p.first, p.end).removesuffix("'s").removesuffix("’s")
        start = p.first
        while start < p.head and r.tag[start] in "DS#A":
            start += 1
        e = Entity(name, (p.word,), True, gender=self.gender(p), places=[p.first])
        e.role = " ".join(r.said(start, p.head + 1).split())
        e.organisation = self.maker(p.first, p.stop)
        e.described(e.role)
        e.kind = "anonymous" if p.article in ("a", "") else "person"
        self.unnamed[p.word] = e
        return e

    def maker(self, a: int, b: int) -> str | None:
        """Whose report, spokesman or clip it is: "the ministry's", "released by X", "for X"."""
        r, people = self.r, self.people
        for k in range(a, b):
            e = people.at.get(k)
            if e is None:
                continue
            own = r.low[k].endswith("'s") or (k > a and r.tag[k - 1] in "RD")
            if own or not e.person:
                return e.name
        return None
