"""Paragraphs in which a paper speaks of itself to its reader: asks for money, tips and letters, names where
to follow or hear it, says that something could not be shown.

They stand among the story's own, often in no box of their own, and are others at every look. What tells
them is that they say "we", "our" and "you" and quote nobody; a story about such things says "its" and
"they", or who said so. A request for money counts only where it ends in the link that takes it.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.endings import reports
from variorum.stages.extract.house import speaks_of_itself
from variorum.stages.extract.invitations import invites, is_player
from variorum.stages.extract.lists import is_link, last_link
from variorum.stages.extract.offers import calls, speaks_to_reader
from variorum.stages.extract.tree import Line
from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_LONGEST = 330  # characters
_ANSWERS = 4  # of a poll
_QUOTED = frozenset('"“”„«»')
_NET = (
    r"(?:the app|our app|bluesky|x|twitter|facebook|instagram|whatsapp|tiktok|youtube|threads|mastodon|linkedin|telegram"
    r"|google news|snapchat|spotify|apple podcasts|sounds)"
)
_WAY = r"(?:@|\bbelow\b|\bin the comments\b|\bform\b|\bthis number\b|\bnumber below\b|\bby (?:e-?mail|whatsapp|phone)\b)"
# "£1 a week", "9,90 € im Monat", "1 € al mes"
_PRICE = (
    r"(?:[£$€¥] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euros?|pence|p|cents?|crowns?|dollars?|pounds?|francs?|franken|kr)) ?(?:\w+ )?"
    r"(?:an?|per|each|every|for|im|pro|für|par|pour|al|a la|por|ao|à|la|le premier)\s?(?:\w+ )?(?:day|week|month|year|monat|woche|jahr|mois|semaine|an|mes|semana|año|mese|settimana|anno|mês|ano)s?\b"
)
# A line, or what follows a sentence of five words at most ("Sie lesen als Gast. Jetzt …").
_HEAD = r"^(?:\W{0,4}|(?:[\w’'-]+ ){0,4}[\w’'-]+[.!:] )"
_SURE = Caseless(
    # money
    r"\b(?:we have (?:just )?an? (?:small )?favou?r to ask|(?:journalism|reporting) like this (?:takes|costs|needs|depends)|no billionaires? (?:behind|owner)|why (?:are|am) (?:you|i) seeing this|readers have given .{1,30} of the .{1,20} we need"
    r"|thank you to the [\d.,]+ (?:readers|supporters|members) who (?:gave|donated)|(?:become|be) an? (?:member|supporter|patron|friend)\b.{0,60}\bhelp us (?:stay|remain|keep)"
    r"|\b[\d.,]+ (?:of (?:them|you)|readers|supporters) (?:gave|have given|donated|have donated|chipped in)\b.{0,60}|\breaders like you\b.{0,30}\b(?:pay|pays|fund|funds|support|make|keep)\b|\bwe are\b.{0,30}\bshort of (?:what we need|our (?:goal|target))\b|^\W{0,3}\d{1,3} ?% of (?:our )?(?:goal|target|[£$€] ?[\d.,]+[km]?)(?: \w+)?(?: goal| target)? raised\b|\bno owners? but (?:its|our|their) readers\b|\bif you (?:like|value|enjoy|trust) (?:what we do|our (?:work|journalism|reporting))\b"
    r"|\b(?:you can|please|will you|could you) (?:help|support|back) us\b|\bwe hope (?:that )?you (?:value|enjoy|find|like)\b.{0,40}\b(?:this|our)\b"
    # where to follow it
    r"|\b(?:our|the [\w’' ]{2,40}) (?:[\w&’'-]+ ){0,4}(?:e-?mail|newsletter|bulletin|channel) (?:goes|is sent|drops|lands|arrives)\b.{0,40}\b(?:readers|subscribers|people|inboxe?s?)\b"
    rf"|\byou can (?:now |also )*(?:get|read|follow|find|hear) (?:us\b|our |(?:the )?[\w’' ]{{2,40}}\b(?:stories|news|headlines|updates|coverage|journalism)\b).{{0,20}}\bon {_NET}\b|\bfollow our (?:[\w&-]+ ){{0,2}}(?:channel|page|account|feed)\b"
    r"|\b(?:abonnieren|folgen) sie (?:uns|unser\w*)\b.{0,40}\b(?:kanal|whatsapp|telegram|newsletter)\b|\b(?:rejoignez|suivez|abonnez-vous à) (?:nous|notre|la chaîne).{0,30}\b(?:whatsapp|telegram|chaîne)\b|\b(?:únete|síguenos|suscríbete) (?:a|en) .{0,30}\b(?:whatsapp|telegram|canal)\b"
    # tips, letters, what happened to you
    r"|you can share your (?:experiences?|story|stories|views|photos)|(?:write|send) us (?:a letter|your (?:letters?|photos?|views?|stor(?:y|ies)|tips?|questions?|memories))|(?:write to|contact|e-?mail|message) our (?:reporters?|news ?desk|newsroom)|our inbox is open"
    rf"|(?:do|have|are|were|did) you .{{3,90}}\? .{{0,60}}\b(?:tell|talk to|contact|e-?mail|message|get in touch with|write to) (?:us|our)\b.{{0,80}}{_WAY}"
    r"|(?:have|are|were|did) you .{3,60}\? (?:please )?(?:e-?mail|write to|contact|message) [\w.+-]{2,40}@|\bdo you have an? (?:story|tip|question)\b.{0,80}\? (?:please )?(?:e-?mail|write|contact|message|send|get in touch|ring|call|tell)\b"
    r"|\bwants? to hear from you\b.{0,160}(?:@|\bletters?\b|\bform\b|\bbelow\b)|\bletters of (?:up to|at most|no more than) \d+ words (?:may|can|should) be sent\b"
    r"|^\W{0,3}(?:listen to|watch|hear|catch|tune in to) .{3,60}\b(?:every|each|weekdays?|weeknights?|weekends?|daily|tonight|tomorrow)\b.{0,40}\bor (?:follow|listen|watch|download|hear)\b"
    rf"|\bfollow .{{2,40}} on (?:social media|{_NET})\b.{{0,30}}\bsend (?:us )?(?:your|an? )|\bsend (?:us )?your (?:story ideas?|news tips?|tips?|pictures|photos|videos) to [\w.+-]{{2,40}}@"
    # a subscription, with what it costs
    rf"|{_HEAD}(?:get|enjoy|try|support (?!for |from |among |of )|become|subscribe|join|unlock|start)\b(?=.{{0,140}}\b(?:journalism|reporting|digital (?:subscription|access|edition|membership)|unlimited (?:digital )?access|without limits|subscribe (?:now|today)|(?:puzzles?|news) app|our (?:app|stories|newsroom))\b).{{0,200}}(?:{_PRICE}|\bfree for (?:\d+|an?|one|two|three) (?:days?|weeks?|months?))"
    rf"|{_HEAD}(?:jetzt|testen sie|lesen sie|abonnieren|unterstützen)\b(?=.{{0,140}}\b(?:abo\w*|digital\w*|plus|mitglied\w*)\b).{{0,200}}{_PRICE}|^\W{{0,4}}(?:abonnez-vous|profitez|testez|soutenez|lisez)\b(?=.{{0,140}}\b(?:abonn\w+|numérique|adhér\w+)).{{0,200}}{_PRICE}"
    rf"|{_HEAD}(?:suscríbe(?:te|se)|prueb[ae]|disfrut[ae]|apoy[ae]|hazte)\b(?=.{{0,140}}(?:suscri|soci[oa]\b|digital|premium)).{{0,200}}{_PRICE}|^\W{{0,4}}(?:abbonati|prova|sostieni|leggi)\b(?=.{{0,140}}\babbon).{{0,200}}{_PRICE}|^\W{{0,4}}(?:assine|experimente|apoie)\b(?=.{{0,140}}(?:digital|premium|jornalismo|assin)).{{0,200}}{_PRICE}"
    # where to hear the paper, and what it is paid for
    r"|our (?:new|latest|free|weekly|daily|morning|evening) (?:[\w-]+ ){0,2}(?:podcast|newsletter|briefing)\b|wherever you (?:get|find|listen to) your podcasts|join (?:more than |over )?[\d.,]+ (?:people|readers|others|subscribers) on our"
    r"|will answer .{0,30}questions about this (?:story|article)|we may earn (?:a )?commission|18\+.{0,60}\b(?:gambl\w+|t&cs?|(?:play|bet) (?:safe(?:ly)?|responsibly))\b|\bnew customers only\b.{0,80}18\+"
    # what could not be shown
    r"|this (?:interactive|chart|map|graphic|graph|video|content|gallery|embed|quiz|post)(?: content)? (?:could ?n[o’']t|could not|can ?n[o’']t|cannot|can['’]t) be (?:displayed|loaded|played)\b|interactive content requires|refresh the page or use|please use (?:another|a different|a modern) browser"
    r"|this (?:article|page|story) contains content (?:provided|supplied|hosted) by|we ask for your permission before|^\W{0,3}(?:allow|accept|load|show) (?:[\w.]+ ){0,2}content(?: from [\w. ]{2,30})?\?\W{0,2}$|^\W{0,3}inhalte? von [\w. ]{2,30} (?:zulassen|anzeigen|laden)\?|^\W{0,3}(?:autoriser|afficher) (?:le|les) contenus? d[e'’] ?[\w. ]{2,30} ?\?|^\W{0,3}permitir (?:el )?contenido de [\w. ]{2,30}\?|dieser inhalt (?:konnte|kann) nicht (?:geladen|angezeigt) werden|ce contenu (?:n['’]a pas pu|ne peut pas) être (?:affiché|chargé)|(?:este contenido|el gráfico) no (?:se ha podido|se pudo|se puede) (?:mostrar|cargar)"
    # meters, and leave to print it again
    r"|you have \d+ (?:free )?(?:articles?|stories|story) (?:left|remaining)|sie (?:haben|können) noch \d+ (?:freie|kostenlose) artikel|il vous reste \d+ articles?|te quedan? \d+ artículos?|ti rest(?:a|ano) \d+ articol[oi]|restam?-lhe \d+ artigos?"
    r"|republish this (?:story|article) (?:for free|free|under)|our (?:work|stories|articles) (?:is|are) published under)"
    rf"|\bread (?:this|the full) (?:story|article) in (?:the|our) (?:[\w’'-]+ ){{0,3}}app\b|\b(?:öffnen|lesen) sie (?:diesen|den) (?:artikel|beitrag) in (?:der|unserer) (?:[\w-]+ )?app\b|\blisez cet article dans (?:l['’]app|notre app)|\blee (?:este|el) artículo en (?:la|nuestra) app\b"
    # its app, its survey, its podcast, its letters
    r"|\b(?:our|the [\w’']{2,20}) app\b.{0,60}\bdownload it (?:now|today|free|here)\b|\btake (?:part in )?our (?:[\w-]+ ){0,4}(?:survey|questionnaire)\b|\bplease (?:donate|give) (?:today|now|generously)\b|^\W{0,3}sign up (?:here |now |today )?(?:for|to) our\b"
    # an account that is open elsewhere
    r"|you can (?:only )?read .{1,40} on (?:only )?one device|this account is (?:in use|being used|open) on (?:another|too many) devices?|vous pouvez lire .{1,40} sur un seul appareil|lecture d\w+ .{1,30} en cours sur un autre appareil|ce message s['’]affichera sur l['’]autre appareil|en cliquant sur .{0,30}vous êtes la seule personne"
    r"|sie können .{1,40} nur auf einem gerät lesen|s[oó]lo puedes? leer .{1,40} en un (?:solo )?dispositivo|puoi leggere .{1,40} su un solo dispositivo|só pode ler .{1,40} num (?:só )?dispositivo"
    # in other languages
    r"|\b(?:écrivez-nous|l['’]anonymat de nos sources|schreiben sie uns (?:an|unter)|ihre hinweise an unsere|escríbenos a|cuéntanos tu (?:historia|experiencia)|scrivici a|raccontaci la tua|escreva-nos|conte-nos a sua)\b"
)
_STARTS = Caseless(
    rf"\W{{0,4}}(?:you are (?:our |the )?visitor (?:number|no\.?|#) ?\d|(?:sie sind|vous êtes|eres|è il) .{{0,14}}(?:besucher|visiteur|visitante|visitatore) (?:nummer|nr\.?|numéro|número|numero|n°) ?\d|read (?:the |all )?\d{{1,5}} (?:letters|comments|replies|responses|reviews)\b.{{0,30}}$|(?:back to (?:the )?top|(?:zurück )?nach oben|retour en haut|volver arriba|torna su|voltar ao topo)(?:\W.{{0,30}})?$|(?:(?:jump|skip|go|scroll)(?: down)? to (?:the )?(?:comments?|discussion|replies|reviews?|poll|gallery|main content)|(?:zu|weiter zu) den kommentaren|(?:aller|voir) aux? commentaires|ir a los comentarios|vai ai commenti|ir para os comentários)(?:\W.{{0,12}})?$|follow (?!(?:the|a|his|her|their) )[\w’' ]{{2,60}}\bon {_NET}\b|follow (?:us|our|all our|the [\w’' ]{{2,30}}) .{{0,40}}\bon {_NET}\b"
    r"|(?:got|have) (?:a|any) (?:news )?(?:tip|story|stories|tips)\?|do you know more\b.{0,40}\? (?:write|tell|contact|e-?mail|get)|what do you think(?: about| of)?\b.{0,40}\? .{0,80}\b(?:let us know|write (?:to )?(?:us|[\w.+-]{2,40}@)|tell us|e-?mail (?:us|[\w.+-]{2,40}@)|comments|have your say|sound off)"
    r"|have your say\b.{0,40}\b(?:below|comments)|listen to .{2,60}\bon (?:sounds|spotify|apple podcasts|our app)\W*$)"
)
_MONEY = r"(?:[£$€¥] ?\d[\d.,]*[km]?|\d[\d., ]*[km]? ?(?:€|euros?|francs?|franken|crowns?|kr))"
# "£16,480 raised of £25,000", as a counter shows it; a story has "raised £16,480 of the £25,000"
_RAISED = Caseless(
    rf"{_MONEY} (?:(?:has|have) been )?(?:raised|given|pledged|donated)(?: so far)? (?:of|out of|from|towards|toward)(?: our| a| the)?(?: goal| target)?(?: of)? {_MONEY}"
    rf"|{_MONEY} von {_MONEY} (?:gesammelt|gespendet|erreicht|zusammen)|{_MONEY} (?:récoltés|collectés|réunis) sur {_MONEY}|{_MONEY} (?:recaudados|reunidos) de {_MONEY}"
    rf"|(?:raccolti )?{_MONEY} (?:raccolti )?su {_MONEY}|{_MONEY} (?:angariados|arrecadados) de {_MONEY}|{_MONEY} van {_MONEY} (?:opgehaald|ingezameld)"
)
# The words of a link that takes money, at the end of a line.
_GIVES = Caseless(
    r"(?:\b(?:(?:support|join|back) (?:us|our .{3,20})(?: today| now)?|give(?: now| today)?|donate(?: now| today)?|chip in(?: .{3,20})?|double mine|you can still give|yes,? i(?:['’]ll| will)(?: help)?|become a (?:member|supporter|patron)(?: today| now)?|(?:choose|give) a gift subscription"
    r"|subscribe(?: now| today)?|je fais un don|faites un don|soutenez-nous|je m['’]abonne.{0,20}|(?:jetzt )?(?:spenden|unterstützen|abonnieren)|hazte soci[oa]|dona (?:ahora|ora)|sostienici|apoie-nos|doe agora))\W*$"
)
_GIVES_SURELY = Caseless(
    r"\b(?:(?:choose|give) a gift subscription|double mine|you can still give|yes,? i(?:['’]ll| will) help)\W*$"
)
_LABEL = Caseless(
    r"\W{0,3}(?:à (?:écouter|voir|regarder|lire)|zum (?:hören|anhören|ansehen)|jetzt anhören|escuch[ae]|ascolta|ouça|listen|watch|podcast) ?:"
)
_OWN_PODCAST = Caseless(
    r"\b(?:notre|nos|unser\w*|nuestr\w+|nostr\w+|noss[oa]|our)\b.{0,20}\bpodcast"
)
_WEEKLY = Caseless(
    r"\bour (?:free |new )?(?:weekly|daily|morning|evening) (?:[\w-]+ ){0,2}e-?mail\b"
)
_ASKS_VOTE = Caseless(
    r"\W{0,4}(?:vote|poll|abstimmung|umfrage|sondage|encuesta|sondaggio|enquete) ?: .{5,120}\?\W*$"
)
_ANSWER = Caseless(
    r"\W{0,2}(?:yes|no|not sure|don['’]t know|undecided|maybe|ja|nein|weiß nicht|oui|non|sans opinion|sí|no sé|sì|sim|não)\W{1,3}\d{1,3}(?:[.,]\d)? ?%\W?"
)


@remembered
def speaks_for_paper(text: str) -> bool:
    """Whether a line speaks to the reader of the paper itself, with or without a link."""
    if len(text) <= _LONGEST and _LABEL.match(text) and _OWN_PODCAST.search(text):
        return True
    if is_player(text):
        return True
    if len(text) <= _LONGEST and _QUOTED.isdisjoint(text) and speaks_of_itself(text):
        return True
    if not _may_be(text):
        return False
    if _RAISED.search(text) and speaks_to_reader(text):
        return True
    return _STARTS.match(text) or _SURE.search(text) or invites(text)


def is_one(text: str, *, linked: bool) -> bool:
    """Whether a line speaks for the paper; one with a link also where it asks the reader for money, or
    sends him to something to hear or see."""
    return speaks_for_paper(text) or (linked and _asks_beside_link(text))


@remembered
def _asks_beside_link(text: str) -> bool:
    if len(text) <= _LONGEST and _LABEL.match(text):
        return True
    if not _may_be(text):
        return False
    if _WEEKLY.search(text) or _GIVES_SURELY.search(text):
        return True
    return _GIVES.search(text) and speaks_to_reader(text)


# Where a paper keeps what it sells, and what it gives away.
_COUNTER = re.compile(
    r"/(?:(?:special-?)?offers?|competitions?|prize-?draws?|giveaways?|win|subscribe|subscriptions?|abonnements?|abos?|angebote?|gewinnspiele?|(?:jeux-)?concours|offres?(?:-abo\w*)?"
    r"|suscri\w*|ofertas?|sorteos?|concursos?|abbona\w*|offerte|assin(?:e|atura\w*)|promo(?:tions?)?|deals?)(?:[/?#.]|$)",
    re.I,
)
# Where it takes gifts, and has its app: a story leads to such places, too, to those of others and for help.
_GIVING = re.compile(
    r"/(?:appeals?|donat\w*|give|support(?:-us)?|membership|(?:get-)?apps?|spenden?|unterstuetzen|dons?|soutenir|donaciones|sostieni|dona|doar|apoie)(?:[/?#.]|$)",
    re.I,
)
_CALL_LENGTH = 40  # characters of the link that a call to the reader ends in
_BESIDE = 6  # characters of a line beside its link and what stands before: spaces, an arrow


def is_offer(line: Line) -> bool:
    """Whether a paragraph to the reader ends in its one link, which leads to where the paper sells or
    gives away ("Win two seats … Enter before Sunday"), or bids him do so, to where it takes gifts."""
    text, href = line.text, line.href or ""
    sells = _COUNTER.search(href) is not None
    if line.links != 1 or len(text) > _LONGEST or not (sells or _GIVING.search(href)):
        return False
    if len(text) - line.lead - line.linked > _BESIDE or line.linked > _CALL_LENGTH:
        return False
    bid = last_link(line).rstrip(" .!")
    return calls(bid) or calls_to_give(bid) or (sells and speaks_to_reader(text))


# "Follow the Echo's reporters on", before the names of networks.
_FOLLOW = Caseless(
    r"\W{0,3}(?:(?:also |now )?(?:(?:follow|like) \w|(?:find|watch|join) (?:us|our)\b).{0,60} on|(?:folgen sie .{2,60}|finden sie (?:uns|unser).{0,60}) auf|(?:suivez|retrouvez(?:-| )no(?:us|tre|s)\b)(?:-nous)? .{0,60}sur|(?:sigue|siga|síguenos|encuéntranos) .{0,60}en|(?:segui|seguici|trovaci) .{0,60}su)\s?"
)


def sends_to_channels(line: Line) -> bool:
    """Whether a paragraph bids its reader follow the paper on networks, each a link, whatever their names
    are: "Follow the Echo's reporters on Wire and Hoot"."""
    if not line.links or not line.lead or len(line.text) > _LONGEST:
        return False
    named = len(line.text) - line.lead - line.linked <= 7 * line.links
    return named and _FOLLOW.fullmatch(line.text[: line.lead])


# "Reader poll: should deputies carry cameras? Yes 63%"
_POLLED = Caseless(
    r"\W{0,3}(?:(?:readers?['’]?|our|quick|online|today['’]s|snap) (?:poll|vote)|(?:leser-?|online-?|blitz)(?:umfrage|abstimmung)|sondage (?:des|de nos) lecteurs|encuesta de (?:los |nuestros )?lectores|sondaggio dei lettori) ?: .{5,120}[?？]\s.{1,40}\d{1,3}(?:[.,]\d)? ?%\W{0,2}"
)


@remembered
def is_polled(text: str) -> bool:
    """Whether a line is a poll of the paper's readers, with its question and how they answered so far."""
    return len(text) <= _LONGEST and _POLLED.fullmatch(text)


def is_of_poll(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a poll's question over its answers ("Vote: Would you queue for it?", "Yes 71%"),
    or one of them; a vote that the story tells has no such question, and a heading that begins alike
    no answers."""
    text = lines[at].text
    if _asks_vote(text):
        return any(_is_answer(x.text) for x in lines[at + 1 : at + 1 + _ANSWERS])
    above = lines[max(0, at - _ANSWERS) : at]
    return _is_answer(text) and any(_asks_vote(x.text) for x in above)


@remembered
def _asks_vote(text: str) -> bool:
    return _ASKS_VOTE.match(text)


@remembered
def _is_answer(text: str) -> bool:
    return _ANSWER.fullmatch(text)


def _may_be(text: str) -> bool:
    return len(text) <= _LONGEST and _QUOTED.isdisjoint(text) and not reports(text)


# What the button of an appeal says.
_CALLS = Caseless(
    r"\W*(?:support (?:us|the|our|this)|donate|give (?:now|today|what)|contribute|chip in|subscribe|join (?:us|now|today)"
    r"|become an? |make a (?:gift|donation)|(?:jetzt )?(?:unterstützen|spenden|abonnieren|mitglied werden)|soutenez|je soutiens"
    r"|faites? un don|abonnez|apóyanos|apoya|dona|suscr|hazte soci|sostieni|dona|abbonati|apoie|doe|assine|steun ons|doneer)",
)


# A paper that asks for money to go on with its own work.
_APPEAL = Caseless(
    r"\b(?:support (?:our|us|independent) (?:\w+ )?(?:journalism|newsroom|reporting|work|today)|donate (?:now|today|here)"
    r"|(?:make|consider(?: making)?) a (?:small )?(?:donation|contribution)|unterstützen sie (?:uns|unser)|jetzt (?:unterstützen|spenden)"
    r"|spenden sie|faites un don|soutenez|(?:haz|haga) una donación|apoya (?:nuestro|el) periodismo|fai una donazione|dona ora|sostieni(?:ci)?"
    r"|take a moment to support|support what we do|become a supporter|(?:readers|people) .{0,60}(?:chosen to (?:pay|support)|who support us)"
    r"|we hope you (?:appreciated|enjoyed) this (?:article|story)|apoie o (?:nosso )?jornalismo|faça uma doação|steun (?:ons|onze)|doneer nu|støtt oss|stöd oss)",
)


@remembered
def calls_to_give(text: str) -> bool:
    """Whether the words of a link begin as those do that take money or members."""
    return _CALLS.match(text)


def asks_for_money(text: str) -> bool:
    """Whether a line asks for money for the paper's own work."""
    return _APPEAL.search(text)


def told_before_call(lines: Sequence[Line]) -> list[Line]:
    """The sentences of an appeal: of a heading, a sentence or more, and links, the last alone or at
    their end, of which one says what to do. None of other lines."""
    head, *rest = lines
    links = list(filter(is_link, rest))
    told = [x for x in rest[:-1] if not x.links]
    told += [x for x in rest[-1:] if not is_link(x)]
    if head.tag not in HEADINGS or len(told) + len(links) < len(rest):
        return []
    ends = [last_link(x) for x in rest[-1:] if x.lead]
    return told if any(map(calls_to_give, (*(x.text for x in links), *ends))) else []


def asks(lines: Sequence[Line]) -> bool:
    """Whether one of the lines of a box asks its reader to give, its heading perhaps."""
    if calls_to_give(lines[0].text):
        return True
    return any(asks_for_money(x.text) or is_one(x.text, linked=x.links > 0) for x in lines)
