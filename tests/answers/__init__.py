"""What a reply says belongs to the facts that it cites."""
