"""Compares an answer with what was expected, and checks what holds for every answer."""

from __future__ import annotations

import email.utils
import json
import re
import uuid
from typing import Any

import awsmodel
import oracle
from client import Answer, Request
from operations import OPERATIONS
from oracle import Examined, Expect
from template_rules import ORDER
from world import World

LIST_CUT = 100
MESSAGE_CUT = 1000


def decide(w: World, operation: str, request: Request) -> tuple[Examined, Expect]:
    op = awsmodel.Operation(operation)
    found = oracle.examine(request, operation)
    due = oracle.verdict(operation, found)
    if due is None:
        try:
            due = OPERATIONS[operation].rules(w, found)
        except (KeyError, TypeError, AttributeError):
            if not (found.body_doubtful or found.violations):
                raise
            due = Expect.refused(oracle.constraint_error(op), oracle.body_error(op))
    if found.doubtful or found.body_doubtful:
        due = due | Expect.open(*{oracle.constraint_error(op), oracle.body_error(op)} | ({"PropertyValidationException"} & set(op.errors)), why="a form that parsers differ on")
    return found, due


def loose(operation: str) -> Expect:
    op = awsmodel.Operation(operation)
    good = {base.refused for base in OPERATIONS[operation].bases if base.refused}  # read as its base, a request is refused like it
    return Expect.open(oracle.constraint_error(op), oracle.body_error(op), "InvalidSignatureException", *good, why="not written down; a proper answer is all that is due")


def common(answer: Answer) -> None:
    """True of every answer there is (protocol 2.2)."""
    assert answer.status < 500, "a server fault"
    uuid.UUID(answer.headers["x-amzn-RequestId"])
    assert email.utils.parsedate_to_datetime(answer.headers["Date"])
    assert answer.headers.get_content_type() == "application/json"
    assert "Content-Encoding" not in answer.headers
    assert isinstance(answer.json, dict), "the body is no JSON object"
    assert int(answer.headers["Content-Length"]) == len(answer.raw)


def accepted(operation: str, answer: Answer) -> None:
    assert answer.status == 200
    assert answer.error is None
    output = awsmodel.Operation(operation).output
    faults = list(awsmodel.conform(output, answer.json)) if output else [f"{k} is not in the model" for k in answer.json]
    assert not faults, f"the answer breaks the model: {faults}"


FRONT_DOOR = {"InvalidSignatureException": 403}
DOCUMENTED = {"SearchUsers": {"AccessDeniedException": 403}}  # though the model does not declare it: administration 3.2.2


def refused(operation: str, answer: Answer, due: Expect) -> None:
    op = awsmodel.Operation(operation)
    name = answer.error
    assert name, "no x-amzn-ErrorType"
    assert re.fullmatch(r"[A-Za-z]+", name), f"{name!r} is no bare name"
    assert name in due.errors, f"{name} is not what the rules prescribe"
    statuses = FRONT_DOOR | DOCUMENTED.get(operation, {}) | op.errors
    assert name in statuses, f"{name} is not declared by {operation}"
    assert answer.status == statuses[name], f"{name} does not go with {answer.status}"
    body = answer.json
    if name in ("InvalidContactFlowException", "InvalidContactFlowModuleException"):
        problems = body.get("problems") or body.get("Problems")
        assert problems and all(p["message"] for p in problems)
    message = body.get("Message")
    assert isinstance(message, str) and message.strip(), "no Message"
    assert "message" not in body, "both spellings"
    if name == "PropertyValidationException":
        properties(body, due)
    for path in due.named:
        assert names(message, path) or len(message) >= MESSAGE_CUT - 100 and names(message, due.named[0]), f"the message does not name {path}"


def names(message: str, path: str) -> bool:
    if path in message:
        return True
    # Keys of maps are shortened or escaped in messages; tag keys have a wording of their own (protocol W9.2.2).
    at = re.match(r'([\w.]+)\["', path)
    return bool(at) and (f'{at[1]}["' in message or f"{at[1]} key '" in message or f"{at[1].rpartition('.')[2]} key '" in message or at[1].lower() == "tags" and "Tag key '" in message)


def properties(body: dict[str, Any], due: Expect) -> None:
    listed = body.get("PropertyList")
    assert isinstance(listed, list) and listed, "no PropertyList"
    reasons = awsmodel.shape("PropertyValidationExceptionReason")["enum"]
    for one in listed:
        assert set(one) == {"PropertyPath", "Reason", "Message"}, one
        assert one["Reason"] in reasons and one["Reason"] != "TYPE_MISMATCH", one
        assert one["PropertyPath"] and one["Message"], one
    told = [(one["PropertyPath"], one["Reason"]) for one in listed]
    assert len({p for p, _ in told}) == len(told) or len(told) >= LIST_CUT, f"a path is reported twice: {told}"
    message = body["Message"]
    assert names(message, told[0][0]), "the message does not name the first path"
    if len(message) < MESSAGE_CUT - 100:
        assert all(path in message for path, _ in told), "the message does not name each path"
    assert len(message) <= MESSAGE_CUT + 30, "0.8: cut at 1,000 characters"
    if due.properties is None:
        return
    must, may = list(due.properties), due.open_properties
    if len(must) > LIST_CUT:
        assert len(told) == LIST_CUT, f"0.8: cut at 100 entries, not {len(told)}"
        assert set(told) <= set(must) | set(may or ())
        return
    lacking = [pair for pair in must if pair not in told and not (may is not None and any(p == pair[0] for p, _ in may) and any(p == pair[0] for p, _ in told))]
    surplus = [] if may is None else [pair for pair in told if pair not in must and pair not in may]
    assert not lacking and not surplus, f"PropertyList lacks {lacking}, has {surplus} too much"
    order = [re.match(r"\w+", path)[0] for path, _ in told]
    assert order == sorted(order, key=ORDER.index), f"0.6: not in document order: {order}"


def secrets_kept(operation: str, request: Request, answer: Answer) -> None:
    """Values of members that the model marks sensitive are not echoed (W9.2.3)."""
    op = awsmodel.Operation(operation)
    for name, member in op.input["members"].items():
        value = request.body.get(name) if isinstance(request.body, dict) else None
        if awsmodel.shape(member["shape"]).get("sensitive") and isinstance(value, str) and len(value) > 5:
            assert value not in json.dumps(answer.json, ensure_ascii=False), f"{name} is sensitive and echoed"
