"""The nouns of the archive. Each has one meaning; this package imports nothing else of ours."""

from variorum.model.capture import OBSERVED_BY, Capture, Fetched, Memento, Outcome, Rendered
from variorum.model.change import Change, Lead
from variorum.model.claim import Claim, ClaimChange, ClaimType, Figure, Hedge, Speaker
from variorum.model.collation import Collation, FieldEdit, Op, Segment, Word
from variorum.model.document import Block, Document, Media, Notice, Page, PageKind, Slot
from variorum.model.source import Article, Discovered, Rendering, Source, SourceKind
from variorum.model.span import Sentence, Span, Token
from variorum.model.version import Decision, DecisionKind, History, Version

__all__ = [
    "OBSERVED_BY",
    "Article",
    "Block",
    "Capture",
    "Change",
    "Claim",
    "ClaimChange",
    "ClaimType",
    "Collation",
    "Decision",
    "DecisionKind",
    "Discovered",
    "Document",
    "Fetched",
    "FieldEdit",
    "Figure",
    "Hedge",
    "History",
    "Lead",
    "Media",
    "Memento",
    "Notice",
    "Op",
    "Outcome",
    "Page",
    "PageKind",
    "Rendered",
    "Rendering",
    "Segment",
    "Sentence",
    "Slot",
    "Source",
    "SourceKind",
    "Span",
    "Speaker",
    "Token",
    "Version",
    "Word",
]
