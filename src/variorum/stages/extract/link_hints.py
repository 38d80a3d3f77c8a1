"""What a page adds to a link for those who hear it read: that it opens in a new tab, or leaves the site.

Templates set such words in an element of their own, mostly unseen, and come and go with the template.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from typing import Any

from variorum.text.caseless import Caseless

_LONGEST = 60  # characters
_HINTS = Caseless(
    r"\W*(?:(?:(?:this |the |external )?(?:link|site|page),?\W{0,3})?(?:(?:that |which )?(?:will )?opens?|opening)(?: up)?(?: ?(?:in|into))?(?: an?(?:other)?)?(?:(?: new)?(?: browser)?[ -](?:tab|window)(?: or (?:tab|window))?| external (?:page|site|website))"
    r"|(?:an )?external (?:link|site|website)|(?:link )?(?:öffnet|wird)(?: sich)? in (?:einem )?(?:neue[mn]|anderen) (?:browser-?)?(?:tab|fenster|reiter)(?: geöffnet)?|externer link|(?:lien )?(?:qui )?(?:s['’])?ouvr(?:e|ir) dans une? (?:nouvel(?:le)?|autre) (?:onglet|fenêtre)"
    r"|(?:une? )?nouvel(?:le)? (?:onglet|fenêtre)|lien externe|(?:enlace )?(?:se )?abre en (?:una? )?(?:nuev[ao]|otr[ao]) (?:pestaña|ventana)|enlace externo|(?:si )?apre in (?:una? )?(?:nuov[ao]|altr[ao]) (?:scheda|finestra|pagina)|link esterno|collegamento esterno"
    r"|abre (?:em|n?uma|noutra)(?: uma)?(?: nova| outra)? (?:aba|janela|guia)|(?:link|hiperligação|ligação) extern[ao]|(?:opent|wordt geopend) in (?:een )?nieuw (?:tabblad|venster)|externe link|öppnas i (?:en |ett )?(?:ny|nytt) (?:flik|fönster)|åpnes i (?:en |et )?(?:ny|nytt) (?:fane|vindu))\W*"
)


def is_hint(node: Any) -> bool:
    """Whether the words of an element say no more than how a link opens."""
    text = " ".join((node.text() or "").split())
    return 0 < len(text) <= _LONGEST and _HINTS.fullmatch(text)
