"""Whole corpora: the same stages over collections of any size, on all cores or on a cluster.

Captures are read in units of files, sent to the partition of their article, and each partition is
gone through in the order of articles and times, one capture at a time: no article need fit in
memory. What knows an engine is in ``local`` and ``spark``, and is little.
"""
