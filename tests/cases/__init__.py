"""From rosters to pages: small cases that a new user would try, each with a right and useful answer."""
