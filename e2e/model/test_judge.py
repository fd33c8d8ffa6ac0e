"""The judge itself: answers with one thing wrong must not pass."""

import email.utils
import http.client
import json
import uuid

import pytest

import awsmodel
import judge
from client import Answer
from oracle import Expect

DUE = Expect(errors=frozenset({"PropertyValidationException"}), properties=(("Name", "INVALID_FORMAT"), ("Status", "INVALID_FORMAT")))


def answer(status=400, error="PropertyValidationException", body=None, drop=(), **headers):
    told = [{"PropertyPath": p, "Reason": r, "Message": "no"} for p, r in DUE.properties]
    body = {"Message": "2 properties are not valid: Name: no; Status: no", "PropertyList": told} if body is None else body
    raw = json.dumps(body).encode()
    message = http.client.HTTPMessage()
    known = {"x-amzn-RequestId": str(uuid.uuid4()), "Date": email.utils.formatdate(usegmt=True), "Content-Type": "application/json", "Content-Length": str(len(raw)),
             "x-amzn-ErrorType": error} | headers
    for name, value in known.items():
        if name not in drop and value is not None:
            message[name] = value
    return Answer(status, message, raw)


def judged(told, due=DUE, operation="CreateTaskTemplate"):
    judge.common(told)
    judge.refused(operation, told, due)


def properties(*pairs):
    return {"Message": "; ".join(f"{p}: no" for p, _ in pairs), "PropertyList": [{"PropertyPath": p, "Reason": r, "Message": "no"} for p, r in pairs]}


def test_a_good_refusal_passes():
    judged(answer())


NAME, STATUS = DUE.properties
WRONG = {
    "a server fault": answer(500),
    "another status": answer(402),
    "undeclared": answer(error="InvalidRequestException"),
    "another kind": answer(error="InvalidParameterException"),
    "a namespace": answer(error="com.amazon#PropertyValidationException"),
    "no type": answer(drop=("x-amzn-ErrorType",)),
    "no request id": answer(drop=("x-amzn-RequestId",)),
    "no date": answer(drop=("Date",)),
    "no JSON type": answer(**{"Content-Type": "text/html"}),
    "null message": answer(body=properties(NAME, STATUS) | {"Message": None}),
    "empty message": answer(body=properties(NAME, STATUS) | {"Message": " "}),
    "both spellings": answer(body=properties(NAME, STATUS) | {"message": "a"}),
    "no list": answer(body={"Message": "Name; Status"}),
    "one lacking": answer(body=properties(NAME)),
    "one too much": answer(body=properties(NAME, STATUS, ("Fields", "INVALID_FORMAT"))),
    "another reason": answer(body=properties(NAME, ("Status", "NOT_SUPPORTED"))),
    "another order": answer(body=properties(STATUS, NAME)),
    "told twice": answer(body=properties(NAME, NAME, STATUS)),
    "a path not in the message": answer(body=properties(NAME, STATUS) | {"Message": "Name: no"}),
    "a list": answer(body=[]),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_refusal_does_not_pass(what):
    with pytest.raises((AssertionError, TypeError, KeyError, ValueError, AttributeError)):
        judged(WRONG[what])


def test_a_constraint_has_to_be_named():
    due = Expect.refused("InvalidParameterException", named=("Name", "QuickConnectConfig.QuickConnectType"))
    told = lambda text: answer(error="InvalidParameterException", body={"Message": text})
    judged(told("Name is required; QuickConnectConfig.QuickConnectType is required"), due, "CreateQuickConnect")
    with pytest.raises(AssertionError):
        judged(told("Name is required"), due, "CreateQuickConnect")


@pytest.mark.parametrize("body", ({"Id": 5, "Arn": "a"}, {"Id": None, "Arn": "a"}, {"Id": "a"}, {"Id": "a", "Arn": "b", "Extra": 1}), ids=json.dumps)
def test_an_answer_that_breaks_the_model_does_not_pass(body):
    assert list(awsmodel.conform("CreateTaskTemplateResponse", body))
    assert not list(awsmodel.conform("CreateTaskTemplateResponse", {"Id": "a", "Arn": "b"}))
