"""When a page says that it was made: "Updated 26 seconds ago", "Refreshed at 10:43", "08:50, 3 hours ago".

Such lines move by themselves. What only begins like one ("Updated plans for the bridge", "Published in 1998,
the book sold 40 copies") tells something else: behind the word stand more than dates, times and names.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re

from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_LONGEST = 100  # characters of such a line
_COUNT = r"(?:\d{1,4} ?|(?:an?|one|two|few|a few|ein(?:er|em)?|wenigen|une?|quelques|deux|una?|unos|unas|dos|uno|pochi|poche|due|uma?|dois|duas) )"
_UNIT = (
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|sek(?:unden?)?|min(?:uten?)?|std|stunden?|tage?n?|wochen?"
    r"|secondes?|heures?|j|jours?|semaines?|seg(?:undos?)?|minutos?|horas?|días?|semanas?|secondi|secondo|minuti|minuto|or[ae]|giorn[oi]|settiman[ae]|dias?)"
)
_AGE = (
    rf"(?:(?:about |over |less than )?{_COUNT}{_UNIT}\.?(?: (?:and )?\d{{1,2}} ?{_UNIT}\.?)? (?:ago|fa|atrás|zuvor|earlier)|just now|moments ago|a moment ago"
    rf"|vor (?:etwa |gut |über )?{_COUNT}{_UNIT}\.?|gerade eben|soeben|il y a (?:environ )?{_COUNT}{_UNIT}\.?|à l['’]instant|(?:hace|há) (?:unos |cerca de )?{_COUNT}{_UNIT}\.?|ahora mismo"
    r"|proprio ora|adesso|agora mesmo)"
)
_TIME = r"\d{1,2} ?(?:[:.h] ?\d{2}|h)(?:[:.]\d{2})? ?(?:[ap]\.?m\.?|uhr|h|[a-z]{2,4}t|gmt|utc)?"
_OFTEN = (
    rf"(?:(?:automatically|automatisch|automatiquement|automáticamente|automaticamente) ?)?(?:every|alle|toutes les|tous les|chaque|cada|ogni|a cada|in|dans|en|tra|em) {_COUNT}?{_UNIT}\.?"
    r"|automatically|automatisch|automatiquement|automáticamente|automaticamente"
)
_PAGE = (
    r"(?:(?:this|the|live|our) )?(?:page|feed|blog|liveblog|ticker|data|figures|scores|results|prices|map|chart|(?:diese |die )?(?:seite|daten)|(?:cette |la )?page|(?:les )?données"
    r"|(?:esta |la )?página|(?:los )?datos|(?:questa |la )?pagina|(?:i )?dati|(?:esta |a )?página|(?:os )?dados)"
)
_RENEWED = (
    r"(?:(?:was |is |were |are |wird |wurde |est |se |si |è |foi |é )?(?:(?:last |auto-?|zuletzt |dernière fois |automatically )?(?:refresh(?:ed|es|ing)?|reload(?:ed|s|ing)?|sync(?:ed|hronised)|checked|updat(?:ed?|es|ing)|as of)"
    r"|(?:zuletzt |automatisch )?(?:aktualisiert|neu geladen|geprüft)|actualisée?s?|rafraîchie?s?|mise? à jour|actualizad[oa]s?|actualiza|recargad[oa]|aggiornat[oaie]|aggiorna|ricaricat[oa]|atualizad[oa]s?|atualiza))"
)
_REFRESHED = Caseless(
    rf"\W{{0,3}}(?:{_PAGE} )?{_RENEWED}(?: (?:at|on|um|à|a las|alle|às|automatically|automatisch|automatiquement|automáticamente|automaticamente))?\W{{0,3}}(?:{_AGE}|{_TIME}|{_OFTEN})\W{{0,3}}"
    r"|\W{0,3}(?:auto(?:matic)?-?\s?(?:refresh|updates?)|automatische aktualisierung|actualisation automatique|actualización automática|aggiornamento automatico|atualização automática)"
    rf"(?:\W{{1,3}}(?:on|an|{_OFTEN}))?\W{{0,3}}"
    rf"|\W{{0,3}}(?:next|nächste|prochaine|próxima|prossimo|last|letzte|dernière|última|ultimo) (?:refresh|update|check|aktualisierung|actualisation|mise à jour|actualización|aggiornamento|atualização)\W{{1,3}}(?:(?:at|in|um|à|dans|a las|en|alle|tra|às|em) )?(?:{_AGE}|{_TIME}|{_COUNT}{_UNIT})\W{{0,3}}",
)
_AGES = Caseless(_AGE)
_AGED = re.compile(rf"[\s,;·•|(–—-]*(?<![\w]){_AGE}(?!\w)[\s,;·•|)–—-]*", re.IGNORECASE)


@remembered
def tells_refresh(line: str) -> bool:
    """Whether a whole line says when the page itself was made anew, or will be."""
    return len(line) <= _LONGEST and _REFRESHED.fullmatch(line)


@remembered
def is_fed(heading: str) -> bool:
    """Whether a heading says that what stands below comes anew by itself, every so often: "Right now in
    Port Halder · data desk, refreshed every minute"."""
    return len(heading) <= _LONGEST and any(map(_FED.fullmatch, _PARTS.split(heading)))


_PARTS = re.compile(r"\s*[·•|,;:()–—]\s*")
_FED = Caseless(
    rf"(?:{_PAGE} )?{_RENEWED} (?:automatically|automatisch|automatiquement|automáticamente|automaticamente"
    r"|(?:(?:automatically|automatisch) )?(?:every|each|alle|jede|toutes les|chaque|cada|ogni|a cada) (?:\w{1,12} )?"
    r"(?:secs?|seconds?|mins?|minutes?|hours?|sekunden?|minuten?|stunden?|secondes?|heures?|segundos?|minutos?|horas?|secondi|minut[io]|or[ae]))\W{0,3}"
)


@remembered
def without_age(line: str) -> str:
    """A line of a time and how long ago that is ("08:50 3 hours ago") without what grows by itself; the
    line as it is where it is longer, or says nothing else."""
    if len(line) > _LONGEST or not _FIGURE.search(line):
        return line
    if not _AGES.search(line):
        return line.strip() or line
    rest = _AGED.sub(" ", line).strip()
    return rest if rest and _FIGURE.search(rest) else line


_FIGURE = re.compile(r"\d")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WORD = re.compile(r"[^\W\d_]+")
_CALENDAR = _words(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    today yesterday at on the of in by from for and to last first is was ago just now am pm a p m h hr hrs hour hours min mins minute minutes
    s sec secs second seconds day days week weeks month months year years th st nd rd est edt et pst pdt pt ct cst cdt gmt utc bst cet cest ist jst aest
    time local read online updated update published posted modified edited created date version print
    januar februar märz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so
    uhr um am den der des vom von vor artikels beitrags textes stand heute gestern zuletzt aktualisiert veröffentlicht erstellt stunde stunden tag tagen minuten sekunden zuvor
    janvier février mars avril juin juillet août septembre octobre novembre décembre janv févr juil lundi mardi mercredi jeudi vendredi samedi dimanche
    le à il y par et publié mis jour modifié heure heures jour jours aujourd hui hier
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr lunes martes miércoles jueves viernes sábado domingo
    el de del a las hace hoy ayer hora horas día días publicado actualizado minutos segundos por y
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott dic lunedì martedì mercoledì giovedì venerdì sabato domenica
    il alle ore ora giorno giorni fa oggi ieri pubblicato aggiornato minuti secondi da
    janeiro fevereiro março maio junho julho setembro outubro dezembro fev abr mai ago out dez segunda terça quarta quinta sexta feira
    em às há dia dias atrás hoje ontem atualizado e mesmo agora momento
    januari februari maart augustus mei geplaatst gepubliceerd bijgewerkt op om geleden uur minuten gisteren vandaag
    publisert oppdatert publicerad uppdaterad kl klokken siden sedan
    """
)


@remembered
def is_moment(rest: str) -> bool:
    """Whether what stands behind "Updated", "Published" and the like is a date, a time or the names of
    those who did it, and tells nothing else."""
    if not rest.isascii() and not _LATIN.search(rest):
        return True  # scripts whose words are not looked up here
    others = [w for w in _WORD.findall(rest) if w.casefold() not in _CALENDAR]
    if any(not w[0].isupper() for w in others):
        return False
    return not others or rest.rstrip()[-1:] not in ".!?"


_LATIN = re.compile(r"[a-zA-Z]")

_STAMPS = _words(
    """
    updated published posted modified aktualisiert veröffentlicht publié publiée modifié modifiée mis mise actualizado actualizada
    publicado publicada pubblicato pubblicata aggiornato aggiornata atualizado atualizada geplaatst gepubliceerd bijgewerkt
    publisert oppdatert publicerad uppdaterad
    """
)
_OF_PAGE = _words(
    """
    this story article page post entry blog liveblog has been were originally initially
    dieser diese dieses artikel beitrag text seite meldung wurde worden ursprünglich zuerst
    cet cette article page a été dernière fois initialement esta este artículo noticia nota página ha sido fue se originalmente
    quest questo questa articolo notizia pagina è stato stata originariamente artigo matéria página foi dit artikel
    """
)
# With these a line speaks of something else that was published ("The report was published on 4 May.").
_OF_OTHER = _words("the der die das le la les l el los las il lo i gli o os as de het")


@remembered
def is_stamp(line: str) -> bool:
    """Whether a whole line, with or without a full stop, says nothing but when its own story was
    published or last changed: "This story was last updated at 6:15 a.m.", "5:15 a.m. | Updated 6:15 a.m."."""
    if len(line) > _LONGEST or not _FIGURE.search(line):
        return False
    words = [w.casefold() for w in _WORD.findall(line)]
    if not words or words[0] in _OF_OTHER or _STAMPS.isdisjoint(words):
        return False
    return all(w in _CALENDAR or w in _OF_PAGE or w in _STAMPS for w in words)


@remembered
def before_stamp(line: str) -> str:
    """A line without the stamp at its end: "Edda Holm, reporter. Updated: 6:15 p.m." without the time. A
    stamp begins with a capital: "It was published on 30 November at 10 a.m." has none."""
    for word in _WORD.finditer(line):
        told = word.group()
        if told[0].isupper() and told.casefold() in _STAMPS and is_stamp(line[word.start() :]):
            return line[: word.start()]
    return line
