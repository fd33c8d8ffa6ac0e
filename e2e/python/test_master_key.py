"""`taskform keys rotate-master` while servers run, restarts with either key, and back-ups (B272)."""

import json
import os
import secrets
import subprocess
import threading

import boto3
import pytest
from botocore.config import Config

from taskform_server import Server, binary, clean_environment


def client(url, key):
    return boto3.client(
        "connect", endpoint_url=url, region_name="us-east-1", aws_access_key_id=key["AccessKeyId"],
        aws_secret_access_key=key["SecretAccessKey"], config=Config(retries={"total_max_attempts": 1}))


def run(server, *words, fails=False):
    """A command on the server's data, with its settings."""
    done = subprocess.run(
        [binary(), *words, *server.store_flags()], env=clean_environment() | server.settings, capture_output=True, text=True,
        timeout=60)
    assert (done.returncode != 0) == fails, done
    return done.stdout + done.stderr


def new_key(server):
    return json.loads(run(server, "keys", "create", "--format", "json"))


def key_file(folder, name):
    path = folder / name
    path.write_text(secrets.token_hex(32))
    os.chmod(path, 0o600)
    return path


class Calls:
    """Signed calls without a pause, of which none may fail."""

    def __init__(self, connect):
        self.made, self.failed, self._stop = 0, [], threading.Event()
        self._thread = threading.Thread(target=self._run, args=(connect,))
        self._thread.start()

    def _run(self, connect):
        while not self._stop.is_set():
            try:
                connect.list_instances()
                self.made += 1
            except Exception as error:  # whatever it is, the test shows it
                self.failed.append(repr(error))

    def end(self):
        self._stop.set()
        self._thread.join()
        assert self.made > 0 and not self.failed, self.failed[:3]


def test_b272_the_key_of_the_data_folder_is_rotated_while_the_server_runs(start):
    server = start(dev=False)
    before = new_key(server)
    calls = Calls(client(server.url, before))
    former = (server.data / "master.key").read_text()
    for _ in range(2):
        shown = run(server, "keys", "rotate-master")
        assert "was rotated from" in shown and str(server.data / "master.key") in shown, shown
    between = new_key(server)
    calls.end()
    assert (server.data / "master.key").read_text() != former
    client(server.url, between).list_instances()
    assert server.stop() == 0
    server.start()
    for key in (before, between):
        client(server.url, key).list_instances()
    # The former key is beside it; it is refused by a start, which says what to do.
    kept = [path for path in server.data.iterdir() if path.name.startswith("master.key.") and path.read_text() == former]
    assert len(kept) == 1 and os.stat(kept[0]).st_mode & 0o777 == 0o600
    assert server.stop() == 0
    (server.data / "master.key").write_text(former)
    text = run(server, "serve", "--listen", "127.0.0.1:0", fails=True)
    assert "is not the master key of this store" in text and "rotate-master" in text, text


def test_b272_a_key_that_is_given_is_rotated_to_another_that_is_given(engine, tmp_path):
    one, two = key_file(tmp_path, "one.key"), key_file(tmp_path, "two.key")
    first = Server(engine, {"MASTER_KEY_FILE": one}, dev=False)
    second = None
    try:
        first.start()
        key = new_key(first)
        calls = Calls(client(first.url, key))
        assert "--new-master-key-file" in run(first, "keys", "rotate-master", fails=True)
        shown = run(first, "keys", "rotate-master", "--new-master-key-file", str(two))
        assert "Give servers and commands the new key" in shown, shown
        # The key that was in use is refused from now on, to commands too.
        assert "is not the master key of this store" in run(first, "keys", "list", fails=True)
        if engine == "postgres":
            # Another process, under the new key, beside the one that was started under the former.
            second = Server(engine, {"MASTER_KEY_FILE": two}, dev=False, beside=first)
            second.start()
            client(second.url, key).list_instances()
            made = new_key(second)
            client(first.url, made).list_instances()
        calls.end()
        assert first.stop() == 0
        first.settings["TASKFORM_MASTER_KEY_FILE"] = str(two)
        first.start()
        client(first.url, key).list_instances()
    finally:
        if second:
            second.close()
        first.close()


def test_b272_a_back_up_opens_with_the_key_of_its_time(tmp_path):
    with Server("sqlite", dev=False) as server:
        key = new_key(server)
        former = (server.data / "master.key").read_text()
        copy = tmp_path / "copy.db"
        run(server, "backup", str(copy))
        run(server, "keys", "rotate-master")
        later = (server.data / "master.key").read_text()
    for text, opens in ((former, True), (later, False)):
        folder = tmp_path / ("former" if opens else "later")
        folder.mkdir()
        (folder / "taskform.db").write_bytes(copy.read_bytes())
        (folder / "master.key").write_text(text)
        os.chmod(folder / "master.key", 0o600)
        restored = Server("sqlite", dev=False, data=folder)
        try:
            if opens:
                restored.start()
                client(restored.url, key).list_instances()
            else:
                with pytest.raises(AssertionError, match="the former one"):
                    restored.start()
        finally:
            restored.close()
