"""Why a line of a page is none of the story: the reader's reasons, by name.

``extract --explain`` shows them as they stand. Stages that act on a reason know it by its name here.
"""

from __future__ import annotations

ADVERTISEMENT = "an advertisement"
ADVERTISEMENT_LABEL = "an advertisement's label"
APART = "set apart, and speaks of nothing else in the story"  # kept, but see ``version/turned``
ASKS_FOR_CONSENT = "asks for consent"
ASKS_FOR_MONEY = "asks for money"
ASKS_FOR_SUBSCRIPTION = "asks for a subscription"
ASKS_TO_DO = "asks the reader to do something"
AUDIENCE = "counts the page's own readers"
AUTHOR_BOX = "about the author"
BARE_LINK = "nothing but a link"
CHANGE_LOG = "the page's own change log"
COMMENT = "a reader's comment"
COPYRIGHT = "a copyright line"
ELSEWHERE = "stands where this site sets what is not of the story"
EMBED = "stands in for an embed"
ENTRY = "the time of an entry"
FED = "figures that come anew by themselves"
FORM = "a box with a form"
KNOWN = "stands on other stories of this site"
LINK_BLOCK = "a block of links"
LOCAL = "weather, air, tides or roads where the reader is"
NAMED_OTHER = "called something else in the page's code"
NAMES_OTHER = "names another story"
ON_AIR = "what a station plays now"
OTHER_STORIES = "a box of other stories"
OTHER_STORIES_LIST = "a list of other stories"
OUTSIDE = "outside the story's container"
POLL = "a poll"
PROMOTION = "promotes a newsletter, an app or a channel"
SENT_ON = "sends the reader elsewhere"
SENT_ON_AGAIN = f"{SENT_ON}, as other lines do"
SET_PHRASE = "a set phrase of the site"
STRANGE = "a box that speaks of nothing in the story"
TEASER = "a teaser of another story"
TIME_OR_COUNT = "a time or a count"

# In the reason for a version, before the quoted line: what differs was not read as the story's text, and
# no comparison of the two texts shows it.
BESIDE = "; outside the text: "
_BESIDE_ONCE = "; in a line beside the text: "  # as older archives have it

# By what a line or its box says of itself.
BY_WORDS = frozenset(
    {
        ADVERTISEMENT,
        ADVERTISEMENT_LABEL,
        ASKS_FOR_CONSENT,
        ASKS_FOR_MONEY,
        ASKS_FOR_SUBSCRIPTION,
        ASKS_TO_DO,
        AUDIENCE,
        AUTHOR_BOX,
        EMBED,
        FED,
        FORM,
        LOCAL,
        NAMED_OTHER,
        NAMES_OTHER,
        ON_AIR,
        OTHER_STORIES,
        POLL,
        PROMOTION,
        STRANGE,
    }
)
# By the links of a line or its box: such lines may be the story's own, an attachment, say.
BY_LINKS = frozenset({BARE_LINK, LINK_BLOCK, OTHER_STORIES_LIST, SENT_ON, SENT_ON_AGAIN, TEASER})


def told_beside(reason: str) -> str:
    """What a version's reason tells of lines outside the text, "" where it tells of none."""
    return reason.partition(BESIDE)[2] or reason.partition(_BESIDE_ONCE)[2]
