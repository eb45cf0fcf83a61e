import ast

TILES = 400
TILE = 64 * 1024  # bytes


def counted(answer):
    """Have `draw` count how often each tile is drawn."""
    times = {}
    drawing = answer.draw

    def draw(name):
        times[name] = times.get(name, 0) + 1
        return drawing(name)

    answer.draw = draw
    return times


def prepare():
    return {"names": [f"tile {number}" for number in range(TILES)]}


def work(answer, names):
    for name in names:
        assert len(answer.tile(name)) == TILE, "a tile has another size"


def test_it_returns_the_tile(answer):
    assert answer.tile("Oslo").startswith(b"Oslo.."), "`tile` returns what `draw` returns."
    assert answer.tile("Rome") != answer.tile("Oslo"), "Each name has a tile of its own."


def test_a_tile_is_drawn_once(answer):
    times = counted(answer)
    answer.tile("Bergen")
    answer.tile("Bergen")
    assert times == {"Bergen": 1}, "Asked for twice in a row, a tile was drawn twice: keep a cache."


def test_what_people_keep_asking_for_stays(answer):
    times = counted(answer)
    for number in range(300):
        answer.tile("Paris")
        answer.tile(f"village {number}")
    expected = (
        "A tile that is asked for again and again was drawn anew: forget what was used longest ago."
    )
    assert times["Paris"] == 1, expected


def advise(answer):
    bound = _bound(answer.tree)
    if bound == "default":
        return (
            "Without a number, `lru_cache` remembers 128 answers: too many tiles for this budget."
        )
    if isinstance(bound, int) and bound * TILE / 2**20 > answer.budget_mib * 0.9:
        return f"A bound, but it is too high: {bound:,} tiles take {bound * TILE / 2**20:,.0f} MiB."
    if bound == "none" or answer.calls("functools.cache") or _decorated(answer.tree, "cache"):
        return "`cache` has no bound, and neither has `maxsize=None`: both remember every tile."
    if answer.peak_mib > TILES * TILE / 2**20 / 2:
        return "What you keep the tiles in never forgets: when it is full, one of them has to go."
    return "There is a bound, and it is too high: how many tiles of 64 KiB fit into the budget?"


def _decorated(tree, name):
    return any(
        ast.unparse(it).split(".")[-1] == name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for it in function.decorator_list
    )


def _bound(tree):
    """The `maxsize` of an `lru_cache`: a number, "none" or "default"; None where it is unclear."""
    if _decorated(tree, "lru_cache"):
        return "default"
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "lru_cache":
            given = [it.value for it in call.keywords if it.arg == "maxsize"] + call.args[:1]
            if not given:
                return "default"
            if isinstance(given[0], ast.Constant):
                return "none" if given[0].value is None else given[0].value
    return None
