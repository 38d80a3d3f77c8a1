"""Small things about words that the comparison needs: which carry content, which are alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rapidfuzz.distance import OSA

from variorum.stages.claims.lexicon import words as word_set
from variorum.text.typography import fold

FUNCTION = word_set(
    """
    a an the this that these those and or but nor so yet as at by for from in into of off on
    onto out over to up with within without than then there here is are was were be been being
    am has have had having do does did will would shall should can it its he she they them their
    his her him we us our you your i my me who whom whose which what when where while although though if because
    also too just very more most some any such own same other s t re ve ll d m not dont doesnt
    didnt isnt arent wasnt werent hasnt havent hadnt its hes shes theyre theyve weve ive im
    youre le la les des du de et un une en au aux der die das den dem und ein eine el los las y
    una que se
    """
)
_IRREGULAR = {"men": "man", "women": "woman", "people": "person", "children": "child",
              "lives": "life", "feet": "foot", "teeth": "tooth"}  # fmt: skip
# Strong verbs, each with its other forms
_STRONG = """
bring brought; take took taken; give gave given; say said; go went gone; make made; come came;
become became; get got; find found; think thought; know knew known; see saw seen; tell told;
leave left; feel felt; keep kept; begin began begun; show shown; hold held; write wrote written;
stand stood; hear heard; run ran; pay paid; meet met; lead led; lose lost; send sent; build built;
fall fell fallen; buy bought; speak spoke spoken; rise rose risen; drive drove driven;
break broke broken; spend spent; grow grew grown; win won; sell sold; teach taught; catch caught;
fight fought; choose chose chosen; draw drew drawn; eat ate eaten; fly flew flown; wear wore worn;
throw threw thrown; strike struck; steal stole stolen
"""
_ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "d")


def stem(word: str) -> str:
    """A lower-case word without its commonest endings: number and tense are no change of claim."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = word.removesuffix("'s").removesuffix("’s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word


for _verb in _STRONG.split(";"):
    _IRREGULAR |= {form: stem(_verb.split()[0]) for form in _verb.split()[1:]}


_NO_WORD = re.compile(r"[\W_]+")
_NO_WORD_BYTES = bytes(code for code in range(128) if not chr(code).isalnum())


def squeezed(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    low = fold(text).lower()
    if low.isascii():
        return low.encode().translate(None, _NO_WORD_BYTES).decode()
    return _NO_WORD.sub("", low)


def carries(word: str) -> bool:
    """Whether a word says something by itself."""
    return word not in FUNCTION and (len(word) > 1 or word.isdigit())


def content_difference(old: Iterable[str], new: Iterable[str]) -> tuple[list[str], list[str]]:
    """The content words of each side without a like on the other: by stem, then by spelling.
    Bare figures are left out; they are judged by themselves."""
    left = Counter(w for w in old if carries(w) and not w.isdigit())
    right = Counter(w for w in new if carries(w) and not w.isdigit())
    stems = Counter({stem(w): 0 for w in right})
    for word, count in right.items():
        stems[stem(word)] += count
    only_old = []
    for word, count in left.items():
        shared = min(count, stems[stem(word)])
        stems[stem(word)] -= shared
        only_old += [word] * (count - shared)
    only_new = []
    for word, count in right.items():
        rest = min(count, stems[stem(word)])
        stems[stem(word)] -= rest
        only_new += [word] * rest
    for word in list(only_old):
        twin = next((w for w in only_new if respelled(word, w)), None)
        if twin is not None:
            only_old.remove(word)
            only_new.remove(twin)
    return only_old, only_new


def respelled(old: str, new: str) -> bool:
    """Whether one is the other with a slip of the pen put right: one letter, no figure, six or more
    letters, and the same first letter. A guess; a real word can lie one letter from another."""
    if len(old) < 6 or len(new) < 6 or old[0] != new[0] or not (old + new).isalpha():
        return False
    return OSA.distance(old, new, score_cutoff=1) <= 1
