"""HTML bytes -> Page: what the page is, the story on it, and what was left out and why.

Importing this costs nothing; the parsers are imported when the first page is read.
"""

from variorum.stages.extract.charset import decode
from variorum.stages.extract.furniture import SiteFurniture, learn
from variorum.stages.extract.page import extractor, read_page
from variorum.stages.extract.reader import Reader

__all__ = ["Reader", "SiteFurniture", "decode", "extractor", "learn", "read_page"]
