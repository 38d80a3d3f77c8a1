"""Whether a capitalised name is a person's, an organisation's or a place's: evidence, in order.

The name's own words come first (a first name, "Bank"), then what stands beside it (a title, an age,
"the airline,"), then what is said of it ("X said it had", "X's shares"), then its shorter forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from variorum.stages.claims.kind_words import (
    ALIASED,
    HOLDINGS,
    HOUSES,
    JOINTS,
    LONGEST_APPOSITION,
    NAMELIKE,
    OF_A_FIRM,
    OF_A_SIDE,
    OF_FIRMS,
    OF_PLACES,
    PARTS_OF_THE_WORLD,
    PLACE_PREPS,
    PLURAL_VERBS,
    POSTED,
    REGIONS,
    SAID,
    SEATED,
    SETTLEMENTS,
    SEVERAL_AS_ONE,
    SURNAMES,
    THEN_HE,
)
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.name_signs import (
    AS,
    AT,
    COMMA,
    DASH,
    GIVEN,
    HEADS,
    HELD,
    INITIAL,
    NOUN,
    NOUNED,
    OF,
    OFFICE,
    ON,
    PLACED,
    POLITY,
    SETTLED,
    THE,
    TITLED,
    UPON,
    signs_at,
)
from variorum.stages.claims.names import Name, is_agent, is_role, name_lists, one_unnamed
from variorum.stages.claims.reading import Reading

Key = tuple[str, ...]
PERSON, ORGANISATION, PLACE, UNKNOWN = "person", "organisation", "place", ""


class NameKinds:
    """Tells the kinds of the names of one reading.

    ``sources`` are the tokens inside the sources of statements; ``said_of`` what a statement's own
    pronoun says of the source that begins at a token; ``alone`` the names that stand alone
    somewhere, ``titled`` those that have a title there.
    """

    def __init__(
        self,
        r: Reading,
        sources: frozenset[int],
        said_of: Mapping[int, str],
        alone: set[str],
        titled: set[str],
    ) -> None:
        self.r = r
        self.lists = name_lists()
        self.sources = sources
        self.said_of = said_of
        self.alone = alone
        self.titled = titled
        self._kept = r.places is not None  # what is told of a name, for other texts

    def of(self, name: Name, key: Key) -> str:
        """person, organisation, place, or "" where neither can be told."""
        elsewhere = self._elsewhere(name, key) if self._kept else ()
        kind = name.facts.kinds.get(elsewhere)
        if kind is None:
            kind = name.facts.kinds[elsewhere] = self._by_rules(name, key)
        return kind

    def _elsewhere(self, name: Name, key: Key) -> tuple[object, ...]:
        """All that the rules ask but the words in and around a name: see ``spoken_of``,
        ``shorter_forms``, ``speaks``, ``polity``."""
        first, said_of = name.first, self.said_of
        return (
            first in self.sources,
            said_of.get(first),
            said_of.get(name.end - 1),
            key[-1] in self.alone,
            key[-1] in self.titled,
        )

    def _by_rules(self, name: Name, key: Key) -> str:
        if len(key) == 1 and key[0] in _SAY_NOTHING:
            return PLACE
        for rule in _rules(len(key) == 1, signs_at(self.r, name, key)):
            kind = rule(self, name, key)
            if kind is not None:
                return kind
        return UNKNOWN

    def office(self, name: Name, key: Key) -> str | None:
        """ "Mayor of Coachella", "Deputy News Director": a description in capitals."""
        lists, offices = self.lists, self.lists.offices
        if key[0] in ("daily", "sunday"):
            return ORGANISATION  # "the Daily Star"
        if one_unnamed(self.r, name, key):
            return PLACE
        if len(key) > 2 and key[0] in offices and key[1] == "of":
            return PLACE
        before = key[:-1]
        if key[-1] in lists.groups and key[-1] not in lists.org_words:  # "Opposition MPs"
            return PLACE
        if key[-1] not in offices or key[0] in lists.first_names:
            return None
        led = name.core > name.first or self.r.tag[name.first - 1] in "DS"
        owned = name.first > 0 and self.r.low[name.first - 1].endswith("'s")
        if name.first and (led or owned) and self.r.tag[name.end : name.end + 1] == [","]:
            return PLACE  # "Halden's Chief Commercial Officer, X, said"
        return PLACE if any(k in lists.org_words or k in offices for k in before) else None

    # -- the words of the name -------------------------------------------------------------------
    def dateline(self, name: Name, key: Key) -> str | None:
        """ "TEGUAL — The death toll…": where a story comes from."""
        r, k = self.r, name.end
        if k >= len(r.tag) or r.tag[k] != "-":
            return None
        heads = name.first == r.para_first[r.paragraph[name.first]]
        shouted = all(r.word[m].isupper() for m in range(name.first, name.end))
        return PLACE if heads and shouted else None

    def side(self, name: Name, key: Key) -> str | None:
        """ "the Stanwick Town manager": a club, by what its name stands before."""
        plays = not OF_A_SIDE.isdisjoint(self.r.low[name.end : name.end + 1])
        return ORGANISATION if plays else None

    def place_word(self, name: Name, key: Key) -> str | None:
        """ "Hobbs County", "Great Britain"."""
        lists, low = self.lists, self.r.low
        if key[0] in PARTS_OF_THE_WORLD and (key[-1] in lists.countries or key[-1] in REGIONS):
            return PLACE
        if key[-1] not in lists.places or any(k in lists.org_words for k in key):
            return None
        if key[0] in lists.first_names and not (name.first and low[name.first - 1] in PLACE_PREPS):
            return None
        return PLACE if name.core == name.first else None

    def alias(self, name: Name, key: Key) -> str | None:
        """ "The officer, known only as W80"."""
        k, low = name.first - 2, self.r.low
        known = k > 0 and low[k + 1] == "as" and (low[k] in ALIASED or low[k - 1] in ALIASED)
        return PERSON if known and self.lists.org_words.isdisjoint(key) else None

    def settlement(self, name: Name, key: Key) -> str | None:
        """ "St Brannock", "Port Ellery", "Lake Torva", "Sutton-on-Sea": no person, by its first
        word or its joints."""
        jointed = "-" in key[-1] and any(part in key[-1] for part in JOINTS)
        if not jointed and not (1 < len(key) < 4 and key[0] in OF_PLACES):
            return None
        if name.core > name.first or not self.lists.org_words.isdisjoint(key):
            return None
        return self.spoken_of(name, key) or PLACE

    def seat(self, name: Name, key: Key) -> str | None:
        """ "The mayor of Cala Blanca": where an office is held; "the town of Orlec"."""
        k, low = name.first - 2, self.r.low
        held = k >= 0 and low[k + 1] == "of" and (low[k] in SEATED or low[k] in SETTLEMENTS)
        plain = key[0] not in self.lists.first_names and self.lists.org_words.isdisjoint(key)
        return PLACE if held and plain else None

    def platform(self, name: Name, key: Key) -> str | None:
        """ "In a post on Threadline": what somebody writes on."""
        k, low = name.first - 2, self.r.low
        posted = k >= 0 and low[k + 1] == "on" and low[k] in POSTED
        return ORGANISATION if posted and key[0] not in self.lists.first_names else None

    def organisation_word(self, name: Name, key: Key) -> str | None:
        """ "Roof Federation", "Highways Scotland"."""
        lists = self.lists
        first_name = key[0] in lists.first_names
        if not first_name and "&" in self.r.word[name.core : name.end]:
            return ORGANISATION  # "Wildlife & Parks"
        if key in HOUSES:
            return ORGANISATION  # "No 10"
        if not lists.org_words.isdisjoint(key):
            surname = first_name and len(key) == 2 and key[1] in SURNAMES
            return None if surname else ORGANISATION
        if len(key) > 1 and key[-1] in lists.countries and not first_name:
            return ORGANISATION if name.core == name.first else None
        return None

    def first_name(self, name: Name, key: Key) -> str | None:
        """ "Ana Doukas"."""
        return PERSON if key[0] in self.lists.first_names else None

    def initial(self, name: Name, key: Key) -> str | None:
        """ "J. Holm"."""
        return PERSON if len(key[0]) == 1 else None

    def shape(self, name: Name, key: Key) -> str | None:
        """ "NHS", "Munch4Schools", "LinkedIn", and firms known by one word."""
        word = self.r.word[name.core]
        if self.r.tag[name.end - 1] == "a" and name.core == name.first and len(word) > 2:
            return PLACE  # "CARVER, Minn."
        if key[0] in self.lists.known and name.core == name.first:
            return ORGANISATION
        if word.isupper() and len(word) > 1 and word.isalnum() and key[0] not in self.lists.roles:
            return ORGANISATION if name.core == name.first else None
        inside = word[1:]
        if inside.isalpha() and inside.islower():
            return None
        odd = any(c.isdigit() for c in inside) or any(
            c.isupper() and before.islower() for before, c in zip(word, inside, strict=False)
        )
        return ORGANISATION if odd and not key[0].startswith(NAMELIKE) else None

    def holdings(self, name: Name, key: Key) -> str | None:
        """ "Shares in Quillon", "Quillon shares"."""
        k, low = name.first - 1, self.r.low
        held = k > 0 and low[k] in ("in", "of") and low[k - 1] in HOLDINGS
        held = held or (name.core == name.first and low[name.end : name.end + 1] == ["shares"])
        return ORGANISATION if held else None

    def polity(self, name: Name, key: Key) -> str | None:
        """ "Moscow denies", "Britain said": a country or capital that speaks."""
        r, lists, k = self.r, self.lists, name.end
        if name.core > name.first or not (key[0] in lists.countries or key[0] in lists.capitals):
            return None
        if k < r.size and (r.low[k - 1].endswith("'s") or r.tag[k] == "M"):
            return None
        near = k < r.size and (r.tag[k] == "X" or (r.low[k] in r.lex.cues and r.tag[k] in "VEB"))
        return ORGANISATION if name.first in self.sources or near else PLACE

    def taken_up_by_it(self, name: Name, key: Key) -> str | None:
        """ "Belgrov accuses Riva of lying. Its foreign minister…": it, where a sentence begins with
        the name and the next with "its"."""
        r = self.r
        number = r.sentence[name.first]
        if name.first != r.sent_first[number] or number + 1 >= len(r.sent_first):
            return None
        return ORGANISATION if r.low[r.sent_first[number + 1]] in ("it", "its") else None

    # -- what stands beside it -------------------------------------------------------------------
    def title(self, name: Name, key: Key) -> str | None:
        """ "Senator X"; "Developer Greenfell"."""
        if name.core == name.first:
            return None
        before = self.r.low[name.core - 1]
        firm = before in self.lists.org_nouns and len(key) < 3
        if before in OF_FIRMS and self.spoken_of(name, key) == ORGANISATION:
            return ORGANISATION  # "Owner Hollin Stone said it had"
        if not firm or key[0] in self.lists.first_names:
            return PERSON
        if len(key) == 2 and (is_role(self.lists, before) or is_agent(before)):
            return None  # "Promoter Zed Malik", "Developer Green Homes": what follows tells
        return ORGANISATION

    def noun_before(self, name: Name, key: Key) -> str | None:
        """ "the company Vallon", "rights group Open Cells"; "prosecutor X", "his wife X"."""
        k = name.first - 1
        if k < 0 or self.r.sentence[k] != self.r.sentence[name.first]:
            return None
        before = self.r.low[k].split("'")[-1]
        if self.r.tag[k] == "M" and before not in self.lists.org_nouns:
            return None
        return self._by_noun(before, key)

    def described_as_firm(self, name: Name, key: Key) -> str | None:
        """ "environmental group Clear Bay", "the operator, Isle Link": no place, whatever its words."""
        if name.core > name.first or key[0] in self.lists.first_names:
            return None
        for rule in (self.holdings, self.noun_before, self.apposed):
            if rule(name, key) == ORGANISATION:
                return ORGANISATION
        return None

    def described_as_person(self, name: Name, key: Key) -> str | None:
        """ "The director, Liesbeth Moor,": no place, though its last word is one's."""
        if len(key) != 2 or key[-1] not in self.lists.places or name.core > name.first:
            return None
        if not self.lists.org_words.isdisjoint(key):
            return None
        return PERSON if self.apposed(name, key) == PERSON else None

    def plural_verb(self, name: Name, key: Key) -> str | None:
        """ "Norwell Town have denied": a name of one that has many has its members."""
        r, k = self.r, name.end
        if name.core > name.first or name.first != r.sent_first[r.sentence[name.first]]:
            return None
        while k < r.size and r.tag[k] == "A":
            k += 1
        many = k < r.size and r.low[k] in PLURAL_VERBS and not r.low[name.end - 1].endswith("s")
        return ORGANISATION if many else None

    def _by_noun(self, noun: str, key: Key) -> str | None:
        """What a noun beside the name says; "developer" goes with a firm's one word, with a
        person's two."""
        role = is_role(self.lists, noun)
        firm = noun in self.lists.org_nouns or noun in OF_FIRMS
        if firm and role and noun not in self.lists.kin:
            return ORGANISATION if len(key) == 1 else None
        if firm:
            return ORGANISATION
        return PERSON if role and len(key) <= 3 else None

    def apposed(self, name: Name, key: Key) -> str | None:
        """ "the airline, Nordfrakt,"; "their leader, Petr Hasek,"."""
        r, head = self.r, name.first - 2
        if head >= 0 and r.low[head + 1] == "the":
            head -= 1
        if head < 0 or r.tag[head + 1] != "," or r.sentence[head] != r.sentence[name.first]:
            return None
        firm = r.low[head] in self.lists.general_orgs or r.low[head] in SEVERAL_AS_ONE
        if firm and key[0] not in self.lists.first_names:
            return (
                ORGANISATION  # "the mine's operator, Severin Coal", "its owners, Greenway Waste,"
            )
        return self._by_noun(r.low[head], key)

    def followed(self, name: Name, key: Key) -> str | None:
        """ "X, 29,", "X, who", "X, a retailer", "X's shares"."""
        r, lists, k = self.r, self.lists, name.end
        if k + 1 >= r.size or r.sentence[k] != r.sentence[name.first]:
            return None
        if r.low[k - 1].endswith("'s"):
            if any(r.low[m] in lists.owned for m in range(k, min(k + 3, r.size))):
                return ORGANISATION
            return PERSON if r.low[k] in lists.kin else None
        if r.low[k] == "and" and r.low[k + 1] in ("his", "her"):
            return PERSON
        if r.tag[k] == "(" and r.word[k + 1].isdigit() and len(r.word[k + 1]) < 3:
            return PERSON
        born = len(key) == 1 and name.first and r.low[name.first - 1] == "in"
        return self._after_comma(k + 1, key) if r.tag[k] == "," and not born else None

    def _after_comma(self, k: int, key: Key) -> str | None:
        r = self.r
        if r.word[k].isdigit() and len(r.word[k]) < 3:
            return PERSON
        if r.low[k] in ("who", "whose"):
            return PERSON
        if r.low[k] == "which":
            return ORGANISATION
        if r.tag[k] not in "DS":
            return None
        head = k
        for m in range(k + 1, min(k + 1 + LONGEST_APPOSITION, r.sentence_end(k))):
            if r.tag[m] not in "NJMEGBA#" or r.low[m - 1].endswith("'s"):
                break
            head = m
        return self._by_noun(r.low[head], key)

    # -- what is said of it, and its shorter forms -----------------------------------------------
    def spoken_of(self, name: Name, key: Key) -> str | None:
        """ "X said he had", "X says it hopes"."""
        if self.r.low[name.end - 1].endswith("'s"):
            return None
        return self.said_of.get(name.first) or self.said_of.get(name.end - 1)

    def shorter_forms(self, name: Name, key: Key) -> str | None:
        """ "Mr Holm", "Holm" elsewhere in the text."""
        if key[-1] in self.titled:
            return PERSON
        the = name.first > 0 and self.r.low[name.first - 1] == "the"
        return PERSON if len(key) <= 3 and key[-1] in self.alone and not the else None

    def article(self, name: Name, key: Key) -> str | None:
        """ "the Swift Survey"."""
        the = name.first > 0 and self.r.low[name.first - 1] == "the"
        return ORGANISATION if the else None

    def speaks(self, name: Name, key: Key) -> str | None:
        """A name of two or three words that speaks is rather a person's."""
        if len(key) > 3:
            return None
        r, k, j = self.r, name.end, name.first - 1
        if j >= 0 and r.low[j] in OF_A_FIRM and r.tag[j - 1] in ",M":
            return None  # "X, of Waterline Events, said"
        near = k < r.size and r.low[k] in r.lex.cues and r.tag[k] in "VEB"
        inverted = j >= 0 and r.low[j] in SAID
        return PERSON if name.first in self.sources or near or inverted else None

    def subject_of_person(self, name: Name, key: Key) -> str | None:
        """ "Jan Morawski walked off… He": two words at the head of a sentence, then a pronoun."""
        r = self.r
        if len(key) > 3 or name.first != r.sent_first[r.sentence[name.first]]:
            return None
        for k in range(name.end, min(r.size, name.end + THEN_HE)):
            if r.tag[k] == "M":
                return None
            if r.low[k] in ("he", "she", "his"):
                return PERSON
            if r.low[k] in ("it", "its"):
                return ORGANISATION
        return None

    def modifier(self, name: Name, key: Key) -> str | None:
        """ "a 27-year-old Elmont man": a lone name before a noun tells where or whose."""
        r, k = self.r, name.end
        if k >= r.size or r.sentence[k] != r.sentence[name.first] or r.low[k - 1].endswith("'s"):
            return None
        noun = r.tag[k] == "N" and r.word[k][0].islower() and r.word[k].isalpha()
        article = name.first > 0 and r.tag[name.first - 1] == "D"
        return PLACE if noun and (article or is_role(self.lists, r.low[k])) else None

    def place_before(self, name: Name, key: Key) -> str | None:
        """A lone name after a preposition of place: rather a place than a person."""
        k = name.first - 1
        return PLACE if k >= 0 and self.r.low[k] in PLACE_PREPS else None


_SAY_NOTHING = words(
    "christmas easter ramadan eid diwali hanukkah halloween thanksgiving passover hogmanay hague"
)
Rule = Callable[[NameKinds, Name, Key], str | None]
# The rules in order, each with the signs of which it needs one to say anything at all.
_LONG: tuple[tuple[Rule, int], ...] = (
    (NameKinds.dateline, DASH),
    (NameKinds.described_as_firm, NOUNED | HELD | COMMA | THE),
    (NameKinds.settlement, SETTLED),
    (NameKinds.alias, AS),
    (NameKinds.described_as_person, PLACED),
    (NameKinds.plural_verb, HEADS),
    (NameKinds.office, OFFICE),
    (NameKinds.side, PLACED),
    (NameKinds.place_word, PLACED),
    (NameKinds.seat, OF),
    (NameKinds.organisation_word, -1),
    (NameKinds.first_name, GIVEN),
    (NameKinds.title, TITLED),
    (NameKinds.noun_before, NOUNED),
    (NameKinds.apposed, COMMA | THE),
    (NameKinds.followed, ON),
    (NameKinds.initial, INITIAL),
    (NameKinds.shorter_forms, -1),
    (NameKinds.spoken_of, -1),
    (NameKinds.article, THE),
    (NameKinds.speaks, -1),
    (NameKinds.subject_of_person, HEADS),
)
_LONE: tuple[tuple[Rule, int], ...] = (
    (NameKinds.alias, AS),
    (NameKinds.dateline, DASH),
    (NameKinds.settlement, SETTLED),
    (NameKinds.holdings, HELD),
    (NameKinds.seat, OF),
    (NameKinds.platform, UPON),
    (NameKinds.plural_verb, HEADS),
    (NameKinds.modifier, NOUN),
    (NameKinds.organisation_word, -1),
    (NameKinds.polity, POLITY),
    (NameKinds.title, TITLED),
    (NameKinds.shape, -1),
    (NameKinds.noun_before, NOUNED),
    (NameKinds.apposed, COMMA | THE),
    (NameKinds.followed, ON),
    (NameKinds.spoken_of, -1),
    (NameKinds.first_name, GIVEN),
    (NameKinds.taken_up_by_it, HEADS),
    (NameKinds.article, THE),
    (NameKinds.place_before, AT),
)


@lru_cache(maxsize=4096)
def _rules(lone: bool, signs: int) -> tuple[Rule, ...]:
    """The rules for names of one word or of more that can say something where such signs are."""
    signs |= 1 << 20  # of the rules that need none
    return tuple(rule for rule, needed in (_LONE if lone else _LONG) if needed & signs)
