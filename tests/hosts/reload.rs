//! An engine that is replaced while threads decide with it.

use super::{engine, now, package};
use courtesy::{Batch, Case, Decision, Diagnostics, Engine, Misfit, Package, Reload};
use std::sync::Barrier;
use std::thread;

/// What a host shares between its threads, told by the compiler.
#[test]
fn what_is_shared_by_threads_can_be() {
    fn is_shared<T: Send + Sync + 'static>() {}
    fn is_cloned<T: Clone + Send + Sync + 'static>() {}
    is_cloned::<Engine>();
    is_cloned::<Package>();
    is_cloned::<Batch>();
    is_cloned::<Case>();
    is_cloned::<Decision>();
    is_cloned::<Misfit>();
    is_shared::<Reload>();
    is_shared::<Diagnostics>();
}

/// A package whose one duty says which version it is.
fn version(number: u32) -> String {
    format!(
        "action say {{ version: Number }}\npolicy \"Say\"\n  always say with version: {number}\n"
    )
}

fn said(engine: &Engine) -> String {
    let decision = engine.decide(&engine.case(now()).build().unwrap());
    let [duty] = decision.duties() else {
        panic!("not one duty: {decision:?}")
    };
    format!("{:?}", duty.value("version").unwrap())
}

#[test]
fn a_package_with_mistakes_leaves_the_old_one_in_force() {
    let reload = Reload::new(engine(&version(1)));
    let first = said(&reload.engine());
    let wrong = reload.load(package("policy \"Say\"\n  always shout\n"));
    assert!(
        wrong
            .unwrap_err()
            .to_string()
            .contains("shop.courtesy:2:10")
    );
    assert_eq!(said(&reload.engine()), first);

    let held = reload.engine();
    reload.load(package(&version(2))).unwrap();
    assert_eq!(said(&held), first, "who holds an engine keeps it");
    assert_ne!(said(&reload.engine()), first);

    let second = reload.replace(held);
    assert_ne!(said(&second), first);
    assert_eq!(said(&reload.engine()), first);
}

#[test]
fn threads_decide_by_one_whole_package_or_the_other() {
    const THREADS: usize = 4;
    let versions = [1, 2].map(version);
    let expected = versions.each_ref().map(|text| said(&engine(text)));
    let reload = Reload::new(engine(&versions[0]));
    let begin = Barrier::new(THREADS + 1);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                begin.wait();
                for _ in 0..500 {
                    assert!(expected.contains(&said(&reload.engine())));
                }
            });
        }
        begin.wait();
        for text in versions.iter().cycle().take(50) {
            reload.load(package(text)).unwrap();
        }
    });
}
