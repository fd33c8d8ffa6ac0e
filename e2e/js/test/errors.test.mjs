// Typed exceptions, their lists, and the requests that only this client sends.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  ContactFlowNotPublishedException, CreateContactFlowCommand, CreateQuickConnectCommand, CreateTaskTemplateCommand,
  DeleteInstanceCommand, DeleteTaskTemplateCommand, DescribeContactFlowCommand, DuplicateResourceException, GetTaskTemplateCommand,
  InvalidContactFlowException, InvalidParameterException, InvalidRequestException, LimitExceededException,
  ListInstancesCommand, ListPhoneNumbersV2Command, ListTaskTemplatesCommand, PropertyValidationException, ResourceNotFoundException,
  ServiceQuotaExceededException, TagResourceCommand, ThrottlingException, UntagResourceCommand,
  UpdateTaskTemplateCommand,
} from "@aws-sdk/client-connect";
import { client, devInstance, flowDocument, newInstance, randomUUID, small, startServer } from "../lib/server.mjs";

let server, connect, instance;
before(async () => {
  server = await startServer({ LIMITS_TASK_TEMPLATES_PER_INSTANCE: 1, LIMITS_CONTACT_FLOWS_PER_INSTANCE: 11 });
  connect = client(server.url);
  instance = await newInstance(connect);
});
after(() => server?.stop());

async function refused(kind, status, command, from = connect) {
  try {
    await from.send(command);
  } catch (error) {
    assert.ok(error instanceof kind, `${error.name}: ${error.message}`);
    assert.equal(error.name, kind.name);
    assert.deepEqual([error.$metadata.httpStatusCode, error.$metadata.attempts], [status, 1]);
    assert.equal(error.$fault, status < 500 ? "client" : "server");
    assert.match(error.$metadata.requestId, /^[0-9a-f-]{36}$/);
    assert.ok(typeof error.message === "string" && error.message.trim() && error.message !== "UnknownError");
    return error;
  }
  assert.fail(`no ${kind.name}`);
}

const listed = (error) =>
  error.PropertyList.map((one) => {
    assert.deepEqual(Object.keys(one).sort(), ["Message", "PropertyPath", "Reason"]);
    assert.ok(error.message.includes(`${one.PropertyPath}: ${one.Message.replace(/\.$/, "")}`), error.message);
    return `${one.PropertyPath} ${one.Reason}`;
  });

test("case_c8 PropertyValidationException with its list", async () => {
  const request = small(instance, "x".repeat(101), { Status: "active" });
  const error = await refused(PropertyValidationException, 400, new CreateTaskTemplateCommand(request));
  assert.deepEqual(listed(error), ["Name INVALID_FORMAT", "Status INVALID_FORMAT"]);
});

test("case_c3 create without Name, which this client does not check", async () => {
  const { Name, ...request } = small(instance, "");
  const error = await refused(PropertyValidationException, 400, new CreateTaskTemplateCommand(request));
  assert.deepEqual(listed(error), ["Name REQUIRED_PROPERTY_MISSING"]);
  const empty = await refused(PropertyValidationException, 400, new CreateTaskTemplateCommand({ InstanceId: instance.id }));
  assert.deepEqual(listed(empty), ["Name", "Constraints", "Fields"].map((path) => `${path} REQUIRED_PROPERTY_MISSING`));
});

test("r7_1 the request of cli#9989 names each missing part", async () => {
  const error = await refused(PropertyValidationException, 400, new CreateTaskTemplateCommand({
    InstanceId: instance.id, Name: "Simple", Fields: [{ Id: { Name: "Task name" }, Type: "NAME" }],
  }));
  assert.deepEqual(listed(error), ["ContactFlowId REQUIRED_PROPERTY_MISSING", "Constraints REQUIRED_PROPERTY_MISSING"]);
});

test("case_c2 an empty id is no list", async () => {
  await refused(InvalidParameterException, 400, new GetTaskTemplateCommand({ InstanceId: instance.id, TaskTemplateId: "" }));
  await refused(InvalidParameterException, 400, new DeleteTaskTemplateCommand({ InstanceId: instance.id, TaskTemplateId: "" }));
  await refused(InvalidParameterException, 400, new ListTaskTemplatesCommand({ InstanceId: "" }));
  await refused(InvalidParameterException, 400, new UpdateTaskTemplateCommand({ ...small(instance, "x"), InstanceId: "", TaskTemplateId: "x" }));
});

test("case_c4 tags that are none", async () => {
  await refused(InvalidParameterException, 400, new UntagResourceCommand({ resourceArn: instance.arn, tagKeys: [] }));
  await refused(InvalidParameterException, 400, new UntagResourceCommand({ resourceArn: instance.arn }));
  await refused(InvalidParameterException, 400, new TagResourceCommand({ resourceArn: instance.arn, tags: {} }));
  await refused(InvalidParameterException, 400, new TagResourceCommand({ resourceArn: instance.arn }));
});

test("w1_4_6 unchecked queries", async () => {
  for (const query of [{ MaxResults: 0 }, { MaxResults: 101 }, { Status: "NOPE" }, { Name: "" }, { NextToken: "x" }]) {
    const error = await refused(InvalidParameterException, 400, new ListTaskTemplatesCommand({ InstanceId: instance.id, ...query }));
    assert.ok(error.message.includes(Object.keys(query)[0]), error.message);
  }
  await refused(InvalidRequestException, 400, new ListInstancesCommand({ MaxResults: 11 }));
});

test("case_c1 and r1_2_5 hostile and unknown ids", async () => {
  for (const id of [randomUUID(), "a b/../c~é%2F+(x)!*'"]) {
    await refused(ResourceNotFoundException, 404, new GetTaskTemplateCommand({ InstanceId: instance.id, TaskTemplateId: id }));
  }
  await refused(ResourceNotFoundException, 404, new DeleteInstanceCommand({ InstanceId: randomUUID() }));
});

test("quotas, duplicates, and flows that are none", async () => {
  const own = await newInstance(connect);
  await connect.send(new CreateTaskTemplateCommand(small(own, "only one")));
  const error = await refused(ServiceQuotaExceededException, 402, new CreateTaskTemplateCommand(small(own, "second")));
  assert.equal(error.Reason, undefined);
  const flow = (Name, more) => new CreateContactFlowCommand({ InstanceId: own.id, Name, Type: "CONTACT_FLOW", Content: flowDocument, ...more });
  const draft = await connect.send(flow("Draft", { Status: "SAVED" }));
  await refused(ContactFlowNotPublishedException, 404, new DescribeContactFlowCommand({ InstanceId: own.id, ContactFlowId: draft.ContactFlowId }));
  await refused(DuplicateResourceException, 409, flow("Draft"));
  const bad = await refused(InvalidContactFlowException, 400, flow("Bad", { Content: "{" }));
  assert.equal(bad.problems.length, 1);
  assert.ok(bad.problems[0].message);
  await connect.send(flow("The eleventh"));
  await refused(LimitExceededException, 429, flow("The twelfth"));
  const phone = { InstanceId: own.id, Name: "Q", QuickConnectConfig: { QuickConnectType: "PHONE_NUMBER" } };
  await refused(InvalidRequestException, 400, new CreateQuickConnectCommand(phone));
});

test("r4_3 the 51st tag", async () => {
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`k${n}`, ""]));
  await connect.send(new TagResourceCommand({ resourceArn: instance.arn, tags }));
  await refused(InvalidRequestException, 400, new TagResourceCommand({ resourceArn: instance.arn, tags: { more: "" } }));
});

test("case_c14 a body over the cap shows its name, no SyntaxError", async () => {
  const request = new CreateTaskTemplateCommand({ ...small(instance, "x"), Description: "d".repeat(11 * 1024 * 1024) });
  await assert.rejects(connect.send(request), (error) => {
    assert.equal(error.name, "RequestEntityTooLargeException");
    assert.equal(error.$metadata.httpStatusCode, 413);
    return true;
  });
});

test("3_2 wrong keys", async () => {
  const wrong = (credentials) => client(server.url, { credentials }).send(new ListTaskTemplatesCommand({ InstanceId: devInstance }));
  await assert.rejects(wrong({ accessKeyId: "test", secretAccessKey: "wrong" }), { name: "InvalidSignatureException" });
  await assert.rejects(wrong({ accessKeyId: "AKIDOTHER", secretAccessKey: "test" }), { name: "UnrecognizedClientException" });
  await assert.rejects(wrong({ accessKeyId: "test", secretAccessKey: "test", sessionToken: "T/+=" }), { name: "UnrecognizedClientException" });
});

test("an operation without behaviour says so by name", async () => {
  await assert.rejects(connect.send(new ListPhoneNumbersV2Command({})), (error) => {
    assert.ok(error.message.includes("ListPhoneNumbersV2"), error.message);
    return true;
  });
});

test("w8_2 a base path, also with the slash that this client doubles", async () => {
  const based = await startServer({ HTTP_BASE_PATH: "/base" });
  try {
    const root = based.url.replace(/\/base$/, "");
    for (const url of [`${root}/base`, `${root}/base/`]) {
      const answer = await client(url).send(new ListTaskTemplatesCommand({ InstanceId: devInstance }));
      assert.deepEqual(answer.TaskTemplates, []);
    }
  } finally {
    await based.stop();
  }
});

test("r1_9_1 ThrottlingException of the server", async () => {
  const strict = await startServer({ THROTTLE_RATE: 0.01, THROTTLE_BURST: 1 });
  try {
    const one = client(strict.url);
    const command = () => new ListTaskTemplatesCommand({ InstanceId: devInstance });
    await one.send(command());
    const error = await refused(ThrottlingException, 429, command(), one);
    assert.equal(error.message, "Rate exceeded");
  } finally {
    await strict.stop();
  }
});
