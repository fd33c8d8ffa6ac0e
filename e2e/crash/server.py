"""Starts the program under test and stops it by its process id."""

from __future__ import annotations

import os
import pathlib
import re
import socket
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
READY = re.compile(r"^taskform ready on http://([^:\s]+):(\d+)", re.MULTILINE)
INSTANCE = "11111111-1111-4111-8111-111111111111"
ACCOUNT = "000000000000"
REGION = "us-east-1"


def binary() -> str:
    return os.environ.get("TASKFORM_BIN") or str(ROOT / "target" / "debug" / "taskform")


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    def __init__(self, folder: pathlib.Path, *store: str, environment: dict[str, str] | None = None):
        self.log = folder / "server.log"
        self.folder = folder
        self.arguments = [binary(), "serve", "--dev", "--listen", f"127.0.0.1:{free_port()}", *store]
        # Settings of the caller's environment, TASKFORM_BIN among them, do not apply to this server.
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("TASKFORM_")} | (environment or {})
        self.process: subprocess.Popen[bytes] | None = None
        self.host, self.port = "", 0

    def start(self, patience: float = 60) -> "Server":
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(self.arguments, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=self.environment, cwd=self.folder)
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up:
            found = READY.search(self.text())
            if found:
                self.host, self.port = found[1], int(found[2])
                return self
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        text = self.text()
        self.stop()
        raise RuntimeError(f"the server did not get ready: {' '.join(self.arguments)}\n{text[-4000:]}")

    def text(self) -> str:
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None
