-- Which resource names which: in what role, and with what data. slot tells links of one role apart and is empty where there
-- can be one only; position is the order in which they were made. on_delete says what happens when the target is to be
-- deleted: REFUSE it, DROP the link, or KEEP the link as it is.
create table resource_link (
  instance_id TEXT not null,
  kind TEXT not null,
  id TEXT not null,
  role TEXT not null,
  slot TEXT not null,
  position BIGINT not null,
  to_kind TEXT not null,
  to_id TEXT not null,
  on_delete TEXT not null,
  body TEXT not null,
  primary key (instance_id, kind, id, role, slot)
) CLUSTERED;
create index resource_link_order on resource_link (instance_id, kind, id, role, position);
create index resource_link_target on resource_link (instance_id, to_kind, to_id, on_delete, kind, id);

-- The queue of a user was kept as agent/USER among the queues, under a name that no client can write.
update resource set kind = 'AGENT_QUEUE', id = substr(id, 7), name = substr(id, 7)
  where kind = 'QUEUE' and subtype = 'AGENT';

-- The links of what is there. An id that was given as an ARN is its last part.
-- [sqlite]
insert into resource_link
  select instance_id, kind, id, 'HOURS_OF_OPERATION', '', 0, 'HOURS_OF_OPERATION', body ->> '$.HoursOfOperationId',
    'REFUSE', ''
  from resource where kind = 'QUEUE' and body ->> '$.HoursOfOperationId' is not null;
insert into resource_link
  select instance_id, kind, id, 'OUTBOUND_FLOW', '', 0, 'CONTACT_FLOW', flow, 'KEEP', ''
  from (select instance_id, kind, id,
      replace(body ->> '$.OutboundCallerConfig.OutboundFlowId',
        rtrim(body ->> '$.OutboundCallerConfig.OutboundFlowId',
          replace(body ->> '$.OutboundCallerConfig.OutboundFlowId', '/', '')), '') as flow
    from resource where kind = 'QUEUE') as queue
  where flow is not null and flow <> '';
insert into resource_link
  select r.instance_id, r.kind, r.id, 'QUICK_CONNECT', e.value, e.key, 'QUICK_CONNECT', e.value, 'DROP', ''
  from resource r, json_each(r.body, '$.QuickConnectIds') e where r.kind = 'QUEUE'
  on conflict (instance_id, kind, id, role, slot) do nothing;
insert into resource_link
  select instance_id, kind, id, 'ROUTING_PROFILE', '', 0, 'ROUTING_PROFILE', body ->> '$.RoutingProfileId', 'REFUSE', ''
  from resource where kind = 'USER' and body ->> '$.RoutingProfileId' is not null;
insert into resource_link
  select r.instance_id, r.kind, r.id, 'SECURITY_PROFILE', e.value, e.key, 'SECURITY_PROFILE', e.value, 'REFUSE', ''
  from resource r, json_each(r.body, '$.SecurityProfileIds') e where r.kind = 'USER'
  on conflict (instance_id, kind, id, role, slot) do nothing;
insert into resource_link
  select instance_id, kind, id, 'USER', '', 0, 'USER', body ->> '$.QuickConnectConfig.UserConfig.UserId', 'KEEP', ''
  from resource where kind = 'QUICK_CONNECT' and body ->> '$.QuickConnectConfig.UserConfig.UserId' is not null;
insert into resource_link
  select instance_id, kind, id, 'QUEUE', '', 0, 'QUEUE', body ->> '$.QuickConnectConfig.QueueConfig.QueueId', 'REFUSE', ''
  from resource where kind = 'QUICK_CONNECT' and body ->> '$.QuickConnectConfig.QueueConfig.QueueId' is not null;
insert into resource_link
  select instance_id, kind, id, 'FLOW', '', 0, 'CONTACT_FLOW', flow, 'KEEP', ''
  from (select instance_id, kind, id, coalesce(body ->> '$.QuickConnectConfig.UserConfig.ContactFlowId',
      body ->> '$.QuickConnectConfig.QueueConfig.ContactFlowId',
      body ->> '$.QuickConnectConfig.FlowConfig.ContactFlowId') as flow
    from resource where kind = 'QUICK_CONNECT') as quick_connect
  where flow is not null;
insert into resource_link
  select instance_id, kind, id, 'DEFAULT_OUTBOUND_QUEUE', '', 0, 'QUEUE', body ->> '$.DefaultOutboundQueueId', 'REFUSE', ''
  from resource where kind = 'ROUTING_PROFILE' and body ->> '$.DefaultOutboundQueueId' is not null;
insert into resource_link
  select r.instance_id, r.kind, r.id, 'QUEUE', (e.value ->> '$.QueueId') || '/' || (e.value ->> '$.Channel'), e.key,
    'QUEUE', e.value ->> '$.QueueId', 'REFUSE',
    '{"Priority":' || (e.value ->> '$.Priority') || ',"Delay":' || (e.value ->> '$.Delay') || '}'
  from resource r, json_each(r.body, '$.QueueConfigs') e where r.kind = 'ROUTING_PROFILE'
  on conflict (instance_id, kind, id, role, slot) do nothing;
-- [postgres]
insert into resource_link
  select instance_id, kind, id, 'HOURS_OF_OPERATION', '', 0, 'HOURS_OF_OPERATION', body::json ->> 'HoursOfOperationId',
    'REFUSE', ''
  from resource where kind = 'QUEUE' and body::json ->> 'HoursOfOperationId' is not null;
insert into resource_link
  select instance_id, kind, id, 'OUTBOUND_FLOW', '', 0, 'CONTACT_FLOW', flow, 'KEEP', ''
  from (select instance_id, kind, id,
      regexp_replace(body::json #>> '{OutboundCallerConfig,OutboundFlowId}', '^.*/', '') as flow
    from resource where kind = 'QUEUE') as queue
  where flow is not null and flow <> '';
insert into resource_link
  select r.instance_id, r.kind, r.id, 'QUICK_CONNECT', e.value, e.n - 1, 'QUICK_CONNECT', e.value, 'DROP', ''
  from resource r, json_array_elements_text(r.body::json -> 'QuickConnectIds') with ordinality as e(value, n)
  where r.kind = 'QUEUE'
  on conflict (instance_id, kind, id, role, slot) do nothing;
insert into resource_link
  select instance_id, kind, id, 'ROUTING_PROFILE', '', 0, 'ROUTING_PROFILE', body::json ->> 'RoutingProfileId',
    'REFUSE', ''
  from resource where kind = 'USER' and body::json ->> 'RoutingProfileId' is not null;
insert into resource_link
  select r.instance_id, r.kind, r.id, 'SECURITY_PROFILE', e.value, e.n - 1, 'SECURITY_PROFILE', e.value, 'REFUSE', ''
  from resource r, json_array_elements_text(r.body::json -> 'SecurityProfileIds') with ordinality as e(value, n)
  where r.kind = 'USER'
  on conflict (instance_id, kind, id, role, slot) do nothing;
insert into resource_link
  select instance_id, kind, id, 'USER', '', 0, 'USER', body::json #>> '{QuickConnectConfig,UserConfig,UserId}',
    'KEEP', ''
  from resource where kind = 'QUICK_CONNECT' and body::json #>> '{QuickConnectConfig,UserConfig,UserId}' is not null;
insert into resource_link
  select instance_id, kind, id, 'QUEUE', '', 0, 'QUEUE', body::json #>> '{QuickConnectConfig,QueueConfig,QueueId}',
    'REFUSE', ''
  from resource where kind = 'QUICK_CONNECT' and body::json #>> '{QuickConnectConfig,QueueConfig,QueueId}' is not null;
insert into resource_link
  select instance_id, kind, id, 'FLOW', '', 0, 'CONTACT_FLOW', flow, 'KEEP', ''
  from (select instance_id, kind, id, coalesce(body::json #>> '{QuickConnectConfig,UserConfig,ContactFlowId}',
      body::json #>> '{QuickConnectConfig,QueueConfig,ContactFlowId}',
      body::json #>> '{QuickConnectConfig,FlowConfig,ContactFlowId}') as flow
    from resource where kind = 'QUICK_CONNECT') as quick_connect
  where flow is not null;
insert into resource_link
  select instance_id, kind, id, 'DEFAULT_OUTBOUND_QUEUE', '', 0, 'QUEUE', body::json ->> 'DefaultOutboundQueueId',
    'REFUSE', ''
  from resource where kind = 'ROUTING_PROFILE' and body::json ->> 'DefaultOutboundQueueId' is not null;
insert into resource_link
  select r.instance_id, r.kind, r.id, 'QUEUE', (e.value ->> 'QueueId') || '/' || (e.value ->> 'Channel'), e.n - 1,
    'QUEUE', e.value ->> 'QueueId', 'REFUSE',
    '{"Priority":' || (e.value ->> 'Priority') || ',"Delay":' || (e.value ->> 'Delay') || '}'
  from resource r, json_array_elements(r.body::json -> 'QueueConfigs') with ordinality as e(value, n)
  where r.kind = 'ROUTING_PROFILE'
  on conflict (instance_id, kind, id, role, slot) do nothing;
