"""Fixtures: servers on each engine, real clients, an instance of its own for each test."""

import os
import types

import pytest

import taskform_server
from helpers import client, new_instance
from taskform_server import NO_TEMPLATE_QUOTA, Server
from tasks import Shop

# No setting of the person who runs the tests may reach a client, also not one made in this process.
for _name in [name for name in os.environ if name.startswith("AWS_")]:
    del os.environ[_name]
for _name, _value in taskform_server.clean_environment().items():
    if _name.startswith("AWS_"):
        os.environ[_name] = _value


def pytest_generate_tests(metafunc):
    if "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", taskform_server.engines(), scope="session")


def _shared(server):
    server.client = client(server.url)
    return server


@pytest.fixture(scope="session")
def server(engine):
    """The shared server of an engine, with default settings."""
    with Server(engine) as running:
        yield _shared(running)


@pytest.fixture(scope="session")
def roomy(engine):
    """A shared server of an engine that lifts the quota of templates."""
    with Server(engine, settings=NO_TEMPLATE_QUOTA) as running:
        yield _shared(running)


@pytest.fixture(scope="session")
def sqlite_server():
    """A shared server for what does not depend on the engine."""
    with Server("sqlite") as running:
        yield _shared(running)


@pytest.fixture
def start(engine):
    """Starts servers with settings of a test's own."""
    running = []

    def starter(settings=None, **more):
        one = Server(engine, settings, **more)
        running.append(one)
        return _shared(one.start())

    yield starter
    for one in running:
        one.close()


@pytest.fixture
def connect(server):
    return server.client


@pytest.fixture
def instance(connect):
    return new_instance(connect)


@pytest.fixture(scope="session")
def moved(engine):
    """A shared server of an engine whose test clock is moved, and whose file of events is read."""
    with Server(engine) as running:
        yield _shared(running)


@pytest.fixture
def shop(moved):
    return Shop(moved)


@pytest.fixture
def one(sqlite_server):
    """The engine-independent server with a client and a fresh instance."""
    return types.SimpleNamespace(
        server=sqlite_server, connect=sqlite_server.client, instance=new_instance(sqlite_server.client)
    )
