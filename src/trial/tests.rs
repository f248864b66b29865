//! Matching, where it is not plain to see from outside.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use super::matching::match_up;

#[test]
fn an_expectation_gives_way_where_another_can_have_no_other_duty() {
    // The first fits both duties and takes the first; the second fits that one alone.
    assert_eq!(match_up(&[vec![0, 1], vec![0]], 2), [Some(1), Some(0)]);
    // Three in a row each move on by one.
    let chain = [vec![0, 1], vec![1, 2], vec![0], vec![1]];
    assert_eq!(match_up(&chain[..3], 3), [Some(1), Some(2), Some(0)]);
    assert_eq!(match_up(&chain, 3), [Some(1), Some(2), Some(0), None]);
}

#[test]
fn two_equal_expectations_need_two_duties() {
    assert_eq!(match_up(&[vec![0], vec![0]], 1), [Some(0), None]);
    assert_eq!(match_up(&[Vec::new()], 0), [None]);
}

#[test]
fn many_expectations_are_matched_without_recursion() {
    let all: Vec<Vec<usize>> = (0..2_000).map(|place| vec![place, place + 1]).collect();
    let reversed: Vec<Vec<usize>> = all.into_iter().rev().collect();
    let met = match_up(&reversed, 2_001);
    assert!(met.iter().all(Option::is_some));
}
