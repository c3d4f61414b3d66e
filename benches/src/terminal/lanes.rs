use units::{count, seconds};

use super::canvas::Canvas;
use crate::results::{Lane, Timeline};
use crate::text::{cut, plain};

/// More lanes than this are not drawn.
const MOST: usize = 16;

/// Who worked when; all runs of a kernel on one scale.
pub(super) fn draw(canvas: &mut Canvas, timelines: &[Timeline]) {
    if timelines.is_empty() {
        return;
    }
    canvas.heading("Who worked when?");
    canvas.sentence("█ summing, ▒ summing what was taken from another, · idle; one scale for all");
    let names = (canvas.width() / 5).min(12);
    let room = canvas.width() - names - 1;
    for Timeline { kernel, strategy, wall, lanes, .. } in timelines {
        let of_kernel = timelines.iter().filter(|other| other.kernel == *kernel);
        let longest = of_kernel.map(|other| other.wall).fold(0.0, f64::max);
        canvas.line("");
        let many = count(lanes.len() as u64, "worker");
        canvas.line(&format!("{strategy}, {kernel}, {many}, {}", seconds(*wall)));
        for lane in lanes.iter().take(MOST) {
            let id = cut(&plain(&lane.id), names);
            canvas.line(&format!("{id:names$} {}", cells(lane, *wall, longest, room)));
        }
        if lanes.len() > MOST {
            canvas.line(&format!("and {} more workers", lanes.len() - MOST));
        }
    }
}

/// One character for each part of the time until `longest`: what the worker did for most of it, and nothing once
/// the run was over.
fn cells(lane: &Lane, wall: f64, longest: f64, room: usize) -> String {
    let mut busy = vec![0.0; room];
    let mut stolen = vec![0.0; room];
    let place = |time: f64| (time / longest * room as f64).clamp(0.0, room as f64);
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
    let over = place(wall).ceil() as usize;
    let letter = |(cell, (busy, stolen)): (usize, (&f64, &f64))| match busy {
        _ if cell >= over => ' ',
        idle if *idle < 0.5 => '·',
        busy if *stolen > busy / 2.0 => '▒',
        _ => '█',
    };
    busy.iter().zip(&stolen).enumerate().map(letter).collect()
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
    fn a_cell_shows_its_main_activity() {
        let lane = lane(&[(0.1, 0.4, false), (0.45, 0.49, false), (0.6, 0.9, true)]);
        assert_eq!(cells(&lane, 1.0, 1.0, 10), "·███··▒▒▒·");
        // Beside a run of twice the time.
        assert_eq!(cells(&lane, 1.0, 2.0, 10), "██·▒▒     ");
    }

    #[test]
    fn nonsense_is_idle_and_never_out_of_bounds() {
        let lane = lane(&[(-5.0, -1.0, false), (9.0, 1e300, true), (0.9, 0.1, false)]);
        assert_eq!(cells(&lane, 1.0, 1.0, 5), "·····");
        assert_eq!(cells(&lane, 0.0, 0.0, 5).chars().count(), 5);
        assert_eq!(cells(&lane, 1.0, 1.0, 0), "");
    }
}
