-- An applicant's account: a public key, to which letters are sealed. Who it is, nobody can tell from it.
create table account (
  id         bytea not null primary key,
  public_key bytea not null
);

-- The ways into an account: the holder's passphrase, and those of helpers. The index of what is derived from the
-- passphrase is blind; the account's secrets are sealed under the rest of it, and go when the door is closed (P7, P11).
create table door (
  id          bytea not null primary key,
  account_id  bytea not null references account (id),
  login_index bytea not null unique,
  kind        text  not null check (kind in ('holder', 'helper')),
  scopes      text  not null,
  name        bytea,
  secrets     bytea,
  check (secrets is not null or kind = 'helper')
);
create index door_account on door (account_id);

-- Who is signed in. The row's name is a digest of what the browser holds, and its content is sealed under the rest.
create table session (
  id      bytea       not null primary key,
  content bytea       not null,
  ends    timestamptz not null
);
create index session_ends on session (ends);

-- What is not submitted yet, under a key that only the applicant's passphrase opens.
create table draft (
  account_id bytea       not null primary key references account (id),
  version    integer     not null,
  content    bytea       not null,
  day        timestamptz not null
);
create index draft_day on draft (day);
create table draft_file (
  id         bytea not null primary key,
  account_id bytea not null references account (id),
  bytes      bytea not null
);
create index draft_file_account on draft_file (account_id);

-- Where a case stands, derived from its events (stream case/<id>) in the transaction of each. The id is the case code.
create table case_file (
  id           bytea       not null primary key,
  account_id   bytea       not null references account (id),
  family_id    bytea       not null,
  status       text        not null check (status in
    ('intake', 'decision', 'second', 'production', 'collected', 'refused', 'appeal', 'withdrawn')),
  minor        boolean     not null,
  waiting      boolean     not null,
  notice       boolean     not null,
  duplicate    boolean     not null,
  officer_id   bytea,
  submitted    timestamptz not null,
  due          timestamptz not null,
  paused_since timestamptz
);
create index case_file_queue on case_file (status, due, id);
create index case_file_waiting on case_file (due, id) where waiting;
create index case_file_notice on case_file (due, id) where notice;
create index case_file_duplicate on case_file (due, id) where duplicate;
create index case_file_officer on case_file (officer_id, due, id) where officer_id is not null;
create index case_file_account on case_file (account_id);
create index case_file_family on case_file (family_id);

-- What is in a case: each piece under a key of its own, wrapped to the key service with the id of the case (P7, P8).
create table case_part (
  id      bytea   not null primary key,
  case_id bytea   not null references case_file (id),
  seq     integer not null,
  kind    text    not null,
  wrapped bytea   not null,
  bytes   bytea   not null,
  unique (case_id, seq)
);

-- What the office writes to the applicant: sealed to the account's key, so that only the passphrase opens it.
create table letter (
  id      bytea       not null primary key,
  case_id bytea       not null references case_file (id),
  kind    text        not null,
  bytes   bytea       not null,
  day     timestamptz not null
);
create index letter_case on letter (case_id);

-- Blind indexes of a name in several spellings with a date of birth: the same person twice is seen, and nobody can be
-- looked for (P7).
create table case_match (
  match   bytea not null,
  case_id bytea not null references case_file (id),
  primary key (match, case_id)
);
create index case_match_case on case_match (case_id);

-- From the decision to the counter. A blank's number is stock, not a document's number.
create table production (
  case_id bytea not null primary key references case_file (id),
  paper_id bytea not null unique,
  stage   text  not null check (stage in ('generated', 'printed', 'checked', 'dispatched', 'collected')),
  blank   text  unique
);
create index production_stage on production (stage, case_id);
create table blank (
  number text not null primary key,
  state  text not null check (state in ('stock', 'used', 'spoiled'))
);
create index blank_state on blank (state, number);

-- What a case costs, what was waived, what was given for others. In the smallest unit of the currency.
create table fee_entry (
  case_id  bytea       not null references case_file (id),
  seq      integer     not null,
  kind     text        not null check (kind in ('due', 'waived', 'paid', 'solidarity')),
  amount   integer     not null,
  currency text        not null,
  day      timestamptz not null,
  primary key (case_id, seq)
);
