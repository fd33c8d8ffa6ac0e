"""A small signed client, standard library only. It tells three outcomes apart: an answer, nothing sent, unknown."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import http.client
import json
import urllib.parse
from typing import Any

ACCESS_KEY = SECRET = "test"
REGION, SERVICE = "us-east-1", "connect"


class NotSent(Exception):
    """No connection: the server cannot have seen the request."""


class Unknown(Exception):
    """The request went out and no usable answer came back: it may have been carried out or not."""


class Answer:
    def __init__(self, status: int, headers: http.client.HTTPMessage, raw: bytes):
        self.status, self.headers, self.raw = status, headers, raw

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def error(self) -> str | None:
        return self.headers.get("x-amzn-ErrorType")

    def __str__(self) -> str:
        return f"{self.status} {self.error or ''} {self.raw[:600].decode('utf-8', 'replace')}"


def quote(text: str) -> str:
    return urllib.parse.quote(text, safe="-._~")


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def sign(method: str, host: str, path: str, query: list[tuple[str, str]], body: bytes) -> dict[str, str]:
    """Headers of a version 4 signature; `path` is already percent-encoded."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    day = now[:8]
    canonical_path = urllib.parse.quote(path, safe="/-._~")
    canonical_query = "&".join(f"{quote(n)}={quote(v)}" for n, v in sorted(query))
    canonical = "\n".join([method, canonical_path, canonical_query, f"host:{host}", f"x-amz-date:{now}", "", "host;x-amz-date", hashlib.sha256(body).hexdigest()])
    scope = f"{day}/{REGION}/{SERVICE}/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    key = _hmac(_hmac(_hmac(_hmac(b"AWS4" + SECRET.encode(), day), REGION), SERVICE), "aws4_request")
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    return {"Host": host, "X-Amz-Date": now,
            "Authorization": f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/{scope}, SignedHeaders=host;x-amz-date, Signature={signature}"}


class Client:
    """One kept-alive connection; not for several threads."""

    def __init__(self, host: str, port: int, timeout: float = 20):
        self.host, self.port, self.timeout = host, port, timeout
        self._connection: http.client.HTTPConnection | None = None

    @property
    def connected(self) -> bool:
        return self._connection is not None

    def call(self, method: str, path: str, body: Any = None, query: list[tuple[str, str]] | None = None) -> Answer:
        """Raises NotSent or Unknown; an answer of 500 and above is Unknown too, see `faulty` for its form."""
        payload = b"" if body is None else json.dumps(body).encode()
        headers = sign(method, f"{self.host}:{self.port}", path, query or [], payload)
        if body is not None:
            headers |= {"Content-Type": "application/json"}
        target = path + ("?" + "&".join(f"{quote(n)}={quote(v)}" for n, v in query) if query else "")
        if self._connection is None:
            connection = http.client.HTTPConnection(self.host, self.port, timeout=self.timeout)
            try:
                connection.connect()
            except OSError as e:
                raise NotSent(str(e)) from e
            self._connection = connection
        try:
            self._connection.request(method, target, body=payload or None, headers=headers)
            response = self._connection.getresponse()
            answer = Answer(response.status, response.headers, response.read())
            if response.will_close:
                self.close()
        except (OSError, http.client.HTTPException) as e:
            self.close()
            raise Unknown(f"{type(e).__name__}: {e}") from e
        if answer.status >= 500:
            fault = Unknown(str(answer))
            fault.answer = answer  # type: ignore[attr-defined]
            raise fault
        return answer

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
