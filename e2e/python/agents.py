"""The agent API from outside (tasks 6): a screen that follows the stream of events, and commands.

A screen has one stream, reads it in a thread of its own and opens it again, with `Last-Event-ID`, whenever it ends, as a browser
does. Commands and streams go to `Screen.server`, which a test may change: the next stream is opened there.
"""

import contextlib
import http.client
import json
import socket
import threading
import time
import urllib.parse

import rawhttp
from tasks import PATIENCE

REOPEN_AFTER = 0.05  # seconds


def merged(old, patch):
    """A JSON merge patch (RFC 7396): null removes a member."""
    if not isinstance(patch, dict):
        return patch
    new = dict(old) if isinstance(old, dict) else {}
    for name, value in patch.items():
        if value is None:
            new.pop(name, None)
        else:
            new[name] = merged(new.get(name), value)
    return new


def events(lines):
    """(name, id, data) of each server-sent event; comments are (None, None, text)."""
    name, number, data = None, None, []
    for line in lines:
        line = line.decode().rstrip("\n")
        if line.startswith(":"):
            yield None, None, line
        elif line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("id:"):
            number = int(line[3:])
        elif line.startswith("data:"):
            data.append(line[5:].strip())
        elif not line and data:
            yield name, number, "\n".join(data)
            name, data = None, []


class Screen:
    """What one agent sees and does. `offers` are the tasks in the order in which they were seen to be offered."""

    def __init__(self, server, instance, user, base=""):
        self.server, self.user = server, user
        self.path = f"{base}/_agent/v1/instances/{instance}/users/{user}/"
        self.snapshot, self.version = None, None
        self.seen = []  # (name of the event, version), of all streams
        self.began = []  # the name of the first event of each stream
        self.offers = []
        self.faults = []
        self._news = threading.Condition()
        self._ending, self._home = threading.Event(), threading.Event()
        self._home.set()
        self._socket = None
        self._thread = threading.Thread(target=self._follow, daemon=True)
        self._thread.start()

    # --- the stream ---------------------------------------------------------------------------------------------------

    def _follow(self):
        while not self._ending.is_set():
            # What a dead server leaves behind: refused and cut connections, half an event.
            with contextlib.suppress(OSError, http.client.HTTPException):
                self._read_one_stream()
            self._ending.wait(REOPEN_AFTER)
            self._home.wait(PATIENCE)

    def _read_one_stream(self):
        url, target = self.server.url, self.path + "events"
        if url is None:  # it is being started
            return
        own = [] if self.version is None else [("Last-Event-ID", str(self.version))]
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)
        try:
            connection.connect()
            self._socket = connection.sock
            connection.request("GET", target, headers=dict(rawhttp.sign(url, "GET", target, headers=own)))
            answer = connection.getresponse()
            if answer.status != 200:
                self._fault(f"GET events: {answer.status} {answer.read()}")
                return
            first = True
            for name, version, data in events(answer):
                if name is None:
                    continue
                if first:
                    self.began.append(name)
                    first = False
                self._take(name, version, json.loads(data))
        finally:
            connection.close()

    def _take(self, name, version, data):
        with self._news:
            before = (self.snapshot or {}).get("Contacts", {})
            if name == "patch" and self.snapshot is None:
                self._fault("a patch of nothing")
            self.snapshot, self.version = data if name == "snapshot" else merged(self.snapshot, data), version
            self.seen.append((name, version))
            for contact, entry in self.snapshot["Contacts"].items():
                if entry["State"] == "CONNECTING" and before.get(contact, {}).get("State") != "CONNECTING":
                    self.offers.append(contact)
            self._news.notify_all()

    def _fault(self, text):
        self.faults.append(text)

    def cut(self):
        """Ends the present stream, as a lost connection does."""
        with contextlib.suppress(OSError, AttributeError):
            self._socket.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def away(self):
        """Without a stream meanwhile."""
        self._home.clear()
        self.cut()
        yield
        self._home.set()

    def close(self):
        self._ending.set()
        self._home.set()
        self.cut()
        self._thread.join(PATIENCE)

    # --- what it shows ------------------------------------------------------------------------------------------------

    def until(self, fits, what="as expected"):
        """The snapshot of the stream, as soon as it fits."""
        give_up = time.monotonic() + PATIENCE
        with self._news:
            while self.snapshot is None or not fits(self.snapshot):
                if not self._news.wait(give_up - time.monotonic()):
                    raise AssertionError(f"not {what} after {PATIENCE} seconds: {self.snapshot} {self.faults}")
            return self.snapshot

    def agrees(self):
        """What the changes of the stream have led to is what a snapshot of that version shows."""
        shown = self.call("GET", "snapshot").json()
        self.until(lambda _: self.version >= shown["Version"], f"at version {shown['Version']}")
        with self._news:
            if self.version == shown["Version"]:
                present = self.snapshot | {"Now": None, "Version": None}
                assert present == shown | {"Now": None, "Version": None}

    # --- commands -----------------------------------------------------------------------------------------------------

    def call(self, method, path, body=None):
        return rawhttp.call(self.server, method, self.path + path, body)

    def command(self, contact, name, body=None):
        """The entry afterwards; None when it is gone."""
        answer = self.call("POST", f"contacts/{contact}/{name}", body)
        assert answer.status == 200, answer
        return answer.json()["Entry"]
