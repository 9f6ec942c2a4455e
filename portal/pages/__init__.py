"""Pages where the apps meet: each reads from several of them and writes to none."""
