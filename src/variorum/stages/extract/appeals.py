"""Paragraphs in which a paper speaks of itself to its reader: asks for money, tips and letters, names where
to follow or hear it, says that something could not be shown.

They stand among the story's own, often in no box of their own, and are others at every look. What tells
them is that they say "we", "our" and "you" and quote nobody; a story about such things says "its" and
"they", or who said so. The weaker signs count only where a link goes with them.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_LONGEST = 330  # characters
_QUOTED = frozenset('"“”„«»')
_NET = (
    r"(?:the app|our app|bluesky|x|twitter|facebook|instagram|whatsapp|tiktok|youtube|threads|mastodon|linkedin|telegram"
    r"|google news|snapchat|spotify|apple podcasts|sounds)"
)
_LETTER = r"(?:e-?mail|newsletter|briefing|bulletin|podcast|alerts?)s?"
_SURE = Caseless(
    # money
    r"\b(?:a small favou?r to ask|(?:journalism|reporting) like this (?:takes|costs|needs|depends)|no billionaires? (?:behind|owner)|keeps? our (?:doors|lights|newsroom|journalism|reporting)"
    r"|why (?:are|am) (?:you|i) seeing this|choose a gift subscription|(?:readers|you) have given .{1,30} of the .{1,20} we need|thank you to the [\d.,]+ (?:readers|supporters|members|people) who"
    r"|help us (?:stay|remain|keep) (?:open|free|independent|going)"
    # tips, letters, what happened to you
    r"|you can share your (?:experiences?|story|stories|views|photos)|(?:write|send) us (?:a letter|your (?:letters?|photos?|views?|stor(?:y|ies)|tips?|questions?|memories))"
    r"|(?:^|[.?!] )(?:please )?(?:tell|e-?mail|message|text|contact) us (?:about )?your (?:experiences?|story|stories|views?|memories)|(?:write to|contact|e-?mail|message) our (?:reporters?|news ?desk|newsroom)|our inbox is open|we protect our sources"
    r"|(?:do|have|are|were|did) you .{3,90}\? .{0,60}\b(?:e-?mail|contact|tell|message|whatsapp|get in touch with|write to|talk to) (?:us|our)\b"
    # where to follow and to hear the paper
    rf"|our (?:(?:new|latest|free|weekly|daily|morning|evening|own) )(?:[\w-]+ ){{0,2}}{_LETTER}|wherever you (?:get|find|listen to) your podcasts|join (?:more than |over )?[\d.,]+ (?:people|readers|others|subscribers) on our"
    r"|turn on (?:alerts|notifications)|(?:will answer|answers) (?:our )?(?:members|readers|subscribers)['’] questions|we may earn (?:a )?commission|be ?gamble ?(?:aware|safe)"
    # what could not be shown
    r"|this (?:interactive|chart|map|graphic|graph|video|content|gallery|embed|quiz|post)(?: content)? (?:could ?n[o’']t|can ?n[o’']t|cannot|can['’]t) be (?:displayed|loaded|shown|played)|interactive content requires|(?:requires|use) (?:an internet connection and )?(?:another|a different|a modern) browser"
    r"|this (?:article|page|story) contains content (?:provided|supplied|hosted) by|we ask for your permission before|dieser inhalt (?:konnte|kann) nicht (?:geladen|angezeigt)|ce contenu (?:n['’]a pas pu|ne peut (?:pas )?)être|(?:este contenido|el gráfico|el vídeo) no (?:se (?:ha podido|pudo|puede)) (?:mostrar|cargar)"
    r"|questo contenuto non (?:può|è stato possibile) |este conteúdo não (?:pôde|pode) ser"
    # meters, and leave to print it again
    r"|you have \d+ (?:free )?(?:articles?|stories|story) (?:left|remaining)|noch \d+ (?:freie|kostenlose) artikel|il vous reste \d+ articles?|te quedan? \d+ artículos?|ti rest(?:a|ano) \d+ articol[oi]|resta(?:m)?(?:-lhe)? \d+ artigos?"
    r"|republish (?:this|our) (?:story|work)|republish this article (?:for free|free|under)|our (?:work|stories|articles) (?:is|are) published under)"
    # in other languages
    r"|\b(?:écrivez-nous|(?:vos|votre) témoignages? nous|l['’]anonymat de nos sources|schreiben sie uns (?:an|unter|ihre)|erzählen sie uns|ihre hinweise an unsere|escríbenos a|cuéntanos tu|envíanos tus?|scrivici a|raccontaci la tua|escreva-nos|conte-nos)\b"
)
_STARTS = Caseless(
    rf"\W{{0,4}}(?:(?:back to (?:the )?top|(?:zurück )?nach oben|retour en haut|volver arriba|torna su|voltar ao topo)(?:\W.{{0,30}})?$|follow (?!(?:the|a|his|her|their) )[\w’' ]{{2,50}}\bon {_NET}\b|follow (?:us|our|all our|the [\w’' ]{{2,30}}) .{{0,40}}\bon {_NET}\b|(?:got|have) (?:a|any) (?:news )?(?:tip|story|stories|tips)\?"
    r"|do you know more\b.{0,40}\?|what do you think(?: about| of)?\b.{0,40}\? |have your say\b.{0,40}\b(?:below|comments)|listen to .{2,60}\bon (?:sounds|spotify|apple podcasts|our app)|(?:vote|poll|abstimmung|umfrage|sondage|encuesta|sondaggio|enquete) ?: .{5,120}\?\s*$)"
)
_BESIDE_A_LINK = Caseless(
    r"\b(?:become a (?:supporter|member|patron|friend|subscriber)\b.{0,40}\b(?:from|for|today|now|us)|support us\b|fund our|chip in (?:before|now|today|from)|(?:gift|donation|contribution)s? (?:is|are|will be) (?:doubled|matched|tripled)"
    r"|you can still (?:give|donate)|give now\b|we did it\b|vit de vos dons|je fais un don|faites un don|soutenez|unterstützen sie (?:uns|unsere)|werden sie mitglied|ihre spende|hazte soci[oa]|con tu apoyo|apóyanos|sostienici|il tuo sostegno|o seu apoio|apoie-nos)\b"
)
_LABEL = Caseless(
    r"\W{0,3}(?:à (?:écouter|voir|regarder|lire)|zum (?:hören|anhören|ansehen)|jetzt anhören|escuch[ae]|ascolta|ouça|listen|watch|podcast) ?:"
)
_ANSWER = Caseless(
    r"\W{0,2}(?:yes|no|not sure|don['’]t know|undecided|maybe|ja|nein|weiß nicht|oui|non|sans opinion|sí|no sé|sì|sim|não)\W{1,3}\d{1,3}(?:[.,]\d)? ?%\W?"
)


@remembered
def speaks_for_paper(text: str) -> bool:
    """Whether a line speaks to the reader of the paper itself, with or without a link."""
    return _may_be(text) and (_STARTS.match(text) or _SURE.search(text))


def is_one(text: str, *, linked: bool) -> bool:
    """Whether a line speaks for the paper; with a link in it the weaker signs count, too: it asks for
    money, or sends the reader to something to hear or see."""
    return speaks_for_paper(text) or (linked and _asks_beside_link(text))


@remembered
def _asks_beside_link(text: str) -> bool:
    if len(text) <= _LONGEST and _LABEL.match(text):
        return True
    return _may_be(text) and _BESIDE_A_LINK.search(text)


@remembered
def is_answer(text: str) -> bool:
    """Whether a line is an answer of a poll with its share: "Yes 71%"."""
    return _ANSWER.fullmatch(text)


def _may_be(text: str) -> bool:
    return len(text) <= _LONGEST and _QUOTED.isdisjoint(text)
