# advice: in which line
def run_all(jobs):
    results, report = {}, {}
    for name, job in jobs:
        try:
            results[name] = job()
        except Exception as error:
            report[name] = f"{type(error).__name__}: {error}"
    return results, report
