"""From cues and quotations to statements: which words belong to which cue and source."""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.stages.claims.contents import (
    after_adjuncts,
    as_content,
    clause_end,
    has_verb,
    phrase_end,
)
from variorum.stages.claims.cues import Cue, Range, find_cues
from variorum.stages.claims.nounphrases import clause_subject, right_phrase, verbal
from variorum.stages.claims.quotations import Quotation, quotations
from variorum.stages.claims.reading import Reading

_MARKS = '"q'


@dataclass(slots=True)
class Statement:
    """One attributed statement in tokens: content ranges, cue, source, and the rule that found it."""

    parts: list[Range]
    cue: Range | None
    source: Range | None
    rule: str
    lemma: str = ""
    negated: bool = False
    guess: bool = False
    inherits: Statement | None = None
    frames: frozenset[str] = frozenset()
    quotes: list[Quotation] = field(default_factory=list)

    @property
    def span(self) -> Range:
        """From the first token of the content to after its last."""
        return (self.parts[0][0], self.parts[-1][1])


def _holds(outer: Statement, inner: Statement) -> bool:
    """Whether the cue and the content of ``inner`` lie within one part of ``outer``'s content."""
    begin, end = inner.span
    if inner.cue is not None:
        begin, end = min(begin, inner.cue[0]), max(end, inner.cue[1])
    return any(a <= begin and end <= b for a, b in outer.parts)


class Finder:
    """Finds the statements of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.r = reading
        self.quotes = quotations(reading)
        self.quoted = [-1] * len(reading)
        for number, q in enumerate(self.quotes):
            for i in range(q.first, q.last + 1):
                self.quoted[i] = number
        self.owner: dict[int, Statement] = {}
        self.found: list[Statement] = []

    def run(self) -> list[Statement]:
        """All statements in reading order."""
        previous: Cue | None = None
        for cue in find_cues(self.r, self.quoted, self._walls()):
            self._read(cue, previous)
            if cue.mode == "finite" and cue.source is not None:
                previous = cue
        self._left_over()
        self.found.sort(key=lambda s: (s.span[0], -s.span[1]))
        return self._without_echoes()

    def _without_echoes(self) -> list[Statement]:
        """Drops what only repeats a part of another statement: a noun with its verb's content, a
        belief or mention within what is said ("he said he thought that…")."""
        kept: list[Statement] = []
        open_spans: list[Statement] = []
        for s in self.found:
            begin, end = s.span
            open_spans = [o for o in open_spans if o.span[1] > begin]
            outer = next((o for o in open_spans if _holds(o, s)), None)
            if outer is not None:
                if outer.parts[0][0] == begin and outer.span[1] == end:
                    continue
                if s.cue is None or not self._reports_itself(s):
                    continue
            kept.append(s)
            open_spans.append(s)
        return kept

    def _reports_itself(self, s: Statement) -> bool:
        """Whether a nested statement stands on its own feet: its own source says it."""
        return (
            s.source is not None
            and "belief" not in s.frames
            and bool(s.frames & {"that", "according"})
            and self.r.tag[s.source[0]] not in "PWT"
        )

    def _walls(self) -> list[int]:
        """Where a clause cannot reach across: quotations, but not a few words cited in passing."""
        return [n if n >= 0 and not self._cited(self.quotes[n]) else -1 for n in self.quoted]

    def _cited(self, q: Quotation) -> bool:
        """A few words amid a sentence, not a sentence of their own."""
        r = self.r
        first = r.sent_first[r.sentence[q.first]]
        return (
            q.first != first
            and q.closed
            and q.size <= 12
            and r.word[q.inside][0].islower()
            and r.tag[q.first - 1] not in ",:"
            and r.sentence[q.last] == r.sentence[q.first]
        )

    # -- one cue -----------------------------------------------------------------------------------
    def _read(self, cue: Cue, previous: Cue | None) -> None:
        if cue.mode == "according":
            self._according(cue)
            return
        if cue.mode == "noun":
            self._noun(cue)
            return
        if cue.mode == "impersonal":
            self._impersonal(cue)
            return
        if cue.mode == "passive":
            self._passive(cue)
            return
        if cue.mode in ("participle", "infinitive") or (
            cue.source is None and cue.mode == "finite"
        ):
            if not self._inverted(cue):
                self._borrow(cue, previous)
                self._right(cue)
            return
        if self._tag_right_of_quote(cue) or self._postposed(cue) or self._right(cue):
            return
        self._left_clause(cue)

    def _postposed(self, cue: Cue) -> bool:
        """…, said X: the subject found to the left is that of the clause, not of the verb."""
        r = self.r
        i = cue.first
        if "inv" not in cue.frames or r.tag[i - 1] not in ',-"q' or cue.end - cue.first > 2:
            return False
        stop = self._sentence_stop(cue.at)
        if (
            cue.end >= stop
            or r.tag[cue.end] not in "DMNSJ#"
            or r.tag[i - 1] in '"q'
            and cue.source is not None
            and self._cited(self.quotes[self.quoted[i - 1]])
        ):
            return False
        end = right_phrase(r, cue.end, stop)
        if end < stop and (
            r.tag[end] in "XVTB" or (r.tag[end] == "E" and not r.tag[end - 1] == "N")
        ):
            return False
        return self._inverted(cue)

    def _borrow(self, cue: Cue, previous: Cue | None) -> None:
        """A participle or second verb has the subject of the verb before it, or of the clause."""
        if cue.source is not None:
            return
        r = self.r
        first = r.sent_first[r.sentence[cue.first]]
        if previous is not None and previous.first >= first:
            cue.source = previous.source
            return
        start = first
        for j in range(cue.first - 1, first - 1, -1):
            if self.quoted[j] >= 0:
                break
            start = j
        cue.source = clause_subject(r, start, cue.first)
        if cue.source is None and r.tag[cue.at] in "GE" and cue.first == first:
            comma = next(
                (
                    k
                    for k in range(cue.end, r.sentence_end(cue.first))
                    if r.tag[k] == "," and self.quoted[k] < 0
                ),
                None,
            )
            if comma is not None:
                cue.source = clause_subject(r, comma + 1, r.sentence_end(cue.first))

    def _quote_before(self, i: int) -> Quotation | None:
        """The quotation that closes right before token i, a comma or dash between allowed."""
        r = self.r
        j = i - 1
        if j >= 0 and r.tag[j] in ",-q" and self.quoted[j] < 0:
            j -= 1
        if j < 0 or self.quoted[j] < 0 or r.paragraph[j] != r.paragraph[i]:
            return None
        return self.quotes[self.quoted[j]]

    def _quote_after(self, i: int) -> Quotation | None:
        """The quotation that opens at token i, or after a comma or colon there."""
        r = self.r
        j = i
        while j < len(r) and r.tag[j] in ",:-T" and self.quoted[j] < 0 and j - i < 2:
            j += 1
        if j < len(r) and self.quoted[j] >= 0:
            q = self.quotes[self.quoted[j]]
            near = r.paragraph[j] - r.paragraph[i - 1] <= (1 if r.tag[j - 1] == ":" else 0)
            if q.first == j and near:
                return q
        return None

    def _last_mark(self, q: Quotation) -> int:
        """The token that ends the words of a quotation, inner quotation marks passed over."""
        r, j = self.r, q.outside - 1
        while j > q.inside and r.tag[j] in 'q")':
            j -= 1
        return j

    def _clause_edge(self, q: Quotation) -> bool:
        """Whether a quotation ends as one before "he said" does: with a comma, ? or ! or a dash."""
        r = self.r
        before = r.tag[self._last_mark(q)]
        after = r.tag[q.last + 1] if q.last + 1 < len(r) else "."
        return before in ",.-" or after in ",-"

    def _tag_right_of_quote(self, cue: Cue) -> bool:
        """ "…," he said."""
        if cue.source is None:
            return False
        start = min(cue.source[0], cue.first)
        q = self._quote_before(self._skip_lead(start))
        if q is None or not self._clause_edge(q) or id(q) in self.owner:
            return False
        r = self.r
        stop = r.sentence_end(cue.at)
        full = r.word[q.outside - 1] == "." and r.sentence[q.outside - 1] != r.sentence[cue.at]
        if full and self._has_own_content(cue, stop):
            return False
        self._claim_quote(cue, q, cue.end, "quotation, source, verb")
        return True

    def _skip_lead(self, start: int) -> int:
        return start

    def _has_own_content(self, cue: Cue, stop: int) -> bool:
        k = after_adjuncts(self.r, cue, stop)
        return k < stop and self.r.tag[k] not in ".,"

    def _inverted(self, cue: Cue) -> bool:
        """ "…," said X — or …, said X."""
        if cue.mode not in ("finite", "participle") and "quote" not in cue.frames:
            return False
        r = self.r
        q = self._quote_before(cue.first)
        stop = r.sentence_end(cue.at)
        end = right_phrase(r, cue.end, stop, loose=True)
        if end <= cue.end or "inv" not in cue.frames:
            return False
        if (
            q is not None
            and self._clause_edge(q)
            and id(q) not in self.owner
            and cue.mode == "finite"
        ):
            cue.source = (cue.end, end)
            self._claim_quote(cue, q, end, "quotation, verb, source")
            return True
        comma = cue.first - 1
        first = r.sent_first[r.sentence[cue.at]]
        if (
            cue.mode == "finite"
            and comma > first
            and r.tag[comma] == ","
            and (end >= stop - 1 or r.tag[end] == ",")
        ):
            cue.source = (cue.end, end)
            self._add(cue, [(first, comma)], "clause, verb, source")
            return True
        return False

    def _claim_quote(self, cue: Cue, q: Quotation, clause_end: int, rule: str) -> None:
        """A quotation with its tag; takes what goes on after the tag as well."""
        r = self.r
        parts = [(q.first, q.last + 1)]
        lead = self._lead_in(q)
        if lead is not None:
            parts[0] = (lead, q.last + 1)
        used = [q]
        more = self._goes_on(cue, clause_end)
        while more is not None:
            used.append(more)
            parts.append((more.first, more.last + 1))
            more = self._next_paragraph(more)
        statement = self._add(cue, parts, rule)
        for one in used:
            self.owner[id(one)] = statement
        statement.quotes = used

    def _lead_in(self, q: Quotation) -> int | None:
        """Where the content begins if words of its sentence stand before the quotation."""
        r = self.r
        first = r.sent_first[r.sentence[q.first]]
        if q.first == first or self._is_sentence_like(q):
            return None
        j = q.first - 1
        if r.tag[j] in ",:" or self.quoted[first] >= 0:
            return None
        return first if q.first - first <= 40 else None

    def _goes_on(self, cue: Cue, clause_end: int) -> Quotation | None:
        """The quotation that continues after "X said": in the sentence, or the one that follows it."""
        r = self.r
        k = clause_end
        stop = r.sentence_end(cue.at)
        while k < stop and self.quoted[k] < 0:
            if r.tag[k] in "." and k >= stop - 2:
                k += 1
                break
            k += 1
        while k < len(r) and r.tag[k] in ".-" and self.quoted[k] < 0 and k < stop:
            k += 1
        if k >= len(r) or self.quoted[k] < 0 or r.paragraph[k] != r.paragraph[cue.at]:
            return None
        q = self.quotes[self.quoted[k]]
        if (
            q.first != k
            or id(q) in self.owner
            or not (self._is_sentence_like(q) or r.tag[k - 1] in ",-:")
        ):
            return None
        return None if self._tagged_itself(q) else q

    def _tagged_itself(self, q: Quotation) -> bool:
        """Whether the quotation is followed by its own "Y said"."""
        r = self.r
        mark = r.word[self._last_mark(q)]
        if mark not in ",?!":
            return False
        k = q.last + 1
        if k >= len(r) or r.paragraph[k] != r.paragraph[q.last]:
            return False
        stop = min(r.paragraph_end(k), k + 25)
        return any(
            r.low[j] in r.lex.cues and self.quoted[j] < 0 and "quote" in r.lex.cues[r.low[j]].frames
            for j in range(k, stop)
            if r.sentence[j] == r.sentence[k]
        )

    def _title(self, q: Quotation) -> bool:
        """The title of a work, every long word with a capital."""
        long_words = [w for w in self.r.word[q.inside : q.outside] if len(w) > 3 and w[0].isalpha()]
        return q.size <= 14 and len(long_words) > 1 and all(w[0].isupper() for w in long_words)

    def _next_paragraph(self, q: Quotation) -> Quotation | None:
        if not q.runs_on:
            return None
        number = self.quoted[q.first] + 1
        return self.quotes[number] if number < len(self.quotes) else None

    def _is_sentence_like(self, q: Quotation) -> bool:
        word = self.r.word[q.inside]
        return q.size >= 2 and (word[0].isupper() or word[0].isdigit() or word[0] in "‘'…[.$")

    # -- content to the right ----------------------------------------------------------------------
    def _right(self, cue: Cue) -> bool:
        r = self.r
        stop = self._sentence_stop(cue.at)
        k = after_adjuncts(r, cue, stop)
        q = self._quote_after(k)
        if (
            q is not None
            and id(q) not in self.owner
            and ("quote" in cue.frames or "that" in cue.frames)
        ):
            return self._quote_right(cue, q, k)
        if k >= stop:
            return False
        content = self._content(cue, k, stop)
        if content is None:
            return False
        self._add(cue, content[0], content[1])
        return True

    def _quote_right(self, cue: Cue, q: Quotation, k: int) -> bool:
        """X said: "…" — or said "…" and more of the clause."""
        r = self.r
        end = q.last + 1
        stop = self._sentence_stop(q.last)
        whole = (
            r.tag[q.outside - 1] == "." or end >= stop - 1 or r.sentence[end] != r.sentence[q.last]
        )
        if whole or r.tag[q.outside - 1] == ",":
            parts, used = [(q.first, end)], [q]
            more = self._next_paragraph(q)
            while more is not None:
                parts.append((more.first, more.last + 1))
                used.append(more)
                more = self._next_paragraph(more)
            statement = self._add(cue, parts, "source, verb, quotation")
            statement.quotes = used
            for one in used:
                self.owner[id(one)] = statement
            return True
        if cue.frames & {"that", "bare"}:
            until = clause_end(r, q.last, stop, self.quoted, cue)
        else:
            until = phrase_end(r, q.last, stop, self.quoted, cue)
        self._add(cue, [(q.first, until)], "source, verb, quotation that runs into the clause")
        return True

    def _sentence_stop(self, i: int) -> int:
        """The end of token i's sentence, final stop left out; a quotation begun in it is kept whole."""
        r = self.r
        stop = r.sentence_end(i)
        if stop < len(r) and self.quoted[stop - 1] >= 0:
            q = self.quotes[self.quoted[stop - 1]]
            if q.first < stop <= q.last and q.first > r.sent_first[r.sentence[i]]:
                stop = q.last + 1
        while stop > i + 1 and r.tag[stop - 1] == "." and self.quoted[stop - 1] < 0:
            stop -= 1
        return stop

    def _content(self, cue: Cue, k: int, stop: int) -> tuple[list[Range], str] | None:
        r, frames = self.r, cue.frames
        tag, low = r.tag[k], r.low[k]
        if tag == "T" and frames & {"that", "bare", "np"}:
            return [(k + 1, clause_end(r, k + 1, stop, self.quoted, cue))], "verb, that, clause"
        if low == "to" and "to" in frames and k + 1 < stop and r.tag[k + 1] in "BNXAEV":
            return [(k, clause_end(r, k, stop, self.quoted, cue))], "verb, to, infinitive"
        if tag == "W" or low == "if" or low == "when":
            if "wh" in frames or (low in ("if", "when") and "bare" in frames):
                return [
                    (k, clause_end(r, k, stop, self.quoted, cue))
                ], "verb, question word, clause"
        if low in ("while", "although", "because", "unless", "once", "as") and "bare" in frames:
            if any(r.tag[j] == "," for j in range(k, stop)) and tag == "U":
                return [(k, clause_end(r, k, stop, self.quoted, cue))], "verb, clause"
        if "compl" in frames and tag in "PODSMNJ#A" and self._complement(k, stop):
            return [(k, phrase_end(r, k, stop, self.quoted, cue))], "verb, object, complement"
        if "as" in frames and k < stop:
            parts = as_content(r, k, stop, self.quoted, cue)
            if parts is not None:
                return [parts], "verb, object as predicate"
        if tag in "RC" or low in ("to", "out", "against"):
            if low in frames and k + 1 < stop:
                return [
                    (k + 1, phrase_end(r, k + 1, stop, self.quoted, cue))
                ], f"verb, {low}, phrase"
            if not (tag == "R" and "bare" in frames and has_verb(r, k + 1, stop)):
                return None
        if tag in ".,:-)":
            return None
        if "bare" in frames and has_verb(r, k, stop):
            return [(k, clause_end(r, k, stop, self.quoted, cue))], "verb, clause"
        if "np" in frames and tag in 'DSMNJ#OPGEB"q':
            return [(k, phrase_end(r, k, stop, self.quoted, cue))], "verb, noun phrase"
        return None

    def _complement(self, k: int, stop: int) -> bool:
        """Object and complement follow: called him "a fraud", called the plan a disaster."""
        r = self.r
        end = right_phrase(r, k, stop)
        if end < stop and (r.tag[end] in 'DSJ#"qNAMG' or r.low[end] == "both"):
            return True
        return any(r.tag[j] in '"q' for j in range(k, min(end, stop)))

    def _left_clause(self, cue: Cue) -> bool:
        """…, X said. — … , he said, …"""
        r = self.r
        if cue.source is None or not cue.frames & {"that", "bare"} or "inv" not in cue.frames:
            return False
        start = min(cue.source[0], cue.first)
        first = r.sent_first[r.sentence[cue.at]]
        if start - 1 <= first or r.tag[start - 1] not in ",-" or r.tag[cue.source[0]] in "WT":
            return False
        end = start - 1
        if cue.lemma != "say" and not has_verb(r, first, end):
            return False
        parts = [(self._skip_open(first), end)]
        stop = self._sentence_stop(cue.at)
        k = after_adjuncts(r, cue, stop)
        if k < stop and r.tag[k] not in "RZAGUW,-":
            return False
        comma = next((j for j in range(k, stop) if r.tag[j] in ",-" and self.quoted[j] < 0), stop)
        if comma + 1 < stop and self._resumes(comma + 1, parts[0], stop):
            parts.append((comma + 1, clause_end(r, comma + 1, stop, self.quoted, cue)))
        self._add(cue, parts, "clause, source, verb")
        return True

    def _resumes(self, k: int, left: Range, stop: int) -> bool:
        """Whether the clause goes on after ", he said,": with its verb, or as a co-ordinate."""
        r = self.r
        if verbal(r, k) or r.tag[k] == "C" or r.low[k] == "including":
            return not (
                r.tag[k] == "C"
                and any(r.low[j] in r.lex.cues for j in range(k + 1, min(stop, k + 4)))
            )
        if r.low[k] == "to" or r.low[k] in (
            "because",
            "if",
            "unless",
            "especially",
            "particularly",
        ):
            return True
        if verbal(r, left[1] - 1):
            return True
        return r.tag[k] != "G" and not has_verb(r, left[0], left[1])

    def _skip_open(self, first: int) -> int:
        """Without a conjunction at the sentence's head ("And the plan, he said, …")."""
        r = self.r
        return first + 1 if r.low[first] in ("and", "but") and first + 1 < len(r) else first

    # -- other cues --------------------------------------------------------------------------------
    def _according(self, cue: Cue) -> None:
        r = self.r
        first = r.sent_first[r.sentence[cue.at]]
        stop = self._sentence_stop(cue.at)
        q = self._quote_before(cue.first)
        if q is not None and id(q) not in self.owner and self._clause_edge(q):
            self._claim_quote(
                cue, q, cue.source[1] if cue.source else cue.end, "quotation, according to"
            )
            return
        if cue.first - first <= 2:
            comma = next(
                (j for j in range(cue.end, stop) if r.tag[j] == "," and self.quoted[j] < 0), None
            )
            if comma is not None and comma + 1 < stop:
                comma = self._past_apposition(comma, stop)
                cue.source = (cue.end, comma)
                self._add(
                    cue,
                    [(comma + 1, clause_end(r, comma + 1, stop, self.quoted, cue))],
                    "according to X, clause",
                )
            return
        end = cue.first
        if r.tag[end - 1] in ",-":
            end -= 1
        parts = [(first, end)]
        after = cue.source[1] if cue.source else stop
        if after < stop - 1 and r.tag[after] == ",":
            parts.append((after + 1, stop))
        self._add(cue, parts, "clause, according to X")

    def _past_apposition(self, comma: int, stop: int) -> int:
        """According to X, a Y, clause: the comma that ends the source."""
        r = self.r
        if r.tag[comma + 1] == "D" and r.low[comma + 1] in ("a", "an"):
            for j in range(comma + 1, min(stop - 1, comma + 20)):
                if r.tag[j] == ",":
                    return j if has_verb(r, j + 1, stop) else comma
                if r.tag[j] in "XV":
                    return comma
        return comma

    def _noun(self, cue: Cue) -> None:
        r = self.r
        stop = self._sentence_stop(cue.at)
        k = cue.end + 1
        if k >= stop:
            return
        if "that" in cue.frames:
            if not has_verb(r, k, stop):
                return
            self._add(cue, [(k, clause_end(r, k, stop, self.quoted, cue))], "noun, that, clause")
        else:
            self._add(cue, [(k, phrase_end(r, k, stop, self.quoted, cue))], "noun, of, phrase")

    def _impersonal(self, cue: Cue) -> None:
        """X is believed to be Y: subject and predicate are the content."""
        r = self.r
        stop = self._sentence_stop(cue.at)
        if cue.end >= stop:
            return
        subject = cue.source
        cue.source = None
        if r.low[cue.end] == "to":
            if subject is not None:
                parts = [subject, (cue.end, clause_end(r, cue.end, stop, self.quoted, cue))]
                self._add(cue, parts, "impersonal passive")
        elif r.tag[cue.end] == "T" and subject is not None and r.low[subject[0]] == "it":
            self._add(
                cue,
                [(cue.end + 1, clause_end(r, cue.end + 1, stop, self.quoted, cue))],
                "it is said that",
            )
        else:
            cue.source = subject
            self._passive(cue)

    def _passive(self, cue: Cue) -> None:
        """X was criticised by Y; X was told that…"""
        r = self.r
        stop = self._sentence_stop(cue.at)
        subject, k = cue.source, cue.end
        for j in range(k, min(stop, k + 20)):
            if r.tag[j] in ".:," and self.quoted[j] < 0:
                break
            if r.low[j] == "by" and r.tag[j] == "R" and j + 1 < stop:
                end = right_phrase(r, j + 1, stop, loose=False)
                if end > j + 1 and r.tag[j + 1] != "G":
                    cue.source = (j + 1, end)
                    content: list[Range] = [] if subject is None else [subject]
                    if j > k:
                        content.append((k, j))
                    elif end < stop - 1 and r.tag[end] == "R":
                        content.append((end, phrase_end(r, end, stop, self.quoted, cue)))
                    if content and r.low[content[0][0]] not in ("who", "which", "that"):
                        self._add(cue, content, "passive, by source")
                    return
        cue.source = None
        if cue.frames & {"obj"} or "wh" in cue.frames:
            body = self._content(cue, k, stop) if k < stop else None
            if body is not None:
                self._add(cue, body[0], "passive without agent")

    # -- quotations without a verb ------------------------------------------------------------------
    def _left_over(self) -> None:
        """Quotations that no cue has claimed and that read as speech."""
        r = self.r
        covered = [-1] * (len(r) + 1)
        for n, s in enumerate(self.found):
            for a, b in s.parts:
                for i in range(a, b):
                    covered[i] = n
        last: Statement | None = None
        by_start = {id(q): self.owner.get(id(q)) for q in self.quotes}
        for q in self.quotes:
            owner = by_start[id(q)]
            if owner is not None:
                last = owner
                continue
            if id(q) in self.owner:
                last = self.owner[id(q)]
                continue
            if covered[q.inside] >= 0:
                last = self.found[covered[q.inside]]
                continue
            if q.single and not q.closed:
                continue
            statement = self._orphan(q, last)
            if statement is not None:
                last = statement

    def _orphan(self, q: Quotation, last: Statement | None) -> Statement | None:
        r = self.r
        if q.size < 3 or not self._is_sentence_like(q) or self._title(q):
            return None
        head = q.first == r.para_first[r.paragraph[q.first]]
        own = q.first == r.sent_first[r.sentence[q.first]]
        if not own and r.tag[q.first - 1] not in ":,":
            return None
        if r.tag[self._last_mark(q)] == ",":
            return self._unknown_verb(q)
        if r.tag[self._last_mark(q)] not in ".-" and q.closed:
            return None
        used = self._paragraphs_of(q)
        joined = self._joined(q, used, head, last)
        if joined is not None:
            return joined
        source: Range | None = None
        inherits: Statement | None = None
        rule = "quotation alone"
        gap = r.paragraph[q.first] - r.paragraph[last.span[1] - 1] if last is not None else 99
        if not head:
            before = r.sent_first[r.sentence[q.first]] - 1 if own else q.first
            first = r.sent_first[r.sentence[before]]
            source = clause_subject(r, first, before) if self.quoted[first] < 0 else None
            rule = "quotation after a sentence about its speaker"
            if source is None and last is not None and gap == 0:
                source, inherits = last.source, last
        elif last is not None and gap <= 1:
            source, inherits = last.source, last
            rule = "quotation that continues the last speaker"
        return self._own(Statement([], None, source, rule, guess=True, inherits=inherits), used)

    def _own(
        self, statement: Statement, used: list[Quotation], *, front: bool = False
    ) -> Statement:
        """Gives the quotations to the statement."""
        parts = [(q.first, q.last + 1) for q in used]
        if not statement.parts:
            self.found.append(statement)
        statement.parts = parts + statement.parts if front else statement.parts + parts
        statement.quotes = used + statement.quotes if front else statement.quotes + used
        for q in used:
            self.owner[id(q)] = statement
        return statement

    def _paragraphs_of(self, q: Quotation) -> list[Quotation]:
        """The quotation and those that open it anew in the paragraphs that follow."""
        used: list[Quotation] = [q]
        more = self._next_paragraph(q)
        while more is not None:
            used.append(more)
            more = self._next_paragraph(more)
        return used

    def _joined(
        self, q: Quotation, used: list[Quotation], head: bool, last: Statement | None
    ) -> Statement | None:
        """A quotation next to another one, nothing between, is one statement with it: before it when
        that one has its tag, else after the one before."""
        r = self.r
        whole = head and used[-1].last + 1 >= r.paragraph_end(used[-1].last)
        if whole:
            number = self.quoted[used[-1].first] + 1
            following = self.quotes[number] if number < len(self.quotes) else None
            if following is not None and following.first == r.paragraph_end(used[-1].last):
                owner = self.owner.get(id(following))
                if (
                    owner is not None
                    and owner.parts[0][0] == following.first
                    and owner.cue is not None
                ):
                    return self._own(owner, used, front=True)
        if last is None or not last.parts:
            return None
        end = last.span[1]
        while end < q.first and (r.tag[end] in ".," or (r.tag[end] in '"q')):
            end += 1
        near = r.paragraph[q.first] - r.paragraph[last.span[1] - 1] <= 1
        if end == q.first and near and (last.quotes or not head):
            return self._own(last, used)
        return None

    def _unknown_verb(self, q: Quotation) -> Statement | None:
        """ "…," she chirped: the place shows a verb of saying that the lexicon does not know."""
        r = self.r
        k = q.last + 1
        if k >= len(r) or r.sentence[k] != r.sentence[q.last]:
            return None
        stop = self._sentence_stop(k)
        end = right_phrase(r, k, stop)
        if end == k or end >= stop or r.tag[end] not in "VE":
            return None
        statement = Statement(
            [], (end, end + 1), (k, end), "quotation, source, unknown verb", guess=True
        )
        return self._own(statement, [q])

    # -- adding ------------------------------------------------------------------------------------
    def _add(self, cue: Cue, parts: list[Range], rule: str) -> Statement:
        statement = Statement(
            [p for p in parts if p[1] > p[0]] or parts,
            (cue.first, cue.end),
            cue.source,
            rule,
            cue.lemma,
            cue.negated,
            frames=cue.frames,
        )
        self.found.append(statement)
        return statement
