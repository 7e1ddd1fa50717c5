-- The key of each case, wrapped to the key service: whoever has the database alone reads nothing (P7, P9).
create table case_key (
  case_id bytea not null primary key,
  wrapped bytea not null
);

-- The public side of the keys that the key service holds. What a key may do it knows itself and does not ask here.
create table signing_key (
  id          text        not null primary key,
  purpose     text        not null,
  algorithm   text        not null,
  state       text        not null,
  public_key  bytea       not null unique,
  certificate bytea,
  not_before  timestamptz not null,
  not_after   timestamptz not null,
  most        integer     not null
);

-- Every public key met, ours and those of chips and wallets, by its fingerprint: none serves two owners (P6).
create table key_register (
  fingerprint bytea not null primary key,
  owner       text  not null
);

-- What is to be signed, written and committed before it is: the exact bytes, under the key of their case, and the
-- decision they rest on. `once` names the act, so that asking again finds the same intent (P2, P4).
create table intent (
  id       bytea not null primary key,
  key_id   text  not null references signing_key (id),
  purpose  text  not null,
  case_id  bytea references case_key (case_id),
  bytes    bytea not null,
  digest   bytea not null,
  decision bytea not null,
  once     bytea not null unique
);

-- The first signature wins; there is never a second.
create table signature (
  intent_id bytea not null primary key references intent (id),
  value     bytea not null
);

-- Intents that can never finish. Their serial or number is published as revoked.
create table voided (
  intent_id bytea not null primary key references intent (id),
  reason    text  not null
);
