"""What tests and the chat page do from the other side: people's acts, failures on demand, reports, events."""
