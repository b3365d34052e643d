"""Who may sign in: accounts, passwords, sessions, links and an audit, in a database of their own beside the home's."""
