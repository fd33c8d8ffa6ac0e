-- What a user signs in with, apart from what the API shows of the user: a row is made with the first password, invitation or lock.
-- Whoever begins or ends sessions of a user changes this row first, so that both take turns. invitation is the SHA-256 of a token.
create table user_credential (
  instance_id TEXT not null,
  user_id TEXT not null,
  password TEXT,
  password_ms BIGINT,
  locked BIGINT not null,
  invitation BLOB,
  invited_until_ms BIGINT,
  rev BIGINT not null,
  primary key (instance_id, user_id)
) CLUSTERED;
create unique index user_credential_invitation on user_credential (invitation) where invitation is not null;

-- Who is signed in. cookie is the SHA-256 of the token in a browser's cookie.
create table user_session (
  instance_id TEXT not null,
  user_id TEXT not null,
  id TEXT not null,
  cookie BLOB not null,
  created_ms BIGINT not null,
  renewed_ms BIGINT not null,
  expires_ms BIGINT not null,
  address TEXT not null,
  user_agent TEXT not null,
  primary key (instance_id, user_id, id)
) CLUSTERED;
create unique index user_session_id on user_session (id);
create unique index user_session_cookie on user_session (cookie);
create index user_session_expiry on user_session (expires_ms);

-- The key of a session; of other keys these are null, and only those are listed.
alter table access_key add column instance_id TEXT;
alter table access_key add column user_id TEXT;
alter table access_key add column session_id TEXT;
drop index access_key_page;
create index access_key_page on access_key (created_ms, access_key_id) where instance_id is null;
create index access_key_session on access_key (instance_id, user_id, session_id, created_ms, access_key_id)
  where instance_id is not null;
create index access_key_expiry on access_key (expires_ms) where instance_id is not null;
