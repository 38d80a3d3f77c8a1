"""Classes of sentences in German, French and Spanish papers, found by grids of short texts of one construction
each; every class with sentences of other wording, and what only looks like it."""

from __future__ import annotations

import pytest
from test_foreign_sentences import said

from variorum.model import Document
from variorum.stages.claims import find_claims

GERMAN = [
    # a set phrase before the clause
    ("Die Fahrerin gab zu Protokoll, dass ein Reh auf die Straße lief.", "ein Reh auf", "Fahrerin"),
    ("Rätin Vera Kolb gab zu bedenken, dass die Zuschüsse fehlen.", "Zuschüsse", "Vera Kolb"),
    ("Der Verein ließ durchblicken, dass er den Platz verkauft.", "er den Platz", "Verein"),
    ("Der Senat hält in dem Beschluss fest, die Frist sei gewahrt.", "die Frist sei", "Senat"),
    ("Die Kammer ist der Ansicht, dass die Gebühr zu hoch ist.", "die Gebühr", "Kammer"),
    ("Wirt Kai Nolte äußerte den Verdacht, der Lieferant habe betrogen.", "betrogen", "Kai Nolte"),
    # what comes out of a document, what is written in one
    (
        "Aus dem Protokoll geht hervor, dass der Rat Bescheid wusste.",
        "Bescheid wusste",
        "Protokoll",
    ),
    ("Wie aus Akten hervorgeht, die der Redaktion vorliegen, floss Geld.", "floss", "Akten"),
    (
        "In dem Rundschreiben an die Ärzte steht, dass der Impfstoff fehlt.",
        "Impfstoff",
        "Rundschreiben",
    ),
    ("In der Akte ist vermerkt, dass die Frau anrief.", "die Frau anrief", "Akte"),
    # an aside with a verb that no list knows
    (
        "Der Umsatz sank, wie Finanzchefin Vera Kolb einräumt, um ein Zehntel.",
        "Umsatz",
        "Vera Kolb",
    ),
    # "dass" after any verb of one who speaks
    (
        "Der Rechnungshof errechnete, dass die Brücke doppelt so teuer wird.",
        "Brücke",
        "Rechnungshof",
    ),
    # what somebody finds, sees, condemns
    ("Der Stadtrat findet den Plan unausgegoren.", "den Plan unausgegoren", "Stadtrat"),
    ("Die Grünen sehen darin einen Rückschritt.", "einen Rückschritt", "Grünen"),
    ("Der Verband sieht den Bund in der Pflicht.", "den Bund in der Pflicht", "Verband"),
    ("Präsident Kai Nolte verurteilte den Überfall.", "den Überfall", "Kai Nolte"),
    ("Die Anwohner äußerten Kritik an dem Zeitplan.", "an dem Zeitplan", "Anwohner"),
    # prepositions
    ("Bischof Kai Nolte mahnt zur Geduld.", "zur Geduld", "Kai Nolte"),
    ("Zuvor hatte der Verband mit einer Klage gedroht.", "mit einer Klage", "Verband"),
    ("Auf das Bankgeheimnis verwies die Kasse.", "Auf das Bankgeheimnis", "Kasse"),
    ("Den Schaden beziffert die Feuerwehr auf 9000 Euro.", "9000 Euro", "Feuerwehr"),
    ("Auf drei Millionen Euro schätzt der Verband die Kosten.", "die Kosten", "Verband"),
    ("Als Grund nannte die Reederei den Nebel.", "den Nebel", "Reederei"),
    # the sentence before tells who speaks
    ("Der Zeuge schilderte die Fahrt. Der Bus habe in der Kurve gebremst.", "Bus habe", "Zeuge"),
    (
        "Bäuerin Vera Kolb ist enttäuscht. Das Amt habe nie geantwortet.",
        "Das Amt habe",
        "Vera Kolb",
    ),
    (
        "Die Ministerin widersprach. Von Stillstand könne keine Rede sein.",
        "Stillstand",
        "Ministerin",
    ),
    # Switzerland
    ("Der Weg sei frei, heisst es bei der Bergwacht.", "Der Weg sei frei", "Bergwacht"),
    ("Die Gemeinde liess verlauten, dass der See gesperrt bleibt.", "der See gesperrt", "Gemeinde"),
    # a colon without quotation marks
    ("Die Polizei warnt: Betrüger geben sich als Handwerker aus.", "Betrüger geben", "Polizei"),
    # names in quotation marks, what stands behind the noun
    ("Im Gespräch mit dem „Boten“ sagte Pfarrer Kai Nolte, er bleibe.", "er bleibe", "Kai Nolte"),
    ("„Wir haben gewartet“, so die Zeugin vor dem Landgericht Kiel.", "gewartet", "Zeugin"),
    ("„Es roch nach Gas“, berichtet eine Pflegerin dem Sender.", "Gas", "Pflegerin"),
    ("Mit den Worten „Jetzt reicht es“ verließ der Trainer den Saal.", "reicht", "Trainer"),
    ("Die Bücher seien weg, verlautete aus der Bibliothek.", "Bücher", "Bibliothek"),
    ("Dem Vernehmen nach steht der Wechsel bevor.", "der Wechsel", None),
    ("Gemäß Landgericht ist der Vertrag gültig.", "Vertrag", "Landgericht"),
    # whose voice it is
    ("Lob kam vom Imker Kai Nolte: Die Wiese sei ein Gewinn.", "ein Gewinn", "Kai Nolte"),
    ("Der Fluss ist sauber, davon ist Rätin Vera Kolb überzeugt.", "sauber", "Vera Kolb"),
    ("In dem Gutachten ist von Rissen die Rede.", "von Rissen", "Gutachten"),
    ("Die Reederei drohte, den Hafen zu verlassen.", "den Hafen zu verlassen", "Reederei"),
    ("Die Kammer stufte den Vertrag als ungültig ein.", "den Vertrag", "Kammer"),
    ("„Es ist ein Elend hier“, so beschreibt es Wirtin Vera Kolb.", "Elend", "Vera Kolb"),
    # a sentence about its speaker, a quotation
    ("Für Trainer Kai Nolte war es der letzte Tag. „Es reicht mir jetzt.“", "reicht", "Kai Nolte"),
    ("Auf dem Plakat stand: „Wir bleiben hier im Wald.“", "Wald", "Plakat"),
]

FRENCH = [
    # verbs with their preposition, or of those who can speak
    ("La banque table sur une baisse des prix.", "une baisse des prix", "banque"),
    ("L'ingénieure Odile Caron plaide pour un moratoire.", "un moratoire", "Odile Caron"),
    ("Le colonel Hugo Mercier a fait état de neuf blessés.", "neuf blessés", "Hugo Mercier"),
    ("Le médecin alerte depuis des mois sur les retards.", "les retards", "médecin"),
    ("Les voisins se plaignent du bruit.", "bruit", "voisins"),
    ("Le procureur a requis trois ans de prison.", "trois ans de prison", "procureur"),
    ("La députée a sommé le préfet de répondre.", "le préfet de répondre", "députée"),
    ("Les experts évaluent les dégâts à 4 millions d'euros.", "4 millions", "experts"),
    ("Les syndicats y voient une provocation.", "une provocation", "syndicats"),
    # set phrases before "que"
    ("La direction a fait comprendre que le site fermerait.", "le site fermerait", "direction"),
    ("Le comité est d'avis que la taxe est injuste.", "la taxe est injuste", "comité"),
    ("Le tribunal retient que le bail était nul.", "le bail était nul", "tribunal"),
    # nobody named, and where
    ("Il a été annoncé que le marché est annulé.", "le marché est annulé", None),
    ("On reproche à l'infirmier d'avoir menti.", "avoir menti", None),
    ("Le quai est ouvert, assure-t-on à la préfecture.", "Le quai est ouvert", "préfecture"),
    ("« Le lot est sain », lit-on dans le rapport.", "Le lot est sain", "rapport"),
    ("À la mairie, on répète que rien n'est signé.", "rien n'est signé", "mairie"),
    # views
    ("De l'aveu même du trésorier, les comptes sont faux.", "les comptes sont faux", "trésorier"),
    ("Selon nos informations, le port change de mains.", "le port change de mains", None),
    ("« Une belle pagaille », dixit le pêcheur Hugo Mercier.", "pagaille", "Hugo Mercier"),
    ("Le pont sera fermé, comme le révèle « Le Messager ».", "Le pont sera fermé", "Messager"),
    ("La vente est faite, croit savoir Le Messager.", "La vente est faite", "Messager"),
    # any verb behind the clause, after a colon, within the marks
    ("La pluie viendra, a pronostiqué la maire Odile Caron.", "La pluie viendra", "Odile Caron"),
    ("La préfète prévient : les quais seront fermés.", "les quais seront fermés", "préfète"),
    ("« La salle, a promis la maire Odile Caron, sera chauffée. »", "sera chauffée", "Odile Caron"),
    ("« On ne lâche rien », de dire la libraire Odile Caron.", "lâche", "Odile Caron"),
    # who it is
    (
        "Odile Caron a croisé Hugo Mercier. « Tout va bien », a dit ce dernier.",
        "va bien",
        "Hugo Mercier",
    ),
    ("L'abbé Hugo Mercier ouvre. « Il fait froid », sourit le prêtre.", "froid", "Hugo Mercier"),
    ("Moussa Sarr a couru. « J'ai tout donné », a dit le Sénégalais.", "donné", "Moussa Sarr"),
]

SPANISH = [
    # a stop after the mark
    ("El técnico Bruno Sáez pidió perdón. “Me equivoqué de plan”.", "equivoqué", "Bruno Sáez"),
    ("La respuesta de la jueza fue breve: “No habrá más plazos”.", "más plazos", "jueza"),
    # verbs with their preposition, or of those who can speak
    ("La ingeniera Elisa Cano aboga por una tregua.", "una tregua", "Elisa Cano"),
    ("El gremio amenaza con un paro.", "un paro", "gremio"),
    ("La plataforma llama a protestar el lunes.", "protestar el lunes", "plataforma"),
    ("El banco proyecta una subida del dos por ciento.", "una subida", "banco"),
    ("El coronel Bruno Sáez dio cuenta de nueve heridos.", "nueve heridos", "Bruno Sáez"),
    ("Los médicos recomiendan beber agua.", "beber agua", "médicos"),
    ("Los expertos estiman los daños en 4 millones.", "4 millones", "expertos"),
    ("Los sindicatos ven en ello una provocación.", "una provocación", "sindicatos"),
    # set phrases before "que"
    ("La edil hizo notar que faltan camas.", "faltan camas", "edil"),
    ("El comité es de la opinión de que la tasa sobra.", "la tasa sobra", "comité"),
    ("Los peritos coinciden en que el muro cede.", "el muro cede", "peritos"),
    ("La bióloga explica cómo migran las aves.", "cómo migran", "bióloga"),
    # nobody named, and where
    ("Se supo que el gerente dejó el cargo.", "el gerente dejó el cargo", None),
    ("Al enfermero se le imputa haber mentido.", "haber mentido", None),
    ("En la Casa de Gobierno repiten que nada cambia.", "nada cambia", "Casa de Gobierno"),
    ("“El lote está sano”, se lee en el informe.", "sano", "informe"),
    ("“Todo sigue igual”, dicen en el Ministerio de Obras.", "igual", "Ministerio de Obras"),
    # views
    ("A juicio de la jurista Elisa Cano, la norma es nula.", "la norma es nula", "Elisa Cano"),
    ("Conforme al fallo, el pacto es nulo.", "el pacto es nulo", "fallo"),
    ("Al decir de los pescadores, el mar baja.", "el mar baja", "pescadores"),
    # any verb behind the clause, after a colon, within the marks
    ("Lloverá todo el mes, auguró la meteoróloga Elisa Cano.", "Lloverá", "Elisa Cano"),
    ("La alcaldesa es tajante: las calles se cierran hoy.", "las calles se cierran", "alcaldesa"),
    # who it is
    ("El médico Bruno Sáez se va. No tiene relevo. “Busqué mucho”, dice.", "Busqué", "Bruno Sáez"),
    ("El padre Bruno Sáez abre. “Hace frío”, sonríe el cura.", "frío", "Bruno Sáez"),
    ("Kofi Boateng marcó dos goles. “Es por mi abuela”, dijo el ghanés.", "abuela", "Kofi Boateng"),
]

SAID = [
    *(("de", *case) for case in GERMAN),
    *(("fr", *case) for case in FRENCH),
    *(("es", *case) for case in SPANISH),
]


@pytest.mark.parametrize(("language", "text", "words", "name"), SAID, ids=[c[1][:40] for c in SAID])
def test_a_sentence_of_the_grid_is_said_by_its_speaker(
    language: str, text: str, words: str, name: str | None
) -> None:
    names = [speaker for content, speaker in said(language, text) if words in content]
    assert names, f"nobody says {words!r} in {said(language, text)}"
    assert names[0] == name or (name is not None and names[0] is not None and name in names[0])


NOTHING_SAID = [
    ("de", "Das Amt sorgte dafür, dass der Weg frei ist."),
    ("de", "Der Wirt verhinderte, dass der Gast fährt."),
    ("de", "Der Gärtner findet den Hund."),
    ("de", "Das Fest findet im Park statt."),
    ("de", "Von dem Fest war lange die Rede."),
    ("de", "Der Stier drohte, und alle liefen davon."),
    ("de", "Das Lob der Gäste war groß."),
    ("de", "Das Gericht verurteilte ihn zu zwei Jahren Haft."),
    ("de", "Es war laut und kalt auf dem Platz."),
    ("de", "Der Bau gemäß Plan kostet mehr."),
    ("de", "Die Studie geht auf das Jahr 2001 zurück."),
    ("de", "Der Zug steht, weil die Weiche klemmt."),
    ("de", "Die Kapelle trat unter dem Namen „Nord“ auf."),
    ("fr", "Les horaires varient selon la saison."),
    ("fr", "Selon les cas, la route est fermée."),
    ("fr", "Le trésorier est soupçonné depuis mai."),
    ("fr", "Les gens font la queue devant la gare."),
    ("fr", "La tempête a duré trois jours."),
    ("fr", "Le plat est servi : le pain est sur la table."),
    ("es", "Los precios cambian según la temporada."),
    ("es", "La tienda abre de acuerdo con las normas."),
    ("es", "Se prevé una tarde tranquila en la costa."),
    ("es", "De haberlo visto, se habría parado."),
    ("es", "La flecha señala la puerta."),
    ("es", "Citó un verso, “Luna de abril”."),
    ("es", "El niño llama a su madre."),
]


@pytest.mark.parametrize(("language", "text"), NOTHING_SAID, ids=[c[1][:40] for c in NOTHING_SAID])
def test_what_looks_like_a_class_of_the_grid_says_nothing(language: str, text: str) -> None:
    assert said(language, text) == []


def test_a_language_that_the_page_declares_is_told_from_one_sentence() -> None:
    text = "La diputada cree que habrá un pacto."
    [claim] = find_claims(Document.from_text(text, language="es"))
    assert text[slice(*claim.content)] == "habrá un pacto"
