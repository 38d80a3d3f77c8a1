"""WebSub (W3C, 2018): a hub says when a list has news, so that it is looked at when it has.

What a hub sends is never read: a ping that proves to be from the hub makes the look due, and what is
listed is fetched from the source itself, as ever. Where a hub does not do its part, the source is
looked at by the clock, as one without a hub is, and its health says so.
"""

from variorum.pipeline.websub.callback import Answer, verify_intent, welcome_ping
from variorum.pipeline.websub.subscriber import Subscriber, base_of, post_form
from variorum.pipeline.websub.subscription import Subscription, health_of, note_hub, subscription_of

__all__ = [
    "Answer",
    "Subscriber",
    "Subscription",
    "base_of",
    "health_of",
    "note_hub",
    "post_form",
    "subscription_of",
    "verify_intent",
    "welcome_ping",
]
