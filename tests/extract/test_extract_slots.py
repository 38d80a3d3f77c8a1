"""The slots of a site's template: what stands in them belongs to the story or it does not."""

from __future__ import annotations

from several_stories import STORIES, story_page, url

from variorum.model.reasons import ELSEWHERE
from variorum.stages.extract import SiteFurniture, learn, read_page
from variorum.stages.extract.names import frame_of, words_of_name

HOLIDAYS = (
    "Seven nights in a white village with a pool, half board and a donkey for the children.",
    "Our partner takes you to a white village with a pool for less than a week of parking.",
    "Half board and a donkey for the children: seven nights by the sea from our partner.",
)


def slot(name: str, text: str) -> str:
    return f'<div class="{name}"><p>{text}</p></div>'


def of_a_site(boxes: list[str]) -> SiteFurniture:
    """What is known after one look at a story for each box, each with its own."""
    known = SiteFurniture()
    for number, box in enumerate(boxes):
        known = learn(known, url(number), read_page(story_page(number, [box]), url=url(number)))
    return known


def told(number: int, box: str, known: SiteFurniture) -> str:
    return read_page(story_page(number, [box]), url=url(number), furniture=known).document.text


def test_a_slot_that_sells_the_same_on_every_story_is_the_sites_whatever_it_says_next() -> None:
    known = of_a_site([slot("panel-k7", HOLIDAYS[n % 3]) for n in range(4)])
    new = "A ship like a village, and every cabin has a window: the winter sun begins at breakfast."
    assert new in told(4, slot("panel-k7", new), SiteFurniture())
    assert new not in told(4, slot("panel-k7", new), known)
    found = read_page(story_page(4, [slot("panel-k7", new)]), url=url(4), furniture=known)
    assert [b.why for b in found.blocks if b.text == new] == [ELSEWHERE]


def test_a_box_of_points_of_its_own_story_stays_on_every_story() -> None:
    points = [
        "Night sailings to Sule go on, says the harbour board",
        "Judge Hagen: flour dust was mistaken for petrol",
        "Vineyards below Castle Orrin stood under water for three nights",
        "Two carved doors go home to their temple",
        "Exams will be held without the teachers",
    ]
    known = of_a_site([slot("in-short", f"{p}.") for p in points[:4]])
    assert points[4] in told(4, slot("in-short", f"{points[4]}."), known)


def test_the_storys_own_paragraphs_are_no_slot_however_often_they_are_seen() -> None:
    known = SiteFurniture()
    for look in range(12):
        number = look % 5
        known = learn(known, url(number), read_page(story_page(number), url=url(number)))
    for number, paragraphs in enumerate(STORIES.values()):
        found = read_page(story_page(number), url=url(number), furniture=known)
        assert found.document.paragraphs == paragraphs


def test_one_story_under_many_addresses_teaches_nothing_of_its_slots() -> None:
    known = SiteFurniture()
    box = slot("in-short", "Night sailings to Sule go on, says the harbour board of Corrin.")
    for alias in range(8):
        known = learn(known, f"alias-{alias}", read_page(story_page(0, [box]), url=url(0)))
    assert known.slots.settled == frozenset()


def test_a_slot_that_names_itself_on_other_stories_is_known_where_it_does_not() -> None:
    bios = [
        '<div class="who"><p>Nell Arden is a reporter for the Echo.</p></div>',
        '<div class="who"><p>Tom Birk is a correspondent of the Echo.</p></div>',
        '<div class="who"><p>Nell Arden is a reporter for the Echo.</p></div>',
        '<div class="who"><p>Ute Lang is an editor at the Echo.</p></div>',
    ]
    known = SiteFurniture()
    for number, bio in enumerate(bios):
        name = bio.split("<p>")[1].split(" is ")[0]
        html = story_page(number, []).replace("</article>", f"{bio}</article>")
        html = html.replace("<h1>", f'<meta name=author content="{name}"><h1>')
        known = learn(known, url(number), read_page(html, url=url(number)))
    odd = "<div class='who'><p>Loves tides, trains and the smell of ink in the morning.</p></div>"
    html = story_page(4).replace("</article>", f"{odd}</article>")
    assert "smell of ink" in read_page(html, url=url(4)).document.text
    assert "smell of ink" not in read_page(html, url=url(4), furniture=known).document.text


def test_what_is_known_of_slots_is_kept_with_the_rest_of_the_site() -> None:
    known = of_a_site([slot("panel", HOLIDAYS[n % 3]) for n in range(4)])
    assert known.slots.settled
    assert SiteFurniture.from_dict(known.to_dict()).to_dict() == known.to_dict()
    assert SiteFurniture.of_shared(known.shared()).slots.settled == known.slots.settled


def test_what_was_written_down_before_there_were_slots_is_still_read() -> None:
    assert SiteFurniture.from_dict({"lines": {"abc": ["x"]}}).slots.settled == frozenset()


def test_a_name_is_known_without_what_a_tool_made_of_it() -> None:
    assert list(words_of_name("css-1x2y3z StoryBody")) == ["StoryBody"]
    assert list(words_of_name("sc-96eb8a01-9 hXyZab promo")) == ["promo"]
    assert list(words_of_name("read-next__54B1b")) == ["read", "next"]


def test_a_frame_stays_while_the_words_in_it_change() -> None:
    one = story_page(0, [slot("panel", HOLIDAYS[0])])
    assert frame_of(one) == frame_of(story_page(3, [slot("panel", HOLIDAYS[1])]))
    assert frame_of(one) != frame_of(one.replace("story-text", "copy"))


def test_a_plain_list_of_a_story_is_no_slot_though_the_site_sets_plain_lists_there_too() -> None:
    offers = ["Two for one at the Slyce", "Ask for the winter menu", "Free parking after six"]
    plain = "<ul>" + "".join(f"<li>{offer}</li>" for offer in offers) + "</ul>"
    known = of_a_site([plain] * 4)
    own = "<ul><li>Green line: every 30 minutes</li><li>Airport bus: every 15 minutes</li></ul>"
    assert "every 15 minutes" in told(4, own, known)


def test_what_was_written_down_otherwise_is_learned_anew() -> None:
    data = of_a_site([slot("panel", HOLIDAYS[n % 3]) for n in range(4)]).to_dict()
    data["slots"]["seen"] = {name: each[:-1] for name, each in data["slots"]["seen"].items()}
    assert not SiteFurniture.from_dict(data).slots.seen


def test_a_slot_that_counts_readers_is_the_sites_when_it_says_something_else() -> None:
    counts = ("4,120 people have read this story", "31 people are writing a comment right now")
    known = of_a_site([slot("who-k7", counts[n % 2]) for n in range(4)])
    odd = "Warmly recommended by those who finished it."
    assert odd not in told(4, slot("who-k7", odd), known)
