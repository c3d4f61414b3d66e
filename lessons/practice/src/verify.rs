use course::Program;
use measure::Error;
use crate::workshop::{Workshop, Source, Compiled};
pub fn verify_all(program: &Program, names: &[String]) -> Result<u8, Error> {
    let workshop = Workshop::open(false, &program.cancellation)?;
    let mut bad = 0;
    for exercise in crate::set::all().map_err(Error::Usage)? {
        if !names.is_empty() && !names.contains(&exercise.name) { continue; }
        let folder = workshop.folder_of(&exercise)?;
        let mut sources = vec![];
        let mut variants: Vec<(String, String, Option<&crate::exercise::Filling>)> = vec![("solution".into(), exercise.solution_text(), None), ("skeleton".into(), exercise.skeleton_text(), Some(&exercise.skeleton))];
        for (i, w) in exercise.wrong.iter().enumerate() { variants.push((format!("wrong-{}", i+1), exercise.wrong_text(w), Some(w))); }
        for (name, text, _) in &variants { let path = folder.join(format!("{name}_.rs")); std::fs::write(&path, text).unwrap(); sources.push(Source{name, path}); }
        let (compiled, took) = crate::attempt::timed(|| workshop.compile(&exercise, &sources));
        let program_path = match compiled? { Compiled::Program(p) => p, Compiled::Refused(text) => { println!("{}: does not compile\n{text}", exercise.name); bad += 1; continue } };
        println!("{} compiled in {took:?}", exercise.name);
        for (name, _, filling) in &variants {
            let (judged, took) = crate::attempt::timed(|| crate::attempt::judge(&program_path, name, 7, workshop.cancellation()));
            let judged = judged?;
            let v = &judged.verdict;
            let ok = match filling { None => v.failure.is_none(), Some(f) => v.failure.as_ref().is_some_and(|x| x.stage == f.stage && x.text.contains(&f.says)) || f.stage == judge::Stage::Fast && v.failure.is_none() && v.speed.as_ref().is_some_and(|s| matches!(s.answer, judge::Answer::CannotTell(_))) };
            println!("  {} {name} {took:?} {:?} {:?} {:?}", if ok {"ok"} else {bad += 1; "BAD"}, v.failure, v.speed, v.rows.iter().map(|r| (&r.name, r.seconds, r.share, r.speedup)).collect::<Vec<_>>());
            if !judged.printed.is_empty() { println!("printed: {}", judged.printed); }
        }
    }
    Ok(u8::from(bad > 0))
}
