# %% [markdown]
# # Customers of a shop, with pandas
# Each `# %%` begins a cell: open the file in an editor that knows them, or run it from the root of the repository.

# %% What there is
import pandas as pd
import pyarrow as pa

import courtesy

policies = courtesy.load("examples/readme")
print(policies)
for title in policies.policies:
    print("-", title)

# %% Customers and what they bought, as they come out of two tables
customers = pd.DataFrame(
    {
        "id": ["c-1", "c-2", "c-3", "c-4"],
        "name": ["Amir", None, "Rosa", "Leo"],
        "tier": ["vip", "vip", "gold", "platinum"],
    }
)
purchases = pd.DataFrame(
    {
        "customer": ["c-1", "c-3", "c-3"],
        "category": ["camera", "camera", "kitchen"],
        "title": ["Flip", "Flip", "Whisk"],
        "at": pd.to_datetime(["2026-11-01T09:30Z", "2026-09-01T12:00Z", "2026-11-20T08:00Z"], utc=True),
    }
)

# %% One record for each customer, its purchases inside it
bought = (
    purchases.assign(item=purchases[["category", "title"]].to_dict("records"))
    .groupby("customer")[["item", "at"]]
    .apply(lambda rows: rows.to_dict("records"))
)
items = customers["id"].map(bought).map(lambda rows: rows if isinstance(rows, list) else [])
records = customers.assign(purchases=items)

# %% Decide: a row for each customer, in the same order
offer = [{"id": "zoom", "action": "upsell", "with": {"item": {"category": "camera", "title": "Zoom"}}}]
batch = policies.batch(as_input="customer", now="2026-11-23T10:00:00Z", propose=offer)
table = pa.Table.from_pandas(records, preserve_index=False)
decided = batch.apply_arrow(table, keep=["id", "tier"]).to_pandas()
print(decided[["id", "tier", "fired"]])

# %% What did not fit is a row too: nobody is lost
left = decided[decided["misfit"].notna()]
for row in left.itertuples():
    print(row.id, row.misfit["path"], row.misfit["message"])
assert list(left["id"]) == ["c-4"]

# %% Who may be offered the camera, and until when the others not
fitting = decided[decided["misfit"].isna()]
zoom = pd.DataFrame([proposals[0] for proposals in fitting["proposals"]], index=fitting["id"])
print(zoom[["verdict", "until"]])
assert list(zoom["verdict"]) == ["blocked", "allowed", "allowed"]

# %% How many are greeted, by tier
greeted = fitting["duties"].map(lambda duties: any(duty["action"] == "greet" for duty in duties))
print("greeting by tier")
print(greeted.groupby(fitting["tier"]).sum())

# %% The same record from a dict: the same decision, to the byte
amir = {
    "id": "c-1",
    "name": "Amir",
    "tier": "vip",
    "purchases": [{"item": {"category": "camera", "title": "Flip"}, "at": "2026-11-01T09:30:00Z"}],
}
(again,) = batch.apply([amir])
assert isinstance(again, courtesy.Decision)
assert again.to_json() == decided["decision"][0]
print(again)
