"""Lists handed out as spreadsheets: short ones at once, long ones by a job."""
