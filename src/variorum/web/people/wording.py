"""Acts of people in plain words, and which of them everybody may read of."""

from __future__ import annotations

from variorum.web.languages import N_

#: What was done, as the log says it.
ACTS = {
    "hide": N_("hid an article"),
    "unhide": N_("showed an article again"),
    "note": N_("wrote a note"),
    "note-withdrawn": N_("withdrew a note"),
    "merge": N_("made an article part of another"),
    "split": N_("split an article"),
    "source-added": N_("added a source"),
    "source-paused": N_("paused a source"),
    "source-resumed": N_("resumed a source"),
    "source-interval": N_("set how often a source is looked at"),
    "source-rendering": N_("set how the pages of a source are read"),
    "source-removed": N_("removed a source"),
    "rule-added": N_("added a rule of notices"),
    "rule-paused": N_("paused a rule of notices"),
    "rule-resumed": N_("resumed a rule of notices"),
    "rule-removed": N_("removed a rule of notices"),
    "person-added": N_("added an account"),
    "person-role": N_("changed a role"),
    "person-password": N_("set a password"),
    "person-removed": N_("removed an account"),
    "token-made": N_("made a token"),
    "token-revoked": N_("revoked a token"),
}

#: What somebody is told after they did something, under the name that :class:`Deed` gives it.
SAID = {
    "hidden": N_("The article is hidden now."),
    "shown": N_("The article is shown again."),
    "noted": N_("The note stands beside the article."),
    "withdrawn": N_("The note is withdrawn."),
    "joined": N_("The two articles are one now."),
    "split": N_("This is the new article; the other one keeps its number."),
    "watched": N_("The source is watched from now on."),
    "paused": N_("The source is paused."),
    "resumed": N_("The source is looked at again."),
    "interval": N_("The interval is set."),
    "rendering": N_("How its pages are read is set."),
    "unwatched": N_("The source is removed; what was kept of its articles stays."),
    "rule": N_("The rule tells what changes from now on."),
    "arrived": N_("The test arrived."),
    "rule-paused": N_("The rule is paused."),
    "rule-resumed": N_("The rule tells again."),
    "rule-removed": N_("The rule is removed."),
    "account": N_("The account is added."),
    "role": N_("The role is set."),
    "password": N_(
        "The password is set; whoever has the account is signed out everywhere, and their tokens ended."
    ),
    "account-removed": N_("The account is removed."),
    "own-password": N_(
        "Your password is changed; every other browser is signed out. Tokens stay until you revoke them."
    ),
    "revoked": N_("The token is revoked."),
}

#: Acts on articles and sources: whoever reads the archive may know of them.
OPEN_ACTS = tuple(k for k in ACTS if not k.startswith(("person-", "token-", "rule-")))

#: What each role may do.
ROLE_LINES = {
    "reader": N_("reads"),
    "editor": N_("reads, and hides, annotates, joins and splits articles and looks after sources"),
    "admin": N_("does all that editors do, and looks after accounts"),
}
