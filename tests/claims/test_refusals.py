"""What somebody is said not to tell, by construction, and what looks like it and is not."""

# ruff: noqa: E501 - cases are one line each

from __future__ import annotations

import pytest

from variorum.model import Claim, Document
from variorum.stages.claims import explain_claims, find_claims

# Little words enough for the language to be told.
BEFORE = {
    "en": "",
    "fr": "Le maire de la ville est parti dans la soirée, et les élus sont restés dans la salle. ",
    "de": "Der Bürgermeister der Stadt ist am Abend gegangen, und die Räte sind nicht in dem Saal. ",
    "es": "El alcalde de la ciudad se fue por la tarde, y los concejales se han quedado en la sala. ",
}


def claims(text: str, language: str) -> list[Claim]:
    return find_claims(Document.from_text(BEFORE[language] + text, language=language))


def said(text: str, language: str, claim: Claim) -> str:
    whole = BEFORE[language] + text
    return " … ".join(whole[a:b] for a, b in claim.content_spans)


NOT_TOLD = [
    # English: what is not answered, not given, kept silent on, evaded
    ("en", "The council has yet to answer questions about who signed the lease.", "who signed the lease", "council"),
    ("en", "Ms Hall has declined to respond to questions about her position.", "her position", "Hall"),
    ("en", "The ministry did not respond to a request for comment on the figures.", "the figures", "ministry"),
    ("en", "Organisers have remained tight-lipped about ticket sales.", "ticket sales", "Organisers"),
    ("en", "Mr Platt stayed silent on the matter.", "the matter", "Platt"),
    ("en", "His family gave no details of the cause.", "the cause", "His family"),
    ("en", "Ms Hall dodged a question about her shares.", "her shares", "Hall"),
    ("en", "Lorne Foods had no immediate comment on the lawsuit.", "the lawsuit", "Lorne Foods"),
    ("en", "Mr Platt would not identify the buyer.", "the buyer", "Platt"),
    ("en", "Asked twice whether he would stand, Mr Platt declined to say.", "whether he would stand", "Platt"),
    # French
    ("fr", "Luc Faure n’a pas précisé si le projet serait revu.", "si le projet serait revu", "Luc Faure"),
    ("fr", "Luc Faure n’a pas été en mesure de dire combien de postes sont visés.", "combien de postes sont visés", "Luc Faure"),
    ("fr", "Luc Faure n’a rien dit de la valeur des toiles.", "de la valeur des toiles", "Luc Faure"),
    ("fr", "Luc Faure n’a pas révélé le montant de la vente.", "le montant de la vente", "Luc Faure"),
    ("fr", "Luc Faure ne confirme ni ne dément la visite.", "la visite", "Luc Faure"),
    ("fr", "Luc Faure reste muet sur le mobile.", "sur le mobile", "Luc Faure"),
    ("fr", "Luc Faure n’a fait aucun commentaire sur la visite.", "sur la visite", "Luc Faure"),
    ("fr", "Luc Faure ne souhaite pas s’exprimer sur le dossier.", "s’exprimer sur le dossier", "Luc Faure"),
    ("fr", "Luc Faure a éludé la question du prix.", "la question du prix", "Luc Faure"),
    ("fr", "Interrogé sur une candidature, Luc Faure a botté en touche.", "sur une candidature", "Luc Faure"),
    ("fr", "Une enquête est ouverte, a dit Luc Faure, qui n’a pas précisé si un suspect était en fuite.", "si un suspect était en fuite", "Luc Faure"),
    ("fr", "Luc Faure a promis une réponse mais n’a pas dit quand elle viendrait.", "quand elle viendrait", "Luc Faure"),
    ("fr", "Luc Faure ne donne pour l’heure aucun détail sur la vente.", "sur la vente", "Luc Faure"),
    ("fr", "Luc Faure n’a pas répondu aux questions sur la vente.", "aux questions sur la vente", "Luc Faure"),
    # Spanish, which leaves the subject out
    ("es", "Luis Prat no aclaró si habrá subida.", "si habrá subida", "Luis Prat"),
    ("es", "Luis Prat confirmó el cierre. No quiso precisar a cuántos trabajadores afectará.", "a cuántos trabajadores afectará", "Luis Prat"),
    ("es", "Luis Prat ni confirma ni desmiente la detención.", "la detención", "Luis Prat"),
    ("es", "Luis Prat guarda silencio sobre la auditoría.", "sobre la auditoría", "Luis Prat"),
    ("es", "Luis Prat no hizo comentarios sobre la compra.", "sobre la compra", "Luis Prat"),
    ("es", "Luis Prat esquivó las preguntas sobre su futuro.", "las preguntas sobre su futuro", "Luis Prat"),
    ("es", "Luis Prat rehúsa dar datos de los contagios.", "dar datos de los contagios", "Luis Prat"),
    ("es", "Luis Prat no se pronunció sobre el recurso.", "sobre el recurso", "Luis Prat"),
    ("es", "Luis Prat no ha revelado la identidad del detenido.", "la identidad del detenido", "Luis Prat"),
    # German
    ("de", "Lars Petersen schweigt bislang zu den Vorwürfen.", "zu den Vorwürfen", "Lars Petersen"),
    ("de", "Zum Zeitpunkt wollte Lars Petersen sich nicht festlegen.", "Zum Zeitpunkt", "Lars Petersen"),
    ("de", "Lars Petersen wollte nicht sagen, ob er bleibt.", "ob er bleibt", "Lars Petersen"),
    ("de", "Das Ministerium wollte den Bericht auf Anfrage weder bestätigen noch dementieren.", "den Bericht", "Ministerium"),
    ("de", "Die Polizei macht derzeit keine Angaben zur Identität der Frau.", "Angaben zur Identität der Frau", "Polizei"),
    ("de", "Lars Petersen schwieg zu den Vorwürfen.", "zu den Vorwürfen", "Lars Petersen"),
    ("de", "Zu den Vorwürfen schwieg Lars Petersen.", "Zu den Vorwürfen", "Lars Petersen"),
    ("de", "Lars Petersen ließ offen, ob er bleibt.", "ob er bleibt", "Lars Petersen"),
    ("de", "Fragen nach seinem Vertrag ließ Lars Petersen offen.", "Fragen nach seinem Vertrag", "Lars Petersen"),
    ("de", "Auf die Frage, ob er antrete, wich Lars Petersen aus.", "Auf die Frage, ob er antrete", "Lars Petersen"),
    ("de", "Lars Petersen verweigerte die Auskunft darüber, wer bezahlt hat.", "die Auskunft darüber, wer bezahlt hat", "Lars Petersen"),
    ("de", "Die Polizei ermittelt, will sich aber derzeit nicht zur Ursache äußern.", "zur Ursache", "Polizei"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "content", "name"), NOT_TOLD)
def test_what_somebody_will_not_tell_is_not_told_by_them(
    language: str, text: str, content: str, name: str
) -> None:
    found = [c for c in claims(text, language) if content in said(text, language, c)]
    assert found, "nothing found"
    assert (found[-1].negated, found[-1].speaker.name) == (True, name)
    lines = explain_claims(Document.from_text(BEFORE[language] + text, language=language))
    assert any("not said" in line for line in lines)


TOLD = [
    ("en", "Mr Hall answered questions about his record for an hour."),
    ("en", "He gave details of the plan."),
    ("en", "Police have not identified the victim."),
    ("en", "The driver ducked, and swerved to avoid a dog."),
    ("en", "The mayor wanted to deflect questions about the leak."),
    ("fr", "Le joueur n’a pas pu tirer le penalty."),
    ("fr", "Le club ne peut pas payer ses joueurs."),
    ("fr", "Luc Faure n’a pas donné d’autres précisions."),
    ("fr", "Ces chiffres n’expliquent pas la hausse des prix."),
    ("fr", "Le ministre n’a pas donné le coup d’envoi de la course."),
    ("es", "El árbitro no dio el gol de la victoria."),
    ("es", "El delantero no quiso tirar el penalti."),
    ("es", "Una vecina que prefiere no dar su nombre se fue."),
    ("es", "El equipo no pudo ganar el partido."),
    ("de", "Der Täter ließ die Tür offen."),
    ("de", "Der Täter wich dem Wagen aus."),
    ("de", "Der Soldat verweigerte den Befehl."),
    ("de", "Die Polizei hielt den Wagen an."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), TOLD)
def test_what_was_told_or_is_no_telling_is_no_refusal(language: str, text: str) -> None:
    assert not [c for c in claims(text, language) if c.negated]


NEGATED = [
    # a verb of saying that is turned down, in each language's order
    ("fr", "Luc Faure n’a pas confirmé le montant.", True),
    ("fr", "Luc Faure ne confirme pas le montant.", True),
    ("fr", "Luc Faure confirme le montant.", False),
    ("es", "Luis Prat no confirmó la cifra.", True),
    ("es", "Luis Prat confirmó la cifra.", False),
    ("de", "Lars Petersen sagte nicht, wer das bezahlt.", True),
    ("de", "Lars Petersen sagte, er komme nicht.", False),
    ("de", "Lars Petersen bestätigte das nicht.", True),
    ("de", "Einzelheiten zum Hergang gab die Polizei nicht bekannt.", True),
    ("de", "Einzelheiten zum Hergang gab die Polizei bekannt.", False),
    # a denial that is turned down is none: it may be so
    ("es", "Luis Prat no descarta que haya más víctimas.", False),
    ("es", "Luis Prat descarta que haya más víctimas.", True),
    ("fr", "Luc Faure n’exclut pas une hausse des prix.", False),
    ("fr", "Luc Faure exclut une hausse des prix.", True),
    # what a pronoun stands for
    ("es", "Luis Prat lo niega y se fue a casa.", True),
    ("fr", "Luc Faure le dément.", True),
    ("de", "Lars Petersen bestreitet das.", True),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "negated"), NEGATED)
def test_a_no_at_the_verb_turns_it(language: str, text: str, negated: bool) -> None:
    assert [c.negated for c in claims(text, language)] == [negated]


AFTER_A_PRONOUN = [
    ("es", "Luis Prat lo niega: «Ni las he leído».", "«Ni las he leído»"),
    ("de", "Lars Petersen bestreitet das: »Davon weiß ich nichts.«", "»Davon weiß ich nichts.«"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "quotation"), AFTER_A_PRONOUN)
def test_who_denies_it_with_a_quotation_says_the_quotation(
    language: str, text: str, quotation: str
) -> None:
    denied, quoted = claims(text, language)
    assert (denied.negated, quoted.negated) == (True, False)
    assert said(text, language, quoted) == quotation
    assert quoted.speaker.name == denied.speaker.name


def test_what_the_relative_clause_contests_is_who_stands_behind_its_verb() -> None:
    text = "Le groupe dit payer, ce que conteste Luc Faure."
    assert [c.speaker.name for c in claims(text, "fr") if c.negated] == ["Luc Faure"]


def test_what_is_said_not_to_be_commented_is_said() -> None:
    text = "Caja Litoral no hace comentarios sobre rumores, dijo Luis Prat."
    (claim,) = claims(text, "es")
    assert (claim.speaker.name, said(text, "es", claim)) == (
        "Luis Prat",
        "Caja Litoral no hace comentarios sobre rumores",
    )
