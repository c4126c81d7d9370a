"""Files that users hand in, read in a process of their own.

Does not: know what a CV is.
"""
