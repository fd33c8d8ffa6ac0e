"""What a server says to somebody who is setting up a client: in its log, its headers and its refusals."""

import socket
import ssl
import subprocess

import pytest

from helpers import client
from taskform_server import Server, binary, clean_environment
from tasks import until


def test_b290_tls_on_a_plain_port_is_logged_once():
    with Server("sqlite") as server:
        host, port = server.url.split("//")[1].split(":")
        for _ in range(3):
            with socket.create_connection((host, int(port))) as plain, pytest.raises((ssl.SSLError, OSError)):
                ssl._create_unverified_context().wrap_socket(plain)
        line = "this port speaks plain HTTP: use http:// in the endpoint URL, or start with --tls-certificate"
        until(lambda: line in server.log(), "the line of the log", server.log)
        assert server.log().count(line) == 1


def test_b81_a_near_name_is_warned_of_and_logged():
    with Server("sqlite") as server:
        connect = client(server.url)
        instance = connect.list_instances()["InstanceSummaryList"][0]["Id"]
        flows = connect.list_contact_flows(InstanceId=instance)["ContactFlowSummaryList"]
        flow = next(flow["Id"] for flow in flows if flow["Name"] == "Sample task flow")
        template = connect.create_task_template(
            InstanceId=instance, Name="Near", ContactFlowId=flow,
            Fields=[{"Id": {"Name": "Task name"}, "Type": "NAME"}, {"Id": {"Name": "Cost"}, "Type": "NUMBER"}],
            Constraints={"RequiredFields": [{"Id": {"Name": "Task name"}}]})["Id"]
        started = connect.start_task_contact(
            InstanceId=instance, TaskTemplateId=template, Name="A task",
            References={"Csot": {"Type": "NUMBER", "Value": "1"}})
        warning = started["ResponseMetadata"]["HTTPHeaders"]["x-taskform-warning"]
        assert 'References["Csot"]' in warning and '"Cost"' in warning
        until(lambda: "probably a mistake in a request" in server.log() and "Csot" in server.log(), "the line of the log", server.log)


@pytest.mark.parametrize("command", ["serve", "config"])
def test_port_is_refused_with_the_flag_that_is_meant(command):
    done = subprocess.run([binary(), command, "--port", "9000"], env=clean_environment(), text=True, capture_output=True, timeout=60)
    assert done.returncode == 2 and "--listen 127.0.0.1:PORT" in done.stderr, done.stderr
    shown = subprocess.run([binary(), command, "--help"], env=clean_environment(), text=True, capture_output=True, timeout=60)
    assert "--port" not in shown.stdout


def test_the_key_of_dev_on_another_server_is_explained_in_the_log():
    with Server("sqlite", dev=False) as server:
        connect = client(server.url)
        with pytest.raises(connect.exceptions.ClientError, match="UnrecognizedClientException"):
            connect.list_instances()
        until(lambda: "this server was started without --dev" in server.log(), "the line of the log", server.log)
