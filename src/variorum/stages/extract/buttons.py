"""Words that stand on a page's buttons and also begin what a story tells: "Share", "Print", "Facebook".

"Share on Facebook" is a button; "Share of the vote: 36%", "Facebook: 3 billion users", "Del 12 al 14 de
marzo" are the story's. Such a word means a button only where nothing stands beside it but other words
of buttons and figures, or words of newsletters and channels.
"""

from __future__ import annotations

import re

from variorum.text.remember import remembered


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TWOFOLD = _words(
    """
    share save print comment comments register donate bookmark unlock tweet facebook twitter instagram
    linkedin pinterest reddit whatsapp telegram
    teilen drucken merken kommentar kommentare registrieren vorlesen
    partager imprimer commentaires recevez compartir comentarios recibe síguenos
    condividi stampa commenti ascolta siga compartilhar compartilhe receba comentários assine
    deel del dela
    """
)
_NETWORKS = _words("facebook twitter instagram linkedin pinterest reddit whatsapp telegram")
_BESIDE = _words(
    """
    x bluesky threads mastodon youtube tiktok snapchat messenger xing flipboard mail email e pdf link url copy
    this that it the a to on via by with per for in of at or and your our us me my you all here now today later
    story article articles page post item content someone send news friends friend reading list app apps online
    free icon button more first add write read see view show hide leave sign up log account
    join conversation discussion quote video photo picture image gallery podcast clip graphic chart
    zitat bild foto grafik citation photo vidéo image cita foto vídeo imagen citazione immagine citação imagem
    über auf bei mit per an und oder sie diesen dieser diese artikel beitrag seite jetzt hier alle
    sur par avec cet cette ce un une le la les article page ami amis et ou maintenant ici
    en con por esta este noticia artículo tus amigos y o ahora aquí nuestro nuestra
    su questo quest articolo notizia pagina gli le i amici e ora qui
    no na nas nos esta este notícia matéria artigo amigos agora aqui
    op van dit bericht artikel på til denne artikkelen artikeln saken
    shares saves tweets retweets likes reads views pins reactions replies times k m mio mil geteilt mal gefällt mir
    partages fois compartidos veces condivisioni volte compartilhamentos partilhas vezes
    abonnieren anmelden senden enviar envoyer inviare invia guardar salva salvar enregistrer
    """
)
_WORD = re.compile(r"[^\W\d_]+")
# "Facebook: 212,000 followers", "Newsletter subscribers: 4,120"
_COUNTED = re.compile(rf"^\W*(?:newsletter|{'|'.join(sorted(_NETWORKS))})[\w -]{{0,30}}:\s?\d")
_HANDLE = re.compile(r"^\W*\w+\W{1,3}@\w")  # "Twitter: @anne"


def gives_count(text: str) -> bool:
    """Whether a line says of a channel how many it has: "Facebook: 212,000", "Newsletter readers: 4,120"."""
    return _COUNTED.match(text.casefold()) is not None


@remembered
def opens_as_story(text: str) -> bool:
    """Whether a line begins with such a word and goes on as no button does."""
    if gives_count(text):
        return True
    words = _WORD.findall(text.casefold())
    if not words or words[0] not in _TWOFOLD or _HANDLE.search(text):
        return False
    return not all(w in _TWOFOLD or w in _BESIDE for w in words[1:])
