"""A paper's invitations to its letters, channels and pages, in eight languages: "Segui il canale WhatsApp".

Each asks its reader to do something (the verb is an imperative, or says "you") and names what only a paper
has to offer: its letter, a channel, a place among the preferred sources of a search. A story that tells of
channels and letters says who has them.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from variorum.text.caseless import Caseless

_NET = (
    r"(?:whatsapp|telegram|google(?: (?:news|actualités|noticias|notícias|discover|nachrichten))?|facebook|instagram|twitter|x|tiktok|youtube|threads"
    r"|bluesky|linkedin|spotify|mastodon)"
)
_OFTEN = r"(?:morgen|abend|tag|woche|matin|soir|jours?|semaine|mañana|tarde|día|semana|mattina|sera|giorno|settimana|manhã|noite|dia)"
_INVITES = Caseless(
    # English
    r"^\W{0,4}(?:(?:add|choose|mark|select|set) .{2,50} as (?:your |an? )?(?:preferred|favou?rite|trusted) source\b|make .{2,50} (?:your|an?) (?:preferred|favou?rite) source\b"
    r"|thanks for reading\b.{0,80}\b(?:subscribe|sign up|share it)\b|(?:[\w’'&]+ ){1,6}is (?:an? reader[- ](?:supported|funded|backed) (?:publication|newsletter)\b.{0,200}|(?:supported|funded|paid for) by (?:its |our )?readers(?: like you)?\W{0,3}$))"
    # German
    rf"|^\W{{0,4}}(?:folgen|abonnieren) sie (?:uns|unser\w*|dem|der|den|[\w-]+) ?(?:[\w-]+ ){{0,4}}(?:auch |jetzt )?(?:auf|bei) {_NET}\b|\b(?:bekommen|erhalten|finden|lesen) sie\b.{{0,70}}\b(?:in|über|auf|mit) unser\w* (?:[\w-]+ )?(?:[\w-]*kanal|newsletter|app)\b"
    rf"|\bist (?:jetzt |nun |ab sofort )?(?:auch )?(?:auf|bei) {_NET}\b.{{0,40}}\b(?:hier|folgen sie|kanal)\b|\bals (?:ihre )?bevorzugte quelle\b.{{0,30}}\b(?:fest|hinzu|google|aus)\b"
    r"|\bmelden sie sich\b.{0,50}\bnewsletter\b.{0,20}\ban\b|\bin ihr(?:em)? (?:e-?mail-?)?postfach\b.{0,80}\b(?:newsletter|anmelden|abonnieren)\b"
    # French
    rf"|^\W{{0,4}}(?:suivez|rejoignez|retrouvez)\b.{{2,90}}\b(?:sur|via) (?:notre |nos |la |les )?(?:chaînes? |canal |canaux |comptes? |pages? )?{_NET}\b|\brecevez\b.{{0,90}}\b(?:dans votre (?:boîte|messagerie)|par (?:e-?mail|courriel))\b"
    rf"|\b(?:à|parmi|dans) vos sources (?:préférées|favorites)\b|^\W{{0,4}}(?:inscrivez|abonnez)-vous (?:à|aux?) (?:notre|nos|la|l['’])? ?(?:[\w-]+ ){{0,3}}(?:newsletters?|infolettres?|alertes?|chaînes?)\b|\bchaque {_OFTEN}\b.{{0,60}}\bdans votre boîte\b"
    # Spanish
    rf"|^\W{{0,4}}(?:sigue|siga|sigan) (?:a (?!pesar)|toda la (?:información|actualidad)|todas las noticias|nuestr\w+|el canal|la cuenta).{{0,70}}\ben {_NET}\b|\b(?:únete|únase|suscríbete|suscríbase|apúntate|inscríbete) (?:al?|en) (?:nuestr[oa]s? |la |el |los |las )?(?:[\w-]+ ){{0,2}}(?:bolet[ií]n\w*|newsletters?|canal(?:es)?|grupo)\b"
    rf"|\bcomo (?:tu |su |una )?fuente (?:preferida|favorita)\b|\breci(?:be|ba) (?:cada {_OFTEN}|todos los días|toda\w? l\w+).{{0,60}}\b(?:en tu|en su|por) (?:correo|e-?mail|whatsapp|bandeja)\b"
    # Italian
    rf"|^\W{{0,4}}(?:segui|seguite|entra|entrate|unisciti|unitevi|iscriviti|iscrivetevi)\b.{{1,70}}\b(?:su {_NET}\b|canal[ei] (?:[\w’']+ )?{_NET}\b|newsletter\b)|\biscriviti (?:alla|alle|al|ai) (?:nostr\w )?(?:[\w-]+ )?(?:newsletter|canal[ei])\b"
    rf"|\bcome (?:tua |una )?fonte (?:preferita|favorita)\b|\bricevi (?:ogni {_OFTEN}|tutti i giorni|gratis|tutte le notizie).{{0,70}}\b(?:nella tua|sulla tua|via|per) (?:casella|posta|e-?mail|mail)\b"
    # Portuguese
    rf"|^\W{{0,4}}(?:clique (?:aqui )?(?:e|para) )?(?:participe d|participar d|entre (?:no|na|em noss)|entrar no|siga |seguir |faça parte d|acompanhe |receba |inscreva-se |assine ).{{0,80}}\b(?:no|na|em|do|da|pelo) (?:(?:nosso|canal|grupo|comunidade) (?:d[oe] )?){{0,2}}{_NET}\b"
    rf"|\b(?:inscreva-se|cadastre-se|assine|subscreva) (?:n?[ao]|em noss\w|para) ?(?:noss\w )?(?:[\w-]+ )?(?:newsletter|boletim|canal)\b|\bcomo (?:sua |uma )?fonte (?:preferida|favorita)\b|\breceba\b.{{0,70}}\b(?:no seu|em seu|por) (?:e-?mail|celular|whatsapp)\b"
    # Arabic: "our letter", "our channel"
    r"|^\W{0,4}(?:اشترك(?:وا)?|انضم(?:وا)?|تابع(?:وا|ونا|نا)?).{0,40}(?:نشرتنا|قناتنا|قنواتنا|صفحتنا|صفحاتنا|حسابنا|حساباتنا|مجموعتنا)"
    # Japanese
    r"|(?:友だち追加|友達追加|メルマガ|メールマガジン|公式line|line公式|公式アカウント|優先(?:する)?ソース).{0,24}(?:ください|こちら(?:から)?|チェック|受け取る|届きます|お届け(?:します)?|しよう|追加)[。！!]?$"
)
_TIME = r"(?:\W{0,4}\d{1,2}[:.]\d\d(?: ?/ ?\d{1,2}[:.]\d\d)?|\W{0,4}\d{1,3} ?min\w{0,5}\.?)?"
_PLAYS = Caseless(
    r"\W{0,4}(?:(?:listen to|hear) (?:this|the) (?:article|story|report)|(?:den |diesen )?(?:artikel|beitrag|text) (?:an)?hören|écoute[rz] (?:cet |l['’] ?)article|escuch(?:ar|a|e) (?:este|el|la|esta) (?:artículo|noticia|texto)"
    r"|ascolta (?:l['’] ?articolo|questo articolo|la notizia)|(?:ouvir|ouça) (?:este|o|a|esta) (?:artigo|texto|notícia|matéria|reportagem)|استمع (?:إلى|الى) (?:المقال|الخبر|التقرير|النص)"
    rf"|(?:この)?記事を(?:音声で)?(?:聞く|聴く)|音声で(?:聞く|聴く)){_TIME}\W{{0,3}}"
)


def invites(text: str) -> bool:
    """Whether a line asks its reader to take the paper's letter or to follow it somewhere."""
    return _INVITES.search(text)


def is_player(text: str) -> bool:
    """Whether a line is the button that reads the story aloud, with or without how long that takes."""
    return len(text) <= 70 and _PLAYS.fullmatch(text)
