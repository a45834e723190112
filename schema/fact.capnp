@0xe6f4224f629fc8d4;
# Facts on disk and on the wire. Plain values of the same names stand in schema/fact.h; only
# schema/codec.cpp turns one into the other. Fields are only ever added, with new ordinals.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::capnp_schema");

struct Bound {
  kind @0 :UInt8;       # 0 unknown, 1 open, 2 known
  precision @1 :UInt8;  # 0 day, 1 week, 2 month, 3 year
  day @2 :Int32;        # first day of the period, in days since 1970-01-01
}

struct Interval {
  from @0 :Bound;
  to @1 :Bound;
}

struct Property {
  name @0 :Text;
  value :union {
    truth @1 :Bool;
    whole @2 :Int64;
    real @3 :Float64;
    text @4 :Text;
    date @5 :Bound;
    texts @6 :List(Text);
  }
}

struct NodeRecord {
  id @0 :UInt64;
  label @1 :UInt16;
  moreLabels @2 :List(UInt16);
  name @3 :Text;
  aliases @4 :List(Text);
  properties @5 :List(Property);
  since @6 :UInt64;  # commit
  mergedInto @7 :UInt64;        # the node that this one was found to be; 0: it stands for itself
  absorbed @8 :List(UInt64);    # nodes that were merged into this one, ascending
}

# What a statement shares with its edge is left out: id, valid, confidence and since of a statement
# that has the edge's own are 0 or null.
struct StatementRecord {
  id @0 :UInt64;
  document @1 :UInt64;
  start @2 :UInt64;  # characters of the document's text, half-open
  end @3 :UInt64;
  speaker @4 :UInt64;  # node; 0 is the document's own voice
  valid @5 :Interval;
  timePhrase @6 :Text;
  confidence @7 :Float64;
  extractor @8 :Text;
  since @9 :UInt64;
  ends @10 :Bool;  # it says when the edge ended, and does not support it
  rows @11 :Bool;  # the document is a table: start and end count its rows, from 1
}

struct EdgeRecord {
  id @0 :UInt64;
  head @1 :UInt64;
  type @2 :UInt16;
  tail @3 :UInt64;
  valid @4 :Interval;
  mode @5 :UInt8;
  negated @6 :Bool;
  confidence @7 :Float64;
  properties @8 :List(Property);
  statements @9 :List(StatementRecord);
  since @10 :UInt64;
}

struct DocumentRecord {  # the text is stored apart
  id @0 :UInt64;
  node @1 :UInt64;
  name @2 :Text;
  title @3 :Text;
  publisher @4 :Text;
  url @5 :Text;
  published @6 :Bound;
  digest @7 :Data;       # SHA-256 of the text
  textBytes @8 :UInt64;  # of the text, uncompressed
  since @9 :UInt64;
  retracted @10 :Bool;   # it supports nothing any more; its text stays for the past
  rows @11 :UInt64;      # of a table, whose text is not kept; 0: a text
  firstEdge @12 :UInt64; # of a table: the edges that its load made, one after the other
  edges @13 :UInt64;
}

struct Act {  # one thing that a commit was asked to do
  verb @0 :UInt8;
  subject @1 :UInt8;  # what the two are: node, edge, statement, document, commit
  id @2 :UInt64;
  other @3 :UInt64;   # what it became or went into; 0: nothing
}

struct Erasure {  # a record of the log that a purge rewrote
  commit @0 :UInt64;
  digest @1 :Data;  # of the body as it stands now
}

struct IdRange {
  first @0 :UInt64;
  count @1 :UInt64;
}

struct Bulk {  # facts that a load made and the log does not repeat: ids one after the other
  firstNode @0 :UInt64;
  nodes @1 :UInt64;
  firstEdge @2 :UInt64;
  edges @3 :UInt64;
  digest @4 :Data;  # of the records that are there: storage/bulk_digest.h
  goneNodes @5 :List(IdRange);  # of which there is no record: purged, or lost before a salvage; ascending
  goneEdges @6 :List(IdRange);
}

struct CommitRecord {  # the body of one entry of the log; codec.cpp puts the header before it
  id @0 :UInt64;
  at @1 :Int64;       # microseconds since 1970-01-01T00:00Z
  previous @2 :Data;  # SHA-256 of the record before, 32 bytes; zeros before the first
  author @3 :Text;
  note @4 :Text;
  nodes @5 :List(NodeRecord);  # the versions that this commit made
  edges @6 :List(EdgeRecord);
  documents @7 :List(DocumentRecord);
  endedEdges @8 :List(UInt64);  # edges that lived before it and not after
  endedNodes @9 :List(UInt64);
  statements @10 :UInt32;       # how many statements are new
  acts @11 :List(Act);
  key @12 :Text;                # idempotency key; may be empty
  redactedBy @13 :UInt64;       # the purge that took something out of this body; 0: it is whole
  erasures @14 :List(Erasure);  # of a purge: the bodies that it rewrote
  bulk @15 :Bulk;               # of a bulk load
}
