"""Whom a text is about at a place: who spoke and who was the subject, latest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from variorum.model import Speaker
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.name_kinds import ORGANISATION, PERSON
from variorum.stages.claims.nounphrases import clause_subject
from variorum.stages.claims.people import Entity, People
from variorum.stages.claims.phrases import Phrase
from variorum.stages.claims.workspace import Workspace

_HEADED = 9  # what a mention in the headline weighs
_HEARD = 12  # sentences in which "the people" were last heard
_OWNER = 5  # tokens of a name with its titles
_SENTENCES = 4  # looked back over for a pronoun
_PARAGRAPHS = 2  # before that of the pronoun in which others could be meant
_OF_HIM = frozenset(["he", "his", "he'd", "he's", "he'll", "himself"])
_OF_HER = frozenset(["she", "hers", "she'd", "she's", "she'll", "herself"])
_OF_IT = frozenset(["its", "itself"])
_HAD = frozenset(["had", "has", "would", "will", "did", "does", "hoped", "could"])
_IT_IS = (["it", "was"], ["it", "is"], ["it", "remained"], ["it", "remains"])
_FEELS = words(
    "horrified delighted disappointed pleased committed aware confident cooperating co-operating "
    "reviewing considering working investigating proud sorry saddened shocked appalled looking seeking "
    "planning taking making continuing unable unaware determined grateful concerned alarmed satisfied "
    "ready willing prepared preparing assessing monitoring examining"
)
_SECOND_HAND = frozenset(["asked", "according", "under"])


def said_of(w: Workspace) -> dict[int, str]:
    """What the pronoun that opens a statement says of its source, by the source's first and last
    tokens:
    "X said he had", "X says it hopes"."""
    found: dict[int, str] = {}
    low, tag = w.r.low, w.r.tag
    for s in w.found:
        if s.source is None or s.cue is None or s.cue[0] < s.source[0]:
            continue
        ends = (s.source[0], s.source[1] - 1)
        k = s.parts[0][0]
        if k < s.cue[1] or k + 1 >= len(low):
            continue
        if low[k] in _OF_HIM or low[k] in _OF_HER:
            found.update(dict.fromkeys(ends, PERSON))
        elif (
            low[k] in _OF_IT
            or (low[k] == "it" and (low[k + 1] in _HAD or tag[k + 1] in "VBE"))
            or (low[k : k + 2] in _IT_IS and not _FEELS.isdisjoint(low[k + 2 : k + 5]))
        ):
            found.update(dict.fromkeys(ends, ORGANISATION))
    return found


class Focus:
    """Remembers who spoke in which sentence, and gives who could be meant by a pronoun."""

    def __init__(self, w: Workspace, people: People) -> None:
        self.w, self.r, self.people = w, w.r, people
        self.last_person: Entity | None = None
        self.last_at = -1  # the token at which that source begins
        self.last_of: dict[str, Entity] = {}
        self._interviewed: list[Entity | None] = []  # once it has been sought
        self.last_group: Speaker | None = None
        self.last_org: Speaker | None = None
        self.spoke: dict[int, list[tuple[int, Entity | None, Speaker]]] = {}
        self.described: Callable[[], Callable[[int, int], Entity | None] | None] = lambda: None

    # -- remembering -----------------------------------------------------------------------------
    def heard(self, at: int, speaker: Speaker, entity: Entity | None) -> None:
        """Somebody has been resolved as the source that begins at token ``at``."""
        self.spoke.setdefault(self.r.sentence[at], []).append((at, entity, speaker))
        if entity is not None and entity.person:
            self.last_person, self.last_at = entity, at
            self.last_of[entity.gender] = entity
        elif speaker.kind == "group":
            self.last_group = speaker
        elif speaker.kind == "organisation":
            self.last_org = speaker

    def several_again(self, p: Phrase) -> Speaker | None:
        """ "Three people familiar with the talks said… | the people said": who was heard so last."""
        number = self.r.sentence[p.first]
        for n in range(number, max(-1, number - _HEARD), -1):
            for place, _, speaker in reversed(self.spoke.get(n, [])):
                nameless = place < p.first and speaker.kind == "anonymous"
                if nameless and p.word in (speaker.name or "").lower().split():
                    return speaker
        return None

    def interviewed(self, at: int) -> Entity | None:
        """Whom an interview is with: the person named most often before its first answer, in the
        headline rather than below; None if nobody is."""
        if not self._interviewed:
            weight: Counter[int] = Counter()
            named: dict[int, Entity] = {}
            for place, e in self.people.mentions_before(at):
                if e.person:
                    named[id(e)] = e
                    weight[id(e)] += _HEADED if self.r.paragraph[place] == 0 else 1
            self._interviewed = [named[k] for k, _ in weight.most_common(1)] or [None]
        return self._interviewed[0]

    # -- persons ---------------------------------------------------------------------------------
    def person(self, gender: str, at: int) -> Entity | None:
        """The person that a pronoun at token ``at`` takes up (``gender`` m, f, or "" for either):
        who spoke or was the subject last, else the last speaker, else the last one named."""
        weak: Entity | None = None
        other = self._parted(at)
        for group in self._candidates(at):
            if other is not None:
                group = [e for e in group if e is not other]
            known = next((e for e in group if not gender or e.gender == gender), None)
            if known is not None:
                return known
            unknown = [e for e in group if not e.gender and not self._of_ones_own(e, gender)]
            sure = next((e for e in unknown if e.sure), None)
            if sure is not None:
                sure.gender = gender  # told by the pronoun, once, by the nearest subject
                return sure
            if unknown and weak is None:
                weak = unknown[0]  # a lone capitalised word may be a firm's or a dog's
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

    def _parted(self, at: int) -> Entity | None:
        """ "Arden, | she said, was the best of them": whom the pronoun parts from the verb is
        another; "Mrs Verity had their support, | she said": likewise, where the sentence before is
        about another woman."""
        r, number = self.r, self.r.sentence[at]
        if r.tag[at - 1] != ",":
            return None
        subject = self.subject_range(number, at)
        if subject is None:
            return None
        e = self.people.at.get(subject[1] - 1)
        if subject[1] == at - 1 or e is None or not e.person or e.gender == "":
            return e if subject[1] == at - 1 else None
        first = r.sent_first[number - 1] if number else at
        if r.paragraph[first] != r.paragraph[at]:
            return None
        about = self._subjects(first, r.sent_first[number])
        return e if any(x is not e and x.gender == e.gender for x in about) else None

    def _of_ones_own(self, e: Entity, gender: str) -> bool:
        """ "Her doctor told her to rest. She says…": she is whose doctor it is."""
        owner = {"f": "her", "m": "his"}.get(gender)
        return e.kind != "anonymous" and bool(e.places) and self.r.low[e.places[0]] == owner

    def _candidates(self, at: int) -> Iterator[list[Entity]]:
        """Speakers and subjects of the sentence of ``at`` and the ones before it, latest first; in
        each list those that come before one another only by their place."""
        r = self.r
        for number in range(r.sentence[at], max(-1, r.sentence[at] - _SENTENCES), -1):
            first = r.sent_first[number]
            here = number == r.sentence[at]
            if here and r.low[first] in _SECOND_HAND:
                continue  # "Asked if X was lazy, he said": he is not X
            for place, entity, _ in self.spoke.get(number, ()):
                if entity is not None and entity.person and place < at:
                    yield [entity]
            describe = self.described()
            subject = describe(number, at) if describe is not None else None
            if subject is not None:
                yield [subject]
            stop = at if here else r.sent_first[number + 1]
            named = list(self._subjects(first, stop))
            yield named
            if not here:
                yield list(self._owners(first, stop))
            if not here and not named and r.paragraph[first] == r.paragraph[at]:
                yield list(self._mentioned(first, stop))
            if here and r.tag[at - 1] == ",":
                yield list(self._owner(first, at))

    def _mentioned(self, first: int, stop: int) -> Iterator[Entity]:
        """Those a sentence of the same paragraph without a person as its subject names: "For X, it
        was too late. “I cried,” he said"."""
        r, at = self.r, self.people.at
        for p in range(first, stop):
            e = at.get(p)
            if e is not None and e.person and self.w.quoted[p] < 0 and not r.low[p].endswith("'s"):
                yield e

    def _owner(self, first: int, stop: int) -> Iterator[Entity]:
        """ "X's party would vote for it, he said": he is X."""
        r, at = self.r, self.people.at
        for p in range(first, min(stop, first + _OWNER)):
            e = at.get(p)
            if e is None or self.w.quoted[p] >= 0:
                return
            if r.low[p].endswith("'s"):
                if e.person:
                    yield e
                return

    def _owners(self, first: int, stop: int) -> Iterator[Entity]:
        """ "X's former husband said she…": she, of whom the sentence speaks too, may be X."""
        r, at = self.r, self.people.at
        for p in range(first, stop):
            e = at.get(p)
            owns = e is not None and r.low[p].endswith("'s") and self.w.quoted[p] < 0
            if owns and e is not None and e.person and e.gender:
                yield e

    def _subjects(self, first: int, stop: int) -> Iterator[Entity]:
        people = self.people
        for p in range(first, stop):
            e = people.at.get(p)
            if e is None or not e.person or self.w.quoted[p] >= 0 or people.at.get(p - 1) is e:
                continue
            if self.subject_place(p):
                yield e

    def several(self, gender: str, at: int) -> bool:
        """Whether more than one person in reach could be meant."""
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - _PARAGRAPHS)]
        found = {
            id(e)
            for _, e in self.people.mentions_before(at, floor)
            if e.person and e.gender in ("", gender)
        }
        return len(found) != 1

    def subject_place(self, p: int) -> bool:
        """Whether a name stands as a subject: not possessive, not after a preposition or verb."""
        return self.people.subject_place(p)

    # -- others ----------------------------------------------------------------------------------
    def subject_range(self, number: int, stop: int) -> tuple[int, int] | None:
        """The tokens of the subject of a sentence, if it ends before token ``stop``."""
        r = self.r
        first = r.sent_first[number]
        if self.w.quoted[first] >= 0:
            return None
        found = clause_subject(r, first, min(stop, r.sentence_end(first)))
        return found if found is not None and found[1] < stop else None

    def organisations_near(self, at: int) -> list[Entity]:
        """The organisations named in this paragraph and the two before, latest first."""
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - _PARAGRAPHS)]
        near = {id(e): e for _, e in self.people.mentions_before(at, floor) if not e.person}
        return list(near.values())

    def persons_near(self, at: int) -> list[Entity]:
        """The persons named in this paragraph and the two before, latest first."""
        r = self.r
        floor = r.para_first[max(0, r.paragraph[at] - _PARAGRAPHS)]
        near = {id(e): e for _, e in self.people.mentions_before(at, floor) if e.person and e.sure}
        return list(near.values())
