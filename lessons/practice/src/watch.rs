use std::fs;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, SystemTime};

use course::DIM;
use measure::Error;

use crate::check::{Checked, check};
use crate::desk::{ALL_DONE, Desk};
use crate::document::Document;
use crate::report::{sentence, task};
use crate::workshop::Workshop;

/// How often it is looked whether the file was saved.
const LOOK: Duration = Duration::from_millis(100);

/// Clears a terminal, and what can be scrolled back to, and begins at its top.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Watches the next exercise that is not done: checks it now and at every save, and goes on to the one after it once it
/// is done. Ends when all are.
///
/// # Errors
///
/// Where the system refuses what a check takes.
pub(crate) fn watch(desk: &mut Desk<'_>) -> Result<u8, Error> {
    let workshop = desk.workshop()?;
    let mut screen = Screen::new();
    while let Some(place) = desk.next_place() {
        let file = desk.folder.file(&desk.exercises[place]);
        loop {
            let stamp = stamp(&file);
            // A save during the check begins another one.
            let Some(checked) = checked(desk, &workshop, place, &file, stamp)? else { continue };
            let name = desk.exercises[place].name.clone();
            desk.note(&name, &checked)?;
            screen.draw(desk, place, &checked)?;
            if desk.standing(&desk.exercises[place]).done.is_some() {
                break;
            }
            while self::stamp(&file) == stamp {
                desk.program.stand_still_if_interrupted();
                thread::sleep(LOOK);
            }
        }
    }
    if !desk.options.json {
        desk.program.output.result(ALL_DONE)?;
    }
    Ok(0)
}

/// When a file was saved last, and its length; nothing where it is gone for the moment, as editors do it.
type Stamp = Option<(SystemTime, u64)>;

fn stamp(file: &Path) -> Stamp {
    let file = fs::metadata(file).ok()?;
    Some((file.modified().ok()?, file.len()))
}

/// Checks the exercise at `place`; `None` where it was saved meanwhile.
fn checked(
    desk: &Desk<'_>,
    workshop: &Workshop,
    place: usize,
    file: &Path,
    before: Stamp,
) -> Result<Option<Checked>, Error> {
    let (exercise, seed) = (&desk.exercises[place], desk.options.seed);
    let cancellation = desk.program.cancellation.child();
    thread::scope(|scope| {
        let (send, receive) = channel();
        let theirs = cancellation.clone();
        scope.spawn(move || {
            let found = check(workshop, exercise, file.to_owned(), seed, &theirs);
            // Nobody listens any more where the file was saved meanwhile.
            let _ = send.send(found);
        });
        loop {
            match receive.recv_timeout(LOOK) {
                Ok(found) => {
                    desk.program.stand_still_if_interrupted();
                    return found.map(Some);
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) if stamp(file) != before => {
                    cancellation.cancel();
                    return Ok(None);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    })
}

/// Where the exercise is shown, and what was found.
struct Screen {
    /// Whether it is a terminal, which is drawn anew each time.
    is_terminal: bool,
    /// The exercise whose task was shown last.
    shown: Option<usize>,
    /// What was said of the exercise before, which is done.
    before: String,
}

impl Screen {
    fn new() -> Self {
        Screen { is_terminal: std::io::stdout().is_terminal(), shown: None, before: String::new() }
    }

    fn draw(&mut self, desk: &Desk<'_>, place: usize, checked: &Checked) -> Result<(), Error> {
        let (exercise, output) = (&desk.exercises[place], desk.program.output);
        if desk.options.json {
            let entry = desk.entry(exercise).checked(checked);
            return output.result(&Document::new(desk.options.seed, vec![entry]).to_line());
        }
        let found = format!("{}\n{}", desk.heading(place), desk.report(place, checked));
        if desk.standing(exercise).done.is_some() {
            // On a terminal it is shown above the next one.
            let above = if self.is_terminal { format!("{found}\n") } else { String::new() };
            let before = std::mem::replace(&mut self.before, above);
            return output.result(&format!("{}{before}{found}\n", self.clear()));
        }
        let is_new = self.shown.replace(place) != Some(place);
        let task = if is_new || self.is_terminal { task(exercise) } else { String::new() };
        let waiting = "Edit the file and save it: it is checked again. Ctrl-C ends this.";
        let before = std::mem::take(&mut self.before);
        output.result(&format!(
            "{}{before}{}{task}\n{}\n{DIM}{}{DIM:#}",
            self.clear(),
            desk.heading(place),
            desk.report(place, checked),
            sentence(waiting, 0)
        ))
    }

    fn clear(&self) -> &'static str {
        if self.is_terminal { CLEAR } else { "" }
    }
}
