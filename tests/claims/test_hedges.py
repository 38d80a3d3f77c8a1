"""Words that say how surely, their false friends, and statements that turn something down."""

from __future__ import annotations

import time

import pytest
from claim_pairs import hedges_score

from variorum.stages.claims import find_hedges
from variorum.stages.claims.denials import is_negated


def hedges(text: str) -> list[str]:
    return [h.text for h in find_hedges(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He allegedly threw a phone.", ["allegedly"]),
        ("A clip purporting to show a beating.", ["purporting to"]),
        ("The men appear to kick him.", ["appear to"]),
        ("He is believed to have fled.", ["is believed to"]),
        ("Nine people, thought to be from one village, died.", ["thought to"]),
        ("It may rain and could flood.", ["may", "could"]),
        ("The firm is reportedly for sale.", ["reportedly"]),
        ("It was not clear who fired.", ["It was not clear"]),
        ("Around 200 people and at least two dogs.", ["Around", "at least"]),
        ("Some 200 people came.", ["Some"]),
    ],
)
def test_hedges_and_approximators_are_found_with_their_words(text: str, found: list[str]) -> None:
    assert hedges(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "They met in May and left on May 3.",
        "May Day came early.",
        "Theresa May resigned.",
        "He could not feel his legs.",
        "She could see the smoke.",
        "Some people came, and it was about the war.",
        "He likes it. It looks like rain.",
        "They walked around the town and over the bridge.",
    ],
)
def test_false_friends_are_left_alone(text: str) -> None:
    assert hedges(text) == []


def test_may_at_the_head_of_a_sentence_is_a_month_before_a_figure_only() -> None:
    assert hedges("It ended. May he rest in peace.") == ["May"]
    assert hedges("It ended. May 12 was the day.") == []


def test_an_approximator_is_told_from_a_hedge() -> None:
    text = "Nearly 40 men are thought to be lost."
    assert [h.kind for h in find_hedges(text, 0, len(text))] == ["approximator", "hedge"]


@pytest.mark.parametrize(
    ("text", "cue", "negated"),
    [
        ("She denied that he was paid.", "denied", True),
        ("She did not deny that he was paid.", "deny", False),
        ("She did not say that he was paid.", "say", True),
        ("She said that he was paid.", "said", False),
        ("She said there was no evidence of it.", "said", True),
        ("She rejected the claim.", "rejected", True),
        ("She never claimed it.", "claimed", True),
    ],
)
def test_denials_are_told_from_statements(text: str, cue: str, negated: bool) -> None:
    at = text.index(cue)
    span = (at, at + len(cue))
    assert is_negated(text, span, (span[1] + 1, len(text))) is negated


def test_hedge_cues_are_found_in_our_own_pairs() -> None:
    assert hedges_score(unseen=False)[0] >= 0.96
    assert hedges_score(unseen=True)[0] >= 0.95


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The study suggests that gulls plan ahead.", ["suggests"]),
        ("She suggested meeting at noon.", []),
        ("Detectives suspect a gang; the suspect fled.", ["suspect"]),
        ("It is possible that he left; it was possible to leave.", ["possible"]),
        ("A van believed to belong to the club was found.", ["believed to"]),
        ("It may, whatever you may have heard, be so.", []),
        ("Nobody could mistake the tune.", []),
        ("It was not immediately clear who sang.", ["not immediately clear"]),
        ("They stole £3m over five months.", []),
        ("They stole for over five months.", ["over"]),
        ("Neighbours fell out over a 200-year-old oak.", []),
        ("At least some of them swam.", ["At least"]),
        ("The hall measures closer to 310 metres.", ["closer to"]),
        ("It may in theory rain.", ["may", "in theory"]),
        ("His claim to the title failed; he claims to own it.", ["claims to"]),
    ],
)
def test_hedges_are_told_from_their_false_friends(text: str, expected: list[str]) -> None:
    assert [h.text for h in find_hedges(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "La police parle de quelque 200 personnes dans la rue, près de la gare et près de 30 blessés.",
            ["quelque", "près de"],
        ),
        (
            "Rund um den Platz waren fast 300 Menschen, und die Strecke ist voraussichtlich gesperrt.",
            ["fast", "voraussichtlich"],
        ),
        (
            "La talla, valorada en casi 90.000 euros, no vuelve hasta septiembre a la ermita de la ciudad.",
            ["casi"],
        ),
    ],
)
def test_other_languages_approximate_figures_only(text: str, expected: list[str]) -> None:
    assert [h.text for h in find_hedges(text, 0, len(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The men had gone fishing together at least twice.", ["at least"]),
        ("Trains are suspended until at least this evening.", ["at least"]),
        ("At least he tried.", []),
        ("There were two blows about a minute apart.", ["about"]),
        ("It is about a boy.", []),
        ("She misled them over a £2m contract.", []),
        ("It cost over £2m.", ["over"]),
        ("A person close to one of the bidders spoke.", []),
        ("It took close to one hour.", ["close to"]),
        ("They are now up to third.", []),
        ("He said it was possible that a hold broke.", ["possible"]),
        ("He said a fine was possible.", []),
    ],
)
def test_a_bound_without_a_number_and_a_number_without_a_bound(
    text: str, expected: list[str]
) -> None:
    assert hedges(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Selon la mairie, le maire aurait reçu une montre de la société.", ["aurait"]),
        ("Le procureur a indiqué que le suspect aurait agi seul dans la nuit.", ["aurait"]),
        ("Le directeur a promis qu’il n’y aurait pas de départs dans la ville.", []),
        ("Le parquet a précisé qu’une autopsie serait pratiquée mardi dans la ville.", []),
        ("La route du village serait coupée dans la vallée, à en croire les gens.", ["serait"]),
        ("Le jugement devrait être rendu en mai dans la salle.", ["devrait"]),
        ("Le maire devrait écouter les gens de la ville.", []),
        ("Devant la salle, une trentaine de parents attendaient dans le froid.", ["une trentaine"]),
        ("Il y a au moins une centaine de parents dans la rue.", ["au moins"]),
        ("Le feu a pris vers 15 heures dans la rue de la gare.", ["vers"]),
        ("Il est allé vers la gare et dans la rue.", []),
        ("Der Mann soll die Frau nach dem Spiel beleidigt haben.", ["soll"]),
        ("Am Mittwoch soll ein Hubschrauber zu der Hütte starten.", []),
        ("Der Kontakt ist gegen 15 Uhr auf dem Berg abgerissen.", ["gegen"]),
        ("Das Team hat gegen die Stadt mit dem Ball verloren.", []),
        ("La banda llegó hacia las cuatro de la tarde a la ciudad.", ["hacia"]),
        ("La banda fue hacia la ciudad por el camino de la costa.", []),
    ],
)
def test_a_conditional_a_modal_and_a_rough_number_of_other_languages(
    text: str, expected: list[str]
) -> None:
    assert hedges(text) == expected


@pytest.mark.parametrize("piece", ["-", "a", " ", "over ", "at least ", "suggests", "’", "1-"])
def test_hostile_runs_are_read_in_linear_time(piece: str) -> None:
    text = (
        "They sang over one " + piece * (200_000 // len(piece)) + " months and may believed to x."
    )
    start = time.process_time()
    find_hedges(text, 0, len(text))
    assert time.process_time() - start < 5
