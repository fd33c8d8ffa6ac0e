// The JavaScript side of e2e/python/test_cross_clients.py: node peer.mjs ENDPOINT VERB ARGUMENTS-AS-JSON

import {
  CreateTaskTemplateCommand, GetTaskTemplateCommand, ListTagsForResourceCommand, TagResourceCommand, UntagResourceCommand,
} from "@aws-sdk/client-connect";
import { client } from "./lib/server.mjs";

const [url, verb, text] = process.argv.slice(2);
const given = JSON.parse(text);
const connect = client(url);
const get = () => connect.send(new GetTaskTemplateCommand({ InstanceId: given.instance, TaskTemplateId: given.template }));

const verbs = {
  create: async () => ({ Id: (await connect.send(new CreateTaskTemplateCommand(given.request))).Id }),
  get: async () => {
    const found = await get();
    return { Name: found.Name, Created: found.CreatedTime.getTime() / 1000 };
  },
  tag: async () => {
    await connect.send(new TagResourceCommand({ resourceArn: given.arn, tags: given.tags }));
    return {};
  },
  untag: async () => {
    await connect.send(new UntagResourceCommand({ resourceArn: given.arn, tagKeys: given.keys }));
    return {};
  },
  tags: async () => (await connect.send(new ListTagsForResourceCommand({ resourceArn: given.arn }))).tags,
  refuse: async () => get().then(() => ({}), (error) => ({ Name: error.name })),
};
console.log(JSON.stringify(await verbs[verb]()));
