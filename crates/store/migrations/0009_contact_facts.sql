-- What metrics ask of contacts that have ended: one narrow row each, in the order of their ends.
create table contact_fact (
  instance_id TEXT not null,
  ended_ms BIGINT not null,
  contact_id TEXT not null,
  body TEXT not null,
  primary key (instance_id, ended_ms, contact_id)
) CLUSTERED;

-- Those that have ended already. The steps of their routing criteria are not told: the texts that name them are the engine's to write.
-- [sqlite]
insert into contact_fact (instance_id, ended_ms, contact_id, body)
select instance_id, disconnected_ms, id, json_patch('{}', json_object(
    'contact_id', id,
    'initiation_method', initiation_method,
    'disconnect_reason', body ->> '$.disconnect_reason',
    'external', json(case when body ->> '$.external' then 'true' end),
    'initiated_ms', initiated_ms,
    'connected_to_system_ms', body ->> '$.times.connected_to_system_ms',
    'disconnected_ms', disconnected_ms,
    'transferred_ms', body ->> '$.times.transferred_ms',
    'has_next', json(case when json_array_length(body, '$.next_contact_ids') > 0 then 'true' end),
    'queue_id', case when not coalesce(body ->> '$.queue.queue.agent', 0) then queue_id end,
    'agent_queue', json(case when body ->> '$.queue.queue.agent' then 'true' end),
    'enqueued_ms', enqueued_ms,
    'queue_ms', max((body ->> '$.queue.dequeued_ms') - enqueued_ms, 0),
    'left_from_queue', json(case when connected_ms is null and ((body ->> '$.queue.dequeued_ms') = disconnected_ms
      or (body ->> '$.queue.dequeued_ms') > coalesce(body ->> '$.times.paused_ms', 0)) then 'true' end),
    'agent', json(case when connected_ms is not null then json_object(
      'id', agent_id,
      'routing_profile_id', body ->> '$.agent.agent.routing_profile[0]',
      'hierarchy', json((select nullif(json_group_array(place.value ->> '$[0]' order by place.key), '[]')
        from json_each(contact.body, '$.agent.agent.hierarchy') place)),
      'connected_ms', connected_ms,
      'interaction_ms', max(disconnected_ms - connected_ms - (body ->> '$.agent.pause_ms'), 0),
      'pause_ms', body ->> '$.agent.pause_ms',
      'acw_end_ms', body ->> '$.agent.acw_end_ms',
      'acw_ms', coalesce(max((body ->> '$.agent.acw_end_ms') - (body ->> '$.agent.acw_start_ms'), 0), 0)) end)))
from contact where disconnected_ms is not null;
-- [postgres]
insert into contact_fact (instance_id, ended_ms, contact_id, body)
select instance_id, disconnected_ms, id, json_strip_nulls(json_build_object(
    'contact_id', id,
    'initiation_method', initiation_method,
    'disconnect_reason', body::json ->> 'disconnect_reason',
    'external', nullif((body::json ->> 'external')::boolean, false),
    'initiated_ms', initiated_ms,
    'connected_to_system_ms', (body::json #>> '{times,connected_to_system_ms}')::bigint,
    'disconnected_ms', disconnected_ms,
    'transferred_ms', (body::json #>> '{times,transferred_ms}')::bigint,
    'has_next', case when json_array_length(body::json -> 'next_contact_ids') > 0 then true end,
    'queue_id', case when (body::json #>> '{queue,queue,agent}')::boolean then null else queue_id end,
    'agent_queue', nullif((body::json #>> '{queue,queue,agent}')::boolean, false),
    'enqueued_ms', enqueued_ms,
    'queue_ms', case when body::json #>> '{queue,dequeued_ms}' is not null
      then greatest((body::json #>> '{queue,dequeued_ms}')::bigint - enqueued_ms, 0) end,
    'left_from_queue', case when connected_ms is null and ((body::json #>> '{queue,dequeued_ms}')::bigint = disconnected_ms
      or (body::json #>> '{queue,dequeued_ms}')::bigint > coalesce((body::json #>> '{times,paused_ms}')::bigint, 0))
      then true end,
    'agent', case when connected_ms is not null then json_build_object(
      'id', agent_id,
      'routing_profile_id', body::json #>> '{agent,agent,routing_profile,0}',
      'hierarchy', (select json_agg(place.value ->> 0 order by place.n)
        from json_array_elements(body::json #> '{agent,agent,hierarchy}') with ordinality place (value, n)),
      'connected_ms', connected_ms,
      'interaction_ms',
        greatest(disconnected_ms - connected_ms - (body::json #>> '{agent,pause_ms}')::bigint, 0),
      'pause_ms', (body::json #>> '{agent,pause_ms}')::bigint,
      'acw_end_ms', (body::json #>> '{agent,acw_end_ms}')::bigint,
      'acw_ms', coalesce(greatest((body::json #>> '{agent,acw_end_ms}')::bigint
        - (body::json #>> '{agent,acw_start_ms}')::bigint, 0), 0)) end))::text
from contact where disconnected_ms is not null;
