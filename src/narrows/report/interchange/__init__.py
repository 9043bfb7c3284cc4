"""The network and the custody of a case as other tools read them: GraphML, GEXF, GeoJSON, EPCIS 2.0."""
