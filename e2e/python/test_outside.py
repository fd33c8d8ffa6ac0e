"""What the server sends to others: webhooks (tasks 4.1.7) and functions of flows (flows 7.4), with a receiver of a test's own."""

import hashlib
import hmac
import http.server
import json
import threading
import types

import pytest

from tasks import Shop, document, end, note, plain, until

FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:price"


class Receiver:
    """Answers from `script`, and 200 with `answer` when it is empty; keeps what came."""

    def __init__(self):
        self.came, self.script, self.answer = [], [], b""
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = receiver.script.pop(0) if receiver.script else 200
                receiver.came.append(types.SimpleNamespace(path=self.path, headers=self.headers, body=body))
                self.send_response(status)
                self.send_header("Content-Length", str(len(receiver.answer)))
                self.end_headers()
                self.wfile.write(receiver.answer)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/in"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def told(self, contact):
        """What it received about a task, in order: types of events, and RECORD."""
        data = [json.loads(came.body) for came in list(self.came)]
        return [e["data"]["detail"]["eventType"] if e["type"] == "taskform.contact.event" else "RECORD"
                for e in data if e["subject"] == contact]


@pytest.fixture
def receiver():
    one = Receiver()
    yield one
    one.close()


def is_genuine(came, secret):
    parts = [part.split("=", 1) for part in came.headers["Taskform-Signature"].split(",")]
    sent = next(value for name, value in parts if name == "t")
    expected = hmac.new(secret.encode(), sent.encode() + b"." + came.body, hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(expected, value) for name, value in parts if name == "v1")


LIFE = ["INITIATED", "CONNECTED_TO_SYSTEM", "DISCONNECTED", "COMPLETED", "RECORD"]


def test_a_webhook_is_told_a_task_s_life_through_a_crash(start, receiver):
    server = start({"EVENTS_WEBHOOKS": f"crm={receiver.url}", "EVENTS_WEBHOOK_SECRETS": "crm=s3cret"})
    shop = Shop(server)
    flow = shop.flow(document(end()))
    receiver.script = [503]
    contact = shop.start(ContactFlowId=flow)
    until(lambda: receiver.told(contact)[-1:] == ["RECORD"], "the life of a task", lambda: receiver.told(contact))
    assert receiver.told(contact) == ["INITIATED"] + LIFE, "the first try was refused with 503"
    assert all(is_genuine(came, "s3cret") and not is_genuine(came, "other") for came in receiver.came)
    event = json.loads(receiver.came[0].body)
    assert event["source"] == shop.arn and event["specversion"] == "1.0"
    assert receiver.came[0].headers["Content-Type"] == "application/cloudevents+json"

    receiver.script = [503] * 1000
    contact = shop.start(ContactFlowId=flow)
    server.kill()
    receiver.script = []
    server.start()
    until(lambda: receiver.told(contact)[-1:] == ["RECORD"], "what the dead process owed", server.log)
    told = receiver.told(contact)
    assert sorted(set(told), key=told.index) == LIFE and told[-len(LIFE):] == LIFE


def test_dead_letters_are_listed_and_replayed(start, receiver):
    server = start({"EVENTS_WEBHOOKS": f"crm={receiver.url}", "EVENTS_TRIES": 1})
    shop = Shop(server)
    receiver.script = [404]
    contact = shop.start(ContactFlowId=shop.flow(document(end())))
    until(lambda: receiver.told(contact)[-1:] == ["RECORD"], "the rest", lambda: receiver.told(contact))
    dead = json.loads(server.run("events", "dead", "--sink", "crm", "--format", "json").stdout)
    assert (dead["contactId"], dead["tries"], dead["error"]) == (contact, 1, "status 404")
    assert dead["data"]["detail"]["eventType"] == "INITIATED"
    assert server.run("events", "replay", dead["id"]).stdout == "1 to be delivered again\n"
    until(lambda: receiver.told(contact) == LIFE + ["INITIATED"], "the replay")
    assert "crm/" not in server.run("events", "dead").stdout


def invoke(then, failed, **more):
    parameters = {"LambdaFunctionARN": FUNCTION, "InvocationTimeLimitSeconds": "8",
                  "LambdaInvocationAttributes": {"size": "$.Attributes.size"},
                  "ResponseValidation": {"ResponseType": "JSON"}} | more
    return plain("call", "InvokeLambdaFunction", parameters, then, failed)


def test_a_flow_calls_a_function(start, receiver):
    server = start({"FUNCTIONS_ENDPOINTS": f"{FUNCTION}={receiver.url}"})
    shop = Shop(server)
    flow = shop.flow(document(invoke("good", "bad"), note("good", "end", price="$.External.price"),
                              note("bad", "end", price="none"), end()))
    receiver.answer, receiver.script = b'{"price": "12.50"}', [429, 500]
    contact = shop.start(ContactFlowId=flow, Attributes={"size": "L"})
    shop.ended(contact)
    assert shop.attributes(contact) == {"size": "L", "price": "12.50"}
    assert len(receiver.came) == 3
    sent = json.loads(receiver.came[0].body)
    assert sent["Name"] == "ContactFlowEvent" and sent["Details"]["Parameters"] == {"size": "L"}
    assert sent["Details"]["ContactData"]["ContactId"] == contact
    for answer in [b"no JSON", b'"' + b"x" * 33_000 + b'"']:
        receiver.answer = answer
        contact = shop.start(ContactFlowId=flow)
        shop.ended(contact)
        assert shop.attributes(contact)["price"] == "none"


def test_a_function_without_endpoint_is_an_error_of_the_flow(shop):
    flow = shop.flow(document(invoke("end", "bad"), note("bad", "end", price="none"), end()))
    contact = shop.start(ContactFlowId=flow)
    shop.ended(contact)
    assert shop.attributes(contact) == {"price": "none"}
