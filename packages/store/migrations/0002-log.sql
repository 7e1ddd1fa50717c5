-- What of the journal goes into the log: a salted commitment each, which tells nobody anything, and its place in the
-- tree once it has one. The order of those that wait is that of their commitments, which is by chance (P19).
create table log_entry (
  commitment bytea   not null primary key,
  salt       bytea   not null,
  stream     text    not null,
  seq        integer not null,
  position   bigint  unique,
  unique (stream, seq),
  foreign key (stream, seq) references event (stream, seq)
);
create index log_entry_waiting on log_entry (commitment) where position is null;

-- The tree as far as its leaves have places: one row, moved on by compare and set.
create table log_head (
  id   smallint not null primary key check (id = 1),
  size bigint   not null,
  root bytea    not null
);

-- What this authority has seen of the logs of others, as their witness. Written before it answers.
create table witnessed (
  origin text   not null primary key,
  size   bigint not null,
  root   bytea  not null
);
