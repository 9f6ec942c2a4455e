"""Pages about benefits: one module a noun, each thin over queries, rules and actions."""
