"""What is said, to whom, by whom, and that it arrived."""
