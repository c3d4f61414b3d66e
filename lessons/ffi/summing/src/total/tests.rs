use std::ptr;

use super::*;

/// The thing's address, as C passes it on.
fn address(total: &mut Owned) -> Place<Total> {
    Place(total.as_deref_mut().map_or(ptr::null_mut(), ptr::from_mut))
}

fn read(total: &mut Owned) -> u64 {
    let mut sum = 0;
    assert_eq!(summing_total_read(address(total), Place(&mut sum)), 0);
    sum
}

#[test]
fn it_grows_and_can_be_freed_twice() {
    let mut total: Owned = None;
    assert_eq!(summing_total_new(Place(&mut total)), 0);
    let numbers = [1_u64, 2, 3];
    for right in [6, 12] {
        assert_eq!(summing_total_add(address(&mut total), Array(numbers.as_ptr()), 3), 0);
        assert_eq!(read(&mut total), right);
    }
    let large = [u64::MAX];
    assert_eq!(summing_total_add(address(&mut total), Array(large.as_ptr()), 1), 5);
    assert_eq!(read(&mut total), 12);
    assert_eq!(summing_total_free(Place(&mut total)), 0);
    assert!(total.is_none());
    assert_eq!(summing_total_free(Place(&mut total)), 0);
}

#[test]
fn null_is_refused_but_may_be_freed() {
    let mut sum = 7;
    let null = || Place(ptr::null_mut());
    assert_eq!(summing_total_new(Place(ptr::null_mut())), 1);
    assert_eq!(summing_total_add(null(), Array(ptr::null()), 0), 1);
    assert_eq!(summing_total_read(null(), Place(&mut sum)), 1);
    assert_eq!(summing_total_free(Place(ptr::null_mut())), 1);
    assert_eq!(sum, 7);
}
