"""People sign in: the session door, temporary credentials, `taskform users` (B230 to B237)."""

import base64
import contextlib
import hashlib
import http.client
import json
import pathlib
import re
import subprocess
import threading
import time
import urllib.parse

import boto3
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials

from helpers import new_instance
from taskform_server import MANY_INSTANCES, REGION, START_SECONDS, Server, binary, clean_environment

PASSWORD = "Correct-Horse-7"
OTHER = "Battery-Staple-8"
SESSION = "/_taskform/v1/session"
INVITATION = "/_taskform/v1/invitation"


def exchange(server, method, path, body=None, headers=None):
    """One request: status, headers and bytes of the answer."""
    with contextlib.closing(http.client.HTTPConnection(server.host, server.port, timeout=START_SECONDS)) as connection:
        connection.request(method, path, body, headers or {})
        with connection.getresponse() as answer:
            return answer.status, answer.headers, answer.read()


class Door:
    """A client of the session door, with the cookie that it was given."""

    def __init__(self, server):
        self.server, self.cookie, self.headers = server, None, {}

    def ask(self, method, path, body=None, origin=False, **headers):
        """Status, headers and JSON of the answer. With `origin` as a page of the server itself."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        if origin:
            sent |= {"Origin": self.server.url, "X-Taskform-Session": "1"}
        if self.cookie:
            sent["Cookie"] = self.cookie
        status, self.headers, text = exchange(self.server, method, path, None if body is None else json.dumps(body), sent)
        given = self.headers.get("Set-Cookie")
        if given:
            self.cookie = given.split(";")[0]
        return status, json.loads(text) if text else None

    def sign_in(self, instance, username, password, **more):
        return self.ask("POST", SESSION, {"InstanceId": instance, "Username": username, "Password": password}, **more)

    def signed_in(self, instance, username, password=PASSWORD):
        status, body = self.sign_in(instance, username, password)
        assert status == 200, body
        return body


def first(connect, instance, operation, member):
    return getattr(connect, operation)(InstanceId=instance)[member][0]["Id"]


def user(connect, instance, name, **more):
    profiles = connect.list_security_profiles(InstanceId=instance)["SecurityProfileSummaryList"]
    return connect.create_user(
        InstanceId=instance, Username=name, PhoneConfig={"PhoneType": "SOFT_PHONE"},
        SecurityProfileIds=[next(p["Id"] for p in profiles if p["Name"] == "Agent")],
        RoutingProfileId=first(connect, instance, "list_routing_profiles", "RoutingProfileSummaryList"), **more)["UserId"]


def boto(server, given):
    return boto3.client(
        "connect", endpoint_url=server.url, region_name=REGION, aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"], aws_session_token=given["SessionToken"],
        config=Config(retries={"total_max_attempts": 1}))


def agent(server, given, method, instance, user_id, path, body=None, token=True):
    """A request to the agent API: status and JSON."""
    url = f"{server.url}/_agent/v1/instances/{instance}/users/{user_id}/{path}"
    data = b"" if body is None else json.dumps(body).encode()
    signed = AWSRequest(method, url, {}, data)
    credentials = Credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"] if token else None)
    SigV4Auth(credentials, "connect", REGION).add_auth(signed)
    status, headers, text = exchange(server, method, urllib.parse.urlsplit(url).path, data, dict(signed.headers))
    return status, json.loads(text) if text else None, headers.get("x-amzn-ErrorType")


def works(server, given, instance, user_id):
    """Nothing when a snapshot is answered, else the error's name."""
    status, body, error = agent(server, given, "GET", instance, user_id, "snapshot")
    if status == 200:
        return None
    assert status == 403, body
    return error


def until(question, wanted):
    """Asks until the answer is the wanted one."""
    for _ in range(300):
        found = question()
        if found == wanted:
            return
        time.sleep(0.1)
    raise AssertionError(f"{wanted} never came, but {found}")


def users(server, *arguments, stdin=None):
    command = [binary(), "users", *arguments, *server.store_flags()]
    return subprocess.run(
        command, env=clean_environment(), capture_output=True, text=True, timeout=START_SECONDS, input=stdin or "")


@pytest.fixture
def place(start):
    """A server of the test's own with an instance and the user ada."""
    server = start(MANY_INSTANCES)
    server.instance = new_instance(server.client).id
    server.ada = user(server.client, server.instance, "ada", Password=PASSWORD)
    return server


def test_b25_who_was_made_with_a_password_works_as_an_agent_and_is_refused_the_rest(place):
    session = Door(place).signed_in(place.instance, "ada")
    given, who = session["Credentials"], session["User"]
    assert given["AccessKeyId"].startswith("ASIA") and given["SessionToken"]
    assert who["Id"] == place.ada and who["Username"] == "ada" and who["InstanceId"] == place.instance
    assert who["Arn"].endswith(f"instance/{place.instance}/agent/{place.ada}")

    status, snapshot, _ = agent(place, given, "GET", place.instance, place.ada, "snapshot")
    assert status == 200 and snapshot["User"]["Username"] == "ada"
    statuses = place.client.list_agent_statuses(InstanceId=place.instance)["AgentStatusSummaryList"]
    available = next(s["Id"] for s in statuses if s["Name"] == "Available")
    place.client.put_user_status(InstanceId=place.instance, UserId=place.ada, AgentStatusId=available)
    flows = place.client.list_contact_flows(InstanceId=place.instance)["ContactFlowSummaryList"]
    flow = next(f["Id"] for f in flows if f["Name"] == "Sample task flow")
    task = place.client.start_task_contact(InstanceId=place.instance, Name="x", ContactFlowId=flow)["ContactId"]
    until(lambda: agent(place, given, "GET", place.instance, place.ada, "snapshot")[1]["Contacts"]
          .get(task, {}).get("State"), "CONNECTING")
    for command, state in [("accept", "CONNECTED"), ("complete", "ENDED")]:
        status, body, _ = agent(place, given, "POST", place.instance, place.ada, f"contacts/{task}/{command}")
        assert status == 200 and body["Entry"]["State"] == state, body
    assert agent(place, given, "POST", place.instance, place.ada, f"contacts/{task}/close")[0] == 200
    for path in ("worklist", "quickconnects", "templates"):
        assert agent(place, given, "GET", place.instance, place.ada, path)[0] == 200, path

    bob = user(place.client, place.instance, "bob")
    other = new_instance(place.client).id
    for instance, user_id in [(place.instance, bob), (other, place.ada)]:
        for method, path in [("GET", "snapshot"), ("GET", "events"), ("GET", "worklist"), ("POST", f"contacts/{task}/accept")]:
            status, body, error = agent(place, given, method, instance, user_id, path)
            assert (status, error) == (403, "AccessDeniedException"), (path, body)
    mine = boto(place, given)
    for call in [
        lambda: mine.list_users(InstanceId=place.instance),
        lambda: mine.describe_user(InstanceId=place.instance, UserId=bob),
        lambda: mine.list_instances(),
        lambda: mine.create_instance(IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=True, OutboundCallsEnabled=True),
        lambda: mine.delete_user(InstanceId=place.instance, UserId=place.ada),
        lambda: mine.update_user_security_profiles(InstanceId=place.instance, UserId=place.ada, SecurityProfileIds=["x"]),
        lambda: mine.stop_contact(InstanceId=place.instance, ContactId=task),
        lambda: mine.list_task_templates(InstanceId=other),
    ]:
        with pytest.raises(mine.exceptions.ClientError) as caught:
            call()
        response = caught.value.response
        assert response["Error"]["Code"] == "AccessDeniedException", response
        assert response["ResponseMetadata"]["HTTPStatusCode"] == 403
        assert f"/agent/{place.ada} is not authorized" in response["Error"]["Message"], response


def test_3_2_rows_10_and_11_credentials_of_a_session(place):
    given = Door(place).signed_in(place.instance, "ada")["Credentials"]
    assert works(place, given, place.instance, place.ada) is None
    wrong = given | {"SecretAccessKey": given["SecretAccessKey"][::-1]}
    assert works(place, wrong, place.instance, place.ada) == "InvalidSignatureException"
    for token in (given["SessionToken"][:-4] + "AAAA", "x"):
        assert works(place, given | {"SessionToken": token}, place.instance, place.ada) == "UnrecognizedClientException"
    status, _, error = agent(place, given, "GET", place.instance, place.ada, "snapshot", token=False)
    assert (status, error) == (403, "UnrecognizedClientException")
    other = Door(place).signed_in(place.instance, "ada")["Credentials"]
    mixed = given | {"SessionToken": other["SessionToken"]}
    assert works(place, mixed, place.instance, place.ada) == "UnrecognizedClientException"


def test_b232_one_answer_for_all_that_can_be_wrong(place):
    user(place.client, place.instance, "none")
    user(place.client, place.instance, "locked", Password=PASSWORD)
    assert users(place, "lock", "locked", "--instance", place.instance).returncode == 0
    door, said = Door(place), set()
    for body in [
        {"InstanceId": place.instance, "Username": "ada", "Password": OTHER},
        {"InstanceId": place.instance, "Username": "nobody", "Password": PASSWORD},
        {"InstanceId": place.instance, "Username": "none", "Password": PASSWORD},
        {"InstanceId": place.instance, "Username": "locked", "Password": PASSWORD},
        {"InstanceId": "99999999-9999-4999-8999-999999999999", "Username": "ada", "Password": PASSWORD},
        {"InstanceAlias": "nowhere", "Username": "ada", "Password": PASSWORD},
    ]:
        status, answer = door.ask("POST", SESSION, body)
        assert status == 403 and door.headers["x-amzn-ErrorType"] == "AccessDeniedException", answer
        assert "Set-Cookie" not in door.headers
        said.add(answer["Message"])
    assert len(said) == 1, said


def test_what_is_no_sign_in_is_refused_and_not_repeated(place):
    door = Door(place)
    good = {"InstanceId": place.instance, "Username": "ada", "Password": PASSWORD}
    for body in [
        [], "x", {}, good | {"Extra": "hush"}, good | {"Password": 7}, good | {"Password": None},
        good | {"InstanceAlias": "x"}, {"Username": "ada", "Password": PASSWORD}, good | {"Password": "hush" * 300},
    ]:
        status, answer = door.ask("POST", SESSION, body)
        assert status == 400 and "hush" not in answer["Message"] and PASSWORD not in answer["Message"], (body, answer)
    assert door.ask("POST", SESSION, good, Content_Type="text/plain")[0] == 415
    assert door.ask("POST", SESSION, good | {"Password": "x" * 40_000})[0] == 413
    for method, path in [("PUT", SESSION), ("GET", SESSION + "/credentials"), ("POST", SESSION + "/x"), ("DELETE", INVITATION)]:
        assert door.ask(method, path)[0] == 404, path
    assert door.ask("GET", SESSION + "s")[0] == 403  # no door: it is not signed


def test_sign_in_by_alias(place):
    alias = "acme-" + place.instance[:8]
    made = place.client.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InstanceAlias=alias, InboundCallsEnabled=True, OutboundCallsEnabled=True)["Id"]
    user(place.client, made, "ada", Password=OTHER)
    status, body = Door(place).ask("POST", SESSION, {"InstanceAlias": alias, "Username": "ada", "Password": OTHER})
    assert status == 200 and body["User"]["InstanceId"] == made and body["User"]["InstanceAlias"] == alias


def test_b235_the_cookie(place):
    door = Door(place)
    assert door.ask("GET", SESSION) == (200, {"User": None})
    session = door.signed_in(place.instance, "ada")
    cookie = door.headers["Set-Cookie"]
    assert cookie.startswith(f"taskform_session_{place.port}="), cookie
    parts = {part.strip() for part in cookie.split(";")[1:]}
    assert parts == {"Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Strict"}
    assert door.headers["Cache-Control"] == "no-store"
    status, who = door.ask("GET", SESSION)
    assert (status, who) == (200, {"User": session["User"], "Session": session["Session"]})
    token = door.cookie.split("=")[1]
    assert token not in json.dumps(session) + json.dumps(who)
    status, renewed = door.ask("POST", SESSION + "/credentials", origin=True)
    assert status == 200 and renewed["Credentials"]["AccessKeyId"] != session["Credentials"]["AccessKeyId"]
    for given in (session["Credentials"], renewed["Credentials"]):
        assert works(place, given, place.instance, place.ada) is None


def test_b236_renewal_from_elsewhere_is_refused(place):
    door = Door(place)
    door.signed_in(place.instance, "ada")
    own = {"X_Taskform_Session": "1"}
    for method, path in [("POST", SESSION + "/credentials"), ("DELETE", SESSION)]:
        for headers in [
            {}, own, {"Origin": place.url}, own | {"Origin": "https://evil.example"}, own | {"Origin": "null"},
            own | {"Origin": place.url.replace(str(place.port), "9")}, own | {"Origin": place.url + ".evil.example"},
        ]:
            status, answer = door.ask(method, path, **headers)
            assert status == 403 and door.headers["x-amzn-ErrorType"] == "AccessDeniedException", (headers, answer)
    status, answer = Door(place).ask("POST", SESSION + "/credentials", origin=True)
    assert status == 403 and "sign in again" in answer["Message"]
    assert door.ask("POST", SESSION + "/credentials", origin=True)[0] == 200
    for origin, status in [("https://evil.example", 403), (place.url, 200)]:
        assert Door(place).sign_in(place.instance, "ada", PASSWORD, Origin=origin)[0] == status


def test_b236_a_listed_page_signs_in_without_a_cookie(start):
    page = "https://desk.example"
    server = start(MANY_INSTANCES | {"HTTP_CORS_ORIGINS": page})
    instance = new_instance(server.client).id
    user(server.client, instance, "ada", Password=PASSWORD)
    door = Door(server)
    status, body = door.sign_in(instance, "ada", PASSWORD, Origin=page)
    assert status == 200 and body["Credentials"] and "Set-Cookie" not in door.headers
    assert door.headers["Access-Control-Allow-Origin"] == page


def test_the_door_is_behind_the_base_path(start):
    server = start(MANY_INSTANCES | {"HTTP_BASE_PATH": "/base"})
    server.url += "/base"
    connect = boto3.client(
        "connect", endpoint_url=server.url, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test")
    instance = new_instance(connect).id
    user(connect, instance, "ada", Password=PASSWORD)
    door = Door(server)
    body = {"InstanceId": instance, "Username": "ada", "Password": PASSWORD}
    assert door.ask("POST", SESSION, body)[0] == 403
    assert door.ask("POST", "/base" + SESSION, body)[0] == 200
    assert "Path=/base/;" in door.headers["Set-Cookie"]


def test_b234_sign_out_here_and_everywhere(place):
    one, two, three = Door(place), Door(place), Door(place)
    given = [door.signed_in(place.instance, "ada")["Credentials"] for door in (one, two, three)]
    state = [lambda g=g: works(place, g, place.instance, place.ada) for g in given]
    assert one.ask("DELETE", SESSION, origin=True) == (204, None)
    assert "Max-Age=0" in one.headers["Set-Cookie"]
    until(state[0], "UnrecognizedClientException")
    assert (state[1](), state[2]()) == (None, None)
    assert one.ask("GET", SESSION)[1] == {"User": None}
    assert two.ask("DELETE", SESSION + "?everywhere=true", origin=True)[0] == 204
    until(state[1], "UnrecognizedClientException")
    until(state[2], "UnrecognizedClientException")
    assert three.ask("GET", SESSION)[1] == {"User": None}
    assert three.ask("POST", SESSION + "/credentials", origin=True)[0] == 403


def test_b234_the_user_changes_the_password(place):
    old, door = Door(place), Door(place)
    given = old.signed_in(place.instance, "ada")["Credentials"]
    body = {"InstanceId": place.instance, "Username": "ada", "Password": PASSWORD}
    status, answer = door.ask("POST", SESSION + "/password", body | {"NewPassword": "hush"})
    assert status == 400 and "hush" not in answer["Message"]
    assert door.ask("POST", SESSION + "/password", body | {"Password": OTHER, "NewPassword": "Other-Word-99"})[0] == 403
    status, answer = door.ask("POST", SESSION + "/password", body | {"NewPassword": OTHER})
    assert status == 200 and works(place, answer["Credentials"], place.instance, place.ada) is None
    until(lambda: works(place, given, place.instance, place.ada), "UnrecognizedClientException")
    assert old.ask("GET", SESSION)[1] == {"User": None} and door.ask("GET", SESSION)[1]["User"]["Username"] == "ada"
    assert Door(place).sign_in(place.instance, "ada", PASSWORD)[0] == 403
    assert Door(place).sign_in(place.instance, "ada", OTHER)[0] == 200


def test_b231_wrong_passwords_wait(place):
    door = Door(place)
    statuses = [door.sign_in(place.instance, "ada", OTHER)[0] for _ in range(6)]
    assert statuses[:4] == [403] * 4 and 429 in statuses[4:], statuses
    while door.sign_in(place.instance, "ada", OTHER)[0] != 429:
        pass
    assert int(door.headers["Retry-After"]) >= 1 and door.headers["x-amzn-ErrorType"] == "ThrottlingException"
    user(place.client, place.instance, "bob", Password=PASSWORD)
    assert door.sign_in(place.instance, "bob", PASSWORD)[0] == 200
    until(lambda: door.sign_in(place.instance, "ada", PASSWORD)[0], 200)
    metrics = door_text(place, "/metrics")
    for name in ("signed_in", "refused", "wait"):
        assert re.search(rf'taskform_sign_ins_total{{outcome="{name}"}} [1-9]', metrics), metrics
    assert 'taskform_requests_total{operation="SignIn",status="403"}' in metrics
    for name in ("hashes", "hashes_limit", "hashes_waiting", "hashes_waiting_limit", "waits", "waits_limit"):
        assert f"taskform_sign_in_{name} " in metrics


def door_text(server, path):
    return exchange(server, "GET", path)[2].decode()


def test_users_on_the_command_line(place):
    at = ["--instance", place.instance]
    bob = user(place.client, place.instance, "bob")
    assert Door(place).sign_in(place.instance, "bob", PASSWORD)[0] == 403
    done = users(place, "set-password", "bob", *at, stdin="weak\n")
    assert done.returncode == 1 and "8 to 64" in done.stderr and "weak" not in done.stderr
    done = users(place, "set-password", "bob", *at, stdin=PASSWORD + "\n")
    assert done.returncode == 0 and "bob" in done.stdout and PASSWORD not in done.stdout, done
    given = Door(place).signed_in(place.instance, "bob")["Credentials"]
    shown = json.loads(users(place, "sessions", "bob", *at, "--format", "json").stdout)
    (only,) = shown["Sessions"]
    assert shown["UserId"] == bob and shown["PasswordSet"] and not shown["Locked"]
    assert only["Address"] == "127.0.0.1" and only["Expiration"] > only["Created"]
    text = users(place, "sessions", "bob", *at).stdout
    assert only["Id"] in text and "argon" not in text
    assert users(place, "sign-out", "bob", *at, "--session", only["Id"]).returncode == 0
    until(lambda: works(place, given, place.instance, bob), "UnrecognizedClientException")
    assert users(place, "sign-out", "bob", *at, "--session", only["Id"]).returncode == 1
    for name, word in [("nobody", "no user named"), ("bob", "alias")]:
        where = at if name == "nobody" else ["--instance", "nowhere"]
        done = users(place, "lock", name, *where)
        assert done.returncode == 1 and word in done.stderr, done
    done = users(place, "lock", "bob")
    assert done.returncode == 1 and "--instance" in done.stderr


def test_b237_an_invitation(place):
    at = ["--instance", place.instance]
    user(place.client, place.instance, "bob")
    done = users(place, "invite", "bob", *at, "--expires-in", "1h")
    link = done.stdout.splitlines()[0]
    assert done.returncode == 0 and link.startswith(place.url + INVITATION + "#"), done
    token = link.split("#")[1]
    page = door_text(place, INVITATION)
    assert "Choose a password" in page and token not in page
    door = Door(place)
    assert door.ask("POST", INVITATION, {"Token": token, "Password": "weak"})[0] == 400
    assert door.ask("POST", INVITATION, {"Token": token[::-1], "Password": PASSWORD})[0] == 403
    status, body = door.ask("POST", INVITATION, {"Token": token, "Password": PASSWORD})
    assert status == 200 and body["User"]["Username"] == "bob" and door.cookie
    assert door.ask("GET", SESSION)[1]["User"]["Username"] == "bob"
    assert Door(place).ask("POST", INVITATION, {"Token": token, "Password": OTHER})[0] == 403
    token = users(place, "invite", "bob", *at).stdout.splitlines()[0].split("#")[1]
    assert users(place, "invite", "bob", *at, "--revoke").returncode == 0
    assert users(place, "invite", "bob", *at, "--revoke").returncode == 1
    assert Door(place).ask("POST", INVITATION, {"Token": token, "Password": OTHER})[0] == 403
    assert token not in place.log()


def test_the_page_of_invitations_may_run_its_own_script_only(place):
    _, headers, page = exchange(place, "GET", INVITATION)
    page = page.decode()
    assert headers["Content-Type"] == "text/html; charset=utf-8" and headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer" and headers["X-Frame-Options"] == "DENY"
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    for tag in ("script", "style"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_b237_the_first_start_invites_an_administrator(start):
    server = start(dev=False)
    printed = "".join(server.lines)
    (link,) = re.findall(r"^User admin: .* (http\S+)$", printed, re.MULTILINE)
    (instance,) = re.findall(r"^First start: made instance (\S+)$", printed, re.MULTILINE)
    assert link.startswith(server.url + INVITATION + "#")
    door = Door(server)
    assert door.ask("POST", INVITATION, {"Token": link.split("#")[1], "Password": PASSWORD})[0] == 200
    assert Door(server).signed_in(instance, "admin")["User"]["InstanceId"] == instance
    server.restart()
    assert "User admin" not in "".join(server.lines)
    assert door.ask("GET", SESSION)[1] == {"User": None}  # another port, another cookie
    assert Door(server).signed_in(instance, "admin")


def test_b234_a_restart_ends_no_session(place):
    given = Door(place).signed_in(place.instance, "ada")["Credentials"]
    assert place.stop() == 0
    place.start()
    assert works(place, given, place.instance, place.ada) is None
    place.kill()
    place.start()
    assert works(place, given, place.instance, place.ada) is None


@pytest.fixture
def two(engine, start):
    """Two processes on one store; with SQLite that is one process."""
    one = start(MANY_INSTANCES)
    if engine == "sqlite":
        return one, one
    other = start(MANY_INSTANCES, beside=one)
    return one, other


def test_b234_a_lock_acts_in_both_of_two_processes(two):
    one, other = two
    instance = new_instance(one.client).id
    ada = user(one.client, instance, "ada", Password=PASSWORD)
    given = Door(one).signed_in(instance, "ada")["Credentials"]
    assert [works(server, given, instance, ada) for server in two] == [None, None]
    ended = threading.Event()
    threading.Thread(target=lambda: (stream(other, given, instance, ada), ended.set()), daemon=True).start()
    assert users(one, "lock", "ada", "--instance", instance).returncode == 0
    for server in two:
        until(lambda: works(server, given, instance, ada), "UnrecognizedClientException")
        assert Door(server).sign_in(instance, "ada", PASSWORD)[0] == 403
    assert ended.wait(START_SECONDS), "the stream goes on"
    assert users(one, "unlock", "ada", "--instance", instance).returncode == 0
    for server in two:
        until(lambda: Door(server).sign_in(instance, "ada", PASSWORD)[0], 200)


def stream(server, given, instance, user_id):
    """Reads events until they end."""
    url = f"{server.url}/_agent/v1/instances/{instance}/users/{user_id}/events"
    signed = AWSRequest("GET", url, {}, b"")
    SigV4Auth(Credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"]), "connect", REGION).add_auth(signed)
    exchange(server, "GET", urllib.parse.urlsplit(url).path, headers=dict(signed.headers))


def test_a_deleted_user_is_signed_out(place):
    door = Door(place)
    given = door.signed_in(place.instance, "ada")["Credentials"]
    place.client.delete_user(InstanceId=place.instance, UserId=place.ada)
    until(lambda: works(place, given, place.instance, place.ada), "UnrecognizedClientException")
    assert door.ask("GET", SESSION)[1] == {"User": None}
    assert door.sign_in(place.instance, "ada", PASSWORD)[0] == 403


def test_no_secret_in_log_metrics_or_database(engine, start):
    server = start(MANY_INSTANCES | {"LOG_LEVEL": "trace", "LOG_REQUESTS": "all"})
    instance = new_instance(server.client).id
    user(server.client, instance, "ada", Password=PASSWORD)
    user(server.client, instance, "bob")
    token = users(server, "invite", "bob", "--instance", instance).stdout.splitlines()[0].split("#")[1]
    door = Door(server)
    given = [door.signed_in(instance, "ada")["Credentials"], door.ask("POST", SESSION + "/credentials", origin=True)[1]["Credentials"]]
    cookie = door.cookie.split("=")[1]
    door.sign_in(instance, "ada", OTHER)
    Door(server).ask("POST", INVITATION, {"Token": token, "Password": OTHER + "x"})
    secrets = [PASSWORD, OTHER, token, cookie]
    secrets += [one[name] for one in given for name in ("SecretAccessKey", "SessionToken")]
    seen = {"log": server.log(), "metrics": door_text(server, "/metrics")}
    if server.database:
        dump = subprocess.run(["pg_dump", "--inserts", "--dbname", server.database.url], capture_output=True, text=True, check=True)
        seen["dump"] = dump.stdout
    else:
        server.stop()
        for file in pathlib.Path(server.data).iterdir():
            if file.is_file():
                seen[file.name] = file.read_bytes().decode("latin-1")
    assert any("argon2id" in text for name, text in seen.items() if name not in ("log", "metrics"))
    for name, text in seen.items():
        for secret in secrets:
            assert secret not in text, f"a secret is in {name}"
    assert "argon2id" not in seen["log"] + seen["metrics"]
