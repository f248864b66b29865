//! The programs of `examples/hosts`: what each writes to stdout.

#[allow(clippy::duplicate_mod, dead_code, reason = "each is a whole program")]
#[path = "../../examples/hosts/mail_sender.rs"]
mod mail_sender;
#[allow(clippy::duplicate_mod, dead_code, reason = "each is a whole program")]
#[path = "../../examples/hosts/nightly_batch.rs"]
mod nightly_batch;
#[allow(clippy::duplicate_mod, dead_code, reason = "each is a whole program")]
#[path = "../../examples/hosts/service_desk.rs"]
mod service_desk;
#[allow(clippy::duplicate_mod, dead_code, reason = "each is a whole program")]
#[path = "../../examples/hosts/shop_page.rs"]
mod shop_page;

use std::error::Error;
use std::io::Write;

/// What a program does, with the place where it writes.
type Run = fn(&mut dyn Write) -> Result<(), Box<dyn Error>>;

fn written(run: Run) -> String {
    let mut out = Vec::new();
    run(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn mail_sender_writes_what_its_snapshot_says() {
    insta::assert_snapshot!(written(mail_sender::run));
}

#[test]
fn shop_page_writes_what_its_snapshot_says() {
    insta::assert_snapshot!(written(shop_page::run));
}

#[test]
fn service_desk_writes_what_its_snapshot_says() {
    insta::assert_snapshot!(written(service_desk::run));
}

#[test]
fn nightly_batch_writes_what_its_snapshot_says() {
    // The fingerprint is another one whenever the package or the language changes.
    insta::with_settings!({ filters => [("\"[0-9a-f]{32}\"", "[fingerprint]")] }, {
        insta::assert_snapshot!(written(nightly_batch::run));
    });
}
