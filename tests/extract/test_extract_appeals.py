"""Paragraphs in which a paper speaks of itself amid a story, and sentences of stories that only look so."""

from __future__ import annotations

import re

import pytest
from newsdesk import HEADLINE, PARAGRAPHS, body, page

from variorum.stages.extract import read_page

URL = "https://echo.example/news/bridge"


def told(line: str = "") -> str:
    story = body(PARAGRAPHS[:2]) + (f"<p>{line}</p>" if line else "") + body(PARAGRAPHS[2:])
    return read_page(page(story), url=URL).document.text


OF_THE_PAPER = [
    "<b>We have a small favour to ask.</b> Thousands read the Echo and few of them pay. <a href=/give>Give</a>.",
    "The Echo has no shareholders. It has you. Become a member from £3 a month. <a href=/give>Yes, I will</a>",
    "Why are you seeing this? Because reporting like this takes time. <a href=/give>Chip in before midnight</a>.",
    "Readers have given £41,200 of the £75,000 we need before the year ends. <a href=/give>Give now</a>",
    "Got a tip? Our door is open.",
    "Do you live by the bridge? You can share your experiences by writing to bridge@echo.example.",
    "Were you on the bridge on Friday? Tell us what you saw at news@echo.example.",
    "Follow the Northwick Echo on Bluesky for pictures of the harbour",
    "Get the Tide Table, our weekly harbour email, <a href=/tide>here</a>",
    "Our new podcast goes down into the piers. Listen wherever you get your podcasts.",
    "This video is not available in your region.",
    "This content is no longer available",
    "The video could not be loaded. Try another browser.",
    "This chart could not be displayed. Please refresh the page or use another browser.",
    "This article contains content provided by PhotoGrid. We ask for your permission before it is loaded.",
    "Il vous reste 2 articles gratuits ce mois-ci. <a href=/abo>Je m’abonne</a>",
    "Vous avez une information à nous transmettre ? Écrivez-nous, nos sources restent secrètes.",
    "À écouter : <a href=/pod>« Sous le pont », en quatre épisodes</a>",
    "<em>Get the best harbour journalism from the Echo with a digital subscription, now £1 a week.</em>",
    "Enjoy the Echo without limits: subscribe today from £2 a month.",
    "<b>Support local journalism: become a member of the Echo from £3 a month.</b>",
    "Try the Echo’s puzzles app free for 30 days.",
    "Jetzt das Digitalabo des Echos testen: vier Wochen für 1 € im Monat.",
    "Abonnez-vous à l’offre numérique de l’Écho dès 1 € par mois.",
    "Suscríbete a la edición digital por 1 € al mes.",
    "Have you been affected? Email newsdesk@echo.example.",
    "In other news: <a href=/x>The ferry to Saltmouth is late again</a>",
    "<a href='#c'>Jump to comments (41)</a>",
    "Vous pouvez lire L’Écho sur un seul appareil à la fois",
    "The Echo app: alerts from your own street. Download it today. <a href=/app>Find out more</a>",
    "You can read the Echo on one device at a time.",
    "Republish this story for free. Our work is published under a Creative Commons licence.",
]


@pytest.mark.parametrize("line", OF_THE_PAPER)
def test_what_the_paper_says_of_itself_to_its_reader_is_none_of_the_story(line: str) -> None:
    assert told(line) == told()


OF_THE_STORY = [
    "“Sign up to nothing, subscribe to nothing, that is my advice,” said Ines Marlow.",
    "“Follow us on Bluesky,” the council told drivers, who did not.",
    "Anyone who saw the lorry is asked to call the police in Northwick or to write to the harbour office.",
    "Readers of the old inscription have given up on two of its letters.",
    "The appeal for the bridge has raised £41,200 of the £75,000 that the parish needs before the year ends.",
    "The museum said that every gift was doubled by the county until the end of June.",
    "He told the inquiry that he had a small favour to return, and no more.",
    "The council will follow the county on the closing of both bridges.",
    "Drivers can turn on to the old road at Saltmouth, and share the bus lane there.",
    "The chart that the engineers used could be read only by one of them.",
    "She had a small favour to ask of the mayor, and he did not grant it.",
    "Users can turn on alerts in the settings of the bridge’s own app, the county said.",
    "Until then drivers should use another browser to pay the toll, the county said.",
    "This video cannot be shown to the jurors, the judge said on Friday.",
    "The video is not genuine: it was made in another town, the county found.",
    "The player could not explain the defeat, the coach said.",
    "The content is not what matters, the judge said, but who sent it.",
    "The post is not vacant, the council said, and will not be.",
    "The video is not available to the defence, the court heard on Friday.",
    "BeGambleAware said that most of the bets on the bridge’s opening had been small.",
    "The minister will answer members’ questions on the bridge on Monday.",
    "What do you think of the plan for the bridge? Will it last?",
    "Did you see the lorry fall? Tell us what happened then.",
    "We protect our sources of water with the levy, the county wrote, and the bridge with the toll.",
    "China will not <a href=/x>support us</a>, the island’s president wrote before the bridge was named.",
    "Donations for the bridge will be doubled by <a href=/x>the Halcyon Trust</a> until June.",
    "Our daily emails pile up like lorries at the bridge, and nobody reads them.",
    "Restam 12 artigos da lei da ponte por votar.",
    "Send us your photos of the bridge, the police asked drivers.",
    "Follow the money on X, he wrote, and it leads to the harbour.",
    "Our weekly podcast was cancelled, the rowing club wrote.",
    "Vote: what happens next to the bridge in the county council?",
    "Mit freundlicher Unterstützung der Stadt wurde die Brücke gebaut.",
    "Thanks to our sponsors the race was run again, she wrote.",
    "Patrocinado por el Ayuntamiento el festival abre el viernes.",
    "Get rid of a subscription of £8 a month and you save £96 a year.",
    "Join a library instead of paying for an audiobook subscription at £8 a month.",
    "Support for a digital subscription tax of £5 a month has grown since the bridge closed.",
    "Become a member of the rowing club and you pay £30 a year for the key to the bridge.",
    "Subscribe now, the gym told callers, or pay £60 a month.",
    "Prueba el menú del día por 12 euros al día.",
    "In other news, lorries can now turn at the foot of the bridge:",
    "In other news the council heard on Friday, the bridge will be painted.",
    "Go to the comments of the county engineer and you find no word of lorries.",
    "The port's app tells drivers when the bridge opens, and they can download it from the county.",
    "The letters of the bridge can be read on one device only, the museum said.",
    "Listeners sent 90 tips about the bridge to the station, which passed them to the police.",
]


@pytest.mark.parametrize("line", OF_THE_STORY)
def test_a_story_that_speaks_of_such_things_keeps_its_words(line: str) -> None:
    assert re.sub("<[^>]+>", "", line) in told(line)


def test_a_poll_without_a_total_is_none_of_the_story() -> None:
    poll = "Vote: Would you cross the bridge on foot?</p><p>Yes 71%</p><p>No 29%"
    assert told(poll) == told()


def test_the_result_of_a_vote_that_the_story_tells_stays() -> None:
    read = told("The town was asked whether it wants the bridge.</p><p>Yes 52.3%</p><p>No 47.7%")
    assert "Yes 52.3%" in read and "No 47.7%" in read


def test_one_share_alone_is_a_figure_of_the_storys() -> None:
    assert "No 29%" in told("Seven in ten voted for the bridge.</p><p>No 29%, the county said.")


BRIEF = [
    "Drivers sent in 60 complaints",
    "The detour costs a quarter of an hour",
    "“We saw it coming,” divers say of the piers",
]


@pytest.mark.parametrize("lead", BRIEF)
def test_a_brief_lead_under_the_headline_is_read(lead: str) -> None:
    read = read_page(page(before=f"<p>{lead}</p>"), url=URL).document
    assert lead in read.paragraphs


LABELS = [
    "By Ines Marlow, harbour correspondent",
    "Published on 14 March 2026 at noon",
    "Read more about the harbour here:",
    "Northwick, Saltmouth And Calder",
    f"{HEADLINE} again",
]


@pytest.mark.parametrize("label", LABELS)
def test_a_label_under_the_headline_is_no_lead(label: str) -> None:
    assert label not in read_page(page(before=f"<p>{label}</p>"), url=URL).document.paragraphs
