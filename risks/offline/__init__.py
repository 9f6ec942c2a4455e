"""The register edited away from the portal: what a workbook's columns and cells mean, and what they change.

Pure: no models, no queries, no clock.
"""
