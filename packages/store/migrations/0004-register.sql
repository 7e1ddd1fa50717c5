-- What the authority has signed about itself: certificates, revocation lists, master lists. Public.
create table trust_object (
  intent_id bytea       not null primary key references intent (id),
  kind      text        not null,
  serial    bytea       unique,
  bytes     bytea       not null,
  at        timestamptz not null
);

-- The register: which papers exist. Numbers, references of the caller and digests of orders are blind indexes under a
-- key that this database does not hold (P7, P12); contents are under the key of their case. One order gives one live
-- paper of each form, and a number is never used twice, not even one of a paper that came to nothing (P4).
create table paper (
  id              bytea not null primary key,
  case_id         bytea not null references case_key (case_id),
  order_digest    bytea not null,
  form            text  not null,
  reference_index bytea not null,
  number_index    bytea not null unique,
  intent_id       bytea not null unique references intent (id),
  content         bytea not null,
  sod             bytea,
  stage           text  not null check (stage in ('recorded', 'released', 'delivered', 'void')),
  check (sod is not null or stage in ('recorded', 'void'))
);
create unique index paper_order on paper (order_digest, form) where stage <> 'void';
create unique index paper_reference on paper (reference_index, form) where stage <> 'void';
create index paper_unfinished on paper (id) where stage in ('recorded', 'released');
