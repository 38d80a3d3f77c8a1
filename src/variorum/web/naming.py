"""Plain words for the archive's terms: badges, outcomes, decisions, kinds of source."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.web.languages import N_, gettext, pgettext


def NP_(context: str, message: str) -> str:  # noqa: N802 - as N_, with what it is said of
    """Marks a name that is translated where it is shown."""
    return message


#: Badges of a change and kinds of claim change, as people say them.
NAMES = {
    "gone": NP_("badge", "gone"),
    "moved-away": NP_("badge", "moved away"),
    "paywall": NP_("badge", "paywall"),
    "quote": NP_("badge", "quote"),
    "figure": NP_("badge", "figure"),
    "negation": NP_("badge", "negation"),
    "negated": NP_("badge", "negation"),
    "hedge": NP_("badge", "certainty"),
    "hedged": NP_("badge", "hedged"),
    "unhedged": NP_("badge", "hedge dropped"),
    "attribution": NP_("badge", "attribution"),
    "reattributed": NP_("badge", "attributed to another speaker"),
    "anonymised": NP_("badge", "speaker no longer named"),
    "named": NP_("badge", "speaker now named"),
    "claim": NP_("badge", "claim"),
    "added": NP_("badge", "added"),
    "dropped": NP_("badge", "dropped"),
    "removed": NP_("badge", "removed"),
    "reworded": NP_("badge", "reworded"),
    "notice": NP_("badge", "notice"),
    "headline": NP_("badge", "headline"),
    "moved": NP_("badge", "moved"),
    "body": NP_("badge", "text"),
    "byline": NP_("badge", "byline"),
    "media": NP_("badge", "picture or caption"),
    "caption": NP_("badge", "caption"),
    "dates": NP_("badge", "dates"),
    "published": NP_("badge", "publication date"),
    "section": NP_("badge", "section"),
    "returned": NP_("badge", "earlier text restored"),
    "flapping": NP_("badge", "back and forth"),
    "wording": NP_("badge", "punctuation and spacing"),
    "edited": NP_("badge", "edited"),
    "split": NP_("badge", "split"),
    "merged": NP_("badge", "merged"),
    "first": NP_("badge", "first version"),
    "changed": NP_("badge", "changed"),
    "same": NP_("badge", "unchanged"),
    "typographic": NP_("badge", "typography only"),
    "furniture": NP_("badge", "page changed, story did not"),
    "not-article": NP_("badge", "not the article"),
    "direct": NP_("badge", "quoted"),
    "mixed": NP_("badge", "partly quoted"),
    "indirect": NP_("badge", "reported"),
    "ok": NP_("badge", "read"),
    "unmodified": NP_("badge", "not modified"),
    "blocked": NP_("badge", "blocked"),
    "failed": NP_("badge", "failed"),
    "feed": NP_("badge", "feed"),
    "sitemap": NP_("badge", "sitemap"),
    "front": NP_("badge", "front page"),
    "article": NP_("badge", "one article"),
    "import": NP_("badge", "imported file"),
    "correction": NP_("badge", "correction"),
    "clarification": NP_("badge", "clarification"),
    "update": NP_("badge", "update"),
    "editors-note": NP_("badge", "editor’s note"),
}

#: What each badge of a change says, for readers who ask.
MEANINGS = {
    "gone": N_("the server says that the page is no longer there"),
    "moved-away": N_("the address now leads to another page or site"),
    "paywall": N_("the story can no longer be read without paying"),
    "quote": N_("words in quotation marks changed, or lost their marks"),
    "figure": N_("a number, an amount or a date changed"),
    "negation": N_("a “not” or the like was added or dropped"),
    "hedge": N_("how sure a statement sounds: an “allegedly” or the like was added or dropped"),
    "attribution": N_("a statement is now attributed to somebody else"),
    "claim": N_("a statement by somebody was added or dropped"),
    "notice": N_("the publisher added or changed a correction, an update or a note"),
    "headline": N_("the headline changed"),
    "removed": N_("sentences were taken out"),
    "added": N_("sentences were added"),
    "reworded": N_("sentences were reworded"),
    "moved": N_("sentences were moved"),
    "byline": N_("the names of the authors changed"),
    "media": N_("a picture, a video or a caption changed"),
    "dates": N_("the date of publication changed"),
    "returned": N_("the text went back to that of an earlier version"),
    "flapping": N_("the page alternates between two texts"),
    "wording": N_("small differences: punctuation, spacing, quotation marks, the section"),
}

#: Roles, kinds of speaker and of media, as people say them.
ROLES_NAMED = {
    "reader": NP_("role", "reader"),
    "editor": NP_("role", "editor"),
    "admin": NP_("role", "administrator"),
}
SPEAKERS_NAMED = {
    "person": NP_("speaker", "person"),
    "organisation": NP_("speaker", "organisation"),
    "group": NP_("speaker", "group"),
    "artefact": NP_("speaker", "artefact"),
    "anonymous": NP_("speaker", "anonymous"),
    "unattributed": NP_("speaker", "unattributed"),
}
MEDIA_NAMED = {
    "image": NP_("media", "image"),
    "video": NP_("media", "video"),
    "audio": NP_("media", "audio"),
    "embed": NP_("media", "embed"),
}

#: What an article's state means to a reader.
STATES = {
    "watching": N_("watched"),
    "gone": N_("gone; checked now and then in case it comes back"),
    "moved": N_("moved away; checked now and then in case it comes back"),
    "imported": N_("imported, not watched"),
    "paused": N_("paused"),
}


def named(kind: str) -> str:
    """The archive's term in the reader's language; a term unknown here as it is."""
    name = NAMES.get(kind)
    return kind if name is None else pgettext("badge", name)


def term_of(text: str, terms: Sequence[str]) -> str | None:
    """The archive's term that somebody means: by its own name, or by what pages call it, in English or
    in the reader's language, whatever the capitals and hyphens; None where it is none of ``terms``."""
    meant = _bare(text)
    by_name = {_bare(name): term for term in terms for name in (named(term), NAMES.get(term, term))}
    by_name |= {_bare(term): term for term in terms}
    return by_name.get(meant)


def both_names(term: str) -> str:
    """A term for who has to type it: as pages call it in English, with its own name where that is
    another: "certainty (hedge)"."""
    name = NAMES.get(term, term)
    return term if _bare(name) == _bare(term) else f"{name} ({term})"


def _bare(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


def role_named(role: str) -> str:
    """A role in the reader's language."""
    known = ROLES_NAMED.get(role)
    return role if known is None else pgettext("role", known)


def speaker_named(kind: str) -> str:
    """A kind of speaker in the reader's language."""
    known = SPEAKERS_NAMED.get(kind)
    return kind if known is None else pgettext("speaker", known)


def media_named(kind: str) -> str:
    """A kind of media in the reader's language."""
    known = MEDIA_NAMED.get(kind)
    return kind if known is None else pgettext("media", known)


def state_named(state: str) -> str:
    """An article's state in the reader's language."""
    known = STATES.get(state)
    return state if known is None else gettext(known)
