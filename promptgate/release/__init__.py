"""What is released, and writing it down: only a gate that passed writes the lock."""
