"""What holds for any two texts whatever."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.model import Collation, Document, Segment
from variorum.stages.collate import align_sentences, blame, collate_documents
from variorum.stages.collate.words import word_edits
from variorum.text.sentences import sentences

LATIN = "the a of and to said police man woman city fire 12 21 £3.5m 5% U.S. Mr Smith Smyth March London"
OTHER = "“no” don’t don't budget vote ‘yes’ —, 警察 ニュース الوزير"
WORDS = f"{LATIN} {OTHER}".split()
SPACES = [" ", "  ", "\n", "\n\n", "\n\n\n", "\t", "\u00a0", ""]
STOPS = [".", "?", "!", "。", "…", ".”", ""]

sentence = st.builds(
    lambda words, stop: " ".join(words) + stop,
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=9),
    st.sampled_from(STOPS),
)
passage = st.lists(st.tuples(sentence, st.sampled_from(SPACES)), max_size=12)


def written(parts: list[tuple[str, str]]) -> str:
    return "".join(text + space for text, space in parts)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts that share much: one is the other, revised."""
    old = draw(passage)
    new = list(old)
    for _ in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from(["insert", "delete", "move", "edit", "space"]))
        if kind == "insert" or not new:
            new.insert(draw(st.integers(0, len(new))), draw(st.tuples(sentence, st.just(" "))))
            continue
        at = draw(st.integers(0, len(new) - 1))
        if kind == "delete":
            del new[at]
        elif kind == "move":
            new.insert(draw(st.integers(0, len(new) - 1)), new.pop(at))
        elif kind == "edit":
            words = new[at][0].split(" ")
            words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(WORDS))
            new[at] = (" ".join(words), new[at][1])
        else:
            new[at] = (new[at][0], draw(st.sampled_from(SPACES)))
    return written(old), written(new)


anything = st.tuples(st.text(max_size=80), st.text(max_size=80)) | revisions()
often = settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)


def collated(old: str, new: str) -> Collation:
    return collate_documents(Document.from_text(old), Document.from_text(new))


def side(segments: list[Segment], leave_out: str) -> str:
    return "".join(text for s in segments for sign, text in s.words if sign != leave_out)


@given(anything)
@often
def test_the_words_join_to_both_texts_to_the_letter(pair: tuple[str, str]) -> None:
    segments = list(collated(*pair).segments)
    assert side(segments, "-") == pair[1]
    assert side(sorted(segments, key=lambda s: s.old or (-1,)), "+") == pair[0]


@given(anything)
@often
def test_every_sentence_is_in_exactly_one_segment_a_side(pair: tuple[str, str]) -> None:
    segments = collated(*pair).segments
    for text, numbers in zip(
        pair,
        ([i for s in segments for i in s.old], [j for s in segments for j in s.new]),
        strict=True,
    ):
        assert sorted(numbers) == list(range(len(numbers)))
        assert len(numbers) == len(set(numbers))
        assert bool(numbers) == bool(text.strip())
    assert [j for s in segments for j in s.new] == sorted(j for s in segments for j in s.new)
    for s in segments:
        assert list(s.old) == list(range(s.old[0], s.old[-1] + 1)) if s.old else not s.old
        assert list(s.new) == list(range(s.new[0], s.new[-1] + 1)) if s.new else not s.new
        assert (s.op == "added") == (not s.old and bool(s.new))
        assert (s.op == "removed") == (bool(s.old) and not s.new)


@given(anything)
@often
def test_a_text_collated_with_itself_is_the_same_throughout(pair: tuple[str, str]) -> None:
    collation = collated(pair[0], pair[0])
    assert not collation.differs
    assert all(s.op == "same" and not s.moved for s in collation.segments)
    assert all(sign == "=" for s in collation.segments for sign, _ in s.words)


SWAPPED_OP = {"added": "removed", "removed": "added", "split": "merged", "merged": "split"}
SWAPPED_SIGN = {"=": "=", "-": "+", "+": "-"}


def swapped_words(words: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    turned = [(SWAPPED_SIGN[sign], text) for sign, text in words]
    for k in range(len(turned) - 1):
        if turned[k][0] == "+" and turned[k + 1][0] == "-":
            turned[k], turned[k + 1] = turned[k + 1], turned[k]
    return turned


@given(anything)
@often
def test_swapping_the_sides_mirrors_the_result(pair: tuple[str, str]) -> None:
    there, back = collated(*pair), collated(pair[1], pair[0])

    def content(s: Segment) -> tuple[object, ...]:
        return s.op, s.old, s.new, s.moved, tuple(s.words)

    def mirrored(s: Segment) -> tuple[object, ...]:
        op = SWAPPED_OP.get(s.op, s.op)
        return op, s.new, s.old, s.moved, tuple(swapped_words(s.words))

    assert sorted(map(content, there.segments), key=repr) == sorted(
        map(mirrored, back.segments), key=repr
    )


@given(anything)
@often
def test_links_are_sorted_within_bounds_and_mirrored(pair: tuple[str, str]) -> None:
    old = [s.text for s in sentences(pair[0], "en")]
    new = [s.text for s in sentences(pair[1], "en")]
    links = align_sentences(old, new)
    assert links == sorted(set(links))
    assert all(0 <= i < len(old) and 0 <= j < len(new) for i, j in links)
    assert sorted((j, i) for i, j in align_sentences(new, old)) == links


@given(anything)
@often
def test_word_edits_give_back_both_sides_and_alternate(pair: tuple[str, str]) -> None:
    words = word_edits(*pair)
    assert "".join(t for s, t in words if s != "+") == pair[0]
    assert "".join(t for s, t in words if s != "-") == pair[1]
    assert all(text for _, text in words)
    assert all(a[0] != b[0] for a, b in pairwise(words))
    assert not any(a[0] == "+" and b[0] == "-" for a, b in pairwise(words))


@given(st.lists(passage, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_blame_accounts_for_every_sentence_of_every_version(history: list) -> None:
    documents = [Document.from_text(written(parts)) for parts in history]
    found = blame(documents)
    last = [s.text for s in sentences(documents[-1].text)]
    assert [s.text for s in found.present] == last or len(found.present) == len(last)
    assert all(0 <= s.introduced <= s.worded < len(documents) for s in found.present)
    for s in found.gone:
        assert s.dropped is not None
        assert s.introduced <= s.worded < s.dropped < len(documents)
