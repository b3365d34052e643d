"""What compiled templates call for each thing that they show, in as few steps as can be.

Jinja asks of each value whether it is finished, then whether it is markup, and makes markup of it; of each call whether
it wants a context, and of what a macro wrote makes markup, to put it into markup. A page shows thousands of values and
calls hundreds of macros, so that is most of what it costs. Here one function says a message in the reader's language
and escapes it; what a macro wrote, and what a translated block says, goes into the page as it is written. What is shown
is the same to the letter.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
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


__all__ = ["SAYS", "Calls", "Shows", "calls_in", "shown_in"]


def shown_in(reads: Callable[[], Tongue]) -> Callable[[Any], str]:
    """What shows a value: messages in the language that ``reads`` gives, text escaped, markup as it is."""

    def shown(value: Any) -> str:
        kind = type(value)
        if kind is str:
            return escaped(value)
        if kind is Markup:
            return value  # type: ignore[no-any-return]
        return escaped(told(value, reads())) if kind is Message else escape(value)

    return shown


def calls_in(shown: Callable[[Any], str]) -> Callable[..., str]:
    """What shows whatever a macro writes, or a function returns. ``shown`` is a :func:`shown_in`."""

    def shows(context: Context, called: Any, /, *args: Any, **named: Any) -> str:
        if type(called) is Macro:
            given = _given(called, args, named)
            if given is not None:
                return called._func(*given)
        return shown(context.call(called, *args, **named))

    return shows


def _given(macro: Macro, args: tuple[Any, ...], named: dict[str, Any]) -> list[Any] | None:
    """What Jinja's own call would hand to a macro; None where a macro takes more than it names, or for a mistake."""
    lacking = macro._argument_count - len(args)
    if lacking < 0 or macro.catch_kwargs or macro.catch_varargs:
        return None
    if not named:
        return None if macro.caller else [*args, *([missing] * lacking)]
    given = [*args, *(named.get(name, missing) for name in macro.arguments[len(args) :])]
    found = sum(name in named for name in macro.arguments[len(args) :])
    if macro.caller and "caller" in named and not macro.explicit_caller:
        given.append(named["caller"])
        found += 1
    elif macro.caller:
        return None
    return given if found == len(named) else None


class Shows(CodeGenerator):
    """Writes templates that show each value by ``environment.finalize``, which has to be a :func:`shown_in`.

    What is called to be shown goes through ``environment.shows``, a :func:`calls_in`, and what a translated block says
    through ``environment.says`` (:func:`netofnets.language.templates.says_in`).
    """

    _straight: nodes.Call | None = None  # what is written next is shown as it comes

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            self.fail("templates that are shown so escape everything", node.lineno)
        if isinstance(node, nodes.Call) and node.dyn_args is None and node.dyn_kwargs is None:
            self._straight = node
        else:
            self.write("environment.finalize(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if not (isinstance(node, nodes.Call) and node.dyn_args is None and node.dyn_kwargs is None):
            self.write(")")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call: of whatever is shown, so that its answer needs no more than to be put there."""
        if node is not self._straight and not (forward_caller and node.dyn_args is None and node.dyn_kwargs is None):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self._straight = None
        if _is_message(node):
            self.write("environment.says(")
            self._write_message(node, frame)
        else:
            self.write("environment.shows(context, ")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _write_message(self, node: nodes.Call, frame: Frame) -> None:
        """Its texts, which stand in the template, its count, and what is put into it by name."""
        for arg in node.args:
            self.visit(arg, frame)
            self.write(", ")
        self.write("values={")
        for one in node.kwargs:
            self.write(f"{one.key!r}: ")
            self.visit(one.value, frame)
            self.write(", ")
        self.write("}")


def _is_message(node: nodes.Call) -> bool:
    """Whether it says a text of the template itself: a translated block, or ``_()`` of a literal."""
    texts = {"gettext": 1, "_": 1, "ngettext": 2}.get(node.node.name, 0) if isinstance(node.node, nodes.Name) else 0
    given = node.args[:texts]
    right = len(given) == texts and len(node.args) == texts + (texts == 2)
    return bool(texts) and right and all(isinstance(one, nodes.Const) and type(one.value) is str for one in given)


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
            given = _given(__obj, args, kwargs)  # type: ignore[arg-type]
            if given is not None:
                return __obj._invoke(given, autoescape=bool(__self.eval_ctx.autoescape))  # type: ignore[attr-defined]
            return __obj(__self.eval_ctx, *args, **kwargs)
        return super().call(__obj, *args, **kwargs)
