use serde::Serialize;
use units::count;

/// Columns of a strip.
const COLUMNS: usize = 44;

/// So near an end a label does not stand in the middle.
const COLUMNS_AT_AN_END: usize = 14;

/// A line of dots, with a name.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Strip {
    pub(super) name: String,
    /// The whole of it in words.
    pub(super) words: String,
    /// Dots whose place on the axis is not known.
    pub(super) unplaced: Vec<Dot>,
    /// Columns that hold dots, from the left.
    pub(super) columns: Vec<Column>,
}

/// The dots that stand on each other.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Column {
    /// Which one, counted from 1.
    pub(super) place: usize,
    pub(super) dots: Vec<Dot>,
    /// What all of them are, where that has a name.
    pub(super) label: Option<String>,
    /// To which side the label goes, near an end: `left`, `right`.
    pub(super) side: &'static str,
}

/// One hand-in.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Dot {
    pub(super) look: &'static str,
    pub(super) tip: String,
    /// What it is, where several may be the same.
    #[serde(skip)]
    pub(super) what: Option<String>,
}

/// The looks of dots, in the order in which they stand on each other: class and name.
pub(super) const LOOKS: [(&str, &str); 6] = [
    ("fast", "fast"),
    ("parallel", "parallel"),
    ("alone", "right"),
    ("open", "cannot tell"),
    ("wrong", "wrong"),
    ("failed", "failed, folded or not run"),
];

impl Strip {
    /// From each dot and its place, from 0 to 1, where that is known.
    pub(super) fn new(name: &str, hand_ins: usize, dots: Vec<(Option<f64>, Dot)>) -> Self {
        let rank = |dot: &Dot| LOOKS.iter().position(|(look, _)| *look == dot.look);
        let mut columns: Vec<Vec<Dot>> = vec![Vec::new(); COLUMNS];
        let mut unplaced = Vec::new();
        let words: Vec<String> = LOOKS
            .iter()
            .filter_map(|(look, name)| {
                let number = dots.iter().filter(|(_, dot)| dot.look == *look).count();
                (number > 0).then(|| format!("{number} {name}"))
            })
            .collect();
        for (place, dot) in dots {
            match place {
                Some(place) => {
                    columns[((place * COLUMNS as f64) as usize).min(COLUMNS - 1)].push(dot)
                }
                None => unplaced.push(dot),
            }
        }
        columns.iter_mut().for_each(|column| column.sort_by_key(rank));
        unplaced.sort_by_key(rank);
        let columns = columns.into_iter().enumerate().filter(|(_, dots)| !dots.is_empty());
        let mut columns: Vec<Column> =
            columns.map(|(place, dots)| Column::new(place + 1, dots)).collect();
        keep_apart(&mut columns);
        let hand_ins = count(hand_ins as u64, "hand-in");
        let words = if words.is_empty() { "none is right".to_owned() } else { words.join(", ") };
        Strip {
            words: format!("{name}: {hand_ins}: {words}"),
            name: name.to_owned(),
            unplaced,
            columns,
        }
    }
}

/// Takes the label of a column away that a taller one beside it would run into.
fn keep_apart(columns: &mut [Column]) {
    let labelled = columns.iter().filter(|column| column.label.is_some());
    let tall: Vec<(usize, usize)> =
        labelled.map(|column| (column.dots.len(), column.place)).collect();
    for column in columns {
        let mine = (column.dots.len(), column.place);
        let is_hidden =
            |other: &(usize, usize)| *other > mine && other.1.abs_diff(mine.1) < COLUMNS_AT_AN_END;
        column.label.take_if(|_| tall.iter().any(is_hidden));
    }
}

impl Column {
    fn new(place: usize, dots: Vec<Dot>) -> Self {
        let what = dots[0]
            .what
            .clone()
            .filter(|what| dots.iter().all(|dot| dot.what.as_ref() == Some(what)));
        let label = what.filter(|_| dots.len() > 1).map(|what| {
            format!("{} × {}", dots.len(), what.split(" too ").next().unwrap_or_default())
        });
        let side = match place {
            ..=COLUMNS_AT_AN_END => "left",
            place if place + COLUMNS_AT_AN_END > COLUMNS => "right",
            _ => "",
        };
        Column { place, dots, label, side }
    }
}
