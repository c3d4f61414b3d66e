//! What is made of a bench's results: charts, report, words, comparison, ladder, laws.

#[path = "../../testing/made_up.rs"]
mod made_up;

#[cfg(unix)]
mod against;
mod captions;
mod charts;
mod class;
mod compare;
mod gallery;
mod history;
#[cfg(unix)]
mod ladder;
mod laws;
mod report;
mod terminal;
mod words;
