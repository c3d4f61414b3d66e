use std::fs;

use course::{BOLD, DIM, Program};
use judge::Stage;
use measure::Error;

use crate::check::{Checked, check};
use crate::document::{Document, Entry};
use crate::exercise::Exercise;
use crate::folder::Folder;
use crate::options::{Ask, Options};
use crate::pages::{page, page_file};
use crate::progress::{Done, Progress, Standing};
use crate::report::{self, heading, sentence, task};
use crate::set::{self, CHAPTERS};
use crate::verify::verify;
use crate::workshop::{Workshop, refused};

/// A learner at work: the exercises, the learner's files, and how far the learner is.
pub(crate) struct Desk<'d> {
    pub(crate) exercises: Vec<Exercise>,
    pub(crate) folder: Folder,
    pub(crate) progress: Progress,
    pub(crate) options: &'d Options,
    pub(crate) program: &'d Program,
}

impl<'d> Desk<'d> {
    /// Lays out the files that are missing, and reads how far the learner is.
    pub(crate) fn open(options: &'d Options, program: &'d Program) -> Result<Self, Error> {
        let exercises = set::all().map_err(Error::Usage)?;
        let folder = Folder::open(options.folder.as_deref(), &exercises)?;
        let (progress, complaint) = Progress::read(folder.path())?;
        if let Some(complaint) = complaint {
            program.complain(&complaint);
        }
        Ok(Desk { exercises, folder, progress, options, program })
    }

    /// Answers one question; gives the exit code.
    pub(crate) fn answer(&mut self, ask: &Ask) -> Result<u8, Error> {
        match ask {
            Ask::Check { name, all } => self.check(name.as_deref(), *all),
            _ if self.options.hand_in.is_wanted() => self.refuse_to_hand_in(),
            Ask::List => self.list(),
            Ask::Next => self.next(),
            Ask::Hint { name } => self.hint(name.as_deref()),
            Ask::Solution { name, give_up } => self.solution(name, *give_up),
            Ask::Reset { name } => self.reset(name),
            Ask::Verify { names } => {
                let chosen = self.named_all(names)?;
                verify(&chosen, self.options, self.program)
            }
            Ask::Pages => self.pages(),
        }
    }

    /// The place of the next exercise that is not done, if any.
    pub(crate) fn next_place(&self) -> Option<usize> {
        self.exercises.iter().position(|exercise| self.standing(exercise).done.is_none())
    }

    pub(crate) fn standing(&self, exercise: &Exercise) -> Standing {
        self.progress.of(&exercise.name)
    }

    /// The heading of the exercise at `place`.
    pub(crate) fn heading(&self, place: usize) -> String {
        let exercise = &self.exercises[place];
        heading(exercise, place + 1, self.exercises.len(), &self.folder.shown(exercise))
    }

    /// What was found at `place`, for people.
    pub(crate) fn report(&self, place: usize, checked: &Checked) -> String {
        let exercise = &self.exercises[place];
        let folder = self.options.folder.as_ref();
        let folder =
            folder.map_or(String::new(), |folder| format!(" --folder {}", folder.display()));
        let more = format!("cargo run -p practice -- hint {}{folder}", exercise.name);
        let is_left = self.standing(exercise).hints < exercise.hints.len();
        report::verdict(checked, is_left.then_some(more.as_str()))
    }

    /// Notes what a check has found. What was done once stays done.
    pub(crate) fn note(&mut self, name: &str, checked: &Checked) -> Result<(), Error> {
        let done = Done::of(&checked.verdict);
        self.progress.change(name, |standing| {
            standing.checks = standing.checks.saturating_add(1);
            // A speed that was reached once was reached.
            let was_fast = standing.done == Some(Done::Fast);
            if done.is_some() && !(was_fast && done == Some(Done::SpeedUnknown)) {
                standing.done = done;
            }
        })
    }

    pub(crate) fn entry<'e>(&self, exercise: &'e Exercise) -> Entry<'e> {
        Entry::new(
            exercise,
            self.folder.file(exercise).display().to_string(),
            self.standing(exercise),
        )
    }

    fn place(&self, name: &str) -> Option<usize> {
        let plain = name.rsplit('/').next().unwrap_or(name).replace('_', "-");
        let plain = plain.strip_suffix(".rs").unwrap_or(&plain);
        self.exercises.iter().position(|exercise| exercise.name == plain)
    }

    /// The place of an exercise that was named, or of the next.
    fn named(&self, name: Option<&str>) -> Result<usize, Error> {
        match name {
            Some(name) => self.place(name).ok_or_else(|| self.no_exercise(name)),
            None => self.next_place().ok_or_else(|| {
                Error::Usage("every exercise is done; name one, for example: no-tail".to_owned())
            }),
        }
    }

    /// The exercises of these names and chapters; all, where there are none.
    fn named_all(&self, names: &[String]) -> Result<Vec<&Exercise>, Error> {
        if names.is_empty() {
            return Ok(self.exercises.iter().collect());
        }
        let places: Vec<Vec<usize>> =
            names.iter().map(|name| self.places(name)).collect::<Result<_, _>>()?;
        let mut places: Vec<usize> = places.into_iter().flatten().collect();
        places.sort_unstable();
        places.dedup();
        Ok(places.into_iter().map(|place| &self.exercises[place]).collect())
    }

    /// The places of a chapter's exercises, or that of one exercise.
    fn places(&self, name: &str) -> Result<Vec<usize>, Error> {
        let of_chapter =
            |(place, exercise): (usize, &Exercise)| (exercise.chapter == name).then_some(place);
        let places: Vec<usize> = self.exercises.iter().enumerate().filter_map(of_chapter).collect();
        if places.is_empty() { Ok(vec![self.named(Some(name))?]) } else { Ok(places) }
    }

    /// Why a name is not that of an exercise.
    fn no_exercise(&self, name: &str) -> Error {
        let of_chapter = self.exercises.iter().find(|exercise| exercise.chapter == name);
        match of_chapter {
            Some(first) => Error::Usage(format!(
                "{name} is a chapter; name one of its exercises, for example: {}",
                first.name
            )),
            None => self.unknown(name),
        }
    }

    fn unknown(&self, name: &str) -> Error {
        let chapters: Vec<&str> = CHAPTERS.iter().map(|chapter| chapter.name).collect();
        Error::Usage(format!(
            "there is no exercise or chapter {name:?}; chapters: {}; the list command names all exercises, for \
             example: no-tail",
            chapters.join(", ")
        ))
    }

    fn list(&self) -> Result<u8, Error> {
        let entries = self.exercises.iter().map(|exercise| self.entry(exercise)).collect();
        if self.options.json {
            let document = Document::new(self.options.seed, entries);
            self.program.output.result(&document.to_json())?;
            return Ok(0);
        }
        let next = self.next_place();
        let mut text = String::new();
        for chapter in CHAPTERS {
            let all = || self.exercises.iter().filter(|exercise| exercise.chapter == chapter.name);
            let done = all().filter(|exercise| self.standing(exercise).done.is_some()).count();
            text += &format!("{BOLD}{}{BOLD:#}  {done}/{}\n", chapter.title, all().count());
            for exercise in all() {
                let here = next.is_some_and(|next| self.exercises[next].name == exercise.name);
                let mark = if here { ">" } else { " " };
                let standing = self.standing(exercise);
                let done = match (standing.done, standing.checks) {
                    (Some(done), _) => done.in_words(),
                    (None, 0) => "",
                    (None, _) => "begun",
                };
                let line = format!("{mark} {:<22} {done}", exercise.name);
                text += &format!("{}\n", line.trim_end());
            }
        }
        let done =
            self.exercises.iter().filter(|exercise| self.standing(exercise).done.is_some()).count();
        text += &format!("{done} of {} done\n", self.exercises.len());
        let unknown =
            |exercise: &Exercise| self.standing(exercise).done == Some(Done::SpeedUnknown);
        if self.exercises.iter().any(unknown) {
            text += &sentence(
                "speed: ? could not be told when it was checked; check it again when the machine is idle",
                0,
            );
        }
        self.program.output.result(&text)?;
        Ok(0)
    }

    fn next(&self) -> Result<u8, Error> {
        let Some(place) = self.next_place() else {
            let document = Document::new(self.options.seed, Vec::new());
            let text = if self.options.json { document.to_json() } else { ALL_DONE.to_owned() };
            self.program.output.result(&text)?;
            return Ok(0);
        };
        let exercise = &self.exercises[place];
        let text = if self.options.json {
            Document::new(self.options.seed, vec![self.entry(exercise)]).to_json()
        } else {
            format!("{}{}", self.heading(place), task(exercise))
        };
        self.program.output.result(&text)?;
        Ok(0)
    }

    fn check(&mut self, name: Option<&str>, all: bool) -> Result<u8, Error> {
        let places = match name {
            _ if all => (0..self.exercises.len()).collect(),
            Some(name) => self.places(name)?,
            None => vec![self.named(None)?],
        };
        self.check_all(&places, all)
    }

    /// Checks the exercises at these places, and hands them in where that is wanted.
    pub(crate) fn check_all(&mut self, places: &[usize], all: bool) -> Result<u8, Error> {
        let file = self.file_to_hand_in(places)?;
        let workshop = self.workshop()?;
        let mut found: Vec<(usize, Checked)> = Vec::new();
        for &place in places {
            let exercise = &self.exercises[place];
            let file = self.folder.file(exercise);
            let cancellation = self.program.cancellation.child();
            let checked = check(&workshop, exercise, file, self.options.seed, &cancellation);
            self.program.stand_still_if_interrupted();
            let (name, checked) = (exercise.name.clone(), checked?);
            self.note(&name, &checked)?;
            if !self.options.json {
                // "The compiler's message, nothing else": of one file.
                let is_alone = !all
                    && checked
                        .verdict
                        .failure
                        .as_ref()
                        .is_some_and(|failure| failure.stage == Stage::Compiles);
                let heading = if is_alone { String::new() } else { self.heading(place) };
                self.program
                    .output
                    .result(&format!("{heading}\n{}\n", self.report(place, &checked)))?;
            }
            found.push((place, checked));
        }
        if self.options.json {
            let entry = |place: usize| self.entry(&self.exercises[place]);
            let entries = found.iter().map(|(place, checked)| entry(*place).checked(checked));
            let document = Document::new(self.options.seed, entries.collect());
            self.program.output.result(&document.to_json())?;
        }
        if let Some(file) = file {
            self.program.output.complain(&file.write(self.contents(&found)?)?);
        }
        Ok(u8::from(found.iter().any(|(_, checked)| checked.verdict.failure.is_some())))
    }

    fn hint(&mut self, name: Option<&str>) -> Result<u8, Error> {
        let place = self.named(name)?;
        let (name, most) = (self.exercises[place].name.clone(), self.exercises[place].hints.len());
        self.progress.change(&name, |standing| {
            standing.hints = standing.hints.saturating_add(1).min(most)
        })?;
        let exercise = &self.exercises[place];
        let shown = self.standing(exercise).hints;
        let text = if self.options.json {
            Document::new(self.options.seed, vec![self.entry(exercise)]).to_json()
        } else {
            let mut text = String::new();
            for (number, hint) in exercise.hints[..shown].iter().enumerate() {
                text += &format!(
                    "{DIM}{name}, hint {} of {most}{DIM:#}\n{}",
                    number + 1,
                    sentence(hint, 0)
                );
            }
            text
        };
        self.program.output.result(&text)?;
        Ok(0)
    }

    fn solution(&mut self, name: &str, give_up: bool) -> Result<u8, Error> {
        let place = self.named(Some(name))?;
        let name = self.exercises[place].name.clone();
        let is_done = self.progress.of(&name).done.is_some();
        if !is_done && !give_up {
            return Err(Error::Usage(format!(
                "{name} is not done: its solution is shown once it is, or with --give-up; hint {name} gives one more \
                 hint"
            )));
        }
        if !is_done {
            self.progress.change(&name, |standing| standing.gave_up = true)?;
        }
        let exercise = &self.exercises[place];
        let text = if self.options.json {
            let entry = Entry { solution: Some(exercise.solution_text()), ..self.entry(exercise) };
            Document::new(self.options.seed, vec![entry]).to_json()
        } else {
            exercise.solution_text()
        };
        self.program.output.result(&text)?;
        Ok(0)
    }

    fn reset(&mut self, name: &str) -> Result<u8, Error> {
        let place = self.named(Some(name))?;
        let kept = self.folder.reset(&self.exercises[place])?;
        let name = self.exercises[place].name.clone();
        self.progress.change(&name, |standing| standing.done = None)?;
        let exercise = &self.exercises[place];
        let text = if self.options.json {
            let kept = Some(kept.display().to_string());
            Document::new(self.options.seed, vec![Entry { kept, ..self.entry(exercise) }]).to_json()
        } else {
            format!("{name} begins again; your text is kept as {}\n", kept.display())
        };
        self.program.output.result(&text)?;
        Ok(0)
    }

    fn pages(&self) -> Result<u8, Error> {
        for chapter in CHAPTERS {
            let (path, page) = (page_file(chapter), page(chapter).map_err(Error::Usage)?);
            fs::write(&path, page).map_err(|cause| refused(&path, &cause))?;
        }
        Ok(0)
    }

    /// Where attempts are compiled and run.
    pub(crate) fn workshop(&self) -> Result<Workshop, Error> {
        Workshop::open(self.program.output.has_colour(), &self.program.cancellation)
    }
}

/// What there is to say at the end.
pub(crate) const ALL_DONE: &str = "Every exercise is done. The lessons' your_turn.rs files are the open field: cargo run -p threads.\n";
