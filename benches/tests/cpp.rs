//! The program in C++ gives the right sums, each way. Where a compiler or a library is missing, its ways are shown as
//! ignored.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

#[cfg(unix)]
use benches::cpp::Library;
use benches::cpp::{Built, Program, WAYS, Way, built};
use kernels::{Integers, Known, Memory, Pi, Primes};
use libtest_mimic::{Arguments, Failed, Trial};
use testkit::trial;

fn main() -> ExitCode {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let built = built(folder.path()).map(Arc::new);
    let mut trials: Vec<Trial> = WAYS.iter().map(|way| of_way(way, &built)).collect();
    let no_compiler = built.as_ref().err().cloned();
    let program = built.as_ref().map(|built| built.program.clone()).unwrap_or_default();
    trials.push(trial("unknown_requests_are_refused", no_compiler.clone(), move || {
        unknown_requests_are_refused(&program)
    }));
    #[cfg(unix)]
    trials.push(trial(
        "missing_libraries_take_only_their_own_ways_away",
        no_compiler.or(built.ok().and_then(|it| it.without(Library::OpenMp).map(str::to_owned))),
        missing_libraries_take_only_their_own_ways_away,
    ));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The test of one way, ignored where there is no compiler or not its library.
fn of_way(way: &Way, built: &Result<Arc<Built>, String>) -> Trial {
    let (program, missing) = match built {
        Err(why) => (Default::default(), Some(why.clone())),
        Ok(built) => {
            let missing = way.library.and_then(|library| built.without(library));
            (built.program.clone(), missing.map(str::to_owned))
        }
    };
    let way = way.name;
    trial(format!("{}_is_right_at_awkward_sizes", way.replace('-', "_")), missing, move || {
        let mut program = Program::start(&program)?;
        is_right::<Integers>(&mut program, way)?;
        is_right::<Memory>(&mut program, way)?;
        is_right::<Pi>(&mut program, way)?;
        is_right::<Primes>(&mut program, way)?;
        for threads in [1, 3] {
            let (_, sum) = program.sum("nothing", way, threads as u64, threads, 2)?;
            assert_eq!(sum, 0, "nothing, {threads} threads");
        }
        Ok(())
    })
}

fn is_right<K: Known<Partial = u64>>(program: &mut Program, way: &str) -> Result<(), Failed> {
    for terms in [0, 1, 7, 1000, 100_003] {
        let right = K::new(terms)?.sum(0..terms);
        for threads in [1, 3] {
            let (_, sum) = program.sum(K::NAME.as_str(), way, terms, threads, 1)?;
            assert_eq!(sum, right, "{}, {terms} terms, {threads} threads", K::NAME);
        }
    }
    Ok(())
}

fn unknown_requests_are_refused(program: &Path) -> Result<(), Failed> {
    let mut program = Program::start(program)?;
    for (kernel, way) in [("integers", "no-such-way"), ("no-such-kernel", "c")] {
        let refused = program.sum(kernel, way, 10, 1, 1).expect_err("nothing can be summed");
        assert!(refused.to_string().contains("did not answer"), "{refused}");
    }
    assert_eq!(program.sum("integers", "c", 5, 1, 1)?.1, 10, "and it goes on");
    Ok(())
}

/// By a compiler that is without oneTBB, and so without what is built on it.
#[cfg(unix)]
fn missing_libraries_take_only_their_own_ways_away() -> Result<(), Failed> {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir()?;
    let compiler = folder.path().join("compiler");
    let script = "#!/bin/sh\ncase \"$*\" in\n\
                  *WITH_ONETBB*) echo 'error: no tbb' >&2; exit 1;;\n\
                  *WITH_CPP17*) echo 'error: no execution' >&2; exit 1;;\nesac\n\
                  exec \"${CXX:-g++}\" \"$@\"\n";
    std::fs::write(&compiler, script)?;
    std::fs::set_permissions(&compiler, std::fs::Permissions::from_mode(0o755))?;
    let name = compiler.to_str().expect("a plain path").to_owned();
    let built = benches::cpp::built_by([name].into_iter(), folder.path())?;
    let refused = [(Library::OneTbb, "error: no tbb"), (Library::Cpp17, "error: no execution")];
    assert_eq!(built.missing.len(), refused.len(), "{:?}", built.missing);
    for (library, cause) in refused {
        let why = built.without(library).expect("it is missing");
        assert!(why.contains(cause) && why.contains("apt-get install libtbb-dev"), "{why}");
    }
    let mut program = Program::start(&built.program)?;
    for way in WAYS {
        let summed = program.sum("integers", way.name, 1000, 2, 1);
        assert_eq!(
            summed.is_ok(),
            built.missing.iter().all(|(library, _)| way.library != Some(*library)),
            "{}",
            way.name
        );
    }
    Ok(())
}
