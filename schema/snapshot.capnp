@0xaf1c7f08769529ba;
# The image: a snapshot as one file that can be mapped and used as it lies (graph/IMAGE.md).
#
# An ordinary Cap'n Proto message in stream framing, unpacked. Each column is a Data of its own
# segment: an array of little-endian numbers, in whole words, so that a reader in any language may
# take it as it is. Meanings of the columns: graph/columns.h.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::capnp_schema");

struct Image {
  format @0 :UInt16;       # 1; a reader refuses what is newer
  database @1 :Text;       # its id, 32 hexadecimal digits
  recorded @2 :UInt64;     # the commit
  commitHash @3 :Data;     # of that commit in the log
  hasValid @4 :Bool;       # only what may have held in these days: [validFrom, validTo) since 1970
  validFrom @5 :Int32;
  validTo @6 :Int32;
  filter @7 :Text;         # what else was asked, as typed; empty: everything
  digest @8 :Data;         # SHA-256 of the question: database, recorded, valid, filter
  ontology @9 :Data;       # ontology.capnp, as the database carries it
  columns @10 :List(Column);
  checksum @11 :UInt64;    # of everything above, the checksums of the columns among it

  struct Column {
    name @0 :Text;
    width @1 :UInt8;       # bytes of one entry
    checksum @2 :UInt64;   # of `bytes`
    bytes @3 :Data;
  }
}
