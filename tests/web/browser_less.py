"""An application asked without a client that waits for the end of an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


def parts_of(app: Any, path: str, after_first: Callable[[], None]) -> list[bytes]:
    """The parts of an answer as they are sent; ``after_first`` is called when the first is here."""
    parts: list[bytes] = []
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "scheme": "http",
        "server": ("testserver", 80),
        "headers": [(b"host", b"testserver")],
        "root_path": "",
    }

    async def receive() -> dict[str, object]:
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.body" and message.get("body"):
            parts.append(message["body"])
            if len(parts) == 1:
                after_first()

    asyncio.run(asyncio.wait_for(app(scope, receive, send), 20))
    return parts
