"""Every page of the archive, one file each."""

from variorum.web.pages import (
    about,
    article,
    blame,
    claims,
    compare,
    events,
    front,
    memento,
    openapi,
    search,
    sources,
    speakers,
    version,
)

PAGES = (
    front.PAGE,
    article.PAGE,
    blame.PAGE,
    claims.PAGE,
    version.PAGE,
    compare.PAGE,
    search.PAGE,
    speakers.PAGE,
    sources.PAGE,
    about.PAGE,
)
RAWS = (compare.GOTO, *memento.RAWS, events.RAW, openapi.RAW)
