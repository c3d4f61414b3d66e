use units::{count, percent, seconds};

use super::canvas::{Canvas, cut, plain};
use crate::results::{Lane, Timeline};

/// More lanes than this are not drawn.
const MOST: usize = 16;

/// Who worked when, and where the time went.
pub(super) fn draw(canvas: &mut Canvas, timelines: &[Timeline]) {
    if timelines.is_empty() {
        return;
    }
    canvas.heading("Who worked when?");
    canvas.sentence("# busy, S busy with work taken from another, . without work");
    for Timeline { kernel, strategy, wall, lanes, .. } in timelines {
        let workers = lanes.len();
        canvas.line("");
        let many = count(workers as u64, "worker");
        canvas.line(&format!("{strategy}, {kernel}, {many}, {}", seconds(*wall)));
        let names = canvas.width() / 5;
        for lane in lanes.iter().take(MOST) {
            let room = canvas.width() - names - 1;
            let id = cut(&plain(&lane.id), names);
            canvas.line(&format!("{id:names$} {}", cells(lane, *wall, room)));
        }
        if workers > MOST {
            canvas.line(&format!("and {} more workers", workers - MOST));
        }
    }
    shares(canvas, timelines);
}

/// One character for each part of the time: what the worker did for most of it.
fn cells(lane: &Lane, wall: f64, room: usize) -> String {
    let mut busy = vec![0.0; room];
    let mut stolen = vec![0.0; room];
    let place = |time: f64| (time / wall * room as f64).clamp(0.0, room as f64);
    for piece in &lane.boxes {
        let (start, end) = (place(piece.start), place(piece.end));
        // A wall time of zero puts nothing anywhere.
        if !start.is_finite() || !end.is_finite() {
            continue;
        }
        for cell in start as usize..(end.ceil() as usize).min(room) {
            let part = end.min(cell as f64 + 1.0) - start.max(cell as f64);
            busy[cell] += part;
            if piece.stolen {
                stolen[cell] += part;
            }
        }
    }
    let letter = |(busy, stolen): (&f64, &f64)| match busy {
        idle if *idle < 0.5 => '.',
        busy if *stolen > busy / 2.0 => 'S',
        _ => '#',
    };
    busy.iter().zip(&stolen).map(letter).collect()
}

/// Where the wall time of the mean worker went, in percent.
fn shares(canvas: &mut Canvas, timelines: &[Timeline]) {
    canvas.heading("Where did the time of the mean worker go?");
    let wide = canvas.width() >= 72;
    let names = if wide { 16 } else { 14 };
    let mut head = format!("{:names$}", "");
    let first = timelines.first().map(|first| first.shares.parts());
    for (part, _) in first.iter().flatten() {
        head += &if wide { format!(" {part:>10}") } else { format!(" {part:>4.4}") };
    }
    canvas.line(&head);
    for timeline in timelines {
        let mut line = format!("{:names$}", cut(&plain(&timeline.strategy), names));
        for (_, time) in timeline.shares.parts() {
            let share = percent(time / timeline.wall);
            let share =
                if (time / timeline.wall).is_finite() { cut(&share, 10) } else { "-".to_owned() };
            line += &if wide { format!(" {share:>10}") } else { format!(" {share:>4.5}") };
        }
        canvas.line(&line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::LaneBox;

    fn lane(boxes: &[(f64, f64, bool)]) -> Lane {
        let boxes =
            boxes.iter().map(|&(start, end, stolen)| LaneBox { start, end, lo: 0, hi: 1, stolen });
        Lane { id: "thread 1".into(), busy: 0.0, boxes: boxes.collect() }
    }

    #[test]
    fn a_character_says_what_most_of_its_time_was() {
        let lane = lane(&[(0.1, 0.4, false), (0.45, 0.49, false), (0.6, 0.9, true)]);
        assert_eq!(cells(&lane, 1.0, 10), ".###..SSS.");
    }

    #[test]
    fn nonsense_is_idle_and_never_out_of_bounds() {
        let lane = lane(&[(-5.0, -1.0, false), (9.0, 1e300, true), (0.9, 0.1, false)]);
        assert_eq!(cells(&lane, 1.0, 5), ".....");
        assert_eq!(cells(&lane, 0.0, 5).len(), 5);
        assert_eq!(cells(&lane, 1.0, 0), "");
    }
}
