"""What compiled templates call for each thing that they show, in as few steps as can be.

Jinja asks of each value whether it is finished, then whether it is markup, and makes markup of it; of each call whether
it wants a context. A page shows thousands of values and calls hundreds of macros, so that is most of what it costs.
Here one function says a message in the reader's language and escapes it, and the usual calls are made at once. What is
shown is the same to the letter.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from netofnets.language.languages import Tongue
from netofnets.language.messages import Message, told

try:
    from markupsafe._speedups import _escape_inner as escaped
except ImportError:  # built without it, or another version of it: the same, more slowly

    def escaped(text: str, /) -> str:
        """Text as it stands in markup."""
        return str(escape(text))


__all__ = ["SAYS", "Calls", "Shows", "shown_in"]


def shown_in(reads: Callable[[], Tongue]) -> Callable[[Any], str]:
    """What shows a value: messages in the language that ``reads`` gives, text escaped, markup as it is."""

    def shown(value: Any) -> str:
        kind = type(value)
        if kind is Markup:
            return value  # type: ignore[no-any-return]
        if kind is Message:
            return escaped(told(value, reads()))
        return escaped(value) if kind is str else escape(value)

    return shown


class Shows(CodeGenerator):
    """Writes templates that show each value by ``environment.finalize``, which has to be a :func:`shown_in`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            self.fail("templates that are shown so escape everything", node.lineno)
        self.write("environment.finalize(")

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


SAYS = "netofnets_says"
"""Marks functions that want the context of a template, and nothing of the block in which they are called."""


class Calls(Context):
    """Calls macros, and functions that want nothing of the template, at once; everything else as Jinja does."""

    def call(__self, __obj: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """What ``__obj`` returns for these arguments; the names are those that no argument of a template has."""
        kind: type = type(__obj)
        if kind is Macro or (kind is FunctionType and (SAYS in __obj.__dict__ or not hasattr(__obj, "jinja_pass_arg"))):
            if kwargs:
                kwargs.pop("_block_vars", None)
                kwargs.pop("_loop_vars", None)
            if kind is FunctionType:
                return __obj(__self, *args, **kwargs) if SAYS in __obj.__dict__ else __obj(*args, **kwargs)
            return __obj(__self.eval_ctx, *args, **kwargs) if kwargs else _called(__obj, args, __self)  # type: ignore[arg-type]
        return super().call(__obj, *args, **kwargs)


def _called(macro: Macro, args: tuple[Any, ...], context: Context) -> Any:
    """What a macro returns; without Jinja's making out of arguments, where they only have to be filled up."""
    lacking = macro._argument_count - len(args)
    if lacking < 0 or macro.caller or macro.catch_kwargs or macro.catch_varargs:
        return macro(context.eval_ctx, *args)
    return macro._invoke([*args, *([missing] * lacking)], autoescape=bool(context.eval_ctx.autoescape))
