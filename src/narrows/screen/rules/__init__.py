"""The contract of a red flag: reading it, guarding its SQL, its examples, its lints."""
