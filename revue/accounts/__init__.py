"""People: sign-up, sessions, profiles, roles, age, home region."""
