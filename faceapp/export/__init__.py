"""Attendance as a file for spreadsheets and payroll: CSV and XLSX.

`tables` lays out entries, days or totals as a `Table` of streamed rows, so that a hundred thousand
entries need no memory; `writing` writes it to a file. Column names are stable codes for scripts,
the same in every language.
"""
