"""Who follows the demo newspaper without a fault? Variorum's stages beside two plain trackers.

Run: .venv/bin/python bench/newspaper.py   (no network, no store: pages are handed over in process)

A plain tracker takes the text of each answer with status 200, folds its typography away and calls
it a new version when it differs from the last: once of trafilatura's text, once of all that is
visible.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from variorum.model import DecisionKind, Fetched, History, Page, Version
from variorum.newspaper import Newspaper, Score, TrueArticle, measure
from variorum.newspaper.wire import Request
from variorum.text.typography import fold

OUT = Path(__file__).parent.parent / "docs" / "benchmarks" / "newspaper.md"
HOPS = 10
Follower = Callable[[str, Fetched], bool]  # (article, answer) -> is this a new version?


def fetch(paper: Newspaper, url: str) -> Fetched:
    """One answer of the newspaper, redirects followed."""
    now, current = paper.clock.now(), url
    for _ in range(HOPS):
        parts = urlsplit(current)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = paper.answer(Request("GET", target, parts.hostname or ""))
        headers = dict(answer.headers)
        if answer.status in (301, 302):
            current = urljoin(current, headers["Location"])
            continue
        cut = answer.cut is not None
        body = answer.body[: answer.cut] if cut else answer.body
        error = "the connection was cut" if cut else None
        return Fetched(
            url, now, current, answer.status, answer.headers, body, error=error, truncated=cut
        )
    return Fetched(url, now, current, None, error="too many redirects")


class Variorum:
    """The stages as the pipeline calls them, with a list in place of the store."""

    def __init__(self) -> None:
        self.versions: dict[str, list[Version]] = {}
        self.last: dict[str, Page] = {}
        self.outcomes: dict[str, str] = {}

    def __call__(self, url: str, answer: Fetched) -> bool:
        from variorum.stages.extract import read_page
        from variorum.stages.version import content_digest, decide, judge_response

        versions = self.versions.setdefault(url, [])
        decision, page = judge_response(answer, url), None
        if decision is None:
            page = read_page(
                answer.body, url=answer.final_url, content_type=answer.header("content-type")
            )
            last = self.last.get(url)
            decision = decide(page, History(tuple(versions), lambda: last), answer)
        self.outcomes[url] = decision.details.get("outcome", "ok")
        if page is not None and decision.kind.makes_version:
            document = page.document
            version = Version(
                *(1, len(versions), document, answer.time, answer.time, decision.reason),
                digest=content_digest(document),
                kind=decision.kind,
                fields=decision.fields,
                same_as=decision.same_as,
            )
            versions.append(version)
        if page is not None and (decision.kind.makes_version or decision.kind in _ATTESTS):
            self.last[url] = page
        return decision.kind.makes_version


_ATTESTS = {DecisionKind.SAME, DecisionKind.TYPOGRAPHIC, DecisionKind.FURNITURE}


class Plain:
    """A tracker that compares one text of the page, folded."""

    def __init__(self, text: Callable[[bytes], str]) -> None:
        self.text, self.last = text, dict[str, str]()

    def __call__(self, url: str, answer: Fetched) -> bool:
        if answer.status != 200 or answer.error:
            return False
        text = fold(self.text(answer.body))
        new = text != self.last.get(url)
        self.last[url] = text
        return new


def trafilatura_text(body: bytes) -> str:
    import trafilatura

    return trafilatura.extract(body) or ""


def visible_text(body: bytes) -> str:
    from lxml import html

    tree = html.fromstring(body)
    for hidden in tree.xpath("//script | //style"):
        hidden.drop_tree()
    return str(tree.text_content())


def follow(
    follower: Follower,
) -> tuple[Score, dict[str, tuple[int, int, int, int]], list[str], float]:
    """One look at every story in every round: the score, by outlet (articles, exact, invented,
    unseen), the outcomes that were called something else, and CPU seconds per 1,000 captures."""
    paper = Newspaper()
    truth = paper.truth()
    seen: dict[str, list[int]] = {url: [] for url in truth}
    wrong: list[str] = []
    spent, looks = 0.0, 0
    for round_, moment in enumerate(paper.rounds):
        paper.clock.set(moment)
        for url, article in truth.items():
            if round_ < article.first_round or not article.versions:
                continue
            answer = fetch(paper, url)
            began = time.process_time()
            if follower(url, answer):
                seen[url].append(round_)
            spent, looks = spent + time.process_time() - began, looks + 1
            if isinstance(follower, Variorum):
                got, wanted = follower.outcomes[url], article.outcome_at(round_)
                if got != wanted and not (wanted == "ok" and got == "unmodified"):
                    wrong.append(f"round {round_}, {urlsplit(url).path}: {got} for {wanted}")
    return measure(truth, seen), by_outlet(truth, seen), wrong, 1000 * spent / looks


def by_outlet(
    truth: dict[str, TrueArticle], seen: dict[str, list[int]]
) -> dict[str, tuple[int, int, int, int]]:
    rows = {}
    for outlet in dict.fromkeys(a.outlet for a in truth.values()):
        part = {u: a for u, a in truth.items() if a.outlet == outlet}
        score = measure(part, {u: seen[u] for u in part})
        rows[outlet] = (score.articles, score.exact, score.invented, score.unseen)
    return rows


def main() -> None:
    followers: dict[str, Follower] = {
        "variorum (read, judge, decide)": Variorum(),
        "trafilatura's text, folded": Plain(trafilatura_text),
        "all visible text, folded": Plain(visible_text),
    }
    truth = Newspaper().truth()
    versions = sum(len(a.versions) for a in truth.values())
    lines = [
        "# Following the demo newspaper",
        "",
        f"{len(truth)} stories, {versions} true versions, {len(Newspaper().rounds)} rounds, one"
        " look at each story in each round. Made by `bench/newspaper.py`.",
        "",
        "| follower | stories without a fault | versions invented | unseen | CPU ms per capture |",
        "|---|---|---|---|---|",
    ]
    detail: list[str] = []
    for name, follower in followers.items():
        score, rows, wrong, milliseconds = follow(follower)
        exact = f"{score.exact} of {score.articles}"
        lines.append(
            f"| {name} | {exact} | {score.invented} | {score.unseen} | {milliseconds:.1f} |"
        )
        if isinstance(follower, Variorum):
            detail = ["", "Variorum by outlet:", ""]
            detail += ["| outlet | stories | without a fault | invented | unseen |"]
            detail += ["|---|---|---|---|---|"]
            detail += [f"| {o} | {' | '.join(map(str, row))} |" for o, row in rows.items()]
            detail += ["", f"Outcomes called something else: {len(wrong)}."]
            detail += [f"- {line}" for line in wrong]
            detail += [
                f"- {urlsplit(m.url).path}?{urlsplit(m.url).query}: invented {list(m.invented)},"
                f" unseen {list(m.unseen)}"
                for m in score.misses
            ]
    text = "\n".join([*lines, *detail, ""])
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
