-- Tasks: their rows, the attributes of their chains, what is to be told to others, and who works on which part of them.

-- A task, all of it in body; the columns beside it are what is searched, ordered, unique or due. shard is derived from the
-- id. queued_in is the queue while the task waits in it. What a new task does not have (an agent, a queue) costs it no
-- entry in an index.
create table contact (
  instance_id TEXT not null,
  id TEXT not null,
  shard BIGINT not null,
  rev BIGINT not null,
  state TEXT not null,
  chain_id TEXT not null,
  association_id TEXT not null,
  previous_id TEXT,
  template_id TEXT,
  template_version BIGINT,
  name TEXT not null,
  initiation_method TEXT not null,
  queue_id TEXT,
  queued_in TEXT,
  agent_id TEXT,
  initiated_ms BIGINT not null,
  scheduled_ms BIGINT,
  connected_ms BIGINT,
  disconnected_ms BIGINT,
  enqueued_ms BIGINT,
  expires_ms BIGINT not null,
  due_ms BIGINT,
  body TEXT not null,
  primary key (instance_id, id)
);
create index contact_due on contact (shard, due_ms) where due_ms is not null;
create index contact_initiated on contact (instance_id, initiated_ms, id);
create index contact_scheduled on contact (instance_id, scheduled_ms, id) where scheduled_ms is not null;
create index contact_connected on contact (instance_id, connected_ms, id) where connected_ms is not null;
create index contact_disconnected on contact (instance_id, disconnected_ms, id) where disconnected_ms is not null;
create index contact_enqueued on contact (instance_id, enqueued_ms, id) where enqueued_ms is not null;
create index contact_queued on contact (instance_id, queued_in, enqueued_ms) where queued_in is not null;
create index contact_template on contact (instance_id, template_id, template_version) where template_id is not null;
-- The root of an association is found by its id.
create index contact_association on contact (instance_id, association_id, initiated_ms, id) where association_id <> id;

-- Attributes belong to all tasks of a chain; a chain without any has no row.
create table contact_attributes (
  instance_id TEXT not null,
  chain_id TEXT not null,
  rev BIGINT not null,
  body TEXT not null,
  primary key (instance_id, chain_id)
);

-- Deleted templates: tasks may still keep versions of them, whose keys need the creation time.
create table task_template_deleted (
  instance_id TEXT not null,
  template_id TEXT not null,
  created_ms BIGINT not null,
  primary key (instance_id, template_id)
) CLUSTERED;

-- What still has to be told to a sink. next_ms never falls from one row of a task to its next: nobody overtakes a row that
-- waits for another try. dead is 1 when tries were given up.
create table outbox (
  contact_id TEXT not null,
  sink TEXT not null,
  sequence BIGINT not null,
  instance_id TEXT not null,
  shard BIGINT not null,
  kind TEXT not null,
  body TEXT not null,
  created_ms BIGINT not null,
  attempts BIGINT not null,
  next_ms BIGINT not null,
  dead BIGINT not null,
  last_error TEXT,
  primary key (contact_id, sink, sequence)
);
create index outbox_due on outbox (sink, shard, next_ms, contact_id, sequence) where dead = 0;
create index outbox_dead on outbox (created_ms, sink, contact_id, sequence) where dead = 1;

-- Which process works on which part of the tasks, where several share a database.
create table shard_lease (
  shard BIGINT not null primary key,
  owner TEXT not null,
  until_ms BIGINT not null
) CLUSTERED;

create table process (
  id TEXT not null primary key,
  seen_ms BIGINT not null
) CLUSTERED;
