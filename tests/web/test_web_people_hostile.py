"""Orders that mean nothing, or harm: a clear answer each time, never a 500, never script."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from web_shelf import PAYLOADS, fill
from web_staff import Staff, staffed

from variorum.web.pages import DEEDS

KINDS = (
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    'multipart/form-data; boundary="\r\n',
    "text/plain",
    "",
    "application/json; charset=\xff",
)
NAMES = sorted({f.name for deed in DEEDS for f in deed.fields} | {"csrf"})
TEXTS = st.one_of(
    st.sampled_from(
        [*PAYLOADS, "0", "1", "-1", "9" * 30, "yes", "\ud800", "admin", "figure", "https://x"]
    ),
    st.text(max_size=40),
)
VALUES = st.one_of(
    TEXTS, st.none(), st.booleans(), st.integers(), st.floats(), st.lists(TEXTS, max_size=3)
)
BODIES = st.one_of(
    st.binary(max_size=200),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6).map(
        lambda d: json.dumps(d).encode()
    ),
    st.dictionaries(st.sampled_from(NAMES), st.binary(max_size=40), max_size=6).map(
        lambda d: b"&".join(k.encode() + b"=" + v for k, v in d.items())
    ),
    st.lists(st.tuples(st.sampled_from(NAMES), st.binary(max_size=40)), max_size=4).map(
        lambda parts: (
            b"".join(
                b'--x\r\nContent-Disposition: form-data; name="'
                + n.encode()
                + b'"\r\n\r\n'
                + v
                + b"\r\n"
                for n, v in parts
            )
            + b"--x--\r\n"
        )
    ),
)


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    filled = fill(tmp_path_factory.mktemp("orders") / "archive")
    with filled.archive:
        yield staffed(filled)


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    which=st.integers(0, len(DEEDS) - 1),
    number=st.sampled_from([0, 1, 2, 999, 10**17]),
    kind=st.sampled_from(KINDS),
    body=BODIES,
)
def test_no_order_breaks_the_archive(
    staff: Staff, which: int, number: int, kind: str, body: bytes
) -> None:
    path = re.sub(r"\{(\w+):number\}", str(number), DEEDS[which].path)
    answer = staff.program("admin").post(
        path,
        content=body,
        headers={"content-type": kind.encode("latin-1")},  # type: ignore[dict-item]
    )
    assert answer.status_code < 500, (path, kind, body, answer.text)
    if answer.status_code >= 400:
        assert answer.json()["title"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_is_text_wherever_it_is_shown(staff: Staff, payload: str) -> None:
    editor, number = staff.visitor("editor"), staff.filled.imported
    assert editor.post(f"/a/{number}/notes", text=payload).status_code == 303
    assert editor.post(f"/a/{number}/hide", reason=payload).status_code == 303
    hidden = staff.visitor("nobody").get(f"/a/{number}")
    assert editor.post(f"/a/{number}/unhide", reason=payload).status_code == 303
    staff.visitor("editor").post("/account/tokens", name=payload[:100], role="reader")
    pages = [
        hidden,
        staff.visitor("nobody").get(f"/a/{number}"),
        staff.visitor("nobody").get("/log"),
        editor.get(f"/a/{number}/edit"),
        editor.get("/account"),
        staff.visitor("admin").get("/log"),
    ]
    for page in pages:
        tree = LexborHTMLParser(page.text)
        assert [s.attributes.get("src", "")[:8] for s in tree.css("script")] == ["/static/"]
        assert not tree.css("img, [onerror], [onload], a[href^=javascript]")
        assert "\x00" not in page.text and "\x1b" not in page.text
