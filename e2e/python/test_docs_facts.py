"""Tables of docs/*.md against the program: what they say of actions, settings and operations is asked for."""

import json
import re
import subprocess

import pytest

import samples
from taskform_server import REPO, binary, clean_environment

FLOWS = (REPO / "docs" / "flows.md").read_text(encoding="utf-8")
TASKS = (REPO / "docs" / "tasks.md").read_text(encoding="utf-8")
TYPES = {"I": "CONTACT_FLOW", "Q": "CUSTOMER_QUEUE", "T": "AGENT_TRANSFER", "W": "AGENT_WHISPER", "H": "AGENT_HOLD", "M": None}
MODULE = {"InputParameters": [], "OutputParameters": [], "Transitions": []}


def rows(text, heading):
    """The rows of the first table below a heading, as lists of cells."""
    part = text[text.index(f"\n## {heading}\n"):]
    table = re.search(r"(?:^\|.*\n)+", part, re.MULTILINE)[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


ACTIONS = [pytest.param(*cells[:2], *cells[3:5], id=cells[0]) for cells in rows(FLOWS, "Actions")]
PARAMETER = re.compile(r"missing required property\. Path: Actions\[0\]\.Parameters\.(\w+)")
ERROR = re.compile(r"missing required error\. Error: (\w+)")
BLOCKS = re.search(r"^\| `Invalid Action type` \| (.*) \|$", FLOWS, re.MULTILINE)[1]


def problems(connect, instance, kind, letter):
    """What publishing says of an action that has nothing but its type, in a flow of a type or a module."""
    document = {"Version": "2019-10-30", "StartAction": "a",
                "Actions": [{"Identifier": "a", "Type": kind, "Parameters": {}, "Transitions": {}}]}
    name = "Facts " + samples.token()[:8]
    try:
        if letter == "M":
            document["Settings"] = MODULE
            connect.create_contact_flow_module(InstanceId=instance.id, Name=name, Content=json.dumps(document))
        else:
            connect.create_contact_flow(
                InstanceId=instance.id, Name=name, Type=TYPES[letter], Content=json.dumps(document))
    except connect.exceptions.InvalidContactFlowException as error:
        return [problem["message"] for problem in error.response["problems"]]
    except connect.exceptions.InvalidContactFlowModuleException as error:
        return [problem["message"] for problem in error.response["Problems"]]
    return []


@pytest.mark.parametrize("kind, parameters, errors, places", ACTIONS)
def test_actions_are_as_the_table_says(connect, instance, kind, parameters, errors, places):
    said = {letter: problems(connect, instance, kind, letter) for letter in TYPES}
    assert not any("Invalid Action type" in message for messages in said.values() for message in messages)
    allowed = {letter for letter, messages in said.items() if not any("not supported in this flow" in m for m in messages)}
    if places == "all":
        wanted = set(TYPES)
    elif places == "all but H":
        wanted = set(TYPES) - {"H"}
    else:
        wanted = set(places.split())
    assert allowed == wanted
    messages = said[min(allowed)]
    terminal = not any("required property. Path: Actions[0].Transitions.NextAction" in message for message in messages)
    assert terminal == (errors == "terminal")
    told = set() if errors in ("terminal", "none") or errors.startswith("may") else set(errors.split(";")[0].split(", "))
    wanted = {"NoMatchingError" if error == "NME" else error for error in told}
    assert {match[1] for message in messages if (match := ERROR.search(message))} == wanted
    wanted = set(re.findall(r"\*\*`(\w+)`\*\*", parameters))
    assert {match[1] for message in messages if (match := PARAMETER.search(message))} == wanted


@pytest.mark.parametrize("kind", ["MessageParticipant", "UpdateContactTextToSpeechVoice", "ShowView", "CreateCase"])
def test_actions_of_other_channels_are_known(connect, instance, kind):
    assert not any("Invalid Action type" in message for message in problems(connect, instance, kind, "I"))


@pytest.mark.parametrize("kind", re.findall(r"`(\w+)`", BLOCKS))
def test_names_of_blocks_are_no_actions(connect, instance, kind):
    assert f"Invalid Action type. Type: {kind}, Path: Actions[0].Type" in problems(connect, instance, kind, "I")


def settings():
    shown = subprocess.run([binary(), "config"], env=clean_environment(), capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^([\w.]+) = (.*?)\s*# ", shown, re.MULTILINE))


def test_settings_exist_and_have_the_numbers_told():
    known = settings()
    pages = "".join(page.read_text(encoding="utf-8") for page in [REPO / "README.md", *(REPO / "docs").glob("*.md")])
    named = set(re.findall(r"`((?:limits|tasks|events|functions|storage|http|throttle|log)\.\w+)`", pages))
    assert named and not {name for name in named if not name.endswith((".md", ".jsonl"))} - set(known)
    told = {cells[2].strip("`"): cells[1] for cells in rows(TASKS, "Quotas and settings") if cells[2]}
    assert len(told) == 8
    for name, number in told.items():
        assert known[name] == re.sub(r"\D", "", number), name


def test_readme_lists_the_operations():
    """The numbers are those of the program, and no operation is left out or promised."""
    shown = subprocess.run([binary(), "operations"], capture_output=True, text=True, check=True).stdout
    implemented = {line.split()[0] for line in shown.splitlines() if re.match(r"[A-Z]\w+ +implemented ", line)}
    text = (REPO / "README.md").read_text(encoding="utf-8")
    number = re.search(r"\*\*(\d+) operations\*\*, the whole scope", text)
    assert int(number[1]) == len(implemented)
    table = text[number.end():text.index("\n## ", number.end())]
    named = set(re.findall(r"\b[A-Z][a-z]+[A-Z]\w+", table))
    assert not named - implemented
    short = re.compile(r"ContactFlow(Module)?(Version|Alias)")  # written as "with Version: Create, List, Delete"
    assert not {name for name in implemented - named if not short.search(name)}
