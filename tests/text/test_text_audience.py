"""Lines in which a page counts its readers, and lines of a story that count people."""

from __future__ import annotations

import pytest

from variorum.text import audience
from variorum.text.audience import counts_audience


@pytest.mark.parametrize(
    "line",
    [
        "8,112 people have viewed this story",
        "1.5k people are reading this live blog now",
        "312 readers follow this page",
        "635 people are reading this right now",
        "Read by 4,512 readers",
        "Viewed 3,400 times so far",
        "This article has been shared 902 times",
        "7,020 people have shared this story, 41 of them in the last hour.",
        "3.201 Leser haben diesen Artikel gelesen",
        "14 people are writing a comment right now",
        "21 Leserinnen verfassen gerade einen Kommentar",
        "9 personnes écrivent un commentaire",
        "11 persone stanno scrivendo un commento",
        "8.041 Menschen verfolgen gerade diesen Liveticker",
        "1 234 personnes ont lu cet article",
        "Lu 3 402 fois",
        "1.234 personas han leído esta noticia",
        "1.234 persone hanno letto questo articolo",
        "1.234 pessoas leram esta matéria",
        "5446 pessoas acompanham ao vivo",
        "412 personnes suivent en direct",
        "412 personas siguen en directo",
        "412 persone seguono in diretta",
        "34 internautes ont réagi à cet article.",
        "E-mailed to a friend 31 times so far.",
        "Dieser Bericht wurde schon 4.120-mal geteilt.",
        "Cette vidéo a été partagée 5 120 fois, dont 12 depuis ce matin.",
        "Este artículo ya ha sido compartido 3.041 veces",
        "Questa notizia è già stata letta 2.310 volte.",
        "Esta reportagem já foi partilhada 118 vezes",
        "この記事は1,204人が読みました",
        "قرأ هذا الخبر 1,234 شخصا",
    ],
)
def test_a_page_that_counts_its_own_readers_tells_nothing_of_its_story(line: str) -> None:
    assert counts_audience(line)


@pytest.mark.parametrize(
    "line",
    [
        "21 people were killed",
        "12 people have died in this fire",
        "3,000 people are following the procession through the old town",
        "Some 300 people were watching",
        "1,200 people shared the video of the mayor",
        "Viewed 3,400 times, the clip was removed by the police.",
        "Some 4,000 people have read this story. The mayor has not.",
        "1.234 Menschen haben das Haus gesehen und waren begeistert",
        "12 personnes ont vu le loup",
        "Fifteen people wrote a comment on the plan within the hour.",
        "The video was shared 40,000 times.",
        "Das Video wurde 40.000 Mal geteilt.",
        "La vidéo de la chute a été vue 40 000 fois.",
        "12 people are writing comments on banners outside the town hall.",
    ],
)
def test_people_counted_in_a_story_are_the_storys(line: str) -> None:
    assert not counts_audience(line)


def test_no_line_without_a_figure_counts_readers() -> None:
    each = [
        *(*audience._EN, *audience._DE, *audience._FR, *audience._ES),
        *(*audience._IT, *audience._PT, *audience._EAST),
    ]
    assert each
    assert all(r"\d" in pattern for pattern in each)  # what has none is not looked at
