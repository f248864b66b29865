"""Runs the steps of action.yml as a runner of GitHub would, for good and for bad policies.

usage: action.py ROOT FOLDER

FOLDER takes what the steps leave behind. What this has of a runner: the inputs with their defaults, the few
expressions that the action uses, `shell: bash` as GitHub starts it, GITHUB_PATH from one step to the next, and that
a step which fails ends the job. Everything else is GitHub's and is not tried.
"""

import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

import yaml

EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


def value(expression, inputs, root):
    """What an expression comes to; only those of the action are known."""
    if expression == "github.action_path":
        return root
    if match := re.fullmatch(r"inputs\.(\w+) != ''", expression):
        return inputs[match[1]] != ""
    if match := re.fullmatch(r"inputs\.(\w+)", expression):
        return inputs[match[1]]
    raise SystemExit(f"nobody knows what `{expression}` is")


def filled(text, inputs, root):
    return EXPRESSION.sub(lambda match: value(match[1], inputs, root), text)


def run(action, root, runner, workspace, given):
    """Runs all steps; gives back which step failed, if any, and what the steps wrote."""
    known = action["inputs"]
    assert set(given) <= set(known), given
    inputs = {name: given.get(name, one.get("default", "")) for name, one in known.items()}
    paths, told = runner / "paths", ""
    paths.touch()
    for step in action["runs"]["steps"]:
        assert step["shell"] == "bash", step
        assert not EXPRESSION.search(step["run"]), "an expression in a script can be made a command by who writes it"
        condition = EXPRESSION.fullmatch(step.get("if", "${{ inputs.folder }}"))
        if not value(condition[1], inputs, root):
            continue
        own = {name: filled(text, inputs, root) for name, text in step.get("env", {}).items()}
        search = os.pathsep.join([*reversed(paths.read_text().split("\n")[:-1]), os.environ["PATH"]])
        environment = os.environ | own | {
            "PATH": search, "RUNNER_TEMP": str(runner), "GITHUB_PATH": str(paths), "GITHUB_WORKSPACE": str(workspace),
        }
        script = runner / "step.sh"
        script.write_text(step["run"])
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        done = subprocess.run(shell, cwd=workspace, env=environment, capture_output=True, text=True)
        told += done.stdout + done.stderr
        if done.returncode != 0:
            return step["name"], told
    return None, told


def main():
    root, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    action = yaml.safe_load(pathlib.Path(root, "action.yml").read_text())
    assert action["runs"]["using"] == "composite"
    runner, workspace = folder / "runner", folder / "workspace"
    runner.mkdir(parents=True)
    workspace.mkdir()

    def steps(**given):
        return run(action, root, runner, workspace, given)

    # The policies of a job are there before the action; here the action's own install makes them.
    failed, told = steps(folder="policies")
    assert failed == "Check the policies" and "no such folder: `policies`" in told, told
    courtesy = str(runner / "courtesy" / "bin" / "courtesy")
    subprocess.run([courtesy, "new", "policies"], cwd=workspace, check=True)

    failed, told = steps(folder="policies")
    assert failed is None, told
    results = xml.etree.ElementTree.parse(workspace / "courtesy-junit.xml").getroot()
    assert results.tag == "testsuites" and int(results.get("tests")) > 0, results.attrib
    assert results.get("failures") == "0", results.attrib

    wrong = workspace / "policies" / "a, b.courtesy"
    wrong.write_text('policy "x"\n  never dance\n')
    failed, told = steps(folder="policies", sarif="courtesy.sarif")
    assert failed == "Check the policies", told
    assert "::error file=policies/a%2C b.courtesy,line=2," in told, told
    assert '"ruleId": "unknown-action"' in (workspace / "courtesy.sarif").read_text()

    wrong.write_text('example "nothing is owed"\n  given now is 2026-11-23T10:00:00Z\n  given customer is amir\n  expect no greet\n')
    failed, told = steps(folder="policies", junit="results.xml")
    if failed == "Check the policies":
        raise SystemExit(told)
    assert failed == "Test the policies" and "nothing is owed" in told, told
    results = xml.etree.ElementTree.parse(workspace / "results.xml").getroot()
    assert results.get("failures") == "1", results.attrib

    # A folder's name is a name, whatever stands in it.
    failed, told = steps(folder='"; touch hacked; echo "$(touch hacked)')
    assert failed == "Check the policies" and not (workspace / "hacked").exists(), told
    print("the steps of the action do as they should", file=sys.stderr)


main()
