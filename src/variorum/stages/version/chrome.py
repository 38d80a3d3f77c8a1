"""Lines that are the site speaking and not the story, in whatever template: known by their words.

A second net behind the extractor's, for what its structure rules let through on one capture and
not on the other. Only a *whole* line or sentence can be chrome, and only if it is one of the set
phrases of the web. "Register to vote by 12 March" or "Find out more about the scheme" may well be
the story's own words, so that no phrase is here that a story also uses.
"""

from __future__ import annotations

import re
from functools import lru_cache

from variorum.stages.version.dates import date_at_start
from variorum.stages.version.folding import Tokens
from variorum.text.audience import counts_audience
from variorum.text.moments import is_stamp

_LONGEST = 60  # tokens: prompts are short, and a claim hidden in a long line must not be dropped


def _options(phrases: str) -> str:
    """Phrases, one a line or parted by ``|``, as one pattern; a space is white space or none
    beside marks, as tokens are joined with spaces everywhere."""
    found = [p.strip() for p in phrases.replace("\n", "|").split("|") if p.strip()]
    return "|".join(sorted(found, key=len, reverse=True))


# The whole line is this and nothing more.
_LABELS = _options(
    r"""
    advert|adverts|advertisement|advertising|advertisement feature|advertorial|sponsored
    sponsored content|promoted|promoted content|paid content|paid post|ad|ad feedback
    anzeige|werbung|publicité|publicidad|publicidade|pubblicità|advertentie|annonce|annons
    reklama|реклама|إعلان|広告|광고|广告|廣告
    story continues below|story continues below advertisement|article continues below
    article continues after advertisement|continue reading the main story|scroll to continue
    continue reading|read more|read also|see also|more on this|more on this story|related
    most read|most popular|most viewed|most shared|most commented|trending|trending now
    you may also like|you might also like|you might also be interested in|recommended
    recommended for you|recommended stories|don ' t miss|top stories|latest news|up next
    related articles?|related stories|related story|related topics|related content|related news
    related links|related coverage|more stories|more coverage|more news|editors ' picks
    meistgelesen|lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|lire aussi
    à lire aussi|lire la suite|sur le même sujet|les plus lus|lea también|lee también
    te puede interesar|le puede interesar|ver también|lo más leído|leggi anche|leggi tutto
    i più letti|leia também|leia mais|mais lidas|veja também|lees ook|läs också|les også
    اقرأ أيضا|اقرأ المزيد|関 連 記 事|あ わ せ て 読 み た い|お す す め 記 事|관련 기사
    share|share this|share this article|share this story|share this page|share on facebook
    share on twitter|share via email|share on whatsapp|print|print this page|email|e - mail
    copy link|link copied|tweet|save|save for later|bookmark|teilen|drucken|merken|partager
    imprimer|compartir|condividi|compartilhar|compartilhe|シ ェ ア
    comments?|\d+ comments?|view comments|view all comments|show comments|hide comments
    post a comment|add a comment|leave a comment|write a comment|join the conversation
    kommentare|\d+ kommentare|commentaires|\d+ commentaires|comentarios|\d+ comentarios|commenti
    skip advertisement|skip ad|skip to content|skip to main content|back to top|close|menu
    loading|loading \.\.\.|sign up|sign in|log in|subscribe|subscribe now|newsletter
    open in app|open in the app|open in our app|open app|continue in app|continue in the app|read in app
    read in the app|get the app|in app öffnen|in der app öffnen|ouvrir dans l ' app|abrir en la app
    apri nell ' app|abrir no app
    listen to this article|play video|view gallery|enlarge image|image caption|media caption
    """
)
# The line starts so; what follows is a headline of another story or the name of a list.
_STARTS = _options(
    r"""
    read more :|read also :|also read :|read next :|see also :|related :|related story :
    related stories :|related article :|related articles :|recommended :|don ' t miss :

    must read :|read more >|lesen sie auch :|lesen sie mehr :|mehr zum thema :|lire aussi :
    à lire aussi :|à lire également :|lea también :|lee también :|te puede interesar :
    ver también :|leggi anche :|leia também :|leia mais :|veja também :|lees ook :|läs också :
    les også :|czytaj też :|czytaj także :|читайте также :|関 連 記 事 :|関 連 :
    a version of this article appear|a version of this story appear|order reprints
    you can now listen to|newyou can now listen to|we want to hear what you think about this
    have your say|what do you think ? let us know
    advertisement :|advert :|sponsored :|promoted :
    follow us on|follow us @|like us on facebook|follow @
    watch :|also watch :|watch also :|watch video :|in video :|read this story in
    this series is supported by|this series is sponsored by|this section is supported by
    this section is sponsored by|this page is supported by|this story is supported by
    this article is supported by|this article is sponsored by|this content is sponsored by
    this podcast is supported by|this newsletter is supported by
    articles in this series are|this article is part of a series|this story is part of a series
    """
)
# An invitation, told from both its ends.
_INVITATION = 30  # tokens
_OURS = re.compile(
    r"\b(?:our|us|your (?:inbox|e ?-? ?mail)|notre|nos|unser\w*|ihr postfach|nuestr[oa]s?"
    r"|nostr[aoei]|noss[oa]s?|onze?)\b",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"(?:(?:please )?(?:sign up|subscribe|register)|get|receive|want|enjoying?|like|join"
    r"|never miss"
    r"|stay (?:informed|up to date)|abonnieren sie|abonnez - vous|inscrivez - vous|recevez"
    r"|suscríbete"
    r"|suscríbase|recibe|iscriviti|inscreva - se|assine|receba) .{0,160}"
    r"\b(?:newsletters?|inbox|e - ?mail alerts?|breaking news alerts?|daily briefing"
    r"|whatsapp channel|telegram channel|youtube channel|boletín|infolettre)\b.{0,80}",
    re.IGNORECASE,
)
_AGO = (
    r"(?:(?:last )?(?:updated|published|posted|modified) ?:? )?(?:about |over )?"
    r"(?:just now|(?:an?|\d+) ?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?"
    r"|weeks?|mo|months?|y|yrs?|years?) ago)"
    r"|(?:il y a|vor|hace|há) \d+ \w+|\d+ \w+ fa"
)
_COUNTS = (
    r"[\d.,]+ ?[km]? (?:people |readers? )?(?:reading|watching|online)(?: (?:now|this))?"
    r"(?: ?[·|,-] ?(?:refreshed|updated|as of) .{0,20})?|"
    r"\d+ ?-? ?min(?:ute)?s? ?(?:read|de lecture|lesezeit|de lectura|di lettura|de leitura)"
    r"|(?:reading time|lesezeit|temps de lecture) ?:? ?\d+ ?min(?:ute)?[sn]?\.?"
    r"|[\d.,]+ ?[km]? (?:shares?|likes?|views?|reads?|retweets?|claps?|reactions?)"
    r"(?: (?:click|tap) to (?:share|tweet|e ?- ?mail|print).{0,80})?"
)
_CHROME = re.compile(
    rf"(?:{_LABELS})(?: ?[.:>|»-]? ?(?:{_LABELS}))*(?: ?[.:>|»])?$"
    rf"|(?:{_STARTS})|(?:{_AGO}|{_COUNTS})(?: ?\.)?$",
    re.IGNORECASE,
)
_AGES = re.compile(rf"\b(?:{_AGO})\b", re.IGNORECASE)
# A stamp: one of these words, then nothing but a date or time. A date on a line of its own is
# none: it may be when the story's event takes place.
_STAMP = re.compile(
    r"(?:(?:this (?:page|story|article) was )?(?:last |first )?(?:updated|refreshed|modified"
    r"|published|posted|edited)|as of|stand|aktualisiert|veröffentlicht"
    r"|(?:mis à jour|publié|modifié)"
    r"|(?:actualizado|publicado)|(?:aggiornato|pubblicato)|atualizado|更 新|公 開)"
    r"(?: (?:on|at|am|um|le|el|il|em|a las))?(?: ?:)? ?",
    re.IGNORECASE,
)


_AFTER_STAMP = re.compile(
    r"[+-]? ?(?:see|show|view) all updates ?\.?"
    r"|this article is more than \d+ (?:month|year)s? old ?\.?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:(?<=[.!?)\"] )published on ?\w{3,9} ?\.? \d{1,2} , \d{4} (?=credit))"
    r"|(?:^|(?<=[.!?)\"] )|(?<= ))[(\[]?(?:photo(?:graph|graphy)?s?|picture|image|foto|bild|credit"
    r"|crédits?|crédito|fotografía|immagine|imagem|写 真) ?(?:by|credit|de|von|di)? ?[:/©|]"
    r"|(?<= )[(\[]?(?:©|copyright) |(?<=[.!?] )credits?\w* ",
    re.IGNORECASE,
)


_REMEMBERED = 80  # tokens; longer lines are looked at anew, so that memory stays bounded


def without_ages(line: Tokens) -> str:
    """A line without how long ago something was: that grows by itself."""
    return _AGES.sub("", " ".join(line))


def is_chrome(line: Tokens) -> bool:
    """Whether a whole line, as tokens, is a set phrase of the site: prompt, label, clock,
    count, stamp."""
    if not line:
        return True
    if len(line) > _REMEMBERED:
        return _is_chrome(line)
    return _is_known_chrome(line)


def _is_chrome(line: Tokens) -> bool:
    if len(line) > _LONGEST or sum(map(len, line)) > _LONGEST * 15:
        return False
    text = " ".join(line)
    if _CHROME.match(text) or (len(line) <= _INVITATION and _is_invitation(text)):
        return True
    if counts_audience(text) or is_stamp(text) or _is_stamps(text):
        return True
    # Counts in scripts that set no spaces.
    return not text.isascii() and counts_audience("".join(line))


# A line is asked about for each of its article's captures.
_is_known_chrome = lru_cache(maxsize=8_192)(_is_chrome)


def _is_invitation(text: str) -> bool:
    """Whether the site speaks to its reader of its own newsletter or channel. A story about
    somebody's newsletter neither says "our" nor "your inbox", or says so in quotation marks."""
    return '"' not in text and bool(_INVITES.fullmatch(text)) and bool(_OURS.search(text))


def _is_stamps(text: str) -> bool:
    """Whether a line is nothing but stamps ("Published 9 February, last updated 12 February")."""
    found = False
    while text:
        stamp = _STAMP.match(text)
        if stamp is None:
            return found and _AFTER_STAMP.fullmatch(text) is not None
        length = date_at_start(text[stamp.end() :])
        if not length:
            return False
        found = True
        text = text[stamp.end() + length :].lstrip(" ,|·-")
    return found


_CREDIT_WORDS = frozenset(["credit", "credits", "crédit", "crédits", "crédito", "©", "copyright"])
_CREDIT_LABELS = frozenset(["photo", "photos", "photograph", "picture", "image", "foto", "bild"])


def without_credit_words(caption: Tokens) -> Tokens:
    """A caption without the words that only say that a credit follows ("Photo:", "Credit"): some
    templates set them and others do not."""
    kept = []
    for word, after in zip(caption, (*caption[1:], ""), strict=True):
        label = word.casefold() in _CREDIT_LABELS and after in (":", "/", "by")
        if not label and word.casefold() not in _CREDIT_WORDS and word not in (":", "/"):
            kept.append(word)
    return tuple(kept)


def without_credit(caption: Tokens) -> Tokens:
    """A caption without the photographer's and agency's credit at its end: the credit is the
    picture desk's, set otherwise by every template ("for the Guardian", "/The Guardian")."""
    text = " ".join(caption)
    found = _CREDIT.search(text)
    return caption if found is None else tuple(text[: found.start()].split())
