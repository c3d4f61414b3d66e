//! What a dispatch to the GPU costs: the program of the lesson `gpu` knows, where it was built. This one knows no GPU, so
//! that nobody has to build a library for one who wants to know what a lock costs.

use std::env::{self, consts::EXE_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use children::{Child, Killer};
use course::{Device, Document};
use measure::{Cancellation, Interval};
use serde::Deserialize;

use super::price::{Price, Unit};
use super::probe::Group;

/// What is done, and what it is called where no device does it. The names differ, so that nobody takes one for the other.
const NAME: &str = "dispatch to the GPU";
const IN_SOFTWARE: &str = "dispatch, GPU in software";
const WHAT: &str = "from the call to the answer of a sum of one term";

/// The program, and the lesson that its document names.
const PROGRAM: &str = "gpu";

/// It needs some seconds, and gives its device up after twenty.
const LIMIT: Duration = Duration::from_secs(30);

/// No such document is longer, in bytes.
const MOST_BYTES: usize = 1 << 16;

/// So much of what a failed program said last is shown.
const LONGEST_WORDS: usize = 200;

/// Asks the program that lies beside this one; never one on PATH. It is ended with `cancellation`.
pub(crate) fn dispatch(cancellation: &Cancellation) -> Price {
    price(beside_this_program().and_then(|program| asked(&program, LIMIT, cancellation)))
}

/// What the program answers.
#[derive(Debug, Clone, Deserialize)]
struct Answer {
    device: Option<Device>,
    dispatch: Option<Interval>,
    missing: Option<String>,
    #[serde(default)]
    rounds: usize,
}

/// The program in the folder of this one, as cargo puts it there; or how to build it.
fn beside_this_program() -> Result<PathBuf, String> {
    let this = env::current_exe().unwrap_or_default();
    let folder = this.parent().unwrap_or(Path::new(""));
    let program = folder.join(format!("{PROGRAM}{EXE_SUFFIX}"));
    if program.is_absolute() && program.is_file() {
        return Ok(program);
    }
    let profile = if folder.ends_with("release") { " --release" } else { "" };
    Err(format!(
        "only the lesson {PROGRAM} can ask one; build it with: cargo build{profile} -p {PROGRAM}"
    ))
}

/// What `program` answers, within `limit`.
fn asked(program: &Path, limit: Duration, cancellation: &Cancellation) -> Result<Answer, String> {
    let killer = Killer::of_group();
    let killed_on_cancel = cancellation.on_cancel({
        let killer = killer.clone();
        move || killer.kill()
    });
    let mut command = Command::new(program);
    // It has nothing to clean up, so nothing waits for its end.
    let child = Child::spawn(command.args(["price", "--json"]), &killer, Duration::ZERO);
    let failed = |cause: String| format!("the program {PROGRAM} failed: {cause}");
    let mut child = child.map_err(|error| failed(error.to_string()))?;
    child.limit(limit);
    let (exit, output) =
        child.finish(MOST_BYTES, |_| {}).map_err(|error| failed(error.to_string()))?;
    drop(killed_on_cancel);
    if !exit.is_success() {
        let last = child.errors().last_line();
        let last = last.map(|last| last.chars().take(LONGEST_WORDS).collect());
        return Err(failed(last.unwrap_or_else(|| format!("it {exit}"))));
    }
    let text = String::from_utf8_lossy(&output);
    match Document::<Answer>::parse(&text) {
        Ok(document) if document.lesson == PROGRAM => Ok(Answer::clone(&document)),
        _ => Err(failed("its answer is no price".to_owned())),
    }
}

/// The price that an answer tells, or why there is none.
fn price(answer: Result<Answer, String>) -> Price {
    let (seconds, device, rounds, why) = match answer {
        Ok(Answer { device: Some(device), dispatch: Some(seconds), rounds, .. }) => {
            (Some(seconds), Some(device), rounds, None)
        }
        Ok(Answer { missing, .. }) => (None, None, 0, missing),
        Err(why) => (None, None, 0, Some(why)),
    };
    let in_software = device.as_ref().is_some_and(Device::is_software);
    let price = Price {
        name: (if in_software { IN_SOFTWARE } else { NAME }).to_owned(),
        group: Group::System,
        what: WHAT.to_owned(),
        unit: Unit::Seconds,
        seconds,
        samples: rounds,
        below: None,
        why_not: None,
        device,
    };
    if price.seconds.is_some() && price.is_sound() {
        return price;
    }
    let why = why.unwrap_or_else(|| format!("the program {PROGRAM} tells no price"));
    let why_not = Some(format!("not measured: {why}"));
    Price { name: NAME.to_owned(), seconds: None, samples: 0, device: None, why_not, ..price }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn told(kind: &str, median: f64) -> Value {
        json!({
            "device": {"name": "a card", "kind": kind}, "rounds": 15, "missing": null,
            "dispatch": {"median": median, "low": 9e-5, "high": 1.1e-4},
        })
    }

    fn price_of(answer: Value) -> Price {
        price(Ok(serde_json::from_value(answer).expect("it is one")))
    }

    #[test]
    fn a_price_has_its_device_and_one_in_software_another_name() {
        let card = price_of(told("discrete", 1e-4));
        assert_eq!((card.name.as_str(), card.samples, &card.why_not), (NAME, 15, &None));
        assert_eq!(card.seconds.expect("a price").median, 1e-4);
        assert!(!card.is_in_software());
        let software = price_of(told("software", 1e-4));
        assert_eq!((software.name.as_str(), software.is_in_software()), (IN_SOFTWARE, true));
        assert_eq!(software.seconds, card.seconds);
    }

    #[test]
    fn what_is_no_price_says_why() {
        let none = json!({"device": null, "dispatch": null, "missing": "a GPU is missing: none"});
        let mut of_nobody = told("discrete", 1e-4);
        of_nobody["device"] = Value::Null;
        let cases = [
            (none, "not measured: a GPU is missing: none"),
            (json!({}), "not measured: the program gpu tells no price"),
            (of_nobody, "not measured: the program gpu tells no price"),
            (told("discrete", -1e-4), "not measured: the program gpu tells no price"),
            (told("software", 2e-4), "not measured: the program gpu tells no price"),
        ];
        for (answer, why) in cases {
            let price = price_of(answer.clone());
            let Price { name, seconds, device, why_not, .. } = price;
            assert_eq!((name.as_str(), seconds, device), (NAME, None, None), "{answer}");
            assert_eq!(why_not.as_deref(), Some(why), "{answer}");
        }
    }

    /// What `asked` gives for a program that does this.
    fn asked_of(script: &str, limit: Duration) -> Result<Answer, String> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = folder.path().join(PROGRAM);
        // Another process writes it: nobody starts a program that a child of this one has open for writing.
        let write = "printf '#!/bin/sh\\n%s\\n' \"$1\" > \"$0\" && chmod +x \"$0\"";
        let written = Command::new("sh").args(["-c", write]).arg(&program).arg(script).status();
        assert!(written.is_ok_and(|status| status.success()));
        asked(&program, limit, &Cancellation::default())
    }

    #[test]
    #[cfg_attr(not(unix), ignore = "needs a shell, whose scripts are programs")]
    fn a_program_that_fails_hangs_or_never_ends_to_speak_is_no_trouble() {
        let long = Duration::from_secs(60);
        let said = |script, limit| asked_of(script, limit).map(|_| ()).expect_err(script);
        let refused = said("echo 'gpu: error: the card is lost' >&2; exit 70", long);
        assert_eq!(refused, "the program gpu failed: gpu: error: the card is lost");
        assert_eq!(said("exit 3", long), "the program gpu failed: it ended with exit status 3");
        for wrong in ["echo nonsense", "echo '{\"lesson\": \"threads\", \"missing\": \"x\"}'"] {
            assert_eq!(said(wrong, long), "the program gpu failed: its answer is no price");
        }
        let short = Duration::from_millis(300);
        for late in ["sleep 100", "while :; do echo more and more and more; done"] {
            let begin = std::time::Instant::now();
            assert_eq!(said(late, short), "the program gpu failed: it took longer than 0.3 s");
            assert!(begin.elapsed() < Duration::from_secs(30), "{late}");
        }
        let good = r#"[ "$*" = "price --json" ] && echo '{"lesson": "gpu", "missing": "none"}'"#;
        assert_eq!(asked_of(good, long).expect("it answers").missing.as_deref(), Some("none"));
    }

    #[test]
    fn a_program_is_ended_with_this_one() {
        let cancellation = Cancellation::default();
        cancellation.cancel();
        let sleeping = asked(Path::new("/bin/sleep"), Duration::from_secs(60), &cancellation);
        let why = sleeping.map(|_| ()).expect_err("it was cancelled before");
        assert_eq!(why, "the program gpu failed: it was cancelled before it had started");
    }
}
