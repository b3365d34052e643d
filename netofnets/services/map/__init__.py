"""Maps: scenes of networks and people, and the focus maps around one thing."""
