use course::Output;
use units::percent;

/// The reader's guess, made before anything was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Guess {
    /// What is the hottest.
    name: &'static str,
    /// Its share of the time.
    share: f64,
}

/// A guess this close, in points, is a good one.
const GOOD: f64 = 5.0;

/// Asks for it; `names` are what may be guessed.
pub(crate) fn ask(output: Output, question: &str, names: &[&'static str]) -> Option<Guess> {
    let example = names.last().copied().unwrap_or_default();
    let help = format!("a guess is a name and its share in percent; for example: {example} 60");
    course::ask(output, question, &help, |text| read(text, names))
}

/// Reads `write 60` and `write 60 %`.
fn read(text: &str, names: &[&'static str]) -> Option<Guess> {
    let (name, share) = text.split_once(char::is_whitespace)?;
    let name = names.iter().find(|known| known.eq_ignore_ascii_case(name))?;
    let number = share.trim().trim_end_matches('%').trim_end();
    let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let share: f64 = number.parse().ok().filter(|_| plain)?;
    (share <= 100.0).then_some(Guess { name, share: share / 100.0 })
}

impl Guess {
    /// How far off it was, in sentences; a `thing` is what has a share: a part, a function.
    pub(crate) fn compared(&self, thing: &str, shares: &[(&str, f64)]) -> Vec<String> {
        let guessed = self.name;
        let share =
            shares.iter().find(|(name, _)| *name == guessed).map_or(0.0, |(_, share)| *share);
        let hottest = shares.iter().max_by(|(_, a), (_, b)| a.total_cmp(b));
        let points = (self.share - share) * 100.0;
        let distance = match points {
            near if near.abs() < 0.5 => "right on the spot".to_owned(),
            low if low < 0.0 => format!("{:.0} points too low", -low),
            high => format!("{high:.0} points too high"),
        };
        let (guess, has) = (percent(self.share), percent(share));
        let verdict =
            format!("You guessed {guessed} with {guess}; {guessed} has {has}: {distance}.");
        let why = match hottest {
            Some((name, most)) if *name != guessed => format!(
                "The hottest {thing} is {name} with {}. Work on {guessed} gains {has} at most.",
                percent(*most)
            ),
            _ if points.abs() <= GOOD => "That is a good guess.".to_owned(),
            _ => format!("It is the hottest {thing}, as you thought."),
        };
        vec![verdict, why]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 3] = ["read", "parse", "write"];

    #[test]
    fn guesses_are_read() {
        for text in ["write 60", "write 60%", "Write  60 %", "write 60.0"] {
            assert_eq!(read(text, &NAMES), Some(Guess { name: "write", share: 0.6 }), "{text}");
        }
        for text in ["", "write", "60", "sum 60", "write 101", "write -1", "write x", "write NaN"] {
            assert_eq!(read(text, &NAMES), None, "{text}");
        }
    }

    #[test]
    fn a_guess_is_compared_with_the_shares() {
        let shares = [("read", 0.01), ("parse", 0.05), ("distances", 0.9), ("write", 0.04)];
        let report = |name, share| Guess { name, share }.compared("part", &shares).join(" ");
        assert!(report("distances", 0.88).contains("2 points too low. That is a good guess"));
        assert!(report("distances", 0.5).contains("40 points too low. It is the hottest part"));
        let wrong = report("parse", 0.6);
        assert!(wrong.contains("parse has 5 %: 55 points too high"), "{wrong}");
        assert!(wrong.contains("distances with 90 %. Work on parse gains 5 %"), "{wrong}");
    }

    #[test]
    fn what_has_no_share_has_none() {
        let shares = [("distance_from", 0.5)];
        let report = Guess { name: "read", share: 0.3 }.compared("function", &shares).join(" ");
        assert!(report.contains("read has 0 %: 30 points too high"), "{report}");
    }
}
