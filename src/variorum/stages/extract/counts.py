"""Lines that are nothing but a time, a count or prices: what a page keeps up to date by itself."""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re

from variorum.text.audience import counts_audience
from variorum.text.caseless import Caseless
from variorum.text.moments import is_moment, is_stamp, tells_refresh, without_age
from variorum.text.remember import remembered

_COUNTED = (
    r"\d[\d.,]{0,9}\s?[kKmM]?\+?\s?(?:shares?|likes?|comments?|views?|replies|reads?|votes?|retweets?|reposts?|bookmarks?"
    r"|reactions?|kommentare?|antworten|commentaires?|réponses|comentarios?|respuestas|retuits?|commenti|risposte|comentários"
    r"|respostas|reacties|kommentarer|komentarzy|комментари\w{0,3}|件のコメント)"
)
_CLOCK = Caseless(
    r"[^\w]{0,3}(?:(?:更新|公開|配信|입력|수정|发布)\b.{0,60}"
    rf"|{_COUNTED}(?:\s{_COUNTED}){{0,3}}"
    r"|\d[\d.,]{0,9}\s?[kKmM] (?:viewers?|watching|listening|readers?)"
    r"|(?:about |vor |il y a |hace |há |~)?\d{1,3}\s?(?:sec|second|min|minute|hour|day|week|month|year|hr|h|stunde"
    r"|tag|minut|heure|jour|hora|día|dia|ora|ore|giorn|uur|timme|time|dag|godz|minuto)\w{0,4}\.?"
    r"(?: (?:ago|read|to read|de lecture|de lectura|di lettura|de leitura|lesezeit|zuvor|fa|atrás|siden|sedan|temu"
    r"|listen|watch))?"
    r"|(?:estimated |approx\w{0,8}\.? |geschätzte )?(?:reading time|read time|lesezeit|lesedauer|temps de lecture|tiempo de lectura|tempo di lettura"
    r"|tempo de leitura|leestijd|lästid|czas czytania).{0,25}"
    r"|(?:image|photo|picture|slide|bild|foto|imagen|immagine|imagem|diapositive) ?\d{1,3} ?(?:/|of|von|sur|de|di) ?\d{1,3}"
    r"|reactions?\s?:\s?(?:[\w ]{1,20}\(\d{1,6}\)\s?){1,8}"
    r"|[\d\s:./,\-–|•·]{1,40}(?:am|pm|uhr|h|gmt|utc|[ce]e?s?t)?)[^\w]{0,3}",
)


# What a line begins with that says when something was put on the page.
_STAMP = re.compile(
    r"[^\w]{0,3}(?P<word>updated?|posted|published|last (?:updated|modified)|aktualisiert|stand|veröffentlicht|publié"
    r"|mis à jour|publicado|actualizado|pubblicato|aggiornato|atualizado|geplaatst|oppdatert|publisert|uppdaterad"
    r"|opublikowano|обновлено|опубликовано|güncelleme|تحديث|نشر)\b(?P<rest>.{0,60})",
    re.IGNORECASE,
)


_COUNTER = Caseless(
    r"\b(?:reading|readers?|viewers?|views?|watching|online|refreshed|shares?|likes?|reads|visitors?|leser|aufrufe|lecteurs?"
    r"|vues?|lectores|lecturas|lettori|letture|leitores|leituras|visualizações)\b|\d:\d\d:\d\d|人が閲覧|閲覧中|مشاهد|قراء",
)


_NOW = Caseless(
    r".{0,40}\b\d[\d.,]*\s(?:people|readers|others|users|personen|leser|personnes|lecteurs|personas|persone|pessoas)\b.{0,60}"
    r"\b(?:now|right now|gerade|jetzt|en ce moment|maintenant|ahora|adesso|ora|agora)\b.{0,3}",
)


_PRICE = re.compile(r"[^\W\d_]?[$£€¥]?\d[\d.,]{0,12}")
_MOVE = re.compile(r"\(?[▲▼△▽↑↓+−–-] ?\d[\d.,]{0,8} ?%?\)?")
_PRICES = 3  # of a line that is a ticker
_LONGEST_NAME = 4  # words before a price


# "Latest: Athletic 1 Town 0 (74 min)", "Pruett Holdings (PRH) 112.40p ▲ 0.3% at 10.05"
_RUNNING = re.compile(
    r"(?:[^\W\d]{2,12}: )?[^\d:]{2,30} \d{1,2}(?: ?[–-] ?| )(?:[^\d:]{2,30} )?\d{1,2}(?: [^\d:()]{2,30})? \(\d{1,3}(?:['’′]| ?min(?:ute|uten|uti|utos)?s?\.?)\)"
)
_DELAYED = Caseless(
    r"[▲▼] ?\d[\d.,]{0,6} ?%.{0,20}\b(?:delayed|verzögert|différé|con retraso|ritardat\w+|atraso)\b"
)
_ONE_SHARE = re.compile(
    r"[^\d()]{2,50} \([A-Z]{2,6}(?:[.:] ?[A-Z]{1,6})?\):? [£$€]?\d[\d.,]{0,12} ?(?:p|c|[£$€])? ?[▲▼+−–-] ?\d[\d.,]{0,6} ?%(?: \w{2,6} \d{1,2}[.:]\d\d(?: ?[ap]\.?m\.?)?)?"
)


@remembered
def is_ticker(text: str) -> bool:
    """A line of prices that run through a page ("DAX 18,204 ▲0.4% FTSE 8,102 ▼1.1% …"): names, each
    with its price and how far that went, and nothing else."""
    if _RUNNING.fullmatch(text):
        return True
    if len(text) > 600 or not any(sign in text for sign in "%▲▼"):
        return False
    if _ONE_SHARE.fullmatch(text) or (len(text) < 90 and _DELAYED.search(text)):
        return True
    moves, name, priced = 0, 0, False
    for word in text.replace("|", " ").replace("▲ ", "▲").replace("▼ ", "▼").split():
        if priced and _MOVE.fullmatch(word):
            moves, name, priced = moves + 1, 0, False
        elif name and _PRICE.fullmatch(word):
            priced = True
        elif name < _LONGEST_NAME and word[0].isalnum():
            name, priced = name + 1, False
        elif word[0].isalnum() or len(word) > 1:
            return False
    return moves >= _PRICES and not name


_COUNTDOWN = Caseless(
    r"[^\d.!?]{0,30}\d{1,4} ?(?:d|days?|tage?n?|jours?|días?|giorni|dias?)\b[,:]? ?(?:and |und |et |y |e )?\d{1,2} ?(?:h|hrs?|hours?|stunden?|std|heures?"
    r"|horas?|ore)\b[,:]? ?(?:and |und |et |y |e )?\d{1,2} ?(?:m|mins?|minutes?|minuten?|minutos?|minuti)\b.{0,20}",
)
# What a server calls this visit: a code with figures in it.
_REFERENCE = Caseless(
    r"\W{0,3}(?:your |page |request |session |error |ihre |votre |su |seu )?(?:reference|ref|session|request|visit|ray|trace|transaction)"
    r"(?: (?:id|no|number|code))?\W{1,3}(?=[\w-]*\d)[\w-]{3,40}\W{0,2}",
)


def _is_stamp(text: str) -> bool:
    found = _STAMP.fullmatch(text)
    if found is None or not is_moment(found["rest"]):
        return False
    return found["word"].lower() != "stand" or any(c.isdigit() for c in text)


@remembered
def is_clock(text: str) -> bool:
    """A line that is nothing but a time, a count or a reading time, or several of these."""
    if len(text) > 90:
        return False
    if (
        _is_stamp(text)
        or _CLOCK.fullmatch(without_age(text))
        or tells_refresh(text)
        or is_stamp(text)
        or counts_audience(text)
        or (_NOW.fullmatch(text) and re.search(r"\d:\d\d", text))
    ):
        return True
    if _COUNTDOWN.fullmatch(text) or _REFERENCE.fullmatch(text) or _REACTIONS.fullmatch(text):
        return True
    if _BARS.search(text) is None:
        return False
    parts = [p for p in _BARS.split(text) if p]
    if len(parts) > 1 and all(map(_moves, parts)):
        return True
    return _are_counts(parts, text)


# Under an embedded post: who, how long ago, and how it was liked.
_REACTED = r"\d[\d.,]*\s?[km]? (?:likes?|replies|reply|reposts?|retweets?|shares?|comments?)"
_REACTIONS = Caseless(rf"(?:[—–-]\s.{{2,60}}\s)?{_REACTED}(?:\s?[·•|]?\s{_REACTED}){{1,3}}\s?")
_BARS = re.compile(r"\s*[·•|–—]\s*")
_SHOWING = Caseless(
    r"(?:showing|zeige|affichage de|mostrando|a mostrar) \d{1,4} (?:of|von|sur|de|di) \d{1,4} \w{1,12}"
)


def _moves(part: str) -> bool:
    """Whether a part of a line tells when the page was made, or counts its readers or its entries."""
    ticks = tells_refresh(part) or counts_audience(part)
    return bool(ticks or _CLOCK.fullmatch(part) or _SHOWING.fullmatch(part))


def _are_counts(parts: list[str], text: str) -> bool:
    short = all(len(p.split()) <= 4 and any(c.isdigit() for c in p) for p in parts)
    return short and len(parts) > 1 and bool(_COUNTER.search(text))
