use course::Output;
use units::percent;

use crate::Part;
use crate::profile::Profile;

/// The reader's guess, made before anything was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guess {
    /// The hottest part.
    part: Part,
    /// Its share of the time.
    share: f64,
}

const QUESTION: &str = "Which part of the program takes most of the time (read, parse, distances or \
                        write), and how many percent of it?";

const HELP: &str = "a guess is a part and its share in percent; for example: write 60";

/// A guess this close, in points, is a good one.
const GOOD: f64 = 5.0;

/// Asks for it.
pub(crate) fn ask(output: Output) -> Option<Guess> {
    course::ask(output, QUESTION, HELP, read)
}

/// Reads `write 60` and `write 60 %`.
fn read(text: &str) -> Option<Guess> {
    let (name, share) = text.split_once(char::is_whitespace)?;
    let part = Part::ALL.into_iter().find(|part| part.as_str().eq_ignore_ascii_case(name))?;
    let number = share.trim().trim_end_matches('%').trim_end();
    let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let share: f64 = number.parse().ok().filter(|_| plain)?;
    (share <= 100.0).then_some(Guess { part, share: share / 100.0 })
}

impl Guess {
    /// How far off it was, in sentences.
    pub(crate) fn compared(&self, profile: &Profile) -> Vec<String> {
        let (hottest, guessed) = (profile.hottest(), self.part.as_str());
        let (share, guess) = (profile.share(self.part), percent(self.share));
        let points = (self.share - share) * 100.0;
        let distance = match points {
            near if near.abs() < 0.5 => "right on the spot".to_owned(),
            low if low < 0.0 => format!("{:.0} points too low", -low),
            high => format!("{high:.0} points too high"),
        };
        let has = percent(share);
        let verdict =
            format!("You guessed {guessed} with {guess}; {guessed} has {has}: {distance}.");
        let why = if hottest != self.part {
            format!(
                "The hottest part is {} with {}. Whoever works on {guessed} gains {} at most.",
                hottest.as_str(),
                percent(profile.share(hottest)),
                percent(share)
            )
        } else if points.abs() <= GOOD {
            "That is a good guess.".to_owned()
        } else {
            "It is the hottest part, as you thought.".to_owned()
        };
        vec![verdict, why]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_are_read() {
        for text in ["write 60", "write 60%", "Write  60 %", "write 60.0"] {
            assert_eq!(read(text), Some(Guess { part: Part::Write, share: 0.6 }), "{text}");
        }
        for text in ["", "write", "60", "sum 60", "write 101", "write -1", "write x", "write NaN"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_guess_is_compared_with_the_shares() {
        let profile = Profile::by_stopwatch([0.01, 0.05, 0.9, 0.04]);
        let report = |part, share| Guess { part, share }.compared(&profile).join(" ");
        assert!(report(Part::Distances, 0.88).contains("2 points too low. That is a good guess"));
        assert!(report(Part::Distances, 0.5).contains("40 points too low. It is the hottest part"));
        let wrong = report(Part::Parse, 0.6);
        assert!(wrong.contains("parse has 5 %: 55 points too high"), "{wrong}");
        assert!(wrong.contains("distances with 90 %. Whoever works on parse gains 5 %"), "{wrong}");
    }
}
