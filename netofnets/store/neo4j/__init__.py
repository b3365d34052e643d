"""The book of record in a Neo4j server, as a graph that people can ask with Cypher."""
