import io
import traceback


def attempt(job):
    try:
        return job(), None
    except Exception:
        text = io.StringIO()
        traceback.print_exc(file=text)
        return None, text.getvalue()


def run_all(jobs):
    results, report = {}, {}
    for name, job in jobs:
        result, error = attempt(job)
        if error is None:
            results[name] = result
        else:
            report[name] = error
    return results, report
