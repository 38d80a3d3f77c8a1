"""Who speaks in French, German and Spanish, by construction: each rule with what looks like it."""

# ruff: noqa: E501 - cases are one line each

from __future__ import annotations

import pytest

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims

# Little words enough for the language to be told.
BEFORE = {
    "fr": "La ville est dans le noir et les rues ne sont pas sûres pour les gens de la vallée.\n\n",
    "de": "Die Stadt ist im Dunkeln und die Straßen sind für die Leute aus dem Tal nicht sicher.\n\n",
    "es": "La ciudad está a oscuras y las calles no son seguras para la gente que vive en el valle.\n\n",
}


def claims(text: str, language: str) -> list[Claim]:
    return find_claims(Document.from_text(BEFORE[language] + text, language=language))


def speaker(text: str, words: str, language: str) -> str | None:
    whole = BEFORE[language] + text
    found = [c for c in claims(text, language) if words in whole[slice(*c.content)]]
    assert found, f"no claim says {words!r}"
    return found[-1].speaker.name


TAKEN_UP = [
    # a wider noun
    ("fr", "Le président Oumar Sy a reçu l’envoyé de l’ONU, Peter Hallgren. Le diplomate a dit que tout était fini.", "tout était fini", "Peter Hallgren"),
    ("es", "El general Efraín Duarte se fue. Pedro Amat se quedó. El militar dijo que todo acabó.", "todo acabó", "Efraín Duarte"),
    ("de", "Ministerpräsident Ralf Tönnies traf Anna Bader. Der Regierungschef sagte, es sei vorbei.", "es sei vorbei", "Ralf Tönnies"),
    ("fr", "La docteure Inès Cazal est venue. Maud Perret aussi. L’urgentiste a dit que tout était fini.", "tout était fini", "Inès Cazal"),
    # brothers of one surname are two
    ("es", "Los hermanos Tomás y Andrés Leiva se acusan. Tomás Leiva dijo que todo acabó.", "todo acabó", "Tomás Leiva"),
    ("es", "El filósofo José Ortega y Gasset habló. Ortega y Gasset dijo que todo acabó.", "todo acabó", "José Ortega y Gasset"),
    # an office of a named organisation is a person's, and of nobody named beside another
    ("de", "»Das war ein Fehler«, meinte die Trainerin des Ligarivalen Union Fulda.", "ein Fehler", "Trainerin des Ligarivalen Union Fulda"),
    ("de", "Anja Wolters, Leiterin der Klinik Bergheim, ging. »Das war ein Fehler«, sagte die Leiterin der Klinik Bergheim.", "ein Fehler", "Anja Wolters"),
    ("fr", "Anne Vial, directrice du musée, est partie. « C’est une erreur », a dit la directrice de la société Mécalor.", "une erreur", "directrice de la société Mécalor"),
    ("fr", "Sophie Vasseur, secrétaire générale de la CFT, est venue. La dirigeante de la CFT affirme que tout est fini.", "tout est fini", "Sophie Vasseur"),
    ("es", "«Es un error», dijo la directora de la empresa Aquanor.", "un error", "directora de la empresa Aquanor"),
    # those around somebody are not that person
    ("fr", "Le ministre, Paul Vasseur, est parti. L’entourage du ministre précise que tout est fini.", "tout est fini", "entourage du ministre"),
    ("es", "El presidente, Luis Soler, se fue. El entorno del presidente asegura que todo acabó.", "todo acabó", "entorno del presidente"),
    # "ce dernier" is who was mentioned last, not who spoke
    ("fr", "Le maire, Étienne Rabaud, est parti. Le député Luc Faure estime que le maire a trop tardé. Ce dernier a répondu que tout était fini.", "tout était fini", "Étienne Rabaud"),
    ("es", "El alcalde, Luis Soler, se reunió con el obispo. Este último dijo que todo acabó.", "todo acabó", "obispo"),
    # a first name alone, of a relative
    ("fr", "La sœur de l’accusé, Martine, a confirmé cette version. « C’est vrai », a assuré cette infirmière à la retraite.", "C’est vrai", "Martine"),
    # what follows a colon in the subjunctive, whatever the verb
    ("de", "Timo Rau reagierte verärgert: Die Ministerin überschätze sich.", "überschätze sich", "Timo Rau"),
    # a quotation that has a tag of its own is its own
    ("es", "«Me cerró», protestó Mikel Otxoa. «Las carreras son así», replicó Iván Soler.", "Las carreras", "Iván Soler"),
    ("es", "«Me cerró», protestó Mikel Otxoa. «No es justo», añadió.", "No es justo", "Mikel Otxoa"),
    ("de", "Ein Zug sei entgleist, sagte eine Sprecherin der Bundespolizei. Verletzte gebe es nicht. Das bestätigte auch die Bahn.", "Verletzte gebe", "Sprecherin der Bundespolizei"),
    ("de", "Ein Zug sei entgleist, sagte eine Sprecherin der Bundespolizei. Verletzte gebe es nicht. Das bestätigte auch die Bahn.", "Das", "Bahn"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "words", "name"), TAKEN_UP)
def test_whom_a_description_takes_up(language: str, text: str, words: str, name: str) -> None:
    assert speaker(text, words, language) == name


def test_a_narrative_sentence_after_a_statement_is_not_reported() -> None:
    text = (
        "Der Minister sagte, das gehe nicht. Die alte Eiche stand dort. Die Reise begann am Montag."
    )
    assert len(claims(text, "de")) == 1


def test_a_sentence_in_the_subjunctive_of_a_verb_on_no_list_goes_on() -> None:
    text = "Der Minister sagte, das gehe nicht. Die Reise beginne am Montag."
    assert [c.speaker.name for c in claims(text, "de")] == ["Minister", "Minister"]
