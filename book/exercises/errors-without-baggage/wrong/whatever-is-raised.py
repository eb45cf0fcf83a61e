# advice: Control-C
import traceback


def run_all(jobs):
    results, report = {}, {}
    for name, job in jobs:
        try:
            results[name] = job()
        except BaseException:
            report[name] = traceback.format_exc()
    return results, report
