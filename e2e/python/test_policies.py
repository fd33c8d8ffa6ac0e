"""Access keys with policies, as boto3 and the AWS CLI see them (protocol 4)."""

import json
import time

import pytest

import samples
from helpers import new_instance
from taskform_server import DEV_INSTANCE
from test_cli import Cli
from test_keys import client_of, create

CLAIMS = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "ReadClaims", "Effect": "Allow", "Action": "connect:GetTaskTemplate", "Resource": "*",
         "Condition": {"StringEquals": {"aws:ResourceTag/team": "claims"}}},
    ],
}


def policy(folder, name, document):
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document))
    return str(path)


def code(call, **arguments):
    """Nothing when the call is taken, else the error's code."""
    try:
        call(**arguments)
    except call.__self__.exceptions.ClientError as error:
        return error.response["Error"]["Code"]
    return None


def wait_until(found, wanted):
    """Asks until the answer is the wanted one. How long a machine takes is not judged: a minute is no failure of ours yet."""
    answers = set()
    for _ in range(600):
        answer = found()
        if answer == wanted:
            return
        answers.add(answer)
        time.sleep(0.1)
    raise AssertionError(f"{wanted} never came, but {answers}")


def templates(connect, instance):
    """A template of the team claims and one of another."""
    ids = []
    for team in ("claims", "returns"):
        made = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, team))
        connect.tag_resource(resourceArn=made["Arn"], tags={"team": team})
        ids.append(made["Id"])
    return ids


def test_a_key_reads_only_templates_of_its_team(start, tmp_path):
    server = start()
    instance = new_instance(server.client)
    claims, returns = templates(server.client, instance)
    instance = instance.id
    key = create(server, "--policy", policy(tmp_path, "claims", CLAIMS), "--tag", "team=claims")
    connect = client_of(server, key)
    assert connect.get_task_template(InstanceId=instance, TaskTemplateId=claims)["Name"] == "claims"
    with pytest.raises(connect.exceptions.AccessDeniedException) as refused:
        connect.get_task_template(InstanceId=instance, TaskTemplateId=returns)
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    account = server.client.describe_instance(InstanceId=instance)["Instance"]["Arn"].split(":")[4]
    arn = f"arn:aws:connect:us-east-1:{account}:instance/{instance}/task-template/{returns}"
    assert refused.value.response["Error"]["Message"] == (
        f"User: arn:aws:iam::{account}:user/{key['AccessKeyId']} is not authorized to perform: connect:GetTaskTemplate on "
        f"resource: {arn} because no identity-based policy allows the connect:GetTaskTemplate action")
    with pytest.raises(connect.exceptions.AccessDeniedException):
        connect.list_task_templates(InstanceId=instance)
    with pytest.raises(connect.exceptions.AccessDeniedException):
        connect.get_task_template(InstanceId=instance, TaskTemplateId="absent")

    shown = json.loads(server.run("keys", "show", key["AccessKeyId"], "--format", "json").stdout)
    assert shown["Policies"] == [{"Name": "claims", "Managed": False, "Document": CLAIMS}]
    assert shown["Tags"] == {"team": "claims"} and key["SecretAccessKey"] not in str(shown)


def test_the_cli_shows_why_it_is_refused(start, tmp_path):
    server = start()
    instance = new_instance(server.client).id
    key = create(server, "--policy", "read-only")
    aws = Cli(server.url, tmp_path)
    keys = {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}
    asked = ("--instance-id", instance, "--endpoint-url", server.url)
    read = aws.run("list-task-templates", *asked, environment=keys)
    assert read.returncode == 0, read
    refused = aws.run("delete-task-template", "--task-template-id", "x", *asked, environment=keys)
    assert refused.returncode == 255, refused
    assert "(AccessDeniedException) when calling the DeleteTaskTemplate operation: User: " in refused.stderr, refused
    assert "no identity-based policy allows the connect:DeleteTaskTemplate action" in refused.stderr, refused


def test_policies_that_are_not_valid_are_refused_with_their_place(start, tmp_path):
    server = start()
    bad = policy(tmp_path, "bad", {"Version": "2012-10-17", "Statement": [{"Effect": "Alow", "Action": "*", "Resource": "*"}]})
    for arguments, words in (
        (("create", "--policy", bad), ("bad", "line 1, column ")),
        (("create", "--policy", str(tmp_path / "none.json")), ("neither a managed policy nor a file",)),
        (("create", "--policy", "read-only", "--policy", "read-only"), ("given twice",)),
        (("create", "--tag", "team"), ("KEY=VALUE",)),
        (("set-policy", "AKIANOBODY", "--policy", "read-only"), ("no active access key",)),
        (("show", "AKIANOBODY"), ("no access key",)),
    ):
        done = server.run("keys", *arguments)
        assert done.returncode == 1 and all(word in done.stderr for word in words), (arguments, done)
    assert server.run("keys", "set-policy", "AKIANOBODY").returncode == 2  # neither --policy nor --none
    assert list(json.loads(create_listing(server))) == []


def create_listing(server):
    """The keys that exist beside that of --dev, as JSON: none of the refused commands made one."""
    lines = server.run("keys", "list").stdout.splitlines()[1:]
    return json.dumps([line.split()[0] for line in lines])


def test_b6_a_revoked_key_and_a_changed_policy_act_in_every_process(start, engine, tmp_path):
    """On PostgreSQL in two processes at once; on SQLite in the one that there is."""
    server = start()
    servers = [server]
    if engine == "postgres":
        servers.append(start(beside=server))
    key = create(server, "--policy", "read-only")
    clients = [client_of(one, key) for one in servers]
    changing = {"InstanceId": DEV_INSTANCE, "TaskTemplateId": "absent"}
    for connect in clients:
        assert code(connect.list_task_templates, InstanceId=DEV_INSTANCE) is None
        assert code(connect.delete_task_template, **changing) == "AccessDeniedException"

    def set_policy(*policies):
        done = server.run("keys", "set-policy", key["AccessKeyId"], *policies)
        assert done.returncode == 0, done

    set_policy("--policy", "template-editor")
    for connect in clients:
        wait_until(lambda: code(connect.delete_task_template, **changing), "ResourceNotFoundException")
    set_policy("--none")
    for connect in clients:
        wait_until(lambda: code(connect.list_task_templates, InstanceId=DEV_INSTANCE), "AccessDeniedException")
    set_policy("--policy", "administrator")
    for connect in clients:
        wait_until(lambda: code(connect.list_task_templates, InstanceId=DEV_INSTANCE), None)
    assert server.run("keys", "revoke", key["AccessKeyId"]).returncode == 0
    for connect in clients:
        wait_until(lambda: code(connect.list_task_templates, InstanceId=DEV_INSTANCE), "UnrecognizedClientException")
