-- Officers: a chain of records, each signed by two security officers and checked by the key service from the root that
-- its own configuration pins. Whoever inserts a row here has inserted nothing that the key service believes (P1).
create table enrolment (
  seq       integer not null primary key check (seq >= 0),
  record    bytea   not null,
  approvals text    not null
);

-- The decision of two officers over an order, or over a list of orders, with their signatures: sealed to the key
-- service, which verifies it before it signs what rests on it (P1, P7).
create table approval (
  id      bytea not null primary key,
  wrapped bytea not null,
  bytes   bytea not null
);
alter table intent add column approval_id bytea references approval (id);
