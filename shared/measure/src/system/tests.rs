use std::thread;
use std::time::Instant;

use super::*;

fn spin(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {}
}

/// A thread that sleeps computes little, and no thread more than there is time.
#[test]
fn cpu_time_passes_with_work_alone() {
    let told = || (Here::thread_time(), Here::process_time());
    let ((thread, process), start) = (told(), Instant::now());
    spin(Duration::from_millis(30));
    let (now, of_all) = told();
    if let Some((before, after)) = thread.zip(now) {
        let used = after - before;
        assert!(used > Duration::ZERO && used < start.elapsed() * 11 / 10, "{used:?}");
    }
    assert_eq!(thread.is_some(), process.is_some());
    if let Some((before, after)) = process.zip(of_all) {
        assert!(after > before);
    }
    let Some(before) = Here::thread_time() else { return };
    thread::sleep(Duration::from_millis(30));
    let slept = Here::thread_time().map(|after| after - before);
    assert!(slept.is_some_and(|slept| slept < Duration::from_millis(20)), "{slept:?}");
}

/// Steps may be some milliseconds long.
#[test]
fn whether_anybody_computes_is_seen() {
    let before = Here::process_time_in_steps();
    spin(Duration::from_millis(200));
    let used = Here::process_time_in_steps().zip(before).map(|(after, before)| after - before);
    assert!(used.is_none_or(|used| used > Duration::from_millis(20)), "{used:?}");
}

/// A thread that was sent away may run anywhere once it is back.
#[test]
fn a_thread_comes_back() {
    let Ok(place) = Here::place() else {
        assert!(Here::pinnable().is_err(), "what can be pinned has a place");
        return;
    };
    let cores = Here::pinnable().expect("what has a place can be pinned").len();
    let theirs = place.clone();
    let sent = thread::spawn(move || Here::send_away(&theirs)).join().expect("no panic");
    assert_eq!(sent, cores > 1);
    let away = Here::place().expect("it was told before");
    assert_eq!(away != place, sent, "{away:?}");
    Here::come_back(&place);
    assert_eq!(Here::place().expect("it was told before"), place);
}
