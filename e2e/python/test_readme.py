"""Runs the commands of README.md as they stand there.

Convention. A comment directly before a fenced block makes the block a tested step, with a name of its own:

    <!-- test: NAME -->

Steps run in their order in the file, in one shell (`bash`), in one empty folder, so that a later step sees variables and
files of an earlier one. A step whose name starts with `serve` starts a server that runs until the end of the file or the
next such step; that one begins a new walk with an empty folder and a new shell.

Languages: ```sh (commands), ```console (lines that start with `$ ` are commands, a trailing `\\` goes on in the next line;
the lines below a command are its exact output, where `…` stands for any text within a line and a line of `…` alone for
any lines), ```python (a program, run with the environment that has boto3). A command that fails ends the walk.

What differs from a reader's machine, and nothing else: the server listens on a free port, so `http://127.0.0.1:8484` is
replaced by its address; `cargo xtask serve` and `taskform serve` are replaced by the program under test; `aws`, `python`
and `python3` are those of the test environments. Without `--dev` the lines `export …` that the server prints before it is
ready are run first, as the reader is told to paste them.
"""

import dataclasses
import os
import re
import shlex
import subprocess
import sys
import textwrap
import threading

import pytest

import taskform_server
from taskform_server import READY, REPO, START_SECONDS, clean_environment
from test_cli import AWS
from test_cli_2 import AWS_2

PRINTED_ADDRESS = "http://127.0.0.1:8484"
BLOCK = re.compile(
    r"^<!-- test: (?P<name>[\w-]+) -->\n+```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
STARTS = re.compile(r"\b(cargo xtask serve|taskform serve)\b")


@dataclasses.dataclass
class Step:
    command: str
    output: str | None = None  # None: any


def walks(text):
    """Walks by the name of their first step: (command of the server or None, steps)."""
    found = {}
    names = [match["name"] for match in BLOCK.finditer(text)]
    assert text.count("<!-- test:") == len(names), "a test comment without a fenced block after it"
    assert len(names) == len(set(names)), "a step's name is used twice"
    walk = None
    for match in BLOCK.finditer(text):
        parts = steps(match["language"], match["text"])
        if match["name"].startswith("serve"):
            walk = found[match["name"]] = {"server": "\n".join(part.command for part in parts), "steps": []}
        elif walk is None:
            walk = found[match["name"]] = {"server": None, "steps": parts}
        else:
            walk["steps"] += parts
    return found


def steps(language, text):
    if language == "sh":
        return [Step(text)]
    if language == "python":
        return [Step("python3 - <<'END-OF-BLOCK'\n" + text + "END-OF-BLOCK\n")]
    assert language == "console", f"blocks of {language} cannot be tested"
    found = []
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("$ "):
            command = line[2:]
            while command.endswith("\\"):
                command += "\n" + next(lines)
            found.append(Step(command, ""))
        else:
            assert found, "a console block starts with a command"
            found[-1].output += line + "\n"
    return found


def fits(pattern, output):
    """Whether the output is the one written down; `…` is any text in a line, alone on its line any lines."""
    parts = []
    for line in pattern.splitlines():
        parts.append("(.*\n)*?" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + "\n")
    text = output if not output or output.endswith("\n") else output + "\n"
    return re.fullmatch("".join(parts), text) is not None


class Background:
    """The server of a walk."""

    def __init__(self, command, folder, environment):
        self.command = command
        program = shlex.quote(taskform_server.binary()) + " serve"
        assert STARTS.search(command), f"no known way to start the server: {command}"
        self.process = subprocess.Popen(
            ["bash", "-c", "exec " + STARTS.sub(program, command).strip()], cwd=folder, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            env=environment | {"TASKFORM_LISTEN": "127.0.0.1:0"})
        self.lines, self.url, self.ready = [], None, threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self.ready.wait(START_SECONDS) and self.url, "".join(self.lines)

    def _read(self):
        with self.process.stdout:
            for line in self.process.stdout:
                self.lines.append(line)
                if line.startswith(READY):
                    self.url = line[len(READY):].split()[0].rstrip("/")
                    self.ready.set()
        self.ready.set()

    def exports(self):
        if "--dev" in self.command:
            return []
        return [line.strip() for line in self.lines if line.strip().startswith("export ")]

    def stop(self):
        taskform_server.end(self.process)
        self._reader.join(START_SECONDS)


def run(walk, folder, aws=shlex.quote(AWS)):
    """`aws` is the command of the AWS CLI, for a shell."""
    bin_folder = folder / "bin"
    bin_folder.mkdir()
    python = shlex.quote(sys.executable)
    for name, command in {"aws": aws, "python": python, "python3": python}.items():
        script = bin_folder / name
        script.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        script.chmod(0o755)
    place = folder / "walk"
    place.mkdir()
    environment = clean_environment() | {
        "PATH": f"{bin_folder}:{os.environ['PATH']}", "HOME": str(folder), "AWS_PAGER": "", "PYTHONWARNINGS": "ignore"}
    server = Background(walk["server"], place, environment) if walk["server"] else None
    try:
        preamble = []
        if server:
            preamble = [line.replace(PRINTED_ADDRESS, server.url) for line in server.exports()]
        check(walk["steps"], preamble, place, environment, server.url if server else PRINTED_ADDRESS)
    finally:
        if server:
            server.stop()


def check(walk_steps, preamble, folder, environment, url):
    """Runs the steps in one shell and compares what each of them printed."""
    border = "----- step %d ends here -----"
    script = ["set -euo pipefail", *preamble]
    for number, step in enumerate(walk_steps):
        script += [step.command.replace(PRINTED_ADDRESS, url), f"echo; echo '{border % number}'"]
    done = subprocess.run(["bash", "-s"], input="\n".join(script) + "\n", cwd=folder, env=environment, text=True,
                          capture_output=True, timeout=600)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    rest = done.stdout
    for number, step in enumerate(walk_steps):
        output, rest = rest.split(f"\n{border % number}\n", 1)
        if step.output is not None:
            output = output.replace(url, PRINTED_ADDRESS)
            assert fits(step.output, output), f"$ {step.command}\nprinted\n{output}\nbut README.md says\n{step.output}"


README = (REPO / "README.md").read_text(encoding="utf-8") if (REPO / "README.md").exists() else ""
WALKS = walks(README)


def test_the_first_success_is_tested():
    assert "serve" in WALKS, "README.md marks no block with <!-- test: serve -->"
    commands = "\n".join(step.command for step in WALKS["serve"]["steps"])
    assert "aws connect create-task-template" in commands and "boto3" in commands


@pytest.mark.parametrize("name", WALKS)
def test_walk(name, tmp_path):
    run(WALKS[name], tmp_path)


def test_the_first_success_with_an_aws_cli_2_before_2_13(tmp_path):
    """As README says: it does not read AWS_ENDPOINT_URL_CONNECT, and gets --endpoint-url."""
    run(WALKS["serve"], tmp_path, f'{shlex.quote(AWS_2)} --endpoint-url "$AWS_ENDPOINT_URL_CONNECT"')


# --- the convention itself ---------------------------------------------------------------------------------------------------


SAMPLE = textwrap.dedent("""\
    <!-- test: serve-sample -->
    ```sh
    cargo xtask serve --dev --ephemeral
    ```

    Then:

    <!-- test: settings -->
    ```sh
    export AWS_ENDPOINT_URL_CONNECT=http://127.0.0.1:8484 AWS_ACCESS_KEY_ID=test \\
      AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
    ```

    <!-- test: console -->
    ```console
    $ echo $AWS_ENDPOINT_URL_CONNECT
    http://127.0.0.1:8484
    $ aws connect list-instances \\
        --query 'InstanceSummaryList[].Arn' --output text
    arn:aws:connect:…:instance/11111111-1111-4111-8111-111111111111
    ```

    <!-- test: program -->
    ```python
    import boto3
    (only,) = boto3.client("connect").list_instances()["InstanceSummaryList"]
    assert only["Id"].startswith("11111111")
    ```
    """)


def test_convention_runs_a_sample(tmp_path):
    run(walks(SAMPLE)["serve-sample"], tmp_path)


@pytest.mark.parametrize("old, new", [
    (":instance/11111111", ":instance/21111111"), ('startswith("11111111")', 'startswith("2")'), ("echo $", "false $")])
def test_convention_notices_a_wrong_sample(tmp_path, old, new):
    assert old in SAMPLE
    with pytest.raises(AssertionError, match="printed|AssertionError|assert"):
        run(walks(SAMPLE.replace(old, new))["serve-sample"], tmp_path)


@pytest.mark.parametrize("pattern, output, right", [
    ("a\n", "a", True), ("a\n", "b", False), ("a…c\n", "abc\n", True), ("a…c\n", "ab\nc\n", False),
    ("{\n…\n}\n", "{\n1\n2\n}\n", True), ("{\n…\n}\n", "{\n}\n", True), ("", "", True), ("", "x\n", False),
    ("a.c\n", "abc\n", False)])
def test_convention_compares_output(pattern, output, right):
    assert fits(pattern, output) is right
