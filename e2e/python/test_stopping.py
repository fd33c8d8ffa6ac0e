"""Ending the server by signals: in order, under load, and when its terminal is closed."""

import json
import os
import pty
import select
import threading

import botocore.exceptions
import taskform_server
from helpers import client


def test_a_stop_under_load_is_in_order(engine):
    """Requests are answered, refused with 503 or not taken any more; the log has no line above INFO."""
    with taskform_server.Server(engine, {"LOG_FORMAT": "json", "LOG_REQUESTS": "all"}) as server:
        instance = taskform_server.DEV_INSTANCE
        flows = client(server.url).list_contact_flows(InstanceId=instance)["ContactFlowSummaryList"]
        flow = next(flow["Id"] for flow in flows if flow["Name"] == "Sample task flow")
        going, bad, done = threading.Event(), [], [0]
        started = len(server.log())

        def work():
            connect = client(server.url)
            while True:
                try:
                    task = connect.start_task_contact(InstanceId=instance, ContactFlowId=flow, Name="t")["ContactId"]
                    connect.stop_contact(InstanceId=instance, ContactId=task)
                    done[0] += 1
                    if done[0] > 20:
                        going.set()
                except botocore.exceptions.ClientError as error:
                    if error.response["ResponseMetadata"]["HTTPStatusCode"] != 503:
                        bad.append(error)
                    return
                except botocore.exceptions.BotoCoreError:  # not taken any more
                    return

        workers = [threading.Thread(target=work) for _ in range(8)]
        for worker in workers:
            worker.start()
        assert going.wait(120)
        assert server.stop() == 0
        for worker in workers:
            worker.join(120)
        assert not bad
        lines = [json.loads(line) for line in server.log()[started:].splitlines() if line.startswith("{")]
        assert [line for line in lines if line["level"] in ("WARN", "ERROR")] == []
        assert lines[-1]["message"] == "stopped"


def test_closing_the_terminal_stops_in_order(tmp_path):
    """A shell of its own at a terminal of its own, as when a window is closed."""
    process, terminal = pty.fork()
    if process == 0:
        command = ["taskform", "serve", "--listen", "127.0.0.1:0", "--data", str(tmp_path / "data")]
        os.execve(taskform_server.binary(), command, taskform_server.clean_environment())
    said = b""
    while b"taskform ready on" not in said:
        readable, _, _ = select.select([terminal], [], [], taskform_server.START_SECONDS)
        assert readable, said
        said += os.read(terminal, 65536)
    os.close(terminal)
    _, status = os.waitpid(process, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    # It has closed its database: nothing is left beside it.
    assert not (tmp_path / "data" / "taskform.db-wal").exists()
