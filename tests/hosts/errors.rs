//! A package with mistakes, as a host prints it.

use super::package;
use courtesy::Diagnostics;
use miette::{GraphicalReportHandler, GraphicalTheme};

const WRONG: &str = "\
type Customer { age: Number  tier: Tier }
choice Tier { standard, vip }
input customer: Customer
action greet { text: Text }

policy \"Greet\"
  always greet with text: 5
  when customer.ages is at least 18

policy \"Greet\"
  never great
";

fn wrong() -> Diagnostics {
    package(WRONG).into_engine().unwrap_err()
}

#[test]
fn a_host_prints_what_is_wrong_as_plain_text() {
    let wrong = wrong();
    insta::assert_snapshot!(wrong);
    assert_eq!(format!("{wrong:?}"), wrong.to_string());
    assert_eq!((wrong.as_slice().len(), wrong.left_out()), (3, 0));
}

#[test]
fn a_host_draws_what_is_wrong_with_miette() {
    let handler =
        GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(80);
    let mut drawn = String::new();
    for report in wrong().reports() {
        handler.render_report(&mut drawn, &report).unwrap();
    }
    let lines: Vec<&str> = drawn.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn what_is_too_much_to_show_is_counted() {
    let many: String = (0..600)
        .map(|number| format!("policy \"{number}\"\n  never great\n"))
        .collect();
    let wrong = package(&many).into_engine().unwrap_err();
    assert_eq!(wrong.left_out(), 100);
    assert!(wrong.to_string().ends_with("\nand 100 more"));
}

#[test]
fn the_error_travels_as_any_other() {
    fn start() -> Result<courtesy::Engine, Box<dyn std::error::Error + Send + Sync>> {
        Ok(package("action greet action").into_engine()?)
    }
    assert!(start().is_err());
}
