"""The past of articles, taken from archives of others: an index is asked, mementos are fetched as
they were captured, and everything goes the way of all captures, marked as observed by that archive.
"""

from variorum.pipeline.backfill.run import Backfill, Backfilled, Wanted
from variorum.pipeline.backfill.service import WAYBACK, Service, service_at

__all__ = ["WAYBACK", "Backfill", "Backfilled", "Service", "Wanted", "service_at"]
