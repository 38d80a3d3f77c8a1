"""Lines that are the site speaking and not the story, in whatever template: known by their words.

A second net behind the extractor's, for what its structure rules let through on one capture and
not on the other. Only a *whole* line or sentence can be chrome, and only if it is one of the set
phrases of the web; a sentence of a story is never one, however like an advertisement it reads.
"""

from __future__ import annotations

import re

from variorum.stages.version.folding import Tokens

_LONGEST = 40  # tokens: prompts are short, and a claim hidden in a long line must not be dropped

_LABEL = r"""
    advert(?:isement|ising|\ feature)? | sponsored(?:\ content)? | promoted | anzeige | werbung
  | publicité | publicidad | publicidade | pubblicità | annonce | paid\ content
  | story\ continues\ below(?:\ advert\w*)? | (?:article|continue)\ (?:continues|reading)
    (?:\ (?:below|after|the\ main\ story))? .{0,30}
  | most\ (?:read|popular|viewed|shared|commented) | trending(?:\ now)? | you\ may\ (?:also\ )?like
  | you\ might\ also\ (?:like|be\ interested\ in) | recommended(?:\ for\ you|\ stories)?
  | (?:related|more)\ (?:articles?|stories|topics?|content|news|links?|coverage) | more\ on\ this(?:\ story)?
  | meistgelesen | lesen\ sie\ auch | (?:à\ )?lire\ aussi | lea\ también | te\ puede\ interesar
  | leggi\ anche | leia\ (?:também|mais) | ver\ también | mehr\ zum\ thema | sur\ le\ même\ sujet
  | اقرأ\ أيضا | 関連記事 | あわせて読みたい | おすすめ記事
  | share(?:\ (?:this|on|via)\ .{0,30})? | share\ this | print | e-?mail | copy\ link | save | tweet
  | (?:view|show|hide|post|add|leave|write|read)?\ ?(?:\ all|\ the|\ a)?\ ?\d*\ ?comments?
  | skip\ (?:advertisement|ad|past\ .{0,40}|to\ .{0,40}) | back\ to\ top | close | loading\ ?(?:\.\.\.)?
"""
_LEAD = r"""
    (?:read|see|learn|find\ out|watch|listen)\ (?:more|also|next)\ ?(?:on|about|here|at|:|>|\|)
  | (?:also|related|recommended|don\ ?'\ ?t\ miss|more)\ (?:read|from|stories|story|reading)?\ ?:
  | related\ ?: | (?:lesen|lies)\ (?:sie\ )?(?:auch|mehr)\ ?: | (?:à\ )?lire\ (?:aussi|également)\ ?:
  | lea\ (?:también|además|más)\ ?: | leggi\ anche\ ?: | leia\ também\ ?: | mehr\ zum\ thema\ ?:
  | sign\ (?:up|in)\ (?:for|to|here|now|with) | subscribe\ (?:to|now|for|today|here) | register\ (?:to|now|for\ free)
  | follow\ (?:us|@|.{1,40}\ on\ (?:twitter|facebook|instagram|x|threads|bluesky|linkedin|whatsapp))
  | like\ us\ on | join\ (?:our|us\ on|the\ conversation) | download\ (?:our|the)\ (?:free\ )?(?:\w+\ )?app
  | get\ (?:our|the\ (?:latest|best|day)|breaking)\ .{0,60}(?:newsletter|inbox|alerts?|e-?mail)
  | (?:abonnez-vous|inscrivez-vous|abonnieren\ sie|jetzt\ abonnieren|suscríbete|suscríbase|iscriviti|abbonati|assine|inscreva-se)
  | (?:want|enjoy(?:ed|ing)?|like)\ .{0,40}\?\ sign\ up
"""
_CLOCK = r"""
    (?:(?:last\ )?(?:updated|published|posted|modified)\ ?:?\ )?
    (?:about\ )?(?:just\ now|an?\ |\d+\ ?)(?:s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?|months?|years?)?\ ?ago
  | (?:il\ y\ a|vor|hace|há|fa)\ \d+\ \w+ | \d+\ \w+\ fa
  | \d+\ ?(?:min(?:ute)?s?|seconds?)\ ?(?:read|de\ lecture|lesezeit|de\ lectura|di\ lettura|de\ leitura)
  | \d[\d.,]*\ ?[km]?\ (?:shares?|likes?|views?|reads?|comments?|retweets?|claps?)
"""
_CHROME = re.compile(
    rf"(?:{_LABEL})\s*[.:>»]?$ | (?:{_LEAD}) | (?:{_CLOCK})\s*\.?$", re.IGNORECASE | re.VERBOSE
)


def is_chrome(line: Tokens) -> bool:
    """Whether a whole line, as tokens, is a set phrase of the site: prompt, label, clock, count."""
    if not line:
        return True
    return len(line) <= _LONGEST and _CHROME.match(" ".join(line)) is not None
