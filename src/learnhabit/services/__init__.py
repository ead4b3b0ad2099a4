"""Use cases: what the app and the command line do, one file per activity."""
