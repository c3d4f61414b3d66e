use super::*;

/// A record, by what stands behind its kind and its length.
fn record(kind: u32, body: &[u8]) -> Vec<u8> {
    let length = (8 + body.len()) as u32;
    [&kind.to_le_bytes(), &length.to_le_bytes(), body].concat()
}

/// `GROUP_AFFINITY` of 64 bits.
fn mask(group: u16, mask: u64) -> Vec<u8> {
    [&mask.to_le_bytes()[..], &group.to_le_bytes(), &[0; 6]].concat()
}

/// `PROCESSOR_RELATIONSHIP`: whether it has two threads, its class, where it is.
fn core(class: u8, group: u16, threads: u64) -> Vec<u8> {
    let smt = u8::from(threads.count_ones() > 1);
    record(0, &[&[smt, class], &[0; 20][..], &1_u16.to_le_bytes(), &mask(group, threads)].concat())
}

/// `CACHE_RELATIONSHIP`: 64 bytes a line.
fn cache(level: u8, kind: u32, bytes: u32, threads: u64) -> Vec<u8> {
    let sizes = [&64_u16.to_le_bytes()[..], &bytes.to_le_bytes(), &kind.to_le_bytes()].concat();
    record(
        2,
        &[&[level, 8], &sizes[..], &[0; 18], &1_u16.to_le_bytes(), &mask(0, threads)].concat(),
    )
}

/// `NUMA_NODE_RELATIONSHIP`.
fn node(number: u32, threads: u64) -> Vec<u8> {
    record(
        1,
        &[&number.to_le_bytes(), &[0; 18][..], &1_u16.to_le_bytes(), &mask(0, threads)].concat(),
    )
}

/// A Core i7-12700K, as Intel publishes it: eight performance cores of two threads, four efficiency cores of one, and
/// their caches. The classes are those that Windows gives such cores: see [`I5_14600K`]. No such buffer was
/// recorded: it is built by the layout that is documented.
fn i7_12700k() -> Vec<u8> {
    let fast = (0..8).map(|number| core(1, 0, 0b11 << (2 * number)));
    let efficient = (0..4).map(|number| core(0, 0, 1 << (16 + number)));
    let caches = [
        cache(1, 2, 48 << 10, 0b11),
        cache(1, 1, 32 << 10, 0b11),
        cache(2, 0, 1280 << 10, 0b11),
        cache(1, 2, 32 << 10, 1 << 16),
        cache(2, 0, 2 << 20, 0xf << 16),
        cache(3, 0, 25 << 20, 0xf_ffff),
    ];
    // A package (3) and the groups (4) are there, too, and not asked for.
    let rest = [record(3, &[0; 40]), node(0, 0xf_ffff), record(4, &[0; 72])];
    fast.chain(efficient).chain(caches).chain(rest).flatten().collect()
}

/// What `RelationProcessorCore` said on a Core i5-14600K: class and mask of each core, as listed in
/// SimonvBez/CPUSetSetter#3, whose last four are cut off there and go on as before.
const I5_14600K: [(u8, u64); 14] = [
    (1, 0x3),
    (1, 0xc),
    (1, 0x30),
    (1, 0xc0),
    (1, 0x300),
    (1, 0xc00),
    (0, 0x1000),
    (0, 0x2000),
    (0, 0x4000),
    (0, 0x8000),
    (0, 0x1_0000),
    (0, 0x2_0000),
    (0, 0x4_0000),
    (0, 0x8_0000),
];

fn kind(name: Option<&str>, cores: usize, threads: usize) -> CoreKind {
    CoreKind { name: name.map(str::to_owned), capacity: None, cores, threads }
}

#[test]
fn a_hybrid_processor_has_two_kinds_of_cores() {
    let processors = Processors::of_windows(&i7_12700k(), 8);
    let facts = processors.facts();
    let kinds = vec![kind(Some("performance"), 8, 16), kind(Some("efficiency"), 4, 4)];
    assert_eq!(facts.kinds, Some(kinds));
    assert_eq!((facts.logical_cores, facts.physical_cores), (Some(20), Some(12)));
    assert_eq!((facts.siblings.clone(), facts.smt(None)), (Some(vec![0, 1]), Some(true)));
    assert_eq!((facts.cache_line_bytes, facts.nodes), (Some(64), Some(vec![0])));
    let caches: Vec<(u32, &str, u64)> =
        facts.caches.iter().map(|cache| (cache.level, cache.kind.as_str(), cache.bytes)).collect();
    let expected = [
        (1, "Data", 48 << 10),
        (1, "Instruction", 32 << 10),
        (2, "Unified", 1280 << 10),
        (3, "Unified", 25 << 20),
    ];
    assert_eq!(caches, expected);
}

#[test]
fn what_a_processor_said_is_read() {
    let cores = I5_14600K.map(|(class, mask)| core(class, 0, mask)).concat();
    let processors = Processors::of_windows(&cores, 8);
    let facts = processors.facts();
    let kinds = vec![kind(Some("performance"), 6, 12), kind(Some("efficiency"), 8, 8)];
    assert_eq!((facts.kinds, facts.logical_cores), (Some(kinds), Some(20)));
    assert_eq!((facts.caches, facts.nodes), (Vec::new(), None));
    let threads: Vec<HardwareThread> = (0..20).map(|number| processors.thread(number)).collect();
    let order = crate::facts::Order::of(&threads);
    let first: Vec<usize> = (0..12).step_by(2).chain(12..20).collect();
    assert_eq!(order.cores[..14], first);
    assert!(order.by_speed && order.siblings_last, "{order:?}");
}

/// As on a server with 96 threads; and three classes, of which that in the middle has no name here.
#[test]
fn a_second_group_goes_on_where_the_first_one_cannot() {
    let cores: Vec<u8> = [core(0, 0, 1), core(1, 0, 1 << 63), core(2, 1, 0b11)].concat();
    let processors = Processors::of_windows(&cores, 8);
    assert_eq!(processors.thread(65).siblings, [64, 65]);
    assert_eq!(processors.thread(63).speed, Some((1, 0)));
    let kinds = [kind(Some("performance"), 1, 2), kind(None, 1, 1), kind(Some("efficiency"), 1, 1)];
    assert_eq!(processors.facts().kinds.as_deref(), Some(&kinds[..]));
    assert_eq!((group_and_bit(65), thread_number(1, 1)), ((1, 1), 65));
}

/// Where addresses have 32 bits, so have masks; and before groups were counted, 0 stood there.
#[test]
fn shorter_masks_are_read_and_one_that_is_not_counted() {
    let affinity = [&0b101_u32.to_le_bytes()[..], &[0; 8]].concat();
    let body = [&[1, 0], &[0; 20][..], &0_u16.to_le_bytes(), &affinity].concat();
    let facts = Processors::of_windows(&record(0, &body), 4).facts();
    assert_eq!(facts.siblings, Some(vec![0, 2]));
}

#[test]
fn bytes_that_are_no_records_tell_nothing() {
    let whole = i7_12700k();
    for end in 0..whole.len() {
        let cut = Processors::of_windows(&whole[..end], 8).facts();
        assert!(cut.physical_cores.unwrap_or(0) <= 12, "{end}");
    }
    for garbage in [&[][..], &[0; 64], &[255; 64]] {
        assert_eq!(Processors::of_windows(garbage, 8).facts(), Facts::default());
    }
}
