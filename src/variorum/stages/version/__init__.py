"""Is this the same article, and is this a new version of it? Pure decisions with their reasons."""

from variorum.stages.version.decide import decide
from variorum.stages.version.digest import content_digest, same_content
from variorum.stages.version.identity import (
    Identity,
    canonical_url,
    identify,
    identity_key,
    story_id,
)
from variorum.stages.version.made import version_made
from variorum.stages.version.quick import story_digest, telling, unchanged
from variorum.stages.version.reread import Reread, reread, tell_the_same
from variorum.stages.version.response import judge_response
from variorum.stages.version.steady import Steady, steady, still

__all__ = [
    "Identity",
    "Reread",
    "Steady",
    "canonical_url",
    "content_digest",
    "decide",
    "identify",
    "identity_key",
    "judge_response",
    "reread",
    "same_content",
    "steady",
    "still",
    "story_digest",
    "story_id",
    "tell_the_same",
    "telling",
    "unchanged",
    "version_made",
]
