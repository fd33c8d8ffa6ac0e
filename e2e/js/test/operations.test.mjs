// Every operation with @aws-sdk/client-connect: inputs, outputs, times, paginators.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import {
  CreateContactFlowCommand, CreateContactFlowModuleCommand, CreateInstanceCommand, CreateQuickConnectCommand, CreateTaskTemplateCommand, DeleteInstanceCommand,
  DeleteTaskTemplateCommand, DescribeContactFlowCommand, DescribeContactFlowModuleCommand, DescribeInstanceCommand, DescribeQuickConnectCommand,
  GetTaskTemplateCommand, ListContactFlowModulesCommand, ListContactFlowsCommand, ListInstancesCommand, ListQuickConnectsCommand,
  ListTagsForResourceCommand, ListTaskTemplatesCommand, TagResourceCommand, UntagResourceCommand, UpdateTaskTemplateCommand,
  paginateListContactFlows, paginateListInstances, paginateListQuickConnects, paginateListTaskTemplates,
} from "@aws-sdk/client-connect";
import { client, devInstance, flowDocument, moduleDocument, newInstance, randomUUID, small, startServer } from "../lib/server.mjs";

let server, connect;
before(async () => {
  server = await startServer({ LIMITS_TASK_TEMPLATES_PER_INSTANCE: 0 });
  connect = client(server.url);
});
after(() => server?.stop());

const content = (answer) => {
  const { $metadata, ...rest } = answer;
  assert.equal($metadata.httpStatusCode, 200);
  assert.match($metadata.requestId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  return rest;
};
const send = async (command) => content(await connect.send(command));

const allTypes = [
  "BOOLEAN", "DATE_TIME", "DESCRIPTION", "EMAIL", "EXPIRY_DURATION", "NAME", "NUMBER", "QUICK_CONNECT", "SCHEDULED_TIME",
  "SELF_ASSIGN", "SINGLE_SELECT", "TEXT", "TEXT_AREA", "URL",
];

test("r1_2_2 a template with all fourteen types reads back exactly, case_c7 with times", async () => {
  const instance = await newInstance(connect);
  // ContactHooks is left to the other clients: this release of the SDK does not know it.
  const request = small(instance, "Everything", {
    Description: "d",
    SelfAssignFlowId: instance.agentTransfer,
    Fields: allTypes.map((Type) => ({ Id: { Name: `F ${Type}` }, Type, ...(Type === "SINGLE_SELECT" ? { SingleSelectOptions: ["B", "A"] } : {}) })),
    Constraints: {
      RequiredFields: [{ Id: { Name: "F NAME" } }],
      ReadOnlyFields: [{ Id: { Name: "F SINGLE_SELECT" } }],
      InvisibleFields: [{ Id: { Name: "F TEXT" } }],
    },
    Defaults: { DefaultFieldValues: [{ Id: { Name: "F SINGLE_SELECT" }, DefaultValue: "A" }] },
  });
  const start = Date.now() - 1000;
  const made = await send(new CreateTaskTemplateCommand(request));
  assert.equal(made.Arn, `${instance.arn}/task-template/${made.Id}`);
  await send(new TagResourceCommand({ resourceArn: made.Arn, tags: { team: "x" } }));
  const { CreatedTime, LastModifiedTime, ...found } = await send(new GetTaskTemplateCommand({ InstanceId: instance.id, TaskTemplateId: made.Id }));
  assert.deepEqual(found, { ...request, ...made, Tags: { team: "x" } });
  assert.ok(CreatedTime instanceof Date && LastModifiedTime instanceof Date);
  assert.equal(CreatedTime.getTime(), LastModifiedTime.getTime());
  assert.ok(CreatedTime.getTime() >= start && CreatedTime.getTime() <= Date.now() + 1000);
});

test("r1_4 update replaces, r3_3 versions stay, r1_5 delete is final", async () => {
  const instance = await newInstance(connect);
  const first = small(instance, "First", { Description: "one" });
  const made = await send(new CreateTaskTemplateCommand(first));
  const ids = { InstanceId: instance.id, TaskTemplateId: made.Id };
  const one = await send(new GetTaskTemplateCommand(ids));
  const updated = await send(new UpdateTaskTemplateCommand({ ...small(instance, "Second", { Status: "INACTIVE" }), ...ids }));
  assert.deepEqual([updated.Name, updated.Status, updated.Description], ["Second", "INACTIVE", undefined]);
  assert.ok(updated.LastModifiedTime > one.LastModifiedTime);
  assert.deepEqual(await send(new GetTaskTemplateCommand({ ...ids, SnapshotVersion: "1" })), one);
  assert.deepEqual(await send(new GetTaskTemplateCommand({ ...ids, SnapshotVersion: "2" })), updated);
  assert.deepEqual(await send(new DeleteTaskTemplateCommand(ids)), {});
  assert.deepEqual(await send(new ListTaskTemplatesCommand({ InstanceId: instance.id })), { TaskTemplates: [] });
});

test("case_c5 tags", async () => {
  const instance = await newInstance(connect);
  const tags = { "k/é+:=@": "", team: "A B" };
  for (const arn of [(await send(new CreateTaskTemplateCommand(small(instance, "T")))).Arn, instance.arn]) {
    assert.deepEqual(await send(new ListTagsForResourceCommand({ resourceArn: arn })), { tags: {} });
    assert.deepEqual(await send(new TagResourceCommand({ resourceArn: arn, tags })), {});
    assert.deepEqual(await send(new ListTagsForResourceCommand({ resourceArn: arn })), { tags });
    assert.deepEqual(await send(new UntagResourceCommand({ resourceArn: arn, tagKeys: ["k/é+:=@", "absent"] })), {});
    assert.deepEqual(await send(new ListTagsForResourceCommand({ resourceArn: arn })), { tags: { team: "A B" } });
  }
});

test("instances", async () => {
  const made = await send(new CreateInstanceCommand({
    IdentityManagementType: "SAML", InstanceAlias: `js-${randomUUID().slice(0, 8)}`, InboundCallsEnabled: false,
    OutboundCallsEnabled: true, Tags: { a: "b" }, ClientToken: randomUUID(),
  }));
  const { Instance } = await send(new DescribeInstanceCommand({ InstanceId: made.Id }));
  assert.equal(Instance.Arn, made.Arn);
  assert.deepEqual(
    [Instance.IdentityManagementType, Instance.InboundCallsEnabled, Instance.OutboundCallsEnabled, Instance.InstanceStatus, Instance.Tags],
    ["SAML", false, true, "ACTIVE", { a: "b" }]);
  assert.ok(Instance.CreatedTime instanceof Date);
  const listed = [];
  for await (const page of paginateListInstances({ client: connect, pageSize: 2 }, {})) {
    assert.ok(page.InstanceSummaryList.length <= 2);
    listed.push(...page.InstanceSummaryList.map((one) => one.Id));
  }
  assert.equal(new Set(listed).size, listed.length);
  assert.ok(listed.includes(made.Id) && listed.includes(devInstance));
  assert.ok((await send(new ListInstancesCommand({}))).InstanceSummaryList.length >= 2);
  assert.deepEqual(await send(new DeleteInstanceCommand({ InstanceId: made.Id, ClientToken: randomUUID() })), {});
  await assert.rejects(connect.send(new DescribeInstanceCommand({ InstanceId: made.Id })), { name: "ResourceNotFoundException" });
});

test("flows", async () => {
  const instance = await newInstance(connect);
  const made = await send(new CreateContactFlowCommand({
    InstanceId: instance.id, Name: "Flow", Type: "CONTACT_FLOW", Content: flowDocument, Description: "d", Tags: { k: "v" },
  }));
  assert.equal(made.FlowContentSha256, createHash("sha256").update(flowDocument).digest("hex"));
  const { ContactFlow } = await send(new DescribeContactFlowCommand({ InstanceId: instance.id, ContactFlowId: made.ContactFlowId }));
  assert.equal(ContactFlow.Content, flowDocument);
  assert.deepEqual(
    [ContactFlow.Name, ContactFlow.Type, ContactFlow.Status, ContactFlow.State, ContactFlow.Description, ContactFlow.Tags],
    ["Flow", "CONTACT_FLOW", "PUBLISHED", "ACTIVE", "d", { k: "v" }]);
  const listed = [];
  for await (const page of paginateListContactFlows({ client: connect, pageSize: 4 }, { InstanceId: instance.id })) {
    listed.push(...page.ContactFlowSummaryList.map((one) => one.Id));
  }
  assert.equal(listed.length, 10);
  assert.equal(listed.at(-1), made.ContactFlowId);
  const filtered = await send(new ListContactFlowsCommand({ InstanceId: instance.id, ContactFlowTypes: ["CONTACT_FLOW", "AGENT_HOLD"] }));
  assert.equal(filtered.ContactFlowSummaryList.length, 3);
});

test("flow modules", async () => {
  const instance = await newInstance(connect);
  const made = await send(new CreateContactFlowModuleCommand({ InstanceId: instance.id, Name: "M", Content: moduleDocument, Settings: "{}" }));
  const ids = { InstanceId: instance.id, ContactFlowModuleId: made.Id };
  const { ContactFlowModule } = await send(new DescribeContactFlowModuleCommand(ids));
  assert.deepEqual(
    [ContactFlowModule.Arn, ContactFlowModule.Content, ContactFlowModule.Status, ContactFlowModule.Settings],
    [made.Arn, moduleDocument, "PUBLISHED", "{}"]);
  const listed = await send(new ListContactFlowModulesCommand({ InstanceId: instance.id, ContactFlowModuleState: "ACTIVE" }));
  assert.deepEqual(listed.ContactFlowModulesSummaryList, [{ Id: made.Id, Arn: made.Arn, Name: "M", State: "ACTIVE" }]);
});

test("quick connects", async () => {
  const instance = await newInstance(connect);
  const configs = [
    { QuickConnectType: "PHONE_NUMBER", PhoneConfig: { PhoneNumber: "+12065550100" } },
    { QuickConnectType: "FLOW", FlowConfig: { ContactFlowId: instance.flow } },
  ];
  for (const [n, QuickConnectConfig] of configs.entries()) {
    const made = await send(new CreateQuickConnectCommand({ InstanceId: instance.id, Name: `Q${n}`, QuickConnectConfig }));
    const { QuickConnect } = await send(new DescribeQuickConnectCommand({ InstanceId: instance.id, QuickConnectId: made.QuickConnectId }));
    assert.deepEqual(QuickConnect.QuickConnectConfig, QuickConnectConfig);
    assert.equal(QuickConnect.QuickConnectARN, made.QuickConnectARN);
    assert.ok(QuickConnect.LastModifiedTime instanceof Date);
  }
  const names = [];
  for await (const page of paginateListQuickConnects({ client: connect, pageSize: 1 }, { InstanceId: instance.id })) {
    names.push(...page.QuickConnectSummaryList.map((one) => one.Name));
  }
  assert.deepEqual(names, ["Q0", "Q1"]);
  const flows = await send(new ListQuickConnectsCommand({ InstanceId: instance.id, QuickConnectTypes: ["FLOW"] }));
  assert.deepEqual(flows.QuickConnectSummaryList.map((one) => one.Name), ["Q1"]);
});

test("case_c13 250 templates in three pages", async () => {
  const instance = await newInstance(connect);
  const made = [];
  for (let n = 0; n < 250; n++) made.push((await send(new CreateTaskTemplateCommand(small(instance, `T${n}`)))).Id);
  const pages = [];
  for await (const page of paginateListTaskTemplates({ client: connect, pageSize: 100 }, { InstanceId: instance.id })) pages.push(page);
  assert.deepEqual(pages.map((page) => page.TaskTemplates.length), [100, 100, 50]);
  assert.deepEqual(pages.map((page) => "NextToken" in page && page.NextToken !== undefined), [true, true, false]);
  assert.deepEqual(pages.flatMap((page) => page.TaskTemplates.map((one) => one.Id)), made);
  const filtered = await send(new ListTaskTemplatesCommand({ InstanceId: instance.id, Name: "T7", Status: "ACTIVE", MaxResults: 1 }));
  assert.deepEqual(filtered.TaskTemplates.map((one) => one.Id), [made[7]]);
  assert.equal(filtered.NextToken, undefined);
});
