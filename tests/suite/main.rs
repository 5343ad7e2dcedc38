//! All tests that go through the public door, in one program, which is linked once and keeps every
//! processor busy to its end.

mod arbitrary;
mod architecture;
mod at_once;
mod bring;
mod characters;
mod checks;
mod cli;
mod cli_thumbnail;
mod compare;
mod crash;
mod documents;
mod exports;
mod import_papers;
mod import_profiles;
mod keeping;
mod merge;
mod names;
mod pages;
mod pdf_writer;
mod photo;
mod program;
mod publications;
mod raster;
mod readers;
mod sheet;
mod store_errors;
mod store_keep;
mod store_profile;
mod support;
mod ui_cards;
mod ui_files;
mod ui_keys;
mod ui_looks;
mod ui_page;
mod ui_texts;
