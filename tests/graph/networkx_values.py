#!/usr/bin/env python3
"""Writes data/graphs/networkx.txt: random graphs with the values that networkx gives them.

Run by hand when a measure is added (Debian: python3-networkx, python3-scipy); the test
tests/graph/networkx_test.cpp reads the file and needs no Python.
"""
import math
import random

import networkx as nx
import numpy as np


def line(name, values):
    return name + " " + " ".join("%.12g" % (0 if math.isnan(v) else v) for v in values)


def gap(matrix):
    """How far the greatest eigenvalue is from the next, in parts of itself."""
    values = np.sort(np.abs(np.linalg.eigvals(matrix)))[::-1]
    return 0 if values[0] < 1e-9 else (values[0] - values[1]) / values[0]


def values_of(graph, undirected, nodes):
    def by_node(name, values):
        return line(name, [values[n] for n in nodes])

    yield by_node("closeness", nx.closeness_centrality(undirected))
    yield by_node("closeness-in", nx.closeness_centrality(graph))
    yield by_node("harmonic", nx.harmonic_centrality(undirected))
    yield by_node("harmonic-in", nx.harmonic_centrality(graph))
    yield by_node("core", nx.core_number(undirected))
    cuts = set(nx.articulation_points(undirected))
    yield by_node("cut-point", {n: n in cuts for n in nodes})
    bridges = set(map(frozenset, nx.bridges(undirected)))
    yield line("bridges", [frozenset(e) in bridges for e in undirected.edges])
    yield by_node("constraint", nx.constraint(graph))
    yield by_node("betweenness", nx.betweenness_centrality(undirected, normalized=False))
    yield by_node("betweenness-forward", nx.betweenness_centrality(graph, normalized=False))
    between = nx.edge_betweenness_centrality(undirected, normalized=False)
    yield line("edge-betweenness", [between[e] for e in undirected.edges])
    yield by_node("pagerank", nx.pagerank(graph, tol=1e-15, max_iter=10000))
    start = {n: 1 if n < 2 else 0 for n in nodes}
    yield by_node("pagerank-start", nx.pagerank(graph, personalization=start, tol=1e-15, max_iter=10000))
    yield by_node("katz", nx.katz_centrality_numpy(graph, alpha=0.1, normalized=False))
    a = nx.to_numpy_array(graph, nodelist=nodes)
    if nx.is_connected(undirected) and gap(a + a.T) > 1e-3:
        yield by_node("eigenvector", nx.eigenvector_centrality_numpy(undirected))
    if gap(a.T @ a) > 1e-2:
        hubs, authorities = nx.hits(graph)
        yield by_node("hubs", {n: abs(hubs[n]) for n in nodes})
        yield by_node("authorities", {n: abs(authorities[n]) for n in nodes})


def main():
    random.seed(1)
    with open("data/graphs/networkx.txt", "w") as out:
        out.write("# Made by tests/graph/networkx_values.py with networkx %s: random directed graphs\n"
                  "# and what it says of them, and of them with every edge walked both ways.\n"
                  "# graph NODES FROM-TO...; pairs FROM-TO...: of the undirected graph, in the order of\n"
                  "# the values that are by edge; then a line for each measure.\n" % nx.__version__)
        for i in range(200):
            count = random.randint(3, 8)
            nodes = list(range(count))
            chance = random.choice([0.15, 0.3, 0.5])
            edges = [(a, b) for a in nodes for b in nodes if a != b and random.random() < chance] or [(0, 1)]
            graph = nx.DiGraph()
            graph.add_nodes_from(nodes)
            graph.add_edges_from(edges)
            undirected = graph.to_undirected()
            out.write("graph %d %s\n" % (count, " ".join("%d-%d" % e for e in edges)))
            out.write("pairs %s\n" % " ".join("%d-%d" % e for e in undirected.edges))
            for text in values_of(graph, undirected, nodes):
                out.write(text + "\n")


main()
