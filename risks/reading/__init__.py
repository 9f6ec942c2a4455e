"""What is read of risks and issues across their records; every reader starts at what somebody may see."""
