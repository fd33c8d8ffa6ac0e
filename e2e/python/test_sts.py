"""STS GetCallerIdentity and the start of clients that ask who they are (as-code 3), with stock clients."""

import json
import subprocess
import time

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from rawhttp import UUID
from taskform_server import ACCOUNT, clean_environment
from test_cli import AWS
from test_cli_2 import AWS_2

ARN = f"arn:aws:iam::{ACCOUNT}:user/administrator"


def client(service, url, key="test", secret="test", token=None, region="us-east-1"):
    return boto3.client(
        service, endpoint_url=url, region_name=region, aws_access_key_id=key, aws_secret_access_key=secret,
        aws_session_token=token, config=Config(retries={"total_max_attempts": 1}))


def refused(call, code, status):
    with pytest.raises(ClientError) as caught:
        call()
    answer = caught.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (code, status), answer
    assert UUID.fullmatch(answer["ResponseMetadata"]["RequestId"]), answer
    return answer["Error"]["Message"]


def test_as_code_3_1_boto3_asks_who_it_is(one):
    answer = client("sts", one.server.url).get_caller_identity()
    assert (answer["Arn"], answer["UserId"], answer["Account"]) == (ARN, "test", ACCOUNT)
    assert UUID.fullmatch(answer["ResponseMetadata"]["RequestId"])


def test_as_code_3_3_and_3_4_errors_in_boto3(one):
    url = one.server.url
    invalid = "The security token included in the request is invalid."
    assert refused(client("sts", url, key="AKIANOSUCHKEY").get_caller_identity, "InvalidClientTokenId", 403).startswith(invalid)
    message = refused(client("sts", url, secret="wrong").get_caller_identity, "SignatureDoesNotMatch", 403)
    assert message.startswith("The request signature we calculated does not match the signature you provided.")
    message = refused(client("sts", url, region="mars-1").get_caller_identity, "SignatureDoesNotMatch", 403)
    assert "'mars-1'" in message
    role = lambda: client("sts", url).assume_role(RoleArn=ARN.replace("user", "role"), RoleSessionName="session")  # noqa: E731
    assert refused(role, "InvalidAction", 400) == "Could not find operation AssumeRole for version 2011-06-15"
    iam = client("iam", url)
    for call in (iam.get_user, iam.list_roles):
        assert ARN in refused(call, "AccessDenied", 403)


def test_temporary_keys_ask_who_they_are(start):
    server = start(dev=False)
    [made] = [json.loads(server.run("keys", "create", "--expires-in", "15m", "--format", "json").stdout)]
    key, secret, token = made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"]
    answer = client("sts", server.url, key, secret, token).get_caller_identity()
    assert (answer["UserId"], answer["Arn"].split(":")[:3]) == (key, ["arn", "aws", "iam"])
    for wrong in (None, token[:-1] + "x"):
        refused(client("sts", server.url, key, secret, wrong).get_caller_identity, "InvalidClientTokenId", 403)
    made = json.loads(server.run("keys", "create", "--expires-in", "1s", "--format", "json").stdout)
    short = client("sts", server.url, made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])
    give_up = time.monotonic() + 60
    while True:
        try:
            short.get_caller_identity()
        except ClientError as error:
            assert error.response["Error"]["Code"] == "ExpiredToken"
            break
        assert time.monotonic() < give_up, "a key of one second did not expire"
        time.sleep(0.1)


@pytest.mark.parametrize("program, failed", [(AWS, 255), (AWS_2, 254)], ids=["cli-1", "cli-2"])
def test_the_aws_cli_asks_who_it_is(one, tmp_path, program, failed):
    def run(secret):
        keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": secret, "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": "",
                "PYTHONWARNINGS": "ignore", "HOME": str(tmp_path)}
        command = [program, "sts", "get-caller-identity", "--endpoint-url", one.server.url]
        return subprocess.run(command, env=clean_environment() | keys, capture_output=True, text=True, timeout=120)

    done = run("test")
    assert (done.returncode, done.stderr) == (0, ""), done
    assert json.loads(done.stdout) == {"UserId": "test", "Account": ACCOUNT, "Arn": ARN}
    done = run("wrong")
    assert (done.returncode, done.stdout) == (failed, ""), done
    assert "(SignatureDoesNotMatch) when calling the GetCallerIdentity operation" in done.stderr
