"""Who is who: pure functions from claims to judgements; nothing is merged on a name alone."""
