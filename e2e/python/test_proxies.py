"""Behind nginx: three wrong ways to set it, each explained, and right ways with and without settings (protocol W3.1.4, B66).

The configurations of docs/running.md are run as they stand there: a comment `<!-- nginx: NAME -->` marks each. Only addresses are
replaced, by those of the test.
"""

import contextlib
import pathlib
import re
import shutil
import socket
import subprocess
import tempfile
import types

import boto3
import pytest
from botocore.exceptions import ClientError

from agents import Screen
from helpers import client, new_instance
from rawhttp import send
from taskform_server import REPO, START_SECONDS, STOP_SECONDS, Server
from tasks import until
from test_agents import statuses, task, with_access
from test_decisions import user

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MARKED = re.compile(r"^<!-- nginx: (?P<name>\S+) -->\n+```nginx\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
HOST = "proxy_set_header Host $http_host;"
DECODED = "A proxy decoded the path."


def documented():
    """The configurations in docs/running.md by name."""
    page = (REPO / "docs" / "running.md").read_text(encoding="utf-8")
    return {match["name"]: match["text"] for match in MARKED.finditer(page)}


def documented_for_tests(name):
    written = documented()[name]
    text = re.sub(r"listen \S+;", "listen 127.0.0.1:{port};", written).replace("127.0.0.1:8484", "{server}")
    assert text.count("{server}") == 1 and text.count("{port}") == 1, written
    return text


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def nginx(port, server_block):
    """Runs nginx with one `server` block until the end of the `with`."""
    with tempfile.TemporaryDirectory(prefix="taskform-nginx-") as name:
        folder = pathlib.Path(name)
        temporary = "\n".join(f"{kind}_temp_path {folder}/{kind};"
                              for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        (folder / "nginx.conf").write_text(
            f"daemon off; pid {folder}/pid; error_log stderr; worker_processes 1;\nevents {{}}\n"
            f"http {{\naccess_log off;\n{temporary}\n{server_block}\n}}\n")
        with open(folder / "stderr.log", "w+b") as log:
            process = subprocess.Popen([NGINX, "-p", name, "-c", f"{name}/nginx.conf"], stdin=subprocess.DEVNULL, stderr=log)
            try:
                until(lambda: answers(port) or process.poll() is not None, "nginx", lambda: read(folder / "stderr.log"))
                assert process.poll() is None, read(folder / "stderr.log")
                yield
            finally:
                process.terminate()
                process.wait(STOP_SECONDS)


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


def answers(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=START_SECONDS):
        return True
    return False


@contextlib.contextmanager
def behind(locations, settings=None, path="", dev=True):
    """A server, nginx before it and a client of nginx. `locations` and `settings` may name {server}, {port} and {url}."""
    port = free_port()
    url = f"http://127.0.0.1:{port}{path}"
    fill = lambda text: text.replace("{url}", url).replace("{port}", str(port))  # noqa: E731
    with Server("sqlite", {name: fill(str(value)) for name, value in (settings or {}).items()}, dev=dev) as server:
        block = fill(locations).replace("{server}", server.url.removeprefix("http://"))
        if not block.lstrip().startswith("server"):
            block = f"server {{ listen 127.0.0.1:{port}; {block} }}"
        with nginx(port, block):
            connect = client(url) if dev else first_client(server, url)
            yield types.SimpleNamespace(server=server, port=port, url=url, connect=connect)


def exported(server, name):
    line = next(line for line in server.lines if line.startswith(f"export {name}="))
    return line.strip().split("=", 1)[1]


def first_client(server, url):
    """A client with the key of the first start."""
    return boto3.client(
        "connect", endpoint_url=url, region_name="us-east-1", aws_access_key_id=exported(server, "AWS_ACCESS_KEY_ID"),
        aws_secret_access_key=exported(server, "AWS_SECRET_ACCESS_KEY"))


def works(connect):
    """Requests with and without a body, with ids in the path and with an ARN in it."""
    instance = new_instance(connect)
    assert connect.list_task_templates(InstanceId=instance.id, MaxResults=5)["TaskTemplates"] == []
    connect.tag_resource(resourceArn=instance.flow_arn, tags={"a b/é": "c+d"})
    assert connect.list_tags_for_resource(resourceArn=instance.flow_arn)["tags"] == {"a b/é": "c+d"}
    connect.untag_resource(resourceArn=instance.flow_arn, tagKeys=["a b/é"])
    return instance


def mismatch(call):
    with pytest.raises(ClientError) as caught:
        call()
    error = caught.value.response["Error"]
    assert error["Code"] == "InvalidSignatureException", error
    assert error["Message"].startswith("The request signature we calculated does not match"), error
    return error["Message"]


def explained(proxied, call, differs, *texts):
    """The answer of --dev and the log name what differs; the answer has the canonical string."""
    message = mismatch(call)
    assert "The Canonical String for this request should have been\n'" in message
    for text in texts:
        assert text.replace("{port}", str(proxied.port)) in message, message
    logged = lambda: [line for line in proxied.server.log().splitlines() if "the signature does not fit" in line]  # noqa: E731
    until(logged, "the line of the log", proxied.server.log)
    assert any(f'differs="{differs}"' in line and 'key="test"' in line for line in logged()), logged()
    return message


def instances(proxied):
    return lambda: proxied.connect.list_instances()


def tags_of_arn(proxied):
    """An operation with an ARN in its path; the resource is made past the proxy."""
    arn = new_instance(client(proxied.server.url)).flow_arn
    return lambda: proxied.connect.list_tags_for_resource(resourceArn=arn)


# --- wrong ways, without settings ---------------------------------------------------------------------------------------------


def test_w3_1_4_nginx_with_its_default_host():
    with behind("location / { proxy_pass http://{server}; }") as proxied:
        message = explained(proxied, instances(proxied), "unknown", "through a proxy, as HTTP/1.0 shows",
                            "proxy_set_header Host $http_host")
        assert f"host:{proxied.server.host}:{proxied.server.port}\n" in message
    told = "location / { proxy_pass http://{server}; proxy_set_header X-Forwarded-Host $http_host; }"
    with behind(told) as proxied:
        explained(proxied, instances(proxied), "host", "fits with the host '127.0.0.1:{port}'", "http.trusted_proxies")
    without_port = "location / { proxy_pass http://{server}; proxy_set_header Host $host; proxy_set_header X-Forwarded-Port {port}; }"
    with behind(without_port) as proxied:
        explained(proxied, instances(proxied), "host", "fits with the host '127.0.0.1:{port}'", "and not $host")


def test_w3_1_4_nginx_with_a_slash_behind_the_address():
    with behind(f"location / {{ proxy_pass http://{{server}}/; {HOST} }}") as proxied:
        assert proxied.connect.list_instances()["InstanceSummaryList"], "paths without escapes pass"
        explained(proxied, tags_of_arn(proxied), "path", DECODED, "'/tags/arn%3Aaws%3Aconnect%3A", "proxy_pass without a slash")


def test_w3_1_4_nginx_with_a_stripped_prefix():
    with behind(f"location /connect/ {{ proxy_pass http://{{server}}/; {HOST} }}", path="/connect") as proxied:
        explained(proxied, instances(proxied), "path", "A proxy took off '/connect'", "http.public_url")
        explained(proxied, tags_of_arn(proxied), "path", "A proxy took off '/connect'", DECODED)
    told = f"location /x/y/ {{ proxy_pass http://{{server}}/; {HOST} proxy_set_header X-Forwarded-Prefix /x/y; }}"
    with behind(told, path="/x/y") as proxied:
        explained(proxied, instances(proxied), "path", "A proxy took off '/x/y', as its header x-forwarded-prefix says")


def test_w3_1_4_nginx_with_everything_wrong_at_once():
    told = ("location /connect/ { proxy_pass http://{server}/; proxy_set_header X-Forwarded-Host $http_host; }")
    with behind(told, path="/connect") as proxied:
        explained(proxied, tags_of_arn(proxied), "host and path", "'127.0.0.1:{port}'", "took off '/connect'", DECODED)


def test_b66_without_dev_the_log_explains_and_the_answer_shows_what_was_calculated():
    told = "location / { proxy_pass http://{server}; proxy_set_header X-Forwarded-Host $http_host; }"
    with behind(told, dev=False) as proxied:
        message = mismatch(instances(proxied))
        assert "The Canonical String" in message and "fits with" not in message
        key = exported(proxied.server, "AWS_ACCESS_KEY_ID")
        line = until(lambda: [line for line in proxied.server.log().splitlines() if "the signature does not fit" in line],
                     "the line of the log", proxied.server.log)[0]
        assert 'differs="host"' in line and f'key="{key}"' in line and f"127.0.0.1:{proxied.port}" in line
        assert exported(proxied.server, "AWS_SECRET_ACCESS_KEY") not in line


# --- the same with settings ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("settings", [
    {"HTTP_PUBLIC_URL": "{url}"},
    {"HTTP_TRUSTED_PROXIES": "127.0.0.0/8"},
])
def test_b66_settings_mend_a_changed_host(settings):
    told = "location / { proxy_pass http://{server}; proxy_set_header X-Forwarded-Host $http_host; }"
    with behind(told, settings) as proxied:
        works(proxied.connect)
        works(client(proxied.server.url))  # who comes past the proxy signs what arrives


@pytest.mark.parametrize("settings", [
    {"HTTP_PUBLIC_URL": "{url}"},
    {"HTTP_TRUSTED_PROXIES": "127.0.0.0/8"},
])
@pytest.mark.parametrize("host", [HOST, "proxy_set_header X-Forwarded-Host $http_host;"])
def test_b66_settings_mend_a_stripped_prefix_and_no_decoded_path(settings, host):
    """A prefix that nginx strips without decoding needs a rewrite; proxy_pass with a slash decodes besides."""
    told = f"{host} proxy_set_header X-Forwarded-Prefix /connect;"
    with behind(f"location /connect/ {{ proxy_pass http://{{server}}/; {told} }}", settings, path="/connect") as proxied:
        assert proxied.connect.list_instances()["InstanceSummaryList"]
        explained(proxied, tags_of_arn(proxied), "path", DECODED)


def test_b66_a_proxy_that_is_not_trusted_is_not_believed():
    told = "location / { proxy_pass http://{server}; proxy_set_header X-Forwarded-Host $http_host; }"
    with behind(told, {"HTTP_TRUSTED_PROXIES": "192.0.2.0/24"}) as proxied:
        explained(proxied, instances(proxied), "host", "It is in the header x-forwarded-host")


# --- rightly set --------------------------------------------------------------------------------------------------------------


RIGHT = {
    # name in docs/running.md: settings and path of the endpoint
    "whole": ({}, ""),
    "path": ({"HTTP_BASE_PATH": "/connect"}, "/connect"),
    "host": ({"HTTP_PUBLIC_URL": "{url}"}, ""),
}


@pytest.mark.parametrize("name", RIGHT)
def test_w3_1_4_the_configurations_of_the_documentation(name):
    settings, path = RIGHT[name]
    with behind(documented_for_tests(name), settings, path) as proxied:
        works(proxied.connect)


def test_the_documentation_has_no_other_configurations():
    assert set(documented()) == set(RIGHT)


@pytest.mark.parametrize("name", RIGHT)
def test_tasks_6_the_agent_api_passes_through_the_configurations_of_the_documentation(name):
    """Each event is there while the stream stays open, nothing is held back; a stream resumes; commands are signed as all requests."""
    settings, path = RIGHT[name]
    with behind(documented_for_tests(name), settings, path) as proxied:
        connect, instance = proxied.connect, new_instance(proxied.connect)
        ada = user(connect, instance, "ada")
        with_access(connect, instance, ada)
        at_nginx = types.SimpleNamespace(host="127.0.0.1", port=proxied.port, url=f"http://127.0.0.1:{proxied.port}")
        with contextlib.closing(Screen(at_nginx, instance.id, ada, base=path)) as screen:
            screen.until(lambda snapshot: snapshot["Contacts"] == {}, "nothing to do")
            connect.put_user_status(InstanceId=instance.id, UserId=ada, AgentStatusId=statuses(connect, instance)["Available"])
            screen.until(lambda snapshot: snapshot["Status"]["Name"] == "Available", "available")
            given = task(connect, instance, "Given")
            shows = lambda state: screen.until(lambda snapshot: snapshot["Contacts"].get(given, {}).get("State") == state, state)  # noqa: E731
            shows("CONNECTING")
            assert screen.command(given, "accept")["State"] == "CONNECTED"
            shows("CONNECTED")
            with screen.away():
                assert screen.command(given, "complete")["State"] == "ENDED"
                assert screen.command(given, "close") is None
            screen.until(lambda snapshot: snapshot["Contacts"] == {}, "closed")
            assert screen.began == ["snapshot", "patch"] and screen.faults == []


# --- the test clock -----------------------------------------------------------------------------------------------------------


def test_b52_the_test_clock_behind_nginx():
    told = "location / { proxy_pass http://{server}; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; }"
    clock = "/_taskform/clock"
    for settings, status in [({}, 403), ({"HTTP_TRUSTED_PROXIES": "127.0.0.1"}, 200)]:
        with behind(told, settings) as proxied:
            at_nginx = types.SimpleNamespace(host="127.0.0.1", port=proxied.port)
            assert send(at_nginx, "GET", clock).status == status
