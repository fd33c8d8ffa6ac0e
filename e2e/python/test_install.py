"""How README.md builds and starts the server: `cargo xtask serve`, and `cargo install` for a program on the PATH.

Both use what the tests have built, so they build little: without optimization, in the folder of the program under test.
"""

import pathlib
import re
import signal
import socket
import subprocess
import urllib.parse

import taskform_server
from taskform_server import READY, REPO, START_SECONDS, clean_environment

# Cargo may have to link the program once more.
BUILD_SECONDS = 900


def environment():
    built = pathlib.Path(taskform_server.binary()).resolve().parent
    return clean_environment() | {"CARGO_TARGET_DIR": str(built.parent), "CARGO_NET_OFFLINE": "true"}


def test_who_stops_cargo_xtask_serve_stops_the_server():
    serve = ["cargo", "xtask", "serve", "--dev", "--ephemeral", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(serve, cwd=REPO, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            ready = next((line for line in process.stdout if line.startswith(READY)), None)
            assert ready, f"it ended with {process.wait(START_SECONDS)}"
            address = urllib.parse.urlsplit(ready[len(READY):].split()[0])
            socket.create_connection((address.hostname, address.port), START_SECONDS).close()
            process.send_signal(signal.SIGTERM)
            assert process.wait(START_SECONDS) == 0
            with socket.socket() as again:
                assert again.connect_ex((address.hostname, address.port)) != 0, "the server outlives the command"
        finally:
            process.kill()


def test_the_program_is_installed_as_readme_says(tmp_path):
    [command] = re.findall(r"^cargo install .*$", (REPO / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    words = [*command.split(), "--debug", "--root", str(tmp_path)]
    subprocess.run(words, cwd=REPO, env=environment(), check=True, timeout=BUILD_SECONDS)
    shown = subprocess.run([tmp_path / "bin" / "taskform", "operations"], check=True, capture_output=True, text=True, timeout=60)
    assert "CreateTaskTemplate" in shown.stdout
