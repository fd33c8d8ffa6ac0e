-- The last tasks of a queue that an agent had, for estimated waits.
create index contact_handled on contact (instance_id, queue_id, disconnected_ms)
  where connected_ms is not null and disconnected_ms is not null;
