"""Who may do what on the pages: accounts, sessions, tokens, and what is asked before a change."""
