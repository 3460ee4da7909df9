"""What many rooms need of text: words and stems, normal forms, moments in time, data files."""
