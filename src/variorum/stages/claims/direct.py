"""Quotations and their tags: "…," he said. — X said: "…" — "…," said X. "…" """

from __future__ import annotations

from variorum.stages.claims.contents import after_adjuncts, has_verb
from variorum.stages.claims.cue import Cue
from variorum.stages.claims.ends import clause_end, phrase_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.nounphrases import right_phrase, verbal
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.workspace import Workspace

_LONGEST_LEAD = 60  # tokens of a sentence before the quotation that completes it
_NEAR = 15  # tokens between "X said" and the quotation that goes on in the same sentence


def tag_after_quotation(w: Workspace, cue: Cue) -> bool:
    """ "…," he said."""
    if cue.source is None or ("quote" not in cue.frames and "that" not in cue.frames):
        return False
    q = w.before(min(cue.source[0], cue.first))
    if q is None or not w.clause_edge(q):
        return False
    r = w.r
    full = r.word[q.outside - 1] == "." and r.sentence[q.outside - 1] != r.sentence[cue.at]
    if full or w.cited(q):
        stop = r.sentence_end(cue.at)
        k = after_adjuncts(r, cue, stop)
        comma = r.tag[w.last_mark(q)] == ","
        if k < stop and r.tag[k] not in ".,":
            said_more = not comma and not _only_how(w, k, stop)
            if said_more or _clause_at(w, k, stop):
                return False
    if w.owned(q):
        return _tag_at_the_end(w, cue, q)
    take(w, cue, q, cue.end, "quotation, source, verb")
    return True


_WHEN = frozenset(["as", "after", "before", "when", "while", "during", "outside"])


def _only_how(w: Workspace, k: int, stop: int) -> bool:
    """ "“Why?” X said | by telephone.", "| as she left home.": only how and when it was said stands
    between k and the end of the sentence, so that it is the quotation that was said."""
    r = w.r
    if r.tag[k] not in "RUZA" or w.quoted[k] >= 0:
        return False
    for j in range(k, stop):
        if r.low[j] in _WHEN:
            return True
        if r.tag[j] in 'TW":PXVB':
            return False
    return True


def _clause_at(w: Workspace, k: int, stop: int) -> bool:
    """Whether a content of its own begins at k: then the quotation before is no content."""
    return w.r.tag[k] in 'TPW"' or has_verb(w.r, k, stop)


def _tag_at_the_end(w: Workspace, cue: Cue, q: Quotation) -> bool:
    """ "…," he continued, after a quotation over paragraphs that has its tag already: what follows
    this tag belongs to the same statement."""
    statement = w.owned(q)
    if statement is None or len(statement.quotes) < 2 or statement.quotes[-1] is not q:
        return False
    more = _goes_on(w, cue, cue.end)
    if more is not None:
        w.own(statement, w.paragraphs_of(more))
    return True


def inverted(w: Workspace, cue: Cue) -> bool:
    """ "…," said X. — …, said X. — Said X: "…" """
    if "inv" not in cue.frames or cue.mode != "finite":
        return False
    r = w.r
    stop = r.sentence_end(cue.at)
    end = right_phrase(r, cue.end, stop, loose=True)
    near = right_phrase(r, cue.end, stop)
    if end <= cue.end or (r.tag[cue.end] == "P" and near < stop and r.tag[near] in "XVTBA"):
        return False
    if (
        near < stop
        and (
            r.tag[near] in "XVT"
            or r.tags[near - 1 : near + 1] == "J,"  # "shows | a large, short-tailed cat"
            or (r.tags[near - 1 : near + 1] == "NE" and _finite(w, near))
        )
    ):
        return False
    q = w.before(cue.first)
    first = w.clause_floor(cue.at)
    if q is not None and w.clause_edge(q) and not w.owned(q):
        cue.source = (cue.end, end)
        take(w, cue, q, end, "quotation, verb, source")
        return True
    if cue.first == first:
        for edge in (near, end):
            led = w.after(edge)
            if led is not None and edge < led.first and not w.owned(led):
                cue.source = (cue.end, edge)
                return quotation_right(w, cue, led)
        return False
    comma = cue.first - 1
    end = _past_the_name(w, cue, near, end, stop)
    resumes = end + 1 < stop and r.tag[end] == "," and verbal(r, end + 1)
    if cue.first != cue.at or not ("that" in cue.frames or cue.lemma in _UTTERING):
        return False
    opened = _led_by_a_word(w, first, comma) or _led_by_a_phrase(w, first, comma)
    if opened and end + 1 < stop and r.tag[end] == "," and has_verb(r, end + 1, stop):
        cue.source = (cue.end, end)
        body = (end + 1, clause_end(r, end + 1, w.sentence_stop(cue.at), w.quoted, cue))
        lead = [(first, comma)] if comma - first > 1 else []
        w.add(cue, [*lead, body], "clause, verb, source")
        return True
    exclaimed = _exclaimed(w, cue, near, stop)
    if not (exclaimed or has_verb(r, first, comma) or resumes):
        return False
    if comma > first and r.tag[comma] == "," and (end >= stop - 1 or r.tag[end] in ",-"):
        cue.source = (cue.end, end)
        start = first + 1 if r.low[first] in ("and", "but") else first
        parts = [(start, comma)]
        if resumes:  # "Kites, said the mayor, are no weapons"
            last = w.sentence_stop(cue.at)
            parts.append((end + 1, clause_end(r, end + 1, last, w.quoted, cue)))
        w.add(cue, parts, "clause, verb, source")
        return True
    return False


def _past_the_name(w: Workspace, cue: Cue, near: int, end: int, stop: int) -> int:
    """The end of the source in "The plan, said the minister, X, | was dead": after its name."""
    r = w.r
    if near + 2 >= stop or r.tag[near] != "," or r.tag[near + 1] != "M":
        return end
    if w.comma(w.clause_floor(cue.at), cue.first - 1) is not None:
        return end  # "X, 51, claimed the shop's name, Y's, had…"
    comma = w.comma(near + 1, stop)
    return comma if comma is not None and comma + 1 < stop and verbal(r, comma + 1) else end


def _exclaimed(w: Workspace, cue: Cue, near: int, stop: int) -> bool:
    """ "Not so, | says Ms Renton, who was there.", "Nonsense, retorts the curator.": a sentence of some
    words, a verb of saying and who says it."""
    r, comma = w.r, cue.first - 1
    closes = near >= stop - 1 or (r.tag[near] == "," and r.low[near + 1] in ("who", "whose"))
    said = cue.lemma in _UTTERING or cue.lemma in _SAYING
    return closes and said and w.comma(w.clause_floor(cue.at), comma) is None


_SAYING = words("say point reply retort insist argue claim admit add joke explain")
_UTTERING = words("sigh snort shout snap mutter cry groan laugh shrug huff")
_LONGEST_LED = 9  # tokens of "Without the help of her neighbours"


def _led_by_a_phrase(w: Workspace, first: int, comma: int) -> bool:
    """ "Without him, | said the widow, she would be dead"."""
    r = w.r
    if not 1 < comma - first <= _LONGEST_LED or r.tag[first] not in "RZA" or r.tag[comma] != ",":
        return False
    return not any(t in ',.:"XV' for t in r.tags[first:comma])


def _led_by_a_word(w: Workspace, first: int, comma: int) -> bool:
    """ "Because, | says X, there is no test", "But, said X, …"."""
    return comma - first == 1 and w.r.tag[comma] == "," and w.r.tag[first] in "CUA"


def postposed(w: Workspace, cue: Cue) -> bool:
    """…, said X: the subject found to the left is that of the clause, not of the verb."""
    r = w.r
    i = cue.first
    if "inv" not in cue.frames or r.tag[i - 1] not in ',-"q' or cue.end - cue.first > 2:
        return False
    stop = w.sentence_stop(cue.at)
    if cue.end >= stop or r.tag[cue.end] not in "DMNSJ#":
        return False
    if r.tag[i - 1] in '"q' and cue.source is not None:
        number = w.quoted[i - 1]
        if number >= 0 and w.cited(w.quotes[number]):
            return False
    end = right_phrase(r, cue.end, stop)
    if end < stop and (r.tag[end] in "XVTB" or (r.tag[end] == "E" and _finite(w, end))):
        return False
    return inverted(w, cue)


def _finite(w: Workspace, k: int) -> bool:
    """Whether the form in -ed after a noun phrase is its verb: "said the closure | proved her right";
    not "said the man | accused of it"."""
    return w.r.tag[k - 1] != "N" or w.r.tags[k + 1 : k + 2] in tuple("DSOPNB")


def take(w: Workspace, cue: Cue, q: Quotation, clause: int, rule: str) -> None:
    """A quotation with its tag, which ends at token ``clause``, and what goes on after the tag."""
    used = [q]
    more = _goes_on(w, cue, clause)
    if more is not None:
        used += w.paragraphs_of(more)
    statement = w.add(cue, [(q.first, q.last + 1)], rule)
    statement.parts = []
    w.found.pop()
    w.own(statement, used)
    lead = _lead_in(w, q)
    if lead is not None:
        statement.parts[0] = (lead, q.last + 1)


def _lead_in(w: Workspace, q: Quotation) -> int | None:
    """Where the content begins if words of its sentence stand before the quotation."""
    r = w.r
    first = w.clause_floor(q.first)
    if q.first == first or w.quoted[first] >= 0 or q.first - first > _LONGEST_LEAD:
        return None
    if r.tag[q.first - 1] == ":" or (w.sentence_like(q) and r.tag[q.first - 1] in ",-"):
        return None
    return first


def _goes_on(w: Workspace, cue: Cue, clause: int) -> Quotation | None:
    """The quotation that continues after "X said": in the sentence, or the one that follows it."""
    r = w.r
    stop = r.sentence_end(cue.at)
    k = clause
    while k < stop and w.quoted[k] < 0:
        k += 1
    if k >= r.size or w.quoted[k] < 0 or r.paragraph[k] != r.paragraph[cue.at]:
        return None
    q = w.quotes[w.quoted[k]]
    if q.first != k or w.owned(q) or r.tag[k - 1] not in ",-:." or w.title(q):
        return None
    if k < stop and (k - clause > _NEAR or _other_verb(w, clause, k)):
        return None
    return None if tagged_itself(w, q) else q


def _other_verb(w: Workspace, start: int, stop: int) -> bool:
    """Another verb of saying in between takes what follows it."""
    r = w.r
    return any(
        r.low[j] in r.lex.cues and r.tag[j] in "GVE" and "quote" in r.lex.cues[r.low[j]].frames
        for j in range(start, stop)
    )


def tagged_itself(w: Workspace, q: Quotation) -> bool:
    """Whether the quotation is followed by its own "Y said"."""
    r = w.r
    if r.word[w.last_mark(q)] not in ",?!":
        return False
    k = q.last + 1
    if k >= r.size or r.paragraph[k] != r.paragraph[q.last]:
        return False
    stop = min(r.paragraph_end(k), k + 25)
    return any(
        r.low[j] in r.lex.cues and w.quoted[j] < 0 and "quote" in r.lex.cues[r.low[j]].frames
        for j in range(k, stop)
        if r.sentence[j] == r.sentence[k]
    )


def quotation_right(w: Workspace, cue: Cue, q: Quotation) -> bool:
    """X said: "…" — or said "…" and more of the clause."""
    r = w.r
    end = q.last + 1
    stop = w.sentence_stop(q.last)
    last = r.tag[w.last_mark(q)]
    whole = last == "." or end >= stop - 1 or r.sentence[end] != r.sentence[q.last]
    if whole or last == "," or not q.closed:
        statement = w.add(cue, [], "source, verb, quotation")
        w.found.pop()
        w.own(statement, w.paragraphs_of(q))
        return True
    if cue.frames & {"that", "bare"}:
        until = clause_end(r, q.last, stop, w.quoted, cue, begun=True)
    else:
        until = phrase_end(r, q.last, stop, w.quoted, cue)
    w.add(cue, [(q.first, until)], "source, verb, quotation that runs into the clause")
    return True
