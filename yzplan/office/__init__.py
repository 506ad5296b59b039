"""The papers and sheets of an office: .docx letters."""
