-- What happened, in streams of which each is a chain of hashes: an event that is changed, removed or put in between
-- breaks the chain behind it. A body holds random ids, digests and codes, never personal data (P10, P20).
create table event (
  stream   text        not null,
  seq      integer     not null check (seq >= 0),
  kind     text        not null,
  at       timestamptz not null,
  body     text        not null,
  previous bytea       not null,
  hash     bytea       not null unique,
  primary key (stream, seq)
);
