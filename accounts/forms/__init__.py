"""The shape and wording of what people type: signing in, people, roles, profiles."""
