-- Documents of flows and flow modules, their versions and aliases. An owner is a flow or a module.

-- Every document that was ever published, by its hash; a row never changes. Contacts run a document by its hash, so it
-- stays as long as its instance, whatever becomes of the flow.
create table flow_document (
  instance_id TEXT not null,
  sha256 BLOB not null,
  content BLOB not null,
  primary key (instance_id, sha256)
);
insert into flow_document (instance_id, sha256, content)
  select instance_id, sha256, content from flow_content where slot = 'LATEST'
  on conflict (instance_id, sha256) do nothing;

-- contract is the contract of a module at the time of the version, a JSON text; empty when there is none.
create table flow_version (
  instance_id TEXT not null,
  owner_id TEXT not null,
  number BIGINT not null,
  description TEXT,
  contract TEXT not null,
  sha256 BLOB not null,
  created_ms BIGINT not null,
  primary key (instance_id, owner_id, number)
) CLUSTERED;

create table flow_alias (
  instance_id TEXT not null,
  owner_id TEXT not null,
  id TEXT not null,
  name TEXT not null,
  description TEXT,
  version BIGINT not null,
  created_ms BIGINT not null,
  modified_ms BIGINT not null,
  primary key (instance_id, owner_id, id)
) CLUSTERED;
create unique index flow_alias_name on flow_alias (instance_id, owner_id, name);
create index flow_alias_page on flow_alias (instance_id, owner_id, created_ms, id);
create index flow_alias_version on flow_alias (instance_id, owner_id, version);
