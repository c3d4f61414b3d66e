//! Whether a program writes where it should not.

use std::collections::BTreeMap;
use std::fs;

/// The files of the working folder, each with its length and the time of its last change.
pub(super) fn now() -> BTreeMap<String, (u64, Option<std::time::SystemTime>)> {
    const MOST: usize = 10_000;
    let entries = fs::read_dir(".").into_iter().flatten().flatten().take(MOST);
    let files = entries.filter_map(|entry| {
        let facts = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        Some((
            entry.file_name().to_string_lossy().into_owned(),
            (facts.len(), facts.modified().ok()),
        ))
    });
    files.collect()
}

/// The files that are new, or others than before.
pub(super) fn changes<F: PartialEq>(
    before: &BTreeMap<String, F>,
    after: &BTreeMap<String, F>,
) -> Vec<String> {
    let changed = after.iter().filter(|(name, facts)| before.get(*name) != Some(facts));
    changed.map(|(name, _)| name.clone()).collect()
}
