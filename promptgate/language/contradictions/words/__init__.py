"""What the search for contradictions knows of English, as data: words, and what they exclude."""
