"""Jinja with less to do for each value of a page: what it calls and what it escapes is nearly always
a plain function and a plain string, which need none of the questions that it asks first."""

from __future__ import annotations

from types import FunctionType
from typing import Any

from jinja2 import Environment
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as _escaped
except ImportError:  # a Python for which MarkupSafe has no compiled part

    def _escaped(text: str, /) -> str:
        return str(escape(text))


def quick_escape(value: object) -> str:
    """:func:`markupsafe.escape` for what goes into a page at once: a string that is not marked as
    markup again, since nothing asks."""
    kind = type(value)
    if kind is str:
        return _escaped(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


class QuickContext(Context):
    """Calls plain functions and macros without looking for what Jinja could hand to them."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        plain = type(__obj) is FunctionType and not hasattr(__obj, "jinja_pass_arg")
        if not plain and type(__obj) is not Macro:
            return super().call(__obj, *args, **kwargs)
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return __obj(*args, **kwargs) if plain else __obj(__self.eval_ctx, *args, **kwargs)


class QuickEnvironment(Environment):
    """An environment whose templates escape and call so."""

    context_class = QuickContext

    def _generate(self, *args: Any, **kwargs: Any) -> str:
        # The module that a template becomes takes the last name for what its functions call.
        return f"{super()._generate(*args, **kwargs)}\nescape = environment.quick_escape\n"

    quick_escape = staticmethod(quick_escape)
