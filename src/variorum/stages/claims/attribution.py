"""Attributed statements of a document: found, typed, resolved, with hedges and figures."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import chain

from variorum.model import Claim, ClaimType, Document, Figure, Hedge, Speaker
from variorum.model.span import Span
from variorum.stages.claims.denials import is_negated, negation
from variorum.stages.claims.figure_language import language_of
from variorum.stages.claims.foreign import LANGUAGES, find_foreign
from variorum.stages.claims.foreign_speakers import ForeignSpeakers
from variorum.stages.claims.interview import ANSWER
from variorum.stages.claims.memory import Memory
from variorum.stages.claims.notes import notice_spans
from variorum.stages.claims.paragraph_facts import figures_and_hedges
from variorum.stages.claims.reading import Reading
from variorum.stages.claims.sayers import is_put_to
from variorum.stages.claims.speakers import Speakers
from variorum.stages.claims.statements import find_statements
from variorum.stages.claims.transcript import TURN
from variorum.stages.claims.wording import squeezed
from variorum.stages.claims.workspace import Statement, Workspace

_OUTER_GAP = 40  # characters between cue and content in which a hedge belongs to the statement


def attributed_statements(document: Document, memory: Memory | None = None) -> list[Claim]:
    """The claims of a document in reading order, offsets into its text. A ``memory`` of its other
    versions spares work, and changes nothing."""
    return [claim for claim, _ in statements_and_claims(document, memory)]


def explained(document: Document) -> list[str]:
    """One line a claim, with the rule that found it."""
    return [_line(document.text, claim, s) for claim, s in statements_and_claims(document)]


def _line(text: str, claim: Claim, s: Statement) -> str:
    said = " … ".join(" ".join(text[a:b].split()) for a, b in claim.content_spans)
    cue = f'cue "{text[slice(*claim.cue)]}"' if claim.cue else "no cue"
    source = f'source "{text[slice(*claim.source)]}"' if claim.source else "no source"
    speaker = claim.speaker.name or "nobody named"
    sure = ", a guess" if claim.speaker.guess else ""
    nested = f", within claim {claim.within}" if claim.within is not None else ""
    if claim.negated:
        nested += f", {negation(text, claim.cue, s.lemma)}"
    return (
        f"{claim.content[0]}-{claim.content[1]} {claim.type} by rule “{s.rule}”: {said} "
        f"[{cue}; {source}; speaker: {speaker} ({claim.speaker.kind}{sure}){nested}]"
    )


def statements_and_claims(
    document: Document, memory: Memory | None = None
) -> list[tuple[Claim, Statement]]:
    """Each claim with the statement (tokens, rule) that it was made from."""
    text = document.text
    reading = Reading(text, memory)
    if not reading.size:
        return []
    language = language_of(text, document.language)
    if memory is not None and language not in LANGUAGES:
        reading.places = memory.places(reading)
    if language in LANGUAGES:
        statements, workspace = find_foreign(reading, language)
    else:
        statements, workspace = find_statements(reading)
    if not statements:
        return []
    speakers: Speakers | ForeignSpeakers
    if language in LANGUAGES:
        speakers = ForeignSpeakers(workspace, language)
    else:
        speakers = Speakers(workspace, document.byline)
    said = [_content(reading, s) for s in statements]
    figures, hedges = figures_and_hedges(reading, statements, chain.from_iterable(said), language)
    starts, ends = [f.span[0] for f in figures], [h.span[1] for h in hedges]
    found: list[tuple[Claim, Statement]] = []
    within = _Nesting()
    notes = notice_spans(document)
    for s, spans in zip(statements, said, strict=True):
        if not spans or any(a <= spans[0][0] < b for a, b in notes):
            continue  # what the publisher says of its own text is no claim of the story
        whole = (spans[0][0], spans[-1][1])
        cue = _chars(reading, *s.cue) if s.cue else None
        speaker, source = speakers.of(s), s.source
        if is_put_to(reading, s):
            speaker, source = Speaker(), None
        claim = Claim(
            type=_type(workspace, s),
            content=whole,
            content_spans=tuple(spans),
            cue=cue,
            source=_chars(reading, *source) if source else None,
            speaker=speaker,
            negated=s.negated or is_negated(text, cue, whole),
            hedges=_hedges(hedges, ends, spans, cue),
            figures=_inside(figures, starts, spans),
            within=within.place(whole, cue, spans),
        )
        found.append((claim, s))
    return _with_headline(reading, found)


_HEADLINE = 2  # paragraphs in which words may be quoted before the text says whose they are
_REPEATED = 10  # letters of a quotation that no two speakers say by chance
_QUOTED_ABOVE = 8  # claims of a headline and lead, and claims below them, that are looked at
_BELOW = 60


def _with_headline(
    r: Reading, found: list[tuple[Claim, Statement]]
) -> list[tuple[Claim, Statement]]:
    """A headline's quotation without a speaker is whose it is in the text, if it stands there."""
    for k, (claim, s) in enumerate(found[:_QUOTED_ABOVE]):
        if r.paragraph[s.parts[0][0]] >= _HEADLINE:
            break
        if claim.speaker.kind != "unattributed" or claim.cue is not None or not s.quotes:
            continue
        words = squeezed(r.text[slice(*claim.content)])
        again = next(
            (
                c
                for c, _ in found[k + 1 : k + _BELOW]
                if len(words) >= _REPEATED and _says(r, c, words)
            ),
            None,
        )
        if again is not None:
            found[k] = replace(claim, speaker=replace(again.speaker, guess=True)), s
    return found


def _says(r: Reading, claim: Claim, words: str) -> bool:
    if claim.speaker.kind == "unattributed" or claim.type == "indirect":
        return False
    return words in squeezed("".join(r.text[slice(*span)] for span in claim.content_spans))


def _type(w: Workspace, s: Statement) -> ClaimType:
    """By whether the words of the content stand in quotation marks: all, some or none."""
    if s.rule in (TURN, ANSWER):
        return "direct"
    inside = outside = False
    word, quoted = w.r.word, w.quoted
    for a, b in s.parts:
        here = quoted[a:b]
        if max(here, default=-1) < 0:
            outside = outside or any(each[0].isalnum() for each in word[a:b])
        elif min(here) >= 0:
            inside = inside or any(each[0].isalnum() for each in word[a:b])
        else:
            for number, each in zip(here, word[a:b], strict=True):
                if number >= 0:
                    inside = inside or each[0].isalnum()
                else:
                    outside = outside or each[0].isalnum()
    if inside:
        return "mixed" if outside else "direct"
    return "indirect"


def _content(r: Reading, s: Statement) -> list[Span]:
    """Where the words of a statement stand in the text."""
    spans = [_chars(r, a, b) for a, b in s.parts]
    return [span for span in spans if span is not None]


def _chars(r: Reading, a: int, b: int) -> Span | None:
    while a < b and r.tag[a] in ",.-:)":
        a += 1
    while b > a and r.tag[b - 1] in ",-:(":
        b -= 1
    return (r.start[a], r.stop(b - 1)) if b > a else None


def _inside(figures: list[Figure], starts: list[int], spans: list[Span]) -> tuple[Figure, ...]:
    """The figures that lie in one of the spans; ``figures`` in order of their ``starts``."""
    found: list[Figure] = []
    for start, end in spans:
        k = bisect_left(starts, start)
        while k < len(figures) and figures[k].span[0] < end:
            if figures[k].span[1] <= end:
                found.append(figures[k])
            k += 1
    return tuple(found)


def _hedges(
    hedges: list[Hedge], ends: list[int], spans: list[Span], cue: Span | None
) -> tuple[Hedge, ...]:
    """The hedges, in order of their ``ends``, of the content, of the cue ("is believed to") and of
    the words between."""
    if not hedges:
        return ()
    reach = list(spans)
    if cue is not None:
        gap = spans[0][0] - cue[1]
        reach.insert(0, (cue[0], spans[0][0] if 0 <= gap <= _OUTER_GAP else cue[1]))
    found: dict[Span, Hedge] = {}
    for start, end in reach:
        k = bisect_left(ends, start)
        while k < len(hedges) and hedges[k].span[0] < end:
            if hedges[k].span[1] > start:
                found[hedges[k].span] = hedges[k]
            k += 1
    return tuple(found[key] for key in sorted(found))


class _Nesting:
    """Which claim each claim lies in; claims come in order of their start, longer first."""

    def __init__(self) -> None:
        self._open: list[tuple[int, tuple[Span, ...]]] = []
        self._count = 0

    def place(self, whole: Span, cue: Span | None, spans: list[Span]) -> int | None:
        """The number of the innermost claim around this one, or None."""
        begin = min(whole[0], cue[0]) if cue else whole[0]
        end = max(whole[1], cue[1]) if cue else whole[1]
        self._open = [o for o in self._open if o[1][-1][1] > whole[0]]
        around = [
            number for number, parts in self._open if any(a <= begin and end <= b for a, b in parts)
        ]
        self._open.append((self._count, tuple(spans)))
        self._count += 1
        return around[-1] if around else None
