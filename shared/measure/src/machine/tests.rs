use super::*;
use crate::facts::Quota;

#[test]
fn what_nobody_tells_is_null() {
    let machine = Machine::of(Facts::default(), CpuId::default());
    assert_eq!(machine.cpu, std::env::consts::ARCH);
    assert!(machine.logical_cores > 0 && machine.physical_cores > 0);
    assert_eq!((machine.cpu_quota, machine.smt, machine.virtual_machine), (None, None, None));
    assert_eq!((machine.core_kinds, machine.cache_line_bytes), (None, None));
    assert_eq!((machine.kinds, machine.caches), (Vec::new(), Vec::new()));
}

#[test]
fn the_processor_itself_is_believed_before_the_system() {
    let facts = || Facts {
        cpu: Some("by the system".to_owned()),
        virtual_machine: Some(false),
        siblings: Some(vec![0]),
        quota: Some(Quota { cpus: 1.5, of_parent: true }),
        ..Facts::default()
    };
    let own =
        CpuId { name: Some("its own".to_owned()), virtual_machine: Some(true), ..CpuId::default() };
    let machine = Machine::of(facts(), own);
    assert_eq!((machine.cpu.as_str(), machine.virtual_machine), ("its own", Some(true)));
    assert_eq!((machine.smt, machine.cpu_quota), (None, Some(1.5)), "a hypervisor may hide it");
    let machine = Machine::of(facts(), CpuId::default());
    assert_eq!((machine.cpu.as_str(), machine.smt), ("by the system", Some(false)));
}

#[test]
fn this_machine_says_what_it_is() {
    let machine = Machine::asked();
    assert!(machine.usable_cores <= machine.logical_cores, "{machine:?}");
    assert!(machine.physical_cores <= machine.logical_cores, "{machine:?}");
    if let Some(kinds) = &machine.core_kinds {
        let threads: usize = kinds.iter().map(|kind| kind.threads).sum();
        assert!(threads >= machine.logical_cores, "{machine:?}");
    }
}
