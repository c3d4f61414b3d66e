//! The page of a class, made of what learners hand in, with all that may be wrong.

use benches::class::Class;

use crate::Result;
use crate::checks;
use crate::chromium::Chromium;
use crate::page::file_url;

#[path = "../../testing/made_up_class.rs"]
mod made_up_class;

use made_up_class::practised::practised;
use made_up_class::{class, file, forged};

/// A name that is longer than any place for it, and means something to HTML.
const HOSTILE: &str =
    "<b onmouseover=alert(1)>Ünïcödé-and-no-blank-in-it-whatever-the-width-of-a-phone-may-be";

/// Opened from disk, the page can be read at every width and in both schemes, without a script, and fetches nothing.
pub fn test() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let hand_ins = folder.path().join("hand-ins");
    std::fs::create_dir(&hand_ins)?;
    let mut all = class(46, 1);
    all[0].name = HOSTILE.to_owned();
    all.extend(forged::all(1).into_iter().step_by(4).map(|(forged, _)| forged));
    all.extend((0..4).map(|seed| practised(&format!("practised-{seed}"), seed)));
    for (place, hand_in) in all.iter().enumerate() {
        let (name, bytes) = file(hand_in);
        let name = if place == 0 { "hostile.json".to_owned() } else { name };
        std::fs::write(hand_ins.join(name), bytes)?;
    }
    std::fs::write(hand_ins.join("notes.txt"), "Dear teacher")?;
    let path = folder.path().join("class.html");
    std::fs::write(&path, Class::read(&hand_ins)?.html())?;
    let chromium = Chromium::start()?;
    let mut findings = Vec::new();
    for (width, scheme) in checks::views() {
        let page = chromium.open(&file_url(&path)?, width, scheme)?;
        let mut found = checks::fits(&page)?;
        found.extend(checks::contrast(&page, &["body *"])?);
        found.extend(checks::quiet(&page)?);
        let picture =
            page.evaluate::<f64>("document.querySelector('figure').getBoundingClientRect().top")?;
        if picture > 450.0 {
            found.push(format!("the first picture begins at {picture} px"));
        }
        if page.evaluate::<u32>("document.querySelectorAll('script, [onmouseover]').length")? > 0 {
            found.push("a name has become a part of the page".to_owned());
        }
        let place = format!("at {} in {scheme}", width.0);
        findings.extend(found.into_iter().map(|finding| format!("{place}: {finding}")));
    }
    let (width, scheme) = checks::views().last().expect("there are views");
    findings.extend(checks::keyboard(&chromium.open(&file_url(&path)?, width, scheme)?)?);
    checks::none("the page of a class", &findings)
}
