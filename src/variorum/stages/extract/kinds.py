"""What a page turned out to be: the article, or what stands in its place, with the reason.

A story with a banner that asks for money is an article; only a stub in place of the story is a
paywall. Every test below needs a short body besides its words, because stories are written about
cookies, errors and subscriptions too.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model import PageKind
from variorum.stages.extract import phrases
from variorum.stages.extract.body import size
from variorum.stages.extract.cards import stands_on_card
from variorum.stages.extract.endings import SENTENCE_END
from variorum.stages.extract.jsonld import Node
from variorum.stages.extract.tree import Line
from variorum.text.remember import remembered

# A number alone says nothing ("404 new homes"): it stands first and set off, or beside such a word.
_STATUS = (
    r"(?:^\W*{0}\s*(?:[-–—|:·]|$)|\b{0}\b(?=.{{0,20}}\b(?:error|page|not found|gone|forbidden|unavailable|gateway|timeout"
    r"|too many|fehler|seite|erreur|página|pagina|errore|erro)\b)|\b(?:error|http|status|code|fehler|erreur)\W{{1,3}}{0}\b)"
)
_GONE = re.compile(
    _STATUS.format("(?:404|410)")
    + r"|\b(?:page|article|story|content|url) (?:(?:you (?:are looking for|requested) )?(?:was |is |could |can)?\s?"
    r"(?:not (?:be )?found|no longer (?:available|exists?)|does(?:n.t| not) exist|unavailable|missing|removed|deleted))"
    r"|(?:page|article|story|address|link|content|url|what you (?:want|are looking for))\b.{0,30}\b(?:can(?: ?not|.?t)|could(?: not|n.?t)) be (?:found|located)"
    r"|(?:can(?: ?not|.t)|could(?: not|n.t)|unable to|failed to|did(?: not|n.t)) (?:find|locate) (?:that|this|the|your|any|an?) (?:\w+ ){0,2}(?:page|article|story|address|link|content|url)"
    r"|^\W*(?:(?:oops|ooops|uh[- ]?oh|whoops|hmm+)\W+)?(?:there.s )?nothing (?:to see )?here\W*$|address (?:may|might) have been (?:mis-?typed|typed wrongly)|(?:moved|renamed),? (?:removed|deleted) or (?:never existed|renamed)"
    r"|not found|(?:page|this) (?:has been|was) (?:removed|deleted|moved)|we can.t find|couldn.t find|nothing (?:was )?found here"
    r"|seite (?:wurde )?nicht gefunden|nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)|existiert nicht"
    r"|page (?:introuvable|non trouvée)|n.existe (?:pas|plus)|n.est plus disponible|página no (?:encontrada|existe|disponible)"
    r"|no (?:se ha )?encontrad[oa]|ya no (?:está disponible|existe)|pagina non (?:trovata|disponibile)|non (?:è stata )?trovat[oa]"
    r"|página não (?:encontrada|existe)|não (?:foi )?encontrad[oa]|niet gevonden|finns inte|hittades inte|finnes ikke|ikke fundet"
    r"|nie (?:została )?znalezion[oa]|nie istnieje|nenalezena|не найдена?|не существует|bulunamadı"
    r"|الصفحة غير موجودة|لم يتم العثور|غير موجود|ページが見つかりません|見つかりません|お探しのページ|存在しません|페이지를 찾을 수 없|页面不存在|找不到",
    re.I | re.M,
)
_ERROR = re.compile(
    _STATUS.format("(?:50[0-4]|403|429)") + r"|internal server error|bad gateway"
    r"|service (?:temporarily )?unavailable|gateway time-?out|access (?:to this page has been )?denied|attention required"
    r"|just a moment|checking your browser|are you (?:a )?(?:human|robot)|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|security check|captcha|unusual traffic|request (?:was )?blocked|you have been blocked|pardon our interruption|forbidden"
    r"|too many requests|maintenance|something (?:has )?(?:went|gone) wrong|error occurred|technical (?:error|difficulties)|enable javascript"
    r"|please enable (?:javascript|js|cookies)|zugriff (?:verweigert|abgelehnt)|wartungsarbeiten|technischer fehler"
    r"|accès (?:refusé|interdit)|erreur (?:interne|technique)|acceso denegado|error (?:interno|técnico)|accesso negato"
    r"|acesso negado|erro interno|toegang geweigerd|доступ запрещ|تم رفض الوصول|アクセスが拒否|エラーが発生|メンテナンス中"
    r"|password (?:required|protected|to (?:view|continue|see))|(?:page|site) is (?:private|password.protected)|temporarily (?:unavailable|down|out of service)"
    r"|(?:high|heavy|unusually high) (?:volume|traffic|demand)|(?:zu viele|viele gleichzeitige) (?:anfragen|zugriffe)"
    r"|(?:vorübergehend|zurzeit|derzeit) nicht (?:verfügbar|erreichbar)|passwort (?:erforderlich|eingeben)|momentanément indisponible|trop de (?:requêtes|demandes)"
    r"|mot de passe requis|temporalmente (?:no disponible|fuera de servicio)|demasiadas (?:solicitudes|peticiones)|temporaneamente non disponibile"
    r"|troppe richieste|temporariamente indisponível|muitas (?:solicitações|requisições)|アクセスが(?:集中|混み合|殺到)|表示(?:できません|しにくくなって)"
    r"|しばらく(?:して|経って|時間をおいて)から(?:もう一度|再度|お試し)|一時的に(?:利用|アクセス|表示)できません|パスワードを入力|الخدمة غير متاحة|حدث خطأ|حاول مرة أخرى|المحاولة لاحقا"
    r"|fora do ar|em manutenção|in manutenzione|en maintenance|en mantenimiento|torniamo subito|voltamos em|gleich (?:wieder )?zurück"
    r"|^\W*(?:error|fehler|erreur|errore?|erro)\s*(?:$|[|–—-]\s)|unexpected error|we(?:.re| are)? (?:currently )?(?:having|have) (?:trouble|problems?|difficult(?:y|ies)) (?:showing|loading|displaying|opening|serving|reaching)"
    r"|try (?:again|back) (?:later|shortly|soon|in a (?:few|moment|minute|while))|(?:engineers?|technicians?|(?:technical|support|web) team|webmaster) (?:has|have) been (?:told|notified|informed|alerted)"
    r"|etwas ist schief ?gelaufen|fehler (?:ist )?aufgetreten|versuchen sie es (?:bitte )?(?:später|in (?:kürze|wenigen))|erreur (?:est survenue|s.est produite)|réessaye[rz] (?:plus tard|ultérieurement|dans quelques)"
    r"|algo (?:ha )?(?:salió|salido|ido|fue) mal|(?:producido|ocurrido) un error|(?:inténte(?:lo|nlo)|vuelva a intentarlo) (?:de nuevo )?más tarde|qualcosa è andato storto|verificato un errore|riprova(?:re|te)? (?:più tardi|tra)"
    r"|algo (?:deu|correu) (?:errado|mal)|ocorreu um erro|tente novamente (?:mais tarde|dentro)|iets (?:is )?(?:mis|fout) ?gegaan|probeer het (?:later|straks)|noget gik galt|något gick fel|noe gikk galt|問題が発生|时出错"
    r"|请稍后再试|访问过于频繁|請稍後再試|잠시 후 다시",
    re.I | re.M,
)
# Not for readers where this one reads: neither gone nor at fault.
_REGION = re.compile(
    r"(?:un|not (?:currently )?)available (?:in|from|to (?:users|readers|visitors|people) in) (?:your|the eu\b|the european|most european)|from a country .{0,90}\b(?:cannot|can.t|not able|unable)|access cannot be granted|(?:due to|for) legal reasons\W+(?:this|our|the) (?:site|website|page|content)"
    r"|in (?:ihrer region|ihrem land|deinem land|deiner region) (?:leider )?nicht (?:verfügbar|abrufbar)|(?:pas|non|in)disponible dans votre (?:pays|région)|no (?:está )?disponible en (?:su|tu) (?:país|región)|non (?:è )?disponibile (?:nel|nella) (?:tu[oa]|su[oa]) (?:paese|regione)|não (?:está )?disponível (?:no|na|em) (?:seu|sua|teu|tua) (?:país|região)",
    re.I,
)
_CONSENT_TITLE = re.compile(
    r"\b(?:before you continue|we value your privacy|your privacy|privacy (?:settings|preferences|center|centre)|cookie"
    r"|consent|your choices|datenschutz|privatsphäre|zustimmung|einwilligung|mit werbung|vie privée|confidentialité"
    r"|gestion des cookies|accept or reject|cookies akzeptieren|privacidad|tu privacidad|privacidade|informativa|la tua privacy|privacy ?gate|toestemming)\b"
    r"|خصوصية|プライバシー|同意",
    re.I,
)
# How a consent page that fills a whole screen is headed, and what its two buttons say.
_ASKS_FIRST = re.compile(
    r"\W*(?:your (?:privacy|data|choices?|consent|cookies)|we (?:value|respect|care about) your|before you (?:continue|read)|(?:cookie|privacy) (?:settings|preferences|choices)|manage your (?:privacy|cookies|consent)"
    r"|(?:ihre|deine) (?:privatsphäre|daten|einwilligung|zustimmung)|wir (?:schätzen|respektieren) ihre|(?:votre|vos) (?:vie privée|données|choix|consentement)|(?:le respect de|nous respectons) votre vie privée"
    r"|(?:tu|su) (?:privacidad|consentimiento)|valoramos (?:tu|su)|(?:la )?(?:tua|vostra) privacy|rispettiamo la|(?:a )?sua privacidade|valorizamos a sua)\b",
    re.I,
)
_ACCEPT = re.compile(
    r"\W*(?:i )?(?:agree|accept|consent|allow)(?: (?:all|and (?:continue|close|read)))?(?: cookies)?|(?:alle[ns]? |ich )?(?:akzeptieren|zustimmen|stimme zu|einverstanden|annehmen)(?: und weiter)?"
    r"|(?:tout |j.)?accepte[rz]?(?: (?:tout|et (?:continuer|fermer)))?|aceptar(?: (?:todo|y (?:continuar|cerrar)))?|accett[ao](?: (?:tutto|e (?:continua|chiudi)))?|(?:aceitar|aceito)(?: (?:tudo|todos|e (?:continuar|fechar)))?\W*",
    re.I,
)
_REFUSE = re.compile(
    r"\W*(?:i )?(?:(?:do not|don.t) (?:agree|accept|consent)|disagree|reject|decline|refuse|deny)(?: all)?|(?:manage|show|set|see|change) (?:my |your )?(?:purposes|preferences|options|settings|choices|partners)|(?:more )?(?:options|settings)"
    r"|(?:alle )?ablehnen|(?:mehr )?(?:einstellungen|optionen)|zwecke anzeigen|(?:tout )?refuser|continuer sans accepter|paramétrer|personnaliser(?: mes choix)?|rechazar(?: todo)?|configurar|gestionar|(?:más )?opciones"
    r"|rifiut[ao](?: tutto)?|personalizza|gestisci|(?:più )?opzioni|rejeitar(?: tudo)?|recusar|gerir|(?:mais )?opções\W*",
    re.I,
)
# A body this short (Latin letters' worth) may be a stub. Calibrated on 356 stories with a gold
# body: 2% are shorter than 500, and 90% of stubs in the paired captures are.
_SHORT, _STUB = 500, 1_500
# What a meter that has run out lets one see is longer: a few opening paragraphs.
_OPENING = 3_000
# Lines that may stand between the last of these and the meter's words (a rule, a heading).
_BETWEEN = 3
_HEADINGS = 3  # main headings that are looked at
# A front page or a section's: so many cards, so much of what was read, a name of so many words.
_CARDS, _MOST_CARDS, _NAME = 5, 0.8, 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the decision looks at. ``body`` are the kept paragraphs, ``lines`` all visible ones,
    ``around`` those from the headline to shortly after the body."""

    title: str
    head: str
    body: Sequence[str]
    lines: Sequence[Line]
    around: Sequence[Line]
    node: Node | None
    og_type: str
    cut_off: str
    path: str


def kind_of_page(seen: Evidence) -> tuple[PageKind, str]:
    """The kind of page and why, in one plain phrase ("" for an article)."""
    length = sum(size(p) for p in seen.body)
    visible = sum(len(x.text) for x in seen.lines)
    if not seen.lines or visible < 20:
        return PageKind.EMPTY, "hardly any visible text" if seen.lines else "no visible text"
    main = [x.text for x in seen.lines if x.tag == "h1"][:_HEADINGS]
    words = "\n".join((seen.title, seen.head, *main))
    for test in (_scrambled, _error, _consent, _metered, _gate, _cut_off, _listing):
        found = test(seen, length, words)
        if found:
            return found
    if not seen.body:
        return PageKind.EMPTY, "no story text found"
    return PageKind.ARTICLE, ""


Found = tuple[PageKind, str] | None


# The commonest short words of eight languages in Latin letters.
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "on",
        "was",
        "said",
        "with",
        "der",
        "die",
        "das",
        "und",
        "ist",
        "von",
        "mit",
        "den",
        "dem",
        "le",
        "la",
        "les",
        "des",
        "et",
        "est",
        "que",
        "pour",
        "dans",
        "el",
        "los",
        "de",
        "y",
        "en",
        "por",
        "con",
        "il",
        "di",
        "che",
        "per",
        "un",
        "una",
        "o",
        "os",
        "do",
        "da",
        "e",
        "het",
        "een",
        "van",
        "och",
        "att",
        "det",
        "som",
    ]
)
_COMMON_WORDS = frozenset(w for w in _COMMON if len(w) > 1)
_WORD = re.compile(r"[^\W\d_]{2,}")  # words of one letter stand in every text
_LETTERS = "".join(c if c.isalpha() else " " for c in map(chr, range(128)))
_ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NEXT = "bcdefghijklmnopqrstuvwxyzaBCDEFGHIJKLMNOPQRSTUVWXYZA"
_BACK = str.maketrans(_NEXT, _ALPHABET)
_SHIFTED = frozenset(w.translate(str.maketrans(_ALPHABET, _NEXT)) for w in _COMMON)
_TOGETHER = 3  # paragraphs, and longer words in them, that are shifted
_ODD = re.compile("[\u0130\u212a]")  # whose small letters are of the alphabet


def _scrambled(seen: Evidence, _length: int, _words: str) -> Found:
    """Paywalls that shift the letters by one: the text reads only when they are shifted back."""
    hidden = [p for p in seen.body if len(p) > 40 and _shifted_back(p)]
    surely = sum(map(_reads_shifted, hidden))
    if surely > 1 or (surely and len(seen.body) < 4) or _read_shifted_together(hidden):
        return PageKind.PAYWALL, "the letters of the text are shifted: an obfuscated paywall"
    return None


def _read_shifted_together(texts: Sequence[str]) -> bool:
    """Whether paragraphs with hardly a common word have many, all in all, shifted back."""
    if len(texts) < _TOGETHER:
        return False
    back = [w for text in texts for w in _shifted_back(text)]
    words = sum(len(_WORD.findall(text)) for text in texts)
    long = {w for w in back if len(w) > 2}
    return len(long) >= _TOGETHER and len(set(back)) > _TOGETHER and len(back) > 0.08 * words


def _reads_shifted(text: str) -> bool:
    """Whether the commonest words, shifted back, are as many in a text as in any that reads."""
    back = _shifted_back(text)
    return len(set(back)) > 2 and len(back) > 0.15 * len(_WORD.findall(text))


@remembered
def _shifted_back(text: str) -> tuple[str, ...]:
    """The words of a text that are of the commonest when every letter is shifted back; none if it has
    such words as it stands, but for a few of those."""

    small = text.lower()
    if text.isascii() and _are_common(small.translate(_LETTERS).split()):
        return ()
    words = _WORD.findall(small)
    if _are_common(words):  # as nearly always: there are no more words of the other kind
        return ()
    common = 4 * sum(map(_COMMON.__contains__, words))
    back = list(filter(_SHIFTED.__contains__, words))
    if not text.isascii() and _ODD.search(text):  # their small letters are shifted otherwise
        back = [w for w in _WORD.findall(text.translate(_BACK).lower()) if w in _COMMON]
    return tuple(back) if common < len(back) else ()


def _are_common(words: Sequence[str]) -> bool:
    """Whether a quarter of some words are of the commonest; those of one letter count against it."""
    return 4 * sum(map(_COMMON_WORDS.__contains__, words)) >= len(words)


def _error(seen: Evidence, length: int, words: str) -> Found:
    if length > _STUB:
        return None
    said = " ".join(x.text for x in seen.lines[:40])[:600] if length < _SHORT else ""
    for kind, pattern in _REFUSALS:
        match = pattern.search(words)
        brief = match is None and sum(len(x.text) for x in seen.lines) < 900
        if brief and not _quotes_somebody(seen.body):
            match = pattern.search(said)
        if match and not _reads_as_story(seen, length):
            return kind, f"says “{match.group().strip()}”"
    return None


_REFUSALS = (
    (PageKind.ERROR, _REGION),
    (PageKind.SOFT_404, _GONE),
    (PageKind.ERROR, _ERROR),
)


def _quotes_somebody(body: Sequence[str]) -> bool:
    """Whether a text of several sentences quotes somebody, as no server does that says what it has not
    got ("They have not found a successor")."""
    told = sum(1 for p in body if len(p) > _TOLD and SENTENCE_END.search(p))
    return told >= _SENTENCES and any(_QUOTED.search(p) for p in body)


_TOLD, _SENTENCES = 30, 4  # characters of a sentence, and how many there are
_QUOTED = re.compile('[„“”«»「]|(?:^|\\s)"[^"]{15,}"')


def _reads_as_story(seen: Evidence, length: int) -> bool:
    """A short report about an error, dated and typed as news or told in several paragraphs, is still
    a report."""
    if length >= _SHORT and sum(1 for p in seen.body if len(p) > 60) >= 4:
        return True
    dated = seen.node is not None and bool(seen.node.text("datePublished"))
    return length > 250 and dated


def _consent(seen: Evidence, length: int, words: str) -> Found:
    if length > _STUB:
        return None
    spoken = [x for x in seen.lines if len(x.text) > 20]
    about = [x for x in spoken if phrases.is_consent(x.text)]
    weight = sum(len(x.text) for x in about)
    total = sum(len(x.text) for x in spoken) or 1
    if weight * 2 > total and len(seen.lines) < 120 and length < _SHORT:
        return PageKind.CONSENT, "most of the text asks for consent"
    if _CONSENT_TITLE.search(words) and weight * 5 > total and length < _SHORT:
        return PageKind.CONSENT, "titled and worded as a consent page"
    if _asks_first(seen):
        return PageKind.CONSENT, "headed as a request for consent, with the buttons to answer it"
    return None


def _asks_first(seen: Evidence) -> bool:
    """Whether a page is headed as a request for consent and brings the buttons for either answer, but
    no date of publication."""
    headed = any(_ASKS_FIRST.match(x) for x in (seen.head, seen.title))
    if not headed and not _asks_in_headings(seen):
        return False
    if seen.node is not None and seen.node.text("datePublished"):
        return False
    brief = [x.text for x in seen.lines if len(x.text) < _BUTTON]
    return any(map(_ACCEPT.fullmatch, brief)) and any(map(_REFUSE.fullmatch, brief))


def _asks_in_headings(seen: Evidence) -> bool:
    """Whether all that is set as a page's main heading asks for consent; beside a story that a request
    lies over, the story's stands."""
    main = [x.text for x in seen.lines if x.tag == "h1"]
    return bool(main) and all(map(_ASKS_FIRST.match, main))


_BUTTON = 40  # characters of a button's words


def _metered(seen: Evidence, _length: int, _words: str) -> Found:
    """The opening of a story, then a meter that has run out, then no more of the story."""
    meter = next((x for x in seen.around if phrases.is_meter(x.text)), None)
    if meter is None:
        return None
    own = frozenset(seen.body)
    told = [x for x in seen.around if x.text in own]
    before = [x for x in told if x.index < meter.index]
    if not before or meter.index - before[-1].index > _BETWEEN + 1:
        return None
    opening = sum(size(x.text) for x in before)
    after = sum(size(x.text) for x in told if x.index > meter.index)
    if opening <= _OPENING and after * 2 <= opening:
        return PageKind.PAYWALL, f"a stub, then: “{meter.text[:80]}”"
    return None


def _gate(seen: Evidence, length: int, _words: str) -> Found:
    if length > _STUB:
        return None
    gate = next((x.text for x in seen.around if phrases.is_gate(x.text)), None)
    closed = _closed(seen.node)
    whole = promised(seen.node)
    if is_stub(length, whole):
        kind = PageKind.PAYWALL if gate or closed else PageKind.TEASER
        return kind, f"about {length} of {whole} characters of the story are on the page"
    if closed and (gate or length < _SHORT):
        return PageKind.PAYWALL, "marked as not free, and only the beginning is here"
    if gate and length < _SHORT + 300 and _cut_short(seen.body):
        return PageKind.PAYWALL, f"a stub, then: “{gate[:80]}”"
    return None


def _closed(node: Node | None) -> bool:
    value = node.data.get("isAccessibleForFree") if node else None
    return str(value).strip().lower() in ("false", "0", "no")


def is_stub(length: int, whole: int) -> bool:
    """Whether a text is plainly shorter than what the page says that the story has."""
    return whole > 2.5 * length and whole - length > 1_000


def promised(node: Node | None) -> int:
    """The length of the whole story by its JSON-LD, 0 if it does not say."""
    if node is None:
        return 0
    count = node.text("wordCount") or ""
    body = node.text("articleBody") or ""
    return max(int(count) * 6 if count.isdecimal() and len(count) < 6 else 0, len(body))


def _cut_short(body: Sequence[str]) -> bool:
    """Ends in dots or without an end, or is hardly there at all."""
    if len(body) < 3:
        return True
    last = body[-1].rstrip()
    return last.endswith(("…", "...")) or last[-1:] not in '.!?。！？؟"”»’)'


def _cut_off(seen: Evidence, _length: int, _words: str) -> Found:
    return (PageKind.TRUNCATED, seen.cut_off) if seen.cut_off else None


def _listing(seen: Evidence, length: int, _words: str) -> Found:
    linked = sum(x.linked for x in seen.lines)
    total = sum(len(x.text) for x in seen.lines) or 1
    typed = seen.node is not None and seen.node.kind not in ("webpage", "creativework", "itempage")
    if typed or seen.og_type == "article":
        return None
    if _is_front(seen):
        return PageKind.LISTING, "a list of stories with a few words about each"
    if length >= 120:
        return None
    front = seen.path in ("", "/") or bool(
        re.fullmatch(r"/(?:index\.\w+|home|[a-z]{2})/?", seen.path)
    )
    if length < _SHORT and linked * 2 > total and len(seen.lines) > 60:
        return PageKind.LISTING, "mostly links to other pages"
    if front and linked * 2 > total:
        return PageKind.LISTING, "a front page"
    return None


def _is_front(seen: Evidence) -> bool:
    """Whether nearly all that could be read are a few words each on cards of other stories, under a
    section's name or none."""
    headings = [x.text for x in seen.lines if x.tag == "h1"]
    if len(seen.body) < _CARDS or any(len(h.split()) > _NAME for h in headings):
        return False
    told = frozenset(seen.body)
    held = [x for x in seen.lines if x.text in told]
    on_cards = [size(x.text) for x in held if stands_on_card(x, seen.lines)]
    share = sum(on_cards) / (sum(size(x.text) for x in held) or 1)
    return len(on_cards) >= _CARDS and share >= _MOST_CARDS
