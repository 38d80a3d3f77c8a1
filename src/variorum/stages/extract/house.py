"""Boxes that a paper sets into its stories by itself, in sentences like the story's: what its readers wrote,
what stood in its archive, this day in other years, puzzles, forecasts, sponsors' stories.

They are known by the line they open with, or by the last, which only sends the reader to the thing. The
words between may be anything. A single line is the paper's own where it counts what readers gave, lit or
voted, or asks whether one likes what one reads.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from collections.abc import Sequence

from variorum.stages.extract.offers import calls
from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_HEAD = 60  # characters of a line that opens a box
_BUTTON = 40  # characters of one that sends on
_CARD = 2  # lines of a card of a title and a button
_BLURB = 160  # characters under a label
_OPENS = Caseless(
    # other stories, old ones, this day
    r"\W{0,3}(?:(?:next up|what else we(?:['’]re| are) (?:covering|reporting|reading)|(?:from|out of) (?:our|the) archives?|on this day(?: in .{3,20})?|this day in history"
    r"|aus (?:unserem|dem) archiv|heute vor \d+ jahren|was sonst noch (?:geschah|passiert)|(?:dans|de) nos archives|ce jour-là|de nuestro archivo|tal día como hoy|efemérides|dal nostro archivio|accadde oggi|do nosso arquivo|neste dia"
    # what readers say
    r"|(?:readers?['’]?s?|featured|top|best|reader) (?:comments?|replies|voices)|comments? of the (?:day|week)|(?:der )?leserkommentar|das sagen (?:unsere )?leser|commentaires? (?:de|des) lecteurs?|comentarios? de (?:un|los|nuestros) lector(?:es)?|commenti? dei lettori|comentários? d[eo]s? leitor(?:es)?)\b.{0,30}"
    # notices and places that a paper prints for others
    r"|(?:(?:recent|latest|local|today['’]s|this week['’]s) )?(?:obituaries|death notices|funeral notices|public notices|classifieds)|(?:top|featured|latest|local) (?:jobs|vacancies|homes|properties)|traueranzeigen|stellen(?:angebote|markt)|avis de décès|offres d['’]emploi|annonces légales|esquelas|ofertas de empleo|annunci di lavoro|vagas de emprego"
    # games, sponsors
    r"|(?:today['’]s |the |daily |quick |cryptic )?(?:crossword|sudoku|quiz|puzzle|brain ?teaser)(?: of the day)?|(?:your |today['’]s |daily |weekly )?horoscopes?(?: today| for today)?|(?:ihr |dein |tages|wochen)?horoskop(?: heute| des tages)?|(?:votre )?horoscope(?: du jour)?|(?:tu |su )?horóscopo(?: de hoy| del día)?|(?:il tuo )?oroscopo(?: di oggi| del giorno)?|(?:seu )?horóscopo(?: de hoje| do dia)?|your stars(?: today| this week| with .{2,40})?|pasatiempos|sopa de letras|crucigramas?|mots (?:croisés|fléchés|mêlés)|kreuzworträtsel|cruciverba|parole crociate|palavras cruzadas|passatempos|word ?search|codeword|(?:paid for|brought to you|presented|supported|funded) by [^.!?]{2,40}|(?:in partnership with|präsentiert von|in kooperation mit|présenté par|en partenariat avec|patrocinado por|presentato da|in collaborazione con|oferecido por) [^.!?]{2,40})\W{0,3}"
)
# A sign of the zodiac with what it is told, a quiz's question: wherever they stand in a box.
_PLAYED = Caseless(
    r"\W{0,3}(?:aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius|pisces|widder|stier|zwillinge|krebs|löwe|jungfrau|waage|skorpion|schütze|steinbock|wassermann|fische"
    r"|bélier|taureau|gémeaux|lion|vierge|balance|scorpion|sagittaire|capricorne|verseau|poissons|tauro|géminis|cáncer|escorpio|sagitario|capricornio|acuario|piscis|ariete|toro|gemelli|cancro|leone|vergine|bilancia|scorpione|acquario|pesci|touro|gêmeos|gémeos|leão|virgem|escorpião|peixes)(?: \([^()]{3,30}\))?\s?[:：] \S"
    r"|\W{0,3}(?:question|frage|pregunta|domanda|pergunta|vraag) \d{1,2} (?:of|von|sur|de|di|van) \d{1,2}\b"
)
# Tomorrow's paper, what members get: such words also head a part of a story, with more below them.
_LABELS = Caseless(
    r"\W{0,3}(?:in (?:tomorrow|today|next week|this week|saturday|sunday|monday)['’]s (?:paper|edition|issue|magazine|print edition)|(?:only|exclusively|exclusive|just) (?:for|to) (?:our )?(?:members|subscribers|supporters)|(?:members|subscribers)['’]?(?: |-)only|the (?:long|big|weekend|sunday) read"
    r"|(?:morgen|heute) im blatt|in der morgigen ausgabe|nur für (?:unsere )?(?:mitglieder|abonnenten)|exklusiv für (?:unsere )?(?:mitglieder|abonnenten)|dans (?:le journal|l['’]édition) de demain|réservé (?:à nos|aux) abonnés|en la edición (?:impresa )?de mañana|(?:solo|exclusivo) para (?:nuestros )?(?:suscriptores|socios)|sul giornale di domani|solo per (?:i nostri )?abbonati|na edição de amanhã|(?:só|exclusivo) para assinantes)\W{0,3}"
)
_STARTS = Caseless(
    r"\W{0,3}(?:win (?:an?|one of|two|three|a pair of|£|\$|€).{3,50}\b(?:worth|tickets?|holidays?|hampers?|prizes?|trips?|vouchers?)\b|win:|gewinnen sie:|(?:today['’]s |the |quick |cryptic )?crossword: \d|today['’]s (?:travel|traffic|weather|tides|markets|crossword|quiz|sudoku|puzzle|clue|cartoon)\s?:|how closely did you follow\b|question \d+ of \d+\b|live now\s?:|(?:\w+['’]s )?lottery(?: results| numbers)?\s?:|pollen (?:today|now|levels?)\s?:|(?:service|line) status\b.{0,12}:|black friday\s?:|last chance\s?:|join us (?:on|at|for|this|in)\b.{0,160}\b(?:tickets?|register|book|places|free entry)\b|it is (?:now )?[−-]?\d{1,2} ?°)"
)
_SENDS = Caseless(
    r"\W*(?:(?:play|solve|take|start|try) (?:the |our |today['’]s |this )?(?:quiz|puzzle|crossword|sudoku|game|test)|(?:see |read )?(?:the )?full forecast|claim (?:the|this|your) offer|check your ticket|change (?:your |the )?(?:town|location|region|city)|live travel|follow the (?:match|game|race)|(?:get|join|read|see|subscribe to|sign up (?:for|to)) (?:the|our|this) (?:free |weekly |daily )?newsletters?|bet now|light a candle|leave a (?:tribute|message|candle)|read (?:it|them) again"
    r"|zum (?:quiz|rätsel|kreuzworträtsel)|kerze anzünden|zur vorhersage|(?:faire|jouer au) (?:le )?(?:quiz|jeu)|allumer une bougie|prévisions complètes|hacer el (?:quiz|test)|encender una vela|pronóstico completo|fai il quiz|accendi una candela"
    r"|previsioni complete|fazer o quiz|acender uma vela|previsão completa)\W*"
)
_WHOLE_STORY = Caseless(
    r"\W*(?:(?:read|see) (?:the )?(?:full|whole) (?:story|article|report|post)|(?:(?:zum )?(?:ganzen )?(?:artikel|beitrag|bericht)(?: lesen)?)|lire (?:l['’]article|la suite de l['’]article)|leer (?:el artículo|la nota|la noticia)(?: complet[oa])?|leggi (?:l['’]articolo|tutto l['’]articolo)|ler (?:o )?artigo(?: completo)?|lees (?:het (?:hele )?artikel))\W*"
)
_SIGNED = Caseless(
    r".{1,40}, (?:from|in|via) the comments\W*|[^.!?]{1,40}, (?:leser|leserin|lecteur|lectrice|lector|lectora|lettore|lettrice|leitor|leitora)\W*"
)
_MOST = r"[\d.,  ]{1,12}"
_OWN = Caseless(
    # money
    rf"^\W{{0,3}}since you(?:['’]re| are) here\b|\bwe (?:still |only )?need {_MOST} (?:more )?(?:new )?(?:monthly |regular )?(?:donors|supporters|members|subscribers|donations)\b|\b(?:could|will|would) (?:you|yours) (?:be one of (?:them|these)|join them|be the next)\?|\bevery (?:gift|donation) (?:is|will be) (?:doubled|matched)\b"
    rf"|^\W{{0,3}}[£$€] ?{_MOST}[km]? (?:has been |was )?(?:given|raised|donated|pledged)(?: so far)? by {_MOST} (?:of our )?(?:readers|supporters|members)\W*$|\byou are reading this (?:because|thanks to)\b|^\W{{0,3}}half price for (?:a|one|the first|six) (?:years?|months?)\b"
    rf"|\breaders (?:pay|paid) for (?:it|this|the|us|our)\b|^.{{0,120}}\b{_MOST} (?:people|readers) gave (?:this|last) (?:week|month|year)\W*$"
    rf"|\b(?:from|with|by) our (?:betting |official |commercial )?partners?\b.{{0,160}}(?:\bbet now\b|\bodds\b|18\+)"
    rf"|\b{_MOST} (?:of {_MOST} )?(?:of our )?(?:readers|supporters|subscribers) (?:have (?:already )?(?:joined|signed up|it already)|already (?:have|get|read|receive) (?:it|us))\W*(?:$|\.\s)"
    # whether one likes it
    r"|\b(?:do you )?(?:like|enjoy|enjoying|liking) what you(?:['’]re| are)? read(?:ing)?\?|\b(?:ihnen gefällt|gefällt (?:ihnen|dir)),? was (?:sie|du) (?:lesen|hier lesen|liest)\b|\bvous aimez ce que vous lisez\b|\bte gusta lo que lees\b|\bti piace (?:quello che|ciò che) leggi\b|\bgosta do que (?:está a ler|lê)\b"
    r"|\bunser (?:[\w-]+ )?(?:brief|newsletter|letter)\b.{0,40}\bkommt (?:jeden|jede|am)\b"
    # what readers lit, left and voted
    rf"|^\W{{0,3}}{_MOST} (?:candles?|tributes?|flowers|condolences|kerzen|bougies|velas|candele) (?:have|has|were|was|wurden|ont|han|sono|foram) (?:been |été |sido |state )?(?:lit|left|placed|written|angezündet|allumées|encendidas?|accese|acesas)\b"
    rf"|^\W{{0,3}}{_MOST} ?% of (?:the )?(?:{_MOST} )?(?:of )?(?:our )?readers (?:think|say|want|would|believe|voted|agree|disagree)\b|\bhas (?:written|filed) {_MOST} (?:pieces|stories|articles|columns|reports) for (?:us|this (?:paper|site))\b"
    rf"|^\W{{0,3}}(?:was|is|did) (?:this|the) (?:page|article|story|information|answer|content|guide) (?:find )?(?:helpful|useful)(?: to you)?\?|^\W{{0,3}}war (?:dieser|diese|dieses) \w{{4,10}} (?:hilfreich|nützlich)\?|^\W{{0,3}}(?:cet article|cette page) vous a-t-(?:il|elle) été utile|^\W{{0,3}}¿(?:te|le) (?:ha sido|fue|ha resultado) útil|^\W{{0,3}}(?:questa pagina|questo articolo) (?:ti )?è stat[oa] utile|^\W{{0,3}}est[ae] (?:página|artigo) foi útil"
    rf"|^\W{{0,3}}(?:like )?(?:be the first to like|(?:one|{_MOST}) bloggers? likes?|{_MOST} people like) this\W*$"
)


# Headed as what it is at this hour or on this day, whatever the story tells.
_HOUR = Caseless(
    r"\W{0,3}(?:live|en directo|en vivo|en direct|in diretta|ao vivo|aktuell)(?:\W{0,3}|: .{2,70}|[ -](?:tables?|scores?|prices?|results?|standings?|traffic|odds|departures|arrivals|updates?|data|figures|rates?|tabelle|ergebnisse|kurse|preise)\W{0,3})"
    r"|(?!who\b|what\b|where\b|how\b|when\b|why\b|is\b|are\b|was\b|but\b|and\b|they\b|wer\b|was\b|wie\b|wo\b|qui\b|que\b|où\b|quién\b|qué\b|dónde\b|chi\b|che\b|quem\b|onde\b)[^.!?:]{2,40} (?:(?:right )?now|at this hour|at the moment|ahora(?: mismo)?|en directo|jetzt|aktuell|live|en ce moment|maintenant|in diretta|adesso|agora|ao vivo)(?: (?:in|on|at|near|en|in der|im|à|a|em|na|no|nel|su) [^.!?:]{2,30})?(?:\W{0,3}|: [^!?]{1,60})"
)
_DAY = Caseless(
    r"\W{0,3}(?:today['’]s [^.!?:]{2,30}|[^.!?:]{2,40} (?:today|tonight|de hoy|hoy|heute|du jour|aujourd['’]hui|di oggi|oggi|de hoje|hoje))\W{0,3}"
)


def is_of_the_hour(title: str, *, spoken_of: bool) -> bool:
    """Whether a title says that what stands below is of this hour ("Markets now", "Live table"), or of
    this day where the story does not speak of it (``spoken_of``)."""
    if len(title) > _BLURB // 2:
        return False
    return _HOUR.fullmatch(title) or (not spoken_of and _DAY.fullmatch(title))


# What a card of the paper's is labelled as, before its title: what follows the colon is no fact then.
_LABELLED = Caseless(
    r"\W{0,3}(?:(?:our |the |new )?(?:podcasts?|videos?|watch|listen|quiz|game|crossword|sudoku|puzzle|gallery|in pictures|newsletter|interactive|audio|cartoon|competition)(?: of the (?:day|week|month))?"
    r"|(?:der |das )?(?:podcast|video|quiz|rätsel|galerie|bilderstrecke|rätsel der woche)|(?:le |la )?(?:podcast|vidéo|quiz|diaporama|jeu)|(?:el |la )?(?:pódcast|podcast|vídeo|galería|juego)|(?:il |la )?(?:podcast|video|galleria|gioco)|(?:o |a )?(?:podcast|vídeo|galeria|jogo))\s?: .{3,}"
)


def is_labelled(title: str) -> bool:
    """Whether a line names something of the paper's to hear, see or play: "Quiz of the week: which …"."""
    return _LABELLED.fullmatch(title)


# What else a paper runs, under its own name: "Beacon Events", "The Echo Shop". Believed above a call only.
_DEPARTMENT = Caseless(
    r"\W{0,3}(?:[\w’'&+.-]{1,20} ){1,3}(?:events?|shop|store|travel|tickets|jobs|puzzles|games|masterclass(?:es)?|courses|academy|book ?shop|books|wine club|wine|dating|holidays|tours|offers|rewards|weekend|extra|plus|membership|members|friends|live|club"
    r"|veranstaltungen|reisen|laden|akademie|vorteilswelt|leserreisen|événements|boutique|voyages|billetterie|eventos|tienda|viajes|entradas|eventi|negozio|viaggi|biglietti|loja|viagens|bilhetes)\W{0,3}"
)


def is_of_house(texts: Sequence[str], *, last_leads: bool) -> bool:
    """Whether a small box, by its lines, is one that the paper sets there by itself; ``last_leads`` says
    whether the last of them is a link or button and no more."""
    first, last = texts[0], texts[-1]
    if len(texts) > 1 and len(first) <= _HEAD and _OPENS.fullmatch(first):
        return True
    if _STARTS.match(first):
        return True
    if len(texts) == 1:
        return False
    if len(first) <= _HEAD and any(map(_PLAYED.match, texts[1:])):
        return True
    if last_leads and len(texts) == _CARD and is_labelled(first):
        return True
    if _LABELS.fullmatch(first) and sum(map(len, texts[1:])) <= _BLURB:
        return True
    if last_leads and len(last) <= _BUTTON and _SENDS.fullmatch(last):
        return True
    if last_leads and _DEPARTMENT.fullmatch(first) and calls(last):
        return True
    if len(first) <= _HEAD and all(map(speaks_of_itself, texts[1:])):
        return True  # "Halder Tide drive" over what readers gave
    return len(last) <= _HEAD and _SIGNED.fullmatch(last)


def sends_to_whole(text: str) -> bool:
    """Whether a line is the button under another story's title: "Read full story"."""
    return len(text) <= _BUTTON and _WHOLE_STORY.fullmatch(text)


@remembered
def speaks_of_itself(text: str) -> bool:
    """Whether a line counts what readers gave, lit or voted, or asks them for it."""
    return _OWN.search(text)


# What a page keeps up to date by itself, or asks for a game.
_SERVICE = Caseless(
    r"\W*(?:(?:live|latest) scores|markets (?:now|today|at a glance|live)|(?:börsen)?kurse aktuell|on [\w’' ]{2,24} tonight|tonight on [\w’' ]{2,24}|(?:tv|on tv) tonight|vote now|test yourself|(?:quick|daily) quiz|jobs near you)\W*"
)


def is_service(text: str) -> bool:
    """Whether a heading is one of those of a service beside the news: "Live scores", "Vote now"."""
    return _SERVICE.fullmatch(text)
