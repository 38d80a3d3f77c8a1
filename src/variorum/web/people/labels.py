"""What a form on a page calls its fields: errors are told with these words."""

from __future__ import annotations

import html as markup

from selectolax.lexbor import LexborHTMLParser, LexborNode


def label_of(page: bytes, action: str, name: str) -> str:
    """The label of the field ``name`` in the form that is sent to ``action``, without its hint; ""
    where it has none."""
    tree = LexborHTMLParser(page.decode())
    for form in tree.css("form"):
        if form.attributes.get("action") != action or not form.css_matches("#failed"):
            continue
        field = next((f for f in form.css("[name]") if f.attributes.get("name") == name), None)
        if field is None:
            continue
        key = field.attributes.get("id")
        for label in form.css("label"):
            if key and label.attributes.get("for") == key:
                return _words(label)
    return ""


def marked_wrong(page: bytes, action: str, name: str) -> bytes:
    """The page with that field marked as the one that the line above the form is about."""
    failed = page.find(b'id="failed"')
    form = page.rfind(b'action="%s"' % markup.escape(action).encode(), 0, failed)
    field = b' name="%s"' % markup.escape(name).encode()
    at = page.find(field, failed)
    if failed < 0 or form < 0 or at < 0 or at > page.find(b"</form>", failed):
        return page
    return page[:at] + b' aria-invalid="true" aria-describedby="failed"' + page[at:]


def _words(label: LexborNode) -> str:
    for hint in label.css(".hint"):
        hint.decompose()
    return " ".join(label.text().split())
