"""Starts and stops the server under test, on each engine.

Environment:

- TASKFORM_BIN: the program (default: target/debug/taskform of this tree);
- TASKFORM_TEST_POSTGRES: address of a PostgreSQL role that may create databases;
- TASKFORM_REQUIRE_POSTGRES=1: a missing TASKFORM_TEST_POSTGRES is an error.
"""

import itertools
import os
import pathlib
import secrets
import subprocess
import tempfile
import threading
import urllib.parse

REPO = pathlib.Path(__file__).resolve().parents[2]
ACCESS_KEY = "test"
SECRET_KEY = "test"
ACCOUNT = "000000000000"
REGION = "us-east-1"
DEV_INSTANCE = "11111111-1111-4111-8111-111111111111"
READY = "taskform ready on "
START_SECONDS = 60  # only a bound for a server that hangs; nothing is measured
STOP_SECONDS = 30

# Settings that several tests need.
MANY_INSTANCES = {"LIMITS_INSTANCES": 0}
NO_TEMPLATE_QUOTA = {"LIMITS_TASK_TEMPLATES_PER_INSTANCE": 0}
THROTTLED = {"THROTTLE_RATE": 0.01, "THROTTLE_BURST": 1}

_numbers = itertools.count(1)


def binary():
    return os.environ.get("TASKFORM_BIN") or str(REPO / "target" / "debug" / "taskform")


def admin_url():
    return os.environ.get("TASKFORM_TEST_POSTGRES")


def engines():
    """The engines every behaviour is tested on."""
    if admin_url():
        return ["sqlite", "postgres"]
    if os.environ.get("TASKFORM_REQUIRE_POSTGRES") == "1":
        raise RuntimeError("TASKFORM_REQUIRE_POSTGRES=1, but TASKFORM_TEST_POSTGRES names no PostgreSQL")
    return ["sqlite"]


def clean_environment():
    """The environment without any AWS or Taskform setting of the person who runs the tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TASKFORM_"))}
    environment["AWS_EC2_METADATA_DISABLED"] = "true"
    environment["AWS_CONFIG_FILE"] = os.devnull
    environment["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    return environment


def end(process):
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise AssertionError("the server did not end on SIGTERM") from None


class Database:
    """A fresh PostgreSQL database, made and dropped with psql."""

    def __init__(self):
        self.name = "taskform_e2e_" + secrets.token_hex(6)
        self._psql(f'create database "{self.name}"')
        parts = urllib.parse.urlsplit(admin_url())
        self.url = urllib.parse.urlunsplit(parts._replace(path="/" + self.name))

    def drop(self):
        self._psql(f'drop database if exists "{self.name}" with (force)')

    @staticmethod
    def _psql(statement):
        subprocess.run(
            ["psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--command", statement, admin_url()],
            check=True,
            capture_output=True,
            timeout=START_SECONDS,
        )


class Server:
    """One server process on a free port.

    `settings` are TASKFORM_… variables without that prefix; `data` is the data folder of another server; without `dev`
    the server makes a key of its own at the first start. Contact events and records go to the file `events`. `beside` is
    another server on whose PostgreSQL database and master key this one works too.
    """

    def __init__(self, engine="sqlite", settings=None, arguments=(), data=None, dev=True, beside=None):
        self.engine = engine
        chosen = MANY_INSTANCES | (settings or {})  # most tests take an instance of their own
        self.settings = {f"TASKFORM_{name}": str(value) for name, value in chosen.items()}
        self.arguments = list(arguments) + (["--dev"] if dev else [])
        self._folder = tempfile.TemporaryDirectory(prefix="taskform-e2e-")
        self.folder = pathlib.Path(self._folder.name)
        self.data = data or (beside.data if beside else self.folder / "data")
        self.events = self.folder / "events.jsonl"
        self.database = beside.database if beside else Database() if engine == "postgres" else None
        self._shares = beside is not None
        self.process = None
        self.url = None
        self.lines = []

    def start(self):
        command = [binary(), "serve", "--listen", "127.0.0.1:0", *self.store_flags()]
        self._log = open(self.folder / f"stderr-{next(_numbers)}.log", "wb")
        self.process = subprocess.Popen(
            command + self.arguments,
            stdout=subprocess.PIPE,
            stderr=self._log,
            stdin=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=clean_environment() | {"TASKFORM_EVENTS_FILE": str(self.events)} | self.settings,
        )
        self.lines = []
        self._ready = threading.Event()
        self._reader = threading.Thread(target=self._read_stdout, args=(self.process,), daemon=True)
        self._reader.start()
        if not self._ready.wait(START_SECONDS) or self.url is None:
            self.stop()
            raise AssertionError(f"the server said no readiness line; it wrote:\n{self.log()}")
        return self

    def store_flags(self):
        """What tells any command of the program where the data is."""
        flags = ["--data", str(self.data)]
        return flags + ["--database", self.database.url] if self.database else flags

    def run(self, *arguments):
        """Runs another command of the program on this server's data."""
        return subprocess.run(
            [binary(), *arguments, *self.store_flags()], env=clean_environment(), capture_output=True, text=True,
            timeout=START_SECONDS)

    def _read_stdout(self, process):
        self.url = None
        with process.stdout:
            for line in process.stdout:
                self.lines.append(line)
                if line.startswith(READY):
                    self.url = line[len(READY):].split()[0].rstrip("/")
                    self._ready.set()
        self._ready.set()

    def log(self):
        """What the process wrote so far."""
        with open(self._log.name, encoding="utf-8", errors="replace") as log:
            return "".join(self.lines) + log.read()

    def stop(self):
        """Ends the process with SIGTERM, by its id; the data stays. Answers the exit status."""
        if self.process is None:
            return None
        ended, self.process = self.process, None
        try:
            end(ended)
        finally:
            self._reader.join(STOP_SECONDS)
            self._log.close()
        return ended.returncode

    def kill(self):
        """SIGKILL, by its id: no handler runs, nothing is flushed. The data stays."""
        killed, self.process = self.process, None
        killed.kill()
        killed.wait(STOP_SECONDS)
        self._reader.join(STOP_SECONDS)
        self._log.close()

    def restart(self):
        self.stop()
        return self.start()

    def close(self):
        """Ends the process and removes its data."""
        try:
            self.stop()
        finally:
            self._folder.cleanup()
            if self.database and not self._shares:
                self.database.drop()

    @property
    def host(self):
        return urllib.parse.urlsplit(self.url).hostname

    @property
    def port(self):
        return urllib.parse.urlsplit(self.url).port

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.close()
