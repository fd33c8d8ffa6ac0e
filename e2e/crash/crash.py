#!/usr/bin/env python3
"""Kills the server, or the database under it, at random moments of concurrent writes, starts it again on the same data and
checks that every acknowledged write to templates and tasks is there, exact, and none half, and that what agents do at their
tasks meanwhile is so too.

    crash.py [--engine sqlite|postgres] [--rounds 20] [--seed N] [--writers 8]

Without --engine both are tried, PostgreSQL on a throwaway cluster of its own. Ends with a line `N passed, N failed`: one per
round, one for the look at everything at the end, one for what agents have left, one for the quota of templates, one for that of open tasks. Needs nothing beyond the standard library.
"""

from __future__ import annotations

import argparse
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

from agents import AGENTS, AgentAtWork, Agents, make_team, work_off  # noqa: E402
from aws import Answer, Client, NotSent, Unknown  # noqa: E402
from cluster import Cluster  # noqa: E402
from ledger import INSTANCE, TEMPLATES, Attempt, Ledger, Shared, content  # noqa: E402
from server import Server  # noqa: E402
from tasks import Tasks, body_of, make_flow, open_tasks  # noqa: E402
from verify import Figures, Verifier  # noqa: E402
from writers import Writer  # noqa: E402

SHARED = 2
LEASE = 3.5  # seconds for which a dead process holds its share of the work on PostgreSQL, and a little
NO_QUOTA = {"TASKFORM_LIMITS_TASK_TEMPLATES_PER_INSTANCE": "0", "TASKFORM_LIMITS_OPEN_TASKS_PER_INSTANCE": "0"}


class Run:
    """All rounds on one engine, over one set of data."""

    def __init__(self, engine: str, rounds: int, writers: int, seed: int, folder: pathlib.Path):
        self.engine, self.rounds, self.writers, self.seed, self.folder = engine, rounds, writers, seed, folder
        self.dice = random.Random(f"{seed} {engine}")
        self.ledger, self.figures = Ledger(Tasks(), Agents()), Figures()
        self.passed = self.failed = 0
        self.kills: dict[str, int] = {}
        self.cluster: Cluster | None = None
        self.server: Server | None = None
        self.flow = ""

    # --- the machinery -----------------------------------------------------------------------------------------------

    def start_server(self, **settings: str) -> None:
        store = ["--data", str(self.folder / "data")]
        if self.cluster:
            store += ["--database", self.cluster.url]
        self.server = Server(self.folder, *store, environment=NO_QUOTA | settings).start()

    def client(self) -> Client:
        assert self.server is not None
        return Client(self.server.host, self.server.port)

    def stop(self) -> None:
        if self.server:
            self.server.stop()
        if self.cluster:
            self.cluster.remove()

    def __enter__(self) -> "Run":
        (self.folder / "data").mkdir(parents=True)
        if self.engine == "postgres":
            self.cluster = Cluster()
            try:
                self.cluster.create().start()
            except BaseException:
                self.cluster.remove()
                raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- the rounds --------------------------------------------------------------------------------------------------

    def prepare(self) -> None:
        self.start_server()
        client = self.client()
        flows = client.call("GET", f"/contact-flows-summary/{INSTANCE}", None, [("contactFlowTypes", "CONTACT_FLOW")]).json["ContactFlowSummaryList"]
        self.flow = flows[0]["Id"]
        self.ledger.own = [[] for _ in range(self.writers)]
        self.ledger.tasks.own = [[] for _ in range(self.writers)]
        self.ledger.tasks.flow = make_flow(client)
        self.ledger.agents = make_team(client)
        for n in range(SHARED):
            body = content(self.flow, f"shared {n}", f"shared {n} at first", self.dice)
            answer = client.call("PUT", TEMPLATES, body)
            if answer.status != 200:
                raise RuntimeError(f"no template could be made: {answer}")
            self.ledger.shared.append(Shared(answer.json["Id"], body["Name"], {body["Description"]: Attempt(body, None, "acknowledged")}))
        client.close()

    def round(self, number: int) -> None:
        assert self.server is not None
        victim = "server" if not self.cluster else self.dice.choice(("server", "database", "both"))
        stop = threading.Event()
        address = (self.server.host, self.server.port)
        crew: list[Writer | AgentAtWork] = [Writer(n, number, self.seed, address, self.flow, self.ledger, stop) for n in range(self.writers)]
        crew += [AgentAtWork(n, number, self.seed, address, self.ledger, stop) for n in range(AGENTS)]
        pause, linger = self.dice.uniform(0.05, 0.7), self.dice.uniform(0.0, 0.15)
        if self.cluster and number % 5 == 0:
            pause += LEASE  # tasks go on to agents only after that
        for writer in crew:
            writer.thread.start()
        time.sleep(pause)
        self.kill(victim)
        time.sleep(linger)  # writers meet the dead server or database
        stop.set()
        for writer in crew:
            writer.thread.join(60)
            if writer.thread.is_alive():
                self.ledger.fault(f"{type(writer).__name__} {writer.number} hangs")
        self.revive(victim)
        figures = self.verify()
        self.told(f"round {number}/{self.rounds}: {victim} killed after {pause:.2f} s, {sum(w.acknowledged for w in crew)} acknowledged, "
                  f"{figures.present + figures.absent} unknown ({figures.present} present, {figures.absent} absent)")

    def kill(self, victim: str) -> None:
        self.kills[victim] = self.kills.get(victim, 0) + 1
        if victim in ("server", "both"):
            self.server.kill()  # type: ignore[union-attr]
        if victim in ("database", "both"):
            self.cluster.kill()  # type: ignore[union-attr]

    def revive(self, victim: str) -> None:
        if victim in ("database", "both"):
            self.cluster.start()  # type: ignore[union-attr]
        elif self.cluster:
            self.cluster.settle()
        if victim == "database":
            self.recovered()
        else:
            self.start_server()

    def recovered(self) -> None:
        """The server has to find its database again by itself."""
        assert self.server is not None
        client = self.client()
        give_up = time.monotonic() + 60
        last = "nothing"
        while time.monotonic() < give_up:
            if not self.server.alive():
                raise RuntimeError(f"the server died with its database:\n{self.server.text()[-3000:]}")
            try:
                if client.call("GET", TEMPLATES, None, [("maxResults", "1")]).status == 200:
                    client.close()
                    return
            except (NotSent, Unknown) as e:
                last = str(e)
            time.sleep(0.05)
        raise RuntimeError(f"the server does not recover from the loss of its database: {last}")

    def verify(self, everything: bool = False) -> Figures:
        client = self.client()
        try:
            figures = Verifier(client, self.ledger).run(everything)
        finally:
            client.close()
        self.figures.add(figures)
        return figures

    def told(self, text: str) -> None:
        faults, self.ledger.faults = self.ledger.faults, []
        self.passed += not faults
        self.failed += bool(faults)
        print(f"{self.engine:8} {'ok    ' if not faults else 'FAILED'} {text}", flush=True)
        for fault in faults[:20]:
            print(f"           {fault}", flush=True)
        if len(faults) > 20:
            print(f"           and {len(faults) - 20} more", flush=True)

    # --- the end -----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        before = self.figures.versions
        self.verify(everything=True)
        self.told(f"everything once more: {self.figures.versions - before} versions read")
        self.left()
        self.quota()
        self.task_quota()

    def left(self) -> None:
        """No task is stuck: the agents get and finish what is left."""
        assert self.server is not None
        client = self.client()
        count = work_off(client, self.ledger, (self.server.host, self.server.port))
        client.close()
        self.verify(everything=True)
        self.told(f"agents: {len(self.ledger.agents.jobs)} tasks, {count} of them worked off at the end")

    def quota(self) -> None:
        """The counter behind the quota was kept through all the crashes: exactly as many templates fit as are missing."""
        client = self.client()
        count = len(Verifier(client, self.ledger).listing())
        client.close()
        assert self.server is not None
        self.server.stop()
        room = 3
        self.start_server(TASKFORM_LIMITS_TASK_TEMPLATES_PER_INSTANCE=str(count + room))
        client = self.client()
        made = []
        for n in range(room + 2):
            answer = client.call("PUT", TEMPLATES, content(self.flow, f"filler {n}", "filler", self.dice))
            made.append(answer)
        outcome = [a.status for a in made]
        if outcome != [200] * room + [402] * 2:
            self.ledger.fault(f"{count} templates, a quota of {count + room}: creates answer {outcome}, {made[-1]}")
        elif client.call("DELETE", f"{TEMPLATES}/{made[0].json['Id']}").status != 200 or client.call(
                "PUT", TEMPLATES, content(self.flow, "filler again", "filler", self.dice)).status != 200:
            self.ledger.fault("a deleted template does not free its place")
        client.close()
        self.told(f"quota: {count} there, {room} more fit, no fourth")

    def task_quota(self) -> None:
        """The counter of open tasks was kept too: each stop took one off, each start put one on."""
        count, room = len(open_tasks(self.ledger)), 3
        assert self.server is not None
        self.server.stop()
        self.start_server(TASKFORM_LIMITS_OPEN_TASKS_PER_INSTANCE=str(count + room))
        client = self.client()

        def start(n: int) -> Answer:
            return client.call("PUT", "/contact/task", body_of(self.ledger.tasks.flow, f"filler {n}", "filler", self.dice))

        made = [start(n) for n in range(room + 2)]
        outcome = [a.status for a in made]
        if outcome != [200] * room + [402] * 2:
            self.ledger.fault(f"{count} open tasks, a quota of {count + room}: starts answer {outcome}, {made[-1]}")
        else:
            stop = {"InstanceId": INSTANCE, "ContactId": made[0].json["ContactId"]}
            stopped = [client.call("POST", "/contact/stop", stop).status for _ in range(2)]
            outcome = [start(n).status for n in range(10, 12)]
            if stopped != [200, 200] or outcome != [200, 402]:
                self.ledger.fault(f"a task stopped twice ({stopped}) does not free one place: {outcome}")
        client.close()
        self.told(f"quota: {count} tasks open, {room} more fit, no fourth")

    def run(self) -> None:
        self.prepare()
        for number in range(1, self.rounds + 1):
            self.round(number)
        self.finish()
        f = self.figures
        kills = ", ".join(f"{n} of {v}" for v, n in sorted(self.kills.items()))
        print(f"{self.engine:8} {self.rounds} rounds (kills: {kills}), {f.acknowledged} acknowledged writes checked, {f.present + f.absent} unknown outcomes found "
              f"({f.present} present, {f.absent} absent), {f.versions} versions read, {f.replays} calls repeated by token", flush=True)


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("sqlite", "postgres"), help="default: both")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(4), "big"), help="repeats the choices of a run; default: a new one, printed")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, interrupted)
    print(f"seed {asked.seed}", flush=True)
    passed = failed = 0
    for engine in (asked.engine,) if asked.engine else ("sqlite", "postgres"):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="taskform-crash-"))
        run = Run(engine, asked.rounds, asked.writers, asked.seed, folder)
        try:
            with run:
                run.run()
        except (RuntimeError, OSError, NotSent, Unknown, json.JSONDecodeError) as e:
            run.failed += 1
            print(f"{engine:8} FAILED {type(e).__name__}: {e}", flush=True)
            if run.ledger.faults:
                print("\n".join(f"           {f}" for f in run.ledger.faults[:20]), flush=True)
        except KeyboardInterrupt:
            print(f"{engine:8} interrupted; server and cluster are stopped", flush=True)
            return 130
        finally:
            run.stop()
            passed, failed = passed + run.passed, failed + run.failed
            if run.failed:
                print(f"{engine:8} data and log are kept in {folder}", flush=True)
            else:
                shutil.rmtree(folder, ignore_errors=True)
    print(f"{passed} passed, {failed} failed", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
