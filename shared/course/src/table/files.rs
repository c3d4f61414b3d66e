use std::io::Write;
use std::path::Path;

use kernels::KernelName;
use measure::{Error, Row};

use crate::hand_in::{Contents, HandInFile, LearnerFile, row_spans};
use crate::report::Trace;
use crate::{Document, Options, Program, Saved, Table};

/// The files that a table is written to, beside standard output. All are opened before anything is measured.
pub(super) struct Files {
    trace: Option<Trace>,
    save: Option<Saved>,
    hand_in: Option<HandInFile>,
}

impl Files {
    /// Those that were asked for.
    ///
    /// # Errors
    ///
    /// Where one cannot be written, or two are the same.
    pub(super) fn open<T: Table>(
        options: &T::Options,
        kernel: KernelName,
        program: &Program,
    ) -> Result<Self, Error> {
        let common: &Options = options.as_ref();
        let trace = |path| Trace::create(path, &program.cancellation);
        let save =
            |path| Saved::beside_the_result("document", "--save", path, &program.cancellation);
        let learners = || {
            let mut files = T::yours(options)?;
            if kernel.is_yours() {
                files.push(LearnerFile::kernel()?);
            }
            Ok(files)
        };
        let files = Files {
            trace: common.trace.as_deref().map(trace).transpose()?,
            save: common.save.as_deref().map(save).transpose()?,
            hand_in: common.hand_in.open(T::NAME, learners, program)?,
        };
        files.check()?;
        Ok(files)
    }

    /// Whoever wants two files in one place would get the last.
    fn check(&self) -> Result<(), Error> {
        let all = [
            self.trace.as_ref().map(|trace| ("--trace", &trace.0)),
            self.save.as_ref().map(|save| ("--save", save)),
            self.hand_in.as_ref().map(|file| ("--hand-in", file.saved())),
        ];
        let all: Vec<(&str, &Saved)> = all.into_iter().flatten().collect();
        for (place, (option, file)) in all.iter().enumerate() {
            if let Some((other, _)) = all[..place].iter().find(|(_, one)| one.is_same_file(file)) {
                return Err(Error::Usage(format!(
                    "{other} and {option} name the same file; give each its own, for example: \
                     {option} alice.json"
                )));
            }
        }
        Ok(())
    }

    /// Writes the trace; gives the place where it is.
    pub(super) fn write_trace(&self, rows: &[Row]) -> Result<Option<&Path>, Error> {
        let Some(trace) = &self.trace else { return Ok(None) };
        trace.write(rows)?;
        Ok(Some(trace.path()))
    }

    /// Writes the document.
    pub(super) fn save(&self, document: &Document) -> Result<(), Error> {
        let Some(save) = &self.save else { return Ok(()) };
        save.write(|output| output.write_all(document.to_json().as_bytes()))
    }

    /// Writes what is handed in; gives a line that says what that is.
    pub(super) fn hand_in(
        &self,
        document: &Document,
        rows: &[Row],
    ) -> Result<Option<String>, Error> {
        let Some(file) = &self.hand_in else { return Ok(None) };
        let spans = Some(row_spans(rows));
        file.write(Contents { spans, ..Contents::of(document) }).map(Some)
    }
}
