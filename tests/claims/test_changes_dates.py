"""Dates, times and figures that were revised, and those that only seem so."""

from __future__ import annotations

import pytest

import variorum
from variorum.model import ClaimChange, Document


def changes(old: str, new: str) -> list[ClaimChange]:
    ends = "The council met early.", "It meets again before long."
    return variorum.claim_changes(
        Document.build("Mill", [ends[0], old, ends[1]], language="en"),
        Document.build("Mill", [ends[0], new, ends[1]], language="en"),
    )


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(c.before, c.after) for c in changes(old, new) if c.kind == "figure"]


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("from 7am to midday on Sunday", "from 7am to 5pm on Sunday", "midday", "5pm"),
        ("from midnight on Sunday", "from 9pm on Sunday", "midnight", "9pm"),
        (
            "on Sunday 7 November",
            "from Friday 12 November to Monday 15 November",
            "Sunday 7 November",
            "Friday 12 November to Monday 15 November",
        ),
        ("on 12 and 13 March", "on 14 and 15 March", "12 and 13 March", "14 and 15 March"),
        ("from 12 to 13 March", "from 14 to 15 March", "12 to 13 March", "14 to 15 March"),
        (
            "for Saturday 5 and Sunday 6 June",
            "for Saturday 12 and Sunday 13 June",
            "Saturday 5 and Sunday 6 June",
            "Saturday 12 and Sunday 13 June",
        ),
        (
            "from April to June 2031",
            "from July to September 2031",
            "April to June 2031",
            "July to September 2031",
        ),
    ],
)
def test_a_span_of_time_is_told_with_both_its_ends(
    old: str, new: str, before: str, after: str
) -> None:
    assert told(f"The pool will be shut {old}.", f"The pool will be shut {new}.") == [
        (before, after)
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The gate closes at noon.", "The gate closes at 12pm."),
        ("The gate closes at midnight.", "The gate closes at 12 midnight."),
        ("The fair runs from 12-14 June.", "The fair runs from 12 to 14 June."),
        ("The levy holds for 2030-31.", "The levy holds for 2030 to 2031."),
        ("The levy holds for 2030/31.", "The levy holds for 2030-31."),
        ("The levy holds for 2030/2031.", "The levy holds for 2030 to 2031."),
    ],
)
def test_a_time_written_another_way_is_no_change(old: str, new: str) -> None:
    assert told(old, new) == []


def test_a_count_before_a_date_is_still_a_count() -> None:
    assert told(
        "There were 12 boats and 13 March hares.", "There were 14 boats and 13 March hares."
    ) == [("12", "14")]


def test_of_two_equal_figures_the_one_that_was_revised_is_told() -> None:
    old, new = (f"It pays £{sum_} to the mill and £20 to the dam." for sum_ in (20, 15))
    assert told(old, new) == [("£20", "£15")]
    assert told(new, old) == [("£15", "£20")]


def test_two_figures_that_changed_places_are_both_told() -> None:
    old = "The plan was lost by 12 votes to 15 in the council."
    new = "The plan was lost by 15 votes to 12 in the council."
    assert told(old, new) == [("12", "15"), ("15", "12")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It pays £20 to Ann and Bo gets £15.", "It pays £15 to Bo and Ann gets £20."),
        ("Ann paid £20 and Bo £15.", "Bo paid £15 and Ann £20."),
        ("12 men and 15 women were hurt.", "15 women and 12 men were hurt."),
    ],
)
def test_figures_that_moved_with_what_they_belong_to_did_not_change(old: str, new: str) -> None:
    assert told(old, new) == []


def test_years_that_end_a_year_later_are_revised() -> None:
    assert told("The levy holds for 2030-31.", "The levy holds for 2030 to 2032.")


def test_the_width_of_a_picture_is_no_figure() -> None:
    old, new = (f"thumb|right|{width}px|The mill of the valley in May." for width in (300, 250))
    assert told(old, new) == []
    assert told("The screen is 300px wide.", "The screen is 250px wide.")


def test_when_a_page_was_updated_is_no_claim() -> None:
    both = ("The dates move every Monday (last updated 4 May 2031).".replace("4", d) for d in "46")
    assert told(*both) == []
    assert told("Last updated: 4 May 2031", "Last updated: 6 May 2031") == []
    assert told(
        "The map was last updated on 4 May 2031.", "The map was last updated on 6 May 2031."
    )


def foreign(language: str, old: str, new: str, headline: bool = False) -> list[tuple[str, str]]:
    """The claim changes of a sentence of a foreign story, or of its headline, by kind and line."""
    sides = [(was, "Rien d'autre.") if headline else ("Budget", was) for was in (old, new)]
    first, second = (Document.build(h, [p], language=language) for h, p in sides)
    return [(c.kind, c.statement) for c in variorum.claim_changes(first, second)]


@pytest.mark.parametrize("headline", [False, True])
@pytest.mark.parametrize(
    ("language", "sentence", "was", "now"),
    [
        ("fr", "Le conseil se réunit le {}", "12 février", "14 février"),
        ("fr", "La piscine rouvre le {}", "20 mars", "27 mars"),
        ("fr", "La piscine rouvre le {}", "1er août 2024", "2 août 2024"),
        ("fr", "La foire dure du {}", "12 au 14 juin", "12 au 16 juin"),
        ("fr", "Les travaux commencent en {}", "mars 2024", "avril 2024"),
        ("fr", "La séance commence à {}", "14h30", "15h30"),
        ("de", "Der Rat tagt am {}", "12. Februar", "14. Februar"),
        ("de", "Die Messe dauert vom {}", "12. bis 14. März 2025", "12. bis 16. März 2025"),
        ("de", "Der Rat tagt am {}", "Mittwoch, den 12. Mai", "Mittwoch, den 19. Mai"),
        ("de", "Der Zug fährt um {}", "14.30 Uhr", "15.30 Uhr"),
        ("it", "Il consiglio si riunisce il {}", "12 febbraio", "14 febbraio"),
        ("pt", "A câmara reúne-se em {}", "12 de fevereiro", "14 de fevereiro"),
        ("es", "El pleno se reúne el {}", "12 de febrero de 2025", "14 de febrero de 2025"),
    ],
)
def test_a_foreign_date_that_was_moved_is_a_figure_revised(
    language: str, sentence: str, was: str, now: str, headline: bool
) -> None:
    told = foreign(language, *(sentence.format(date) for date in (was, now)), headline)
    assert told == [("figure", f"“{was}” became “{now}”")]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        (
            "fr",
            "Le conseil se réunit le 12 février.",
            "Le conseil se réunit le mercredi 12 février.",
        ),
        ("fr", "La piscine rouvre le 1er mars.", "La piscine rouvre le 1 mars."),
        ("de", "Der Rat tagt am 12. Februar.", "Der Rat tagt am 12. Februar 2025."),
        ("es", "El pleno es el miércoles 12 de mayo.", "El pleno es el 12 de mayo de 2025."),
        ("en", "The shop sold sweets and 12 Mars bars.", "The shop sold 12 Mars bars and sweets."),
    ],
)
def test_a_foreign_date_told_with_more_or_less_is_the_same(
    language: str, old: str, new: str
) -> None:
    assert foreign(language, old, new) == []


def test_what_only_resembles_a_foreign_date_is_the_amount_it_was() -> None:
    told = foreign(
        "fr", "Le maire a reçu 12 lettres en mars.", "Le maire a reçu 14 lettres en mars."
    )
    assert told == [("figure", "“12 lettres” became “14 lettres”")]
    told = foreign(
        "es", "Vinieron 12 personas de mayor edad.", "Vinieron 14 personas de mayor edad."
    )
    assert told[0][1].startswith("“12 personas")
