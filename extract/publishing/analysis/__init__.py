"""From curated papers to the frames that meta-analysis software takes unedited. The front file is `assembly`."""
