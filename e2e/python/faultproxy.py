"""A loopback HTTP/1.1 proxy that breaks things on purpose.

It forwards the bytes it received (request line, Host and body unchanged, so signatures stay valid) and follows a script, one
step for each request; when the script is empty it only forwards. Steps:

- `forward()`: pass the request on and its answer back;
- `answer(status, type, body, headers)`: answer without asking the server;
- `answer_after(...)`: let the server do the work, throw its answer away, answer this instead;
- `close()`: close the connection without an answer;
- `close_after()`: let the server do the work, then close the connection without an answer.

Every request is kept in `attempts` (method, target, headers with lower-case names, body).
"""

import collections
import dataclasses
import json
import socket
import socketserver
import threading
import urllib.parse

Step = collections.namedtuple("Step", "reaches_server reply")


def forward():
    return None


def answer(status, error_type, headers=(), body=None):
    return Step(False, _reply(status, error_type, headers, body))


def answer_after(status, error_type, headers=(), body=None):
    return Step(True, _reply(status, error_type, headers, body))


def close():
    return Step(False, b"")


def close_after():
    return Step(True, b"")


def _reply(status, error_type, headers, body):
    content = json.dumps({"Message": "injected by the test"}).encode() if body is None else body
    lines = [
        f"HTTP/1.1 {status} Injected",
        "content-type: application/json",
        f"content-length: {len(content)}",
        "x-amzn-requestid: 00000000-0000-4000-8000-00000000fa17",
    ]
    if error_type:
        lines.append(f"x-amzn-errortype: {error_type}")
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


@dataclasses.dataclass
class Attempt:
    method: str
    target: str
    headers: dict
    body: bytes

    def json(self):
        return json.loads(self.body)


class FaultProxy:
    def __init__(self, upstream):
        parts = urllib.parse.urlsplit(upstream)
        self._upstream = (parts.hostname, parts.port)
        self._script = collections.deque()
        self._lock = threading.Lock()
        self.attempts = []
        proxy = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                while proxy._one(self.rfile, self.wfile):
                    pass

        class Listener(socketserver.ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request, client_address):
                pass  # a client that went away; the test sees it on its own side

        self._listener = Listener(("127.0.0.1", 0), Handler)
        self.url = "http://127.0.0.1:%d" % self._listener.server_address[1]
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)

    def script(self, *steps):
        with self._lock:
            assert not self._script, "steps of an earlier script were not used"
            self.attempts.clear()
            self._script.extend(steps)

    def unused(self):
        with self._lock:
            return len(self._script)

    def _one(self, reader, writer):
        """Serves one request of a connection; says whether the connection goes on."""
        request = _read_message(reader)
        if request is None:
            return False
        head, body = request
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ")
        headers = {}
        for line in lines:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        with self._lock:
            self.attempts.append(Attempt(method, target, headers, body))
            step = self._script.popleft() if self._script else None
        if step is None:
            writer.write(self._ask(head, body))
            return True
        if step.reaches_server:
            self._ask(head, body)
        if step.reply:
            writer.write(step.reply)
            return True
        return False

    def _ask(self, head, body):
        """Sends the request on over a connection of its own and returns the whole answer."""
        with socket.create_connection(self._upstream) as server:
            server.sendall(head + b"\r\n\r\n" + body)
            reader = server.makefile("rb")
            answer_head, answer_body = _read_message(reader)
            return answer_head + b"\r\n\r\n" + answer_body

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._listener.shutdown()
        self._listener.server_close()


def _read_message(reader):
    """Head without the empty line, and body as given by Content-Length; None at the end of the stream."""
    lines = []
    while True:
        line = reader.readline()
        if not line:
            if lines:
                raise AssertionError("the other side closed inside a message head")
            return None
        if line == b"\r\n":
            break
        lines.append(line.rstrip(b"\r\n"))
    length = 0
    for line in lines[1:]:
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    body = reader.read(length) if length else b""
    assert len(body) == length, "the other side closed inside a body"
    return b"\r\n".join(lines), body
