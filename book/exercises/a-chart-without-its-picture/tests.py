import ast
import copy
import pickle

CHARTS = 24
POINTS = [(17 * place % 1_000, place) for place in range(100)]


def prepare():
    return {"points": POINTS}


def work(answer, points):
    stored = []
    for number in range(CHARTS):
        chart = answer.Chart(f"chart {number}", points)
        chart.picture()
        stored.append(pickle.dumps(chart))
    last = pickle.loads(stored[-1])
    assert last.title == f"chart {CHARTS - 1}" and last.points == points, "the last chart is lost"


def there_and_back(chart):
    return pickle.loads(pickle.dumps(chart))


def test_a_chart_draws_once(answer):
    chart = answer.Chart("rain", POINTS)
    expected = "A chart has drawn twice: it is to keep its picture, and to leave it out of pickles."
    assert chart.picture() is chart.picture(), expected


def test_a_chart_comes_back_with_its_values(answer):
    chart = answer.Chart("rain", [(1, 2)])
    chart.picture()
    back = there_and_back(chart)
    assert isinstance(back, answer.Chart), "What comes back has to be a Chart."
    assert back.points == [(1, 2)], "A chart comes back with its points."
    assert back.title == "rain", "A chart comes back with its title."


def test_a_chart_that_came_back_draws_the_same_picture(answer):
    chart = answer.Chart("rain", POINTS)
    picture = chart.picture()
    back = there_and_back(chart)
    try:
        again = back.picture()
    except AttributeError as error:
        raise AssertionError(
            f"A chart comes back without `{error.name}`, and fails when it is asked to draw."
        ) from None
    assert again == picture, "A chart that came back has to draw the same picture."


def test_a_chart_that_was_never_drawn_comes_back(answer):
    back = there_and_back(answer.Chart("rain", [(3, 4)]))
    expected = "A chart may be pickled before anybody has asked for its picture."
    assert back.picture().count(b"\xff") == 1, expected


def test_the_chart_that_was_pickled_keeps_its_picture(answer):
    chart = answer.Chart("rain", POINTS)
    picture = chart.picture()
    pickle.dumps(chart)
    expected = (
        "To pickle a chart took the picture from the chart itself: change a copy of its state."
    )
    assert getattr(chart, "_picture", picture) is not None, expected


def test_a_chart_can_be_copied(answer):
    back = copy.copy(answer.Chart("rain", [(1, 2)]))
    assert (back.title, back.points) == ("rain", [(1, 2)]), "A copy of a chart has its values."


def advise(answer):
    methods = {it.name for it in ast.walk(answer.tree) if isinstance(it, ast.FunctionDef)}
    if answer.peak_mib < CHARTS / 2:
        return "Most pictures are left out, and still too much is held: look at what you copy."
    if methods & {"__getstate__", "__reduce__", "__reduce_ex__"}:
        return "The picture is still in each stored chart: under which name does the state have it?"
    return "Each stored chart has its picture in it: let the class say what is saved of a chart."
