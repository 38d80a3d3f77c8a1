"""What a site sends in place of a story: error pages, walls, loops."""

from __future__ import annotations

from typing import Any

from variorum.newspaper import pages
from variorum.newspaper.furniture import Furniture
from variorum.newspaper.outlets import Outlet
from variorum.newspaper.wire import Answer

_WORDS: dict[str, dict[str, dict[str, Any]]] = {
    "en": {
        "404": {
            "title": "Page not found",
            "texts": ["We cannot find the page you are looking for. It may have been moved."],
            "more": "Most read",
        },
        "410": {
            "title": "This story is no longer available",
            "texts": ["The page has been removed."],
        },
        "consent": {
            "title": "Your privacy matters to us",
            "texts": [
                "We and our 842 partners store and access information on your device, such as"
                " cookies, to show advertising, measure it and learn about our audience.",
                "You may accept or manage your choices. Your choices apply to this site only.",
            ],
            "buttons": ["Accept all", "Manage options", "Reject all"],
        },
        "error200": {
            "title": "Something went wrong",
            "texts": ["An unexpected error occurred. Please try again later.", "Error code 5:0x1f"],
        },
        "feature": {
            "title": "The weekend magazine",
            "texts": ["This piece is in the weekend magazine and is not online yet."],
            "more": "In the news",
        },
        "403": {"title": "Access denied", "texts": ["You do not have permission to see this."]},
        "503": {"title": "Back in a moment", "texts": ["We are carrying out maintenance."]},
    },
    "fr": {
        "404": {
            "title": "Page introuvable",
            "texts": ["La page que vous cherchez n'existe pas ou n'existe plus."],
            "more": "Les plus lus",
        },
        "feature": {
            "title": "Le magazine du week-end",
            "texts": ["Cet article paraîtra dans le magazine de samedi."],
            "more": "À la une",
        },
        "410": {"title": "Contenu supprimé", "texts": ["Cet article a été retiré."]},
        "consent": {
            "title": "Le respect de votre vie privée",
            "texts": ["Nous et nos 512 partenaires utilisons des cookies."],
            "buttons": ["Tout accepter", "Paramétrer", "Continuer sans accepter"],
        },
    },
    "es": {
        "404": {
            "title": "Página no encontrada",
            "texts": ["La página que busca no existe o ha cambiado de dirección."],
            "more": "Lo más leído",
        },
        "feature": {
            "title": "El suplemento",
            "texts": ["Este reportaje se publicará en el suplemento del sábado."],
            "more": "En portada",
        },
        "410": {"title": "Contenido retirado", "texts": ["Esta noticia ya no está disponible."]},
    },
}


def instead(
    what: str, outlet: Outlet, base: str, furniture: Furniture, target: str = "/"
) -> Answer:
    """The answer for a delivery other than the story itself (see ``story.OUTCOMES``)."""
    kind = ("Content-Type", f"text/html; charset={outlet.encoding}")
    if what == "front":
        return Answer(302, (("Location", f"{base}/"), kind))
    if what == "loop":
        step = int(target.rpartition("hop=")[2]) + 1 if "hop=" in target else 1
        bare = target.partition("hop=")[0].rstrip("?&")
        mark = "&" if "?" in bare else "?"
        return Answer(302, (("Location", f"{base}{bare}{mark}hop={step}"), kind))
    words = _WORDS.get(outlet.language, {})
    said = words.get("404" if what == "soft404" else what) or _WORDS["en"][what]
    page = {"texts": [], "buttons": [], "more": "", **said}
    html = pages.render("notice.html", outlet=outlet, f=furniture, **page)
    status = {"404": 404, "410": 410, "403": 403, "503": 503}.get(what, 200)
    headers: tuple[tuple[str, str], ...] = (kind,)
    if status == 503:
        headers += (("Retry-After", "1"),)
    return Answer(status, headers, html.encode(outlet.encoding, "xmlcharrefreplace"))
