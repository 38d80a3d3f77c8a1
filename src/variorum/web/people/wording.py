"""Acts of people in plain words, and which of them everybody may read of."""

from __future__ import annotations

#: What was done, as the log says it.
ACTS = {
    "hide": "hid an article",
    "unhide": "showed an article again",
    "note": "wrote a note",
    "note-withdrawn": "withdrew a note",
    "merge": "made an article part of another",
    "split": "split an article",
    "source-added": "added a source",
    "source-paused": "paused a source",
    "source-resumed": "resumed a source",
    "source-interval": "set how often a source is looked at",
    "source-removed": "removed a source",
    "rule-added": "added a rule of notices",
    "rule-paused": "paused a rule of notices",
    "rule-resumed": "resumed a rule of notices",
    "rule-removed": "removed a rule of notices",
    "person-added": "added an account",
    "person-role": "changed a role",
    "person-password": "set a password",
    "person-removed": "removed an account",
    "token-made": "made a token",
    "token-revoked": "revoked a token",
}

#: Acts on articles and sources: whoever reads the archive may know of them.
OPEN_ACTS = tuple(k for k in ACTS if not k.startswith(("person-", "token-", "rule-")))

#: What each role may do.
ROLE_LINES = {
    "reader": "reads",
    "editor": "reads, and hides, annotates, joins and splits articles and looks after sources",
    "admin": "does all of that, and looks after accounts",
}
