// Starts the server under test: the program named by TASKFORM_BIN, else target/debug/taskform of this tree.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomUUID } from "node:crypto";
import { ConnectClient, CreateInstanceCommand, ListContactFlowsCommand } from "@aws-sdk/client-connect";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const ready = "taskform ready on ";

// Nothing of the person who runs the tests may reach a client or the server.
export function cleanEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_") && !name.startsWith("TASKFORM_"));
  return { ...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: "true", AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
}

const binary = process.env.TASKFORM_BIN || join(repository, "target", "debug", "taskform");
const cleaned = cleanEnvironment();
for (const name of Object.keys(process.env)) if (!(name in cleaned)) delete process.env[name];
Object.assign(process.env, cleaned);

export const devInstance = "11111111-1111-4111-8111-111111111111";

/** Starts a server on a free port; `settings` are TASKFORM_… variables without that prefix. */
export async function startServer(settings = {}) {
  const given = Object.entries({ LIMITS_INSTANCES: 0, ...settings }).map(([name, value]) => [`TASKFORM_${name}`, String(value)]);
  const child = spawn(binary, ["serve", "--dev", "--ephemeral", "--listen", "127.0.0.1:0"], {
    env: { ...cleaned, ...Object.fromEntries(given) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = [];
  child.stderr.on("data", (chunk) => log.push(chunk));
  const ended = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      log.push(`${line}\n`);
      if (line.startsWith(ready)) resolve(line.slice(ready.length).split(" ")[0].replace(/\/$/, ""));
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}:\n${log.join("")}`)), reject);
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, stop };
}

/** A stock client; without `maxAttempts` it tries once, so that no failure is hidden. */
export function client(url, config = {}) {
  return new ConnectClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    ...config,
  });
}

/** A fresh instance and the flows that tests point at. */
export async function newInstance(connect) {
  const made = await connect.send(
    new CreateInstanceCommand({ IdentityManagementType: "CONNECT_MANAGED", InboundCallsEnabled: true, OutboundCallsEnabled: false }),
  );
  const { ContactFlowSummaryList } = await connect.send(new ListContactFlowsCommand({ InstanceId: made.Id }));
  const flow = (name) => ContactFlowSummaryList.find((one) => one.Name === name).Id;
  return { id: made.Id, arn: made.Arn, flow: flow("Sample task flow"), agentTransfer: flow("Default agent transfer") };
}

/** The smallest template the service takes. */
export function small(instance, name, more = {}) {
  return {
    InstanceId: instance.id,
    Name: name,
    ContactFlowId: instance.flow,
    Status: "ACTIVE",
    Fields: [{ Id: { Name: "Task name" }, Type: "NAME" }],
    Constraints: { RequiredFields: [{ Id: { Name: "Task name" } }] },
    ...more,
  };
}

export const flowDocument =
  '{"Version": "2019-10-30",\n "StartAction":"end", "Metadata":{"note":"é 🚀 \\u00e9"},\t"Actions":[' +
  '{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}';

export const moduleDocument =
  '{"Version": "2019-10-30", "StartAction":"end",\n"Settings":{"InputParameters":[],"OutputParameters":[],"Transitions":[]},' +
  '"Actions":[{"Identifier":"end","Type":"EndFlowModuleExecution","Parameters":{},"Transitions":{}}]}';

export { randomUUID };
