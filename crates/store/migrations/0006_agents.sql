-- Agents: a row for each user, how agents spent their time, and the order of the tasks that wait for one.

-- What a user has in hand, all of it in body; the columns beside it are what routing and metrics look for. shard is derived from
-- the id by every change of the row, and looked at only where due_ms is set. idle_ms and inbound_ms, since when the agent
-- counts as idle by either timer, are null unless something may be offered; slots are judged by used, so that a changed
-- routing profile acts at once. present is 0 while the agent is offline without entries.
create table agent (
  instance_id TEXT not null,
  id TEXT not null,
  shard BIGINT not null,
  rev BIGINT not null,
  routing_profile_id TEXT not null,
  status_id TEXT not null,
  status_type TEXT not null,
  used BIGINT not null,
  present BIGINT not null,
  idle_ms BIGINT,
  inbound_ms BIGINT,
  due_ms BIGINT,
  body TEXT not null,
  primary key (instance_id, id)
);
create index agent_due on agent (shard, due_ms) where due_ms is not null;
create index agent_idle on agent (instance_id, routing_profile_id, used, idle_ms, id) where idle_ms is not null;
create index agent_inbound on agent (instance_id, routing_profile_id, used, inbound_ms, id) where inbound_ms is not null;
create index agent_present on agent (instance_id, id, status_type) where present = 1;
create index agent_profile on agent (instance_id, routing_profile_id, id);

-- How agents spent their time, in pieces that are over. None crosses a midnight of UTC, so those of a range end within a day
-- of it. n counts the pieces of one agent.
create table agent_interval (
  instance_id TEXT not null,
  end_ms BIGINT not null,
  user_id TEXT not null,
  n BIGINT not null,
  start_ms BIGINT not null,
  kind TEXT not null,
  state TEXT not null,
  status_id TEXT,
  routing_profile_id TEXT not null,
  hierarchy_path TEXT not null,
  contact_id TEXT,
  queue_id TEXT,
  outcome TEXT,
  primary key (instance_id, end_ms, user_id, n)
) CLUSTERED;

-- Where a task waits to be offered, null unless it does: its queue; its class, empty for a task of the usual workload type that
-- anybody of the queue may take; its place in the order: priority, time of entry less its adjustment, id.
alter table contact add column wait_queue TEXT;
alter table contact add column wait_class TEXT;
alter table contact add column wait_priority BIGINT;
alter table contact add column wait_ms BIGINT;
create index contact_wait on contact (instance_id, wait_queue, wait_class, wait_priority, wait_ms, id)
  where wait_queue is not null;
create index contact_wait_since on contact (instance_id, wait_queue, enqueued_ms) where wait_queue is not null;
-- What is offered has left the count of what waits, and stays in the queue's own.
drop index contact_queued;
create index contact_offered on contact (instance_id, queued_in) where queued_in is not null and wait_queue is null;
create index contact_agent on contact (instance_id, agent_id, id) where agent_id is not null and state <> 'COMPLETED';
-- Tasks are counted by state from these two alone.
drop index contact_due;
create index contact_due on contact (shard, due_ms, state) where due_ms is not null;
create index contact_undue on contact (shard, state) where due_ms is null and state <> 'COMPLETED';

-- What waits already. Which step of its routing criteria a task has come to depends on the time, so each with criteria is a class of
-- its own until it changes, and is due when its first step ends.
-- [sqlite]
update contact set wait_queue = queued_in,
  wait_class = case coalesce(body ->> '$.segment_attributes."connect:WorkloadType"',
      case when body ->> '$.external' then 'connect:ExternalTask' else 'connect:Task' end)
    when 'connect:Task' then ''
    else coalesce(body ->> '$.segment_attributes."connect:WorkloadType"', 'connect:ExternalTask') end
    || case when body ->> '$.routing.criteria' is null or body ->> '$.queue.queue.agent' then '' else '#' || id end,
  wait_priority = coalesce(body ->> '$.routing.priority', 5),
  wait_ms = enqueued_ms - 1000 * coalesce(body ->> '$.routing.age_adjustment_s', 0),
  due_ms = coalesce(min(due_ms, (body ->> '$.routing.criteria_active_ms') + 1000 *
    ((body ->> '$.routing.criteria') ->> '$.Steps[0].Expiry.DurationInSeconds')), due_ms)
where state = 'QUEUED' and queued_in is not null and enqueued_ms is not null;

-- Every user is offline since its creation, with the tasks in hand.
insert into agent (instance_id, id, shard, rev, routing_profile_id, status_id, status_type, used, present, body)
with held as (
  select c.instance_id, c.id,
    case c.state when 'OFFERED' then c.body ->> '$.offer.agent.id' else c.agent_id end as user_id,
    case c.state when 'OFFERED' then 'CONNECTING' when 'PAUSED' then 'PAUSED' when 'ACW' then 'ENDED'
      else 'CONNECTED' end as state,
    coalesce(case c.state
      when 'OFFERED' then c.body ->> '$.offer.offered_ms'
      when 'PAUSED' then c.body ->> '$.times.paused_ms'
      when 'ACW' then c.body ->> '$.agent.acw_start_ms'
      else max(c.body ->> '$.agent.connected_ms', coalesce(c.body ->> '$.times.resumed_ms', 0)) end,
      c.body ->> '$.times.updated_ms') as since_ms,
    coalesce(case c.state when 'OFFERED' then c.body ->> '$.offer.offered_ms' end,
      c.body ->> '$.agent.connected_ms', c.initiated_ms) as began_ms,
    case c.state when 'OFFERED' then null else c.body ->> '$.agent.connected_ms' end as connected_ms,
    case c.state when 'OFFERED' then c.body ->> '$.offer.until_ms' end as deadline_ms,
    c.body -> '$.queue.queue' as queue,
    c.initiation_method,
    coalesce(c.body ->> '$.segment_attributes."connect:WorkloadType"',
      case when c.body ->> '$.external' then 'connect:ExternalTask' else 'connect:Task' end) as workload_type,
    coalesce(c.body ->> '$.connection_attempts', 0) as attempt
  from contact c where c.state in ('OFFERED', 'CONNECTED', 'PAUSED', 'WRAP_UP', 'ACW')
), hand as (
  select instance_id, user_id, sum(state <> 'PAUSED') as used, max(began_ms) as began_ms, max(since_ms) as since_ms,
    json_group_array(json_object('contact_id', id, 'state', state, 'since_ms', since_ms, 'began_ms', began_ms,
      'connected_ms', connected_ms, 'queue', json(queue), 'initiation_method', initiation_method, 'channel', 'TASK',
      'workload_type', workload_type, 'attempt', attempt, 'deadline_ms', deadline_ms, 'booked_ms', since_ms)
      order by began_ms, id) as entries
  from held where user_id is not null group by instance_id, user_id
), offline as (
  select instance_id, min(id) as id from resource where kind = 'AGENT_STATUS' and subtype = 'OFFLINE'
  group by instance_id
)
select u.instance_id, u.id, 0, 0, coalesce(u.body ->> '$.RoutingProfileId', ''), coalesce(s.id, ''), 'OFFLINE',
  coalesce(h.used, 0), h.entries is not null,
  json_object('user_id', u.id, 'status', json_object('id', coalesce(s.id, ''), 'type', 'OFFLINE',
      'since_ms', u.created_ms, 'booked_ms', u.created_ms),
    'entries', json(coalesce(h.entries, '[]')), 'routing_profile_id', coalesce(u.body ->> '$.RoutingProfileId', ''),
    'last_began_ms', coalesce(h.began_ms, 0), 'updated_ms', max(u.created_ms, coalesce(h.since_ms, 0)), 'sequence', 0)
from resource u
left join offline s on s.instance_id = u.instance_id
left join hand h on h.instance_id = u.instance_id and h.user_id = u.id
where u.kind = 'USER';
-- [postgres]
update contact set wait_queue = queued_in,
  wait_class = case coalesce(body::json -> 'segment_attributes' ->> 'connect:WorkloadType',
      case when (body::json ->> 'external')::boolean then 'connect:ExternalTask' else 'connect:Task' end)
    when 'connect:Task' then ''
    else coalesce(body::json -> 'segment_attributes' ->> 'connect:WorkloadType', 'connect:ExternalTask') end
    || case when body::json #>> '{routing,criteria}' is null or (body::json #>> '{queue,queue,agent}')::boolean
      then '' else '#' || id end,
  wait_priority = coalesce((body::json #>> '{routing,priority}')::bigint, 5),
  wait_ms = enqueued_ms - 1000 * coalesce((body::json #>> '{routing,age_adjustment_s}')::bigint, 0),
  due_ms = least(due_ms, (body::json #>> '{routing,criteria_active_ms}')::bigint + 1000 *
    ((body::json #>> '{routing,criteria}')::json #>> '{Steps,0,Expiry,DurationInSeconds}')::bigint)
where state = 'QUEUED' and queued_in is not null and enqueued_ms is not null;

insert into agent (instance_id, id, shard, rev, routing_profile_id, status_id, status_type, used, present, body)
with held as (
  select c.instance_id, c.id,
    case c.state when 'OFFERED' then c.body::json #>> '{offer,agent,id}' else c.agent_id end as user_id,
    case c.state when 'OFFERED' then 'CONNECTING' when 'PAUSED' then 'PAUSED' when 'ACW' then 'ENDED'
      else 'CONNECTED' end as state,
    coalesce(case c.state
      when 'OFFERED' then (c.body::json #>> '{offer,offered_ms}')::bigint
      when 'PAUSED' then (c.body::json #>> '{times,paused_ms}')::bigint
      when 'ACW' then (c.body::json #>> '{agent,acw_start_ms}')::bigint
      else greatest((c.body::json #>> '{agent,connected_ms}')::bigint, (c.body::json #>> '{times,resumed_ms}')::bigint)
      end, (c.body::json #>> '{times,updated_ms}')::bigint) as since_ms,
    coalesce(case c.state when 'OFFERED' then (c.body::json #>> '{offer,offered_ms}')::bigint end,
      (c.body::json #>> '{agent,connected_ms}')::bigint, c.initiated_ms) as began_ms,
    case c.state when 'OFFERED' then null else (c.body::json #>> '{agent,connected_ms}')::bigint end as connected_ms,
    case c.state when 'OFFERED' then (c.body::json #>> '{offer,until_ms}')::bigint end as deadline_ms,
    c.body::json #> '{queue,queue}' as queue,
    c.initiation_method,
    coalesce(c.body::json -> 'segment_attributes' ->> 'connect:WorkloadType',
      case when (c.body::json ->> 'external')::boolean then 'connect:ExternalTask' else 'connect:Task' end)
      as workload_type,
    coalesce((c.body::json ->> 'connection_attempts')::bigint, 0) as attempt
  from contact c where c.state in ('OFFERED', 'CONNECTED', 'PAUSED', 'WRAP_UP', 'ACW')
), hand as (
  select instance_id, user_id, count(*) filter (where state <> 'PAUSED') as used, max(began_ms) as began_ms,
    max(since_ms) as since_ms,
    json_agg(json_build_object('contact_id', id, 'state', state, 'since_ms', since_ms, 'began_ms', began_ms,
      'connected_ms', connected_ms, 'queue', queue, 'initiation_method', initiation_method, 'channel', 'TASK',
      'workload_type', workload_type, 'attempt', attempt, 'deadline_ms', deadline_ms, 'booked_ms', since_ms)
      order by began_ms, id) as entries
  from held where user_id is not null group by instance_id, user_id
), offline as (
  select instance_id, min(id) as id from resource where kind = 'AGENT_STATUS' and subtype = 'OFFLINE'
  group by instance_id
)
select u.instance_id, u.id, 0, 0, coalesce(u.body::json ->> 'RoutingProfileId', ''), coalesce(s.id, ''), 'OFFLINE',
  coalesce(h.used, 0), case when h.user_id is null then 0 else 1 end,
  json_build_object('user_id', u.id, 'status', json_build_object('id', coalesce(s.id, ''), 'type', 'OFFLINE',
      'since_ms', u.created_ms, 'booked_ms', u.created_ms),
    'entries', coalesce(h.entries, '[]'::json), 'routing_profile_id', coalesce(u.body::json ->> 'RoutingProfileId', ''),
    'last_began_ms', coalesce(h.began_ms, 0), 'updated_ms', greatest(u.created_ms, h.since_ms), 'sequence', 0)::text
from resource u
left join offline s on s.instance_id = u.instance_id
left join hand h on h.instance_id = u.instance_id and h.user_id = u.id
where u.kind = 'USER';
