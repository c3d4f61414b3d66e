use super::made_up_class::class;
use super::made_up_class::practised::practised;
use super::read;

const HOSTILE: &str = "=HYPERLINK(\"http:x\",1)<script>alert('1')</script>{{ 7 * 7 }}";

#[test]
fn names_are_escaped_in_the_page_and_defused_in_the_table() {
    let mut hand_ins = class(24, 2);
    hand_ins[0].name = HOSTILE.to_owned();
    hand_ins[0].lesson = "threads".to_owned();
    hand_ins[1].version = "<i>".to_owned();
    hand_ins[2].commit = Some("@SUM(1)".to_owned());
    let mut files: Vec<_> = hand_ins.clone();
    files[0].name = "hostile".to_owned();
    let (_, folder) = read(&files);
    std::fs::write(folder.path().join("hostile.json"), hand_ins[0].to_json()).expect("room");
    let class = benches::class::Class::read(folder.path()).expect("it can be read");
    assert!(class.left_out.is_empty(), "{:?}", class.left_out);
    let page = class.html();
    assert!(
        !page.contains("<script") && !page.contains("<i>,"),
        "a tag of a name is one of the page"
    );
    assert!(page.contains("&lt;script&gt;") && page.contains("{{ 7 * 7 }}"));
    let table = class.csv();
    let row = table.lines().find(|row| row.starts_with("hostile.json")).expect("its row");
    assert!(row.contains("\"'=HYPERLINK(\"\"http:"), "{row}");
    assert!(table.contains("'@SUM(1)"));
}

/// As RFC 4180 has it: all rows of one length, each ended by CR LF.
#[test]
fn the_table_has_a_row_for_each_file() {
    let (class, _folder) = read(&[class(23, 2), vec![practised("p", 1)]].concat());
    let table = class.csv();
    assert!(table.ends_with("\r\n") && table.matches("\r\n").count() == 25);
    let cells = |row: &str| {
        let mut quoted = false;
        let ends = |letter: &char| {
            quoted ^= *letter == '"';
            *letter == ',' && !quoted
        };
        row.chars().filter(ends).count() + 1
    };
    let lengths: Vec<usize> = table.split_terminator("\r\n").map(cells).collect();
    assert!(lengths.iter().all(|length| *length == lengths[0]), "{lengths:?}");
}

#[test]
fn the_sentence_counts() {
    let (class, _folder) = read(&class(23, 2));
    let text = class.text();
    assert!(text.contains("23 hand-ins from "), "{text}");
    let page = class.html();
    for word in ["300,003 too small", "Left out", "Run again here"] {
        assert_eq!(page.contains(word), word == "300,003 too small", "{word}");
    }
    assert!(page.contains("deadlock"));
}

/// A class of nothing but what was left out, and one of several lessons.
#[test]
fn every_part_of_the_page_may_be_missing() {
    let mut hand_ins = vec![practised("p", 1)];
    hand_ins.extend(class(1, 1));
    let (both, _folder) = read(&hand_ins);
    let page = both.html();
    assert!(page.contains("2 hand-ins of 2 lessons.") && page.contains("id=\"lesson-practice\""));
    let nothing = benches::class::Class::default();
    assert!(nothing.html().contains("0 hand-ins of 0 lessons."));
}

/// Where machines are of many kinds, those of which there are few share a strip, and nobody is lost.
#[test]
fn many_kinds_of_machines_fit_a_picture() {
    let mut hand_ins = class(60, 2);
    for (place, hand_in) in hand_ins.iter_mut().enumerate() {
        let document = hand_in.document.as_mut().expect("a document");
        document["machine"]["arch"] = format!("arch{}", place / 2).into();
    }
    let (class, _folder) = read(&hand_ins);
    let page = class.html();
    let strips = page.matches("class=\"strip\" role=\"img\"").count();
    assert!((2..=16).contains(&strips), "{strips} strips");
    assert!(page.contains("other kinds") && page.contains("learner-059"));
}
