"""Who is named in a text: persons with role and organisation as written, and organisations."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from variorum.stages.claims.names import Name, is_role, name_lists, names
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.reading import Reading

_PLACES = frozenset(["in", "on", "at", "near", "outside", "across", "around", "into"])
_TRIES = 6  # mentions looked at for a role: news gives it at the first or second
_REACH = 200  # mentions looked back over


@dataclass(slots=True)
class Entity:
    """A person or organisation. ``name`` is the fullest form; ``key`` its words in lower case."""

    name: str
    key: tuple[str, ...]
    person: bool
    gender: str = ""  # m, f or unknown
    role: str | None = None
    organisation: str | None = None
    places: list[int] = field(default_factory=list)
    sure: bool = True


class People:
    """All named in a reading, with the fullest form of each."""

    def __init__(
        self, r: Reading, sources: frozenset[int] = frozenset(), *, english: bool = True
    ) -> None:
        """``sources``: the first tokens of the sources of statements. Not ``english``: capitals
        say less (German nouns have them), so a name needs a first name, a title or a later short
        form."""
        self.r = r
        self.sources = sources
        self.plain = set(r.word)
        self.alone: set[str] = set()
        self.lists = name_lists()
        self.entities: list[Entity] = []
        self.at: dict[int, Entity] = {}
        self.mentions: list[tuple[int, Entity]] = []
        self.by_last: dict[str, list[Entity]] = {}
        self.all_names = names(r)
        if not english:
            for name in self.all_names:
                self._skip_to_first_name(name)
        self.english = english
        for name in self.all_names:
            key = self._key(name)
            if len(key) == 1 and r.low[name.first - 1] != "the":
                self.alone.add(key[0])
        for name in self.all_names:
            self._full(name)
        for name in self.all_names:
            self._short(name)
        self.mentions.sort(key=lambda m: m[0])

    def mentions_before(self, at: int, floor: int = 0) -> list[tuple[int, Entity]]:
        """The last mentions before token ``at``, latest first; not before ``floor``, at most 200:
        a page of thousands of names costs no more a pronoun than a short one."""
        k = bisect_left(self.mentions, at, key=lambda m: m[0])
        return [m for m in reversed(self.mentions[max(0, k - _REACH) : k]) if m[0] >= floor]

    # -- first pass: full names ------------------------------------------------------------------
    def _key(self, name: Name) -> tuple[str, ...]:
        r = self.r
        return tuple(
            r.low[k].removesuffix("'s") for k in range(name.core, name.end) if r.tag[k] != "a"
        )

    def text(self, a: int, b: int) -> str:
        """The words of tokens [a, b) without a final possessive."""
        said = " ".join(self.r.said(a, b).split())
        return said[:-2] if said.endswith(("'s", "’s")) else said

    def _full(self, name: Name) -> None:
        key = self._key(name)
        if len(key) < 2 or (len(key) > 2 and self._shouted(name)):
            return
        person = self._is_person(name, key)
        if person is None:
            return
        existing = self._same(key, person)
        if existing is None:
            existing = Entity(self.text(name.core, name.end), key, person)
            self.entities.append(existing)
            self.by_last.setdefault(key[-1], []).append(existing)
            if not person:
                self.by_last.setdefault(key[0], []).append(existing)
                acronym = "".join(w[0] for w in key if w not in ("of", "and", "the", "&", "for"))
                if len(acronym) > 1:
                    self.by_last.setdefault(acronym, []).append(existing)
        elif len(key) > len(existing.key):
            existing.key, existing.name = key, self.text(name.core, name.end)
        self._note(existing, name)

    def _shouted(self, name: Name) -> bool:
        """A run of words all in capitals: a headline rather than a name."""
        return all(self.r.word[k].isupper() for k in range(name.first, name.end))

    def _same(self, key: tuple[str, ...], person: bool) -> Entity | None:
        for e in self.by_last.get(key[-1], ()):
            if e.person == person and (e.key[0] == key[0] or set(key) <= set(e.key)):
                return e
        return None

    def _is_person(self, name: Name, key: tuple[str, ...]) -> bool | None:
        """True person, False organisation, None neither can be told."""
        lists, r = self.lists, self.r
        if any(k in lists.org_words for k in key[1:]) or key[0] in lists.org_words:
            return False
        if key[0] in lists.male or key[0] in lists.female:
            return True
        if name.core > name.first:
            return True
        if self._after_org_noun(name):
            return False
        if len(key) <= 3 and self._role_of_apposition(name) is not None:
            return True
        if len(key[0]) == 1 and len(key) > 1:
            return True
        before = r.low[name.first - 1] if name.first else ""
        if len(key) <= 3 and key[-1] in self.alone and before != "the":
            return True
        if before == "the":
            return False
        if before in lists.roles or before.removesuffix("s") in lists.roles:
            return True
        if len(key) in (2, 3) and (name.first in self.sources or self._said_near(name)):
            return True
        return None

    def _said_near(self, name: Name) -> bool:
        """Next to a verb of saying or before an apposition: probably a person."""
        r = self.r
        k = name.end
        if k < len(r) and (r.low[k] in r.lex.cues and r.tag[k] in "VEB"):
            return True
        j = name.first - 1
        if j >= 0 and r.low[j] in ("said", "says", "added", "told", "wrote"):
            return True
        return (
            k + 2 < len(r)
            and r.tag[k] == ","
            and (r.low[k + 1] in ("a", "an", "who") or r.tag[k + 1] == "#")
        )

    # -- second pass: short forms ----------------------------------------------------------------
    def _short(self, name: Name) -> None:
        if name.first in self.at:
            return
        key = self._key(name)
        if not key:
            return
        if len(key) == 1 and name.core == name.first and self._common(key[0], name):
            return
        candidates = self.by_last.get(key[-1], [])
        entity = next((e for e in candidates if set(key) <= set(e.key) or len(key) == 1), None)
        titled = name.core > name.first
        if entity is None and not titled and (not self.english or self._no_name(name, key)):
            return
        if entity is None:
            lone = len(key) == 1 and not self._org_like(name, key) and not self._place(name)
            person = titled or lone
            if not titled and len(key) == 1 and key[0] in self.r.lex.tags:
                return
            entity = Entity(self.text(name.core, name.end), key, person, sure=titled)
            self.entities.append(entity)
            self.by_last.setdefault(key[-1], []).append(entity)
        if entity is not None:
            self._note(entity, name)

    def _no_name(self, name: Name, key: tuple[str, ...]) -> bool:
        """What has its capital from its place: a shouted headline, "Harbour master…"."""
        r = self.r
        if self._shouted(name) and len(key) > 2:
            return True
        opens = name.first == r.sent_first[r.sentence[name.first]]
        return len(key) == 1 and opens and name.end < len(r) and r.tag[name.end] in "NJ"

    def _place(self, name: Name) -> bool:
        """A lone name after a preposition of place: rather a place than a person."""
        k = name.first - 1
        return k >= 0 and self.r.low[k] in _PLACES

    def _common(self, word: str, name: Name) -> bool:
        """A common noun that has its capital from the head of the sentence."""
        lists, r = self.lists, self.r
        if name.first != r.sent_first[r.sentence[name.first]] and r.tag[name.first - 1] not in '"q':
            return False
        return (
            word in self.plain
            or word in lists.groups
            or word in lists.sources
            or word in lists.org_nouns
            or word in r.lex.artefacts
            or word in lists.roles
            or (word.endswith("s") and word[:-1] in lists.roles)
        )

    def _skip_to_first_name(self, name: Name) -> None:
        """ "Polizeisprecherin | Anke Dorn": what stands before a first name is a title."""
        if self.r.low[name.core] in self.lists.first_names:
            return
        for k in range(name.core + 1, name.end - 1):
            if self.r.low[k] in self.lists.first_names:
                name.core = k
                return

    def _after_org_noun(self, name: Name) -> bool:
        """ "the company Vallon", "l'entreprise Vallon"."""
        k = name.first - 1
        return k >= 0 and self.r.low[k].split("'")[-1] in self.lists.org_nouns

    def _org_like(self, name: Name, key: tuple[str, ...]) -> bool:
        r = self.r
        word = r.word[name.core]
        return (
            self._after_org_noun(name)
            or any(k in self.lists.org_words or k in self.lists.known for k in key)
            or (word.isupper() and len(word) > 1)
            or (name.first > 0 and r.low[name.first - 1] == "the")
        )

    # -- what is said about them -----------------------------------------------------------------
    def _note(self, e: Entity, name: Name) -> None:
        r, lists = self.r, self.lists
        e.places.append(name.first)
        self.mentions.append((name.first, e))
        for k in range(name.first, name.end):
            self.at[k] = e
        if not e.person:
            return
        titles = [r.low[k] for k in range(name.first, name.core)]
        if not e.gender:
            if any(t in lists.male_titles for t in titles) or e.key[0] in lists.male:
                e.gender = "m"
            elif any(t in lists.female_titles for t in titles) or e.key[0] in lists.female:
                e.gender = "f"
        if e.role is None and len(e.places) <= _TRIES:
            e.role, org = self._role_after(name)
            if e.role is None:
                e.role, org = self._role_before(name)
            if e.role is None:
                e.role = self._role_of_apposition(name)
            e.organisation = e.organisation or org
        if e.organisation is None and len(e.places) <= _TRIES:
            e.organisation = self._organisation_after(name)

    def _role_of_apposition(self, name: Name) -> str | None:
        """ "the prosecutor, X," and "its medical director, X,": the role before a comma."""
        r = self.r
        head = name.first - 2
        if head < 0 or r.tag[head + 1] != "," or r.sentence[head] != r.sentence[name.first]:
            return None
        if not is_role(self.lists, r.low[head]):
            return None
        k = head
        while (
            k > 0
            and r.tag[k - 1] in "NJMEGBA"
            and head - k < 6
            and r.sentence[k - 1] == r.sentence[head]
        ):
            k -= 1
        return self.text(k, head + 1) if k > 0 and r.tag[k - 1] in "DS" else None

    def _role_before(self, name: Name) -> tuple[str | None, str | None]:
        """ "France's interior minister X", "prosecutor X", "Senator X"."""
        r, lists = self.r, self.lists
        j = name.first
        while (
            j > 0
            and not r.low[j - 1].endswith("'s")
            and r.tag[j - 1] in "NJEGB"
            and r.sentence[j - 1] == r.sentence[name.first]
            and name.first - j < 5
        ):
            j -= 1
        own: str | None = None
        org: str | None = None
        if j < name.first and is_role(lists, r.low[name.first - 1]):
            own = self.text(j, name.first)
            if j > 0 and r.low[j - 1].endswith("'s"):
                org = self._possessor(j - 1)
            elif j > 0 and r.tag[j - 1] == "M" and j - 1 in self.at and not self.at[j - 1].person:
                org = self.at[j - 1].name
            elif j > 0 and r.tag[j - 1] == "M":
                k = j - 1
                while k > 0 and r.tag[k - 1] == "M" and r.sentence[k - 1] == r.sentence[j]:
                    k -= 1
                own = self.text(k, name.first)
        titles = [
            k
            for k in range(name.first, name.core)
            if r.low[k] not in ("mr", "mrs", "ms", "miss", "m")
        ]
        if titles and r.tag[titles[0]] != "a":
            title = self.text(titles[0], name.core).rstrip(".") if name.core else None
            own = f"{own} {title}" if own else title
        return own, org

    def _possessor(self, k: int) -> str | None:
        r = self.r
        if not r.word[k][0].isupper():
            return None
        j = k
        while j > 0 and r.tag[j - 1] in "MNJ" and r.sentence[j - 1] == r.sentence[k]:
            j -= 1
        return self.text(j, k + 1)

    def _role_after(self, name: Name) -> tuple[str | None, str | None]:
        """ "X, a former director of Y," and "X, who heads Y" (the first only)."""
        r = self.r
        k = name.end
        if k + 1 >= len(r) or r.tag[k] != ",":
            return None, None
        k += 1
        if r.tag[k] == "#" and k + 2 < len(r) and r.tag[k + 1] == ",":
            k += 2
        stop = min(r.sentence_end(k), k + 25)
        start = k
        if k < stop and r.tag[k] in "DS":
            k += 1
        while k < stop and r.tag[k] in "NJMEGBAa-" and r.word[k] != ",":
            k += 1
        head = k - 1
        indefinite = r.low[start] in ("a", "an") and k < stop and r.tag[k] in ",RW."
        if head < start or not (is_role(self.lists, r.low[head]) or indefinite):
            return None, None
        begin = start + 1 if r.low[start] in ("the", "a", "an") else start
        return self._split_role(begin, head + 1, stop)

    def _split_role(self, begin: int, k: int, stop: int) -> tuple[str, str | None]:
        """ "professor of law at the University of X": role and organisation."""
        r = self.r
        role_end = k
        while k < stop and r.low[k] in ("of", "for", "at", "with", "from", "in"):
            end = right_phrase(r, k + 1, stop)
            if end <= k + 1:
                break
            inner = [m for m in range(k + 1, end) if r.low[m] in ("at", "for", "with")]
            if inner:
                end = inner[0]
            first = k + 2 if r.tag[k + 1] == "D" else k + 1
            named = first < end and r.tag[first] == "M"
            org_like = any(
                r.low[m] in self.lists.org_words or r.low[m] in self.lists.org_nouns
                for m in range(first, end)
            )
            if (
                r.low[k] in ("for", "at", "with")
                or (named and org_like)
                or (org_like and r.low[k] == "of")
            ):
                return self.text(begin, role_end), self.text(first, end)
            role_end = k = end
        return self.text(begin, role_end), None

    def _organisation_after(self, name: Name) -> str | None:
        """ "X of the police union Y", "X from the ministry"."""
        r = self.r
        k = name.end
        if k + 1 >= len(r) or r.low[k] not in ("of", "from", "with"):
            return None
        end = right_phrase(r, k + 1, r.sentence_end(k))
        first = k + 2 if r.tag[k + 1] == "D" else k + 1
        org_like = any(
            r.low[m] in self.lists.org_words or r.low[m] in self.lists.org_nouns
            for m in range(first, end)
        )
        return self.text(first, end) if org_like else None
