"""Components, base pages, style sheets and icons."""
