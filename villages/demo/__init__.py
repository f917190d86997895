"""Invented work of real offices: what a newcomer sees, and where the founding cases stand.

Villages, offices and the facts of the five founding cases are as they were reported; every person,
number and letter is invented, and each paper says so.
"""
