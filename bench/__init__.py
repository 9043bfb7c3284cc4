"""Measures speed: seeded synthetic data, side by side with what the engine alone would need."""
