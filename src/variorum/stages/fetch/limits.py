"""What one fetch may cost."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch; whichever is reached first ends it, and the error names it.

    ``seconds`` is the whole time on the network, all redirects together; ``connect`` one
    connection with its TLS handshake. ``raw`` and ``decoded`` count bytes of the body before and
    after its content codings; ``ratio`` bounds decoded to raw once ``ratio_from`` bytes are
    decoded; ``headers`` counts the bytes of one response's headers.

    Calibration: of 859 news pages the largest has about 5 MB; a sitemap may have 50 MB decoded by
    its protocol. HTML and sitemaps compress 5 to 60 times, gzip can 1,032 times, brotli and zstd
    over 10,000 times: 200 lies between the honest and the bomb.
    """

    seconds: float = 60.0
    connect: float = 15.0
    raw: int = 20 * MIB
    decoded: int = 52 * MIB
    ratio: float = 200.0
    ratio_from: int = 4 * MIB
    redirects: int = 10
    headers: int = 128 * 1024
    codings: int = 3
