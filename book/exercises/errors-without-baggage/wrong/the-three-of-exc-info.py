# advice: keep the text
import sys
import traceback


def run_all(jobs):
    results, errors = {}, {}
    for name, job in jobs:
        try:
            results[name] = job()
        except Exception:
            errors[name] = sys.exc_info()
    report = {name: "".join(traceback.format_exception(*it)) for name, it in errors.items()}
    return results, report
