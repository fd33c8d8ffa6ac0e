-- Every instance has the predefined attributes of the system. Their times are those of the row.
insert into resource
  select i.id, 'PREDEFINED_ATTRIBUTE', a.name, lower(a.name), '', a.body, '', 0, 0, i.created_ms, i.created_ms
  from instance i cross join (
    select 'connect:Language' as name,
      '{"Name":"connect:Language","Values":{"StringList":[]},"AttributeConfiguration":{"EnableValueValidationOnAssociation":false,"IsReadOnly":false}}' as body
    union all select 'connect:Subtype',
      '{"Name":"connect:Subtype","Values":{"StringList":["connect:Task","connect:ExternalTask"]},"AttributeConfiguration":{"EnableValueValidationOnAssociation":false,"IsReadOnly":true}}'
    union all select 'connect:WorkloadType',
      '{"Name":"connect:WorkloadType","Values":{"StringList":[]},"AttributeConfiguration":{"EnableValueValidationOnAssociation":false,"IsReadOnly":false}}'
  ) a;
