"""Small documents whose verdict by the real service is known (flows.md 2 to 8), published through the API. The engine checks the same
file in its own tests, with the texts of all problems; here it is what a client gets."""

import json

import pytest
from botocore.exceptions import ClientError

from helpers import new_instance
from taskform_server import REPO

DOCUMENTS = json.loads((REPO / "crates/engine/src/flow/check/tests/published.json").read_text("utf-8"))


def beginning(message):
    return message.split(" Path: ")[0]


def publish(connect, instance, case):
    """The problems that publishing answers; what is published is removed again."""
    request = {"InstanceId": instance.id, "Name": "Known", "Content": json.dumps(case["document"])}
    try:
        if case["type"] == "MODULE":
            contract = {"Settings": json.dumps(case["contract"])} if "contract" in case else {}
            made = connect.create_contact_flow_module(**request, **contract)["Id"]
            connect.delete_contact_flow_module(InstanceId=instance.id, ContactFlowModuleId=made)
        else:
            made = connect.create_contact_flow(**request, Type=case["type"])["ContactFlowId"]
            connect.delete_contact_flow(InstanceId=instance.id, ContactFlowId=made)
    except ClientError as error:
        module = case["type"] == "MODULE"
        assert error.response["Error"]["Code"] == f"InvalidContactFlow{'Module' if module else ''}Exception"
        return [problem["message"] for problem in error.response["Problems" if module else "problems"]]
    return []


@pytest.fixture(scope="module")
def judged(sqlite_server):
    """What each is answered, by its name; all at one instance, as they leave nothing behind."""
    connect = sqlite_server.client
    instance = new_instance(connect)
    return {case["name"]: publish(connect, instance, case) for case in DOCUMENTS}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in DOCUMENTS])
def test_flows_6_documents_with_known_verdicts(judged, case):
    found, wanted = judged[case["name"]], case["problems"]
    match case.get("compare", "texts"):
        case "texts":
            assert found == wanted
        case "beginnings":
            assert list(map(beginning, found)) == list(map(beginning, wanted))
        case "refusal":
            assert found
