"""Bytes on the wire: authentication, routing, error form (protocol.md), with boto3 where it can and raw HTTP where it must."""

import datetime
import email.utils
import hashlib
import http.client
import json
import re
import socket
import urllib.parse
import urllib.request

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

import samples
from helpers import client, content_of, invalid_request, new_instance, not_found
from rawhttp import UUID, assert_error, call, clock, send, sign
from taskform_server import DEV_INSTANCE, REGION, SECRET_KEY, Server

LIST = f"/instance/{DEV_INSTANCE}/task/template"
HOSTILE = "a b/../c~é%2F+(x)!*'"


@pytest.fixture
def server(sqlite_server):
    """Nothing here depends on the engine."""
    return sqlite_server


@pytest.fixture
def connect(server):
    return server.client


def replaced(headers, **changes):
    """Signed headers with some values changed or, with None, left out; `_` stands for `-`."""
    changes = {name.replace("_", "-").lower(): value for name, value in changes.items()}
    kept = [(name, changes.get(name.lower(), value)) for name, value in headers]
    return [(name, value) for name, value in kept if value is not None]


def authorization(headers):
    return dict(headers)["Authorization"]


# --- 2: every answer -----------------------------------------------------------------------------------------------------------


def test_w2_headers_of_a_success(server):
    before = datetime.datetime.now(datetime.timezone.utc)
    answer = call(server, "GET", LIST)
    after = datetime.datetime.now(datetime.timezone.utc)
    assert (answer.status, answer.json()) == (200, {"TaskTemplates": []})
    assert answer.headers["content-type"] == "application/json"
    assert UUID.fullmatch(answer.headers["x-amzn-requestid"])
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "content-encoding" not in answer.headers
    sent = email.utils.parsedate_to_datetime(answer.headers["date"])
    assert before - datetime.timedelta(seconds=2) <= sent <= after + datetime.timedelta(seconds=1)
    assert call(server, "GET", LIST).headers["x-amzn-requestid"] != answer.headers["x-amzn-requestid"]


def test_w2_1_1_empty_results_are_objects(server, connect):
    instance = new_instance(connect)
    made = connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    tags = "/tags/" + urllib.parse.quote(made["Arn"], safe="")
    for method, target, body in [
        ("POST", tags, {"tags": {"k": "v"}}),
        ("DELETE", tags + "?tagKeys=k", None),
        ("DELETE", f"/instance/{instance.id}/task/template/{made['Id']}", None),
        ("DELETE", f"/instance/{instance.id}", None),
    ]:
        answer = call(server, method, target, body)
        assert (answer.status, answer.json(), answer.headers["content-type"]) == (200, {}, "application/json"), target


def test_w2_1_2_times_are_numbers_with_at_most_three_decimals(server, connect):
    instance = new_instance(connect)
    made = connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    body = call(server, "GET", f"/instance/{instance.id}/task/template/{made['Id']}").body.decode()
    for member in ("CreatedTime", "LastModifiedTime"):
        assert re.search(rf'"{member}":\s*[0-9]{{10}}(\.[0-9]{{1,3}})?[,}}]', body)
    assert "null" not in body


def test_w2_2_4_browsers(start):
    server = start({"HTTP_CORS_ORIGINS": "https://app.example"})
    preflight = send(server, "OPTIONS", LIST, headers=[
        ("Origin", "https://app.example"), ("Access-Control-Request-Method", "GET"),
        ("Access-Control-Request-Headers", "authorization,x-amz-date,x-amz-user-agent,amz-sdk-request")])
    assert preflight.status in (200, 204)
    assert preflight.headers["access-control-allow-origin"] in ("*", "https://app.example")
    for method in ("GET", "PUT", "POST", "DELETE"):
        assert method in preflight.headers["access-control-allow-methods"]
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert allowed == "*" or "authorization" in allowed
    for answer in (call(server, "GET", LIST, headers=[("Origin", "https://app.example")]),
                   send(server, "GET", LIST, headers=[("Origin", "https://app.example")])):
        assert answer.headers["access-control-allow-origin"] in ("*", "https://app.example")
        exposed = {name.strip().lower() for name in answer.headers["access-control-expose-headers"].split(",")}
        assert {"x-amzn-requestid", "x-amzn-errortype", "date"} <= exposed


# --- 3.2: who may call ------------------------------------------------------------------------------------------------------------


def test_3_2_row_01_no_authorization(server):
    body = assert_error(send(server, "GET", LIST), "MissingAuthenticationTokenException", 403)
    assert body["Message"] == "Missing Authentication Token"


def test_case_c17_unsigned_boto3(server):
    unsigned = boto3.client("connect", endpoint_url=server.url, region_name=REGION,
                            config=Config(signature_version=UNSIGNED))
    assert untyped(unsigned, "MissingAuthenticationTokenException", 403) == "Missing Authentication Token"


def untyped(connect, code, status):
    """The message of an error whose name the service does not know: boto3 raises a plain ClientError with its code."""
    with pytest.raises(connect.exceptions.ClientError) as caught:
        connect.list_task_templates(InstanceId=DEV_INSTANCE)
    answer = caught.value.response
    assert (answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]) == (code, status)
    assert type(caught.value).__name__ == "ClientError"
    assert answer["ResponseMetadata"]["RetryAttempts"] == 0
    assert UUID.fullmatch(answer["ResponseMetadata"]["RequestId"])
    return answer["Error"]["Message"]


def test_3_2_row_02_not_a_list_of_pairs(server):
    body = assert_error(send(server, "GET", LIST, headers=[("Authorization", "Bearer x")]),
                        "IncompleteSignatureException", 403)
    assert body["Message"] == (
        "'x' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer x'.")


def test_3_2_row_03_parts_missing(server):
    headers = [("Authorization", "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request")]
    message = assert_error(send(server, "GET", LIST, headers=headers), "IncompleteSignatureException", 403)["Message"]
    assert message == (
        "Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "
        "Authorization=AWS4-HMAC-SHA256")


def test_3_2_row_04_date_malformed(server):
    headers = replaced(sign(server.url, "GET", LIST), x_amz_date="zzz")
    message = assert_error(send(server, "GET", LIST, headers=headers), "IncompleteSignatureException", 403)["Message"]
    assert message == (
        "Date must be in ISO-8601 'basic format'. Got 'zzz'. See http://en.wikipedia.org/wiki/ISO_8601")


def test_3_2_row_05_credential_not_five_parts(server):
    headers = sign(server.url, "GET", LIST)
    headers = replaced(headers, authorization=authorization(headers).replace("/aws4_request", ""))
    message = assert_error(send(server, "GET", LIST, headers=headers), "IncompleteSignatureException", 403)["Message"]
    assert message.startswith(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '")


def test_3_2_row_06_host_not_signed(server):
    headers = sign(server.url, "GET", LIST)
    headers = replaced(headers, authorization=authorization(headers).replace("host;", ""))
    message = assert_error(send(server, "GET", LIST, headers=headers), "InvalidSignatureException", 403)["Message"]
    assert message == "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."


def test_3_2_row_07_and_case_c12_boto3_with_a_clock_ten_minutes_late(server):
    with clock(-600) as signed_at:
        message = untyped(client(server.url), "InvalidSignatureException", 403)
    form = r"Signature expired: (\d{8}T\d{6}Z) is now earlier than (\d{8}T\d{6}Z) \((\d{8}T\d{6}Z) - 5 min\.\)"
    signed, earliest, now = (
        datetime.datetime.strptime(text, "%Y%m%dT%H%M%SZ") for text in re.fullmatch(form, message).groups())
    assert signed == signed_at.replace(microsecond=0)
    assert now - earliest == datetime.timedelta(minutes=5)
    assert now >= signed + datetime.timedelta(minutes=10) - datetime.timedelta(seconds=1)


def test_3_2_row_08_clock_ahead(server):
    with clock(600) as signed_at:
        headers = sign(server.url, "GET", LIST)
    message = assert_error(send(server, "GET", LIST, headers=headers), "InvalidSignatureException", 403)["Message"]
    assert message.startswith(f"Signature not yet current: {signed_at:%Y%m%dT%H%M%SZ} is still later than ")
    assert message.endswith(" + 5 min.)")


def test_3_2_row_09_scope(server):
    right = f"This server takes the region '{REGION}'."
    cases = [
        ({"region": "eu-west-2"}, f"Credential should be scoped to a valid region, not 'eu-west-2'. {right}"),
        ({"service": "execute-api"}, "Credential should be scoped to correct service: 'connect'. "),
        ({"region": "x", "service": "s3"}, "Credential should be scoped to a valid region, not 'x'. "
                                           f"Credential should be scoped to correct service: 'connect'. {right}"),
    ]
    for signing, message in cases:
        body = assert_error(call(server, "GET", LIST, **signing), "InvalidSignatureException", 403)
        assert body["Message"].strip() == message.strip()
    headers = sign(server.url, "GET", LIST)
    headers = replaced(headers, authorization=authorization(headers).replace("aws4_request", "aws5_request"))
    body = assert_error(send(server, "GET", LIST, headers=headers), "InvalidSignatureException", 403)
    assert body["Message"].strip() == (
        "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.")
    headers = sign(server.url, "GET", LIST)
    today = dict(headers)["X-Amz-Date"][:8]
    headers = replaced(headers, authorization=authorization(headers).replace(f"/{today}/", "/20200101/"))
    body = assert_error(send(server, "GET", LIST, headers=headers), "InvalidSignatureException", 403)
    assert body["Message"].strip() == (
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
        f"'20200101' != '{today}', from '{dict(headers)['X-Amz-Date']}'.")


def test_3_2_row_10_unknown_key_or_token(server):
    for signing in ({"access_key": "AKIDOTHER"}, {"token": "TOK/+=abc"}, {"access_key": "AKIDOTHER", "secret_key": "x"}):
        body = assert_error(call(server, "GET", LIST, **signing), "UnrecognizedClientException", 403)
        sentence, _, hint = body["Message"].partition(" (")
        assert sentence == "The security token included in the request is invalid."
        # With --dev the answer says which of the two it is.
        assert hint.startswith("this access key has no session token" if "token" in signing else "there is no access key")


MISMATCH = ("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access "
            "Key and signing method. Consult the service documentation for details.")


def assert_mismatch(answer):
    message = assert_error(answer, "InvalidSignatureException", 403)["Message"]
    assert message.startswith(MISMATCH)
    if message != MISMATCH:  # beyond so many in a second there is the sentence alone
        assert "\n\nThe Canonical String for this request should have been\n'" in message
        assert "\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n" in message


def test_3_2_row_12_wrong_secret(server):
    assert_mismatch(call(server, "GET", LIST, secret_key=SECRET_KEY + "x"))


def test_3_2_row_12_anything_signed_was_changed(server):
    headers = sign(server.url, "GET", LIST + "?maxResults=5")
    assert_mismatch(send(server, "GET", LIST + "?maxResults=6", headers=headers))
    assert_mismatch(send(server, "GET", LIST, headers=headers))
    assert_mismatch(send(server, "DELETE", LIST + "?maxResults=5", headers=headers))
    assert_mismatch(send(server, "GET", LIST.replace("1", "2") + "?maxResults=5", headers=headers))
    assert_mismatch(send(server, "GET", LIST + "?maxResults=5", headers=headers + [("Host", "127.0.0.1:9")]))
    body = b'{"tags": {"k": "v"}}'
    target = "/tags/arn%3Aaws%3Aconnect"
    headers = sign(server.url, "POST", target, body, [("Content-Type", "application/json")])
    assert_mismatch(send(server, "POST", target, b'{"tags":{"k":"v"}}', headers))
    assert_mismatch(send(server, "POST", target.replace("%3A", "%3a"), body, headers))
    assert_mismatch(send(server, "POST", target, body, replaced(headers, content_type="text/plain")))


def test_3_1_step_4_query_order_and_lower_case_hex_do_not_matter(server):
    query = "maxResults=5&name=Caf%C3%A9%20x&status=ACTIVE"
    headers = sign(server.url, "GET", f"{LIST}?{query}")
    for same in (query, "status=ACTIVE&name=Caf%C3%A9%20x&maxResults=5", "name=Caf%c3%a9%20x&status=ACTIVE&maxResults=5"):
        assert send(server, "GET", f"{LIST}?{same}", headers=headers).status == 200
    assert_mismatch(send(server, "GET", f"{LIST}?{query.replace('%20', '+')}", headers=headers))  # N3


def test_w1_4_2_a_plus_is_a_plus(server, connect):
    instance = new_instance(connect)
    made = connect.create_task_template(InstanceId=instance.id, **samples.small(instance.flow, "a+b"))
    path = f"/instance/{instance.id}/task/template"
    answer = call(server, "GET", path + "?name=a%2Bb")
    assert [template["Id"] for template in answer.json()["TaskTemplates"]] == [made["Id"]]
    headers = sign(server.url, "GET", path + "?name=a%2Bb")
    assert send(server, "GET", path + "?name=a+b", headers=headers).json() == answer.json()


def test_w3_1_1_unsigned_headers_of_proxies_are_fine(server):
    headers = sign(server.url, "GET", LIST)
    headers += [("amz-sdk-request", "attempt=1; max=3"), ("X-Forwarded-For", "10.0.0.1"), ("x-amz-cf-id", "x")]
    assert send(server, "GET", LIST, headers=headers).status == 200
    headers.append(("x-amz-security-token", "x"))  # must be signed when it is there: row 3, 6, 10 or 12, never taken
    assert send(server, "GET", LIST, headers=headers).status == 403


def test_w3_1_2_body_hashes(server, connect):
    instance = new_instance(connect)
    body = json.dumps(samples.base(instance.flow)).encode()
    path = f"/instance/{instance.id}/task/template"
    right = hashlib.sha256(body).hexdigest()
    wrong = hashlib.sha256(b"").hexdigest()
    assert_error(call(server, "PUT", path, body, [("X-Amz-Content-SHA256", wrong)]), "InvalidSignatureException", 403)
    for kind in ("UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"):  # the first is for TLS only
        answer = call(server, "PUT", path, body, [("X-Amz-Content-SHA256", kind)])
        assert "X-Amz-Content-Sha256" in assert_error(answer, "InvalidRequestException", 400)["Message"]
    assert call(server, "PUT", path, body, [("X-Amz-Content-SHA256", right)]).status == 200
    assert len(connect.list_task_templates(InstanceId=instance.id)["TaskTemplates"]) == 1


def test_w3_4_presigned_get(server, connect):
    url = connect.generate_presigned_url("list_task_templates", {"InstanceId": DEV_INSTANCE, "MaxResults": 5}, 300)
    with urllib.request.urlopen(url) as response:
        assert (response.status, json.load(response)) == (200, {"TaskTemplates": []})
    target = url[len(server.url):]
    assert_mismatch(send(server, "GET", target.replace("maxResults=5", "maxResults=6")))
    headers = sign(server.url, "GET", target)
    answer = send(server, "GET", target, headers=headers)  # W3.4.4
    assert answer.status == 400
    assert_error(answer, answer.headers["x-amzn-errortype"], 400)
    with clock(-301):
        late = connect.generate_presigned_url("list_task_templates", {"InstanceId": DEV_INSTANCE}, 300)
    answer = send(server, "GET", late[len(server.url):])
    assert "expired" in assert_error(answer, "InvalidSignatureException", 403)["Message"]
    delete = connect.generate_presigned_url(
        "delete_task_template", {"InstanceId": DEV_INSTANCE, "TaskTemplateId": samples.token()}, 300)
    assert_error(send(server, "DELETE", delete[len(server.url):]), "MissingAuthenticationTokenException", 403)  # W3.4.3


def test_w3_2_1_a_stranger_learns_nothing(server):
    """Authentication comes before routes and bodies."""
    for method, target, body in [("GET", "/no/such/route", b""), ("PUT", LIST, b"{"), ("GET", "/instance/none", b"")]:
        answer = send(server, method, target, body)
        assert_error(answer, "MissingAuthenticationTokenException", 403)


# --- 1.3, 8: routes ------------------------------------------------------------------------------------------------------------------


def test_case_c1_hostile_id_from_boto3(connect):
    with not_found():
        connect.get_task_template(InstanceId=DEV_INSTANCE, TaskTemplateId=HOSTILE)
    with invalid_request():  # administration 1.1.3
        connect.list_task_templates(InstanceId=HOSTILE)


def test_case_c2_and_w1_3_6_empty_labels(server):
    """What the JavaScript client sends for empty ids."""
    for target in (LIST + "/", "/instance//task/template", f"/instance//task/template/{samples.token()}"):
        body = assert_error(call(server, "GET", target), "InvalidParameterException", 400)
        assert ("TaskTemplateId" if target.endswith("/") else "InstanceId") in body["Message"]
    assert_error(call(server, "DELETE", LIST + "/"), "InvalidParameterException", 400)


def test_w1_3_5_dots_are_no_way_up(server, connect):
    for identifier in (".", ".."):
        with pytest.raises(connect.exceptions.ClientError) as caught:
            connect.get_task_template(InstanceId=DEV_INSTANCE, TaskTemplateId=identifier)
        status = caught.value.response["ResponseMetadata"]["HTTPStatusCode"]
        assert status == 404, caught.value.response
    # a signature of the list's path opens no other spelling of it
    headers = sign(server.url, "GET", LIST)
    for target in (LIST + "/x/..", f"/instance/./{DEV_INSTANCE}/task/template", LIST.replace("/task", "/x/../task")):
        answer = send(server, "GET", target, headers=headers)
        assert answer.status in (403, 404)
        assert_error(answer, answer.headers["x-amzn-errortype"], answer.status)


def test_3_2_row_14_no_such_route(server):
    for method, target in [("GET", "/no/such/route"), ("GET", "/"), ("PATCH", LIST), ("PUT", "/tags"),
                           ("POST", LIST), ("GET", LIST + "/a/b")]:
        assert_error(call(server, method, target), "UnknownOperationException", 404)


def test_operations_without_behaviour_say_so_by_name(connect):
    calls = {
        "ListPhoneNumbersV2": lambda: connect.list_phone_numbers_v2(),
        "DescribePhoneNumber": lambda: connect.describe_phone_number(PhoneNumberId=samples.token()),
        "ListBots": lambda: connect.list_bots(InstanceId=DEV_INSTANCE, LexVersion="V2"),
    }
    for name, one in calls.items():
        with pytest.raises(connect.exceptions.ClientError) as caught:
            one()
        facts = caught.value.response
        assert 400 <= facts["ResponseMetadata"]["HTTPStatusCode"] < 600
        assert name in facts["Error"]["Message"]
        assert facts["ResponseMetadata"]["RetryAttempts"] == 0


@pytest.mark.parametrize("spelling", ["environment", "services section", "with a base path", "with a trailing slash"])
def test_case_c16_ways_to_name_the_endpoint(server, monkeypatch, tmp_path, spelling):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    if spelling == "environment":
        monkeypatch.setenv("AWS_ENDPOINT_URL_CONNECT", server.url)
        found = boto3.Session().client("connect", region_name=REGION)
    elif spelling == "services section":
        config = tmp_path / "config"
        config.write_text(
            f"[profile dev]\nregion = {REGION}\naws_access_key_id = test\naws_secret_access_key = test\nservices = local\n"
            f"[services local]\nconnect =\n  endpoint_url = {server.url}\n")
        monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
        found = boto3.Session(profile_name="dev").client("connect")
    elif spelling == "with a base path":
        with Server(settings={"HTTP_BASE_PATH": "/base"}) as based:
            for url in (based.url.removesuffix("/base") + "/base", based.url.removesuffix("/base") + "/base/"):
                one = boto3.client("connect", endpoint_url=url, region_name=REGION)
                assert content_of(one.list_task_templates(InstanceId=DEV_INSTANCE)) == {"TaskTemplates": []}
            # what the JavaScript client makes of the trailing slash (W8.2)
            assert call(based, "GET", "/base/" + LIST).status == 200
        return
    else:
        found = boto3.client("connect", endpoint_url=server.url + "/", region_name=REGION)
    assert content_of(found.list_task_templates(InstanceId=DEV_INSTANCE)) == {"TaskTemplates": []}


def test_w8_2_leading_slashes_are_merged(server):
    assert call(server, "GET", "/" + LIST).json() == {"TaskTemplates": []}


# --- 1.2, 1.5: headers and bodies --------------------------------------------------------------------------------------------------------


def test_w1_2_4_content_types(server, connect):
    instance = new_instance(connect)
    for number, kind in enumerate(["application/json; charset=utf-8", "application/x-amz-json-1.1", "application/json"]):
        answer = call(server, "PUT", f"/instance/{instance.id}/task/template",
                      samples.small(instance.flow, f"T{number}"), [("Content-Type", kind)])
        assert answer.status == 200, answer


def test_w1_5_1_escaped_and_raw_unicode_are_one(server, connect):
    instance = new_instance(connect)
    token = samples.token()
    request = samples.small(instance.flow, "Café 🚀") | {"ClientToken": token}
    path = f"/instance/{instance.id}/task/template"
    first = call(server, "PUT", path, json.dumps(request).encode())
    raw = dict(reversed(request.items())) | {"Description": None}  # other order, a null: the same request (1.1.5)
    second = call(server, "PUT", path, json.dumps(raw, ensure_ascii=False, separators=(",", ":")).encode())
    assert first.status == 200 and first.json() == second.json()


def test_w1_5_2_empty_body_is_an_empty_object(server, connect):
    instance = new_instance(connect)
    made = connect.create_task_template(InstanceId=instance.id, **samples.base(instance.flow))
    path = f"/instance/{instance.id}/task/template/{made['Id']}"
    for answer in (call(server, "POST", path), call(server, "POST", path, {}), call(server, "POST", path, {"Name": None})):
        body = assert_error(answer, "PropertyValidationException", 400)
        assert [entry["PropertyPath"] for entry in body["PropertyList"]] == ["Name", "Constraints", "Status", "Fields"]


def test_w1_5_5_unknown_members_and_duplicate_keys(server, connect):
    instance = new_instance(connect)
    path = f"/instance/{instance.id}/task/template"
    answer = call(server, "PUT", path + "?unknown=1", samples.base(instance.flow) | {"Unknown": {"a": [1]}})
    assert answer.status == 200
    body = json.dumps(samples.base(instance.flow)).replace('{"Name"', '{"Status": "ACTIVE", "Name"', 1).encode()
    message = assert_error(call(server, "PUT", path, body), "InvalidParameterException", 400)["Message"]
    assert message.startswith("Invalid request body: ")
    nested = json.dumps(samples.base(instance.flow)).replace('"Type": "NAME"', '"Type": "NAME", "Type": "NAME"').encode()
    assert_error(call(server, "PUT", path, nested), "InvalidParameterException", 400)


@pytest.mark.parametrize("body", [
    b"\xff\xfe", b'{"Name":"\xc3"}', b'{"Name":"\\ud800"}', b'{"Name":"a"} x', b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b'{"Name":NaN}', b"null", b'"text"', b'{"Name":"a\nb"}', b"{'Name':'a'}", b'{"Name":"a",}', b"\xef\xbb\xbf{}x"],
    ids=range(12))
def test_9_2_bodies_that_are_no_json(server, body):
    message = assert_error(call(server, "PUT", LIST, body), "InvalidParameterException", 400)["Message"]
    assert message.startswith("Invalid request body: ")
    assert re.search(r"line \d+ column \d+", message) or body in (b"null", b'"text"')


def test_case_c3_raw_missing_members(server, connect):
    """What JavaScript and Rust send when a member is left out (task-templates 0.5 decides the exception)."""
    instance = new_instance(connect)
    path = f"/instance/{instance.id}/task/template"
    body = assert_error(call(server, "PUT", path, {"ClientToken": "t", "Name": ""}), "PropertyValidationException", 400)
    assert [(entry["PropertyPath"], entry["Reason"]) for entry in body["PropertyList"]] == [
        ("Name", "INVALID_FORMAT"), ("Constraints", "REQUIRED_PROPERTY_MISSING"),
        ("Fields", "REQUIRED_PROPERTY_MISSING")]  # 0.9: whether a flow is needed depends on the fields


def test_w1_2_3_chunked_bodies_and_expect_continue(server, connect):
    instance = new_instance(connect)
    path = f"/instance/{instance.id}/task/template"
    body = json.dumps(samples.small(instance.flow, "Chunked")).encode()
    headers = sign(server.url, "PUT", path, body, [("Content-Type", "application/json")])
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, body[:10], len(body) - 10, body[10:])
    assert send(server, "PUT", path, chunked, headers + [("Transfer-Encoding", "chunked")]).status == 200

    body = json.dumps(samples.small(instance.flow, "Expected")).encode()
    headers = sign(server.url, "PUT", path, body, [("Content-Type", "application/json")])
    head = f"PUT {path} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\nContent-Length: {len(body)}\r\nExpect: 100-continue\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in headers) + "\r\n"
    with socket.create_connection((server.host, server.port), timeout=60) as connection:
        connection.sendall(head.encode())
        reader = connection.makefile("rb")
        assert reader.readline().startswith(b"HTTP/1.1 100")
        assert reader.readline() == b"\r\n"
        connection.sendall(body)
        assert reader.readline().startswith(b"HTTP/1.1 200")


def test_w1_2_1_one_connection_for_many_requests(server):
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    sockets = set()
    for target, status in [(LIST, 200), ("/no/such/route", 404), (LIST + "?status=x", 400), (LIST, 200)]:
        connection.request("GET", target, headers=dict(sign(server.url, "GET", target)))
        response = connection.getresponse()
        assert response.status == status and response.read()
        sockets.add(connection.sock.getsockname())
    connection.close()
    assert len(sockets) == 1


# --- limits (C14) ---------------------------------------------------------------------------------------------------------------------------


def test_case_c14_body_over_the_cap(server, connect):
    body = b" " * (10 * 1024 * 1024 + 1)
    answer = call(server, "PUT", LIST, body)
    assert_error(answer, "RequestEntityTooLargeException", 413)
    with pytest.raises(connect.exceptions.ClientError) as caught:
        connect.create_task_template(InstanceId=DEV_INSTANCE, Name="N" * (10 * 1024 * 1024 + 1), Fields=[])
    assert caught.value.response["Error"]["Code"] == "RequestEntityTooLargeException"
    assert call(server, "GET", LIST).status == 200


def test_case_c14_bad_percent_encoding(server):
    for target in (LIST + "/%zz", LIST + "/%", LIST + "/%4", LIST + "/%ff%fe", "/instance/%c3/task/template"):
        answer = call(server, "GET", target)
        assert answer.status == 400
        assert_error(answer, answer.headers["x-amzn-errortype"], 400)


def test_case_c14_header_section_over_the_limit(server):
    headers = sign(server.url, "GET", LIST) + [("X-Padding", "p" * 70_000)]
    answer = send(server, "GET", LIST, headers=headers)
    assert answer.status in (400, 431)
    assert_error(answer, answer.headers["x-amzn-errortype"], answer.status)
    assert call(server, "GET", LIST).status == 200


# --- around the API ----------------------------------------------------------------------------------------------------------------------


def test_health_and_metrics_need_no_signature(server):
    for path in ("/healthz", "/readyz"):
        assert send(server, "GET", path).status == 200
    call(server, "GET", LIST)
    metrics = send(server, "GET", "/metrics")
    assert metrics.status == 200
    text = metrics.body.decode()
    assert re.search(r'^taskform_\w+\{[^}]*ListTaskTemplates[^}]*\} [1-9]', text, re.MULTILINE)


def test_graceful_stop_and_second_process():
    with Server() as running:
        second = Server(data=running.data)
        with pytest.raises(AssertionError, match="(?i)no readiness line(.|\n)*(another|in use|lock)"):
            second.start()
        second.close()
        assert client(running.url).list_task_templates(InstanceId=DEV_INSTANCE)["TaskTemplates"] == []
        assert running.stop() == 0
        running.start()
        assert client(running.url).describe_instance(InstanceId=DEV_INSTANCE)["Instance"]["Id"] == DEV_INSTANCE


def test_arns_follow_account_and_region():
    settings = {"ACCOUNT": "123456789012", "REGION": "eu-west-2"}
    with Server(settings=settings) as other:
        connect = boto3.client("connect", endpoint_url=other.url, region_name="eu-west-2", aws_access_key_id="test",
                               aws_secret_access_key="test")
        assert connect.describe_instance(InstanceId=DEV_INSTANCE)["Instance"]["Arn"] == (
            f"arn:aws:connect:eu-west-2:123456789012:instance/{DEV_INSTANCE}")
        assert "'us-east-1'" in untyped(client(other.url), "InvalidSignatureException", 403)
