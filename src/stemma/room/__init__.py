"""The reading room: the stories of a store in the browser, read side by side, judged and shared."""
