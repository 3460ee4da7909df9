"""What a reader sees: the account in the terminal, as a drawn stemma and as one page."""
