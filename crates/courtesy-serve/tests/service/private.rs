//! Nothing of what is sent stands in the log or in the metrics.

use super::support::{NDJSON, Serving};

const CANARY: &str = "kanarienvogel";

#[test]
fn no_log_and_no_metric_tells_what_was_sent() {
    for form in ["text", "json"] {
        let mut serving = Serving::readme(&["--log", form, "--log-requests"]);
        let customer = |name: &str, tier: &str| {
            format!("{{\"name\":\"{name}\",\"tier\":\"{tier}\",\"purchases\":[],\"{CANARY}\":1}}")
        };
        let case = |customer: &str| {
            format!("{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"customer\":{customer}}}}}")
        };
        let good = case(&customer(CANARY, "vip"));
        let told = serving.decide(good.clone()).text().unwrap();
        assert!(
            told.contains(&format!("Welcome back, {CANARY}!")),
            "the declared output holds it: {told}"
        );
        let bodies = [
            good.clone(),
            case(&customer(CANARY, CANARY)),
            case(&format!(
                "{{\"name\":{{\"{CANARY}\":1}},\"tier\":\"vip\",\"purchases\":[]}}"
            )),
            format!("{{\"{CANARY}\":\"{CANARY}\"}}"),
            format!("{{\"now\":\"{CANARY}\""),
            format!("{CANARY}\n{good}"),
        ];
        for body in bodies {
            serving.decide(body.clone());
            serving
                .post("/decide/batch", NDJSON, body.clone())
                .text()
                .unwrap();
            serving.post(&format!("/decide/batch?as={CANARY}"), NDJSON, body.clone());
            serving.post(
                &format!("/decide/batch?{CANARY}=1&now={CANARY}"),
                NDJSON,
                body,
            );
        }
        serving.get(&format!("/{CANARY}?{CANARY}"));
        let header = serving.client.get(serving.url("/health"));
        header
            .header("x-name", CANARY)
            .header("user-agent", CANARY)
            .send()
            .unwrap();
        serving
            .client
            .request(
                CANARY.to_uppercase().parse().unwrap(),
                serving.url("/decide"),
            )
            .send()
            .unwrap();
        serving.raw(format!("{CANARY} {CANARY}\r\n\r\n").as_bytes());
        let metrics = serving.get("/metrics").text().unwrap().to_lowercase();
        serving.signal("TERM");
        assert_eq!(serving.code(), Some(0));
        let log = serving.wait_for_log("stopped") + &serving.log();
        assert!(log.contains("/decide/batch"), "requests are logged: {log}");
        assert!(!log.to_lowercase().contains(CANARY), "{log}");
        assert!(!metrics.contains(CANARY), "{metrics}");
    }
}

#[test]
fn a_private_value_that_does_not_fit_is_not_repeated_in_the_answer() {
    let serving = Serving::readme(&[]);
    let body = format!(
        "{{\"now\":\"2026-11-23T10:00:00Z\",\"inputs\":{{\"customer\":{{\"name\":[\"{CANARY}\"],\"tier\":\"vip\",\"purchases\":[]}}}}}}"
    );
    let response = serving.decide(body);
    assert_eq!(response.status(), 422);
    let told = response.text().unwrap();
    assert!(
        told.contains("$.inputs.customer.name") && !told.contains(CANARY),
        "{told}"
    );
}
