"""What one report shows by itself: marks, names, figures, times, places and words of caution."""
