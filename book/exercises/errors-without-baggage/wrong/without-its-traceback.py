# advice: in which line
import traceback


def run_all(jobs):
    results, errors = {}, {}
    for name, job in jobs:
        try:
            results[name] = job()
        except Exception as error:
            errors[name] = error.with_traceback(None)
    report = {name: "".join(traceback.format_exception(error)) for name, error in errors.items()}
    return results, report
