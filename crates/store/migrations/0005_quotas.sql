-- Hours, profiles and agent statuses have quotas: what there is is counted.
insert into counter (instance_id, name, n)
  select instance_id,
    case kind when 'HOURS_OF_OPERATION' then 'hours_of_operation' when 'ROUTING_PROFILE' then 'routing_profiles'
      when 'SECURITY_PROFILE' then 'security_profiles' else 'agent_statuses' end,
    count(*)
  from resource where kind in ('HOURS_OF_OPERATION', 'ROUTING_PROFILE', 'SECURITY_PROFILE', 'AGENT_STATUS')
  group by instance_id, kind;
