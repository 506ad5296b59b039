"""Text to plan and back: strict loading, places, appending, saving. The only importer of yaml."""
