@0xbe2057a6a713be8f;
# What a running `entente serve` offers to programs on the same machine, over the Unix socket `socket` in
# the database's directory (mode 0600; only the user that serves it, and root). The program's own commands
# are its first clients. The bootstrap capability is a Database.
#
# Whatever can fail has a `fault` among its results, absent when all is well; what the RPC layer itself
# reports (disconnected, overloaded) is never used for it. All calls may run at once; dropping a call stops
# it within a few milliseconds, but for a commit that has begun. Fields are only ever added.
#
#   tools/serve/rpc_server.cpp   answers      tools/serve/rpc_client.cpp   asks, from C++ without this header

using Cxx = import "/capnp/c++.capnp";
using Fact = import "fact.capnp";
$Cxx.namespace("entente::capnp_schema");

struct Fault {
  code @0 :Code;
  message @1 :Text;  # for a person: what was tried, on what, what was found, what to do

  enum Code {  # Code of schema/result.h
    notFound @0;
    invalidArgument @1;
    corruption @2;
    conflict @3;
    unavailable @4;
    incompatible @5;
    limitReached @6;
  }
}

interface Database {
  about @0 () -> (about :About);

  # A pinned pair of times. What it answers is the same however often it is asked.
  snapshot @1 (when :When) -> (snapshot :Snapshot, commit :UInt64, fault :Fault);

  # What the command of that name does: retract, correct, correct-node, change, merge, unmerge, apart, undo,
  # purge. One commit, or none. A purge waits until nobody reads any more, and lets nobody begin.
  perform @2 (request :VerbRequest) -> (outcome :VerbOutcome, fault :Fault);

  # Claims that somebody has read from a text. One document, one commit.
  record @3 (extract :Extract, by :Authorship) -> (recorded :Recorded, fault :Fault);

  # A text, a page or a PDF, read by the server's own reader. One document, one commit.
  import @4 (article :Article, by :Authorship) -> (recorded :Recorded, fault :Fault);

  # A table of edges, read by the server from the file at `path`. One commit. Tells `progress` how far it
  # is, at most ten times a second; nothing else is written meanwhile.
  load @5 (table :Table, by :Authorship, progress :Progress) -> (outcome :LoadOutcome, fault :Fault);
}

interface Snapshot {
  # What stands after /v1/ in the address of the HTTP interface: `paths?from=China&to=fentanyl&k=5`. Every
  # address that reads; the answer is the same JSON. The clocks are pinned and not asked again.
  ask @0 (question :Text) -> (answer :Text, fault :Fault);

  # A file of it, in pieces: `gexf`, `graphml`, `json-lines` ... or `image`, with filters behind:
  # `gexf?around=China&family=regulation`. `bytes` is how many were written to the sink, all before this returns.
  file @1 (what :Text, sink :Sink) -> (bytes :UInt64, fault :Fault);
}

interface Sink {
  write @0 (bytes :Data) -> stream;
  done @1 () -> ();  # there is no more; fails if a piece was not taken
}

interface Progress {
  at @0 (how :LoadProgress) -> ();
}

struct About {
  address @0 :Text;   # of the page and the HTTP interface
  database @1 :Text;  # its id
  commit @2 :UInt64;  # the last
  process @3 :UInt32;
  version @4 :Text;   # of the program
}

struct When {  # as typed: entente help time
  asOf @0 :Text;
  during @1 :Text;
  knownBy @2 :Text;
}

struct Authorship {
  author @0 :Text;
  note @1 :Text;  # empty: what the verb itself would note
  key @2 :Text;   # idempotency key: with one that was used before nothing is done again; empty: none
}

struct VerbRequest {  # tools/answer/verbs.h
  verb @0 :Text;
  words @1 :List(Text);
  options @2 :List(Option);
  author @3 :Text;
  note @4 :Text;
  key @5 :Text;
  dryRun @6 :Bool;

  struct Option {
    name @0 :Text;
    values @1 :List(Text);
  }
}

struct VerbOutcome {
  done @0 :List(Text);
  commit @1 :UInt64;  # 0: none was made
  repeated @2 :Bool;
  undoable @3 :Bool;
  edge @4 :UInt64;
  next @5 :UInt64;
  newNodes @6 :UInt32;
  changedNodes @7 :UInt32;
  endedNodes @8 :UInt32;
  newEdges @9 :UInt32;
  changedEdges @10 :UInt32;
  endedEdges @11 :UInt32;
}

struct Extract {  # schema/claim.h
  name @0 :Text;
  title @1 :Text;
  publisher @2 :Text;
  url @3 :Text;
  published @4 :Fact.Bound;
  text @5 :Text;
  nodes @6 :List(NamedNode);
  claims @7 :List(Claim);
  author @8 :Text;
  pages @9 :List(PageMark);

  struct PageMark {
    at @0 :UInt64;
    page @1 :UInt64;
  }

  struct NamedNode {
    name @0 :Text;
    label @1 :UInt16;  # a place in the ontology
    moreLabels @2 :List(UInt16);
    aliases @3 :List(Text);
    mentions @4 :List(Text);
    properties @5 :List(Fact.Property);
    start @6 :UInt64;
    end @7 :UInt64;
  }

  struct Claim {
    head @0 :UInt32;  # a place in `nodes`
    tail @1 :UInt32;
    hasSpeaker @2 :Bool;
    speaker @3 :UInt32;
    type @4 :UInt16;
    valid @5 :Fact.Interval;
    timePhrase @6 :Text;
    mode @7 :UInt8;
    negated @8 :Bool;
    properties @9 :List(Fact.Property);
    confidence @10 :Float64;
    extractor @11 :Text;
    start @12 :UInt64;  # characters of the text, half-open
    end @13 :UInt64;
    quote @14 :Text;    # exactly those characters
  }
}

struct Article {
  name @0 :Text;
  type @1 :Text;  # text/plain, text/markdown, text/html, application/pdf
  content @2 :Data;
  title @3 :Text;
  publisher @4 :Text;
  published @5 :Text;
  url @6 :Text;
}

struct Recorded {
  document @0 :UInt64;
  commit @1 :UInt64;
  alreadyThere @2 :Bool;
  newNodes @3 :UInt32;
  matchedNodes @4 :UInt32;
  newEdges @5 :UInt32;
  supportedEdges @6 :UInt32;
  copyOf @7 :Text;     # the name of the document that this is a copy of; empty: of none
  shared @8 :Float64;  # how much of the shorter text is in both
}

struct Table {  # as typed: entente help load
  path @0 :Text;  # absolute
  file @1 :Text;  # what a person calls it, for messages
  map @2 :Text;
  label @3 :Text;
  type @4 :Text;
  relations @5 :Text;  # the path of a file, absolute
  memoryBytes @6 :UInt64;
  threads @7 :UInt32;
  onlyMapped @8 :Bool;
  mostRefused @9 :UInt64;
  title @10 :Text;
  publisher @11 :Text;
  published @12 :Text;
  url @13 :Text;
}

struct LoadProgress {
  rows @0 :UInt64;
  fileBytes @1 :UInt64;
  fileSize @2 :UInt64;
  edges @3 :UInt64;
  writing @4 :Bool;  # all rows are read
}

struct LoadOutcome {
  rows @0 :UInt64;
  edges @1 :UInt64;
  leftOut @2 :UInt64;
  refused @3 :UInt64;
  refusals @4 :List(Refusal);  # the first of them
  document @5 :UInt64;
  alreadyThere @6 :Bool;
  newNodes @7 :UInt64;
  matchedNodes @8 :UInt64;
  commit @9 :UInt64;
  faultOfFile @10 :Bool;  # what went wrong, if `fault` says so, is the file's

  struct Refusal {
    row @0 :UInt64;
    why @1 :Text;
  }
}
