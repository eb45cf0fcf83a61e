"""What there is to see of a program at a stop, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reference:
    """What a name or a place in an object leads to.

    Attributes
    ----------
    to
        The number of an object; None for a value that is written where it is referred to.
    value
        That value.
    """

    to: int | None = None
    value: str = ""


@dataclass(frozen=True)
class Object:
    """An object at a stop.

    Attributes
    ----------
    number
        Its own, from its first appearance to its end.
    type, value
        The name of its type, and its value where that is short.
    size
        Its bytes, without what it refers to.
    count
        How many references lead to it; None where Python or the program's code keeps it anyway.
    kept
        Who does: "Python" or "code"; empty where nobody does.
    parts
        For each place in it the label and what it refers to.
    length
        How many items or letters it has; None where it has none.
    room
        How many items a list has room for; how many entries the table of a dict has; bytes of a
        letter in a string.
    holes
        The numbers of the entries that deleted keys have left in a dict, in their order.
    summed
        For objects that are too many to be shown: their number, their type and their bytes.
    """

    number: int
    type: str
    value: str
    size: int
    count: int | None
    kept: str = ""
    parts: Sequence[tuple[str, Reference]] = ()
    length: int | None = None
    room: int | None = None
    holes: Sequence[int] = ()
    summed: Sequence[tuple[int, str, int]] = ()


@dataclass(frozen=True)
class Names:
    """The names of a module, or of one call: `function` is empty for the module."""

    function: str
    names: Mapping[str, Reference]


@dataclass(frozen=True)
class State:
    """A program at a stop.

    Attributes
    ----------
    kind
        `begin`, `line` (one has run), `call` (a function begins), `return` or `yield` (a value is
        on its way out), `end`.
    function
        The function that the program is in; empty for the module.
    ran
        The line that has just run; None where none has.
    following
        The line that is next, or that goes on after a return; None at the end.
    scopes
        The module's names, then those of each call that is under way.
    result
        What is on its way out.
    """

    kind: str
    function: str
    ran: int | None
    following: int | None
    scopes: Sequence[Names] = ()
    result: Reference | None = None
    objects: Sequence[Object] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> State:
        """Make it from what `as_json` returned."""
        return cls(
            **{
                **content,
                "scopes": [
                    Names(one["function"], {k: Reference(**v) for k, v in one["names"].items()})
                    for one in content["scopes"]
                ],
                "result": content["result"] and Reference(**content["result"]),
                "objects": [_object(one) for one in content["objects"]],
            }
        )


def _object(content: Mapping[str, Any]) -> Object:
    return Object(
        **{
            **content,
            "parts": [(label, Reference(**part)) for label, part in content["parts"]],
            "summed": [(number, kind, size) for number, kind, size in content["summed"]],
        }
    )
