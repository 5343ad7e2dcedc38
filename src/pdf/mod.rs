//! From pages to PDF bytes: the only place that names the PDF crates.
