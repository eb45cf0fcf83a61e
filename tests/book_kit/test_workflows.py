"""What the host runs: pinned, with few rights, and published only after the tests."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from processes import ROOT

FOLDER = ROOT / ".github" / "workflows"
PINNED = re.compile(r"uses: (\S+@[0-9a-f]{40})  # v\d+\.\d+\.\d+|uses: \./\.github/workflows/")

Content = dict[str, Any]


@pytest.fixture(scope="module")
def workflows() -> dict[str, Content]:
    """Return what each file says; YAML takes the key `on` for a truth value."""
    return {
        path.stem: {
            ("on" if key is True else key): value
            for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        }
        for path in FOLDER.glob("*.yml")
    }


def jobs(workflows: dict[str, Content]) -> Iterator[tuple[str, Content]]:
    for workflow, content in workflows.items():
        for name, job in content["jobs"].items():
            yield f"{workflow}/{name}", job


def steps(workflows: dict[str, Content]) -> Iterator[tuple[str, Content]]:
    for name, job in jobs(workflows):
        for step in job.get("steps", []):
            yield name, step


def test_whatever_is_used_is_pinned_and_says_its_version() -> None:
    lines = [
        line
        for path in FOLDER.glob("*.yml")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "uses:" in line
    ]
    assert len(lines) >= 8
    assert [line for line in lines if not PINNED.search(line)] == []


def test_one_action_has_one_version() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yml"))
    used = set(re.findall(r"uses: (\S+)@(\S+)", text))
    assert len(used) == len({action for action, _version in used})


def test_rights_are_few_and_those_to_publish_belong_to_the_job_that_does(
    workflows: dict[str, Content],
) -> None:
    read_only = {"contents": "read"}
    assert [content["permissions"] for content in workflows.values()] == [read_only, read_only]
    more = {name: job["permissions"] for name, job in jobs(workflows) if "permissions" in job}
    assert more == {"publish/pages": {"pages": "write", "id-token": "write"}}


def test_every_job_ends(workflows: dict[str, Content]) -> None:
    endless = [
        name
        for name, job in jobs(workflows)
        if "uses" not in job and not 0 < job.get("timeout-minutes", 0) <= 90
    ]
    assert endless == []


def test_what_is_published_was_tested_and_is_never_stopped_half_way(
    workflows: dict[str, Content],
) -> None:
    publishing = workflows["publish"]["jobs"]
    assert "workflow_call" in workflows["test"]["on"]
    assert publishing["test"]["uses"] == "./.github/workflows/test.yml"
    assert publishing["book"]["needs"] == "test"
    assert publishing["pages"]["needs"] == "book"
    assert publishing["book"]["if"] == "github.ref == 'refs/heads/main'"
    assert publishing["pages"]["concurrency"]["cancel-in-progress"] is False
    assert (
        workflows["test"]["on"]["push"]["branches-ignore"]
        == workflows["publish"]["on"]["push"]["branches"]
    )


def test_a_newer_push_ends_the_tests_of_a_branch_but_not_those_before_a_publication(
    workflows: dict[str, Content],
) -> None:
    tests = workflows["test"]["concurrency"]
    assert "${{ github.workflow }}" in tests["group"]
    assert "${{ github.ref }}" in tests["group"]
    assert tests["cancel-in-progress"] == "${{ github.ref != 'refs/heads/main' }}"
    whole = workflows["publish"].get("concurrency", {"cancel-in-progress": False})
    assert whole["cancel-in-progress"] is False


def test_every_supported_python_and_every_system_runs_the_tests(
    workflows: dict[str, Content],
) -> None:
    tests = workflows["test"]["jobs"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pythons = tests["linux"]["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={pythons[0]}"
    locked = (ROOT / "requirements.in").read_text(encoding="utf-8")
    assert f"for CPython {pythons[0]} to {pythons[-1]}" in locked
    minors = [int(python.removeprefix("3.")) for python in pythons]
    assert minors == [*range(minors[0], minors[-1] + 1)]
    assert tests["elsewhere"]["strategy"]["matrix"]["system"] == ["macos-latest", "windows-latest"]
    for name in ("linux", "elsewhere"):
        assert _proof(tests[name])["run"] == "make test PYTHON=python", name


def test_a_linux_without_a_browser_fails(workflows: dict[str, Content]) -> None:
    linux = workflows["test"]["jobs"]["linux"]
    assert _proof(linux)["env"]["MEASURED_REQUIRE_BROWSER"] == "1"
    before = [step.get("run") for step in linux["steps"]]
    assert before.index("npm ci --prefix web") < before.index("make test PYTHON=python")


def _proof(job: Content) -> Content:
    """Return the one step that runs the tests."""
    (step,) = (step for step in job["steps"] if "make test" in step.get("run", ""))
    return dict(step)


def test_types_are_checked_alike_on_every_system() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["tool"]["mypy"]["platform"] == "linux"


def test_what_a_cache_goes_by_is_there(workflows: dict[str, Content]) -> None:
    named = [
        path
        for _name, step in steps(workflows)
        for path in step.get("with", {}).get("cache-dependency-path", "").split()
    ]
    assert {"requirements.txt", "tests/requirements.txt", "web/package-lock.json"} <= set(named)
    assert [path for path in named if not (ROOT / path).is_file()] == []
