"""A Collation for people reading plain text: terminal, unified lines, apparatus in words."""

from __future__ import annotations

from variorum.model import Collation, Document

_COLOUR = {"=": "", "-": "\x1b[31;9m", "+": "\x1b[32;4m"}


def terminal(
    collation: Collation, old: Document, new: Document, *, width: int = 80, color: bool = True
) -> str:
    """The new text with changes in colours, or as [-old-] {+new+} without."""
    out = []
    for s in collation.segments:
        for sign, text in s.words:
            if sign == "=":
                out.append(text)
            elif color:
                out.append(f"{_COLOUR[sign]}{text}\x1b[0m")
            else:
                out.append(f"[-{text}-]" if sign == "-" else f"{{+{text}+}}")
    return "".join(out)


def unified(collation: Collation, old: Document, new: Document) -> str:
    """A line a sentence: two spaces, a minus or a plus, then its text."""
    lines = []
    for s in collation.segments:
        before = "".join(t for sign, t in s.words if sign != "+").strip()
        after = "".join(t for sign, t in s.words if sign != "-").strip()
        if s.op == "same":
            lines.append(f"  {after}")
        else:
            lines += [f"- {before}"] if before else []
            lines += [f"+ {after}"] if after else []
    return "\n".join(" ".join(line.split("\n")) for line in lines)


def apparatus(collation: Collation, old: Document, new: Document) -> list[str]:
    """One plain line for each change."""
    lines = []
    for s in collation.segments:
        gone = " ".join(t.strip() for sign, t in s.words if sign == "-" and t.strip())
        came = " ".join(t.strip() for sign, t in s.words if sign == "+" and t.strip())
        if gone and came:
            lines.append(f"'{gone}' became '{came}'.")
        elif gone or came:
            lines.append(f"'{gone or came}' was {'removed' if gone else 'added'}.")
    return lines
