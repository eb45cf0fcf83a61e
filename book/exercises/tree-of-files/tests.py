"""What a node does, and a disk with many files."""

import gc
from types import FunctionType, ModuleType

CONTAINERS = list, set, frozenset, dict
FOLDERS, FILES, TAGGED = 300, 200, 60


def prepare():
    return {"names": [f"photo {i:03}.jpg" for i in range(FILES)]}


def work(answer, names):
    disk = answer.Node("disk")
    for number in range(FOLDERS):
        folder = answer.Node("photos")
        disk.add(folder)
        for name in names:
            folder.add(answer.Node(name, 200))
        if number < TAGGED:
            folder.tag("family")
    assert disk.total() == FOLDERS * FILES * 200, "The total of a large disk is wrong"


def test_leaf(answer):
    leaf = answer.Node("notes.txt", 12)
    assert (leaf.name, leaf.size) == ("notes.txt", 12), "A node has its name and its size"
    assert leaf.total() == 12, "The total of a file is its size"
    assert answer.Node("empty").size == 0, "Without a size, a node has size 0"
    assert list(leaf.children or ()) == [], "A leaf has no children"
    assert leaf.tags == set(), "The tags of a node without any are an empty set"


def test_folder(answer):
    top, sub = answer.Node("top"), answer.Node("sub", 1)
    files = [answer.Node("a", 10), answer.Node("b", 100)]
    top.add(sub)
    for file in files:
        sub.add(file)
    top.add(answer.Node("a", 1000))
    assert not list(files[0].children or ()), (
        "A file has got children, too: the nodes have one and the same list"
    )
    assert [child.name for child in sub.children] == ["a", "b"], "Children come in their order"
    assert list(sub.children)[1] is files[1], "The children are the nodes that were added"
    assert [child.name for child in top.children] == ["sub", "a"], "A folder may be in a folder"
    assert top.total() == 1111, "total() is the size of a node and of all that is in it"


def test_tags(answer):
    one, other = answer.Node("one"), answer.Node("other")
    for word in ("red", "old", "red"):
        one.tag(word)
    assert one.tags == {"red", "old"}, "tags is the set of the words that a node was tagged with"
    assert not other.tags, "A tag of one node is on another, too: they have one and the same set"
    assert not answer.Node("new").tags, "A new node has tags: all have one and the same set"


def advise(answer):
    names = {"__name__": "answer"}
    exec(answer.source, names)
    leaf, other = names["Node"]("leaf", 200), names["Node"]("leaf", 200)
    own = [it for key, it in _held_by(leaf).items() if key not in _held_by(other)]
    empty = sorted({type(it).__name__ for it in own if isinstance(it, CONTAINERS) and not it})
    if empty:
        owned = " and ".join(f"an empty {name}" for name in empty)
        return (
            f"Each leaf has {owned} of its own. What is empty and cannot change may be one for all "
            "leaves, and the first `add` or `tag` makes what a node needs."
        )
    if hasattr(leaf, "__dict__"):
        return (
            "A leaf has nothing of its own but its attributes. They are the same four for each "
            "node: which statement in a class says so?"
        )
    return (
        f"{answer.peak_mib / answer.budget_mib:.1f} times the budget: what is in a leaf that most "
        "leaves never use?"
    )


def _held_by(thing):
    """Return whatever can be reached from a thing, by `id`."""
    held, waiting = {}, [thing]
    while waiting:
        thing = waiting.pop()
        if id(thing) not in held and not isinstance(thing, type | ModuleType | FunctionType):
            held[id(thing)] = thing
            waiting += gc.get_referents(thing)
    return held
