use std::io::Write;
use std::path::Path;
use std::time::Duration;

use measure::{
    Cancellation, Error, Row,
    audit::{Audit, AuditedSpan},
};
use serde::Serialize;

use crate::Saved;

/// The file of `--trace`: the audit of every row, as a picture over time.
///
/// It is a Chrome trace, which ui.perfetto.dev opens. Each row is a *process* of the trace, each
/// worker one of its *threads*, and each span a box from its start to its end. Every row begins at
/// time zero, so that rows can be compared by looking down.
#[derive(Debug)]
pub(crate) struct Trace(pub(crate) Saved);

impl Trace {
    /// Opens the file, so that a path that cannot be written is found out before anything is measured.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the system refuses it, and [`Error::Usage`] where it is standard output.
    pub(crate) fn create(path: &Path, cancellation: &Cancellation) -> Result<Self, Error> {
        Saved::beside_the_result("trace", "--trace", path, cancellation).map(Trace)
    }

    /// The name of the file.
    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes the audits of `rows`; a row that was not audited is left out.
    ///
    /// # Errors
    ///
    /// [`Error::Save`] where the file does not take it.
    pub(crate) fn write(&self, rows: &[Row]) -> Result<(), Error> {
        self.0.write(|output| {
            let trace = Events { trace_events: events(rows), display_time_unit: "ns" };
            serde_json::to_writer(&mut *output, &trace)?;
            output.write_all(b"\n")
        })
    }
}

/// The whole file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Events {
    trace_events: Vec<TraceEvent>,
    display_time_unit: &'static str,
}

/// One event; `ph` says of which kind it is. Times are in microseconds.
#[derive(Debug, Serialize)]
#[serde(tag = "ph")]
enum TraceEvent {
    /// The name of a row or of a worker.
    #[serde(rename = "M")]
    Name { name: &'static str, pid: usize, tid: usize, args: Name },
    /// A span.
    #[serde(rename = "X")]
    Span {
        name: String,
        cat: &'static str,
        /// A colour that viewers of these traces know; others ignore it.
        #[serde(skip_serializing_if = "Option::is_none")]
        cname: Option<&'static str>,
        pid: usize,
        tid: usize,
        ts: f64,
        dur: f64,
        args: Terms,
    },
}

#[derive(Debug, Serialize)]
struct Name {
    name: String,
}

#[derive(Debug, Serialize)]
struct Terms {
    first_term: u64,
    end: u64,
    terms: u64,
    stolen: bool,
}

fn events(rows: &[Row]) -> Vec<TraceEvent> {
    let mut events = Vec::new();
    // A viewer takes the thread with the number of its process for the main one and shows it first,
    // so the numbers of workers begin after those of all rows. They rise in the order of the workers.
    let mut next = rows.len() + 1;
    for (pid, row) in (1..).zip(rows) {
        if let Some(audit) = &row.audit {
            let args = Name { name: row.title() };
            events.push(TraceEvent::Name { name: "process_name", pid, tid: 0, args });
            events.extend(of_workers(pid, next, audit));
            next += audit.workers.len();
        }
    }
    events
}

/// The workers of one row, the first of them numbered `first`, and their spans.
fn of_workers(pid: usize, first: usize, audit: &Audit) -> impl Iterator<Item = TraceEvent> {
    let named = audit.workers.iter().map(move |worker| TraceEvent::Name {
        name: "thread_name",
        pid,
        tid: first + worker.worker,
        args: Name { name: worker.id.clone() },
    });
    named.chain(audit.spans.iter().map(move |span| of_span(pid, first + span.worker, span)))
}

fn of_span(pid: usize, tid: usize, span: &AuditedSpan) -> TraceEvent {
    let (lo, hi, stolen) = (span.range.start, span.range.end, span.stolen);
    TraceEvent::Span {
        name: format!("terms {lo}..{hi}"),
        cat: if stolen { "stolen" } else { "own" },
        cname: stolen.then_some("yellow"),
        pid,
        tid,
        ts: microseconds(span.start),
        dur: microseconds(span.end.saturating_sub(span.start)),
        args: Terms { first_term: lo, end: hi, terms: hi - lo, stolen },
    }
}

fn microseconds(time: Duration) -> f64 {
    time.as_nanos() as f64 / 1e3
}
