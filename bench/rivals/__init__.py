"""Other people's tools on the same records, for comparison. They live in an environment of their own: setup.sh."""
