import ast

JOBS = 48
DATA = 512 * 1024  # bytes


def prepare():
    return {"jobs": [(f"job {number}", failing) for number in range(JOBS)]}


def failing():
    data = b"." * (DATA // 2)
    try:
        check(b"." * (DATA // 2))
    except ValueError as error:
        raise RuntimeError(f"{len(data)} bytes were read for nothing") from error


def check(data):
    raise ValueError(f"{len(data)} bytes are all dots")


def work(answer, jobs):
    results, report = answer.run_all(jobs)
    assert not results and len(report) == JOBS, "each of these jobs fails, and has to be reported"


def lacking():
    return {}["the key"]


def interrupted():
    raise KeyboardInterrupt


def test_it_returns_what_the_jobs_return(answer):
    results, report = answer.run_all(iter([("seven", lambda: 7), ("nothing", lambda: None)]))
    expected = (
        "The first dictionary has what each job returned, by its name, also where it is None."
    )
    assert results == {"seven": 7, "nothing": None}, expected
    assert report == {}, "A job that did not fail is not in the second dictionary."


def test_a_failure_does_not_stop_the_others(answer):
    results, report = answer.run_all([("lacking", lacking), ("seven", lambda: 7)])
    assert results == {"seven": 7}, "Go on with the next job when one has failed."
    assert list(report) == ["lacking"], "The second dictionary has the jobs that failed, by name."


def test_the_report_is_what_python_prints(answer):
    _, report = answer.run_all([("lacking", lacking)])
    text = report["lacking"]
    assert isinstance(text, str), "The second dictionary has text: what Python would print."
    assert "KeyError: 'the key'" in text, "The report has to name the exception, and its message."
    assert "in lacking" in text, "The report has to say in which line of which function it was."


def test_the_report_has_the_cause_as_well(answer):
    _, report = answer.run_all([("failing", failing)])
    expected = "An exception raised `from` another is reported with that one, as Python prints it."
    assert "RuntimeError" in report["failing"] and "ValueError" in report["failing"], expected
    assert "in check" in report["failing"], expected


def test_an_interruption_is_no_failure(answer):
    try:
        answer.run_all([("interrupted", interrupted)])
    except KeyboardInterrupt:
        return
    raise AssertionError("Control-C has to end all of it: catch `Exception`, and no more.")


def advise(answer):
    if answer.calls("gc.collect"):
        return (
            "There is nothing to collect while your dictionary refers to what failed: look there."
        )
    if answer.calls("clear_frames"):
        return "You cleared one chain of frames: an exception raised from another one holds both."
    if answer.calls("exc_info"):
        return "`sys.exc_info()` has the traceback in it, with all frames: keep the text instead."
    if any(
        word.arg == "capture_locals"
        for word in ast.walk(answer.tree)
        if isinstance(word, ast.keyword)
    ):
        return "With `capture_locals`, the text has the data in it: leave the variables out."
    for clause in ast.walk(answer.tree):
        if isinstance(clause, ast.ExceptHandler) and clause.name and _keeps(clause):
            return (
                f"You keep `{clause.name}`: its traceback leads to each frame, and a frame holds"
                " the variables of its job."
            )
    return "The data of jobs that failed are still there: what do you keep that leads to them?"


def _keeps(clause):
    """Whether the exception itself is put somewhere that outlives the clause."""
    put = []
    for node in ast.walk(clause):
        if isinstance(node, ast.Assign):
            put.append(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".append"):
            put += node.args
    put += [it for value in put if isinstance(value, ast.Tuple) for it in value.elts]
    return any(isinstance(it, ast.Name) and it.id == clause.name for it in put)
