"""French, German and Spanish: marks and cues well enough to be useful."""

from __future__ import annotations

import pytest

from variorum.model import Document
from variorum.stages.claims import find_claims

FR = (
    "La mairie a fermé le pont mercredi soir après la découverte de fissures dans la pile nord.\n\n"
    "« Nous n’avions pas le choix », a déclaré la maire Claire Aubin devant la presse. "
    "« La sécurité passe avant tout. »\n\n"
    "Selon la préfecture, les travaux dureront six mois.\n\n"
    "L’entreprise Vallon a assuré que le chantier serait terminé en mai.\n\n"
    "« C’est une catastrophe pour nous », dit-elle."
)
DE = (
    "Die Brücke ist seit Mittwoch gesperrt, weil in einem Pfeiler Risse gefunden wurden.\n\n"
    "„Wir hatten keine andere Wahl“, sagte Bürgermeisterin Klara Aumann am Donnerstag.\n\n"
    "Laut Polizei wurden drei Menschen verletzt.\n\n"
    "Der Betreiber erklärte, die Arbeiten würden im Mai enden.\n\n"
    "»Das ist eine Katastrophe«, sagte der Händler Jonas Weil."
)
ES = (
    "El puente está cerrado desde el miércoles, cuando se hallaron grietas en uno de los pilares.\n\n"
    "«No teníamos otra opción», dijo la alcaldesa Clara Albán ante la prensa.\n\n"
    "Según la policía, tres personas resultaron heridas.\n\n"
    "La empresa aseguró que las obras terminarán en mayo.\n\n"
    "El ministro Luis Prado negó que hubiera riesgo."
)

CASES = [
    (FR, "direct", "Nous n’avions pas le choix", "Claire Aubin"),
    (FR, "indirect", "les travaux dureront six mois", "la préfecture"),
    (FR, "indirect", "le chantier serait terminé en mai", "Vallon"),
    (FR, "direct", "C’est une catastrophe", "Claire Aubin"),
    (DE, "direct", "Wir hatten keine andere Wahl", "Klara Aumann"),
    (DE, "indirect", "drei Menschen verletzt", "Polizei"),
    (DE, "indirect", "die Arbeiten würden im Mai enden", "Betreiber"),
    (DE, "direct", "Das ist eine Katastrophe", "Jonas Weil"),
    (ES, "direct", "No teníamos otra opción", "Clara Albán"),
    (ES, "indirect", "tres personas resultaron heridas", "la policía"),
    (ES, "indirect", "las obras terminarán en mayo", "empresa"),
    (ES, "indirect", "hubiera riesgo", "Luis Prado"),
]


@pytest.mark.parametrize(("text", "kind", "words", "name"), CASES, ids=[c[2][:25] for c in CASES])
def test_a_statement_in_another_language_has_type_and_speaker(
    text: str, kind: str, words: str, name: str
) -> None:
    found = [c for c in find_claims(Document.from_text(text)) if words in text[slice(*c.content)]]
    assert found, f"no claim says {words!r}"
    assert found[0].type == kind
    source = text[slice(*found[0].source)] if found[0].source else ""
    assert name in (found[0].speaker.name or "") or name in source


def test_a_denial_in_spanish_is_one() -> None:
    found = [c for c in find_claims(Document.from_text(ES)) if "riesgo" in ES[slice(*c.content)]]
    assert found[0].negated


def test_a_quotation_goes_on_after_its_tag_in_french() -> None:
    first = next(c for c in find_claims(Document.from_text(FR)) if c.type == "direct")
    assert len(first.content_spans) == 2


def told(language: str, text: str) -> list[tuple[str, bool]]:
    """Each statement's words, its parts joined by an ellipsis, and whether it is negated."""
    found = find_claims(Document.from_text(text, language=language))
    said = [(" … ".join(text[a:b] for a, b in c.content_spans), c) for c in found]
    return [(words, c.negated) for words, c in said if c.source or c.cue]


CONSTRUCTIONS = [
    (
        "fr",
        "Le maire a reconnu avoir reçu des « cadeaux », mais a réfuté toute corruption.",
        [("avoir reçu des « cadeaux »", False), ("toute corruption", True)],
    ),
    (
        "fr",
        "La ministre a jugé la décision « brutale » et a affirmé que le groupe paierait.",
        [("la décision « brutale »", False), ("le groupe paierait", False)],
    ),
    (
        "fr",
        "Le maire a nié les accusations selon lesquelles il aurait fui.",
        [
            ("les accusations selon lesquelles il aurait fui", True),
            ("il aurait fui", False),
        ],
    ),
    (
        "fr",
        "À la sortie, le préfet a refusé de répondre aux journalistes.",
        [("de répondre aux journalistes", True)],
    ),
    (
        "fr",
        "La secrétaire affirme en avoir parlé au préfet.",
        [("en avoir parlé au préfet", False)],
    ),
    (
        "de",
        "Ein Sprecher der Bahn wies den Vorwurf zurück.",
        [("den Vorwurf", True)],
    ),
    (
        "de",
        "Der Fraktionschef warf der Bahn vor, die Stadt seit Monaten hinzuhalten.",
        [("der Bahn … die Stadt seit Monaten hinzuhalten", False)],
    ),
    (
        "de",
        "Wie der Bote berichtet, klagte das Personal über Zustände im Lager.",
        [("klagte das Personal über Zustände im Lager", False)],
    ),
    (
        "de",
        "Eine Pflegerin, die anonym bleiben will, sagte dem Blatt, das Lager sei zu warm gewesen.",
        [("das Lager sei zu warm gewesen", False)],
    ),
    (
        "de",
        "Aus Kreisen der Verwaltung heißt es, der Rathauschef sei informiert worden.",
        [("der Rathauschef sei informiert worden", False)],
    ),
    (
        "de",
        "Die Männer sollen ein falsches Mittel erhalten haben.",
        [("Die Männer … ein falsches Mittel erhalten haben", False)],
    ),
    (
        "de",
        "Die Firma erklärte, man habe am 3. September alle Kunden angeschrieben.",
        [("man habe am 3. September alle Kunden angeschrieben", False)],
    ),
    (
        "es",
        "La empresa rechaza las acusaciones y ha anunciado que se querellará contra él.",
        [("las acusaciones", True), ("se querellará contra él", False)],
    ),
    (
        "es",
        "El alcalde atribuye la denuncia a “una venganza” de su socio.",
        [("la denuncia a “una venganza” de su socio", False)],
    ),
    (
        "es",
        "Su jefa de prensa declinó hacer comentarios.",
        [("hacer comentarios", True)],
    ),
    (
        "fr",
        "Le gérant, absent ce jour-là, dit ne pas avoir vu les plans.",
        [("ne pas avoir vu les plans", False)],
    ),
    (
        "fr",
        "La députée a dénoncé un scandale et affirmé que la loi serait changée.",
        [("un scandale", False), ("la loi serait changée", False)],
    ),
    (
        "fr",
        "Le chef de chantier s’inscrit en faux contre ces accusations.",
        [("ces accusations", True)],
    ),
    (
        "fr",
        "La région a vendu le terrain, a-t-on dit. « Nous en rêvions », jubile la patronne du café.",
        [("La région a vendu le terrain", False), ("« Nous en rêvions »", False)],
    ),
    (
        "de",
        "Neue Schulden lehnte die Ministerin am Dienstag ab.",
        [("Neue Schulden", True)],
    ),
    (
        "de",
        "Das hat der Trainer vor Gericht bestritten. Der Arzt habe ihm nichts gegeben.",
        [("Das", True), ("Der Arzt habe ihm nichts gegeben", False)],
    ),
    (
        "de",
        "Solche Gerüchte dementierte die Ministerin. Die Kritik wies Brandt zurück.",
        [("Solche Gerüchte", True), ("Die Kritik", True)],
    ),
    (
        "de",
        "Die Brücke wird im Mai gesperrt. Das teilte die Stadt mit.",
        [("Die Brücke wird im Mai gesperrt", False)],
    ),
    (
        "de",
        "Zu dem Unfall wollte sich die Reederei nicht äußern.",
        [("Zu dem Unfall", True)],
    ),
    (
        "es",
        "El dueño, que llegó tarde, negó haber visto la carta y dijo que la buscaría.",
        [("haber visto la carta", True), ("la buscaría", False)],
    ),
    (
        "es",
        "El club lo desmiente, pero la directora insiste en que hubo un acuerdo.",
        [("lo", True), ("hubo un acuerdo", False)],
    ),
    (
        "es",
        "A juicio de la jueza, el plazo era corto.",
        [("el plazo era corto", False)],
    ),
]


@pytest.mark.parametrize(("language", "text", "said"), CONSTRUCTIONS, ids=lambda v: str(v)[:30])
def test_what_is_said_without_a_that(
    language: str, text: str, said: list[tuple[str, bool]]
) -> None:
    assert told(language, text) == said


def test_nach_seinen_worten_is_who_spoke_before() -> None:
    text = (
        "Bürgermeister Henning Voss bestritt die Vorwürfe. „Das ist falsch“, sagte er. "
        "Nach seinen Worten soll die Stadt höchstens 12 Millionen Euro zahlen."
    )
    found = find_claims(Document.from_text(text, language="de"))
    assert [c.speaker.name for c in found if "zahlen" in text[slice(*c.content)]] == [
        "Henning Voss"
    ]
