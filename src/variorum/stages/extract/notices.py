"""The publisher's own notes about the text: corrections, clarifications, updates, editor's notes.

They stand on top, in italics at the foot, in a box after the story's container, or with a label of
their own on the line before. A line is a notice when it begins by naming itself one, or says that
an earlier version of the story was different.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.model import Notice
from variorum.stages.extract import counts, phrases
from variorum.stages.extract.tree import Line
from variorum.text.caseless import Caseless
from variorum.text.moments import is_stamp
from variorum.text.remember import remembered

CORRECTION, CLARIFICATION, UPDATE, EDITOR = (
    "correction",
    "clarification",
    "update",
    "editors-note",
)
_LABELS = {
    CORRECTION: "corrections? and clarifications?|corrections?|corrected|errata corrige|erratum|errata|retraction|"
    "korrektur(?:hinweis)?|korrigiert|berichtigung|richtigstellung|rectificatif|rectification|erratum|"
    "corrección|correcciones|fe de errores|fe de erratas|rectificación|correzione|rettifica|"
    "correção|errata|erramos|retificação|correctie|rectificatie|rättelse|rettelse|korjaus|sprostowanie|korekta|"
    "oprava|исправление|поправка|уточнение|düzeltme|ralat|koreksi",
    CLARIFICATION: "clarifications?|klarstellung|präzisierung|précisions?|clarification|aclaración|precisión|"
    "precisazione|chiarimento|esclarecimento|verduidelijking|förtydligande|presisering|wyjaśnienie|açıklama",
    EDITOR: "editor['’]?s['’]? note|editors['’] note|editorial note|note from the editors?|note to readers|"
    "publisher['’]?s note|anm(?:erkung|\\.) der red(?:aktion|\\.)|anmerkung der redaktion|hinweis der redaktion|"
    "anm\\. d\\. red\\.?|transparenzhinweis|note de la rédaction|ndlr|note de l['’]éditeur|nota del editor|"
    "nota de la redacción|nota de redacción|nota del director|nota della redazione|nota di redazione|ndr|n\\.d\\.r\\.|"
    "nota da redação|nota do editor|nota de redação|noot van de redactie|noot redactie|redaktionens anmärkning|"
    "red\\. anm\\.?|od redakcji|poznámka redakce|от редакции|примечание редакции|editörün notu|catatan redaksi",
    UPDATE: "updates?|updated|(?:this|the) (?:story|article|post|piece|report|page) (?:has been|was) updated|aktualisierung|"
    "aktualisiert|nachtrag|mise à jour|mis à jour|actualización|actualizado|aggiornamento|aggiornato|atualização|"
    "atualizado|uppdatering|uppdaterad|oppdatering|oppdatert|opdatering|opdateret|aktualizacja|aktualizace|обновление|"
    "обновлено|güncelleme|pembaruan",
}
_SIGNS = {
    CORRECTION: "تصحيح|تصويب|訂正|お詫び|修正|正誤|정정|바로잡습니다|更正|勘误",
    CLARIFICATION: "توضيح|تنويه|説明|解説訂正|해명|澄清",
    EDITOR: "ملاحظة المحرر|ملاحظة من المحرر|ملاحظة التحرير|編集部注|編集部より|編注|※編集部|편집자 주|편집자주|编者按|编者注",
    UPDATE: "تحديث|追記|更新情報|업데이트|更新：|更新:",
}
_STARTS = {
    kind: re.compile(rf"[^\w]{{0,4}}(?:{words})(?![^\W_])", re.I) for kind, words in _LABELS.items()
}
_NAMES_ITSELF = Caseless(rf"[^\w]{{0,4}}(?:{'|'.join(_LABELS.values())})(?![^\W_])")
_STARTS_SIGNS = {kind: re.compile(rf"[^\w]{{0,4}}(?:{words})") for kind, words in _SIGNS.items()}
# Sentences that say, without a label, that the text was different.
_SAYS: tuple[tuple[str, Caseless | re.Pattern[str]], ...] = (
    (
        CORRECTION,
        Caseless(
            r"\b(?:(?:an |the )?(?:earlier|previous|original|first|prior) (?:version|headline|edition) of (?:this|the) "
            r"(?:article|story|headline|post|report|piece|column|page|caption)?"
            r"|(?:this|the) (?:article|story|post|piece|report|headline|column|page|caption|text|copy)(?:['’]s \w+)? "
            r"(?:was|has been|have been|is) (?:since )?(?:amended|corrected|edited to correct|changed to correct|revised)"
            r"|this (?:obituary|review|interview|profile|feature|explainer|recipe|live ?blog|essay|letter|analysis|dispatch|transcript|gallery|guide"
            r"|fact[ -]check|list|timeline|graphic|chart|map|table|video|podcast|newsletter|blog|entry|item) (?:was|has been) (?:since )?"
            r"(?:amended|corrected|edited to correct)"
            r"|(?:this|the) (?:article|story|post|piece|report) (?:originally|initially|previously|incorrectly|mistakenly) "
            r"|we (?:regret|apologi[sz]e for) the error|in einer (?:früheren|ersten|vorherigen|älteren) (?:version|fassung)"
            r"|(?:dieser|der) (?:artikel|text|beitrag) wurde (?:nachträglich |am .{2,30} )?(?:korrigiert|geändert|berichtigt)"
            r"|(?:une |la )(?:première|précédente) version de (?:cet|l['’])\s?article|une version (?:antérieure|précédente) de "
            r"|cet article a été (?:corrigé|modifié)|(?:una|la) (?:primera |anterior )?versión (?:anterior|previa|inicial|original)? ?"
            r"de (?:este|esta|la)|est[ea] (?:artículo|noticia|texto) (?:ha sido|fue) (?:corregid|modificad|editad)[oa]"
            r"|(?:una|la) (?:precedente|prima) versione (?:di questo|dell)|(?:una|la) versione precedente (?:di questo|dell)"
            r"|quest[oa] (?:articolo|notizia) è stat[oa] (?:corrett|modificat)[oa]|(?:uma|a) versão anterior (?:deste|desta|do|da)"
            r"|est[ea] (?:texto|artigo|reportagem|matéria) foi (?:corrigid|alterad|modificad)[oa]"
            r"|in een eerdere versie van dit|i en tidigare version av|i en tidligere versjon|i en tidligere version af"
            r"|we wcześniejszej wersji|w poprzedniej wersji|в (?:более )?ранней версии|в предыдущей версии)",
        ),
    ),
    (
        CORRECTION,
        re.compile(
            r"نسخة سابقة من هذا|記事を訂正|訂正しました|修正しました|当初の記事|기사에서는? .{0,20}정정"
        ),
    ),
    (
        UPDATE,
        Caseless(
            r"^[^\w]{0,4}(?:this|the) (?:article|story|post|piece|report|page|live blog) (?:was|has been) (?:last )?"
            r"(?:updated|expanded|republished)\b|^[^\w]{0,4}(?:dieser|der) (?:artikel|text|beitrag) wurde .{0,40}aktualisiert"
            r"|^[^\w]{0,4}cet article a été (?:mis à jour|actualisé)|^[^\w]{0,4}est[ea] (?:artículo|noticia|texto) (?:ha sido|fue) "
            r"actualizad[oa]|^[^\w]{0,4}quest[oa] (?:articolo|notizia) è stat[oa] aggiornat[oa]"
            r"|^[^\w]{0,4}est[ea] (?:texto|artigo|reportagem|matéria) foi atualizad[oa]",
        ),
    ),
)
# What a desk says of its own earlier text without a label. In the middle of a story such words may
# be a columnist's, so they count only at the story's foot.
_SAYS_AT_FOOT = Caseless(
    r"[\s(*\[]{0,3}(?:(?:we|this (?:article|story|post|piece|report|column)|the (?:article|story|report|headline))"
    r"(?: (?:had|have))? (?:originally|initially|earlier|previously|wrongly|incorrectly|mistakenly|erroneously)"
    r" (?:said|put|gave|stated|named|described|reported|attributed|called|quoted|wrote|identified|misstated|spelled|published)"
    r"|(?:wir|in diesem (?:artikel|text)) (?:hatten|haben|hieß es|stand) (?:zunächst|zuerst|ursprünglich|irrtümlich|fälschlich(?:erweise)?)"
    r"|nous (?:avons|avions) (?:d.abord|initialement|par erreur|écrit par erreur)"
    r"|(?:inicialmente|en un principio|por error),? (?:publicamos|dijimos|informamos|escribimos|indicamos|atribuimos)"
    r"|(?:in un primo momento|inizialmente|per errore) (?:avevamo|abbiamo) "
    r"|(?:inicialmente|por engano|por erro),? (?:publicámos|publicamos|dissemos|informámos|informamos|escrevemos))",
)
_OF_THIS = Caseless(
    r"\b(?:this (?:article|story|post|piece|report|page|column|headline)|diese[rsmn]? (?:artikels?|text(?:es)?|beitrags?|meldung)"
    r"|(?:cet|l['’]) ?article|cette page|est[ea] (?:artículo|noticia|texto|artigo|matéria|reportagem)|quest[oa] (?:articolo|notizia)"
    r"|d(?:it|eze) (?:artikel|bericht))\b"
)
# A label alone on its line names the next one; longer lines speak for themselves.
_LABEL_LENGTH, _LEAST, _MOST = 40, 30, 3_000
_FOOT = 12  # lines after the story in which a note without a label may stand


@remembered
def kind_of(text: str) -> str | None:
    """The kind of notice that a line is by its own words, or None. A bare time is none."""
    if len(text) > _MOST or is_stamp(text):
        return None
    tables = (_STARTS if _NAMES_ITSELF.match(text) else {}, {} if text.isascii() else _STARTS_SIGNS)
    for table in tables:
        for kind, pattern in table.items():
            if (match := pattern.match(text)) and _is_note(text, match.end(), kind):
                return kind
    head = text[:400]
    return next((kind for kind, pattern in _SAYS if pattern.search(head)), None)


def speaks_of_this(text: str) -> bool:
    """Whether a notice says of the page it stands on that it was different."""
    return _OF_THIS.search(text)


def _is_note(text: str, end: int, kind: str) -> bool:
    """Whether a line that begins with a notice's word is one: a sign or a date must set the word off
    ("Correction: …", "Update, 3 March: …"), or it stands alone. "Updates on the vote" is none."""
    rest = text[end:].lstrip(" \u00a0)]*")
    if not rest:
        return True
    if counts.is_clock(text) or phrases.is_read_more(rest):
        return False
    if rest[0] in ":：.—–-|・】）、。,،؛(":
        return kind != UPDATE or len(rest) > _LEAST
    return bool(re.match(r"(?:on |at |am |vom |le |du |el |del |il |em |\d)", rest, re.I)) and (
        ":" in rest[:60] or "：" in rest[:60]
    )


def find_notices(lines: Sequence[Line], foot: int) -> tuple[list[Notice], set[int]]:
    """The notices among ``lines`` (those of the story and round it, in order) and the indices of
    the lines they were read from. ``foot`` is the index of the story's last line."""
    found: list[Notice] = []
    used: set[int] = set()
    seen: set[str] = set()
    for here, line in enumerate(lines):
        if line.index in used or line.linked * 2 > len(line.text):
            continue
        kind = kind_of(line.text)
        if kind is None and foot <= line.index <= foot + _FOOT and _SAYS_AT_FOOT.match(line.text):
            kind = CORRECTION
        if kind is None:
            continue
        text, taken = line.text, [line.index]
        if len(text) <= _LABEL_LENGTH and not re.search(r"[:：]\s*\S", text):
            if here + 1 >= len(lines) or not _follows(line, lines[here + 1]):
                continue
            text = f"{text.rstrip(' :：')}: {lines[here + 1].text}"
            taken.append(lines[here + 1].index)
        used.update(taken)
        if text not in seen:
            seen.add(text)
            found.append(Notice(kind, text))
    return found, used


def _follows(label: Line, line: Line) -> bool:
    """A sentence in the box of its label."""
    return (
        len(line.text) >= _LEAST
        and line.linked * 2 < len(line.text)
        and line.index == label.index + 1
    )
