"""A generator of text traditions whose stemma is known, and what measures an answer against it."""
