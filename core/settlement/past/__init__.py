"""What cycles leave to each other: what is carried, and settled cycles that late orders and returns come back to."""
