"""Runs the examples of docs/*.md as they stand there.

Three kinds of marked blocks, beside the convention of test_readme.py that a comment directly before a fenced block marks it:

    <!-- test: serve -->         how the server is started; one per file
    <!-- test: NAME -->          ```python: a part of one program, run from top to bottom
    <!-- flow: FILE TYPE -->     ```json: a document of a flow of this type, of a MODULE, or the CONTRACT of the module before
                                 it; it is published, and lies in the folder of the program under this name

A line `<!-- after: PAGE -->` says that the program of this page goes on where that of the other page ends.

Every ```json block that looks like a document of a flow has to be marked, so that no document in the docs is untested. The
server and what else listens take free ports; nothing else differs from a reader's machine.
"""

import json
import re
import socket
import subprocess
import sys

import pytest

import samples
import test_readme
from helpers import new_instance
from taskform_server import REPO, binary, clean_environment

MARKED = re.compile(
    r"^<!-- (?P<mark>test|flow): (?P<words>[^>]+) -->\n+```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
JSON = re.compile(r"^```json\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?P<target>[^)#]*)(?:#(?P<anchor>[^)]*))?\)")
AFTER = re.compile(r"^<!-- after: (?P<page>\S+) -->$", re.MULTILINE)
PORT = re.compile(r"\b9000\b")  # what the pages let a function listen on
PAGES = sorted((REPO / "docs").glob("*.md"))
TESTED = [REPO / "docs" / name for name in ("tasks.md", "flows.md", "agents.md", "signin.md", "metrics.md")]


def text_of(page):
    return page.read_text(encoding="utf-8") if page.exists() else ""


def blocks(page, mark):
    return [match for match in MARKED.finditer(text_of(page)) if match["mark"] == mark]


def documents(page):
    """(file, type, content) of each flow document."""
    found = []
    for match in blocks(page, "flow"):
        assert match["language"] == "json", match["words"]
        file, kind = match["words"].split()
        found.append((file, kind, match["text"]))
    return found


def published(page):
    """(file, type, content, contract or None) of what can be published."""
    all_of_page = documents(page)
    for (file, kind, content), after in zip(all_of_page, [*all_of_page[1:], ("", "", "")]):
        if kind != "CONTRACT":
            yield file, kind, content, after[2] if after[1] == "CONTRACT" else None


ALL_DOCUMENTS = [
    pytest.param(kind, content, contract, id=file)
    for page in PAGES for file, kind, content, contract in published(page)]


def publish(connect, instance, kind, content, contract=None):
    name = "Doc " + samples.token()[:8]
    if kind == "MODULE":
        more = {"Settings": contract} if contract else {}
        return connect.create_contact_flow_module(InstanceId=instance, Name=name, Content=content, **more)["Id"]
    return connect.create_contact_flow(InstanceId=instance, Name=name, Type=kind, Content=content)["ContactFlowId"]


def marked_of(page):
    """The marked blocks of a page, after those of the page that it goes on from."""
    before = AFTER.search(text_of(page))
    own = blocks(page, "test")
    assert own, page
    return (marked_of(page.parent / before["page"]) if before else []) + own


def walk(page, folder):
    """Starts the page's server and runs its program."""
    marked = marked_of(page)
    (serve,) = [match["text"] for match in marked if match["words"].strip() == "serve"]
    parts = [match for match in marked if match["words"].strip() != "serve"]
    assert parts and {match["language"] for match in parts} == {"python"}, page
    place = folder / "walk"
    place.mkdir()
    for file, _, content in documents(page):
        (place / file).write_text(content, encoding="utf-8")
    environment = clean_environment() | {"HOME": str(folder), "PYTHONWARNINGS": "ignore"}
    with socket.create_server(("127.0.0.1", 0)) as taken:  # held until the server has a port of its own
        other_port = str(taken.getsockname()[1])
        server = test_readme.Background(PORT.sub(other_port, serve), place, environment)
    try:
        program = "\n".join(f"# --- {match['words'].strip()}\n{match['text']}" for match in parts)
        program = PORT.sub(other_port, program.replace(test_readme.PRINTED_ADDRESS, server.url))
        (folder / "program.py").write_text(program, encoding="utf-8")
        done = subprocess.run([sys.executable, str(folder / "program.py")], cwd=place, env=environment, text=True,
                              capture_output=True, timeout=300)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{''.join(server.lines)}"
    finally:
        server.stop()


@pytest.mark.parametrize("page", TESTED, ids=lambda page: page.name)
def test_walk(page, tmp_path):
    walk(page, tmp_path)


@pytest.mark.parametrize("kind, content, contract", ALL_DOCUMENTS)
def test_document_is_published(connect, instance, kind, content, contract):
    publish(connect, instance.id, kind, content, contract)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_document_is_marked(page):
    marked = {content for _, _, content in documents(page)}
    for match in JSON.finditer(text_of(page)):
        assert '"StartAction"' not in match["text"] or match["text"] in marked, match["text"]
    marks = len(re.findall(r"^<!-- (?:test|flow): ", text_of(page), re.MULTILINE))
    assert marks == len(MARKED.findall(text_of(page))), "a mark without a fenced block after it"


POLICIES = [
    pytest.param(match["text"], id=f"{page.name}-{number}")
    for page in PAGES for number, match in enumerate(JSON.finditer(text_of(page))) if '"Effect"' in match["text"]]


@pytest.mark.parametrize("text", POLICIES)
def test_policies_are_valid(text):
    command = [binary(), "policy", "validate", "--strict", "-"]
    done = subprocess.run(command, input=text, env=clean_environment(), text=True, capture_output=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "standard input: no problems\n"), done.stderr


def anchors(page):
    """The anchors of a page's headings, as hosting sites make them."""
    headings = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, *sorted(REPO.glob("*.md"))], ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for match in LINK.finditer(text_of(page)):
        target, anchor = match["target"], match["anchor"]
        if "://" in target:
            continue
        place = (page.parent / target) if target else page
        assert place.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(place), f"{page.name}: {target}#{anchor}"


def test_named_tests_exist():
    """Decisions in docs/behaviour.md name the tests that hold them."""
    places = [*REPO.glob("crates/**/*.rs"), *REPO.glob("e2e/**/*.py"), *REPO.glob("simulate/**/*.rs")]
    known = set()
    for place in places:
        if "target" not in place.parts:
            known |= set(re.findall(r"\b(?:fn|def) (\w+)", place.read_text(encoding="utf-8")))
    text = text_of(REPO / "docs" / "behaviour.md")
    rows = re.findall(r"^\| B\d+ \|.*\|$", text[text.index("## Tasks and flows"):], re.MULTILINE)
    tests = [re.search(r"\| ((?:`\w+`, )*`\w+`) \|$", row) for row in rows]
    assert tests and all(tests), [row for row, names in zip(rows, tests) if not names]
    named = {name for names in tests for name in re.findall(r"\w+", names[1])}
    numbers = re.findall(r"^\| B(\d+) \|", text, re.MULTILINE)
    numbers = [int(number) for number in numbers]
    assert numbers == sorted(set(numbers)), "each once, in order; a number that is not taken stays free"
    unknown = sorted(named - known)
    assert not unknown, unknown


@pytest.mark.parametrize("content", ['{"Version":"2019-10-30","StartAction":"x","Actions":[]}'])
def test_convention_notices_a_bad_document(sqlite_server, content):
    connect = sqlite_server.client
    with pytest.raises(connect.exceptions.InvalidContactFlowException):
        publish(connect, new_instance(connect).id, "CONTACT_FLOW", json.dumps(json.loads(content)))


def test_convention_notices_a_program_that_fails(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- test: serve -->\n```sh\ncargo xtask serve --dev --ephemeral\n```\n\n<!-- test: a -->\n```python\nx = 1\n```\n\n"
        "<!-- test: b -->\n```python\nassert x == 2\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="AssertionError"):
        walk(page, tmp_path)
