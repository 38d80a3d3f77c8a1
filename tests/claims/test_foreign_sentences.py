"""What papers in German, French and Spanish print, a class of sentences each: who says which words; and
what looks like it and says nothing."""

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


def read(language: str, text: str) -> tuple[str, list[Claim]]:
    whole = BEFORE[language] + text
    return whole, find_claims(Document.from_text(whole, language=language))


def said(language: str, text: str) -> list[tuple[str, str | None]]:
    """Each statement's words, an ellipsis between its parts, and its speaker."""
    whole, found = read(language, text)
    return [(" … ".join(whole[a:b] for a, b in c.content_spans), c.speaker.name) for c in found]


GERMAN = [
    # the subjunctive goes on with who spoke, a semicolon or a plural in it
    (
        "Stadträtin Vera Kolb wies das zurück. Die Gebühren seien gedeckelt; neu sei nur der Name.",
        "Die Gebühren seien gedeckelt; neu sei nur der Name",
        "Vera Kolb",
    ),
    (
        "Gutachter Kai Nolte sprach von einem „Pfusch“. Die Monteure hätten das Rohr verkehrt eingebaut.",
        "Die Monteure hätten das Rohr verkehrt eingebaut",
        "Kai Nolte",
    ),
    (
        "Der Anwalt sprach von einem „Irrtum“. Er werde nicht ruhen, „bis man mich hört“.",
        "Er werde nicht ruhen, „bis man mich hört“",
        "Anwalt",
    ),
    # the clause first, its verb with a particle
    (
        "Man habe den Fahrplan falsch gelesen, räumte Reimers ein.",
        "Man habe den Fahrplan falsch gelesen",
        "Reimers",
    ),
    ("Sie werde klagen, kündigte Wirtin Vera Kolb an.", "Sie werde klagen", "Vera Kolb"),
    # where it comes from
    (
        "Der Zug sei voll gewesen, hieß es am Mittag von der Bahnpolizei.",
        "Der Zug sei voll gewesen",
        "Bahnpolizei",
    ),
    (
        "Das Kind wurde in die Kieler Klinik gebracht. Es schlafe viel, hieß es von dort.",
        "Es schlafe viel",
        "Kieler Klinik",
    ),
    (
        "In dem Gutachten heißt es: „Der Damm hält keinen Winter mehr.“",
        "„Der Damm hält keinen Winter mehr.“",
        "Gutachten",
    ),
    (
        "Die Kanzlei schickte einen Brief. Darin heißt es, das Haus sei verkauft.",
        "das Haus sei verkauft",
        "Brief",
    ),
    (
        "Nach Informationen der „Hallenser Post“ hat die Firma den Vertrag gekündigt.",
        "hat die Firma den Vertrag gekündigt",
        "Hallenser Post",
    ),
    ("Nach Angaben von Nordkabel ist das Netz stabil.", "ist das Netz stabil", "Nordkabel"),
    (
        "Aus Sicht des Verbands ist der Erlass überflüssig.",
        "ist der Erlass überflüssig",
        "Verbands",
    ),
    (
        "Laut Anklage soll er im Mai zwei Boote gestohlen haben.",
        "soll er im Mai zwei Boote gestohlen haben",
        "Anklage",
    ),
    # what is seen, found out, expected
    (
        "Auf einem Video, das ein Wanderer gedreht hat, ist zu sehen, wie der Hang rutscht.",
        "wie der Hang rutscht",
        "Video",
    ),
    ("Die Obduktion ergab, dass der Mann ertrunken war.", "der Mann ertrunken war", "Obduktion"),
    (
        "Für Freitag erwarten die Meteorologen des Wetterdienstes dichten Nebel.",
        "dichten Nebel",
        "Meteorologen des Wetterdienstes",
    ),
    # verbs of saying with a preposition or an adjective
    (
        "Ministerin Vera Kolb machte Schmuggler für den Brand verantwortlich.",
        "Schmuggler für den Brand verantwortlich",
        "Vera Kolb",
    ),
    ("Der Verband sprach sich gegen die Maut aus.", "gegen die Maut", "Verband"),
    ("Die Polizei geht von einem Unfall aus.", "von einem Unfall", "Polizei"),
    ("Der Ökonom Kai Nolte hält den Plan für zu teuer.", "den Plan für zu teuer", "Kai Nolte"),
    (
        "Ministerin Vera Kolb gab sich zuversichtlich, dass der Hafen wächst.",
        "der Hafen wächst",
        "Vera Kolb",
    ),
    ("Dennoch fordert er, die Schule zu öffnen.", "die Schule zu öffnen", None),
    (
        "Er habe, so die Wirtin Vera Kolb, das Boot geliehen.",
        "Er habe … das Boot geliehen",
        "Vera Kolb",
    ),
    ("„Wir fangen von vorn an“, so Reimers weiter.", "„Wir fangen von vorn an“", "Reimers"),
    (
        "„Der Damm hält keinen Winter mehr“, heißt es in dem Gutachten.",
        "„Der Damm hält keinen Winter mehr“",
        "Gutachten",
    ),
    (
        "In seinem Plädoyer forderte der Staatsanwalt fünf Jahre Haft.",
        "fünf Jahre Haft",
        "Staatsanwalt",
    ),
    (
        "Das bestreitet die Reederei: Man habe alle Fristen gewahrt.",
        "Man habe alle Fristen gewahrt",
        "Reederei",
    ),
    (
        "Die Fähre fährt nicht mehr. Das berichtet die „Hallenser Post“.",
        "Die Fähre fährt nicht mehr",
        "Hallenser Post",
    ),
    ("Vera Kolb ist überzeugt, dass der Hafen wächst.", "der Hafen wächst", "Vera Kolb"),
    ("Der Verband rief zu einer Mahnwache auf.", "zu einer Mahnwache", "Verband"),
    (
        "Auf die Frage, ob er bleibe, antwortete Kai Nolte: „Das weiß nur der Vorstand allein.“",
        "„Das weiß nur der Vorstand allein.“",
        "Kai Nolte",
    ),
]

FRENCH = [
    (
        "Le hangar aurait été incendié par deux rivaux.",
        "Le hangar aurait été incendié par deux rivaux",
        None,
    ),
    (
        "Le communiqué, publié hier, décrit un homme « calme et poli ».",
        "un homme « calme et poli »",
        "communiqué",
    ),
    (
        "Le rapport décrit une usine « à bout ». On y apprend que la cuve fuyait.",
        "la cuve fuyait",
        "rapport",
    ),
    (
        "Des images tournées par un pêcheur montrent un cargo en feu.",
        "un cargo en feu",
        "images tournées par un pêcheur",
    ),
    (
        "Une étude de l'institut a montré en mai que les abeilles revenaient.",
        "les abeilles revenaient",
        "étude de l'institut",
    ),
    ("Me Salomé Durieux plaide la légitime défense.", "la légitime défense", "Salomé Durieux"),
    (
        "« Nous rouvrirons », a déclaré la directrice Odile Caron. Et de conclure : « Avec ou sans subvention. »",
        "« Avec ou sans subvention. »",
        "Odile Caron",
    ),
    (
        "Odile Caron a dit que la halle rouvrirait. Et d'ajouter que l'entrée serait libre.",
        "l'entrée serait libre",
        "Odile Caron",
    ),
    (
        "« On ne lâchera rien », a lancé, lundi 9 juin, le sénateur du Lot Yves Caron, devant la halle.",
        "« On ne lâchera rien »",
        "Yves Caron",
    ),
    (
        "« Les dégâts sont lourds », constate, amère, Odile Caron.",
        "« Les dégâts sont lourds »",
        "Odile Caron",
    ),
    ("Le club, de son côté, réclame une indemnité.", "une indemnité", "club"),
    (
        "Comme l'explique Odile Caron, la halle est trop petite.",
        "la halle est trop petite",
        "Odile Caron",
    ),
    ("De source judiciaire, le suspect a avoué.", "le suspect a avoué", "source judiciaire"),
    (
        "La ministre Odile Caron s'est dite favorable à un référendum.",
        "favorable à un référendum",
        "Odile Caron",
    ),
    (
        "D'après un sondage publié jeudi, un tiers des Lorrains hésite.",
        "un tiers des Lorrains hésite",
        "sondage",
    ),
    (
        "La présidente du club a tenu à rappeler que le stade était vieux.",
        "le stade était vieux",
        "présidente du club",
    ),
    ("Le club s'est engagé à rembourser les places.", "rembourser les places", "club"),
    (
        "L'opposition a demandé la démission du président.",
        "la démission du président",
        "opposition",
    ),
]

SPANISH = [
    (
        "El concejal habría cobrado dos veces la misma dieta.",
        "El concejal habría cobrado dos veces la misma dieta",
        None,
    ),
    (
        "La directora del Instituto del Mar, Elisa Cano, habló ayer. La funcionaria explicó que el muelle cede.",
        "el muelle cede",
        "Elisa Cano",
    ),
    ("UNAGRO, por su parte, exige un precio mínimo.", "un precio mínimo", "UNAGRO"),
    (
        "Un portero del edificio, que prefiere callar su nombre, apunta a que la puerta estaba abierta.",
        "la puerta estaba abierta",
        "portero del edificio",
    ),
    (
        "El alcalde Bruno Sáez rechazó las cuentas, que tachó de “infladas”.",
        "de “infladas”",
        "Bruno Sáez",
    ),
    (
        "“Aquí nadie barre”, opinó el vecino Bruno Sáez, según el cual la basura lleva un mes en la calle.",
        "la basura lleva un mes en la calle",
        "Bruno Sáez",
    ),
    ("Circula un informe según el cual el dique cede.", "el dique cede", "informe"),
    (
        "Elisa Cano informó que habrá barcos. Mencionó que el billete cuesta dos euros.",
        "el billete cuesta dos euros",
        "Elisa Cano",
    ),
    ("La naviera alega motivos técnicos.", "motivos técnicos", "naviera"),
    ("El magistrado aprecia riesgo de fuga.", "riesgo de fuga", "magistrado"),
    (
        "El gremio asegura que la patronal prometió en enero que no habría cierres.",
        "no habría cierres",
        "patronal",
    ),
    (
        "El gremio ha advertido de que no será la última huelga: “Volveremos el lunes con más gente”.",
        "“Volveremos el lunes con más gente”",
        "gremio",
    ),
    (
        "La Comisión denunció 12 casos desde que el gobierno cerró la frontera.",
        "12 casos desde que el gobierno cerró la frontera",
        "Comisión",
    ),
    (
        "Elisa Cano descartó cortes, aunque reconoció que el agua llega turbia.",
        "cortes",
        "Elisa Cano",
    ),
    (
        "Según un documento interno, del que este diario tiene copia, el corte durará un mes.",
        "el corte durará un mes",
        "documento interno",
    ),
    ("Elisa Cano asegura no haber firmado nada.", "no haber firmado nada", "Elisa Cano"),
    (
        "Elisa Cano ha dicho, en una entrevista en Onda Sur, que el plan sigue vivo.",
        "el plan sigue vivo",
        "Elisa Cano",
    ),
    (
        "Tal y como adelantó El Faro, el alcalde tenía dos sueldos.",
        "el alcalde tenía dos sueldos",
        "Faro",
    ),
    ("La ONG Mar Limpio instó al Gobierno a actuar.", "al Gobierno a actuar", "ONG Mar Limpio"),
    ("La naviera se comprometió a devolver el dinero.", "devolver el dinero", "naviera"),
    ("El gremio advirtió de nuevas huelgas.", "de nuevas huelgas", "gremio"),
    ("El alcalde hizo saber que se marcha.", "se marcha", "alcalde"),
    (
        "Los sindicatos convocan una huelga y denuncian “precariedad”.",
        "“precariedad”",
        "sindicatos",
    ),
]

SAID = [
    *(("de", *case) for case in GERMAN),
    *(("fr", *case) for case in FRENCH),
    *(("es", *case) for case in SPANISH),
]


@pytest.mark.parametrize(("language", "text", "words", "name"), SAID, ids=[c[1][:40] for c in SAID])
def test_a_sentence_of_the_class_has_its_words_and_its_speaker(
    language: str, text: str, words: str, name: str | None
) -> None:
    found = said(language, text)
    names = [speaker for content, speaker in found if content == words]
    assert names, f"nobody says {words!r} in {found}"
    assert names[0] == name or (name is not None and names[0] is not None and name in names[0])


NOT_SAID = [
    # what is not real, or not said of
    ("de", "Trainer Kai Nolte sprach von Pech. Die Gäste hätten früher treffen können.", "hätten"),
    ("de", "Trainer Kai Nolte sprach von Pech. Damit wären die Gäste abgestiegen.", "wären"),
    ("de", "Trainer Kai Nolte sprach von Pech. Der Verletzte wurde ins Dorf gebracht.", "wurde"),
    ("de", "Ein Zeuge, der seinen Namen nicht nennen wollte, ging.", "nennen"),
    ("de", "Den Täter erwartet eine lange Haft.", "Haft"),
    ("de", "Der Pfarrer hielt eine Rede für den Frieden.", "Rede"),
    ("de", "Der Stadt droht Ärger mit dem Land.", "Ärger"),
    ("de", "Die Firma äußerte sich zunächst nicht.", "nicht"),
    ("de", "Wie sich später zeigte, war die Tür offen.", "Tür"),
    ("fr", "Sans ce pompier, l'enfant aurait été tué.", "aurait"),
    ("fr", "Le club aurait pu gagner.", "aurait"),
    ("fr", "Il aurait été préférable de partir.", "aurait"),
    ("fr", "Le film montre une femme qui attend.", "femme"),
    ("fr", "La victime a demandé à ne pas être identifiée.", "identifiée"),
    ("es", "Sin la lluvia, el bosque habría ardido.", "habría"),
    ("es", "El equipo habría podido ganar.", "habría"),
    ("es", "La testigo pide no ser identificada.", "identificada"),
    ("es", "El delantero define de zurda.", "zurda"),
    ("es", "La alcaldesa se refirió a la obra que cruza el barrio.", "cruza"),
    ("es", "Los clientes aprecian el pan.", "pan"),
    ("de", "Das Stück ist lang, so langsam, so leise, dass viele gehen.", "leise"),
    ("de", "Sind Sie sicher, dass der Hafen wächst?", "wächst"),
    ("fr", "Les ventes ont été freinées par la faible demande de machines.", "machines"),
]


@pytest.mark.parametrize(("language", "text", "word"), NOT_SAID, ids=[c[1][:40] for c in NOT_SAID])
def test_what_only_looks_like_it_says_nothing(language: str, text: str, word: str) -> None:
    found = [content for content, _ in said(language, text) if word in content]
    assert not found


def test_what_is_denied_ends_where_its_speaker_calls_for_something() -> None:
    [(words, name)] = said("es", "Elisa Cano negó que el puerto cobre tasas y llamó a denunciar.")
    assert (words, name) == ("el puerto cobre tasas", "Elisa Cano")


def test_an_official_without_a_name_is_not_whoever_was_named_last() -> None:
    text = (
        "Un funcionario del puerto habló con el alcalde Bruno Sáez en la lonja. "
        "El funcionario dijo que el barco llegó tarde."
    )
    names = [name for content, name in said("es", text) if "llegó tarde" in content]
    assert names == ["funcionario"]


def test_words_after_then_are_of_who_spoke() -> None:
    text = "« Nous sommes prêts », assure Odile Caron. Puis : « Qu'ils viennent donc nous voir. »"
    names = [name for content, name in said("fr", text) if "viennent" in content]
    assert names == ["Odile Caron"]


def test_who_says_i_in_an_interview_is_whom_its_headline_names() -> None:
    answers = "Je lui ai répondu que les digues tiendraient dix ans de plus."
    text = (
        "Entretien avec l'ingénieure Odile Caron sur les digues\n\n"
        "Les digues tiendront-elles encore cet hiver ?\n\n"
        f"Oui. Le préfet est venu en juin. {answers}\n\n"
        "Que faut-il faire pour la suite ?\n\n"
        "Il faut les surveiller tous les mois."
    )
    found = find_claims(Document.from_text(text, language="fr"))
    [name] = [c.speaker.name for c in found if "tiendraient" in text[slice(*c.content)]]
    assert name == "Odile Caron"
    alone = find_claims(Document.from_text(BEFORE["fr"] + answers, language="fr"))
    assert [c.speaker.name for c in alone] == [None]
