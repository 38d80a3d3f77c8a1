"""Statements in the reporter's words: clauses, infinitives, phrases after a cue, or before it."""

from __future__ import annotations

from variorum.stages.claims.contents import after_adjuncts, has_verb, is_a_means, is_a_time
from variorum.stages.claims.cue import Cue
from variorum.stages.claims.direct import quotation_right, take
from variorum.stages.claims.ends import clause_end, phrase_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.noun_contents import in_ones_view, with_its_clause
from variorum.stages.claims.nounphrases import (
    clause_subject,
    left_phrase,
    right_phrase,
    verbal,
)
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.rules import content_of
from variorum.stages.claims.subjects import Range, with_apposition
from variorum.stages.claims.workspace import Workspace

_LONGEST_APPOSITION = 15  # tokens between the subject of a passive and its verb
_BELIEF = frozenset(["belief"])
_SAYING = frozenset(["say", "write", "add", "reply", "explain"])
_LED_IN = 25  # tokens from a verb to the quotation that ends its sentence
_PUBLISHING = frozenset(["issue", "post", "publish", "release", "write", "send", "sign", "file"])
_BESIDE_CLAUSE = frozenset(["while", "whereas", "but", "although", "though"])
_ISSUING = words(
    "issued released posted sent wrote published out made gave read tweeted issue releasing issuing "
    "posting sending in through with by via of from on"
)


def opening_artefact(w: Workspace, cue: Cue) -> None:
    """In the clip released by X, …: the rest of the sentence, unless somebody in it says it."""
    r = w.r
    stop = w.sentence_stop(cue.at)
    comma = w.comma(cue.end, stop)
    if comma is None or comma - cue.at > 25 or comma + 2 >= stop:
        return
    for j in range(comma, stop):
        verb = r.lex.cues.get(r.low[j])
        if w.quoted[j] >= 0 or (verb and verb.frames & {"that", "quote"} and verbal(r, j)):
            return
    if not has_verb(r, comma + 1, stop):
        return
    cue.source = (cue.end, comma)
    body = (comma + 1, clause_end(r, comma + 1, stop, w.quoted, cue))
    w.add(cue, [body], "in an artefact, clause")


def seen(w: Workspace, cue: Cue) -> None:
    """X is seen doing Y: subject and predicate are what the pictures show."""
    stop = w.sentence_stop(cue.at)
    subject, cue.source = cue.source, None
    if subject is not None and cue.end < stop:
        relative = w.comma(*subject)  # "Pryce | , who denies theft, is seen eating"
        if relative is not None and w.r.low[relative + 1] in ("who", "which", "whose"):
            subject = (subject[0], relative)
        body = (cue.end, clause_end(w.r, cue.end, stop, w.quoted, cue))
        w.add(cue, [subject, body], "is seen doing")


def artefact_source(w: Workspace, cue: Cue) -> Range | None:
    """ "footage allegedly showing", "a video was released purporting to show": the thing itself."""
    r = w.r
    floor = w.clause_floor(cue.first)
    k = cue.first
    while k > floor and r.tag[k - 1] in "AVEXT":
        k -= 1
    start = left_phrase(r, k, floor)
    if start is None or not any(r.low[j] in r.lex.artefacts for j in range(start, k)):
        return None
    return (start, k)


def borrow_source(w: Workspace, cue: Cue, previous: Cue | None) -> None:
    """A participle or second verb has the subject of the verb before it, or of the clause."""
    r = w.r
    first = w.clause_floor(cue.first)
    if "scene" in cue.frames:
        cue.source = artefact_source(w, cue)
        if cue.source is not None:
            return
    if cue.mode == "participle":
        cue.source = _speaking_thing(w, cue)
        if cue.source is not None:
            return
    if previous is not None and previous.first >= first:
        cue.source = _past_a_modifier(w, cue, previous) or _own_infinitive(w, cue, previous)
        if cue.source is not None:
            return
        cue.source = _quoted_speaker(w, cue, previous) or previous.source
        return
    start = cue.first
    while start > first and (w.quoted[start - 1] < 0 or w.cited(w.quotes[w.quoted[start - 1]])):
        start -= 1
    found = clause_subject(r, _own_clause(w, cue, start), cue.first)
    cue.source = None if found is None else with_apposition(r, found, cue.first)
    if cue.source is None and cue.first == first and r.tag[cue.at] in "GE":
        stop = r.sentence_end(cue.first)
        comma = w.comma(cue.end, stop)
        if comma is not None:
            cue.source = clause_subject(r, comma + 1, stop)


def _own_clause(w: Workspace, cue: Cue, start: int) -> int:
    """ "The neighbours are moving, while | Lord X sells up after declaring that": where the clause of
    a participle's verb begins."""
    r = w.r
    if r.tag[cue.first - 1] != "R":
        return start
    for k in range(cue.first - 2, start + 1, -1):
        if r.low[k] in _BESIDE_CLAUSE and r.tag[k - 1] == ",":
            found = clause_subject(r, k + 1, cue.first)
            own = found is not None and any(verbal(r, j) for j in range(found[1], cue.first - 1))
            return k + 1 if own else start
    return start


def _own_infinitive(w: Workspace, cue: Cue, previous: Cue) -> Range | None:
    """ "X said her son had texted her | to say that": who does what is done to say it."""
    r, start = w.r, previous.end
    if cue.mode != "infinitive" or not previous.frames & {"that", "bare"} or start >= cue.first:
        return None
    start += r.tag[start] == "T"
    if w.quoted[start] >= 0 or r.tag[start] not in "SDNMP":
        return None
    found = clause_subject(r, start, cue.first)
    own = found is not None and found[0] == start
    if found is None or not own or not any(verbal(r, k) for k in range(found[1], cue.first - 1)):
        return None
    return found


def _past_a_modifier(w: Workspace, cue: Cue, previous: Cue) -> Range | None:
    """ "This alert follows one issued on Tuesday | and confirms that": the clause's subject, where the
    verb before is but a participle of its object."""
    r, source = w.r, previous.source
    if cue.mode != "finite" or source is None or r.tag[cue.first - 1] != "C":
        return None
    modifies = previous.lemma in _PUBLISHING and r.tag[previous.end] == "R"
    if not modifies or previous.first != previous.at or source[1] != previous.first:
        return None
    found = clause_subject(r, w.clause_floor(cue.first), source[0])
    if found is None or not any(verbal(r, k) for k in range(found[1], source[0])):
        return None
    return found


def _speaking_thing(w: Workspace, cue: Cue) -> Range | None:
    """ "signed a letter calling…": the thing, unless whoever issued it speaks through it."""
    r, k = w.r, cue.first - 1
    floor = w.clause_floor(cue.first)
    if k <= floor or r.low[k] not in r.lex.artefacts or r.tag[k] != "N":
        return None
    start = left_phrase(r, k + 1, floor)
    if start is None or (start > floor and r.low[start - 1] in _ISSUING):
        return None
    return (start, k + 1)


def _quoted_speaker(w: Workspace, cue: Cue, previous: Cue) -> Range | None:
    """ "Radio X quoted a minister as saying": the minister."""
    quoting = previous.lemma in ("quote", "cite") and w.r.low[cue.first - 1] == "as"
    return (previous.end, cue.first - 1) if quoting and previous.end < cue.first - 1 else None


def content_right(w: Workspace, cue: Cue) -> bool:
    """What follows the verb."""
    r = w.r
    stop = _relative_stop(w, cue, w.sentence_stop(cue.at))
    k = after_adjuncts(r, cue, stop)
    q = w.after(k)
    quotable = "quote" in cue.frames or ("that" in cue.frames and k < stop and r.tag[k] == "T")
    if q is not None and not w.owned(q) and quotable:
        if _resumed_in_quotation(w, cue, q):
            return True
        if not w.title(q) or cue.lemma in ("say", "read", "shout", "chant", "tweet"):
            return quotation_right(w, cue, q)
        return False
    if k >= stop:
        return False
    if "quote" in cue.frames and r.tag[k] not in "T":
        led = _quotation_at_end(w, k, stop)
        if led:
            return quotation_right(w, cue, led)
    if r.low[k] == ":" and w.quoted[k] < 0 and _clause_after_colon(w, cue, k + 1, stop):
        w.add(cue, [(k + 1, clause_end(r, k + 1, stop, w.quoted, cue))], "verb, colon, clause")
        return True
    content = content_of(w, cue, k, stop)
    if content is None:
        return False
    w.add(cue, [content[0]], content[1])
    return True


def _resumed_in_quotation(w: Workspace, cue: Cue, q: Quotation) -> bool:
    """ "It was, | Ms Ray said, “a mess”": the words before the speaker and the quotation after are one."""
    r, first = w.r, w.clause_floor(cue.at)
    if cue.source is None or q.first != cue.end + 1 or r.tag[cue.end] != ",":
        return False
    end = min(cue.source[0], cue.first) - 1
    if end <= first or r.tag[end] != "," or w.sentence_like(q) or r.tag[end - 1] not in "XV":
        return False
    until = clause_end(r, q.last, w.sentence_stop(q.last), w.quoted, cue, begun=True)
    statement = w.add(cue, [(first, end), (q.first, until)], "clause, source, verb, quotation")
    w.owner[q.first] = statement
    return True


def _clause_after_colon(w: Workspace, cue: Cue, k: int, stop: int) -> bool:
    """ "The union says: | the plan is dead"; not a list after "said:" nor a quotation."""
    if cue.lemma not in _SAYING or cue.mode != "finite" or k + 2 >= stop:
        return False  # "disagreed: she bought him oils" tells it
    return max(w.quoted[k:stop], default=-1) < 0 and has_verb(w.r, k, stop)


def _relative_stop(w: Workspace, cue: Cue, stop: int) -> int:
    """ "X, who denies theft, | told": a relative clause between commas or dashes ends with the
    second, where the main verb follows."""
    r = w.r
    if cue.source is None:
        return stop
    pronoun = cue.source[0]
    if r.low[pronoun] not in ("who", "which", "whose"):
        pronoun -= 1  # "which | experts say is authentic"
        if r.low[pronoun] not in ("who", "which"):
            return stop
    mark = r.tag[pronoun - 1] if pronoun > 0 else "."
    if mark not in ",-":
        return stop
    for j in range(cue.end + 1, stop - 1):
        if (
            r.tag[j] == mark
            and w.quoted[j] < 0
            and r.tag[j + 1] in "VEXB"
            and verbal_after(w, j + 1)
        ):
            return j
    return stop


def verbal_after(w: Workspace, k: int) -> bool:
    """Whether a finite verb stands right after a parenthesis."""
    r = w.r
    if r.tag[k] in "VEX":
        return True
    return r.lex.verb_forms.get(r.low[k]) == "third"


def _quotation_at_end(w: Workspace, k: int, stop: int) -> Quotation | None:
    """X said as he came home, "…": a sentence in quotation marks after a comma, no verb of saying
    between."""
    r, until = w.r, min(stop, k + _LED_IN)
    if max(w.quoted[k:until], default=-1) < 0:
        return None
    for j in range(k, until):
        if w.quoted[j] >= 0:
            q = w.quotes[w.quoted[j]]
            fits = q.first == j and r.tag[j - 1] in ",:" and w.sentence_like(q) and not w.owned(q)
            whole = r.tag[w.last_mark(q)] == "." or (
                r.low[j - 1] == ":" and r.tag[q.last + 1 : q.last + 2] == ["U"]
            )  # "told the meeting before X came in: “…,” as had many"
            return q if fits and whole and not w.title(q) else None
        if (r.low[j] in r.lex.cues and verbal(r, j)) or (
            r.low[j] in r.lex.cues and r.tag[j] == "G"
        ):
            return None
    return None


def according(w: Workspace, cue: Cue) -> None:
    """According to X, … — …, according to X."""
    r = w.r
    first, stop = w.clause_floor(cue.at), w.sentence_stop(cue.at)
    q = w.before(cue.first)
    if q is not None and not w.owned(q) and w.clause_edge(q) and w.sentence_like(q):
        take(w, cue, q, cue.source[1] if cue.source else cue.end, "quotation, according to")
        return
    if cue.lemma == "view" and cue.source is not None and cue.source[0] < cue.at:
        if cue.first == first:
            in_ones_view(w, cue)
            return
    elif cue.first - first <= 2:
        comma = w.comma(cue.end, stop)
        if comma is not None and comma + 1 < stop:
            comma = _past_apposition(w, comma, stop)
            cue.source = (cue.end, comma)
            body = (comma + 1, clause_end(r, comma + 1, stop, w.quoted, cue))
            w.add(cue, [body], "according to X, clause")
        elif comma is None:
            end = right_phrase(r, cue.end, stop)  # "According to X the plan was dead"
            if (
                end > cue.end
                and r.tags[end : end + 1] in ("D", "S", "P", "M")
                and has_verb(r, end, stop)
            ):
                cue.source = (cue.end, end)
                w.add(
                    cue, [(end, clause_end(r, end, stop, w.quoted, cue))], "according to X, clause"
                )
        return
    end = cue.first
    if r.tag[end - 1] in ",-":
        end -= 1
    parts = [(first, end)]
    after = max(cue.source[1], cue.end) if cue.source else stop
    if after < stop - 1 and r.tag[after] == "," and r.low[after + 1] not in ("who", "which"):
        parts.append((after + 1, stop))
    w.add(cue, parts, "clause, according to X")


def _past_apposition(w: Workspace, comma: int, stop: int) -> int:
    """According to X, a Y, clause: the comma that ends the source."""
    r = w.r
    if r.low[comma + 1] in ("a", "an", "who", "which"):
        for j in range(comma + 1, min(stop - 1, comma + 20)):
            if r.tag[j] == ",":
                return j if has_verb(r, j + 1, stop) else comma
            if r.tag[j] in "XV" and r.tag[comma + 1] != "W":
                return comma
    return comma


def passive(w: Workspace, cue: Cue) -> None:
    """X was criticised by Y; X was told that…"""
    r = w.r
    stop = w.sentence_stop(cue.at)
    if cue.frames == _BELIEF:
        return  # "Hamlet will be played by X"
    subject, k = with_its_clause(w, cue) or cue.source, cue.end
    if cue.first == cue.at and (r.tag[cue.at - 1] == "," or cue.at == w.clause_floor(cue.at)):
        stop = w.comma(k, stop) or stop  # "Described by a judge as “a menace”, | Hall was jailed"
    for j in range(k, min(stop, k + 20)):
        if r.tag[j] in ".:," and w.quoted[j] < 0:
            break
        if r.low[j] == "by" and j + 2 < stop and is_a_means(r, j + 1):
            k = j + 2 if k == j else k  # "warned by email | not to talk"
        elif r.low[j] == "by" and j + 1 < stop and not is_a_time(r, j + 1):
            end = right_phrase(r, j + 1, stop)
            blamed = (m for m in range(j + 2, end) if r.low[m] == "for" and r.tag[m + 1] in "SG")
            end = next(blamed, end)  # "praised by the judge | for her courage"
            if end > j + 1 and r.tag[j + 1] != "G":
                _by_source(w, cue, subject, j, end, stop)
                return
    if subject is not None and cue.lemma == "tell" and _told(w, cue, subject, stop):
        return
    cue.source = (
        subject if cue.lemma in ("convince", "persuade") else None
    )  # "They are convinced that"
    if cue.frames & {"obj", "wh"} and k < stop:
        body = content_of(w, cue, k, stop)
        if body is not None:
            w.add(cue, [body[0]], "passive without agent")


def _told(w: Workspace, cue: Cue, subject: Range, stop: int) -> bool:
    """…, the court was told. — The court was told that…: said to a court by nobody named."""
    r = w.r
    if not any(r.low[j] in r.lex.hearings for j in range(*subject)):
        return False
    first = w.clause_floor(cue.at)
    cue.source = None
    k = cue.end
    while k < stop and r.tag[k] in "ZAR":  # "…, a court was told on Wednesday"
        k = right_phrase(r, k + 1, stop) if r.tag[k] == "R" else k + 1
    if k >= stop and subject[0] - 1 > first and r.tag[subject[0] - 1] == ",":
        w.add(cue, [(first, subject[0] - 1)], "clause, court was told")
        return True
    return False


_DOING = words(
    "write read sing post issue release send hold hit fire shoot forget direct begin offer answer follow"
)
_ASKING = frozenset(["ask", "tell", "urge", "advise", "warn", "order", "instruct", "remind"])


def _asked_by(w: Workspace, cue: Cue, end: int, stop: int) -> None:
    """ "X is asked by Y, counsel to the inquiry, | whether he read it"."""
    r, k = w.r, end
    if k < stop and r.tag[k] == ",":
        comma = w.comma(k + 1, stop)
        k = comma + 1 if comma is not None else k + 1
    body = content_of(w, cue, k, stop) if k < stop else None
    if body is not None:
        w.add(cue, [body[0]], "passive, by source, clause")


def _by_source(w: Workspace, cue: Cue, subject: Range | None, by: int, end: int, stop: int) -> None:
    """X was dismissed as Y by Z: subject and predicate are the content, Z the source."""
    r = w.r
    cue.source = (by + 1, end)
    that = end < stop - 1 and r.tag[end] == "T"
    if that and subject is not None and r.low[subject[0]] == "it":  # "It was pointed out by X that"
        w.add(cue, [(end + 1, clause_end(r, end + 1, stop, w.quoted, cue))], "it is said by X that")
        return
    if cue.lemma in ("quote", "cite") and r.low[end : end + 1] == ["as"]:
        return  # "was quoted by X as saying": the saying tells it
    if cue.lemma in _ASKING:
        _asked_by(w, cue, end, stop)
        return
    if cue.lemma == "find" and r.tag[cue.end] not in "JEXT" and r.low[cue.end] != "to":
        return  # "was found 50 minutes later by a cleaner"
    if cue.lemma in _DOING:
        return  # "the document had been written by a clerk"
    content: list[Range] = [] if subject is None else [subject]
    if by > cue.end:
        content.append((cue.end, by))
    elif end < stop - 1 and (r.tag[end] == "R" or r.low[end] == "as"):
        content.append((end, phrase_end(r, end, stop, w.quoted, cue)))
    head = content[0][0] if content else 0
    that = r.low[head] == "that" and head == w.clause_floor(cue.at)  # "That was disputed by X"
    if content and (that or r.low[head] not in ("who", "which", "that")):
        w.add(cue, content, "passive, by source")
