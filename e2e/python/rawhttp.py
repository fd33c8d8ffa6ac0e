"""Requests that no SDK sends: exact bytes, signed with botocore's own signer."""

import contextlib
import dataclasses
import datetime
import http.client
import json
import re
from unittest import mock

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from taskform_server import ACCESS_KEY, REGION, SECRET_KEY

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclasses.dataclass
class Answer:
    status: int
    headers: dict  # lower-case names
    body: bytes

    def json(self):
        return json.loads(self.body)


@contextlib.contextmanager
def clock(offset_seconds):
    """Moves the clock of botocore's signer in this process."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    with mock.patch("botocore.auth.get_current_datetime", lambda: now + datetime.timedelta(seconds=offset_seconds)):
        yield now + datetime.timedelta(seconds=offset_seconds)


def sign(url, method, target, body=b"", headers=(), access_key=ACCESS_KEY, secret_key=SECRET_KEY, token=None,
         region=REGION, service="connect"):
    """The headers of a signed request, as a list of pairs."""
    request = AWSRequest(method=method, url=url + target, data=body, headers=dict(headers))
    SigV4Auth(Credentials(access_key, secret_key, token), service, region).add_auth(request)
    return list(request.headers.items())


def send(server, method, target, body=b"", headers=()):
    """Sends exactly this and reads the answer."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    try:
        connection.putrequest(method, target, skip_host=any(n.lower() == "host" for n, _ in headers),
                              skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body and not any(n.lower() in ("content-length", "transfer-encoding") for n, _ in headers):
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders()
        if body:
            connection.send(body)
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def call(server, method, target, body=None, headers=(), **signing):
    """A signed request. `body` may be bytes or a value to be sent as JSON."""
    content = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = list(headers)
    if body is not None and not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))
    return send(server, method, target, content, sign(server.url, method, target, content, headers, **signing))


def assert_error(answer, name, status):
    """Checks everything that protocol 2.2 and 2.3 say of an error answer; returns its body."""
    assert (answer.headers.get("x-amzn-errortype"), answer.status) == (name, status), answer
    assert answer.headers["content-type"].split(";")[0] == "application/json", answer
    assert UUID.fullmatch(answer.headers["x-amzn-requestid"]), answer
    assert "date" in answer.headers, answer
    assert "content-encoding" not in answer.headers, answer
    body = answer.json()
    assert isinstance(body, dict), answer
    assert isinstance(body.get("Message"), str) and body["Message"].strip(), answer
    assert not {"message", "__type", "code", "Code"} & set(body), answer
    return body
