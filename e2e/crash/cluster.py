"""A throwaway PostgreSQL cluster on the loopback, in a scratch folder of its own, stopped by process id."""

from __future__ import annotations

import glob
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import tempfile
import time

from server import free_port

OWNER = "taskform"


def programs() -> pathlib.Path | None:
    """The folder of initdb and postgres, the newest that Debian's packages installed, or what PATH offers."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda p: float(p.split("/")[4]))
    at = found[-1] if found else shutil.which("initdb")
    return pathlib.Path(at).parent if at else None


class Cluster:
    def __init__(self) -> None:
        at = programs()
        if at is None:
            raise RuntimeError("PostgreSQL is not installed: no initdb")
        self.programs = at
        # PostgreSQL refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else None
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="taskform-cluster-"))
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)

    @property
    def url(self) -> str:
        return f"postgres://{OWNER}@127.0.0.1:{self.port}/postgres"

    def _as_owner(self) -> dict[str, object]:
        return {"user": self.user, "group": self.user, "extra_groups": []} if self.user else {}

    def create(self) -> "Cluster":
        made = subprocess.run(
            [self.programs / "initdb", "-D", self.folder / "data", "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            capture_output=True, cwd=self.folder, **self._as_owner())  # type: ignore[call-overload]
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed: {made.stderr.decode('utf-8', 'replace')}")
        return self

    def start(self, patience: float = 60) -> "Cluster":
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", "-h", "127.0.0.1", "-p", str(self.port), "-k", self.folder,
                 "-c", "max_connections=100"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, **self._as_owner())  # type: ignore[call-overload]
        give_up = time.monotonic() + patience
        while time.monotonic() < give_up and self.process.poll() is None:
            if self.query("select 1") == "1":
                return self
            time.sleep(0.05)
        text = (self.folder / "log").read_text("utf-8", "replace")
        self.stop()
        raise RuntimeError(f"PostgreSQL did not get ready:\n{text[-3000:]}")

    def query(self, statement: str) -> str | None:
        done = subprocess.run(
            [self.programs / "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", OWNER, "-d", "postgres", "-XAtc", statement],
            capture_output=True, cwd=self.folder, text=True)
        return done.stdout.strip() if done.returncode == 0 else None

    def settle(self, patience: float = 30) -> None:
        """Waits until no other client's backend is left: one that lost its client may still be about to commit."""
        give_up = time.monotonic() + patience
        left = None
        while time.monotonic() < give_up:
            left = self.query("select count(*) from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()")
            if left == "0":
                return
            time.sleep(0.02)
        raise RuntimeError(f"{left} backends outlive their client")

    def _children(self) -> list[int]:
        assert self.process is not None
        out = []
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                if int(fields[1]) == self.process.pid:
                    out.append(int(entry.name))
        return out

    def kill(self) -> None:
        """SIGKILL for the postmaster and each of its children, as in a crash of the machine's database."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGSTOP)  # so that no child is born or reaped meanwhile
        children = self._children()
        for pid in children:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.kill()
        self.process.wait()
        self.process = None
        for pid in children:
            while _runs(pid):
                time.sleep(0.005)

    def stop(self) -> None:
        if self.process is not None:
            if self.process.poll() is None:
                self.process.send_signal(signal.SIGINT)  # fast shutdown
                try:
                    self.process.wait(20)
                except subprocess.TimeoutExpired:
                    self.kill()
            self.process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        state = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
