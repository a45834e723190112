"""Reads exported files with programs that others wrote, and prints what they understood.

usage: readers.py KIND FILE...     one line for each edge, in the order of edge ids:
    HEAD TYPE TAIL start=... end=... from=... to=... mode=... negated=...
exit 77: the reader is not installed.
"""
import csv
import json
import sys

SKIP = 77


def line(head, kind, tail, **facts):
    told = " ".join(f"{k}={v}" for k, v in facts.items() if v not in (None, "", []))
    return f"{head} {kind} {tail} {told}".rstrip()


def of_networkx(graph, name):
    rows = []
    for u, v, key, data in graph.edges(keys=True, data=True):
        number = int(str(data.get("id", key)).lstrip("e"))
        rows.append((number, line(graph.nodes[u][name], data["type"], graph.nodes[v][name],
                                  start=data.get("start"), end=data.get("end"),
                                  **{"from": data.get("valid_from"), "to": data.get("valid_to")},
                                  mode=data["mode"], negated=data["negated"])))
    return [text for _, text in sorted(rows)]


def networkx_gexf(path):
    import networkx
    return of_networkx(networkx.read_gexf(path), "label")


def networkx_graphml(path):
    import networkx
    return of_networkx(networkx.read_graphml(path, force_multigraph=True), "label")


def networkx_node_link(path):
    import networkx
    with open(path, encoding="utf-8") as file:
        return of_networkx(networkx.node_link_graph(json.load(file)), "name")


def igraph_graphml(path):
    import igraph
    graph = igraph.Graph.Read_GraphML(path)
    rows = []
    for edge in graph.es:
        head, tail = graph.vs[edge.source], graph.vs[edge.target]
        rows.append((int(edge["id"].lstrip("e")),
                     line(head["label"], edge["type"], tail["label"],
                          **{"from": edge["valid_from"], "to": edge["valid_to"]},
                          mode=edge["mode"], negated=bool(edge["negated"]))))
    return [text for _, text in sorted(rows)]


def python_csv(nodes, edges):
    with open(nodes, encoding="utf-8", newline="") as file:
        names = {row["id:ID"]: row["name"] for row in csv.DictReader(file, strict=True)}
    rows = []
    with open(edges, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            rows.append((int(row["id:long"]),
                         line(names[row[":START_ID"]], row[":TYPE"], names[row[":END_ID"]],
                              start=row["start:date"], end=row["end:date"],
                              **{"from": row["valid_from"], "to": row["valid_to"]},
                              mode=row["mode"], negated=row["negated:boolean"] == "true")))
    return [text for _, text in sorted(rows)]


READERS = {f.__name__: f for f in (networkx_gexf, networkx_graphml, networkx_node_link, igraph_graphml, python_csv)}

if __name__ == "__main__":
    try:
        for text in READERS[sys.argv[1]](*sys.argv[2:]):
            print(text.replace("\n", "\\n"))
    except ImportError as missing:
        print(missing, file=sys.stderr)
        sys.exit(SKIP)
