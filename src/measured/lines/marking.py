"""Marks between the statements of a function: how its lines tell that they begin.

A function's source is parsed, calls are put between its statements, and it is compiled again; its
code then calls what it is handed, and is otherwise the same: the same lines, the same names, the
same variables of outer functions.  No other code is touched, no trace function is set and no tool
of `sys.monitoring` is taken, so nothing else in the process becomes slower, and a debugger or a
coverage tool may run beside it.  The calls are constants of the code; no name is added anywhere.

What is marked, and what it tells:

=================  =================================================================================
`begin`, `end`     the function starts, and is left, in whichever way
`line N`           the statement on line N begins
`turn N`           a loop, or the end of a `with`, comes back to its head on line N
`suspend`          a generator is about to hand a value out; `resume` follows when it goes on
`await`            wraps what a coroutine waits for, or a generator delegates to
`tidy`             an exception that came through such a wrapper is handled, or leaves
=================  =================================================================================
"""

from __future__ import annotations

import ast
import linecache
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy, deepcopy
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any, cast

Definition = ast.FunctionDef | ast.AsyncFunctionDef


class CannotMark(Exception):
    """A function whose lines cannot be told apart; the text is one line that says why."""


@dataclass(frozen=True)
class Calls:
    """What marked code calls.

    Attributes
    ----------
    begin, end, tidy
        Called without an argument.
    line, turn
        Return, for a line's number and the lines of the loops around it, outermost first, the
        iterator that is asked for its next item each time; its items equal 1.  `turn` is asked
        also whether the line was executed once more.
    suspend, resume
        Called with a value, which they return.
    relays
        What wraps an awaitable, a delegate of `yield from`, an asynchronous iterable and an
        asynchronous context manager, by these names: await, delegate, iterate, enter.
    """

    begin: Callable[[], object]
    end: Callable[[], object]
    tidy: Callable[[], object]
    line: Callable[[int, tuple[int, ...]], Iterator[int]]
    turn: Callable[[int, tuple[int, ...], bool], Iterator[int]]
    suspend: Callable[[Any], Any]
    resume: Callable[[Any], Any]
    relays: Mapping[str, Callable[[Any], Any]]


def mark_function(function: FunctionType, calls: Calls) -> CodeType:
    """Return the code of a function with marks.

    Raises
    ------
    CannotMark
        If its source cannot be had, or is not what the function was made from.
    """
    code = function.__code__
    source = "".join(linecache.getlines(code.co_filename, function.__globals__))
    if not source:
        raise CannotMark(f"{code.co_qualname}: its source, {code.co_filename}, cannot be read")
    try:
        tree = _parsed(source, code.co_filename)
        alone, definition = _alone(tree, code)
        if _find(_compile(alone, code.co_filename), code) != code:
            raise CannotMark(
                f"{code.co_qualname}: its code is not what {code.co_filename} says, which has"
                " changed since, or a tool has changed the code"
            )
        marks = _Marks(calls)
        definition.body = marks.whole(definition.body)
        marked = _find(_compile(alone, code.co_filename), code)
    except SyntaxError as error:
        raise CannotMark(f"{code.co_qualname}: {code.co_filename}: {error.msg}") from None
    except RecursionError:
        raise CannotMark(f"{code.co_qualname}: it is nested too deeply") from None
    if marked is None or marked.co_freevars != code.co_freevars:
        raise CannotMark(f"{code.co_qualname}: its variables are not what its source says")
    return marks.fill(marked)


@lru_cache(8)
def _parsed(source: str, filename: str) -> ast.Module:
    with _no_warnings():
        return ast.parse(source, filename)


def _alone(tree: ast.Module, code: CodeType) -> tuple[ast.Module, Definition]:
    """Return a tree of a function and of what it stands in, with nothing beside; and the function.

    Its names belong to the same scopes as in the whole: those are made by the functions and classes
    around it.
    """
    path = _path(tree, code)
    if not path:
        raise CannotMark(
            f"{code.co_qualname}: no `def` of it stands in {code.co_filename}, "
            f"line {code.co_firstlineno}"
        )
    outermost = _without_siblings(path)
    definition = next(node for node in ast.walk(outermost) if _is_like(node, path[-1]))
    return ast.Module([*_imports(tree), outermost], []), cast(Definition, definition)


def _imports(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yield the imports of a module: for names from there, the compiler calls methods its own way.

    (`is_import_originated` in CPython's compiler.)  Those of `__future__` stand first already.
    """
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif isinstance(node, _HOLDERS) and not isinstance(node, _SCOPES):
            yield from _imports(node)


def _without_siblings(path: list[Any]) -> Any:
    """Return a copy of the first of a path; a class has of its body what leads to the last."""
    node, *below = path
    if not (isinstance(node, ast.ClassDef) and below and below[0] in node.body):
        return deepcopy(node)
    alone = copy(node)
    alone.body = [_without_siblings(below)]
    return alone


def _is_like(one: ast.AST, other: ast.AST) -> bool:
    return type(one) is type(other) and all(
        getattr(one, name, None) == getattr(other, name, None)
        for name in ("name", "lineno", "col_offset")
    )


def _path(tree: ast.AST, code: CodeType) -> list[Any]:
    """Return the functions and classes that a function stands in, outermost first, and itself."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition) and _defines(node, code):
            return [node]
        below = _path(node, code) if isinstance(node, _HOLDERS) else []
        if below:
            return [node, *below] if isinstance(node, _SCOPES) else below
    return []


def mark_module(
    source: str | bytes,
    filename: str,
    calls: Calls,
    *,
    show: Callable[[Any], object] | None = None,
    flags: int = 0,
) -> tuple[CodeType, int]:
    """Return the code of a module whose own statements are marked, and its last line's number.

    `end` is not called.  Where it is nested too deeply for marks, it has none.

    Parameters
    ----------
    source, filename
        As for `compile`.
    calls
        What the marks call.
    show
        What the value of a last expression is handed to, as a notebook does with that of a cell.
    flags
        As for `compile`.

    Raises
    ------
    SyntaxError
        If the source is not Python's.
    """
    # Compiled as it is first, with the warnings that there are.
    plain: CodeType = compile(source, filename, "exec", flags, dont_inherit=True)
    marks = _Marks(calls)
    with _no_warnings():
        tree = ast.parse(source, filename)
    last = max((node.end_lineno or 1 for node in tree.body), default=1)
    try:
        return marks.fill(_compile(_marked_module(tree, marks, show), filename, flags)), last
    except RecursionError:
        return plain, last


def _marked_module(
    tree: ast.Module, marks: _Marks, show: Callable[[Any], object] | None
) -> ast.Module:
    if show is not None and tree.body and isinstance(tree.body[-1], ast.Expr):
        marks.hand_to(show, tree.body[-1])
    tree.body = marks.module(tree.body)
    return tree


def uses_decorator(source: str | bytes, filename: str, name: str) -> bool:
    """Say whether a function in this source is decorated with `name`, or an attribute so called.

    Raises
    ------
    SyntaxError
        If the source is not Python's.
    """
    with _no_warnings():
        tree = ast.parse(source, filename)
    for node in ast.walk(tree):
        for decorator in getattr(node, "decorator_list", ()):
            called = decorator.func if isinstance(decorator, ast.Call) else decorator
            if name in (getattr(called, "id", None), getattr(called, "attr", None)):
                return True
    return False


def _compile(tree: ast.Module, filename: str, flags: int = 0) -> CodeType:
    with _no_warnings():
        code: CodeType = compile(tree, filename, "exec", flags, dont_inherit=True)
    return code


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Have the compiler warn of nothing: it did when the program was compiled, or it does then.

    And it takes a call of a constant for a missing comma.  `warnings.catch_warnings` would have
    every warning of the program said once more, which is said once at each place.
    """
    everything = ("ignore", None, Warning, None, 0)
    warnings.filters.insert(0, everything)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        warnings.filters.remove(everything)  # type: ignore[attr-defined]


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _defines(node: Definition, code: CodeType) -> bool:
    return node.name == code.co_name and _first_line(node) == code.co_firstlineno


def _find(module: CodeType, like: CodeType) -> CodeType | None:
    for constant in module.co_consts:
        if isinstance(constant, CodeType):
            if (constant.co_qualname, constant.co_firstlineno) == (
                like.co_qualname,
                like.co_firstlineno,
            ):
                return constant
            found = _find(constant, like)
            if found is not None:
                return found
    return None


class _Marks:
    """The marks of one piece of code: places them in its tree, then in its constants."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._relays = False  # whether relays stand in it
        self._loops: tuple[int, ...] = ()  # the lines of the loops around what is being marked
        self._with = 0  # the line of the `with` around it, within the innermost loop
        self._constants: dict[str, object] = {
            _constant(name): call
            for name, call in (
                ("begin", calls.begin),
                ("end", calls.end),
                ("tidy", calls.tidy),
                ("suspend", calls.suspend),
                ("resume", calls.resume),
                *calls.relays.items(),
            )
        }

    def whole(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Return the body of a function, marked, and watched until it is left."""
        head, rest = _split(body)
        if not rest:
            return body
        at, last = rest[0], rest[-1]
        self._relays = any(isinstance(node, _RELAYED) for each in rest for node in ast.walk(each))
        tidy = [_call("tidy", last)] if self._relays else []
        watched = ast.Try(
            body=self.block(rest), handlers=[], orelse=[], finalbody=[*tidy, _call("end", last)]
        )
        return [*head, _call("begin", at), ast.copy_location(watched, at)]

    def module(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """Return the statements of a module, marked."""
        head, rest = _split(body)
        return [*head, _call("begin", rest[0]), *self.block(rest)] if rest else body

    def hand_to(self, show: Callable[[Any], object], expression: ast.Expr) -> None:
        """Have the value of an expression handed to a function."""
        self._constants[_constant("show")] = show
        expression.value = _wrapped("show", expression.value)

    def fill(self, code: CodeType) -> CodeType:
        """Put what is to be called in the place of the names that stand for it."""
        constants = tuple(
            self.fill(constant)
            if isinstance(constant, CodeType)
            else self._constants.get(constant, constant)
            if isinstance(constant, str)
            else constant
            for constant in code.co_consts
        )
        return code.replace(co_consts=constants)

    def block(
        self, body: list[ast.stmt], *, after: int = 0, head: ast.stmt | None = None
    ) -> list[ast.stmt]:
        """Return statements, each with its mark before it.

        Parameters
        ----------
        body
            The statements.
        after
            The line of the statement that holds them; what stands on it as well has no mark.
        head
            The `for` that a `continue` among them goes back to.
        """
        marked: list[ast.stmt] = []
        for statement in body:
            line = _first_line(statement)
            if line != after and not isinstance(statement, ast.While):
                marked.append(self._mark("line", line, statement))
            if isinstance(statement, ast.Continue):
                if head is not None:
                    marked.append(self._mark("turn", head.lineno, statement))
                if self._with:
                    marked.append(self._mark("again", self._with, statement))
            after = line
            marked.append(self._statement(statement, head))
        return marked

    def _statement(self, statement: ast.stmt, head: ast.stmt | None) -> ast.stmt:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                return statement
            case ast.If():
                self._if(statement, head)
            case ast.For() | ast.AsyncFor():
                statement.iter = self._iterable(statement.iter, isinstance(statement, ast.AsyncFor))
                with self._within(statement.lineno):
                    turn = self._mark("turn", statement.lineno, statement)
                    body = self.block(statement.body, after=statement.lineno, head=statement)
                statement.body = [*body, turn]
                statement.orelse = self.block(statement.orelse, head=head)
            case ast.While():
                test = self._expression(statement.test)
                with self._within(statement.lineno):
                    statement.test = self._marked_test(test, statement)
                    statement.body = self.block(statement.body, after=statement.lineno)
                statement.orelse = self.block(statement.orelse, head=head)
            case ast.With() | ast.AsyncWith():
                for item in statement.items:
                    item.context_expr = self._expression(item.context_expr)
                    if isinstance(statement, ast.AsyncWith):
                        item.context_expr = _wrapped("enter", item.context_expr)
                again = self._mark("again", statement.lineno, statement)
                outer, self._with = self._with, statement.lineno
                body = self.block(statement.body, after=statement.lineno, head=head)
                self._with = outer
                statement.body = [*body, again]
            case ast.Try() | ast.TryStar():
                statement.body = self.block(statement.body, head=head)
                for handler in statement.handlers:
                    tidy = [_call("tidy", handler.body[0])] if self._relays else []
                    handler.body = [*tidy, *self.block(handler.body, head=head)]
                statement.orelse = self.block(statement.orelse, head=head)
                statement.finalbody = self.block(statement.finalbody, head=head)
            case ast.Match():
                statement.subject = self._expression(statement.subject)
                for case in statement.cases:
                    case.body = self.block(case.body, head=head)
            case _:
                return cast(ast.stmt, _with_suspensions(statement))
        return statement

    def _if(self, statement: ast.If, head: ast.stmt | None) -> None:
        statement.test = self._expression(statement.test)
        statement.body = self.block(statement.body, after=statement.lineno, head=head)
        match statement.orelse:
            case [
                ast.If() as other
            ]:  # elif: its test has a line of its own, and no place before it
                self._if(other, head)
                other.test = self._marked_test(other.test, other)
            case _:
                statement.orelse = self.block(statement.orelse, head=head)

    def _marked_test(self, test: ast.expr, at: ast.If | ast.While) -> ast.expr:
        mark = self._mark("line", at.lineno, at).value
        always = ast.copy_location(ast.Constant(True), mark)
        marked = ast.copy_location(ast.BoolOp(ast.Or(), [mark, always]), mark)
        return ast.copy_location(ast.BoolOp(ast.And(), [marked, test]), test)

    def _mark(self, kind: str, line: int, at: ast.stmt) -> ast.Expr:
        name = f"{kind} {line} {self._loops}"
        if _constant(name) not in self._constants:
            self._constants[_constant(name)] = (
                self._calls.line(line, self._loops)
                if kind == "line"
                else self._calls.turn(line, self._loops, kind == "turn")
            )
        # `1 in iterator` asks for its next item: without a call, and without an exception.
        asked = ast.Compare(ast.Constant(1), [ast.In()], [ast.Constant(_constant(name))])
        return _placed(ast.Expr(asked), at)

    @contextmanager
    def _within(self, loop: int) -> Iterator[None]:
        """Mark what stands in the loop on this line."""
        outer = self._loops, self._with
        self._loops, self._with = (*self._loops, loop), 0
        yield
        self._loops, self._with = outer

    def _expression(self, expression: ast.expr) -> ast.expr:
        return cast(ast.expr, _with_suspensions(expression))

    def _iterable(self, iterable: ast.expr, asynchronous: bool) -> ast.expr:
        iterable = self._expression(iterable)
        return _wrapped("iterate", iterable) if asynchronous else iterable


_HOLDERS = (ast.stmt, ast.excepthandler, ast.match_case)  # of statements
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_SUSPENDING = (ast.Await, ast.Yield, ast.YieldFrom, ast.comprehension)
_RELAYED = (ast.Await, ast.YieldFrom, ast.AsyncFor, ast.AsyncWith, ast.comprehension)


def _with_suspensions(node: ast.AST) -> ast.AST:
    if any(isinstance(each, _SUSPENDING) for each in ast.walk(node)):
        return cast(ast.AST, _Suspensions().visit(node))
    return node  # a long one may be too deep for a visitor


class _Suspensions(ast.NodeTransformer):
    """Where an expression hands the thread to others, and where it has it back."""

    def visit_Yield(self, node: ast.Yield) -> ast.expr:
        self.generic_visit(node)
        value = node.value or ast.copy_location(ast.Constant(None), node)
        node.value = _wrapped("suspend", value)
        return _wrapped("resume", node)

    def visit_YieldFrom(self, node: ast.YieldFrom) -> ast.expr:
        self.generic_visit(node)
        node.value = _wrapped("delegate", node.value)
        return node

    def visit_Await(self, node: ast.Await) -> ast.expr:
        self.generic_visit(node)
        node.value = _wrapped("await", node.value)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        self.generic_visit(node)
        if node.is_async:
            node.iter = _wrapped("iterate", node.iter)
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        return node


def _split(body: list[ast.stmt]) -> tuple[list[ast.stmt], list[ast.stmt]]:
    """Divide statements into those that have to stand first, and the others."""
    first = 0
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *_]:
            first = 1
    while first < len(body):
        match body[first]:
            case ast.ImportFrom(module="__future__"):
                first += 1
            case _:
                break
    return body[:first], body[first:]


def _constant(name: str) -> str:
    return f"\0measured: {name}"


def _call(name: str, at: ast.stmt) -> ast.Expr:
    return _placed(ast.Expr(ast.Call(ast.Constant(_constant(name)), [], [])), at)


def _placed(statement: ast.Expr, at: ast.stmt) -> ast.Expr:
    """Put a statement at the beginning of another one, so that it has that one's line."""
    for node in ast.walk(statement):
        if isinstance(node, ast.stmt | ast.expr):
            node.lineno, node.col_offset = at.lineno, at.col_offset
            node.end_lineno, node.end_col_offset = at.lineno, at.col_offset + 1
    return statement


def _wrapped(name: str, value: ast.expr) -> ast.expr:
    call = ast.Call(ast.Constant(_constant(name)), [value], [])
    ast.copy_location(call.func, value)
    return ast.copy_location(call, value)
