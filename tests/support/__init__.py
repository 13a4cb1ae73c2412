"""What tests share: databases, networks drawn as text, the wire replaced."""
