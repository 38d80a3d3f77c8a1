"""What a text says of the persons it names: role and organisation, as written."""

from __future__ import annotations

from variorum.stages.claims.names import Name, NameLists, is_role, name_lists
from variorum.stages.claims.nounphrases import right_phrase
from variorum.stages.claims.reading import Reading

RoleAndOrganisation = tuple[str | None, str | None]

_CIVIL = frozenset(["mr", "mrs", "ms", "miss", "m", "mme", "mlle", "herr", "frau"])
_LONGEST_OF = 7  # tokens of "of the county council" after a role's noun
_LONGEST_ROLE = 25  # tokens after a name's comma


def without_possessive(r: Reading, a: int, b: int) -> str:
    """The words of tokens [a, b) without a final possessive."""
    said = r.said(a, b)
    if b - a != 1:
        said = " ".join(said.split())
    return said[:-2] if said.endswith(("'s", "’s")) else said


class Roles:
    """Reads roles around names; ``organisation_at`` gives the organisation named at a token."""

    def __init__(self, r: Reading) -> None:
        self.r = r
        self.lists: NameLists = name_lists()
        self.organisation_at: dict[int, str] = {}

    def of(self, name: Name, nouns: int) -> RoleAndOrganisation:
        """The role after, before or in apposition to a name, and the organisation with it; ``nouns``:
        where the nouns right before the name begin."""
        role, org = self.after(name)
        if role is None and (nouns < name.first or name.core > name.first):
            role, before = self.before(name, nouns)
            org = org or before
        if role is None or name.core > name.first:
            apposed = self.apposition(name)  # "the judge, | Mr Justice X", "its head, | Gen X"
            role = f"{apposed} {role}" if apposed and role else apposed or role
        return role, org or self.organisation_after(name)

    def remembered(self, name: Name) -> RoleAndOrganisation:
        """As :meth:`of`, once for each organisation that may be named before the name's nouns: all
        else that is asked there are the words around."""
        facts = name.facts
        if facts.owner is None:
            facts.owner = self._nouns_before(name) - name.first - 1
        owner = name.first + facts.owner
        before = self.organisation_at.get(owner)
        known = facts.roles.get(before)
        if known is None:
            known = facts.roles[before] = self.of(name, owner + 1)
        return known

    def apposition(self, name: Name) -> str | None:
        """ "the prosecutor, X," and "its medical director, X,": the role before a comma."""
        r = self.r
        head = name.first - 2
        if head < 0 or r.tag[head + 1] != "," or r.sentence[head] != r.sentence[name.first]:
            return None
        if not is_role(self.lists, r.low[head]):
            head = self._before_of(head)
        if head < 0:
            return None
        k = head
        while k > 0 and head - k < 6 and self._within(k - 1, head):
            k -= 1
        opened = k > 0 and (r.tag[k - 1] in "DS" or r.low[k - 1].endswith("'s") or k == head)
        return without_possessive(r, k, head + 1) if opened else None

    def _before_of(self, last: int) -> int:
        """The role's noun in "the mayor of Lyon, X," and "the head of the school, X,"; -1 if none
        is there."""
        r = self.r
        for k in range(last - 1, max(r.sent_first[r.sentence[last]], last - _LONGEST_OF), -1):
            if r.low[k] == "of" and is_role(self.lists, r.low[k - 1]):
                return k - 1
            if r.tag[k] not in "DSMNJBR" or r.low[k] in ("to", "by", "from"):
                break
        return -1

    def _within(self, k: int, head: int) -> bool:
        r = self.r
        same = r.sentence[k] == r.sentence[head]
        return same and r.tag[k] in "NJMEGBA" and not r.low[k].endswith("'s")

    def before(self, name: Name, j: int) -> RoleAndOrganisation:
        """ "France's interior minister X", "prosecutor X", "Senator X"; the nouns begin at ``j``."""
        r, lists = self.r, self.lists
        own: str | None = None
        org: str | None = None
        if j < name.first and is_role(lists, r.low[name.first - 1]) and not self._verb(name):
            own = without_possessive(r, j, name.first)
            if j > 0 and r.low[j - 1].endswith("'s"):
                org = self._possessor(j - 1)
            elif j > 0 and r.tag[j - 1] == "M" and j - 1 in self.organisation_at:
                org = self.organisation_at[j - 1]
            elif j > 0 and r.tag[j - 1] == "M":
                k = j - 1
                while k > 0 and r.tag[k - 1] == "M" and r.sentence[k - 1] == r.sentence[j]:
                    k -= 1
                own = without_possessive(r, k, name.first)
        title = self._title(name)
        if title:
            own = f"{own} {title}" if own else title
        return own, org

    def _nouns_before(self, name: Name) -> int:
        """Where the nouns right before a name begin."""
        r, low, tag, j = self.r, self.r.low, self.r.tag, name.first
        while (
            j > 0
            and tag[j - 1] in "NJEGB"
            and not low[j - 1].endswith("'s")
            and not (tag[j - 1] == "B" and low[j - 1] in r.lex.cues)
            and r.sentence[j - 1] == r.sentence[name.first]
            and name.first - j < 5
        ):
            j -= 1
        return j

    def _verb(self, name: Name) -> bool:
        """ "He | accused X", not "the accused, X" nor "the alleged accused X"."""
        k = name.first - 1
        return self.r.tag[k] == "E" and (k == 0 or self.r.tag[k - 1] not in "DSJ")

    def _title(self, name: Name) -> str | None:
        """ "Senator", "Finance Minister" before the name proper; not "Mr"."""
        r = self.r
        if name.core == name.first:
            return None
        titles = [k for k in range(name.first, name.core) if r.low[k] not in _CIVIL]
        if not titles or r.tag[titles[0]] == "a":
            return None
        return without_possessive(r, titles[0], name.core).rstrip(".")

    def _possessor(self, k: int) -> str | None:
        r = self.r
        if not r.word[k][0].isupper():
            return None
        j = k
        while j > 0 and r.tag[j - 1] in "MNJ" and r.sentence[j - 1] == r.sentence[k]:
            j -= 1
        return without_possessive(r, j, k + 1)

    def after(self, name: Name) -> RoleAndOrganisation:
        """ "X, a former director of Y,"."""
        r = self.r
        k = name.end
        if k + 1 >= r.size or r.tag[k] != ",":
            return None, None
        k += 1
        if r.tag[k] == "#" and k + 2 < r.size and r.tag[k + 1] == ",":
            k += 2
        stop = min(r.sentence_end(k), k + _LONGEST_ROLE)
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
        return self._split(begin, head + 1, stop)

    def _split(self, begin: int, k: int, stop: int) -> tuple[str, str | None]:
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
            org_like = self._org_like(first, end)
            if (
                r.low[k] in ("for", "at", "with")
                or (named and org_like)
                or (org_like and r.low[k] == "of")
            ):
                return without_possessive(r, begin, role_end), without_possessive(r, first, end)
            role_end = k = end
        return without_possessive(r, begin, role_end), None

    def organisation_after(self, name: Name) -> str | None:
        """ "X of the police union Y", "X from the ministry"."""
        r = self.r
        k = name.end
        if k + 1 >= r.size or r.low[k] not in ("of", "from", "with"):
            return None
        end = right_phrase(r, k + 1, r.sentence_end(k))
        first = k + 2 if r.tag[k + 1] == "D" else k + 1
        while end > first and r.low[end - 1] in r.lex.cues and r.tag[end - 1] != "M":
            end -= 1
        return without_possessive(r, first, end) if self._org_like(first, end) else None

    def _org_like(self, a: int, b: int) -> bool:
        lists, low = self.lists, self.r.low
        return any(low[m] in lists.org_words or low[m] in lists.org_nouns for m in range(a, b))
