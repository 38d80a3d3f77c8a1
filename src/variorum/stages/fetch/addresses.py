"""Which addresses are public, and which hosts are an address in disguise. Pure; no look-ups."""

from __future__ import annotations

import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# An own table, because ``ipaddress.is_global`` differs between Python versions and passes several
# translated forms. From the IANA special-purpose registries (IPv4: RFC 6890 and updates; IPv6:
# RFC 6890, 4291, 6052, 8215, 9637) and, for IPv6, everything outside 2000::/3.
_DENIED_V4: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "an unspecified address"),
    ("10.0.0.0/8", "a private address"),
    ("100.64.0.0/10", "an address behind a carrier's NAT"),
    ("127.0.0.0/8", "this machine itself"),
    ("169.254.0.0/16", "a link-local address"),
    ("172.16.0.0/12", "a private address"),
    ("192.0.0.0/24", "an address reserved for protocols"),
    ("192.0.2.0/24", "an address for documentation"),
    ("192.31.196.0/24", "a reserved address"),
    ("192.52.193.0/24", "a reserved address"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.168.0.0/16", "a private address"),
    ("192.175.48.0/24", "a reserved address"),
    ("198.18.0.0/15", "an address for benchmarks"),
    ("198.51.100.0/24", "an address for documentation"),
    ("203.0.113.0/24", "an address for documentation"),
    ("224.0.0.0/4", "a multicast address"),
    ("240.0.0.0/4", "a reserved address"),
    # Cloud metadata and platform services that lie in public ranges.
    ("168.63.129.16/32", "a cloud platform's internal address"),
)
_DENIED_V6: tuple[tuple[str, str], ...] = (
    ("::/128", "an unspecified address"),
    ("::1/128", "this machine itself"),
    ("::ffff:0:0/96", "an IPv4 address mapped into IPv6"),
    ("::ffff:0:0:0/96", "an IPv4 address translated into IPv6"),
    ("::/96", "an IPv4 address written as IPv6"),
    ("64:ff9b:1::/48", "an IPv4 address behind a local NAT64"),
    ("100::/64", "a discard address"),
    ("2001::/32", "a Teredo address"),
    ("2001::/23", "an address reserved for protocols"),
    ("2001:db8::/32", "an address for documentation"),
    ("2002::/16", "a 6to4 address"),
    ("2620:4f:8000::/48", "a reserved address"),
    ("3fff::/20", "an address for documentation"),
    ("5f00::/16", "a segment-routing address"),
    ("fc00::/7", "a private address"),
    ("fe80::/10", "a link-local address"),
    ("fec0::/10", "a site-local address"),
    ("ff00::/8", "a multicast address"),
)
_TABLE_V4 = tuple((IPv4Network(net), why) for net, why in _DENIED_V4)
_TABLE_V6 = tuple((IPv6Network(net), why) for net, why in _DENIED_V6)
_GLOBAL_V6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_LOOPBACK_V4 = IPv4Network("127.0.0.0/8")
_LOOPBACK_V6 = IPv6Address("::1")


def denied_address(address: str | Address) -> str | None:
    """Why no request may go to this address, or None when it is a public one.

    An address with a zone ("fe80::1%eth0") is denied; so is anything that is not an address. The
    well-known NAT64 prefix is judged by the IPv4 address inside, because on an IPv6-only network
    every IPv4 site is reached through it.
    """
    if isinstance(address, str):
        try:
            address = ip_address(address)
        except ValueError:
            return "not an address"
    if isinstance(address, IPv4Address):
        return next((why for net, why in _TABLE_V4 if address in net), None)
    if address.scope_id:
        return "an address with a zone"
    if address in _NAT64:
        inner = denied_address(IPv4Address(int(address) & 0xFFFFFFFF))
        return f"{inner} behind NAT64" if inner else None
    why = next((why for net, why in _TABLE_V6 if address in net), None)
    return why or (None if address in _GLOBAL_V6 else "an address that is not in public use")


def is_loopback(address: str | Address) -> bool:
    """Whether it is this machine itself: 127.0.0.0/8 or ::1, in no translated form."""
    if isinstance(address, str):
        try:
            address = ip_address(address)
        except ValueError:
            return False
    if isinstance(address, IPv4Address):
        return address in _LOOPBACK_V4
    return address == _LOOPBACK_V6


def address_in_disguise(host: str) -> IPv4Address | None:
    """The IPv4 address that a resolver would read in a host such as ``2130706433``, ``0x7f.1``,
    ``0177.0.0.1``, ``127.1`` or ``①②⑦.⓪.⓪.①``; None for a name or a plain dotted quad.

    Follows the WHATWG "ends in a number" rule: one to four parts, each decimal, octal (leading 0)
    or hexadecimal (0x), the last filling the bytes that are left. Numbers that fit no address give
    255.255.255.255, which is denied.
    """
    plain = unicodedata.normalize("NFKC", host).replace("。", ".").lower()
    parts = plain.removesuffix(".").split(".")
    if not parts or _number(parts[-1]) is None:
        return None
    numbers = [_number(part) for part in parts]
    known = [n for n in numbers if n is not None]
    if len(known) < len(numbers) or len(known) > 4 or any(n > 255 for n in known[:-1]):
        return IPv4Address("255.255.255.255")
    if known[-1] >= 256 ** (5 - len(known)):
        return IPv4Address("255.255.255.255")
    value = known[-1]
    for place, number in enumerate(known[:-1]):
        value += number << (8 * (3 - place))
    found = IPv4Address(value)
    return None if str(found) == host else found


def _number(part: str) -> int | None:
    """A part of a host read as ``inet_aton`` reads it; None when it is no number."""
    if not part.isascii() or len(part) > 40:
        return None
    if part.startswith("0x"):
        digits, base = part[2:] or "0", 16
    elif len(part) > 1 and part.startswith("0"):
        digits, base = part[1:], 8
    else:
        digits, base = part, 10
    if not digits.isalnum():
        return None
    try:
        return int(digits, base)
    except ValueError:
        return int(part) if part.isdigit() else None
