-- What an access key may do: a JSON list of the policies it holds, and its tags, which they may refer to. Administrators hold the policy
-- of that name from now on.
alter table access_key add column policies TEXT not null default '[]';
alter table access_key add column tags TEXT not null default '';
update access_key set policies = '["administrator"]' where is_admin = 1;
alter table access_key drop column is_admin;
