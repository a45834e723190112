@0x9f9ceca6fc28effa;
# The ontology as data: what labels and edge types there are, and how to read them aloud.
# Store, importer, command line and page all take it from here; a new relation is one line.
# Ids are stable for ever: they are what the store writes. Meanings: schema/ontology.h.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::capnp_schema");

enum Family {
  structure @0;    # who belongs where
  regulation @1;   # rules, goods and substances
  cooperative @2;  # PLOVER events on the friendly side
  conflictual @3;  # PLOVER events on the hostile side
  evidence @4;     # what a document says; left out of searches unless asked for
}

struct Ontology {
  labels @0 :List(Label);
  types @1 :List(EdgeType);

  struct Label {
    id @0 :UInt16;
    name @1 :Text;
    actor @2 :Bool;  # can act: may stand where an edge type asks for an actor
    meaning @3 :Text;
  }

  struct EdgeType {
    id @0 :UInt16;
    name @1 :Text;
    family @2 :Family;
    heads @3 :List(Text);  # labels that may be the head; empty is any
    tails @4 :List(Text);
    symmetric @5 :Bool;  # head and tail say the same when exchanged
    lasting @6 :Bool;    # a state that goes on until it is said to end, not a happening
    forward @7 :Text;    # "China controls fentanyl"
    backward @8 :Text;   # "fentanyl is controlled by China"
    meaning @9 :Text;
  }
}

const collectives :List(Text) = ["Government", "Agency", "Organization", "Company", "CriminalGroup"];
const actors :List(Text) = ["Government", "Agency", "Organization", "Company", "CriminalGroup", "Person"];
const actorsAndActs :List(Text) = ["Government", "Agency", "Organization", "Company", "CriminalGroup", "Person", "Measure", "Agreement", "Document"];

const builtin :Ontology = (
  labels = [
    (id = 1, name = "Government", actor = true,
     meaning = "a state or sub-national government, as an actor and as its territory"),
    (id = 2, name = "Agency", actor = true,
     meaning = "an organ of a government or legislature"),
    (id = 3, name = "Organization", actor = true,
     meaning = "an intergovernmental body, think tank, university, outlet, association or working group"),
    (id = 4, name = "Company", actor = true,
     meaning = "a commercial actor, named or collective"),
    (id = 5, name = "CriminalGroup", actor = true,
     meaning = "a cartel, gang or trafficking network, named or collective"),
    (id = 6, name = "Person", actor = true,
     meaning = "a named individual"),
    (id = 7, name = "Chemical", actor = false,
     meaning = "a substance, a product by its substance, or a class of substances"),
    (id = 8, name = "Agreement", actor = false,
     meaning = "a treaty, memorandum, pledge or joint arrangement"),
    (id = 9, name = "Measure", actor = false,
     meaning = "a unilateral act of legal force: a law, regulation, listing, tariff or resolution"),
    (id = 10, name = "Event", actor = false,
     meaning = "a dated happening: a summit, meeting, hearing, visit, arrest or election"),
    (id = 11, name = "Document", actor = false,
     meaning = "an article, report or statement; an imported text is one"),
    (id = 12, name = "Expert", actor = false,
     meaning = "beside Person: speaks with professional knowledge"),
    (id = 13, name = "Official", actor = false,
     meaning = "beside Person: holds or held a public office")],
  types = [
    (id = 1, name = "PART_OF", family = structure, symmetric = false, lasting = true,
     heads = .collectives, tails = .collectives,
     forward = "is part of", backward = "includes",
     meaning = "is an organ, member, unit or subsidiary of"),
    (id = 2, name = "AFFILIATED_WITH", family = structure, symmetric = false, lasting = true,
     heads = ["Person"], tails = .actors,
     forward = "is affiliated with", backward = "has among its people",
     meaning = "holds or held a position there"),
    (id = 3, name = "LOCATED_IN", family = structure, symmetric = false, lasting = true,
     heads = ["Company", "Organization", "CriminalGroup"], tails = ["Government"],
     forward = "is based in", backward = "is home to",
     meaning = "is based there"),
    (id = 4, name = "OWNS", family = structure, symmetric = false, lasting = true,
     heads = .actors, tails = ["Company", "Organization"],
     forward = "owns", backward = "is owned by",
     meaning = "owns or controls"),
    (id = 5, name = "FAMILY_OF", family = structure, symmetric = true, lasting = true,
     heads = ["Person"], tails = ["Person"],
     forward = "is family of", backward = "is family of",
     meaning = "is kin of"),
    (id = 6, name = "PARTY_TO", family = structure, symmetric = false, lasting = true,
     heads = .actors, tails = ["Agreement"],
     forward = "is party to", backward = "binds",
     meaning = "signed, joined or adheres to"),
    (id = 7, name = "PARTICIPATED_IN", family = structure, symmetric = false, lasting = false,
     heads = .actors, tails = ["Event"],
     forward = "took part in", backward = "brought together",
     meaning = "took part in, hosted or held"),
    (id = 8, name = "PUBLISHED", family = structure, symmetric = false, lasting = false,
     heads = .actors, tails = ["Document"],
     forward = "published", backward = "was published by",
     meaning = "wrote or issued"),
    (id = 9, name = "LOBBIES", family = structure, symmetric = false, lasting = true,
     heads = .actors, tails = ["Government", "Agency", "Organization", "Company", "CriminalGroup", "Person", "Measure"],
     forward = "lobbies", backward = "is lobbied by",
     meaning = "lobbies, or is hired to lobby for a decision of"),
    (id = 10, name = "CONTROLS", family = regulation, symmetric = false, lasting = true,
     heads = ["Government", "Agency", "Organization", "Measure"], tails = ["Chemical"],
     forward = "controls", backward = "is controlled by",
     meaning = "schedules it, or restricts its production, sale, import or export"),
    (id = 11, name = "ENACTS", family = regulation, symmetric = false, lasting = false,
     heads = .actors, tails = ["Measure"],
     forward = "enacted", backward = "was enacted by",
     meaning = "passed, imposed, issued or adopted"),
    (id = 12, name = "TARGETS", family = regulation, symmetric = false, lasting = true,
     heads = ["Measure"], tails = .actors,
     forward = "targets", backward = "is targeted by",
     meaning = "is directed at, lists or restricts"),
    (id = 13, name = "SUPERSEDES", family = regulation, symmetric = false, lasting = false,
     heads = ["Measure", "Agreement"], tails = ["Measure", "Agreement"],
     forward = "supersedes", backward = "is superseded by",
     meaning = "replaces, amends or suspends"),
    (id = 14, name = "PRODUCES", family = regulation, symmetric = false, lasting = true,
     heads = .actors, tails = ["Chemical"],
     forward = "produces", backward = "is produced by",
     meaning = "makes it"),
    (id = 15, name = "SUPPLIES", family = regulation, symmetric = false, lasting = true,
     heads = .actors, tails = .actors,
     forward = "supplies", backward = "is supplied by",
     meaning = "sells, ships or exports to"),
    (id = 16, name = "TRAFFICS", family = regulation, symmetric = false, lasting = true,
     heads = .actors, tails = ["Chemical"],
     forward = "traffics", backward = "is trafficked by",
     meaning = "moves or sells it illicitly"),
    (id = 17, name = "PRECURSOR_OF", family = regulation, symmetric = false, lasting = true,
     heads = ["Chemical"], tails = ["Chemical"],
     forward = "is a precursor of", backward = "is made from",
     meaning = "is used to make"),
    (id = 18, name = "IS_A", family = regulation, symmetric = false, lasting = true,
     heads = ["Chemical"], tails = ["Chemical"],
     forward = "is a kind of", backward = "has as a kind",
     meaning = "is a kind or derivative of"),
    (id = 19, name = "AGREE", family = cooperative, symmetric = true, lasting = false,
     heads = .actors, tails = .actors,
     forward = "agreed with", backward = "agreed with",
     meaning = "commits, pledges or signs something with or towards"),
    (id = 20, name = "CONSULT", family = cooperative, symmetric = true, lasting = false,
     heads = .actors, tails = .actors,
     forward = "consulted with", backward = "consulted with",
     meaning = "meets, talks with or visits"),
    (id = 21, name = "SUPPORT", family = cooperative, symmetric = false, lasting = false,
     heads = .actors, tails = .actorsAndActs,
     forward = "supported", backward = "was supported by",
     meaning = "praises, welcomes, endorses or grants standing"),
    (id = 22, name = "CONCEDE", family = cooperative, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "conceded to", backward = "was conceded to by",
     meaning = "yields: eases, delists, releases or backs down"),
    (id = 23, name = "COOPERATE", family = cooperative, symmetric = true, lasting = false,
     heads = .actors, tails = .actors,
     forward = "cooperated with", backward = "cooperated with",
     meaning = "works together, shares information or runs a joint operation"),
    (id = 24, name = "AID", family = cooperative, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "aided", backward = "was aided by",
     meaning = "gives money, goods, asylum or subsidies"),
    (id = 25, name = "RETREAT", family = cooperative, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "retreated before", backward = "saw retreat",
     meaning = "withdraws forces or a position"),
    (id = 26, name = "REQUEST", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "pressed", backward = "was pressed by",
     meaning = "demands, urges or presses"),
    (id = 27, name = "ACCUSE", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actorsAndActs,
     forward = "accused", backward = "was accused by",
     meaning = "blames, criticises, alleges or expresses scepticism of"),
    (id = 28, name = "REJECT", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actorsAndActs,
     forward = "rejected", backward = "was rejected by",
     meaning = "refuses, denies or resists a demand of"),
    (id = 29, name = "THREATEN", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "threatened", backward = "was threatened by",
     meaning = "threatens or warns with force or sanction"),
    (id = 30, name = "PROTEST", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "protested against", backward = "was protested against by",
     meaning = "demonstrates or files a protest against"),
    (id = 31, name = "SANCTION", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "sanctioned", backward = "was sanctioned by",
     meaning = "restricts, lists, embargoes, suspends relations or imposes a tariff"),
    (id = 32, name = "MOBILIZE", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "mobilized against", backward = "saw mobilized against it",
     meaning = "readies forces or police"),
    (id = 33, name = "COERCE", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = ["Government", "Agency", "Organization", "Company", "CriminalGroup", "Person", "Chemical"],
     forward = "coerced", backward = "was coerced by",
     meaning = "arrests, indicts, seizes, raids or convicts"),
    (id = 34, name = "ASSAULT", family = conflictual, symmetric = false, lasting = false,
     heads = .actors, tails = .actors,
     forward = "assaulted", backward = "was assaulted by",
     meaning = "uses violence or invades"),
    (id = 35, name = "MENTIONS", family = evidence, symmetric = false, lasting = true,
     heads = ["Document"], tails = [],
     forward = "mentions", backward = "is mentioned in",
     meaning = "names it; written for every node found in a text")]
);
