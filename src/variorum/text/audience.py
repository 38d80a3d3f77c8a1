"""Lines in which a page counts its own readers, in the languages of the press.

"15,220 people have viewed this story", "Read by 4,512 readers", "この記事は1,204人が読みました": such a line
speaks of the page it stands on, and of nothing that the story tells.
"""

from __future__ import annotations

import re

from variorum.text.remember import remembered

_LONGEST = 120  # characters
_N = (
    r"(?:(?:over|more than|almost|nearly|about|some|mehr als|über|plus de|près de|más de|casi|oltre|più di"
    r"|mais de|cerca de) )?\d[\d., \u00a0\u202f]{0,14} ?(?:[km]|mil|mila|mille|tsd\.?)?\+?"
)
_FIGURE = re.compile(r"\d")
# "Some 4,000 people are watching.", "The video was shared 40,000 times." may be said of anything; a
# page does not end it as a sentence, or says "this".
_OF_ANYTHING = re.compile(f"(?:{_N} \\w+ (?:are |is )?\\w+|the [^.]*)\\.", re.IGNORECASE)
_OPENS, _ENDS = r"[^\w\d]{0,4}", r"[^\w\d]{0,4}"
_EN_WHO = "(?:people|persons?|readers?|users?|visitors?|viewers?|subscribers?|members?|others)"
_EN_DONE = (
    "(?:viewed|read|seen|shared|liked|followed|watched|saved|bookmarked|recommended|visited|opened"
    "|loved|looked at|clicked on|commented on|reacted to|engaged with)"
)
_EN_DOING = (
    "(?:viewing|reading|sharing|following|watching|visiting|commenting on|discussing|looking at|like"
    "|love|follow|recommend)"
)
_EN_THIS = (
    "(?:(?:this|the) (?:(?:live|news) )?(?:story|article|page|post|report|piece|item|video|gallery"
    "|blog|liveblog|coverage|thread|update|feed|topic|podcast|interview|column|review|stream)|this)"
)
_EN_NOW = "(?: (?:right now|now|so far|today|live|online|at the moment|this (?:hour|week|morning)|since [a-z]+))"
_EN = [
    f"{_N} {_EN_WHO} (?:have |has |had )?(?:already |now |recently |so far )?{_EN_DONE} {_EN_THIS}"
    f"{_EN_NOW}?",
    f"(?:you and )?{_N} {_EN_WHO} (?:are |is )?(?:currently |now |also )?{_EN_DOING}(?: {_EN_THIS})?{_EN_NOW}?",
    f"{_N} (?:are |is )?(?:currently |now )?(?:watching|reading|viewing|following){_EN_NOW}?",
    f"{_N} (?:{_EN_WHO} (?:are |is )?(?:currently |now )?online{_EN_NOW}?|online{_EN_NOW})",
    rf"(?:{_EN_WHO} (?:now |currently )?(?:online|watching|reading|viewing|following)(?: now| right now)?"
    rf"|(?:now|currently) (?:online|watching|reading|viewing|following)"
    rf"|(?:online|watching|reading|viewing|following) (?:right )?now)\W{{1,3}}{_N}(?: {_EN_WHO})?",
    f"{_N} {_EN_WHO} (?:are |is )?(?:currently |now )?(?:on|in) {_EN_THIS}{_EN_NOW}?",
    f"(?:{_EN_THIS} (?:has been |was |is being )?)?(?:already )?{_EN_DONE} (?:by )?{_N}"
    f" (?:{_EN_WHO}|times){_EN_NOW}?",
    f"(?:{_EN_THIS} (?:has been |was )?)?(?:already )?(?:e-?mailed|sent|forwarded)"
    f"(?: to (?:a friend|friends|others))? {_N} times{_EN_NOW}?",
    f"{_EN_THIS} has {_N} (?:views|readers|shares|likes|comments|reads|followers){_EN_NOW}?",
]
_DE_WHO = r"(?:leser|nutzer|personen|menschen|besucher|zuschauer|user)(?:innen|:innen|\*innen)?"
_DE = [
    rf"{_N} {_DE_WHO}"
    r" (?:haben|lesen|sehen|verfolgen|schauen|teilen|teilten|lasen|folgen)"
    r"(?: (?:bereits|schon|gerade|derzeit|aktuell|jetzt|heute))?"
    r"(?: (?:diese[nsrm]?|den|die|das) (?:live-?)?(?:artikel|beitrag|seite|text|meldung|video|ticker"
    r"|liveblog|bericht|geschichte))?"
    r"(?: (?:bereits|schon|gerade|derzeit|aktuell|jetzt|heute))?"
    r"(?: (?:gelesen|angesehen|gesehen|geteilt|aufgerufen|kommentiert|empfohlen|mit))?",
    rf"{_N} {_DE_WHO} (?:sind |sehen |schauen )?(?:gerade |derzeit |jetzt |aktuell )?(?:online|zu|dabei|live dabei)",
    rf"(?:(?:gerade|jetzt|derzeit|aktuell)|{_DE_WHO}) (?:online|dabei)\W{{1,3}}{_N}(?: {_DE_WHO})?",
    r"(?:diese[rs]? (?:artikel|beitrag|seite|text|meldung|video|bericht|geschichte) (?:wurde|wird|ist) )?"
    rf"(?:bereits |schon |bisher )?{_N}(?:[- ]?mal)? (?:gelesen|angesehen|aufgerufen|geteilt|kommentiert|verschickt)",
]
_FR_WHO = "personnes?|lecteurs?|lectrices|internautes|abonnés|visiteurs?|utilisateurs?|spectateurs?"
_FR = [
    rf"{_N} (?:{_FR_WHO})"
    r" (?:ont|lisent|suivent|regardent|consultent|partagent)(?: (?:déjà|actuellement))?"
    r"(?: (?:lu|vu|partagé|consulté|suivi|aimé|commenté|regardé|réagi à|participé à))?"
    r" (?:en direct|(?:cet?|cette|le|la) (?:article|page|direct|vidéo|sujet|live|reportage))"
    r"(?: (?:en ce moment|actuellement|maintenant))?",
    rf"{_N} (?:{_FR_WHO}) (?:sont )?(?:connectée?s?|en ligne)(?: (?:en ce moment|actuellement))?",
    rf"(?:{_FR_WHO}) (?:connectés|en ligne)\W{{1,3}}{_N}",
    r"(?:(?:cet |cette |ce )?(?:article|page|vidéo|sujet|reportage) )?(?:a (?:déjà )?été )?"
    rf"(?:lu|lue|vu|vue|partagé|partagée|consulté|consultée) (?:par )?{_N}"
    r" (?:fois|personnes?|lecteurs?|internautes)",
]
_ES_WHO = "personas?|lectores|usuarios|visitantes|internautas|suscriptores|espectadores"
_ES = [
    rf"{_N} (?:{_ES_WHO}) (?:están )?(?:conectad[oa]s|en línea|viendo|leyendo)(?: ahora)?",
    rf"(?:{_ES_WHO}) (?:conectados|en línea)\W{{1,3}}{_N}",
    rf"{_N} (?:{_ES_WHO})"
    r" (?:ya )?(?:han|leen|siguen|ven|están|comparten|leyeron|vieron|compartieron)(?: ya)?"
    r"(?: (?:leído|visto|compartido|seguido|leyendo|viendo|siguiendo|comentado))?"
    r" (?:en directo|en vivo|(?:este|esta) (?:artículo|noticia|página|historia|directo|cobertura|nota|vídeo"
    r"|video|reportaje))"
    r"(?: (?:ahora|en este momento))?",
    r"(?:est[ae] (?:artículo|noticia|página|historia|nota|vídeo|video|reportaje) (?:ya )?(?:ha sido|se ha|fue) )?"
    rf"(?:leído|leída|visto|vista|compartido|compartida) (?:por )?{_N}"
    r" (?:veces|personas|lectores|usuarios)",
]
_IT_WHO = "persone|lettori|utenti|visitatori|abbonati|spettatori"
_IT = [
    rf"{_N} (?:{_IT_WHO}) (?:sono )?(?:collegat[ie]|conness[ie]|online)(?: ora| adesso)?",
    rf"(?:{_IT_WHO}) (?:collegati|connessi|online)\W{{1,3}}{_N}",
    rf"{_N} (?:{_IT_WHO})"
    r" (?:hanno|stanno|leggono|seguono|guardano|condividono)(?: già)?"
    r"(?: (?:letto|visto|condiviso|seguito|leggendo|guardando|seguendo|commentato))?"
    r" (?:in diretta|(?:quest[oa]|quest['’])\s?(?:articolo|notizia|pagina|diretta|storia|video"
    r"|servizio))"
    r"(?: (?:ora|adesso|in questo momento))?",
    r"(?:quest[oa]?['’ ] ?(?:articolo|notizia|pagina|storia|video|servizio) è (?:già )?stat[oa] )?"
    rf"(?:letto|letta|visto|vista|condiviso|condivisa) (?:da )?{_N}"
    r" (?:volte|persone|lettori|utenti)",
]
_PT_WHO = "pessoas?|leitores|usuários|utilizadores|visitantes|internautas|assinantes|espectadores"
_PT = [
    rf"{_N} (?:{_PT_WHO}) (?:estão )?(?:conectad[oa]s|ligad[oa]s|online)(?: agora)?",
    rf"(?:{_PT_WHO}) (?:conectados|ligados|online)\W{{1,3}}{_N}",
    rf"{_N} (?:{_PT_WHO})"
    r" (?:já )?(?:leram|viram|compartilharam|partilharam|seguem|acompanham|estão|leem|veem)"
    r"(?: (?:a ler|a ver|a seguir|a acompanhar|lendo|vendo|seguindo|acompanhando))?"
    r" (?:ao vivo|em direto|(?:este|esta|essa|esse) (?:artigo|notícia|página|matéria|história"
    r"|reportagem|vídeo|cobertura))"
    r"(?: (?:agora|neste momento))?",
    r"(?:est[ae] (?:artigo|notícia|página|matéria|história|reportagem|vídeo) (?:já )?foi )?"
    rf"(?:lid[oa]|vist[oa]|compartilhad[oa]|partilhad[oa]) (?:por )?{_N}"
    r" (?:vezes|pessoas|leitores|usuários|utilizadores)",
]
_EAST = [
    r"(?:この|本)(?:記事|ページ|ニュース|動画|速報)(?:は|を|が)?(?:これまでに|現在)?\d[\d,.]{0,12}万?(?:人|回)(?:が|に|の方が)?"
    r"(?:読|閲覧|シェア|見|フォロー|視聴|共有).{0,10}",
    r"(?:現在|いま|ただいま)?\d[\d,.]{0,12}万?人(?:の(?:読者|方|ユーザー))?(?:が|に)(?:この)?(?:記事|ページ|ニュース|動画|速報)?(?:を|が)?"
    r"(?:読|閲覧|シェア|見て|フォロー|視聴|共有).{0,10}",
    r"(?:阅读|閱讀|浏览|瀏覽|観覧|조회|조회수)\s?[:：]?\s?\d[\d,.]{0,12}",
    r"(?:قرأ|شاهد|تابع|شارك|يقرأ|يشاهد|يتابع|قرأها|شاهدها|تابعها)(?: هذا| هذه)?"
    r"(?: (?:الخبر|المقال|الصفحة|التقرير|البث|الموضوع|القصة|التغطية|الفيديو|المادة))?(?: (?:حتى الآن|الآن))?"
    r" \d[\d,.]{0,12} ?\w{2,10}(?: (?:حتى الآن|الآن))?",
    r"\d[\d,.]{0,12} ?(?:شخص|شخصا|شخصًا|قارئ|قارئا|قارئًا|مشاهد|مشاهدا|متابع|متابعا|مستخدم|مستخدما)"
    r"(?: (?:قرأوا|شاهدوا|تابعوا|شاركوا|يقرأون|يشاهدون|يتابعون|قرأ|شاهد|تابع|يتابع))?"
    r"(?: (?:هذا|هذه) (?:الخبر|المقال|الصفحة|التقرير|البث|الموضوع|القصة|التغطية|الفيديو|المادة))"
    r"(?: (?:حتى الآن|الآن))?",
]
_WRITING = [
    f"{_N} {_EN_WHO} (?:are |is )?(?:currently |now )?(?:writing|typing|leaving) (?:a )?comments?{_EN_NOW}?",
    rf"{_N} (?:leser|nutzer|personen|menschen|user)(?:innen|:innen|\*innen)?"
    r" (?:schreiben|verfassen|tippen)(?: (?:gerade|derzeit|aktuell))? (?:einen )?kommentare?",
    rf"{_N} (?:personnes?|lecteurs?|internautes|abonnés)"
    r" (?:écrivent|rédigent|sont en train d['’]écrire)(?: actuellement)? (?:un )?commentaires?",
    rf"{_N} (?:personas?|lectores|usuarios) (?:están )?(?:escribiendo|escriben) (?:un )?comentarios?",
    rf"{_N} (?:persone|lettori|utenti) (?:stanno )?(?:scrivendo|scrivono) (?:un )?comment[oi]",
    rf"{_N} (?:pessoas?|leitores|usuários) (?:estão )?(?:escrevendo|a escrever|escrevem)"
    r" (?:um )?comentários?",
]
# "…, 17 of them in the last hour": what is said of the same readers.
_REST = r"(?:[,;(–-] ?[^.!?\"“”]{0,60}\d[^.!?\"“”]{0,60})?"
_LIVE = r"(?:(?:live(?:-?ticker|blog)?|(?:en )?direct|en directo|en vivo|in diretta|ao vivo|em direto)[^\w\d]{1,4})?"
_PATTERN = re.compile(
    f"{_OPENS}{_LIVE}(?:{'|'.join([*_EN, *_DE, *_FR, *_ES, *_IT, *_PT, *_EAST, *_WRITING])}) ?{_REST}{_ENDS}",
    re.IGNORECASE,
)


def counts_audience(line: str) -> bool:
    """Whether a whole line tells nothing but how many read, see, follow or share this page."""
    if len(line) > _LONGEST or not _FIGURE.search(line):
        return False  # each of the patterns has a figure
    return _counts_audience(line)


@remembered
def _counts_audience(line: str) -> bool:
    return _PATTERN.fullmatch(line) is not None and _OF_ANYTHING.fullmatch(line) is None
