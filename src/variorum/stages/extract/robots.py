"""What hosts of pages hide from robots, and show to readers."""

from __future__ import annotations

_LONGEST = 400  # digits of an address


def hidden_address(code: str) -> str:
    """The mail address that a host of pages hides from robots: every byte is set off by the first
    (Cloudflare's e-mail obfuscation)."""
    try:
        key, *rest = bytes.fromhex(code[:_LONGEST])
    except ValueError:
        return ""
    return bytes(b ^ key for b in rest).decode("utf-8", "replace")
