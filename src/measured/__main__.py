"""`python -m measured SCRIPT [ARGUMENTS]`: run a program, and say what each of its lines took."""

from __future__ import annotations

import sys

if not sys.flags.safe_path:
    # The present folder, where `python -m` looks first: a program's own folder takes its place, and
    # what we import for ourselves does not come from either.
    del sys.path[0]

_USAGE = "usage: python -m measured [--json FILE] [--html FILE] (SCRIPT | -m MODULE) [ARGUMENTS]"
_HELP = f"""{_USAGE}

Run a Python program as `python SCRIPT` or `python -m MODULE` would, and print on standard error,
when it has ended, what each line of its functions under `@profile` did to memory: `retained` is
what stayed, `peak` is how far memory rose above where the line began.  `profile` is there without
an import; `from measured import profile` keeps the program running without this command as well.
A program without any `@profile` has the lines outside its functions measured.  Processes that it
starts are programs of their own, without a table and without that `profile`.

  --json FILE   write the table as JSON too; with - for FILE, one line of it takes the table's place
  --html FILE   write the table as a page with bars too
  -h, --help    show this, and end

The exit code is the program's own; 2 where this command is used wrongly.
"""


def main(arguments: list[str]) -> None:
    """Run what the command line says."""
    files: dict[str, str] = {}
    as_module = False
    while arguments and arguments[0].startswith("-"):
        option, given, value = arguments.pop(0).partition("=")
        if option in ("-h", "--help"):
            sys.stdout.write(_HELP)
            return
        if option in ("--json", "--html"):
            files[option] = value if given or not arguments else arguments.pop(0)
            if not files[option] or (option == "--html" and files[option] == "-"):
                _wrong(f"{option} needs a file")
        elif option == "--":
            break
        elif option == "-m":
            as_module = True
            break
        else:
            _wrong(f"unknown option {option}")
    if not arguments or not arguments[0]:
        _wrong("name a script, or -m and a module")
    from measured.lines.session import run

    run(arguments[0], arguments[1:], as_module=as_module, files=files, wrong=_wrong)


def _wrong(reason: str) -> None:
    sys.stderr.write(f"measured: {reason}\n{_USAGE}\n")
    raise SystemExit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
