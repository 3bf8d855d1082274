"""Tables people send: rows of .xlsx and .csv as text, or a refusal with a sentence. Pure: no Django, no models."""
