"""Two versions of a story aligned: which sentences belong together and which words differ."""

from variorum.stages.collate.align import align_sentences
from variorum.stages.collate.documents import collate_documents
from variorum.stages.collate.history import Blame, SentenceOrigin, blame

__all__ = ["Blame", "SentenceOrigin", "align_sentences", "blame", "collate_documents"]
