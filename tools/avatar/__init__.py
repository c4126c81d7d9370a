"""Builds the interviewers: CC0 MakeHuman data in, GLB files with 52 ARKit morph targets out.

Works offline once one wheel is fetched; makes the same bytes every time. Does not: run in the product.
"""
