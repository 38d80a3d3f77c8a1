"""French and Spanish: what somebody is said not to tell: "n'a pas précisé combien", "no aclaró si",
"ni confirma ni desmiente", "reste muet sur", "guarda silencio sobre". The words are data
(``lexicons/foreign.toml``: telling, confirming, silent, staying, evading).
"""

from __future__ import annotations

from variorum.stages.claims.denials import WITHHELD
from variorum.stages.claims.foreign_before import subject_before
from variorum.stages.claims.foreign_denied import NOT, SPOKEN, negator, not_turned_down
from variorum.stages.claims.foreign_infinitives import sentence_subject
from variorum.stages.claims.foreign_lists import Foreign
from variorum.stages.claims.foreign_objects import WITHHOLDING, refusal, said_stop
from variorum.stages.claims.foreign_sources import left_edge, opens_source, source_end
from variorum.stages.claims.lexicon import words
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

_QUESTIONS = {
    "fr": words(
        "si s'il s'ils s'elle combien quand comment où pourquoi qui quel quelle quels quelles"
    ),
    "es": words(
        "si cuánto cuánta cuántos cuántas cómo cuándo dónde quién quiénes qué cuál cuáles adónde"
    ),
}
_LEADS = {
    "fr": words("à de dans pour sur par avec vers depuis jusqu'à en"),
    "es": words("a de en por con para hasta desde sobre hacia"),
}
_THINGS = {
    "fr": words("le la les son sa ses leur leurs ce cet cette ces aucun aucune d'autres plus"),
    "es": words("el la los las su sus este esta estos estas ese esa ningún ninguna más"),
}
_ABOUT = {
    "fr": words("sur quant concernant"),
    "es": words("sobre acerca respecto"),
}
_TO = words("à aux a")
_QUESTION = words("question questions pregunta preguntas cuestión cuestiones sujet asunto tema")
_NONE = words("aucun aucune")
_OF = words("sur de du des quant à au aux d sobre acerca del")
_GIVING = words(
    "donné donner donne donnent donnait fourni fournir fournit fournissent da dan ofrece ofrecen facilita "
    "dio dado dieron dar ofreció ofrecieron ofrecido facilitó facilitaron "
    "facilitado"
)
_OWN_NAMES = words("nom noms identité prénom nombre nombres identidad apellido")
_SHOWING = ("expliqu", "indiqu", "explic", "indic")  # what things do, too
_TOLD = words(
    "détail précision explication chiffre raison information motif date nom indication estimation bilan "
    "detalle detalles explicacione explicación dato cifra razone razón información motivo fecha nombre pista"
)
_OWN = words("su sus son sa ses leur leurs")
_FOR_NOW = words("pour l'heure l'instant le moment à ce stade por ahora momento el")
_LINKS = words("et mais aunque pero y e mientras")
_WHO = words("qui que quien quienes")
_LONGEST_ANTECEDENT = 8  # tokens of "le parquet de Nîmes, | qui n'a pas précisé"
_TO_THE_VERB = 7  # tokens from the "ne" or "no" to the verb of telling
_STAYING_REACH = 4  # tokens from "garde" to "silence"


def withheld(w: Workspace, lang: Foreign, i: int) -> bool:
    """Finds the statement of a word at i that says that something was not told."""
    low = w.r.low[i]
    last = w.found[-1] if w.found else None
    if last is not None and last.rule == "refusal" and last.cue is not None:
        if last.cue[0] < i < last.cue[1]:
            return True  # "ni confirmé ni | démenti"
        if last.parts[0][0] <= i < last.parts[-1][1]:
            return False  # "n'a pas souhaité | préciser"
    if low in lang.silent:
        return _silent(w, lang, i)
    if low in lang.evading and _evaded(w, lang, i):
        return True
    if low in _COMMENT:
        return _no_comment(w, lang, i)
    if low in lang.refusing and low in WITHHOLDING[lang.code]:
        return _refused(w, lang, i)
    if low.startswith("n'") and low.removeprefix("n'") in lang.negative:
        first = negator(w, lang, i)
        return first is not None and not_turned_down(w, lang, i, first)
    if low in lang.confirming and _neither(w, lang, i):
        return True
    return low in lang.telling and _not_told(w, lang, i)


def _not_told(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "N'a pas précisé | combien…", "no reveló | la cifra", "n'a rien dit | de la valeur"."""
    r, stop = w.r, w.sentence_stop(i)
    first = negator(w, lang, i)
    if first is None:
        return False
    k = i + 1
    while k < stop and (r.low[k] in lang.adverbs or r.low[k] in NOT[lang.code] - _NONE):
        k += 1
    if r.low[k : k + 1] in (["pour"], ["à"], ["por"]):  # "pour l'heure", "por ahora"
        after = next((j for j in range(k, stop) if r.low[j] not in _FOR_NOW), stop)
        k = after if after - k > 1 else k
    if k + 1 >= stop and not (k < stop and r.low[k] not in lang.stop):
        return False
    questions = _QUESTIONS[lang.code]
    asked = r.low[k] in questions or (
        r.low[k] in _LEADS[lang.code] and k + 1 < stop and r.low[k + 1] in questions
    )
    asked = asked or (r.low[k] == "ce" and r.low[k + 1].partition("'")[0] in ("que", "qui", "qu"))
    spoken = r.low[i] in SPOKEN
    of = spoken and r.low[k].partition("'")[0] in _OF and w.quoted[k] < 0
    of = of and (
        "rien" in r.low[first:k] or "nada" in r.low[first:k] or r.low[k] in _ABOUT[lang.code]
    )
    of = of or (spoken and r.low[k] in _TO and not _QUESTION.isdisjoint(r.low[k + 1 : k + 4]))
    thing = not spoken and (r.low[k] in _THINGS[lang.code] or r.low[k].startswith("l'"))
    content = (k, said_stop(w, lang, k, stop))
    if w.quoted[k] >= 0 or not (asked or of or thing) or not _tells_what(w, i, content):
        return False
    return _add(w, lang, (first, i + 1), content)


_COMMENT = words("commentaire commentaires comentario comentarios declaraciones déclaration")
_TURNED = words(
    "décliné décline déclinent refusé refuse refusent sans declinó declinado rehusó sin"
)


def _no_comment(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "N'a fait aucun commentaire | sur la visite", "no hizo comentarios | sobre la información"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    if i + 2 >= stop or r.low[i + 1] not in _ABOUT[lang.code]:
        return False
    first = negator(w, lang, i)
    if first is None:
        back = range(i - 1, max(floor, i - _STAYING_REACH) - 1, -1)
        first = next((k for k in back if r.low[k] in _TURNED), None)
    if first is None:
        return False
    return _add(w, lang, (first, i + 1), (i + 1, said_stop(w, lang, i + 1, stop)))


def _evaded(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "A éludé | la question du prix", "esquivó | las preguntas sobre su futuro"; "interrogée | sur une
    candidature, elle a botté en touche"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    k = i + 1
    while k < stop and r.low[k] in lang.adverbs:
        k += 1
    named = k + 1 < stop and r.low[k].rpartition("'")[2] in _ARTICLES and r.low[k + 1] in _QUESTION
    if named:
        return _add(w, lang, (i, i + 1), (k, said_stop(w, lang, k, stop)))
    ball = r.low[i + 1 : i + 3] == ["en", "touche"]
    comma = w.comma(floor, i)
    if not ball and not (k >= stop or r.tag[k] in ",:"):
        return False
    if comma is None or comma < floor + 3 or not r.low[floor].startswith(_ASKED):
        return False
    return _add(w, lang, (i, i + 3 if ball else i + 1), (floor + 1, comma))


_ASKED = ("interrogé", "questionné", "relancé", "preguntad", "cuestionad")
_ARTICLES = words("la las les le toute toutes cualquier una une")


def _refused(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Ne souhaite pas s'exprimer"; "no quiso entrar en polémicas" without a subject."""
    first, floor = i, w.clause_floor(i)
    while first > floor and (w.r.low[first - 1] in lang.aux or w.r.low[first - 1] in lang.adverbs):
        first -= 1
    edge = left_edge(w, lang, first, floor)
    if edge < first:
        return lang.code == "fr" and refusal(w, lang, i, (edge, first))
    source, inherits = sentence_subject(w, lang, first)
    if source is None and inherits is None:
        source, inherits = _subject_unsaid(w, lang, first)
    before = len(w.found)
    subject = source or (first, i)  # a refusal wants one
    if (source is None and inherits is None) or not refusal(w, lang, i, subject):
        return False
    w.found[before].source, w.found[before].inherits = source, inherits
    return True


def _tells_what(w: Workspace, i: int, content: Range) -> bool:
    """ "Dio detalles | sobre la operación"; not "n'a pas donné d'autres précisions", "prefiere no dar su
    nombre"."""
    low = w.r.low[slice(*content)]
    if not _OWN_NAMES.isdisjoint(low[:3]) and not _OWN.isdisjoint(low[:2]):
        return False
    if (
        w.r.low[i].removeprefix("n'").startswith(_SHOWING)
        and low[0] in _THINGS["fr"] | _THINGS["es"]
    ):
        return False  # "ces chiffres n'expliquent pas la hausse"
    told = any(x.removesuffix("s").rpartition("'")[2] in _TOLD for x in low[:3])
    return w.r.low[i] not in _GIVING or (told and any(x.partition("'")[0] in _OF for x in low[1:]))


def _neither(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Ni confirma ni desmiente | la detención", "n'a ni confirmé ni démenti | ces chiffres"."""
    r, stop = w.r, w.sentence_stop(i)
    second = next(
        (k for k in range(i + 2, min(stop, i + 4)) if r.low[k] in lang.negative | lang.confirming),
        None,
    )
    first = negator(w, lang, i)
    if second is None or first is None or "ni" not in r.low[i + 1 : second] or second + 1 >= stop:
        return False
    k = second + 1
    if w.quoted[k] >= 0 or r.tag[k] in ",.:":
        return False
    k += r.low[k] in lang.that
    return _add(w, lang, (first, second + 1), (k, said_stop(w, lang, k, stop)))


def _silent(w: Workspace, lang: Foreign, i: int) -> bool:
    """ "Restent muets | sur le mobile", "guarda silencio | sobre la auditoría"."""
    r, floor, stop = w.r, w.clause_floor(i), w.sentence_stop(i)
    back = range(i - 1, max(floor, i - _STAYING_REACH) - 1, -1)
    first = next((k for k in back if r.low[k] in lang.staying), None)
    if first is None or first == floor or i + 2 >= stop or r.low[i + 1] not in _ABOUT[lang.code]:
        return False
    return _add(w, lang, (first, i + 1), (i + 1, said_stop(w, lang, i + 1, stop)))


def _add(w: Workspace, lang: Foreign, cue: Range, content: Range) -> bool:
    """A statement of the subject before the cue; Spanish may leave it out. None where what stands
    there is said in its turn ("no hace comentarios sobre rumores, dijo una portavoz")."""
    for k in range(content[0], content[1] - 1):
        tagged = w.r.tag[k] == "," and (w.r.low[k + 1] in lang.verbs or w.r.low[k + 1] in lang.aux)
        if tagged and w.quoted[k] < 0:
            return False
    first, floor = cue[0], w.clause_floor(cue[0])
    while first > floor and (w.r.low[first - 1] in lang.aux or w.r.low[first - 1] in lang.adverbs):
        first -= 1
    edge = left_edge(w, lang, first, floor)
    source: Range | None = (edge, first) if edge < first else None
    inherits = None
    if source is not None and w.r.low[edge] in _WHO:
        source = _antecedent(w, lang, edge, floor)
    elif source is None or (first - edge == 1 and w.r.low[edge] in _LINKS):
        source, inherits = sentence_subject(w, lang, first)
        if source is None and inherits is None:
            source, inherits = _subject_unsaid(w, lang, first)
    if source is None and inherits is None:
        return False
    s = Statement([content], cue, source, "refusal", WITHHELD, True, inherits=inherits)
    w.found.append(s)
    return True


def _antecedent(w: Workspace, lang: Foreign, who: int, floor: int) -> Range | None:
    """ "…, a confirmé | le parquet, | qui n'a pas précisé si": whose relative clause it is."""
    r, end = w.r, who - 1
    if end <= floor or r.tag[end] != ",":
        return None
    for k in range(max(floor, end - _LONGEST_ANTECEDENT), end):
        if w.quoted[k] < 0 and opens_source(w, lang, k) and source_end(w, lang, k, end) == end:
            return (k, end)
    return None


def _subject_unsaid(
    w: Workspace, lang: Foreign, first: int
) -> tuple[Range | None, Statement | None]:
    """ "No quiso precisar…": whose the verb group at ``first`` is when Spanish leaves its subject out:
    who spoke last in the paragraph, with that statement, else whom the sentence before is about."""
    if lang.code != "es":
        return None, None
    last = w.found[-1] if w.found else None
    if last is not None and w.r.paragraph[last.span[0]] == w.r.paragraph[first]:
        return last.source, last
    return subject_before(w, lang, w.clause_floor(first)), None
