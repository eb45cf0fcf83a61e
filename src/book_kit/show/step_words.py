"""What has changed from one step of a program to the next, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from book_kit.running.stepping import Step
from measured import units
from measured.stepping.states import Object, Reference, State

#: Bytes of resident memory that come and go by themselves.
NOISE = units.MIB // 16

_MOST = 5  # of what is said of one step
_LETTERS = {"str": "letter", "bytes": "byte", "bytearray": "byte", "dict": "key"}


def amount(size: float, *, signed: bool = False) -> str:
    """Write bytes in the unit that suits them: bytes, KiB or MiB."""
    for unit, of_it, least in (("MiB", units.MIB, 2**20), ("KiB", units.KIB, 10_000)):
        if abs(size) >= least:
            return units.write(size / of_it, unit, signed=signed)
    return units.write(size, "bytes", signed=signed)


def plural(number: int, word: str) -> str:
    """Write how many of something."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def sentence(steps: Sequence[Step], at: int) -> str:
    """Say where a step is, what has changed in it, and what the heap has made of that."""
    step, last = steps[at], len(steps) - 1
    place = _place(step.state)
    if at == 0:
        return f"Before the first line. {place}"
    before = steps[at - 1]
    changes = list(_changes(before.state, step.state))
    more = len(changes) - _MOST
    said = "; ".join(changes[:_MOST]) or "no name and no object has changed"
    if more > 0:
        said += f"; and {more} more"
    return f"Step {at} of {last}, {place}: {said}. {' '.join(_memory(before, step))}"


def _place(state: State) -> str:
    inside = f" in {state.function}" if state.function else ""
    return {
        "begin": f"Line {state.following} is next.",
        "call": f"{state.function} is called",
        "return": f"line {state.ran}{inside} returns",
        "yield": f"line {state.ran}{inside} yields",
    }.get(state.kind, f"line {state.ran}{inside} has run")


def _memory(before: Step, after: Step) -> Iterator[str]:
    change = after.heap - before.heap
    yield f"Heap {_more(change)}." if change else "The heap is as it was."
    if after.arenas is not None and after.arenas != before.arenas:
        yield f"{plural(after.arenas, 'arena')} instead of {before.arenas}."
    change = after.resident - before.resident
    if abs(change) > NOISE:
        yield f"Resident memory {_more(change)}."


def _more(change: int) -> str:
    return f"{amount(abs(change))} {'more' if change > 0 else 'less'}"


def _paths(state: State) -> Mapping[int, str]:
    """Return how a program would write each object: a name, and what follows it in brackets."""
    objects = {one.number: one for one in state.objects}
    found: dict[int, str] = {}
    waiting = [
        (reference.to, name)
        for (function, name), reference in names_of(state).items()
        if not function
    ]
    for number, path in waiting:
        if number is not None and number not in found:
            found[number] = path
            waiting += [
                (part.to, f"{path}{label}")
                for label, part in objects[number].parts
                if label.startswith(("[", "."))
            ]
    return found


def _changes(before: State, after: State) -> Iterator[str]:
    paths = _paths(after)

    def path_or_called(one: Object) -> str:
        path = paths.get(one.number, "")
        return f"the {_kind(one)} {path}" if path else called(one)

    old = {one.number: one for one in before.objects}
    new = {one.number: one for one in after.objects}
    told: set[int] = set()
    for name, reference in names_of(after).items():
        if names_of(before).get(name) != reference:
            if reference.to is not None:
                told.add(reference.to)
            verb = "is" if reference.to is None else "refers to"
            yield f"{_name(name)} {verb} {_target(reference, new)}"
    if after.result is not None:
        if after.result.to is not None:
            told.add(after.result.to)
        yield f"on its way out is {_target(after.result, new)}"
    gone = [_name(name) for name in names_of(before) if name not in names_of(after)]
    if gone:
        yield f"{' and '.join(gone)} {'is' if len(gone) == 1 else 'are'} gone"
    for number, one in new.items():
        if number in old and number not in told:
            yield from _change(old[number], one, path_or_called(old[number]))
    made = [one for number, one in new.items() if number not in old and number not in told]
    for one in made:
        if not one.kept:
            at = f" at {paths[one.number]}" if one.number in paths else ""
            yield f"new{at} is {called(one)} ({_measures(one)})"
    for number, one in old.items():
        if number not in new and not one.kept:
            yield f"{called(one)} is gone, and its {amount(one.size)} with it"


def names_of(state: State) -> Mapping[tuple[str, str], Reference]:
    """Return what each name refers to, by the function that it is in and itself."""
    return {
        (scope.function, name): reference
        for scope in state.scopes
        for name, reference in scope.names.items()
    }


def _name(name: tuple[str, str]) -> str:
    return f"the name {name[1]}" + (f" in {name[0]}" if name[0] else "")


def _target(reference: Reference, objects: Mapping[int, Object]) -> str:
    if reference.to is None:
        return reference.value
    one = objects[reference.to]
    return f"{called(one)} ({_measures(one)})"


def called(one: Object) -> str:
    """Return what to call an object: its type, and its value or its length."""
    if one.type in ("str", "bytes") and (one.length or 0) <= 12:
        return f"the {'text' if one.type == 'str' else 'bytes'} {one.value}"
    if one.length is not None:
        items = plural(one.length, _LETTERS.get(one.type, "item"))
        return f"{'an empty' if not one.length else 'the'} {_kind(one)}" + (
            f" of {items}" if one.length else ""
        )
    return f"the {_kind(one)}"


def _measures(one: Object) -> str:
    size = amount(one.size)
    return size if one.count is None else f"{size}, {plural(one.count, 'reference')}"


def _kind(one: Object) -> str:
    return "text" if one.type == "str" else one.type.replace("_", " ")


def _change(old: Object, new: Object, path: str) -> Iterator[str]:
    parts = []
    if old.length != new.length and new.length is not None:
        what = plural(new.length, _LETTERS.get(new.type, "item"))
        parts.append(f"has {what} now")
    elif [part for _, part in old.parts] != [part for _, part in new.parts]:
        parts.append("has other contents" if new.parts else "refers to nothing any more")
    if old.size != new.size:
        parts.append(f"takes {amount(new.size)} instead of {amount(old.size)}")
    if old.count != new.count and old.count is not None and new.count is not None:
        difference = abs(new.count - old.count)
        sign = "more" if new.count > old.count else "less"
        parts.append(f"has {plural(difference, 'reference')} {sign}: {new.count}")
    if parts:
        yield f"{path} {' and '.join(parts)}"
