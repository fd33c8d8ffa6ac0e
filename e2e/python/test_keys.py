"""Access keys from their making to their end, as boto3 sees them (protocol 3.2 rows 10 and 11, issue: authentication)."""

import json
import re
import time

import boto3
import pytest
from botocore.config import Config

import samples
from helpers import client
from taskform_server import DEV_INSTANCE, REGION


def client_of(server, key, token=None, region=REGION):
    return boto3.client(
        "connect", endpoint_url=server.url, region_name=region, aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"], aws_session_token=token or key.get("SessionToken"),
        config=Config(retries={"total_max_attempts": 1}))


def create(server, *arguments):
    done = server.run("keys", "create", "--format", "json", *arguments)
    assert done.returncode == 0, done
    return json.loads(done.stdout)


def code(connect):
    """Nothing when the call is taken, else the error's code; the status of a refusal is always 403."""
    try:
        connect.list_task_templates(InstanceId=DEV_INSTANCE)
    except connect.exceptions.ClientError as error:
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 403, error.response
        assert error.response["Error"]["Message"], error.response
        return error.response["Error"]["Code"]
    return None


def wait_for(connect, wanted):
    """Asks until the answer is the wanted one; other answers than taken or wanted fail."""
    for _ in range(300):
        found = code(connect)
        if found == wanted:
            return
        assert found is None
        time.sleep(0.1)
    raise AssertionError(f"{wanted} never came")


def test_a_key_lives_while_the_server_runs(start):
    server = start()
    key = create(server, "--description", "for the tests")
    assert key["SessionToken"] is None and key["Expiration"] is None
    connect = client_of(server, key)
    assert code(connect) is None
    assert code(client_of(server, key | {"SecretAccessKey": key["SecretAccessKey"][::-1]})) == "InvalidSignatureException"
    assert code(client_of(server, key, token="not-a-token")) == "UnrecognizedClientException"
    listed = server.run("keys", "list")
    assert key["AccessKeyId"] in listed.stdout and "for the tests" in listed.stdout
    assert key["SecretAccessKey"] not in listed.stdout + listed.stderr + server.log()

    assert server.stop() == 0
    server.start()
    connect = client_of(server, key)
    assert code(connect) is None  # keys outlive the process
    assert server.run("keys", "revoke", key["AccessKeyId"]).returncode == 0
    wait_for(connect, "UnrecognizedClientException")
    assert server.run("keys", "revoke", key["AccessKeyId"]).returncode != 0
    assert code(client(server.url)) is None  # other keys go on


def test_3_2_row_10_and_11_temporary_keys(start):
    server = start()
    lasting = create(server, "--expires-in", "1h")
    assert lasting["SessionToken"]
    assert code(client_of(server, lasting)) is None
    for token in (lasting["SessionToken"][:-4] + "AAAA", "x"):
        assert code(client_of(server, lasting, token=token)) == "UnrecognizedClientException"
    assert code(client_of(server, lasting | {"SessionToken": None})) == "UnrecognizedClientException"
    wait_for(client_of(server, create(server, "--expires-in", "3s")), "ExpiredTokenException")


def test_the_first_start_prints_a_key_that_works(start):
    server = start(dev=False)
    printed = dict(re.findall(r"^export (\w+)=(\S+)$", "".join(server.lines), re.MULTILINE))
    assert printed["AWS_ENDPOINT_URL_CONNECT"] == server.url
    key = {"AccessKeyId": printed["AWS_ACCESS_KEY_ID"], "SecretAccessKey": printed["AWS_SECRET_ACCESS_KEY"]}
    connect = client_of(server, key)
    (only,) = connect.list_instances()["InstanceSummaryList"]
    assert only["Arn"] == f"arn:aws:connect:{REGION}:123456789012:instance/{only['Id']}"
    assert only["Id"] in "".join(server.lines)
    flows = connect.list_contact_flows(InstanceId=only["Id"])["ContactFlowSummaryList"]
    flow = next(flow["Id"] for flow in flows if flow["Name"] == "Sample task flow")
    connect.create_task_template(InstanceId=only["Id"], **samples.base(flow))
    assert code(server.client) == "UnrecognizedClientException"  # test/test is for --dev only

    assert server.stop() == 0
    server.start()
    assert key["SecretAccessKey"] not in "".join(server.lines)  # shown once
    names = [t["Name"] for t in client_of(server, key).list_task_templates(InstanceId=only["Id"])["TaskTemplates"]]
    assert names == ["Refund request"]


@pytest.mark.parametrize("changed", [{"REGION": "eu-west-2"}, {"ACCOUNT": "999999999999"}])
def test_b7_another_identity_is_refused(start, changed):
    server = start()
    assert server.stop() == 0
    server.settings |= {f"TASKFORM_{name}": value for name, value in changed.items()}
    with pytest.raises(AssertionError, match="(?s)no readiness line.*" + next(iter(changed)).lower()):
        server.start()
