// Overlay: an earlier snapshot with what has changed since laid over it.
//
// The image of a large graph is mapped, and what a commit changes of it is little. So its columns are
// mapped once more, as private copies of which the system copies a page when something on it changes
// (graph/mapped_file.h). A row that an edge joins or leaves moves as a whole to behind the others, in
// order, with what came; the places that it leaves are marked. An edge of which only days, kind or
// confidence change is overwritten where it lies. Then rows are as they always are: searches walk them
// as they walk an image, and pay nothing. What differs is the order of edge indices (each_edge() goes by
// rows), and that a pass over all indices meets places that are none.
//
// Rather than a list of changes beside the rows, which each step of every search would have to look at;
// and rather than new columns, which take two seconds of work for 17 million edges. Those are made, at the
// speed of memory, where an overlay cannot be: if nodes went (merged, ended) or came back among the
// others, for then all places change; and when the image is written again (graph/flatten.h).
#pragma once
#include <map>
#include <memory>
#include <optional>

#include "graph/snapshot.h"

namespace entente {

// What is there now of what has changed; nothing: it is there no more.
struct Changes {
  std::map<NodeId, std::optional<Node>> nodes;
  std::map<EdgeId, std::optional<Edge>> edges;
};

// `base`, flat, with those changes, as of the commit `recorded`. Every answer is
// that of a snapshot made from the store; so are the columns, once flattened. O(changed edges + the rows
// that they join or leave + the table of counts by day); with nodes that went, or new names, O(n) more;
// see above for O(n + m), and if there is a day that the table of instants lacks, a pass over all edges.
// Corruption if the changes do not fit the snapshot; LimitReached if they do not fit its columns (ids beyond
// 32 bits, more than 65,536 days): make it from the store.
Result<std::shared_ptr<const Snapshot>> with_changes(const Snapshot& base, const Changes& changes, CommitId recorded);

}  // namespace entente
