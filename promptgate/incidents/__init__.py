"""From the alarm to the post-mortem: an append-only log of events, and what follows from it."""
