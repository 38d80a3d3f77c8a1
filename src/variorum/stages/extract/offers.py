"""Words of those who sell or invite: advertisements in boxes of their own, letters that ask for an address.

A story speaks of such things too. What sells is believed only of a small box that is set unlike the
story's paragraphs; what offers the paper's own letters speaks to the reader and of the paper.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from collections.abc import Sequence

from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_LONGEST = 300  # characters
_SELLS = Caseless(
    r"\b(?:free delivery|free (?:no.obligation )?(?:quote|survey|brochure|samples?|trial)|(?:without|no) obligation|book (?:now|today|online|early)|order (?:now|today|online)|buy now|shop now"
    r"|(?:visit|see (?:it|them|us) (?:in|at)|call in(?:to)? (?:at )?|in) our (?:new )?(?:showroom|shop|store|branch)e?s?|while stocks last|t(?:erms|s) ?(?:and|&) ?c(?:ondition)?s? apply|interest.free"
    r"|money.back guarantee|thinking of an? .{3,30}\?|call (?:us )?(?:now|today)|limited.time offer|offer ends"
    r"|jetzt (?:bestellen|buchen|kaufen|sichern|beraten lassen)|kostenlose[rs]? (?:beratung|lieferung|angebot|probe)|versandkostenfrei|unverbindlich|solange (?:der )?vorrat reicht"
    r"|besuchen sie (?:uns|unsere)|livraison (?:gratuite|offerte)|sans engagement|devis gratuit|réservez (?:maintenant|dès|vite)|commandez|jusqu['’]à épuisement"
    r"|profitez(?:-en)?|envío gratis|sin compromiso|reserve ya|reserva (?:ya|ahora)|compra ahora|pide ya|hasta agotar|consegna gratuita|senza impegno|prenota (?:ora|subito)|acquista ora|ordina ora"
    r"|fino a esaurimento|entrega grátis|frete grátis|sem compromisso|reserve já|compre (?:já|agora))"
)
_QUOTED = frozenset('"“”„«»‘')


@remembered
def sells(text: str) -> bool:
    """Whether a line has the words of an advertisement, and quotes nobody."""
    return len(text) <= _LONGEST and _QUOTED.isdisjoint(text) and _SELLS.search(text)


_BARGAIN = Caseless(
    r"\b(?:half[- ]price|(?:\d+ ?%|half) off|black friday|cyber monday|(?:january|spring|summer|winter|boxing day) sales?|(?:best|top|today['’]s) (?:deals|offers|buys)|bargains?|(?:deal|offer)s? of the (?:day|week)|vouchers?|see page \d+|free (?:inside|with)|from (?:only|just) [£$€]\d"
    r"|zum halben preis|rabatte?|gutscheine?|sonderangebote?|schnäppchen|soldes|(?:à )?moitié prix|bons plans|bon d['’]achat|rebajas|a mitad de precio|descuentos?|chollos|saldi|sconti|metà prezzo|descontos?|promoções|meio preço|halve prijs|kortingen?)\b"
)
_BIDS = Caseless(
    r"\W*(?:win|enter|shop|save|get|grab|discover|treat|book|order|claim|bag|gewinnen|sparen|sichern|gagnez|profitez|économisez|offrez|verschenken|schenken|regala|gana|ahorra|aprovecha|vinci|risparmia|approfitta|ganhe|poupe|aproveite|bespaar|profiteer)\b"
)
# "for £4 a month", "pour 69 €", "puis 8,99 €"
_COSTS = Caseless(
    r"\b(?:for|then|only|just|from|nur|für|dann|ab|pour|puis|dès|seulement|por|luego|desde|solo|per|poi|da|soli|apenas|depois) (?:just |only |nur )?(?:[£$€¥] ?\d[\d.,]*|\d[\d.,]* ?(?:€|euros?|£|\$|kr\b|franken\b))"
)
_PITCH = 110  # characters


@remembered
def pitches(text: str) -> bool:
    """Whether a line that is no sentence offers its reader a bargain or a prize: "Your Black Friday guide:
    half-price boilers at Hallane Home"."""
    if len(text) > _PITCH or not _QUOTED.isdisjoint(text) or not _BARGAIN.search(text):
        return False
    return _BIDS.match(text) or _TO_READER.search(text)


_LETTER = r"(?:newsletters?|letters?|e-?mails?|alerts?|bulletins?|briefings?|digest|inbox|app|podcasts?|brief(?:ing)?|infolettre|lettre|alertes?|boletín|boletines|alertas|correo|avvisi|lettera|boletim|e-mail)"
_N = r"(?:\d[\d., \u00a0\u202f]*\d|\d)"
_OFFERS = Caseless(
    r"\b(?:"
    r"(?:give|send|leave) us your (?:e-?mail )?address|(?:enter|type|add) your (?:e-?mail )?address|(?:unsubscribe|opt out|cancel|stop) (?:at )?(?:any ?time|whenever you (?:like|want|wish))|you can (?:stop|leave|unsubscribe) (?:at )?(?:any ?time|whenever)"
    rf"|join (?:the )?(?:more than |over )?{_N} (?:others|other readers|readers|people|subscribers|neighbou?rs|members|fans|of your)\b.{{0,60}}\b{_LETTER}"
    rf"|{_N} (?:people|readers|others|subscribers)\b.{{0,20}}\b(?:have|get|receive|read) (?:our|the) .{{0,40}}\b{_LETTER}|straight to your (?:inbox|phone)|in your inbox|delivered to your"
    r"|(?:geben|hinterlassen|schreiben) sie uns ihre (?:e-?mail-?)?adresse|jederzeit (?:abbestellen|abbestellbar|kündbar)|direkt in ihr postfach|(?:donnez|laissez)-nous votre adresse|désinscri\w+ (?:à tout moment|en un clic)|directement dans votre boîte"
    r"|(?:déjà|dejà) [\d \u00a0\u202f.]+ (?:inscrits|abonnés|lecteurs)|d[ée]janos tu (?:dirección|correo)|d(?:ate|arse) de baja cuando|directamente en tu correo|lasciaci (?:la tua|il tuo) (?:mail|e-mail|indirizzo)|cancell\w+ (?:in qualsiasi|quando vuoi)|direttamente nella tua"
    r"|deixe(?:-nos)? o seu (?:e-?mail|endereço)|cancelar (?:a qualquer|quando quiser)|diretamente no seu)\b"
)


@remembered
def offers_letter(text: str) -> bool:
    """Whether a whole paragraph offers the paper's own letters or alerts to its reader, and quotes
    nobody."""
    return len(text) <= _LONGEST and _QUOTED.isdisjoint(text) and _OFFERS.search(text)


_ALSO = Caseless(
    r"\W{0,3}(?:(?:also|elsewhere|more|new|latest) (?:in|from|on) (?:the |our |today['’]s )?[\w’' &-]{2,30}|(?:from|in) (?:our|the|this week['’]s|today['’]s) (?:[\w’'-]+ ){0,2}(?:pages?|archives?|magazine|edition|issue|section|supplement)"
    r"|(?:aus|in) (?:unserem|unserer|dem|der) (?:[\w-]+ ){0,2}(?:archiv|magazin|ausgabe|ressort|beilage)|(?:außerdem|auch) (?:im|in|aus) (?:der |dem )?[\w-]{3,24}|(?:également|aussi) (?:dans|en|sur) (?:la |le |nos )?[\w-]{3,24}|(?:dans|de) (?:nos|notre) (?:[\w-]+ ){0,2}(?:pages|archives|magazine|cahier|édition)"
    r"|(?:también|además) en [\w-]{3,24}|(?:de|en) nuestr[oa]s? (?:[\w-]+ ){0,2}(?:páginas|archivo|revista|edición|suplemento)|(?:anche|inoltre) (?:in|su) [\w-]{3,24}|(?:dal|dalle|dai|nel) nostr[oaie] (?:[\w-]+ ){0,2}(?:archivio|pagine|rivista|edizione|inserto)"
    r"|(?:também|ainda) (?:em|no|na) [\w-]{3,24}|(?:do|da|das|no|na) noss[oa]s? (?:[\w-]+ ){0,2}(?:arquivo|páginas|revista|edição|caderno))\W{0,3}"
)


@remembered
def names_section(text: str) -> bool:
    """Whether a short label says from which of the paper's own pages another story is: "Also in
    Culture", "From our weekend pages"."""
    return len(text) < 45 and _ALSO.fullmatch(text)


_CALL = Caseless(
    r"\W*(?:enter(?: (?:now|here|today|the .{1,30}))?|(?:play|vote|order|shop|buy|book|register|apply|join|subscribe|download|install) (?:now|here|today|yours?|online|tickets?|the app|our app)|win (?:it|yours|now|tickets)|sign me up|count me in"
    r"|sign up(?: .{1,25})?|(?:download|get|try|read|see|book|join|order|buy|claim) (?:it|them|us|yours)(?: .{1,15})?|(?:join|subscribe|register|book|give|donate|enrol|enroll) (?:today|free|for free|online|here|below)|(?:get|order|buy|book|reserve|claim|grab|request|renew|collect|join|gift|give|download|install) (?:the|our|your|it|yours|tickets?|an?)\b.{0,30}|see (?:the|our|all) offers?|claim (?:it|yours?|the|your .{1,20})|try (?:it|us)(?: .{1,20})?|start (?:your )?(?:free )?trial|save now|find your .{1,20}|(?:read|visit) our shop"
    r"|jetzt (?:mitmachen|gewinnen|teilnehmen|bestellen|testen|sichern|laden|herunterladen|anmelden|abstimmen|buchen)|(?:mitmachen|teilnehmen|zum gewinnspiel|zum angebot|zum shop|zur app|app laden|hier bestellen)|(?:[\w-]+ ){1,3}(?:bestellen|sichern|kaufen|buchen|abonnieren|testen|anmelden)"
    r"|(?:je )?(?:participer?|participez|jouez|je joue|commandez|profitez-en|j['’]en profite|téléchargez(?: l['’]app\w*)?|réservez|voir l['’]offre|découvr\w+ l['’]offre)|(?:je )?(?:m['’]|s['’])(?:inscri[rst]e?|abonne[rz]?)(?: .{1,25})?|(?:command|achet|réserv|offr)(?:er|ez|ir) (?:le|la|les|votre|vos|un|une) .{1,25}"
    r"|(?:participa|descárgala?|descarga la app|compra|reserva|apúntate|ver (?:la )?oferta)(?: (?:ya|ahora|aquí))?|(?:suscríbete|apúntate|pide|pedir|compra|comprar|reserva|reservar) (?:el|la|los|las|tus?|un|una) .{1,25}|(?:partecipa|scarica(?: l['’]app)?|acquista|prenota|scopri l['’]offerta)(?: (?:ora|subito|qui))?|(?:iscriviti|abbonati|ordina|acquista|prenota) (?:a|il|la|lo|i|le|gli|l['’]|un|una)\b.{1,25}"
    r"|(?:participe|baixe(?: o app)?|descarregue|compre|reserve|ver (?:a )?oferta)(?: (?:já|agora|aqui))?|(?:inscreva-se|assine|encomende|compre|reserve) (?:o|a|os|as|seu|sua|um|uma) .{1,25})\W*"
)
_TO_READER = Caseless(
    r"!|\b(?:our|us|we|you|your|unser\w*|uns|ihr\w*|dein\w*|du|notre|nos|vous|votre|vos|nuestr\w+|tus?|te|usted|nostr\w+|vostr\w+|tu[oae]|noss\w+|você|seus?|suas?)\b"
)
_CALL_LENGTH = 40  # characters


@remembered
def calls(text: str) -> bool:
    """Whether the words of a link ask the reader to take part, buy or install: "Enter now"."""
    return len(text) <= _CALL_LENGTH and _CALL.fullmatch(text)


@remembered
def bids(text: str) -> bool:
    """Whether a line names a price, or begins with what its reader is to do, and quotes nobody."""
    return _QUOTED.isdisjoint(text) and (_BIDS.match(text) or _COSTS.search(text))


@remembered
def speaks_to_reader(text: str) -> bool:
    """Whether a line speaks to its reader, or of the paper as its own, and quotes nobody."""
    return _QUOTED.isdisjoint(text) and _TO_READER.search(text)


_PODCAST = Caseless(r"podcast|بودكاست|ポッドキャスト")
_OURS = Caseless(
    r"\b(?:listen|our|hör\w*|unser\w*|écout\w+|notre|escuch\w+|nuestr\w+|ascolt\w+|nostr\w+|ouç\w+|oiç\w+|noss[oa])\b|استمع"
)
_EPISODE = Caseless(
    r"\W{0,3}(?:(?:play|listen to|hear) )?(?:episode|folge|épisode|episodio|puntata|episódio|aflevering|avsnitt|الحلقة|エピソード)\s?[\d٠-٩]"
)


_LISTEN = Caseless(
    r"\W*(?:listen(?: now| here| in)?|hear it|(?:jetzt )?(?:anhören|reinhören|hören)|écouter|à écouter|escuch[ae]r?|ascolta|ouça|ouvir|luister)\W*"
)
_HAS_EPISODE = Caseless(
    r"\b(?:episode|ep\.|folge|épisode|episodio|puntata|episódio|aflevering)\s?\d+\b"
)


def is_podcast(head: str, rest: Sequence[str]) -> bool:
    """Whether a box offers the paper's own podcast: so its heading says, or a numbered episode."""
    if _LISTEN.fullmatch(head):
        return any(map(_HAS_EPISODE.search, rest))
    if not _PODCAST.search(head) or len(head) > _HEAD:
        return False
    return bool(_OURS.search(head)) or any(map(_EPISODE.match, rest))


_KICKER = Caseless(
    r"\W*(?:(?:der |zum |le |el |il |o )?podcasts?|audio|zum (?:hören|anhören)|à écouter|para escuchar|da ascoltare|para ouvir)\W*"
)


def is_episode(kicker: str, rest: Sequence[str]) -> bool:
    """Whether a box is labelled as something to hear and ends in the words that play it: the paper's
    own, whatever it is about."""
    *_, button = rest
    return len(rest) > 1 and bool(_KICKER.fullmatch(kicker) and _LISTEN.fullmatch(button))


_HEAD = 60  # characters of a box's heading
_OF_SUBSCRIPTIONS = Caseless(
    r"\W*(?:digital[- ]?(?:abo|subscription)|abonnez-vous|subscribe|suscríbete|abbonati|assine|from (?:our|the) (?:shop|store)|our shop|unser shop|aus unserem shop|notre boutique|nuestra tienda|il nostro negozio)\W*"
)
_JOINS = Caseless(
    r"\W*(?:(?:join|read|see|view|show) .{0,40}\b(?:comments?|discussion|conversation)|.{0,20}\bcomments? below|alle kommentare.{0,20}|(?:lire|voir) (?:tous )?les commentaires.{0,20}|(?:ver|leer) (?:todos )?los comentarios.{0,20}|leggi i commenti.{0,20}|ler os comentários.{0,20})\W*"
)


_JOIN_THEM = Caseless(r"\bjoin [\d.,]+ (?:readers|people|others)\b.{0,20}\bcomments\W*$")


def names_shop(head: str) -> bool:
    """Whether a box is headed as the paper's shop, or by a call to subscribe."""
    return len(head) <= _HEAD and _OF_SUBSCRIPTIONS.fullmatch(head)


def leads_to_comments(text: str) -> bool:
    """Whether the words of a link lead to what readers say of the story."""
    return (len(text) <= _HEAD and _JOINS.fullmatch(text)) or _JOIN_THEM.search(text)
