"""One server for the whole session, in memory, or on a throwaway PostgreSQL cluster with `--engine postgres`."""

from __future__ import annotations

import collections
import pathlib
import sys
import tempfile

import pytest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent / "crash"))

from client import Client  # noqa: E402
from world import World  # noqa: E402
from server import Server  # noqa: E402

COUNTS: collections.Counter[str] = collections.Counter()

# The suite makes far more than an instance may hold.
NO_QUOTAS = {
    f"TASKFORM_LIMITS_{name}": "0"
    for name in (
        "INSTANCES", "CONTACT_FLOWS_PER_INSTANCE", "CONTACT_FLOW_MODULES_PER_INSTANCE", "QUICK_CONNECTS_PER_INSTANCE", "QUEUES_PER_INSTANCE", "USERS_PER_INSTANCE",
        "OPEN_TASKS_PER_INSTANCE", "TASKS_PER_PREVIOUS_CONTACT",
        "AGENT_STATUSES_PER_INSTANCE", "SECURITY_PROFILES_PER_INSTANCE", "HIERARCHY_GROUPS_PER_INSTANCE")
}


def pytest_addoption(parser):
    parser.addoption("--engine", choices=("memory", "sqlite", "postgres"), default="memory", help="where the server keeps its data")


@pytest.fixture(scope="session")
def server(request):
    engine = request.config.getoption("--engine")
    with tempfile.TemporaryDirectory(prefix="taskform-model-") as folder:
        place = pathlib.Path(folder)
        cluster = None
        try:
            if engine == "postgres":
                from cluster import Cluster

                cluster = Cluster()
                cluster.create().start()
                store = ["--data", folder, "--database", cluster.url]
            else:
                store = ["--ephemeral"] if engine == "memory" else ["--data", folder]
            running = Server(place, *store, environment=NO_QUOTAS).start()
            try:
                yield running
                assert running.alive(), f"the server died:\n{running.text()[-4000:]}"
            finally:
                running.stop()
        finally:
            if cluster is not None:
                cluster.remove()


@pytest.fixture(scope="session")
def client(server):
    made = Client(server.host, server.port)
    yield made
    made.close()


@pytest.fixture(scope="session")
def world(client):
    return World(client)


@pytest.fixture(scope="session")
def tally():
    return lambda operation: COUNTS.update([operation])


def pytest_terminal_summary(terminalreporter):
    if COUNTS:
        terminalreporter.section("cases per operation")
        for operation, count in COUNTS.items():
            terminalreporter.line(f"{count:6}  {operation}")
        terminalreporter.line(f"{sum(COUNTS.values()):6}  in all")
