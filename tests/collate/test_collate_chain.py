"""The heaviest chain is the heaviest: against all chains there are, worth by worth."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.stages.collate import align_sentences
from variorum.stages.collate.chain import MOST_ASIDE, Candidate, heaviest_chain

SIZE = 12
CORNERS = ((0, 0), (SIZE, SIZE))


@st.composite
def candidates(draw: st.DrawFn) -> list[Candidate]:
    places = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))
    found = []
    for old, new in draw(st.lists(places, max_size=7, unique=True)):
        gain = draw(st.integers(-6, 40)) / 64
        old_end = min(SIZE, old + draw(st.integers(1, 2)))
        found.append(Candidate(old, old_end, new, new + 1, gain))
    return found


def worth(chain: list[Candidate], beside: float, aside: float) -> float:
    """What a chain is worth by the words of :func:`heaviest_chain`."""
    (old, new), (old_last, new_last) = CORNERS
    stops = [
        Candidate(old, old, new, new, 0.0),
        *chain,
        Candidate(old_last, old_last, new_last, new_last, 0.0),
    ]
    total = sum(c.gain for c in chain)
    for one, other in pairwise(stops):
        gone, came = other.old - one.old_end, other.new - one.new_end
        total -= aside * min(abs(gone - came), MOST_ASIDE)
        total += beside if gone == came == 0 else 0.0
    return total


@given(candidates(), st.sampled_from([0.0, 1 / 32]), st.sampled_from([0.0, 1 / 64, 1 / 8]))
@settings(max_examples=120, deadline=None)
def test_no_chain_is_worth_more(found: list[Candidate], beside: float, aside: float) -> None:
    best = 0.0
    for size in range(len(found) + 1):
        for some in combinations(sorted(found), size):
            if all(a.old_end <= b.old and a.new_end <= b.new for a, b in pairwise(some)):
                value = worth(list(some), beside, aside)
                best = max(best, value) if size else value
    assert worth(heaviest_chain(found, CORNERS, beside, aside), beside, aside) == best


def test_a_weak_likeness_far_out_of_step_is_no_link() -> None:
    kept = [f"Paragraph {k} of the report says nothing about {k} herons." for k in (1, 2)]
    gone = [
        "The harbour office will open its doors at nine on weekdays.",
        "Nobody could say on Friday who had ordered the gravel.",
        "A ferry left the north quay without lights.",
        "Its captain, Mirela Donose, was not on board.",
    ]
    came = [
        "Rain is expected over the marshes until Sunday evening.",
        "Three schools will stay shut.",
        "Buses run as they do on a holiday.",
        "On weekdays the harbour office, which lost two clerks, stays closed.",
    ]
    old, new = [kept[0], *gone, kept[1]], [kept[0], *came, kept[1]]
    assert (1, 4) not in align_sentences(old, new)
    old, new = [kept[0], gone[0], kept[1]], [kept[0], came[3], kept[1]]
    assert (1, 1) in align_sentences(old, new)
