"""Secrets never leave: everything the server writes and answers is searched for values that were planted everywhere.

The log is at its most verbose level. What must show a secret, once and to whoever asked for it, is left out by name.
"""

import base64
import hashlib
import hmac
import json
import os
import secrets
import subprocess
import urllib.parse

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

import rawhttp
import samples
from taskform_server import Server, binary, clean_environment
from tasks import document, end, until


def spellings(value):
    """How a secret might be written: as it is, quoted for a URL, in base64, in hex, as numbers."""
    data = value.encode()
    encoded = base64.b64encode(data).decode().rstrip("=")
    return {value, urllib.parse.quote(value, safe=""), encoded[:-2], data.hex(), data.hex().upper(),
            ", ".join(map(str, data)), ",".join(map(str, data))}


def signing_keys(secret, dates, services=("connect", "sts"), region="us-east-1"):
    """The keys that signatures are made with, in hex."""
    for date in dates:
        for service in services:
            key = ("AWS4" + secret).encode()
            for part in (date, region, service, "aws4_request"):
                key = hmac.new(key, part.encode(), hashlib.sha256).digest()
            yield key.hex()


class Planted:
    """The values, and the search for them."""

    def __init__(self):
        self.values = {}

    def add(self, name, value=None):
        self.values[name] = value or f"Canary9-{name}-{secrets.token_hex(8)}"
        return self.values[name]

    def found(self, text):
        return [name for name, value in self.values.items() for one in spellings(value) if one in text]

    def assert_absent(self, what, text):
        assert text, what
        for name in self.found(text):
            value = next(one for one in spellings(self.values[name]) if one in text)
            at = text.index(value)
            raise AssertionError(f"{what} shows {name}: …{text[max(0, at - 300):at]}<HERE>{text[at + len(value):at + 200]}…")


def client(url, key, secret, token=None):
    """A client, and the list of all it was answered."""
    answers = []
    made = boto3.client(
        "connect", endpoint_url=url, region_name="us-east-1", aws_access_key_id=key, aws_secret_access_key=secret,
        aws_session_token=token, config=Config(retries={"total_max_attempts": 1}))
    made.meta.events.register(
        "before-parse.connect", lambda response_dict, **_: answers.append(f"{dict(response_dict['headers'])} {response_dict['body']}"))
    return made, answers


@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_that_is_written_or_answered_shows_a_secret(engine, form):
    planted = Planted()
    webhook = planted.add("webhook-secret")
    query = planted.add("webhook-query")
    code = planted.add("function-query")
    master = planted.add("master-key", secrets.token_hex(32))
    settings = {
        "LOG_LEVEL": "trace", "LOG_REQUESTS": "all", "LOG_FORMAT": form, "MASTER_KEY": master,
        # Nobody is there: failures name their targets.
        "EVENTS_WEBHOOKS": f"crm=http://127.0.0.1:1/in?token={query}", "EVENTS_WEBHOOK_SECRETS": f"crm={webhook}",
        "FUNCTIONS_ENDPOINTS": f"arn:aws:lambda:us-east-1:123456789012:function:f=http://127.0.0.1:1/f?code={code}",
        "EVENTS_TRIES": 1,
    }
    server = Server(engine, settings, dev=False)
    try:
        if engine == "postgres":
            parts = urllib.parse.urlsplit(server.database.url)
            user, _, place = parts.netloc.rpartition("@")
            password = planted.add("database-password") if not parts.password else parts.password
            server.database.url = urllib.parse.urlunsplit(
                parts._replace(netloc=f"{user.split(':')[0]}:{password}@{place}"))
        server.start()
        lines = "".join(server.lines)
        made = json.loads(commanded(server, planted, master, "keys", "create", "--format", "json", shows=True))
        temporary = json.loads(
            commanded(server, planted, master, "keys", "create", "--expires-in", "1h", "--format", "json", shows=True))
        for name, key in (("key", made), ("temporary", temporary)):
            planted.add(f"{name}-secret", key["SecretAccessKey"])
        planted.add("session-token", temporary["SessionToken"])
        answers = used(server, planted, made, temporary)
        for words in (["keys", "list"], ["events", "dead"], ["config"]):
            commanded(server, planted, master, *words)
        server.stop()
        # Once more, so that what is read at a start is too.
        log = server.log()
        server.start()
        server.stop()
        # The first start prints the secret of its own key once, which is none of these.
        text = lines + log + server.log()
        assert "TRACE" in text and "DEBUG" in text, "the most verbose level"
        planted.assert_absent("the log", text)
        for answer in answers:
            planted.assert_absent("an answer", answer)
    finally:
        server.close()


def commanded(server, planted, master, *words, shows=False):
    """Another command of the program; what it writes is searched, unless it is there to show a secret."""
    environment = clean_environment() | {name: value for name, value in server.settings.items() if name != "TASKFORM_LIMITS_INSTANCES"}
    done = subprocess.run(
        [binary(), *words, *server.store_flags()], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    if done.stderr:
        planted.assert_absent(f"the log of {words}", done.stderr)
    if not shows:
        planted.assert_absent(f"{words}", done.stdout)
    return done.stdout


def used(server, planted, made, temporary):
    """Uses everything that has to do with a secret, rightly and wrongly; returns all that was answered."""
    url, answers = server.url, []
    password = planted.add("password", "Canary9-" + secrets.token_hex(8))
    attribute = planted.add("attribute")
    connect, told = client(url, made["AccessKeyId"], made["SecretAccessKey"])
    own = connect.list_instances()["InstanceSummaryList"][0]["Id"]
    flows = {f["Name"]: f["Id"] for f in connect.list_contact_flows(InstanceId=own)["ContactFlowSummaryList"]}
    profiles = connect.list_security_profiles(InstanceId=own)["SecurityProfileSummaryList"]
    routing = connect.list_routing_profiles(InstanceId=own)["RoutingProfileSummaryList"][0]["Id"]
    user = {"PhoneConfig": {"PhoneType": "SOFT_PHONE"}, "SecurityProfileIds": [profiles[0]["Id"]], "RoutingProfileId": routing,
            "InstanceId": own, "IdentityInfo": {"FirstName": "A", "LastName": "B"}}
    connect.create_user(Username="canary", Password=password, **user)
    # Refused: a name that is taken, a member of a wrong kind, a profile that does not exist, a password beyond the limits.
    for change in ({}, {"RoutingProfileId": samples.token()}, {"Username": "x" * 200}, {"Password": password * 10}):
        with pytest.raises(ClientError):
            connect.create_user(**({"Username": "canary", "Password": password} | user | change))
    connect.describe_user(InstanceId=own, UserId=connect.list_users(InstanceId=own)["UserSummaryList"][0]["Id"])
    # A function that cannot be called, and events that cannot be delivered.
    call = {"Identifier": "call", "Type": "InvokeLambdaFunction", "Parameters": {
        "LambdaFunctionARN": "arn:aws:lambda:us-east-1:123456789012:function:f", "InvocationTimeLimitSeconds": "3"},
        "Transitions": {"NextAction": "end", "Errors": [{"ErrorType": "NoMatchingError", "NextAction": "end"}]}}
    flow = connect.create_contact_flow(
        InstanceId=own, Name="Calls", Type="CONTACT_FLOW", Content=document(call, end("end")))["ContactFlowId"]
    task = connect.start_task_contact(InstanceId=own, ContactFlowId=flow, Name="n", Attributes={"canary": attribute})["ContactId"]
    ended = lambda: "DisconnectTimestamp" in connect.describe_contact(InstanceId=own, ContactId=task)["Contact"]  # noqa: E731
    until(ended, "ended")
    connect.start_task_contact(InstanceId=own, ContactFlowId=flows["Sample task flow"], Name="n")
    answers += [text for text in told if attribute not in text]
    # Session tokens and secrets that are presented wrongly.
    token, key, secret = temporary["SessionToken"], temporary["AccessKeyId"], temporary["SecretAccessKey"]
    good, told = client(url, key, secret, token)
    good.list_instances()
    answers += told
    wrong = [(key, secret, None), (key, secret, token[:-4] + "wxyz"), (key, "other", token), (made["AccessKeyId"], secret, None),
             (made["AccessKeyId"], made["SecretAccessKey"], token), ("AKIANOSUCHKEY", secret, token)]
    for identity in wrong:
        bad, told = client(url, *identity)
        with pytest.raises(ClientError):
            bad.list_instances()
        answers += told
    signing = {"access_key": key, "secret_key": secret, "token": token}
    body = json.dumps({"Username": "u", "Password": password, "Unknown": password}).encode()
    path = f"/users/{own}"
    form = [("Content-Type", "application/x-www-form-urlencoded")]
    for answer in (
        rawhttp.call(server, "PUT", path, body[:-3], **signing),
        rawhttp.call(server, "PUT", path, body.replace(b'"Username": "u"', b'"Password": 7'), **signing),
        rawhttp.call(server, "PUT", path, body, [("x-amz-security-token-2", token)], **signing),
        rawhttp.call(server, "GET", "/nothing", **signing),
        rawhttp.call(server, "PUT", path, body, **(signing | {"secret_key": "other"})),
        rawhttp.call(server, "POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15", form, service="sts", **signing),
        rawhttp.call(server, "POST", "/", b"Action=X", form, service="sts", **signing),
        rawhttp.send(server, "GET", f"/instance?X-Amz-Security-Token={urllib.parse.quote(token, safe='')}&X-Amz-Algorithm=AWS4-HMAC-SHA256"),
        rawhttp.send(server, "GET", "/metrics"),
        rawhttp.send(server, "GET", "/readyz"),
        rawhttp.send(server, "GET", "/", headers=[("Accept", "text/html")]),
    ):
        answers.append(f"{answer.status} {answer.headers} {answer.body.decode(errors='replace')}")
    day = rawhttp.send(server, "GET", "/healthz").json()["time"][:10].replace("-", "")
    for name in ("key-secret", "temporary-secret"):
        for number, one in enumerate(signing_keys(planted.values[name], [day])):
            planted.add(f"{name}-signing-key-{number}", one)
    return answers


def test_mistakes_in_settings_do_not_repeat_secrets(tmp_path):
    """What cannot be used is refused without being shown."""
    secret = f"Canary9-{secrets.token_hex(8)}"
    file = tmp_path / "taskform.toml"
    key = tmp_path / "master.key"
    key.write_text(secret)
    os.chmod(key, 0o600)
    for environment, arguments, text in (
        ({"TASKFORM_MASTER_KEY": secret}, [], ""),
        ({"TASKFORM_DATABASE": f"mysql://u:{secret}@127.0.0.1/x"}, [], ""),
        ({"TASKFORM_DATABASE": f"postgres://u:{secret}@127.0.0.1:1/x", "TASKFORM_MASTER_KEY": "01" * 32}, [], ""),
        ({"TASKFORM_DATABASE": f"postgres://u:{secret}@127.0.0.1:x/x", "TASKFORM_MASTER_KEY": "01" * 32}, [], ""),
        ({"TASKFORM_EVENTS_WEBHOOK_SECRETS": secret}, [], ""),
        ({"TASKFORM_EVENTS_WEBHOOK_SECRETS": f"crm={secret}"}, [], ""),
        ({"TASKFORM_EVENTS_WEBHOOKS": f"crm=ftp://h/?token={secret}"}, [], ""),
        ({"TASKFORM_EVENTS_WEBHOOKS": f"crm=http://169.254.169.254/?token={secret}"}, [], ""),
        ({"TASKFORM_EVENTS_WEBHOOKS": f"crm=http://u:{secret}@h/"}, [], ""),
        ({"TASKFORM_FUNCTIONS_ENDPOINTS": f"arn=http://h:x/?code={secret}"}, [], ""),
        ({}, ["--master-key-file", str(key)], ""),
        ({}, [], f'[events]\nwebhook_secrets = ["{secret}"]\n'),
        ({}, [], f'database = "postgres://u:{secret}@h'),
        ({}, [], f'databas = "{secret}"\n'),
    ):
        file.write_text(text)
        command = [binary(), "serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "data"), "--config", str(file),
                   "--log-level", "trace", *arguments]
        done = subprocess.run(command, env=clean_environment() | environment, capture_output=True, text=True, timeout=60)
        assert done.returncode in (1, 2), (environment, done)
        written = done.stdout + done.stderr
        assert written and not any(one in written for one in spellings(secret)), (environment, text, written)
