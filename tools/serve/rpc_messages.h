// Inside the RPC: values of ours <-> the messages of schema/service.capnp.
//
// Reading trusts nothing: what is well formed and impossible throws kj::Exception, as all of Cap'n Proto does.
#pragma once
#include "schema/claim.h"
#include "schema/result.h"
#include "schema/service.capnp.h"
#include "tools/answer/load.h"
#include "tools/answer/record.h"
#include "tools/answer/verbs.h"
#include "tools/serve/database.h"

namespace entente::serve {

void write(const Error& error, capnp_schema::Fault::Builder out);
Error read(capnp_schema::Fault::Reader in);

void write(const VerbRequest& request, capnp_schema::VerbRequest::Builder out);
VerbRequest read(capnp_schema::VerbRequest::Reader in);
void write(const VerbOutcome& outcome, capnp_schema::VerbOutcome::Builder out);
VerbOutcome read(capnp_schema::VerbOutcome::Reader in);

void write(const Extract& extract, capnp_schema::Extract::Builder out);
Extract read(capnp_schema::Extract::Reader in);
void write(const Recorded& recorded, capnp_schema::Recorded::Builder out);
Recorded read(capnp_schema::Recorded::Reader in);

Upload read(capnp_schema::Article::Reader in, capnp_schema::Authorship::Reader by);
void write(const Upload& upload, capnp_schema::Article::Builder out, capnp_schema::Authorship::Builder by);

void write(const LoadRequest& request, capnp_schema::Table::Builder out, capnp_schema::Authorship::Builder by);
LoadRequest read(capnp_schema::Table::Reader in, capnp_schema::Authorship::Reader by);
void write(const LoadProgress& progress, capnp_schema::LoadProgress::Builder out);
LoadProgress read(capnp_schema::LoadProgress::Reader in);
void write(const LoadOutcome& outcome, capnp_schema::LoadOutcome::Builder out);  // but for its status
LoadOutcome read(capnp_schema::LoadOutcome::Reader in);

}  // namespace entente::serve
