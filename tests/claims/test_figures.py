"""What counts as a quantity in the news, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from variorum.model import Figure
from variorum.stages.claims import find_figures


def only(text: str) -> Figure:
    found = find_figures(text)
    assert len(found) == 1, [text[slice(*f.span)] for f in found]
    return found[0]


def test_the_ends_of_a_span_may_each_have_a_sign() -> None:
    assert only("It grew by -3% to +1% a month.").value == (-3, 1)
    assert only("A growth of between -3% and +1% is flat.").value == (-3, 1)
    assert [f.value for f in find_figures("It rose 2% and +3%.")] == [2, 3]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Repairs cost £1.5m.", 1_500_000, "pound"),
        ("Repairs cost $75 million.", 75_000_000, "dollar"),
        ("The deal is worth 3.5bn euros.", 3_500_000_000, "euro"),
        ("It raised A$20 million.", 20_000_000, "australian dollar"),
        ("A fare of ¥450 was charged.", 450, "japanese yen"),
        ("He was fined Rs 500.", 500, "indian rupee"),
        ("He paid 20 Swiss francs.", 20, "swiss franc"),
        ("Prices fell 2.4 per cent.", 2.4, "percentage"),
        ("A two-minute clip was shown.", 2, "minute"),
        ("The hole is 12 ft 6 in deep.", 12.5, "foot"),
        ("Winds reached 90mph overnight.", 90, "mile per hour"),
        ("The suspect is a 35-year-old man.", 35, "year of age"),
        ("Joan Tibbs, 71, saw the crash.", 71, "year of age"),
        ("Rent is $1,100 per square foot.", 1100, "dollar per square foot"),
        ("It was minus 12 degrees Celsius.", -12, "celsius"),
    ],
)
def test_money_measures_ages_and_rates_have_value_and_unit(
    text: str, value: float, unit: str
) -> None:
    figure = only(text)
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "value", "counted"),
    [
        ("Forty-four migrants saw it.", 44, "migrants"),
        ("A dozen men were held.", 12, "men"),
        ("Half a million people marched.", 500_000, "people"),
        ("Some 2,400 migrants are in Calder Bay.", 2400, "migrants"),
        ("Three hundred and six homes are dark.", 306, "homes"),
        ("The gang stole 1.2m tyres.", 1_200_000, "tyres"),
    ],
)
def test_what_is_counted_stands_beside_the_number(text: str, value: float, counted: str) -> None:
    figure = only(text)
    assert (figure.value, figure.counted) == (value, counted)


def test_hundreds_and_hundreds_are_a_vague_range() -> None:
    figure = only("Hundreds and hundreds of migrants stormed the yard.")
    assert figure.value == (100, 1000)
    assert figure.change == "~"


def test_one_in_five_is_a_share() -> None:
    assert only("One in five voters stayed at home.").value == 0.2
    assert only("A third of the crew fell ill.").value == pytest.approx(1 / 3)
    assert only("Nine out of 10 dogs agreed.").value == 0.9


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("At least 12 people died.", ">"),
        ("More than 40 people died.", ">"),
        ("Up to 15 people died.", "<"),
        ("Fewer than 15 people died.", "<"),
        ("Around 200 people died.", "~"),
        ("Nearly 200 people died.", "~"),
        ("200 or so people died.", "~"),
        ("Sales rose 5%.", "up"),
        ("Sales fell by a further 5%.", "down"),
        ("Exactly 12 people died.", "="),
    ],
)
def test_the_bound_is_read_from_the_words_beside_it(text: str, change: str) -> None:
    assert only(text).change == change


def test_ranges_are_one_figure() -> None:
    assert only("He works 40 to 50 hours.").value == (40, 50)
    assert only("It will cost between $10 and $15 billion.").value == (10e9, 15e9)
    assert only("The fine is $200 to $4 million.").value == (200, 4e6)


@pytest.mark.parametrize(
    "text",
    [
        "They met on 12 March 2019 at 6pm.",
        "The match ended 2-1.",
        "Use of the Galaxy S23 and the F-16 is banned.",
        "COVID-19 cases were found.",
        "It was the 22nd amendment.",
        "She has led it since 1998.",
        "No one was hurt, and each one of us knows it.",
        "See Part 3 and Article 50.",
        "The FTSE 100 was flat.",
        "Train at 14:35 from platform 9.",
    ],
)
def test_dates_scores_names_and_labels_are_no_quantities(text: str) -> None:
    assert find_figures(text) == []


def test_other_languages_write_their_figures_their_own_way() -> None:
    french = "Quelque 1.200 personnes et vingt et un élus étaient dans la rue avec 3,5 millions."
    assert [f.value for f in find_figures(french)] == [1200, 21, 3_500_000]
    german = "Rund 1.200 Menschen und die zweitausend Polizisten zahlten 3,5 Millionen Euro."
    assert [f.value for f in find_figures(german)] == [1200, 2000, 3_500_000]
    spanish = "Unas 1.200 personas y los dos mil agentes de la ciudad pagaron 3,5 millones."
    assert [f.value for f in find_figures(spanish)] == [1200, 2000, 3_500_000]
    assert only("The plate is 1.200 metres wide.").value == 1.2


def test_the_span_covers_what_a_reader_would_underline() -> None:
    text = "At least £1.5m was lost by 44 firms, 20 per cent of them small."
    assert [text[slice(*f.span)] for f in find_figures(text)] == ["£1.5m", "44", "20 per cent"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("They waited half an hour.", 0.5, "hour"),
        ("Add 17 USD 25.", 17.25, "dollar"),
        ("That is thirteen dollars forty five.", 13.45, "dollar"),
        ("The grain weighs 6.2x10^-4 grams.", 0.00062, "gram"),
        ("The deal cost PS2.7m.", 2_700_000, "pound"),
        ("Profit was Y=590 billion.", 590e9, "japanese yen"),
        ("A 10-fold rise was seen.", 10, "fold"),
        ("It has a 5 W charger.", 5, "watt"),
    ],
)
def test_measures_written_in_less_common_ways(text: str, value: float, unit: str) -> None:
    figure = only(text)
    assert figure.value == pytest.approx(value)
    assert figure.unit == unit


def test_ages_have_ranges_too() -> None:
    found = find_figures("Children aged between 5 and 11 and men aged 18 to 34 came.")
    assert [(f.value, f.unit) for f in found] == [
        ((5, 11), "year of age"),
        ((18, 34), "year of age"),
    ]


def test_no_two_figures_share_a_currency() -> None:
    text = "They handed out 3 USD50 vouchers and 20 USD each."
    spans = [f.span for f in find_figures(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert [f.value for f in find_figures(text)][-2:] == [50, 20]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("The index lost 190 points, or 0.6%.", ["down", "down"]),
        ("Moths fly more than 100 kilometres (60 miles).", [">", ">"]),
        ("Oil +0.2% and gold -0.8%.", ["up", "down"]),
        ("The gap is ~1.2mm wide.", ["~"]),
        ("A sub-500 sq m office.", ["<"]),
        ("They stayed an average of 70 days.", ["="]),
        ("Children under the age of 5 years.", ["<"]),
        ("It was minus 5 degrees.", ["="]),
    ],
)
def test_a_bound_reaches_the_same_quantity_in_another_unit(text: str, changes: list[str]) -> None:
    assert [f.change for f in find_figures(text)] == changes


@pytest.mark.parametrize(
    "text",
    ["She read the 13F filing.", "It left on a Boeing 777F.", "In the second half they slept."],
)
def test_letters_of_names_and_halves_of_play_are_no_measures(text: str) -> None:
    assert find_figures(text) == []


def test_what_is_counted_stands_after_its_owner() -> None:
    assert only("Two of Marlow's deputies left.").counted == "deputies"
    assert only("About 12 MPs were absent.").counted == "MPs"


@pytest.mark.parametrize(
    ("text", "value", "change"),
    [
        ("They stole £3m over five months.", [3_000_000, 5], ["=", "="]),
        ("They stole for over five months.", [5], [">"]),
        ("The margin is plus or minus three points.", [3], ["="]),
        ("It makes one in every six locks.", [1 / 6], ["="]),
        ("She waited a quarter of an hour.", [0.25], ["="]),
        ("They found rust in 22 of the 96 bolts.", [22, 96], ["=", "="]),
        ("He slept for two years and a half.", [2.5], ["="]),
    ],
)
def test_little_words_turn_what_a_figure_says(
    text: str, value: list[float], change: list[str]
) -> None:
    found = find_figures(text)
    assert [f.value for f in found] == pytest.approx(value)
    assert [f.change for f in found] == change


def test_foreign_articles_count_nothing() -> None:
    german = "Ein Sprecher der Polizei sagte, dass ein Mann und zwei Frauen in einer Woche kamen."
    assert [f.value for f in find_figures(german)] == [2]
    french = "Une vidéo de la police montre un loup dans la rue pendant deux heures et demie."
    assert [f.value for f in find_figures(french)] == [2.5]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Die Firma hat nach eigenen Angaben 40 Kunden und die Stadt nicht.", [(40, "Kunden")]),
        ("Die Stadt zählt 40 Schulen, das ist nicht gut.", [(40, "Schulen")]),
        ("Der Verein hat die Beiträge der 12 Mitglieder nicht erhöht.", [(12, "Mitglieder")]),
        ("Das steht in Paragraf 218 des Gesetzes und ist nicht neu.", []),
        ("Der Zug hält auf Gleis 12 und nicht auf dem anderen.", []),
        ("Die Boeing 787 Dreamliner ist nicht in der Luft, so die Firma.", []),
        ("The airline flew a 787 Dreamliner to the city.", []),
    ],
)
def test_german_nouns_are_counted_though_they_have_capitals(
    text: str, found: list[tuple[int, str]]
) -> None:
    assert [(f.value, f.counted) for f in find_figures(text)] == found
