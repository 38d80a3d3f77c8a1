"""Static files: read once, named by their content, kept compressed."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from importlib import resources

from starlette.requests import Request
from starlette.responses import Response

from variorum.web.errors import not_found

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class _Asset:
    data: bytes
    zipped: bytes
    media_type: str
    digest: str


class Assets:
    """The files of ``web/static``."""

    def __init__(self) -> None:
        folder = resources.files("variorum.web") / "static"
        self._files: dict[str, _Asset] = {}
        for entry in folder.iterdir():
            suffix = "." + entry.name.rsplit(".", 1)[-1]
            if suffix in _TYPES:
                data = entry.read_bytes()
                digest = hashlib.sha256(data).hexdigest()[:12]
                zipped = gzip.compress(data, mtime=0)
                self._files[entry.name] = _Asset(data, zipped, _TYPES[suffix], digest)

    def url(self, name: str) -> str:
        """The path of a file, other whenever its content is other."""
        return f"/static/{name}?v={self._files[name].digest}"

    def compressed_size(self) -> int:
        """Bytes of all style sheets and scripts, gzip."""
        return sum(len(a.zipped) for n, a in self._files.items() if n.endswith((".css", ".js")))

    def answer(self, request: Request) -> Response:
        """One file, or 404."""
        asset = self._files.get(request.path_params["name"])
        if asset is None:
            raise not_found("No such file")
        headers = {"Vary": "Accept-Encoding", "ETag": f'"{asset.digest}"'}
        named = request.query_params.get("v") == asset.digest
        headers["Cache-Control"] = _FOREVER if named else "no-cache"
        if request.headers.get("if-none-match") == f'"{asset.digest}"':
            return Response(status_code=304, headers=headers)
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            return Response(asset.zipped, media_type=asset.media_type, headers=headers)
        return Response(asset.data, media_type=asset.media_type, headers=headers)
