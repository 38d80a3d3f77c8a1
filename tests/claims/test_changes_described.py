"""Notices that describe a change without quoting it, and those that speak of something else."""

from __future__ import annotations

import pytest

import variorum
from variorum.model import Document, Notice

DAM = [
    "The dam at Corrie Head will be drained, the water board said.",
    'Its chief executive, Maud Hesper, told the council: "No such report exists."',
    'The engineer, Colm Brandt, disagreed. "I have read the report," he said.',
]


def verdicts(
    old: list[str],
    edits: list[tuple[str, str]],
    notice: str,
    kind: str = "correction",
    language: str = "en",
    headline: tuple[str, str] = ("Dam", "Dam"),
) -> dict[str, bool]:
    """Of each claim change, by the words that came (or went), whether the notice announced it."""
    after = "\n".join(old)
    for was, now in edits:
        assert was in after, was
        after = after.replace(was, now)
    first = Document.build(headline[0], old, language=language)
    second = Document.build(
        headline[1], after.split("\n"), language=language, notices=(Notice(kind, notice),)
    )
    return {c.after or c.before: c.announced for c in variorum.claim_changes(first, second)}


HESPER = ("No such report exists", "I know of no such report")


@pytest.mark.parametrize(
    ("notice", "names"),
    [
        ("Correction: an earlier version of this article misquoted Maud Hesper.", True),
        (
            "Update: the entry was changed at the request of the board; Ms Hesper was misheard.",
            True,
        ),
        ("Correction: Ms Hesper’s words have been corrected.", True),
        ("The chief executive was quoted wrongly in an earlier version of this article.", True),
        ("Correction: a quotation was wrongly attributed to Ms Hesper.", True),
        ("Correction: an earlier version misspelled Maud Hesper's name.", False),
        ("Correction: an earlier version gave a wrong age for Maud Hesper.", False),
        ("Correction: an earlier version of this article misquoted Colm Brandt.", False),
        ("Correction: Ms Hesper was appointed in 2019, not in 2018.", False),
        ("Updated with a statement from Maud Hesper.", False),
        (
            "Correction: the picture of Ms Hesper was taken by Ana Roe; the caption was wrong.",
            False,
        ),
    ],
)
def test_a_notice_that_somebody_was_misquoted_announces_the_altered_quotation(
    notice: str, names: bool
) -> None:
    other = ("will be drained", "was drained in May")  # so that it is not the only edit
    told = verdicts(DAM, [HESPER, other], notice)
    assert told["I know of no such report"] is names


@pytest.mark.parametrize(
    ("language", "old", "new", "notice", "other"),
    [
        (
            "fr",
            "« Nous fermerons le pont lundi », a déclaré Maud Hesper au conseil.",
            "« Nous ouvrirons le pont lundi », a déclaré Maud Hesper au conseil.",
            "Rectificatif : les propos de Mme Hesper avaient été mal transcrits, par erreur.",
            "Rectificatif : le nom de Mme Hesper était mal orthographié.",
        ),
        (
            "de",
            "„Wir schließen die Brücke am Montag“, sagte Maud Hesper im Rat.",
            "„Wir öffnen die Brücke am Montag“, sagte Maud Hesper im Rat.",
            "Korrektur: Maud Hesper wurde in einer früheren Fassung falsch zitiert.",
            "Korrektur: Der Name von Maud Hesper war falsch geschrieben.",
        ),
        (
            "es",
            "«Cerraremos el puente el lunes», dijo Maud Hesper en el pleno.",
            "«Abriremos el puente el lunes», dijo Maud Hesper en el pleno.",
            "Corrección: las palabras de Hesper se recogieron con un error.",
            "Corrección: el apellido de Hesper estaba mal escrito.",
        ),
    ],
)
def test_so_it_does_in_other_languages(
    language: str, old: str, new: str, notice: str, other: str
) -> None:
    for said, names in ((notice, True), (other, False)):
        told = verdicts([old, "x"], [(old, new), ("x", "y z")], said, language=language)
        assert list(told.values()) == [names], said


def test_of_somebody_whose_words_a_notice_gives_it_does_not_mean_the_others() -> None:
    old = [*DAM, '"We sold 12 pumps," Ms Hesper added.']
    notice = "Correction: this article misquoted Ms Hesper, who spoke of 21 pumps, not 12."
    told = verdicts(old, [HESPER, ("12 pumps", "21 pumps")], notice)
    assert told == {"We sold 21 pumps": True, "I know of no such report": False}


def test_what_somebody_said_is_announced_by_a_notice_that_lets_him_say_it() -> None:
    old = ['"We are in recession," said the head of the chamber, Marguerite Osei.', "It rained."]
    edit = [("We are in", "We are not in"), ("It rained.", "It snowed.")]
    said = "Correction: this article has been restored to say that Ms Osei said there was no recession."
    assert verdicts(old, edit, said) == {"We are not in recession": True}
    said = "Correction: this article misstated that Ms Osei heads the chamber. She has left it."
    assert verdicts(old, edit, said) == {"We are not in recession": False}


@pytest.mark.parametrize(
    ("notice", "names"),
    [
        ("This story has been updated with the water board's response.", True),
        ("Update 16:45: Updated to add comment from the water board.", True),
        ("This story has been updated with new pictures of the dam.", False),
        ("Update 16:45: Updated to add comment from the county.", False),
    ],
)
def test_a_statement_that_came_is_announced_as_the_response_of_whoever_says_it(
    notice: str, names: bool
) -> None:
    old = ["The dam at Corrie Head will be drained.", "Fish will be moved in March."]
    came = "Fish will be moved in March.\nThe water board said that nobody had been told to leave."
    told = verdicts(old, [("Fish will be moved in March.", came)], notice, "update")
    assert list(told.values()) == [names]


COSTS = [
    "The quay will cost £1.5m.",
    "Interest would come to £96,000 a year, the council said.",
    "It employs 40 clerks.",
]


@pytest.mark.parametrize(
    ("notice", "names"),
    [
        ("We had said £1.5m. It is £15m. The figure for yearly interest was changed too.", True),
        ("Correction: the quay costs £15m, not £1.5m, and the number of clerks was wrong.", False),
        ("Correction: the quay costs £15m. The figure for the quay's upkeep was changed.", False),
    ],
)
def test_a_figure_that_a_sentence_describes_is_announced_though_others_are_given(
    notice: str, names: bool
) -> None:
    told = verdicts(COSTS, [("£1.5m", "£15m"), ("£96,000", "£960,000")], notice)
    assert told == {"£15m": True, "£960,000 a year": names}


@pytest.mark.parametrize(
    ("notice", "names"),
    [
        (
            "Editor's note: a sentence in this report was changed to make clear what is disputed.",
            True,
        ),
        ("This article was amended to correct an error.", True),
        ("Correction: what this article said of the ferry was wrong.", True),
        ("Correction: an earlier version misspelled the harbour's name.", False),
        ("Correction: the ferry's owner was misnamed; the name has been corrected.", False),
        ("Correction: the ferry was built in 1987, not in 1978; we said so wrongly.", False),
        ("Correction: the ferry has 4 decks. We wrongly said 3.", False),
        ("Correction: the harbour was wrongly described.", False),
        ("Editor's note: this story tells of deaths at sea.", False),
        ("Correction: a picture of the ferry was wrong.", False),
    ],
)
def test_a_notice_that_came_with_the_only_edit_is_about_it_if_it_can_be(
    notice: str, names: bool
) -> None:
    old = ["The ferry allegedly ignored three warnings.", "The tide was out."]
    told = verdicts(old, [("allegedly ignored", "ignored")], notice)
    assert list(told.values()) == [names]


@pytest.mark.parametrize("other", ["The tide was in.", "The tide was out. Gulls flew over it."])
def test_where_more_was_edited_the_same_notice_may_be_about_the_rest(other: str) -> None:
    old = ["The ferry allegedly ignored three warnings.", "The tide was out."]
    notice = "Editor's note: a sentence in this report was changed."
    told = verdicts(old, [("allegedly ignored", "ignored"), ("The tide was out.", other)], notice)
    assert list(told.values()) == [False]


def test_a_notice_about_the_headline_announces_what_changed_there_only() -> None:
    notice = "The headline of this article was amended."
    old = ["The ferry carried 12 people.", "Nine were hurt."]
    told = verdicts(
        old, [("Nine", "Six")], notice, headline=("Ferry with 12 aground", "Ferry with 21 aground")
    )
    assert told == {"21": True, "Six": False}


@pytest.mark.parametrize(
    ("language", "sentence", "was", "now", "notice"),
    [
        ("es", "El coste es de {}.", "12 millones", "14 millones",
         "Corrección: el coste es de 14 millones, no de 12 millones."),
        ("es", "El coste es de {}.", "12 millones", "14 millones",
         "Corrección: el coste es de 14, no de 12."),
        ("es", "El coste es de {}.", "1 millón de euros", "2 millones de euros",
         "Corrección: el coste es de 2 millones de euros."),
        ("fr", "Le coût est de {}.", "12 millions d'euros", "14 millions d'euros",
         "Rectificatif : le coût est de 14 millions d'euros."),
        ("de", "Das kostet {}.", "12 Millionen Euro", "14 Millionen Euro",
         "Korrektur: Es sind 14 Millionen Euro, nicht 12 Millionen."),
        ("it", "Il costo è di {}.", "12 milioni", "14 milioni",
         "Rettifica: il costo è di 14 milioni, non di 12 milioni."),
        ("pt", "O custo é de {}.", "12 milhões", "14 milhões",
         "Correção: o custo é de 14 milhões, e não de 12 milhões."),
        ("fr", "Le conseil se réunit le {}.", "12 février", "14 février",
         "Rectificatif : la réunion a lieu le 14 février."),
        ("en", "The council meets on {}.", "12 February", "14 February",
         "Correction: the meeting is on February 14."),
    ],
)  # fmt: skip
def test_a_figure_is_read_in_a_notice_as_in_its_story(
    language: str, sentence: str, was: str, now: str, notice: str
) -> None:
    old = [sentence.format(was), "x"]
    edits = [(was, now), ("x", "y z")]
    assert set(verdicts(old, edits, notice, language=language).values()) == {True}
    other = notice.replace("14", "33").replace("12", "34").replace("2 mill", "33 mill")
    assert set(verdicts(old, edits, other, language=language).values()) == {False}


@pytest.mark.parametrize(
    ("was", "now", "notice"),
    [
        ("12 million pounds", "14 million pounds", "Correction: the hall seats 14 people, not 12."),
        ("2 May", "3 May", "Correction: the hall was opened on 12 May, and closed on 13 May."),
    ],
)
def test_the_same_digits_in_another_figure_announce_nothing(
    was: str, now: str, notice: str
) -> None:
    old = [f"The works are put at {was}.", "It rained."]
    told = verdicts(old, [(was, now), ("It rained.", "It snowed.")], notice)
    assert set(told.values()) == {False}


def test_officers_who_are_called_after_corrections_write_no_notice() -> None:
    old = Document.build("Jail", ["The jail is full."])
    said = "Corrections officers said that 12 men had fled the jail."
    new = Document.build("Jail", ["The jail is full.", said])
    assert [c.kind for c in variorum.claim_changes(old, new)] == ["added"]


def test_a_notice_in_the_text_is_no_claim_and_its_figures_change_nothing() -> None:
    note = "Editor’s note: what Mr Haal knew on 12 March is disputed, his lawyers say."
    later = note.replace("12 March", "14 March")
    first, second = (
        Document.build(
            "Bridge", ["Mr Haal said he slept.", n], notices=(Notice("editors-note", n, 1),)
        )
        for n in (note, later)
    )
    assert [c.speaker.name for c in variorum.claims(first)] == ["Haal"]
    assert variorum.claim_changes(first, second) == []
    under_a_label = Notice("correction", "Correction: " + note)
    labelled = Document.build("Bridge", ["Correction", note], notices=(under_a_label,))
    assert variorum.claims(labelled) == []


FIRE = [
    "A fire at the paint works hurt nine people on Sunday, police said.",
    "Fire chief Tomas Varga said the alarm had failed. “Nobody heard a bell,” he said.",
    "The works employ 340 people.",
]
VARGA, HURT = ("Nobody heard", "Few people heard"), ("hurt nine", "hurt twelve")


@pytest.mark.parametrize(
    ("edits", "notice", "expected"),
    [
        ([VARGA, HURT], "We reported incorrectly what the fire chief said of the alarm.", [True, False]),
        ([VARGA, HURT], "Mr Varga's remarks should not have been given so.", [True, False]),
        (
            [VARGA, HURT],
            "Clarification: the fire chief asks us to make clear that some did hear a bell.",
            [True, False],
        ),
        ([VARGA, HURT], "Correction: Mr Varga's statement came on Monday, not on Sunday.", [False] * 2),
        ([VARGA, HURT], "Correction: the owner spoke to Mr Varga, who has two bells.", [False] * 2),
        (
            [("Fire chief Tomas Varga said", "A firefighter said")],
            "Editor's note: Mr Varga's name was removed from this article.",
            [True],
        ),
        ([HURT], "This article was corrected on 5 May 2026.", [True]),
        ([HURT], "Correction: the owner has its seat in Leeds, not in York.", [False]),
        (
            [HURT, ("340", "430")],
            "This article was amended to correct the number of people that the works employ.",
            [False, True],
        ),
        ([HURT, ("340", "430")], "This article was corrected on 5 May 2026.", [False, False]),
    ],
)  # fmt: skip
def test_what_a_notice_says_of_a_fire(
    edits: list[tuple[str, str]], notice: str, expected: list[bool]
) -> None:
    told = verdicts(FIRE, edits, notice)
    found = [any(new in after and said for after, said in told.items()) for new in
             (now.split()[0 if now[0].isupper() else -1] for _, now in edits)]  # fmt: skip
    assert found == expected, told


@pytest.mark.parametrize(
    ("language", "old", "edit", "notice", "names"),
    [
        ("en", "Two wards were shut for 14 days.", ("14 days", "41 days"),
         "The number of wards that were shut has been corrected.", False),
        ("en", "Two wards were shut for 14 days.", ("14 days", "41 days"),
         "The number of days has been corrected.", True),
        ("fr", "Trois élèves ont été blessés mardi.", ("Trois", "Quatre"),
         "Rectificatif : le nombre d'élèves blessés a été corrigé.", True),
        ("fr", "Trois élèves ont été blessés mardi.", ("Trois", "Quatre"),
         "Rectificatif : le nombre de professeurs a été corrigé.", False),
        ("es", "Tres alumnos fueron heridos el martes.", ("Tres", "Cuatro"),
         "Corrección: el nombre del centro de los alumnos era erróneo.", False),
        ("fr", "« Il était absent », a affirmé la proviseure, Odile Marchand.", ("absent", "malade"),
         "Précision : une citation de la proviseure a été corrigée.", True),
        ("fr", "« Il était absent », a affirmé la proviseure, Odile Marchand.", ("absent", "malade"),
         "Précision : une citation de la maire a été corrigée.", False),
    ],
)  # fmt: skip
def test_a_notice_without_a_figure_or_a_name_means_what_it_calls_so(
    language: str, old: str, edit: tuple[str, str], notice: str, names: bool
) -> None:
    told = verdicts([old, "x"], [edit, ("x", "y z")], notice, language=language)
    assert list(told.values()) == [names]


def test_who_somebody_is_announces_nothing_that_he_said() -> None:
    old = ["Transport secretary Hanna Ruud told MPs: “It will stay open.”", "It rained."]
    edits = [("will stay", "may stay"), ("It rained.", "It snowed.")]
    said = "Hanna Ruud is transport secretary, not home secretary as we first reported to MPs."
    assert list(verdicts(old, edits, said).values()) == [False]
    said = "An earlier version misstated what the transport secretary told MPs."
    assert list(verdicts(old, edits, said).values()) == [True]
