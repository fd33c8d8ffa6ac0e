-- The first schema. One text for both engines: the words in capitals are replaced by each driver
-- (TEXT is compared byte by byte; CLUSTERED tables keep their rows in key order where the engine can).
-- A released file never changes: the next change is a new file with the next number.

create table meta (
  key TEXT not null primary key,
  value TEXT not null
) CLUSTERED;

create table access_key (
  access_key_id TEXT not null primary key,
  account TEXT not null,
  sealed_secret BLOB not null,
  token_sha256 BLOB,
  expires_ms BIGINT,
  created_ms BIGINT not null,
  status TEXT not null,
  description TEXT not null,
  is_admin BIGINT not null
);
create index access_key_page on access_key (created_ms, access_key_id);

create table instance (
  id TEXT not null primary key,
  alias TEXT,
  status TEXT not null,
  created_ms BIGINT not null,
  body TEXT not null,
  tags TEXT not null,
  tags_rev BIGINT not null,
  rev BIGINT not null
);
create unique index instance_alias on instance (alias);
create index instance_page on instance (created_ms, id);

-- What is gone and left rows that still have to be removed: with an empty template_id an instance with everything in it,
-- otherwise one template with its versions, whose keys need its creation time.
create table purge (
  instance_id TEXT not null,
  template_id TEXT not null,
  created_ms BIGINT not null,
  primary key (instance_id, template_id)
) CLUSTERED;

-- The current state of a template, found by its id in two steps: the index, then the row.
create table task_template (
  instance_id TEXT not null,
  id TEXT not null,
  name TEXT not null,
  status TEXT not null,
  version BIGINT not null,
  created_ms BIGINT not null,
  modified_ms BIGINT not null,
  tags TEXT not null,
  tags_rev BIGINT not null,
  body TEXT not null,
  primary key (instance_id, id)
);
create unique index task_template_name on task_template (instance_id, name);

-- What the list shows of each template. Rows lie in the order of the list, so a page is one range.
create table task_template_entry (
  instance_id TEXT not null,
  created_ms BIGINT not null,
  id TEXT not null,
  status TEXT not null,
  summary TEXT not null,
  primary key (instance_id, created_ms, id)
) CLUSTERED;
create index task_template_entry_status on task_template_entry (instance_id, status, created_ms, id);

-- The versions a template had before the current one; a row never changes. The template's creation time leads its id, so
-- that new rows go to the end of the index instead of anywhere in it.
create table task_template_version (
  instance_id TEXT not null,
  created_ms BIGINT not null,
  template_id TEXT not null,
  version BIGINT not null,
  name TEXT not null,
  status TEXT not null,
  modified_ms BIGINT not null,
  body TEXT not null,
  primary key (instance_id, created_ms, template_id, version)
);

-- Administrative resources of an instance: flows (without content), modules, queues and so on.
create table resource (
  instance_id TEXT not null,
  kind TEXT not null,
  id TEXT not null,
  name TEXT not null,
  subtype TEXT not null,
  body TEXT not null,
  tags TEXT not null,
  tags_rev BIGINT not null,
  rev BIGINT not null,
  created_ms BIGINT not null,
  modified_ms BIGINT not null,
  primary key (instance_id, kind, id)
);
create unique index resource_name on resource (instance_id, kind, name);
create index resource_page on resource (instance_id, kind, created_ms, id);

create table flow_content (
  instance_id TEXT not null,
  flow_id TEXT not null,
  slot TEXT not null,
  content BLOB not null,
  sha256 BLOB not null,
  primary key (instance_id, flow_id, slot)
);

create table counter (
  instance_id TEXT not null,
  name TEXT not null,
  n BIGINT not null,
  primary key (instance_id, name)
) CLUSTERED;

-- token is the SHA-256 of the client's token in hexadecimal: any text is allowed there, of any length.
create table client_token (
  scope TEXT not null,
  token TEXT not null,
  request_hash BLOB not null,
  answer TEXT not null,
  expires_ms BIGINT not null,
  primary key (scope, token)
) CLUSTERED;
create index client_token_expiry on client_token (expires_ms);
