"""Which article a URL belongs to, looked up and written down in the archive."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urldefrag

from variorum.model import Article, Fetched, Page
from variorum.stages.version import Identity, identify, identity_key
from variorum.store.records import Records


def find_article(records: Records, url: str) -> Article | None:
    """The known article that ``url`` leads to."""
    number = _identify(records, url).article
    return records.article(number) if number is not None else None


def article_at(
    records: Records, url: str, source: int | None, now: datetime, *, state: str = "watching"
) -> tuple[Article, bool]:
    """The article at ``url`` and whether it is new to the archive."""
    identity = _identify(records, url)
    if identity.article is not None:
        known = records.article(identity.article)
        assert known is not None
        _add_aliases(records, known, identity)
        return known, False
    # Fetched as it was found: a canonical form serves to compare, not every server answers to it.
    address = urldefrag(url).url
    return records.add_article(address, identity.aliases, source, now, state=state), True


def settle_identity(
    records: Records, article: Article, fetched: Fetched, page: Page, *, joining: bool = True
) -> tuple[Article, int | None]:
    """What the page itself and the redirects say of its identity: more keys for the article, or
    (where ``joining``) the known article that this one, still without versions, turns out to be.
    Beside it the number of another article whose page the address leads to, if there is one."""
    hops = [*fetched.hops, fetched.final_url]
    own = frozenset(article.aliases)
    identity = identify(
        article.url,
        page.canonical,
        lambda key: None if key in own else _another(records, key, article.id),
        redirects=[h for h in hops if h != article.url],
        claimed_by=records.claims_of_canonical,
    )
    if page.canonical and article.versions == 0:
        records.update_article(article.id, canonical=identity_key(page.canonical))
    other = identity.article
    if other is not None and article.versions == 0 and joining:
        records.merge_article(article.id, other)
        known = records.article(other)
        assert known is not None
        return known, None
    _add_aliases(records, article, identity)
    return article, other


def _add_aliases(records: Records, article: Article, identity: Identity) -> None:
    if not set(identity.aliases) <= set(article.aliases):
        records.add_aliases(article.id, identity.aliases, identity.reason)


def _identify(records: Records, url: str) -> Identity:
    return identify(url, None, records.article_of_key, claimed_by=records.claims_of_canonical)


def _another(records: Records, key: str, this: int) -> int | None:
    """The other article that a key leads to, unless an editor said that it is another story or
    hides one of the two."""
    number = records.article_of_key(key)
    if number is None or number == this or records.kept_apart(number, this):
        return None
    return None if records.hiding(number) or records.hiding(this) else number
