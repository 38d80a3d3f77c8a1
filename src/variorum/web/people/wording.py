"""Acts of people in plain words, and which of them everybody may read of."""

from __future__ import annotations

from variorum.web.languages import N_

#: What was done, as the log says it.
ACTS = {
    "hide": N_("hid an article"),
    "unhide": N_("made an article visible again"),
    "note": N_("wrote a note"),
    "note-withdrawn": N_("withdrew a note"),
    "merge": N_("merged an article into another"),
    "split": N_("split an article"),
    "source-added": N_("added a source"),
    "source-paused": N_("paused a source"),
    "source-resumed": N_("resumed a source"),
    "source-interval": N_("set how often a source is checked"),
    "source-rendering": N_("set how the articles of a source are read"),
    "source-removed": N_("removed a source"),
    "rule-added": N_("added an alert"),
    "rule-paused": N_("paused an alert"),
    "rule-resumed": N_("resumed an alert"),
    "rule-removed": N_("removed an alert"),
    "person-added": N_("added an account"),
    "person-role": N_("changed a role"),
    "person-password": N_("set a password"),
    "person-removed": N_("removed an account"),
    "token-made": N_("created a token"),
    "token-revoked": N_("revoked a token"),
}

#: What somebody is told after they did something, under the name that :class:`Deed` gives it.
SAID = {
    "hidden": N_("The article is now hidden."),
    "shown": N_("The article is visible again."),
    "noted": N_("The note has been added."),
    "withdrawn": N_("The note has been withdrawn."),
    "joined": N_("The two articles are now one."),
    "split": N_("This is the new article; the other one keeps its number."),
    "watched": N_("The source is now being watched."),
    "paused": N_("The source is paused."),
    "resumed": N_("The source is being checked again."),
    "interval": N_("The interval has been set."),
    "rendering": N_("How its articles are read has been set."),
    "unwatched": N_("The source has been removed; what was kept of its articles stays."),
    "rule": N_("The alert is on: it reports what changes from now on."),
    "arrived": N_("The test arrived."),
    "rule-paused": N_("The alert is paused."),
    "rule-resumed": N_("The alert is on again."),
    "rule-removed": N_("The alert has been removed."),
    "account": N_("The account has been added."),
    "role": N_("The role has been set."),
    "password": N_(
        "The password has been set; the account is signed out everywhere, and its tokens have been revoked."
    ),
    "account-removed": N_("The account has been removed."),
    "own-password": N_(
        "Your password has been changed; every other browser is signed out. Tokens stay valid until you revoke them."
    ),
    "revoked": N_("The token has been revoked."),
}

#: Acts on articles and sources: whoever reads the archive may know of them.
OPEN_ACTS = tuple(k for k in ACTS if not k.startswith(("person-", "token-", "rule-")))

#: What each role may do.
ROLE_LINES = {
    "reader": N_("can read"),
    "editor": N_(
        "can also hide, annotate, merge and split articles, and manage sources and alerts"
    ),
    "admin": N_("can do all that editors can, and manages accounts"),
}
