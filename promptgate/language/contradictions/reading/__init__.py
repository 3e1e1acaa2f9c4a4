"""From instructions to claims: what each asks, allows or forbids, one module for each sort."""
