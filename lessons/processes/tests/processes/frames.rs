//! The reader of frames against anything that could come through a pipe.
//!
//! `corpus/` holds byte strings that are worth keeping: `good-*` are frames, `bad-*` are none. Every
//! input that was found to matter belongs in there. The properties start from them and change them at random.

use std::fs;
use std::path::Path;

use children::Unreadable;
use kernels::KernelName;
use processes::Fault;
use processes::frame::Message;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The files of the corpus, by name.
fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/processes/corpus");
    let files = fs::read_dir(folder).expect("the corpus is a folder").map(|file| {
        let file = file.expect("a file of the corpus");
        let name = file.file_name().into_string().expect("a plain name");
        (name, fs::read(file.path()).expect("a file that can be read"))
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

/// Reads to the end, or to what cannot be read.
fn read_all(bytes: &[u8]) -> (Vec<(u64, Message)>, Option<Unreadable>) {
    let (mut rest, mut frames) = (bytes, Vec::new());
    loop {
        match Message::read(&mut rest) {
            Ok(Some(frame)) => frames.push(frame),
            Ok(None) => return (frames, None),
            Err(unreadable) => return (frames, Some(unreadable)),
        }
    }
}

fn written(frames: &[(u64, Message)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (job, message) in frames {
        message.write(*job, &mut bytes).expect("a vector takes everything");
    }
    bytes
}

/// Whatever the bytes are: what is read are the very bytes that the frames would be written as, and
/// if it ends in an error, it says why.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let (frames, unreadable) = read_all(bytes);
    let again = written(&frames);
    prop_assert!(bytes.starts_with(&again), "{frames:?}");
    match unreadable {
        None => prop_assert_eq!(again.len(), bytes.len()),
        Some(why) => prop_assert!(matches!(why, Unreadable::HalfFrame | Unreadable::Nonsense(_))),
    }
    Ok(())
}

#[test]
fn the_corpus_is_read_as_its_names_say() {
    let corpus = corpus();
    for (name, bytes) in &corpus {
        let (frames, unreadable) = read_all(bytes);
        if name.starts_with("good-") {
            assert!(unreadable.is_none() && !frames.is_empty(), "{name}: {unreadable:?}");
            assert_eq!(&written(&frames), bytes, "{name}");
        } else {
            assert!(name.starts_with("bad-"), "{name} is neither good nor bad");
            assert!(unreadable.is_some(), "{name}: {frames:?}");
        }
    }
    for kind in ["good-", "bad-"] {
        assert!(corpus.iter().filter(|(name, _)| name.starts_with(kind)).count() >= 8, "{kind}");
    }
}

fn range() -> impl Strategy<Value = std::ops::Range<u64>> {
    (any::<u64>(), any::<u64>()).prop_map(|(one, other)| one.min(other)..one.max(other))
}

fn message() -> impl Strategy<Value = Message> {
    let kernel = select(KernelName::ALL.to_vec());
    prop_oneof![
        (kernel, any::<u64>(), any::<bool>()).prop_map(|(kernel, terms, data)| Message::Spec {
            kernel,
            terms,
            data
        }),
        Just(Message::Ready),
        range().prop_map(Message::Sum),
        range().prop_map(Message::SumMapped),
        range().prop_map(Message::SumSent),
        vec(any::<u8>(), 0..2000).prop_map(Message::Data),
        select(Fault::ALL.to_vec()).prop_map(Message::Misbehave),
        (range(), any::<u64>(), vec(any::<u8>(), 0..2000))
            .prop_map(|(range, busy, sum)| Message::Answer { range, busy, sum }),
    ]
}

fn frames() -> impl Strategy<Value = Vec<(u64, Message)>> {
    vec((any::<u64>(), message()), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(frames in frames()) {
        let (read, unreadable) = read_all(&written(&frames));
        prop_assert!(unreadable.is_none(), "{unreadable:?}");
        prop_assert_eq!(read, frames);
    }

    #[test]
    fn no_bytes_confuse_the_reader(bytes in vec(any::<u8>(), 0..200)) {
        check(&bytes)?;
    }

    #[test]
    fn no_bytes_behind_a_header_confuse_the_reader(
        kind in any::<u8>(), length in 0_u32..100, body in vec(any::<u8>(), 0..100),
    ) {
        let mut bytes = b"SUMP\x01".to_vec();
        bytes.extend([kind, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(length.to_le_bytes());
        bytes.extend(body);
        check(&bytes)?;
    }

    #[test]
    fn no_change_of_the_corpus_confuses_the_reader(
        file in any::<Index>(),
        changes in vec((any::<Index>(), any::<u8>()), 0..4),
        cut in any::<Index>(),
        keep_the_end in any::<bool>(),
    ) {
        let corpus = corpus();
        let mut bytes = file.get(&corpus).1.clone();
        for (place, value) in changes {
            if !bytes.is_empty() {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
        }
        if !keep_the_end {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        check(&bytes)?;
    }
}
