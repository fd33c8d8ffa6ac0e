// Flows are changed, frozen as versions and deleted, modules named by aliases, with @aws-sdk/client-connect (flows 1, 8).
// Aliases of flows are left to the other clients: this release of the SDK does not know them.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  CreateContactFlowCommand, CreateContactFlowModuleAliasCommand, CreateContactFlowModuleCommand, CreateContactFlowModuleVersionCommand,
  CreateContactFlowVersionCommand, DeleteContactFlowCommand, DeleteContactFlowModuleAliasCommand, DeleteContactFlowModuleVersionCommand,
  DeleteContactFlowVersionCommand, DescribeContactFlowCommand, DescribeContactFlowModuleAliasCommand, DescribeContactFlowModuleCommand,
  ListContactFlowModuleAliasesCommand, UpdateContactFlowContentCommand, UpdateContactFlowMetadataCommand, UpdateContactFlowModuleAliasCommand,
  UpdateContactFlowModuleContentCommand, UpdateContactFlowNameCommand, paginateListContactFlowVersions,
} from "@aws-sdk/client-connect";
import { client, flowDocument, moduleDocument, newInstance, startServer } from "../lib/server.mjs";

let server, connect;
before(async () => {
  server = await startServer({});
  connect = client(server.url);
});
after(() => server?.stop());

const send = async (command) => {
  const { $metadata, ...rest } = await connect.send(command);
  assert.equal($metadata.httpStatusCode, 200);
  return rest;
};

async function newFlow() {
  const instance = await newInstance(connect);
  const made = await send(new CreateContactFlowCommand({ InstanceId: instance.id, Name: "Flow", Type: "CONTACT_FLOW", Content: flowDocument }));
  return { InstanceId: instance.id, ContactFlowId: made.ContactFlowId };
}

const described = async (ids, qualifier = "") =>
  (await send(new DescribeContactFlowCommand({ ...ids, ContactFlowId: ids.ContactFlowId + qualifier }))).ContactFlow;

test("f1_4 and f1_2 a flow is changed and deleted", async () => {
  const ids = await newFlow();
  const second = flowDocument + "\n";
  assert.deepEqual(await send(new UpdateContactFlowContentCommand({ ...ids, Content: second })), {});
  await send(new UpdateContactFlowContentCommand({ ...ids, ContactFlowId: ids.ContactFlowId + ":$SAVED", Content: "draft" }));
  assert.equal((await described(ids)).Content, second);
  assert.equal((await described(ids, ":$SAVED")).Content, "draft");
  await send(new UpdateContactFlowMetadataCommand({ ...ids, Description: "d", ContactFlowState: "ARCHIVED" }));
  await send(new UpdateContactFlowNameCommand({ ...ids, Name: "Näme" }));
  const { Name, Description, State, LastModifiedTime } = await described(ids);
  assert.deepEqual([Name, Description, State], ["Näme", "d", "ARCHIVED"]);
  assert.ok(LastModifiedTime instanceof Date);
  await assert.rejects(send(new UpdateContactFlowContentCommand({ ...ids, Content: "{}" })), (error) => {
    assert.equal(error.name, "InvalidContactFlowException");
    assert.ok(error.problems[0].message);
    return true;
  });
  await send(new DeleteContactFlowCommand(ids));
  await assert.rejects(described(ids), { name: "ResourceNotFoundException" });
});

test("f1_9 versions of a flow", async () => {
  const ids = await newFlow();
  const versions = [];
  for (let n = 1; n <= 3; n += 1) {
    versions.push((await send(new CreateContactFlowVersionCommand({ ...ids, Description: `v${n}` }))).Version);
  }
  assert.deepEqual(versions, [1, 2, 3]);
  const { Version, VersionDescription } = await described(ids, ":2");
  assert.deepEqual([Version, VersionDescription], [2, "v2"]);
  await send(new DeleteContactFlowVersionCommand({ ...ids, ContactFlowVersion: 2 }));
  await assert.rejects(described(ids, ":2"), { name: "ResourceNotFoundException" });
  const left = [];
  for await (const page of paginateListContactFlowVersions({ client: connect, pageSize: 1 }, ids)) {
    left.push(...page.ContactFlowVersionSummaryList);
  }
  assert.deepEqual(left.map((version) => version.Version), [1, 3]);
  assert.ok(left[0].Arn.endsWith(`${ids.ContactFlowId}:1`));
});

test("f8_11 aliases of a module", async () => {
  const instance = await newInstance(connect);
  const made = await send(new CreateContactFlowModuleCommand({ InstanceId: instance.id, Name: "M", Content: moduleDocument, Settings: "{}" }));
  const ids = { InstanceId: instance.id, ContactFlowModuleId: made.Id };
  await send(new CreateContactFlowModuleVersionCommand(ids));
  await send(new UpdateContactFlowModuleContentCommand({ ...ids, Content: `${moduleDocument}\n` }));
  await send(new CreateContactFlowModuleVersionCommand(ids));
  const { Id } = await send(new CreateContactFlowModuleAliasCommand({ ...ids, AliasName: "live", ContactFlowModuleVersion: 1 }));
  const shown = async () => (await send(new DescribeContactFlowModuleCommand({ ...ids, ContactFlowModuleId: `${made.Id}:${Id}` }))).ContactFlowModule;
  assert.equal((await shown()).Content, moduleDocument);
  await send(new UpdateContactFlowModuleAliasCommand({ ...ids, AliasId: Id, ContactFlowModuleVersion: 2 }));
  assert.equal((await shown()).Content, `${moduleDocument}\n`);
  const { ContactFlowModuleAlias } = await send(new DescribeContactFlowModuleAliasCommand({ ...ids, AliasId: Id }));
  assert.deepEqual([ContactFlowModuleAlias.Name, ContactFlowModuleAlias.Version], ["live", 2]);
  assert.ok(ContactFlowModuleAlias.LastModifiedTime instanceof Date);
  const { ContactFlowModuleAliasSummaryList } = await send(new ListContactFlowModuleAliasesCommand(ids));
  assert.deepEqual(ContactFlowModuleAliasSummaryList.map((alias) => alias.AliasId), [Id]);
  const second = new DeleteContactFlowModuleVersionCommand({ ...ids, ContactFlowModuleVersion: 2 });
  await assert.rejects(send(second), { name: "InvalidRequestException" });
  await send(new DeleteContactFlowModuleAliasCommand({ ...ids, AliasId: Id }));
  await send(second);
});
