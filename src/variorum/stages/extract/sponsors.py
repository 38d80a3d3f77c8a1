"""Lines that name who pays for the page: another at every look, and none of the story.

A story speaks of sponsors too ("Sponsored by three senators, the bill…"): there they are the subject of
a sentence or its beginning. A line of the site speaks of its own page, or is no sentence at all.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

import re

from variorum.stages.extract.endings import reports
from variorum.text.caseless import Caseless
from variorum.text.remember import remembered

_LONGEST = 300  # characters
_WORDS = 6  # of a line that is no sentence, at most
_QUOTED = frozenset('"“”„«»‘')
_PAGE = "article|story|page|post|content|section|newsletter|podcast|bulletin|coverage|feature|column|live ?blog"
_OF_PAGE = Caseless(
    r"\W{0,3}(?:"
    r"(?:this|today['’]s|our|your) (?:[\w-]+ ){1,2}(?:is|was|comes|are) (?:proudly |kindly )?(?:brought )?to you (?:today )?(?:by|from|with)"
    rf"|(?:this|today['’]s|our) (?:{_PAGE}|series) (?:is|was|has been|are) (?:proudly |kindly |generously )?(?:sponsored|supported|presented|paid for|brought to you) by"
    r"|(?:a |and now a )?(?:word|message|note|reminder) from (?:our|today['’]s|this week['’]s) (?:sponsor|partner|advertiser)s?\b"
    r"|(?:from|thanks to|meet) (?:our|today['’]s|this week['’]s) (?:sponsor|advertiser)s?\s?[:.!]"
    r"|(?:our|today['’]s|this week['’]s) sponsors?(?: (?:today|this week|this month))?\s?(?::|is |are |[–—-] )"
    r"|dieser? (?:artikel|beitrag|text|seite|inhalt|newsletter) (?:wird|wurde|ist) (?:ihnen )?(?:präsentiert|gesponsert|unterstützt) von"
    r"|(?:cet article|ce contenu|cette page|ce dossier|cette rubrique) (?:vous est |est |a été )(?:offert|proposé|présenté|sponsorisé|parrainé)e? par"
    r"|est[ea] (?:artículo|contenido|noticia|página|sección) (?:es|está|ha sido|fue|te l[oa] trae|te es) ?(?:patrocinad[oa]|presentad[oa]|ofrecid[oa])? ?(?:por\b|$)"
    r"|quest[oa] (?:articolo|contenuto|pagina|notizia) (?:è|vi è|viene|è stat[oa]) (?:offert|sponsorizzat|presentat)[oa] da"
    r"|est[ea] (?:artigo|conteúdo|notícia|página|texto) (?:é|foi) (?:patrocinad|oferecid|apresentad)[oa] (?:por|pel[oa])"
    r")"
)
_BARE = Caseless(
    r"\W{0,3}(?:(?:(?:proudly|kindly) )?(?:sponsored|brought to you|paid for) by|in (?:association|partnership|collaboration|cooperation) with|in zusammenarbeit mit|en partenariat avec|en colaboración con|in collaborazione con|em parceria com|präsentiert von|gesponsert von|sponsorisé par|parrainé par"
    r"|patrocinad[oa] por|sponsorizzat[oa] da|offert[oa] da|oferecid[oa] por) "
)
_SENTENCE = re.compile(r"[.!?](?:\s|$)")


@remembered
def names_sponsor(text: str) -> bool:
    """Whether a line says who pays for the page it stands on, and quotes nobody."""
    if len(text) > _LONGEST or not _QUOTED.isdisjoint(text) or reports(text):
        return False
    if _OF_PAGE.match(text):
        return True
    first = _SENTENCE.split(text, maxsplit=1)[0]
    return _BARE.match(text) and "," not in first and len(first.split()) <= _WORDS
