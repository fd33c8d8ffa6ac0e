#!/usr/bin/env python3
"""Two processes on one PostgreSQL, of which one is killed or frozen again and again, and agents at work who turn to either.

    processes.py [--blows 6] [--seed N]

At the end: what was acknowledged is so, no task is with two agents, no slot is used twice, none is stuck, and both processes
together emitted each event of each task once. Ends with a line `N passed, N failed`.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import pathlib
import random
import shutil
import signal
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from agents import AGENTS, AgentAtWork, AgentVerifier, make_team, work_off  # noqa: E402
from aws import Client  # noqa: E402
from cluster import Cluster  # noqa: E402
from ledger import Ledger  # noqa: E402
from server import Server  # noqa: E402
from tasks import Tasks, TaskVerifier  # noqa: E402
from verify import Figures  # noqa: E402

FROZEN = 5.0  # seconds, longer than a lease
EVENTS = sorted(["INITIATED", "CONNECTED_TO_SYSTEM", "QUEUED", "CONNECTED_TO_AGENT", "DISCONNECTED", "COMPLETED"])
PATIENCE = 30  # seconds for events
SETTINGS = {"TASKFORM_LIMITS_OPEN_TASKS_PER_INSTANCE": "0"}


class Turning(AgentAtWork):
    """An agent who turns to another process now and then, and when the present one does not answer."""

    servers: list[Server]

    def step(self, new: bool = True) -> None:
        super().step(new)
        if self.dice.random() < 0.02 or not self.client.connected:
            server = self.dice.choice(self.servers)
            self.client.close()
            self.client = Client(server.host, server.port, timeout=2)  # a frozen one does not answer


def blow(dice: random.Random, servers: list[Server]) -> str:
    """One process is killed and started again, or frozen for longer than its lease."""
    victim = dice.choice(servers)
    assert victim.process is not None
    if dice.random() < 0.3:
        victim.process.send_signal(signal.SIGSTOP)
        time.sleep(FROZEN)
        victim.process.send_signal(signal.SIGCONT)
        return "frozen"
    victim.kill()
    time.sleep(dice.uniform(0, 4))  # the other one takes over, or not
    victim.start()
    return "killed"


def emitted(folders: list[pathlib.Path]) -> dict[str, list[str]]:
    """The types of events by task, each event once: those of a process that died are delivered again."""
    found: dict[str, dict[str, str]] = collections.defaultdict(dict)
    for folder in folders:
        for line in (folder / "events.jsonl").read_text("utf-8").splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue  # a line that a crash cut off
            if "detail" in event:
                found[event["detail"]["contactId"]].setdefault(event["id"], event["detail"]["eventType"])
    return {task: sorted(types.values()) for task, types in found.items()}


def verify(ledger: Ledger, servers: list[Server], folders: list[pathlib.Path], figures: Figures) -> int:
    """Checks everything, has the rest worked off, and checks again; how many tasks were left."""
    client = Client(servers[0].host, servers[0].port)
    AgentVerifier(client, ledger, figures).run(TaskVerifier(client, ledger, figures).listing(), True)
    left = work_off(client, ledger, (servers[1].host, servers[1].port))
    listed = TaskVerifier(client, ledger, figures).listing()
    AgentVerifier(client, ledger, figures).run(listed, True)
    if set(listed) != set(ledger.agents.jobs):
        ledger.fault(f"tasks that nobody started, or that are lost: {set(listed) ^ set(ledger.agents.jobs)}")
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and sum(map(len, emitted(folders).values())) < len(EVENTS) * len(listed):
        time.sleep(0.2)
    found = emitted(folders)
    for name, task in listed.items():
        if found.get(task) != EVENTS:
            ledger.fault(f"{name}: events are {found.get(task)}")
    client.close()
    return left


def run(folder: pathlib.Path, blows: int, seed: int) -> list[str]:
    folders = [folder / name for name in ("first", "second")]
    servers: list[Server] = []
    cluster = Cluster()
    try:
        cluster.create().start()
        for own in folders:
            own.mkdir()
            settings = SETTINGS | {"TASKFORM_EVENTS_FILE": str(own / "events.jsonl")}
            servers.append(Server(own, "--data", str(folder / "data"), "--database", cluster.url, environment=settings).start())
        client = Client(servers[0].host, servers[0].port)
        ledger = Ledger(Tasks(), make_team(client))
        client.close()
        Turning.servers, stop = servers, threading.Event()
        crew = [Turning(n, 1, seed, (servers[n % 2].host, servers[n % 2].port), ledger, stop) for n in range(AGENTS)]
        for agent in crew:
            agent.thread.start()
        dice, done = random.Random(seed), collections.Counter[str]()
        for _ in range(blows):
            time.sleep(dice.uniform(0.5, 3))
            done[blow(dice, servers)] += 1
        stop.set()
        for agent in crew:
            agent.thread.join(60)
            if agent.thread.is_alive():
                ledger.fault(f"agent {agent.number} hangs")
        figures = Figures()
        left = verify(ledger, servers, folders, figures)
        told = ", ".join(f"{n} times {what}" for what, n in sorted(done.items()))
        print(f"processes: {told}; {sum(agent.acknowledged for agent in crew)} acknowledged, {len(ledger.agents.jobs)} tasks, "
              f"{figures.present + figures.absent} unknown outcomes found ({figures.present} present), {left} worked off at the end", flush=True)
        return ledger.faults
    finally:
        for server in servers:
            server.stop()
        cluster.remove()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blows", type=int, default=6)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"), help="repeats the choices of a run; default: a new one, printed")
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="taskform-processes-"))
    faults = run(folder, asked.blows, asked.seed)
    for fault in faults[:20]:
        print(f"           {fault}", flush=True)
    if faults:
        print(f"data and logs are kept in {folder}", flush=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{int(not faults)} passed, {int(bool(faults))} failed", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
