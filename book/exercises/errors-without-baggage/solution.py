import traceback


def run_all(jobs):
    results, report = {}, {}
    for name, job in jobs:
        try:
            results[name] = job()
        except Exception:
            report[name] = traceback.format_exc()
    return results, report
