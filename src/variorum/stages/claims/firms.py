"""Descriptions of organisations ("the union", "the company", "the newspaper") taken to who they mean."""

from __future__ import annotations

from variorum.stages.claims.focus import Focus
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.phrases import Phrase
from variorum.stages.claims.workspace import Workspace

_OF_STATES = frozenset(["european", "african"])  # whose unions are no parties
_PRESS = frozenset(["newspaper", "paper", "magazine"])
_AGENCIES = words(
    "ap associated reuters afp france-presse upi dpa efe ansa tass xinhua interfax bloomberg"
)
_BODIES = frozenset(["trust", "charity", "club"])
_LEAD = 2  # paragraphs of a lead, the headline being the first
_AHEAD = 60  # mentions looked ahead for a name


class Firms:
    """Resolves descriptions of organisations inside one article."""

    def __init__(self, w: Workspace, people: People, focus: Focus) -> None:
        self.r, self.people, self.focus = w.r, people, focus
        self.lists = people.lists

    def organisation(self, p: Phrase) -> Entity | str | None:
        """ "The union": the organisation whose name or description has the word; for "the company"
        and its like the one spoken of last. A str: one that is only named with a person."""
        if p.article == "his" and p.bare and self.r.paragraph[p.first] < _LEAD:
            return self._firm_named_soon(p)  # "their union has announced"
        if p.article not in ("the", "") or not p.bare:
            return None
        named = self.r.tags.count("M", p.first, p.head) > 1
        if named and p.word in self.lists.public | _BODIES:
            return None  # "the Northvale and District trust"
        if self.r.paragraph[p.first] < _LEAD and (soon := self._firm_named_soon(p)):
            return soon
        before = [e for _, e in self.people.mentions_before(p.first)]
        for e in before:
            if not e.person and self._is_called(e, p):
                return e
        if p.telling:
            return self._only_firm(p)
        for e in before:
            if e.organisation and p.word in e.organisation.lower().split():
                return e.organisation
        if p.article == "":
            return None
        if p.word not in self.lists.general_orgs:
            return self._only_one(p, before)
        near = [e for e in self.focus.organisations_near(p.first) if self._may_be(e, p)]
        subjects = [e for e in near if any(self.focus.subject_place(q) for q in e.places[-3:])]
        return next(iter(subjects or near), None)

    def press(self, p: Phrase) -> Entity | None:
        """ "The newspaper" after "the Northern Echo reported": a thing's noun for who prints it."""
        if p.word not in _PRESS or p.article != "the" or p.head != p.first + 1 or not p.bare:
            return None  # "the 11-page paper"
        before = (e for _, e in self.people.mentions_before(p.first))
        return next((e for e in before if not e.person and self._is_called(e, p)), None)

    def firm_of(self, p: Phrase) -> Entity | None:
        """ "The brewer" after "Kettle & Ash, the brewer behind Old Sorrel,": a firm by a noun that
        is else a person's."""
        if p.article != "the" or not p.bare or p.telling:
            return None
        before = (e for _, e in self.people.mentions_before(p.first))
        return next((e for e in before if not e.person and p.word in e.words), None)

    def _firm_named_soon(self, p: Phrase) -> Entity | None:
        """ "The spending watchdog has found" in a lead: whom the paragraphs after it name so."""
        for place, e in self.people.mentions_after(p.stop, _AHEAD):
            if self.r.paragraph[place] > self.r.paragraph[p.first] + _LEAD:
                return None
            if not e.person and e.places[0] == place and self._is_called(e, p):
                return e
        return None

    def _only_firm(self, p: Phrase) -> Entity | None:
        """ "Shares in Ferrotek fell after the engine maker said": the one firm of the paragraph of
        which nothing else is known."""
        if p.word not in self.lists.general_orgs or p.article != "the":
            return None
        floor = self.r.para_first[self.r.paragraph[p.first]]
        here = {id(e): e for _, e in self.people.mentions_before(p.first, floor) if not e.person}
        e = next(iter(here.values()), None)
        if len(here) != 1 or e is None or not self._may_be(e, p):
            return None
        return None if (set(e.key) | e.words) & self.lists.org_nouns else e

    def _only_one(self, p: Phrase, before: list[Entity]) -> Entity | None:
        """ "The museum": the one organisation named so far, unless it is called something else."""
        named = {id(e): e for e in before if not e.person}
        e = next(iter(named.values()), None)
        if len(named) != 1 or e is None or p.word in self.lists.public:
            return None
        other = (set(e.key) | e.words) & self.lists.org_nouns
        return None if other or not self._may_be(e, p) else e

    def _is_called(self, e: Entity, p: Phrase) -> bool:
        known = set(e.key) | e.words
        if not p.telling <= known:
            return False
        kinds = self.lists.org_kinds.get(p.word, frozenset())
        if p.word == "party" and e.key[0] in _OF_STATES:
            return False
        return any(p.word == k or p.word + "s" == k for k in known) or bool(kinds & known)

    def _may_be(self, e: Entity, p: Phrase) -> bool:
        """Whether "the company" can be this one: no office, court or union, and no agency that
        brings the news."""
        if not _AGENCIES.isdisjoint(e.key):
            return False
        return not (set(e.key) & self.lists.public or e.words & self.lists.public)
