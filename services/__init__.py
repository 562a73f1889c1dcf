"""The two services of Evenwicht and the one command that starts their tasks."""
