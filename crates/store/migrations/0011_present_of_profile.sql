-- The agents of a routing profile who are not offline or have an entry, for the numbers that flows ask for.
create index agent_present_of_profile on agent (instance_id, routing_profile_id, id) where present = 1;
