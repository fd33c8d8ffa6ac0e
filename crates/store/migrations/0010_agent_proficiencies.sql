-- The proficiencies of agents, each a row, so that those who are idle longest are found by what they can do. slot is attribute and
-- value; the columns from routing_profile_id on are those of the agent, changed together with it.
create table agent_proficiency (
  instance_id TEXT not null,
  user_id TEXT not null,
  slot TEXT not null,
  level BIGINT not null,
  routing_profile_id TEXT not null,
  used BIGINT not null,
  idle_ms BIGINT,
  inbound_ms BIGINT,
  primary key (instance_id, user_id, slot)
) CLUSTERED;
create index agent_proficiency_idle on agent_proficiency (instance_id, routing_profile_id, slot, used, idle_ms, user_id)
  where idle_ms is not null;
create index agent_proficiency_inbound on agent_proficiency (instance_id, routing_profile_id, slot, used, inbound_ms, user_id)
  where inbound_ms is not null;
