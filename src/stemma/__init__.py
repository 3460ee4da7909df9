"""stemma: whose words are these, and who really said so?"""
