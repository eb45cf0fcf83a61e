from traceback import TracebackException


def run_all(jobs):
    results, errors = {}, {}
    for name, job in jobs:
        try:
            results[name] = job()
        except Exception as error:
            errors[name] = TracebackException.from_exception(error)
    return results, {name: "".join(error.format()) for name, error in errors.items()}
