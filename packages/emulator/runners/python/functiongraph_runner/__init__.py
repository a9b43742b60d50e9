"""Loads a function and calls it, in an instance of its own; runner-protocol.md says what it is told and answers.

Needs Python 3.6 and nothing but its standard library.
"""
