"""What the tests share: stock clients, a fresh instance, and the check of a refused call."""

import re
import types

import boto3
from botocore.config import Config

from rawhttp import UUID
from taskform_server import ACCESS_KEY, REGION, SECRET_KEY

_session = boto3.session.Session(
    aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET_KEY, region_name=REGION
)


def client(url, **config):
    """A stock boto3 client. Without a `retries` setting it tries once, so that no failure is hidden."""
    config.setdefault("retries", {"total_max_attempts": 1})
    config.setdefault("max_pool_connections", 40)
    return _session.client("connect", endpoint_url=url, config=Config(**config))


def new_instance(connect, **more):
    """A fresh instance and the flows that tests point at."""
    made = connect.create_instance(
        IdentityManagementType="CONNECT_MANAGED", InboundCallsEnabled=False, OutboundCallsEnabled=False, **more
    )
    pages = connect.get_paginator("list_contact_flows").paginate(InstanceId=made["Id"])
    flows = {flow["Name"]: flow for page in pages for flow in page["ContactFlowSummaryList"]}
    return types.SimpleNamespace(
        id=made["Id"],
        arn=made["Arn"],
        flow=flows["Sample task flow"]["Id"],
        flow_arn=flows["Sample task flow"]["Arn"],
        agent_transfer=flows["Default agent transfer"]["Id"],
        queue_transfer=flows["Default queue transfer"]["Id"],
        flows=flows,
    )


class Refused:
    """`with refused("ResourceNotFoundException", 404) as caught:` — the typed exception, with all that protocol 2.2 and 2.3 ask."""

    def __init__(self, name, status):
        self.name, self.status = name, status

    def __enter__(self):
        return self

    def __exit__(self, kind, error, _):
        if kind is None:
            raise AssertionError(f"no {self.name} was raised")
        if not hasattr(error, "response"):
            return False
        answer = error.response
        facts = answer["ResponseMetadata"]
        assert (kind.__name__, facts["HTTPStatusCode"]) == (self.name, self.status), answer
        assert answer["Error"]["Code"] == self.name, answer
        self.message = answer["Error"]["Message"]
        assert isinstance(self.message, str) and self.message.strip(), answer
        assert UUID.fullmatch(facts["RequestId"]), answer
        assert facts["RetryAttempts"] == 0, answer
        self.error = error
        self.response = answer
        return True

    def properties(self):
        """(path, reason) of each entry; each entry is whole and the message names it (0.8)."""
        return check_property_list(self.response["Error"]["Message"], self.response["PropertyList"])


def check_property_list(message, entries):
    assert entries
    for entry in entries:
        assert set(entry) == {"PropertyPath", "Reason", "Message"}, entry
        assert entry["Message"].strip(), entry
        if not re.search(r"and \d+ more", message):
            assert f"{entry['PropertyPath']}: {entry['Message'].rstrip('.')}" in message, (message, entry)
    assert re.match(rf"{len(entries)} propert", message) or len(entries) >= 100, message
    assert len(message) <= 1100, message
    return [(entry["PropertyPath"], entry["Reason"]) for entry in entries]


def refused(name, status):
    return Refused(name, status)


def invalid_parameter():
    return Refused("InvalidParameterException", 400)


def invalid_request():
    return Refused("InvalidRequestException", 400)


def not_found():
    return Refused("ResourceNotFoundException", 404)


def property_validation():
    return Refused("PropertyValidationException", 400)


def version_of(answer):
    """Which version an answer of GetTaskTemplate shows (1.2.6)."""
    return int(answer["ResponseMetadata"]["HTTPHeaders"]["x-task-template-version"])


def content_of(answer):
    """An answer without what travels around it."""
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}
