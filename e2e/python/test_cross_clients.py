"""What one client writes, every other one reads (C5, C6, C7, C15): boto3, AWS CLI, JavaScript, Rust.

The JavaScript and Rust clients are small programs, `e2e/js/peer.mjs` and `e2e/rust/src/bin/peer.rs`: they take an
endpoint, a verb and JSON arguments, and print JSON. What they need is installed and built when it is not there yet;
TASKFORM_RUST_PEER names a Rust peer built elsewhere.
"""

import datetime
import json
import os
import subprocess

import pytest

import samples
from helpers import client
from rawhttp import call
from taskform_server import REPO, clean_environment
from test_cli import Cli

NAME = 'Café 🚀 <&>"\\'
TAGS = {"k/é+:=@": "", "team": "A B"}


class Boto3:
    def __init__(self, url):
        self.connect = client(url)

    def create(self, request):
        return self.connect.create_task_template(**request)["Id"]

    def get(self, instance, template):
        answer = self.connect.get_task_template(InstanceId=instance, TaskTemplateId=template)
        return {"Name": answer["Name"], "Created": answer["CreatedTime"].timestamp()}

    def tag(self, arn, tags):
        self.connect.tag_resource(resourceArn=arn, tags=tags)

    def untag(self, arn, keys):
        self.connect.untag_resource(resourceArn=arn, tagKeys=keys)

    def tags(self, arn):
        return self.connect.list_tags_for_resource(resourceArn=arn)["tags"]

    def refuse(self, instance, template):
        with pytest.raises(self.connect.exceptions.ClientError) as caught:
            self.connect.get_task_template(InstanceId=instance, TaskTemplateId=template)
        return type(caught.value).__name__


class AwsCli:
    def __init__(self, url, folder):
        self.aws = Cli(url, folder)

    def create(self, request):
        return self.aws("create-task-template", "--cli-input-json", json.dumps(request))["Id"]

    def get(self, instance, template):
        answer = self.aws("get-task-template", "--instance-id", instance, "--task-template-id", template)
        created = answer["CreatedTime"]
        if isinstance(created, str):
            created = datetime.datetime.fromisoformat(created).timestamp()
        return {"Name": answer["Name"], "Created": created}

    def tag(self, arn, tags):
        self.aws("tag-resource", "--resource-arn", arn, "--tags", json.dumps(tags))

    def untag(self, arn, keys):
        self.aws("untag-resource", "--resource-arn", arn, "--tag-keys", *keys)

    def tags(self, arn):
        return self.aws("list-tags-for-resource", "--resource-arn", arn)["tags"]

    def refuse(self, instance, template):
        text = self.aws.fails("get-task-template", "--instance-id", instance, "--task-template-id", template)
        return text.split("(")[1].split(")")[0]


class Peer:
    """A client in another language."""

    def __init__(self, url, command):
        self.url, self.command = url, command

    def ask(self, verb, **arguments):
        done = subprocess.run(
            [*self.command, self.url, verb, json.dumps(arguments)], env=clean_environment(), capture_output=True,
            text=True, encoding="utf-8", timeout=120)
        assert done.returncode == 0, done
        return json.loads(done.stdout)

    def create(self, request):
        return self.ask("create", request=request)["Id"]

    def get(self, instance, template):
        return self.ask("get", instance=instance, template=template)

    def tag(self, arn, tags):
        self.ask("tag", arn=arn, tags=tags)

    def untag(self, arn, keys):
        self.ask("untag", arn=arn, keys=keys)

    def tags(self, arn):
        return self.ask("tags", arn=arn)

    def refuse(self, instance, template):
        return self.ask("refuse", instance=instance, template=template)["Name"]


def javascript_peer():
    folder = REPO / "e2e" / "js"
    if not (folder / "node_modules").exists():
        subprocess.run(["npm", "ci", "--silent"], cwd=folder, check=True)
    return str(folder / "peer.mjs")


def rust_peer():
    if os.environ.get("TASKFORM_RUST_PEER"):
        return os.environ["TASKFORM_RUST_PEER"]
    target = REPO / "target" / "e2e-rust"
    subprocess.run(["cargo", "build", "--quiet", "--locked", "--bin", "peer"], cwd=REPO / "e2e" / "rust", check=True,
                   env=os.environ | {"CARGO_TARGET_DIR": str(target)})
    return str(target / "debug" / "peer")


@pytest.fixture(scope="module")
def peers(sqlite_server, tmp_path_factory):
    url = sqlite_server.url
    return {
        "boto3": Boto3(url),
        "cli": AwsCli(url, tmp_path_factory.mktemp("cli")),
        "javascript": Peer(url, ["node", javascript_peer()]),
        "rust": Peer(url, [rust_peer()]),
    }


CLIENTS = ["boto3", "cli", "javascript", "rust"]


@pytest.mark.parametrize("writer", CLIENTS)
def test_case_c5_and_c6_and_c7_written_by(one, peers, writer):
    request = samples.small(one.instance.flow, NAME) | {"InstanceId": one.instance.id}
    template = peers[writer].create(request)
    arn = f"{one.instance.arn}/task-template/{template}"
    raw = call(one.server, "GET", f"/instance/{one.instance.id}/task/template/{template}").json()
    peers[writer].tag(arn, TAGS)
    for reader in CLIENTS:
        found = peers[reader].get(one.instance.id, template)
        assert found["Name"] == NAME, reader
        assert abs(found["Created"] - raw["CreatedTime"]) <= 0.001, reader
        assert peers[reader].tags(arn) == TAGS, reader
    peers[writer].untag(arn, ["k/é+:=@"])
    assert peers["boto3"].tags(arn) == {"team": "A B"}


@pytest.mark.parametrize("template, name", [
    ("x" * 501, "InvalidParameterException"), (samples.token(), "ResourceNotFoundException"),
    ("a b/../c~é%2F+(x)!*'", "ResourceNotFoundException")], ids=["invalid", "unknown", "case_c1_hostile"])
def test_case_c15_one_name_in_every_client(one, peers, template, name):
    for reader in CLIENTS:
        assert peers[reader].refuse(one.instance.id, template) == name, reader
