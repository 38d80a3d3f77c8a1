"""Evidence: an append-only log of what was observed, and the proof that nothing was altered since.

The log follows the database and says only hashes; its tree, its files and its signatures are those
of public transparency logs (RFC 6962, C2SP tlog-tiles, signed-note).
"""
