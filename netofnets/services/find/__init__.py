"""Finding: people, networks and interests by what somebody types or filters."""
