"""The rollback branch: what to go back to, how it is made, gated, approved and pushed."""
