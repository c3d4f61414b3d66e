use measure::audit::Audit;
use mpi::traits::*;

use crate::World;
use crate::messages::Note;

/// The numbers of a note, without its rank.
const NUMBERS: usize = 5;

/// What all ranks have noted, at rank 0; elsewhere what this one has.
pub fn gathered(audit: &Audit, control: &World) -> Vec<Note> {
    let mine = noted(audit);
    if control.rank() > 0 {
        control.process_at_rank(0).send(&mine[..]);
        return read(0, &mine);
    }
    let mut all = read(0, &mine);
    for rank in 1..control.size() {
        let (theirs, _) = control.process_at_rank(rank).receive_vec::<u64>();
        all.extend(read(rank as usize, &theirs));
    }
    all
}

fn noted(audit: &Audit) -> Vec<u64> {
    let threads = audit.busy_workers();
    let nanoseconds = |time: std::time::Duration| time.as_nanos() as u64;
    let numbers = audit.spans.iter().flat_map(|piece| {
        let thread = if threads > 1 { piece.worker as u64 + 1 } else { 0 };
        let (start, end) = (nanoseconds(piece.start), nanoseconds(piece.end));
        [thread, piece.range.start, piece.range.end, start, end]
    });
    numbers.collect()
}

fn read(rank: usize, numbers: &[u64]) -> Vec<Note> {
    let note = |note: &[u64]| Note {
        rank,
        thread: note[0] as u32,
        lo: note[1],
        hi: note[2],
        start: note[3],
        end: note[4],
    };
    numbers.chunks_exact(NUMBERS).map(note).collect()
}
