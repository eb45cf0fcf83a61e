"""Say what objects cost on the interpreter that runs this: any Python from 2.7 on.

Standard library only, and read from standard input, so that it also runs where no file of this
project can be seen (another root folder, WebAssembly).  It prints one JSON object:

    python2.7 - sizes < src/measured/probe.py
    pypy3 - million-floats < src/measured/probe.py

A job of behavior wants a process of its own, and Linux.
"""

from __future__ import absolute_import, division, print_function

import copy
import gc
import json
import os
import platform
import random
import struct
import sys
import tempfile

try:
    from typing import Any, Callable, Dict, List, Optional  # noqa: F401 (for comments with types)

    Answer = Dict[str, Any]
except ImportError:
    pass

#: Each runs alone on Python 2.7 and on 3.15 alike.
SIZES = [
    # the values of the classic tutorial
    "None",
    "3",
    "2**63",
    "102947298469128649161972364837164",
    "1857574678926579826398562938",
    "185757467892657982639856293887653985698276439856928346598236598623984569",
    "3.14159265358979323846264338327950288",
    "''",
    "'My hovercraft is full of eels'",
    "[]",
    "[4, 'toaster', 230.1]",
    "{}",
    "{'a': 213, 'b': 2131}",
    # other constants and numbers
    "True",
    "Ellipsis",
    "0",
    "1",
    "2**15 - 1",
    "2**15",
    "2**30 - 1",
    "2**30",
    "2**60 - 1",
    "2**60",
    "2**62",
    "2**1000",
    "-1",
    "1j",
    "0.0",
    # text, in each kind of storage, and bytes
    "u''",
    "u'a'",
    "u'a' * 100",
    "u'\\xe9' * 100",
    "u'\\u20ac' * 100",
    "u'\\U0001f40d' * 100",
    "u'a' * 99 + u'\\xe9'",
    "u'a' * 99 + u'\\u20ac'",
    "u'a' * 99 + u'\\U0001f40d'",
    "b''",
    "b'a'",
    "b'a' * 100",
    "bytearray()",
    "bytearray(100)",
    "memoryview(b'a' * 100)",
    # containers, empty and filled
    "()",
    "(1,)",
    "(1, 2, 3)",
    "tuple(range(100))",
    "[1]",
    "[1, 2, 3]",
    "[None] * 3",
    "[None] * 100",
    "list(range(100))",
    "[i for i in range(100)]",
    "set()",
    "{1, 2, 3}",
    "set(range(5))",
    "set(range(100))",
    "frozenset()",
    "frozenset(range(100))",
    "{1: 1}",
    "dict.fromkeys(range(5))",
    "dict.fromkeys(range(6))",
    "dict.fromkeys(range(10))",
    "dict.fromkeys(range(11))",
    "dict.fromkeys(range(100))",
    "dict.fromkeys(range(1000))",
    "__import__('collections').deque()",
    "__import__('collections').OrderedDict()",
    "__import__('collections').OrderedDict.fromkeys(range(10))",
    "__import__('collections').defaultdict(int)",
    "__import__('array').array('d', [0.0] * 100)",
    "slice(1, 2, 3)",
    "iter([])",
    "(i for i in [])",
    # functions and classes
    "lambda: None",
    "len",
    "type('C', (object,), {})",
    # instances, of classes made on the spot
    "object()",
    "type('C', (object,), {})()",
    "type('C', (object,), {'__slots__': ()})()",
    "type('C', (object,), {'__slots__': ('x',)})()",
    "type('C', (object,), {'__slots__': ('x', 'y')})()",
    "type('C', (object,), {'__slots__': ('x', 'y', '__weakref__')})()",
    "(lambda c: (setattr(c, 'x', 1), setattr(c, 'y', 2), c)[-1])(type('C', (object,), {})())",
    "(lambda c: (setattr(c, 'x', 1), setattr(c, 'y', 2), vars(c))[-1])(type('C', (object,), {})())",
    "__import__('collections').namedtuple('C', 'x y')(1, 2)",
    "ValueError()",
]

#: For interpreters that know the module; the others have no entry for them.
NEWER_SIZES = [
    "__import__('dataclasses').make_dataclass('C', ['x', 'y'])(1, 2)",
    "__import__('types').SimpleNamespace(x=1, y=2)",
]

#: How each container grows: what makes one, what adds to it, and how many steps.
GROWTH = [
    ("list", "[]", "x.append(None)", 200),
    ("dict", "{}", "x[i] = None", 200),
    ("set", "set()", "x.add(i)", 200),
    ("deque", "__import__('collections').deque()", "x.append(None)", 200),
    ("array", "__import__('array').array('d')", "x.append(0.0)", 200),
    ("bytearray", "bytearray()", "x.append(1)", 200),
    ("str", "u''", "x += u'a'", 200),
]

MIB = float(2**20)
WORD = struct.calcsize("P")  # bytes


def size_of(expression):
    # type: (str) -> int
    return int(sys.getsizeof(eval(expression)))


def sizes():
    # type: () -> Answer
    """Return what `sys.getsizeof` says of each expression; PyPy refuses to say anything."""
    try:
        sys.getsizeof(None)
    except TypeError:
        return {"sizes": {}, "growth": {}, "cannot": {"sizes": "sys.getsizeof refuses"}}
    found = dict((expression, size_of(expression)) for expression in SIZES)
    for expression in NEWER_SIZES:
        try:
            found[expression] = size_of(expression)
        except (ImportError, AttributeError):
            pass
    return {"sizes": found, "growth": dict((entry[0], growth(*entry[1:])) for entry in GROWTH)}


def growth(make, add, steps):
    # type: (str, str, int) -> List[List[int]]
    """Return how many items and how many bytes, at the start and wherever the bytes change."""
    names = {"x": eval(make)}
    code = compile(add, "growth", "exec")
    curve = [[0, sys.getsizeof(names["x"])]]
    for i in range(steps):
        names["i"] = i
        exec(code, names)
        size = sys.getsizeof(names["x"])
        if size != curve[-1][1]:
            curve.append([i + 1, size])
    return curve


def facts():
    # type: () -> Answer
    """Return what the interpreter shares, counts and defaults to."""
    pickle = __import__("pickle")
    x = [10**6 + i for i in range(1000)]
    y = copy.deepcopy(x)
    thing = object()
    found = {
        "deepcopy_copies_ints": not all(a is b for a, b in zip(x, y)),
        "pickle_default_protocol": getattr(pickle, "DEFAULT_PROTOCOL", 0),
        "pickle_highest_protocol": pickle.HIGHEST_PROTOCOL,
    }
    largest = largest_cached_int()
    if largest is not None:
        found["largest_cached_int"] = largest
    if hasattr(sys, "getrefcount"):
        found["references_to_a_local"] = sys.getrefcount(thing)
    if hasattr(gc, "get_threshold"):
        found["gc_thresholds"] = list(gc.get_threshold())
    return {"facts": found}


def largest_cached_int():
    # type: () -> Optional[int]
    """Return the largest integer that exists once, however it is computed.

    None where there is no end to them: PyPy compares integers by value even with `is`.
    """
    for i in range(10**5):
        if int(str(i)) is not int(str(i)):
            return i - 1
    return None


class Slotted(object):
    """An object of a class of our own, as small as they come."""

    __slots__ = ("x",)

    def __init__(self, _place):
        # type: (int) -> None
        self.x = None


def million_objects(make):
    # type: (Callable[[int], object]) -> Answer
    """Make a million objects, and let them die; the list that holds them is there all the time."""
    holder = [None] * 10**6  # type: List[object]
    collect()
    before = resident()
    for place, _ in enumerate(holder):
        holder[place] = make(place)
    alive = resident()
    for place, _ in enumerate(holder):
        holder[place] = None
    collect()
    return {"before": before, "alive": alive - before, "dead": resident() - before}


def survivors(contiguous):
    # type: (bool) -> Answer
    """Let 99 in a hundred of half a million byte strings die; survivors stand apart or together."""
    holder = [b""] * 500000
    template = bytearray(60)
    collect()
    before = resident()
    for place, _ in enumerate(holder):
        holder[place] = bytes(template)
    alive = resident()
    for place, _ in enumerate(holder):
        if not (250000 <= place < 255000 if contiguous else place % 100 == 0):
            holder[place] = b""
    collect()
    return {"before": before, "alive": alive - before, "kept": resident() - before}


def memory_profile_me(warm):
    # type: (bool) -> Answer
    """Run the first experiment of the classic tutorial: a list, its deepcopy, and `del`.

    A warm process has already made and freed one large block, as any that has worked for a while.
    """
    if warm:
        bytearray(16 * 2**20)
    before = resident()
    x = list(range(1000000))
    made = resident()
    reset_peak()
    y = copy.deepcopy(x)
    copied, peak = resident(), highest()
    same = sum(1 for a, b in zip(x, y) if a is b)
    counted = resident()
    del x
    collect()
    return {
        "before": before,
        "list": made - before,
        "deepcopy": copied - made,
        "deepcopy_peak": peak - made,
        "del": resident() - counted,
        "same_items": same,
    }


def test_pickle():
    # type: () -> Answer
    """Run the second experiment of the classic tutorial: a million rows to a pickle, and back.

    By the module that it used, which Python 2 wrote in Python: `cPickle` was another one.
    """
    pickle = __import__("pickle")
    random.seed(1)
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows = [
        (
            random.random(),
            "".join([random.choice(letters) for _ in range(20)]),
            random.getrandbits(64),
        )
        for _ in range(1000000)
    ]
    handle, path = tempfile.mkstemp(suffix=".pkl")
    try:
        with os.fdopen(handle, "wb") as f:
            before = resident()
            reset_peak()
            pickle.dump(rows, f, getattr(pickle, "DEFAULT_PROTOCOL", 0))
            dumped, peak = resident(), highest()
        file_size = os.path.getsize(path) / MIB
        del rows
        collect()
        emptied = resident()
        reset_peak()
        with open(path, "rb") as f:
            rows = pickle.load(f)
        return {
            "before": before,
            "dump_peak": peak - before,
            "dump_retained": dumped - before,
            "file": file_size,
            "load_peak": highest() - emptied,
            "load_retained": resident() - emptied,
        }
    finally:
        os.remove(path)


def collect():
    # type: () -> None
    for _ in range(3):  # PyPy needs more than one pass to finish what one began
        gc.collect()


def resident():
    # type: () -> float
    """Return resident memory in MiB, from the kernel's walk of the page tables."""
    return kernel_says("/proc/self/smaps_rollup", "Rss:")


def reset_peak():
    # type: () -> None
    with open("/proc/self/clear_refs", "w") as f:
        f.write("5")


def highest():
    # type: () -> float
    """Return the kernel's high-water mark of resident memory since `reset_peak`, in MiB."""
    return kernel_says("/proc/self/status", "VmHWM:")


def kernel_says(path, key):
    # type: (str, str) -> float
    """Return the figure of a line that begins with `key`, in KiB, as MiB."""
    with open(path) as lines:
        for line in lines:
            if line.startswith(key):
                return int(line.split()[1]) / 1024.0
    raise RuntimeError("%s has no %s" % (path, key))


def libc():
    # type: () -> str
    """Name the C library that is loaded, where it is glibc: `platform.libc_ver` guesses it."""
    if not sys.platform.startswith("linux"):
        return ""
    try:
        import ctypes

        ask = ctypes.CDLL(None).gnu_get_libc_version
        ask.restype = ctypes.c_char_p
        return "glibc " + str(ask().decode("ascii"))
    except (ImportError, AttributeError, OSError):
        return ""


def identity():
    # type: () -> Answer
    """Return who answers: implementation, version, word size, platform, build."""
    implementation = platform.python_implementation()
    version = "%d.%d.%d" % sys.version_info[:3]
    if sys.version_info[3] != "final":
        version += "%s%d" % (sys.version_info[3], sys.version_info[4])
    build = " ".join(sys.version.split())
    return {
        "implementation": implementation,
        "version": version,
        "bits": 8 * WORD,
        "platform": " ".join([sys.platform.rstrip("23"), platform.machine(), libc()]).strip(),
        "build": build,
        "unicode": "narrow" if sys.maxunicode == 0xFFFF else "wide",
        # Of the build, whose objects are larger: PYTHON_GIL=1 gives it a lock, and not its sizes.
        "gil": "free-threading build" not in sys.version,
        "debug": hasattr(sys, "gettotalrefcount"),
    }


def everything_without_a_kernel():
    # type: () -> Answer
    """Return identity, sizes and facts: all that needs no Linux."""
    answer = identity()
    for part in (sizes(), facts()):
        answer.update(part)
    return answer


#: What each job of behavior measures, in MiB but for `same_items`, and with which instruments.
_OF_MEMORY_PROFILE_ME = ("before", "list", "deepcopy", "deepcopy_peak", "del", "same_items")
STEPS = {
    "million-floats": ("before", "alive", "dead"),
    "million-instances": ("before", "alive", "dead"),
    "survivors-scattered": ("before", "alive", "kept"),
    "survivors-contiguous": ("before", "alive", "kept"),
    "memory-profile-me": _OF_MEMORY_PROFILE_ME,
    "memory-profile-me-warm": _OF_MEMORY_PROFILE_ME,
    "test-pickle": ("before", "dump_peak", "dump_retained", "file", "load_peak", "load_retained"),
}
INSTRUMENT_OF_BEHAVIORS = "/proc/self/smaps_rollup, peaks by VmHWM"

JOBS = {
    "sizes": everything_without_a_kernel,
    "million-floats": lambda: million_objects(float),
    "million-instances": lambda: million_objects(Slotted),
    "survivors-scattered": lambda: survivors(False),
    "survivors-contiguous": lambda: survivors(True),
    "memory-profile-me": lambda: memory_profile_me(False),
    "memory-profile-me-warm": lambda: memory_profile_me(True),
    "test-pickle": test_pickle,
}

if __name__ == "__main__":
    print(json.dumps(JOBS[sys.argv[1]](), sort_keys=True))
