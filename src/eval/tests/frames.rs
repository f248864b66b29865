//! Variables, candidates, definitions and what is worked out once.

use super::*;
use crate::eval::Candidate;
use crate::operators::{Arithmetic, Direction};
use crate::program::FieldTable;
use crate::schema::ActionId;

fn table(places: &[(u32, u32)]) -> FieldTable {
    FieldTable {
        places: places
            .iter()
            .map(|(id, index)| (ActionId(*id), *index))
            .collect(),
    }
}

#[test]
fn the_fields_of_the_candidate_and_of_its_carrier() {
    let program = program();
    let moment = Moment::new(&program, &[], parse_instant(NOW).unwrap());
    let (first, second) = ([Value::whole(1), Value::whole(2)], [Value::whole(3)]);
    let mut frame = Frame::new(0);
    let fields = table(&[(0, 1), (4, 0)]);
    let of_candidate = Expr::CandidateField(fields.clone());
    let of_carrier = Expr::CarrierField(fields);
    assert_eq!(value_of(&moment, &mut frame, &of_candidate), Value::Missing);

    frame.candidate = Some(Candidate {
        action: ActionId(0),
        values: &first,
    });
    frame.carrier = Some(Candidate {
        action: ActionId(4),
        values: &second,
    });
    assert_eq!(
        value_of(&moment, &mut frame, &of_candidate),
        Value::whole(2)
    );
    assert_eq!(value_of(&moment, &mut frame, &of_carrier), Value::whole(3));

    frame.candidate = Some(Candidate {
        action: ActionId(9),
        values: &first,
    });
    assert_eq!(value_of(&moment, &mut frame, &of_candidate), Value::Missing);
}

#[test]
fn a_definition_has_its_own_variables_and_its_callers_candidate() {
    let body = Expr::List(vec![
        variable(0),
        variable(1),
        Expr::CandidateField(table(&[(0, 0)])),
    ]);
    let define = Define {
        parameters: 1,
        variables: 2,
        body,
    };
    let program = Program {
        defines: vec![define],
        ..program()
    };
    let moment = Moment::new(&program, &[], parse_instant(NOW).unwrap());
    let values = [Value::whole(5)];
    let mut frame = Frame::new(2);
    frame.candidate = Some(Candidate {
        action: ActionId(0),
        values: &values,
    });
    frame.bind(0, Value::whole(1));
    frame.bind(1, Value::whole(2));

    let call = Expr::Call {
        define: 0,
        arguments: vec![variable(1)],
    };
    let expected = Value::list(vec![Value::whole(2), Value::Missing, Value::whole(5)]);
    assert_eq!(value_of(&moment, &mut frame, &call), expected);
    assert_eq!(frame.variables, [Value::whole(1), Value::whole(2)]);

    let unknown = Expr::Call {
        define: 7,
        arguments: Vec::new(),
    };
    assert_eq!(value_of(&moment, &mut frame, &unknown), Value::Missing);
}

#[test]
fn a_variable_without_a_place_is_missing() {
    assert_eq!(value(&variable(99)), Value::Missing);
    let mut frame = Frame::new(1);
    frame.bind(5, Value::whole(1));
    assert_eq!(frame.variables, [Value::Missing]);
}

#[test]
fn shared_values_and_intervals_are_the_same_as_their_own() {
    let sum = Expr::Arithmetic {
        operator: Arithmetic::Add,
        left: boxed(input(0)),
        right: boxed(input(0)),
    };
    let interval = Interval {
        window: Window::Rolling(Direction::Past, span(Span::days(30))),
        days: false,
        zone: ZoneRef::Package,
    };
    let mut case = Case {
        inputs: vec![Value::whole(4)],
        ..Case::new()
    };
    case.program.shared.push(Shared {
        variables: 0,
        value: sum,
    });
    case.program.intervals.push(SharedInterval {
        variables: 0,
        interval,
    });

    assert_eq!(case.value(&Expr::Shared(0)), Value::whole(8));
    assert_eq!(case.value(&Expr::Shared(1)), Value::Missing);
    let inside = |value: &str, index: u32| Expr::Within {
        value: boxed(constant(instant(value))),
        interval: IntervalRef::Shared(index),
    };
    assert!(case.holds(&inside("2026-10-24T10:00:00Z", 0)));
    assert!(!case.holds(&inside("2026-10-24T09:59:59Z", 0)));
    assert!(!case.holds(&inside("2026-10-24T10:00:00Z", 1)));
}

#[test]
fn the_zone_of_the_package_is_read_from_the_case() {
    let mut case = Case::at("2026-11-23T03:00:00Z", "Europe/London");
    case.program.zone = Some(input(0));
    case.inputs = vec![Value::Timezone(Zone::named("America/New_York").unwrap())];
    let today = Expr::Today {
        offset: 0,
        zone: ZoneRef::Package,
    };
    assert_eq!(case.value(&today), date("2026-11-22"));
    case.inputs = vec![Value::Missing];
    assert_eq!(case.value(&today), date("2026-11-23"));
}
