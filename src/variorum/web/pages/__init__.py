"""Every page of the archive, one file each."""

from variorum.web.pages import (
    about,
    account,
    article,
    blame,
    claims,
    compare,
    edit,
    events,
    front,
    log,
    memento,
    openapi,
    people,
    search,
    share,
    sign_in,
    source,
    sources,
    speakers,
    statistics,
    version,
    watching,
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
    source.PAGE,
    statistics.PAGE,
    about.PAGE,
    log.PAGE,
    sign_in.PAGE,
    account.PAGE,
    people.PAGE,
    edit.PAGE,
    *watching.PAGES,
)
RAWS = (
    compare.GOTO,
    *share.RAWS,
    *memento.RAWS,
    events.RAW,
    openapi.RAW,
    source.RAW,
    *statistics.RAWS,
)
#: what can be done by POST
DEEDS = (*sign_in.DEEDS, *account.DEEDS, *people.DEEDS, *edit.DEEDS, *watching.DEEDS)
