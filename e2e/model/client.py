"""Raw, signed requests over kept-alive connections.

The signature is botocore's; everything else is written here, so that no client-side check holds a bad request back.
"""

from __future__ import annotations

import dataclasses
import http.client
import json
import urllib.parse
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

UNRESERVED = "-._~"


class Literal:
    """A piece of JSON text that goes into a body as it is (duplicate keys, lone surrogates, numbers beyond any type)."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self) -> str:
        return self.text if len(self.text) < 80 else self.text[:77] + "..."


class Encoded:
    """Text that goes into a path or query as it is, already percent-encoded (or wrongly so)."""

    def __init__(self, text: str):
        self.text = text

    def __repr__(self) -> str:
        return self.text if len(self.text) < 80 else self.text[:77] + "..."


ABSENT = object()


def json_text(value: Any) -> str:
    """JSON with non-ASCII escaped, `Literal` pieces verbatim."""
    try:
        return json.dumps(value)
    except TypeError:
        return _with_literals(value)


def _with_literals(value: Any) -> str:
    if isinstance(value, Literal):
        return value.text
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_with_literals(k)}: {_with_literals(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_with_literals(v) for v in value) + "]"
    return json.dumps(value)


def percent(value: Any) -> str:
    if isinstance(value, Encoded):
        return value.text
    return urllib.parse.quote(value if isinstance(value, str) else json.dumps(value), safe=UNRESERVED)


@dataclasses.dataclass
class Request:
    method: str
    uri: str
    labels: dict[str, Any]
    query: list[tuple[str, Any]]
    body: Any = ABSENT
    raw_body: bytes | None = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)

    @property
    def path(self) -> str:
        out = self.uri
        for name, value in self.labels.items():
            out = out.replace("{" + name + "}", percent(value))
        return out

    @property
    def target(self) -> str:
        parts = [percent(k) if v is None else f"{percent(k)}={percent(v)}" for k, v in self.query]
        return self.path + ("?" + "&".join(parts) if parts else "")

    @property
    def payload(self) -> bytes | None:
        if self.raw_body is not None:
            return self.raw_body
        return None if self.body is ABSENT else json_text(self.body).encode("utf-8")

    def describe(self) -> str:
        payload = self.payload
        shown = "" if payload is None else " " + (payload if len(payload) < 3000 else payload[:1500] + b" ... " + payload[-1000:]).decode("utf-8", "backslashreplace")
        target = self.target if len(self.target) < 2000 else self.target[:2000] + "..."
        return f"{self.method} {target}{shown}"


@dataclasses.dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    raw: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.raw.decode("utf-8"))

    @property
    def error(self) -> str | None:
        return self.headers.get("x-amzn-ErrorType")

    def describe(self) -> str:
        return f"{self.status} {self.error or ''} {self.raw[:2000].decode('utf-8', 'backslashreplace')}"


class _Signer(SigV4Auth):
    """Signs over the query decoded once and encoded again (protocol 3.1 step 4); botocore's own form takes the query as it
    is, which only suits the queries botocore makes."""

    def _canonical_query_string_url(self, parts: urllib.parse.SplitResult) -> str:
        pairs = []
        for piece in parts.query.split("&") if parts.query else []:
            name, _, value = piece.partition("=")
            pairs.append(tuple(urllib.parse.quote_from_bytes(urllib.parse.unquote_to_bytes(t), safe=UNRESERVED) for t in (name, value)))
        return "&".join(f"{n}={v}" for n, v in sorted(pairs))


class Client:
    def __init__(self, host: str, port: int, access_key: str = "test", secret: str = "test", region: str = "us-east-1", timeout: float = 60):
        self.host, self.port, self.timeout = host, port, timeout
        self._signer = _Signer(Credentials(access_key, secret), "connect", region)
        self._connection: http.client.HTTPConnection | None = None

    def send(self, request: Request) -> Answer:
        payload = request.payload
        signed = AWSRequest(method=request.method, url=f"http://{self.host}:{self.port}{request.target}", data=payload or b"")
        if payload is not None and "Content-Type" not in request.headers:
            signed.headers["Content-Type"] = "application/json"
        for name, value in request.headers.items():
            if value:
                signed.headers[name] = value
        self._signer.add_auth(signed)
        headers = dict(signed.headers.items())
        reused = self._connection is not None
        try:
            return self._exchange(request.method, request.target, headers, payload)
        except (http.client.RemoteDisconnected, ConnectionError):
            # A kept connection may have been closed between two requests; a fresh one that is dropped is a fault.
            self.close()
            if not reused:
                raise
            return self._exchange(request.method, request.target, headers, payload)

    def _exchange(self, method: str, target: str, headers: dict[str, str], payload: bytes | None) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
        connection = self._connection
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", f"{self.host}:{self.port}")
        for name, value in headers.items():
            connection.putheader(name, value)
        if payload is not None:
            connection.putheader("Content-Length", str(len(payload)))
        connection.endheaders()
        try:
            if payload:
                connection.send(payload)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the answer (413) may be there before the whole body is sent
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        if response.will_close:
            self.close()
        return answer

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
