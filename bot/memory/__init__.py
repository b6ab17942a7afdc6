"""What a conversation remembers: bounded, expiring, in this process only."""
