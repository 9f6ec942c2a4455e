"""The work of long tasks of the register: with progress, as their owner, and what came of it."""
